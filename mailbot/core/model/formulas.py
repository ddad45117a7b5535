"""The formulas of the report: capaian, predikat, serapan, means and efficiency, in their variants (SOP row 5)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailbot.core.model.indicators import Band
    from mailbot.core.model.office import Formulas

_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Wide enough for any number a workbook's cell can hold (up to 1.8E308): a slip of the keyboard must stop nothing."""


class Efficiency(StrEnum):
    """Achievement against absorption; low absorption with low achievement is never called efficient."""

    EFFICIENT = "efficient"
    BALANCED = "balanced"
    INEFFICIENT = "inefficient"
    NOT_STARTED = "not_started"
    UNKNOWN = "unknown"
    LOW_BOTH = "low_both"
    """Little was spent because little was reached."""


def rounded(value: Decimal) -> Decimal:
    """Round to two decimals, half up, as the tables print."""
    return value.quantize(_CENT, context=_WIDE)


def achievement_pct(
    target: Decimal | None, actual: Decimal | None, polarity: Polarity, negative: str
) -> Decimal | None:
    """Return the capaian in percent, two decimals half up, never below 0; None where it cannot be computed.

    Higher is better: R / T x 100. Lower is better: variant `a` (2T - R) / T x 100, variant `b` T / R x 100.
    A target of 0 (and an actual of 0 in variant b) has no achievement.
    Source: domain facts 2.3, after Permendagri 86/2017 practice.
    """
    if target is None or actual is None or target == 0:
        return None
    if polarity is Polarity.UP:
        value = actual / target
    elif negative == "b":
        if actual == 0:
            return None
        value = target / actual
    else:
        value = (2 * target - actual) / target
    return rounded(max(value * _HUNDRED, Decimal(0)))


def rating(pct: Decimal | None, bands: Sequence[Band]) -> str:
    """Return the predikat of an achievement: the label of the first band reached; empty if there is no achievement."""
    if pct is None:
        return ""
    return next((band.label for band in bands if pct >= band.at_least), bands[-1].label)


def absorption_pct(budget_idr: Decimal | None, spent_idr: Decimal | None) -> Decimal | None:
    """Return spent / budget in percent, two decimals half up; None without a budget or without a figure."""
    if not budget_idr or spent_idr is None:
        return None
    return rounded(spent_idr / budget_idr * _HUNDRED)


def mean_pct(values: Iterable[Decimal | None], cap_pct: Decimal | None) -> Decimal | None:
    """Return the mean of the achievements that exist, each held to the cap if there is one; None if there are none."""
    known = [value if cap_pct is None else min(value, cap_pct) for value in values if value is not None]
    return rounded(sum(known, start=Decimal(0)) / len(known)) if known else None


def efficiency(achieved_pct: Decimal | None, absorbed_pct: Decimal | None, formulas: Formulas) -> Efficiency:
    """Judge achievement against absorption by their difference, with the office's tolerance in points."""
    if achieved_pct is None or absorbed_pct is None:
        return Efficiency.UNKNOWN
    if achieved_pct == 0 and absorbed_pct == 0:
        return Efficiency.NOT_STARTED
    tolerance = formulas.efficiency_tolerance if formulas.efficiency_tolerance is not None else Decimal(0)
    difference = achieved_pct - absorbed_pct
    if difference < -tolerance:
        return Efficiency.INEFFICIENT
    if difference <= tolerance:
        return Efficiency.BALANCED
    return Efficiency.EFFICIENT if achieved_pct >= _HUNDRED else Efficiency.LOW_BOTH
