"""From accepted forms to the figures of the report: achievement, rating, absorption, efficiency (SOP row 5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import code_key
from mailbot.core.model.indicators import Efficiency, absorption_pct, achievement_pct, efficiency, mean_pct, rating
from mailbot.core.model.past import realised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.form import BudgetAnswer, IndicatorAnswer, Submission
    from mailbot.core.model.indicators import BudgetLine, Indicator, Objective, Period
    from mailbot.core.model.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """One indicator in one period: what was promised, what came of it, and where the figure comes from."""

    indicator: Indicator
    target: Decimal | None
    actual: Decimal | None
    nil: bool
    achievement_pct: Decimal | None
    """None: cannot be computed (no target, target 0, or nothing reported)."""
    rating: str
    last: Decimal | None
    """The last year's realised value, of the ledger or the configured history."""
    plan_end_pct: Decimal | None
    """How much of the Renstra's end target is reached, in percent; None for a quarter of what a year adds up."""
    national_gap: Decimal | None
    """Realised value minus the national figure, in the indicator's unit; None where `plan_end_pct` has no sense."""
    answer: IndicatorAnswer | None
    submission: Submission | None

    @property
    def missing(self) -> bool:
        """Say whether the owner has reported nothing for it."""
        return self.actual is None and not self.nil


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetResult:
    """One budget line, or the sum of several, in rupiah."""

    code: str
    name: str
    owner: str
    budget_idr: Decimal
    spent_idr: Decimal | None
    absorption_pct: Decimal | None
    answer: BudgetAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveResult:
    """One sasaran with its indicators and their mean achievement (what cannot be computed is left out of the mean)."""

    objective: Objective
    indicators: tuple[IndicatorResult, ...]
    achievement_pct: Decimal | None
    rating: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEfficiency:
    """One unit's mean achievement against its absorption."""

    unit: str
    achievement_pct: Decimal | None
    absorption_pct: Decimal | None
    efficiency: Efficiency


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All figures of one cycle as they stand now, complete or not."""

    period: Period
    objectives: tuple[ObjectiveResult, ...]
    budget: tuple[BudgetResult, ...]
    programs: tuple[BudgetResult, ...]
    total: BudgetResult
    units: tuple[UnitEfficiency, ...]
    achievement_pct: Decimal | None
    rating: str

    @property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """Return every indicator's result, objective by objective."""
        return tuple(result for objective in self.objectives for result in objective.indicators)


def indicator_result(
    indicator: Indicator, period: Period, office: Office, answer: IndicatorAnswer | None, submission: Submission | None
) -> IndicatorResult:
    """Put one indicator's answer beside everything it is compared with (PermenPANRB 88/2021, domain facts 2.2)."""
    actual = realised(indicator, answer.actual) if answer is not None else None
    target = indicator.target(period)
    negative = office.formulas.negative
    reached = achievement_pct(target, actual, indicator.polarity, negative)
    yearly = None if period.quarter and indicator.per_quarter else actual
    return IndicatorResult(
        indicator=indicator,
        target=target,
        actual=actual,
        nil=answer is not None and answer.actual.nil,
        achievement_pct=reached,
        rating=rating(reached, office.bands),
        last=office.past.of_year(indicator, period.year - 1),
        plan_end_pct=achievement_pct(indicator.plan_end_target, yearly, indicator.polarity, negative),
        national_gap=yearly - indicator.national if yearly is not None and indicator.national is not None else None,
        answer=answer,
        submission=submission,
    )


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
    objectives = _objectives(cycle, office, counting)
    results = [result for objective in objectives for result in objective.indicators]
    by_unit = _budget_by_unit(cycle, office, counting)
    lines = tuple(line for form in cycle.units for line in by_unit[form.unit])
    average = mean_pct((result.achievement_pct for result in results), office.formulas.average_cap_pct)
    return Analysis(
        period=cycle.period,
        objectives=objectives,
        budget=tuple(sorted(lines, key=lambda line: line.code)),
        programs=_programs(lines, office),
        total=_sum("", "", "", lines),
        units=_units(cycle, results, by_unit, office),
        achievement_pct=average,
        rating=rating(average, office.bands),
    )


def _objectives(cycle: Cycle, office: Office, counting: dict[str, Submission | None]) -> tuple[ObjectiveResult, ...]:
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
            result = indicator_result(indicator, cycle.period, office, answer, counting[owner])
            asked.setdefault(indicator.objective, []).append(result)
    return tuple(
        _objective(objective, tuple(asked[objective.code]), office)
        for objective in office.objectives
        if objective.code in asked
    )


