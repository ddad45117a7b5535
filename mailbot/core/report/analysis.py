"""From accepted forms to the figures of the report: achievement, rating, absorption, efficiency (SOP row 5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.forms.judging import realised
from mailbot.core.model.form_layout import code_key
from mailbot.core.model.indicators import Efficiency, absorption_pct, achievement_pct, efficiency, mean_pct, rating

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
    """The last year's realised value, from the indicator's history."""
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
        last=indicator.history.get(period.year - 1),
        plan_end_pct=achievement_pct(indicator.plan_end_target, yearly, indicator.polarity, negative),
        national_gap=yearly - indicator.national if yearly is not None and indicator.national is not None else None,
        answer=answer,
        submission=submission,
    )


def analyse(cycle: Cycle, office: Office) -> Analysis:
    """Compute every figure of a cycle from the submissions that count now."""
    counting = {form.unit: form.counting for form in cycle.units}
    cap = office.formulas.average_cap_pct
    objectives = tuple(_objective(objective, cycle, office, counting) for objective in office.objectives)
    objectives = tuple(objective for objective in objectives if objective.indicators)
    results = [result for objective in objectives for result in objective.indicators]
    lines = tuple(
        _budget(line, cycle.period.year, counting.get(line.owner))
        for form in cycle.units
        for line in office.asked_budget(form.unit, cycle.period)
    )
    average = mean_pct((result.achievement_pct for result in results), cap)
    return Analysis(
        period=cycle.period,
        objectives=objectives,
        budget=tuple(sorted(lines, key=lambda line: line.code)),
        programs=_programs(lines, office),
        total=_sum("", "", "", lines),
        units=tuple(_unit(form.unit, results, lines, office) for form in cycle.units),
        achievement_pct=average,
        rating=rating(average, office.bands),
    )


def _objective(
    objective: Objective, cycle: Cycle, office: Office, counting: dict[str, Submission | None]
) -> ObjectiveResult:
    """Gather the asked indicators of one objective."""
    asked = [
        indicator
        for form in cycle.units
        for indicator in office.asked_indicators(form.unit, cycle.period)
        if indicator.objective == objective.code
    ]
    results = tuple(
        indicator_result(
            indicator,
            cycle.period,
            office,
            _answer(counting.get(indicator.owner), indicator.code),
            counting.get(indicator.owner),
        )
        for indicator in sorted(asked, key=office.indicators.index)
    )
    average = mean_pct((result.achievement_pct for result in results), office.formulas.average_cap_pct)
    return ObjectiveResult(
        objective=objective, indicators=results, achievement_pct=average, rating=rating(average, office.bands)
    )


def _answer(submission: Submission | None, code: str) -> IndicatorAnswer | None:
    """Return the answer for one indicator, or None."""
    if submission is None:
        return None
    return next((answer for answer in submission.data.indicators if answer.code == code), None)


def _budget(line: BudgetLine, year: int, submission: Submission | None) -> BudgetResult:
    """Put one budget line's spending beside its ceiling."""
    answers = submission.data.budget if submission else ()
    answer = next((given for given in answers if given.code == line.code), None)
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


def _unit(
    unit: str, results: Sequence[IndicatorResult], lines: Sequence[BudgetResult], office: Office
) -> UnitEfficiency:
    """Judge one unit's efficiency."""
    cap = office.formulas.average_cap_pct
    achieved = mean_pct((result.achievement_pct for result in results if result.indicator.owner == unit), cap)
    own = _sum("", "", unit, [line for line in lines if line.owner == unit])
    return UnitEfficiency(
        unit=unit,
        achievement_pct=achieved,
        absorption_pct=own.absorption_pct,
        efficiency=efficiency(achieved, own.absorption_pct, office.formulas),
    )
