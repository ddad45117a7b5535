"""What earlier cycles have left behind: the last period's accepted values, to show and to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.ledger import Ledger


def last_values(ledger: Ledger, cycle: Cycle) -> dict[str, Decimal]:
    """Return indicator code -> value of the nearest earlier quarter of the same year; empty for a whole year."""
    if not cycle.period.quarter:
        return {}
    earlier = sorted(
        (
            one
            for one in ledger.cycles.all()
            if one.period.year == cycle.period.year and 0 < one.period.quarter < cycle.period.quarter
        ),
        key=lambda one: one.period.quarter,
    )
    values: dict[str, Decimal] = {}
    for one in earlier:
        for form in one.units:
            counting = form.counting
            for row in counting.data.indicators if counting else ():
                if row.actual.value is not None:
                    values[row.code] = row.actual.value
    return values
