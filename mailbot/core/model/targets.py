"""What was promised for a period, a number or a range, and how far it was achieved by the indicator's own formula."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import achievement_pct

if TYPE_CHECKING:
    from mailbot.core.model.indicators import Formulas, Indicator, Period

_INSIDE = Decimal("100.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A promise: what lies from `low` to `high` keeps it; both are the same where a single number was promised."""

    low: Decimal
    high: Decimal

    @property
    def ranged(self) -> bool:
        """Say whether a range was promised."""
        return self.low != self.high


def target_of(indicator: Indicator, period: Period) -> Target | None:
    """Return the target of a period; None where nothing is promised."""
    low, high = indicator.target(period), indicator.upper_target(period)
    return None if low is None else Target(low=low, high=low if high is None else high)


def achieved_pct(
    indicator: Indicator, target: Target | None, actual: Decimal | None, formulas: Formulas
) -> Decimal | None:
    """Return the capaian in percent by the indicator's own variant of the formula; None where it cannot be computed.

    Inside a range it is 100. Outside it the bound that was crossed is the target, whichever way is better: above the
    upper one, below the lower one (domain facts 2.3, after PermenPANRB 8/2021).
    """
    if target is None or actual is None:
        return None
    if target.ranged and target.low <= actual <= target.high:
        return _INSIDE
    bound = target.high if actual > target.high else target.low
    return achievement_pct(bound, actual, indicator.polarity, indicator.negative or formulas.negative)


def word_of(indicator: Indicator, value: Decimal | None) -> str:
    """Return the word that stands for a value (predikat `BB`, `Ada`); empty where the indicator has none for it."""
    return next((word for word, score in indicator.grades if score == value), "")
