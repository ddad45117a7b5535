"""What was reported in other cycles, from cycles at hand: as the ledger tells it, for ledgers that have all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.past import Past, past_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mailbot.core.model.cycle import Cycle

_NONE = Past()
"""The same each time: what is reckoned of it is reckoned once."""


def past(cycles: Iterable[Cycle], years: Collection[int], besides: Collection[str]) -> Past:
    """Return the figures that count of closed years, and of quarters as far as they have come."""
    others = [
        cycle
        for cycle in cycles
        if cycle.key not in besides and cycle.period.year in years and (cycle.closed or cycle.period.quarter)
    ]
    forms = {
        cycle.period: tuple(form.counting.data for form in cycle.units if form.counting is not None) for cycle in others
    }
    return past_of(forms) if others else _NONE
