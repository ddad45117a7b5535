"""Efficiency by the office's method (domain facts 2.5): achievement against money, never a cause."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Efficiency, efficiency, rounded
from mailbot.core.report.results import Judged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mailbot.core.model.indicators import Formulas
    from mailbot.core.report.results import BudgetResult

_HUNDRED = Decimal(100)
_MIDDLE = Decimal(50)
_WIDEST = Decimal(20)
"""So many points of E are half of NE's scale (PMK on the performance of budgets)."""
UNKNOWN = Judged(efficiency=Efficiency.UNKNOWN)


def judge(
    achieved_pct: Decimal | None, total: BudgetResult | None, lines: Sequence[BudgetResult], formulas: Formulas
) -> Judged:
    """Judge what was achieved against what was spent on it.

    Args:
        achieved_pct: the achievement, or the mean of several.
        total: the sum of the lines; None: none stand behind it.
        lines: the budget lines behind it.
        formulas: the office's choices.

    Returns:
        What the method says; unknown while any spending is, or where there is nothing to compare.
    """
    if achieved_pct is None or total is None or total.absorption_pct is None or total.missing_idr:
        return UNKNOWN
    if achieved_pct == 0 and total.absorption_pct == 0:
        return Judged(efficiency=Efficiency.NOT_STARTED)
    return METHODS[formulas.efficiency](achieved_pct, total.absorption_pct, lines, formulas)


def _difference(achieved: Decimal, absorbed: Decimal, _: Sequence[BudgetResult], formulas: Formulas) -> Judged:
    """Judge by achievement minus absorption, in points, with the office's tolerance."""
    return Judged(efficiency=efficiency(achieved, absorbed, formulas), points=achieved - absorbed)


def _simple(achieved: Decimal, absorbed: Decimal, _: Sequence[BudgetResult], __: Formulas) -> Judged:
    """Judge by which of the two is the greater."""
    points = achieved - absorbed
    return Judged(efficiency=_by_sign(points, achieved, absorbed, even=Efficiency.EFFICIENT), points=points)


def _conditional(achieved: Decimal, absorbed: Decimal, _: Sequence[BudgetResult], __: Formulas) -> Judged:
    """Judge by the share that was not spent, where the target is met."""
    if achieved < _HUNDRED:
        return Judged(efficiency=Efficiency.UNMET)
    unspent = _HUNDRED - absorbed
    return Judged(efficiency=_by_sign(unspent, achieved, absorbed, even=Efficiency.BALANCED), points=unspent)


def _volume(achieved: Decimal, absorbed: Decimal, lines: Sequence[BudgetResult], __: Formulas) -> Judged:
    """Judge by what the realised volume would have cost as planned: E = (1 - RAK / (PAK x RVK / TVK)) x 100.

    A line's volume is its output; a line without one counts by the achievement. NE = 50 + E / 20 x 50, within 0 to 100.
    """
    planned = sum((_planned(line, achieved) for line in lines), start=Decimal(0))
    if planned == 0:
        return UNKNOWN
    spent = sum((line.spent_idr or Decimal(0) for line in lines), start=Decimal(0))
    exact = (1 - spent / planned) * _HUNDRED
    ne = min(max(_MIDDLE + exact / _WIDEST * _MIDDLE, Decimal(0)), _HUNDRED)
    judged = _by_sign(rounded(exact), achieved, absorbed, even=Efficiency.BALANCED)
    return Judged(efficiency=judged, points=rounded(exact), ne=rounded(ne))


def _planned(line: BudgetResult, achieved: Decimal) -> Decimal:
    """Return what a line's realised volume would have cost by its plan."""
    if line.output_target and line.output_actual is not None:
        return line.budget_idr * line.output_actual / line.output_target
    return line.budget_idr * achieved / _HUNDRED


def _by_sign(figure: Decimal, achieved: Decimal, absorbed: Decimal, *, even: Efficiency) -> Efficiency:
    """Return what a figure above, at or under zero means; under the target nothing is called efficient."""
    if figure < 0:
        return Efficiency.INEFFICIENT
    if achieved < _HUNDRED:
        return Efficiency.LOW_BOTH if absorbed < achieved else Efficiency.UNMET
    return Efficiency.EFFICIENT if figure > 0 else even


METHODS: dict[str, Callable[[Decimal, Decimal, Sequence[BudgetResult], Formulas], Judged]] = {
    "difference": _difference,
    "simple": _simple,
    "conditional": _conditional,
    "volume": _volume,
}
"""The methods by the names that `formulas.efficiency` gives them."""