def _objective(objective: Objective, results: tuple[IndicatorResult, ...], office: Office) -> ObjectiveResult:
    """Put an objective's mean achievement beside its indicators."""
    average = mean_pct((result.achievement_pct for result in results), office.formulas.average_cap_pct)
    return ObjectiveResult(
        objective=objective, indicators=results, achievement_pct=average, rating=rating(average, office.bands)
    )


def _budget_by_unit(
    cycle: Cycle, office: Office, counting: dict[str, Submission | None]
) -> dict[str, list[BudgetResult]]:
    """Put each asked budget line's spending beside its ceiling, unit by unit."""
    answers = {
        (unit, answer.code): answer
        for unit, submission in counting.items()
        for answer in reversed(submission.data.budget if submission is not None else ())
    }
    year = cycle.period.year
    by_unit: dict[str, list[BudgetResult]] = {form.unit: [] for form in cycle.units}
    for line in office.budget:
        if line.owner in by_unit and year in line.budget_idr:
            by_unit[line.owner].append(_budget(line, year, answers.get((line.owner, line.code))))
    return by_unit


def _budget(line: BudgetLine, year: int, answer: BudgetAnswer | None) -> BudgetResult:
    """Put one budget line's spending beside its ceiling."""
    spent = None if answer is None else (Decimal(0) if answer.spent_idr.nil else answer.spent_idr.value)
    budget = line.budget_idr[year]
    return BudgetResult(
        code=line.code,
        name=line.name,
        owner=line.owner,
        budget_idr=budget,
        spent_idr=spent,
        absorption_pct=absorption_pct(budget, spent),
        answer=answer,
    )


def _programs(lines: Sequence[BudgetResult], office: Office) -> tuple[BudgetResult, ...]:
    """Sum the lines by program, in the order of the codes."""
    names = dict(office.programs)
    programs: dict[str, list[BudgetResult]] = {}
    for line in lines:
        programs.setdefault(_program(line.code, tuple(names)), []).append(line)
    return tuple(_sum(code, names.get(code, ""), "", programs[code]) for code in sorted(programs))


def _program(code: str, programs: tuple[str, ...]) -> str:
    """Return the program of a sub kegiatan's code: one of the office's, else the code's first three groups.

    `2.12.01.2.01.0006` and `2.12.1.02.01.0006` belong to `2.12.01` (Permendagri 90/2019).
    """
    own = next((program for program in programs if f"{code_key(code)}.".startswith(f"{code_key(program)}.")), None)
    return own if own is not None else ".".join(code.split(".")[:3])


def _sum(code: str, name: str, owner: str, lines: Sequence[BudgetResult]) -> BudgetResult:
    """Add budget lines up: known spending against the whole ceiling; None spent where none is known."""
    known = [line for line in lines if line.spent_idr is not None]
    spent = sum((line.spent_idr or Decimal(0) for line in known), start=Decimal(0)) if known else None
    budget = sum((line.budget_idr for line in lines), start=Decimal(0))
    return BudgetResult(
        code=code,
        name=name,
        owner=owner,
        budget_idr=budget,
        spent_idr=spent,
        absorption_pct=absorption_pct(budget, spent),
    )


def _units(
    cycle: Cycle, results: Sequence[IndicatorResult], by_unit: dict[str, list[BudgetResult]], office: Office
) -> tuple[UnitEfficiency, ...]:
    """Judge each unit's efficiency."""
    reached: dict[str, list[Decimal | None]] = {}
    for result in results:
        reached.setdefault(result.indicator.owner, []).append(result.achievement_pct)
    return tuple(_unit(form.unit, reached.get(form.unit, []), by_unit[form.unit], office) for form in cycle.units)


def _unit(
    unit: str, reached: Sequence[Decimal | None], lines: Sequence[BudgetResult], office: Office
) -> UnitEfficiency:
    """Judge one unit's efficiency."""
    achieved = mean_pct(reached, office.formulas.average_cap_pct)
    own = _sum("", "", unit, lines)
    return UnitEfficiency(
        unit=unit,
        achievement_pct=achieved,
        absorption_pct=own.absorption_pct,
        efficiency=efficiency(achieved, own.absorption_pct, office.formulas),
    )
