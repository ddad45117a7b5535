"""What a unit reports when all goes to plan: the figures that invented staff write into a form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.targets import word_of

if TYPE_CHECKING:
    from mailbot.core.model.indicators import Indicator, Period
    from mailbot.core.model.office import Office


def planned_figures(
    office: Office, unit: str, period: Period, spent_pct: int
) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return every target as reached, by indicator, and that share of each budget line (whole IDR), by its code."""
    asked = office.asked_indicators(unit, period)
    reached = {one.code: target for one in asked if (target := one.target(period)) is not None}
    spent = {
        line.code: (line.budget_idr[period.year] * spent_pct / 100).quantize(Decimal(1))
        for line in office.asked_budget(unit, period)
    }
    return reached, spent


def written_figure(indicator: Indicator, value: Decimal) -> str:
    """Return a realised value as it is written: its word, where one stands for it, else the number with a comma."""
    return word_of(indicator, value) or f"{value:f}".replace(".", ",")
