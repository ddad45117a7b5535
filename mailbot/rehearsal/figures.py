"""What a unit reports when all goes to plan: the figures that invented staff write into a form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Polarity
from mailbot.core.model.targets import word_of

if TYPE_CHECKING:
    from mailbot.core.model.indicators import Indicator, Period
    from mailbot.core.model.office import Office

_EVERY, _STRAYS = 4, {1: -6, 3: 3}
"""Which of so many indicators stray from their target, and by how many percent, less than none being worse."""
_SHORT_PCT, _QUARTERS = Decimal("0.3"), 5
"""By so many percent less a quarter falls short than the one before it."""
_HUNDRED = 100


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


def uneven(indicator: Indicator, target: Decimal, place: int, quarter: int = 0) -> Decimal:
    """Return what came of a target in an office as offices are: of four one falls short, one goes beyond.

    A word is reached, and so is a range. Nothing leaves what is plausible. In a quarter all fall a little shorter, and
    less so in each that follows: figures that are the same as a quarter ago, or fall, would be asked back.
    """
    if indicator.grades or indicator.ranged:
        return target
    better = _STRAYS.get(place % _EVERY, 0) - (_SHORT_PCT * (_QUARTERS - quarter) if quarter else 0)
    if not better:
        return target
    by = better if indicator.polarity is Polarity.UP else -better
    value = (target * (100 + by) / 100).quantize(Decimal(1).scaleb(-indicator.decimals))
    most = Decimal(100) if indicator.scale == _HUNDRED else value
    bounds = [bound for bound in (most, indicator.maximum) if bound is not None]
    return max(min(value, *bounds), indicator.minimum if indicator.minimum is not None else value)


def written_figure(indicator: Indicator, value: Decimal) -> str:
    """Return a realised value as it is written: its word, where one stands for it, else the number with a comma."""
    return word_of(indicator, value) or f"{value:f}".replace(".", ",")
