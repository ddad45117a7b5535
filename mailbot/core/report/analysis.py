"""From accepted forms to the figures of the report: achievement, rating, absorption, efficiency (SOP row 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.indicators import mean_pct, rating
from mailbot.core.report.indicator_figures import indicator_result
from mailbot.core.report.judging_money import UNKNOWN, judge
from mailbot.core.report.money import lines_by_unit, money_of, programs_of, summed
from mailbot.core.report.results import (
    Analysis,
    BudgetResult,
    IndicatorResult,
    ObjectiveResult,
    UnitEfficiency,
    measured,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.form import Submission
    from mailbot.core.model.indicators import Objective
    from mailbot.core.model.office import Office
    from mailbot.core.report.money import Money
    from mailbot.core.report.results import Judged

__all__ = ["Analysis", "BudgetResult", "IndicatorResult", "ObjectiveResult", "analyse", "indicator_result"]

_latest: list[tuple[Cycle, Office, Analysis]] = []
"""The last analysis, by the very cycle and office it is of: the letter, recap and report of one state reckon once."""


def analyse(cycle: Cycle, office: Office) -> Analysis:
    """Compute every figure of a cycle from the submissions that count now."""
    for known, whose, analysis in _latest:
        if known is cycle and whose is office:
            return analysis
    analysis = _analysed(cycle, office)
    _latest[:] = [(cycle, office, analysis)]
    return analysis


def _analysed(cycle: Cycle, office: Office) -> Analysis:
    """Go once through the indicators and once through the budget; each unit's form is looked up by code."""
    counting = {form.unit: form.counting for form in cycle.units}
    by_unit = lines_by_unit(cycle, office, counting)
    lines = tuple(sorted((line for form in cycle.units for line in by_unit[form.unit]), key=lambda line: line.code))
    objectives = _objectives(cycle, office, counting, money_of(lines, office))
    results = tuple(result for objective in objectives for result in objective.indicators)
    average, total = _average(results, office), summed("", "", "", lines)
    return Analysis(
        period=cycle.period,
        objectives=objectives,
        budget=lines,
        programs=programs_of(lines, office),
        total=total,
        units=_units(cycle, results, by_unit, office),
        achievement_pct=average,
        rating=_rating(average, results, office),
        judged=_judged(average, results, total, lines, cycle, office),
    )


def _average(results: Sequence[IndicatorResult], office: Office) -> Decimal | None:
    """Return the mean of the achievements that can be computed, each held to the office's cap."""
    return mean_pct((result.achievement_pct for result in results), office.formulas.average_cap_pct)


def _rating(average: Decimal | None, results: tuple[IndicatorResult, ...], office: Office) -> str:
    """Return the predikat of a mean; a mean of some of the indicators asked has none."""
    return rating(average, office.bands) if measured(results) == len(results) else ""


def _judged(
    average: Decimal | None,
    results: Sequence[IndicatorResult],
    total: BudgetResult,
    lines: Sequence[BudgetResult],
    cycle: Cycle,
    office: Office,
) -> Judged:
    """Judge several indicators' mean against their money, of a whole year and once every figure is there."""
    if cycle.period.quarter or any(result.missing for result in results):
        return UNKNOWN
    return judge(average, total, lines, office.formulas)


def _objectives(
    cycle: Cycle, office: Office, counting: dict[str, Submission | None], money: Money
) -> tuple[ObjectiveResult, ...]:
    """Gather the asked indicators of each objective, in the office's order; one with nothing asked is left out."""
    answers = {
        (unit, answer.code): answer
        for unit, submission in counting.items()
        for answer in reversed(submission.data.indicators if submission is not None else ())
    }
    asked: dict[str, list[IndicatorResult]] = {}
    for indicator in office.indicators:
        owner = indicator.owner
        if owner in counting and indicator.target(cycle.period) is not None:
            answer = answers.get((owner, indicator.code))
            result = indicator_result(indicator, cycle.period, office, answer, counting[owner], money)
            asked.setdefault(indicator.objective, []).append(result)
    return tuple(
        _objective(objective, tuple(asked[objective.code]), cycle, office, money)
        for objective in office.objectives
        if objective.code in asked
    )


def _objective(
    objective: Objective, results: tuple[IndicatorResult, ...], cycle: Cycle, office: Office, money: Money
) -> ObjectiveResult:
    """Put an objective's mean achievement, and the money behind it, beside its indicators."""
    average = _average(results, office)
    codes = tuple(code for result in results for code in result.indicator.programs)
    known = None if any(result.missing for result in results) else average
    return ObjectiveResult(
        objective=objective,
        indicators=results,
        achievement_pct=average,
        rating=_rating(average, results, office),
        support=money.support(codes, known, cycle.period, office.formulas),
    )


def _units(
    cycle: Cycle, results: Sequence[IndicatorResult], by_unit: dict[str, list[BudgetResult]], office: Office
) -> tuple[UnitEfficiency, ...]:
    """Judge each unit's efficiency."""
    own: dict[str, list[IndicatorResult]] = {}
    for result in results:
        own.setdefault(result.indicator.owner, []).append(result)
    return tuple(
        _unit(form.unit, tuple(own.get(form.unit, ())), by_unit[form.unit], cycle, office) for form in cycle.units
    )


def _unit(
    unit: str, results: tuple[IndicatorResult, ...], lines: Sequence[BudgetResult], cycle: Cycle, office: Office
) -> UnitEfficiency:
    """Judge one unit's efficiency."""
    average, total = _average(results, office), summed("", "", unit, lines)
    return UnitEfficiency(
        unit=unit,
        asked=len(results),
        measured=measured(results),
        achievement_pct=average,
        budget=total,
        judged=_judged(average, results, total, lines, cycle, office),
    )
