"""The evaluator's mirror: the draft as it stands, scored by the Inspektorat's sheet, and who can supply what lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.model.profile import CriterionRule, FollowUpState
from mailbot.core.model.sop import Step
from mailbot.core.report.analysis import analyse

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle, Verdict
    from mailbot.core.model.office import Office
    from mailbot.core.model.profile import Criterion
    from mailbot.core.report.results import Analysis, IndicatorResult

HALF = Decimal("0.5")


class Who(StrEnum):
    """Who can supply what is missing."""

    UNIT = "unit"
    """The head of the unit."""
    PLANNING = "planning"
    OPERATOR = "operator"
    """Whoever keeps the office's YAML."""
    SECRETARY = "secretary"
    AGENCY_HEAD = "agency_head"
    BOARD = "planning_board"
    INSPECTORATE = "inspectorate"


class Lack(StrEnum):
    """What is missing; the words for each are in `words.yaml`."""

    NOT_RATIFIED = "not_ratified"
    NOT_SENT = "not_sent"
    SENT_LATE = "sent_late"
    NOT_REVIEWED = "not_reviewed"
    NOT_PUBLISHED = "not_published"
    NO_FIGURE = "no_figure"
    NO_YEARS = "no_years"
    NO_PLAN_END = "no_plan_end"
    NO_BENCHMARK = "no_benchmark"
    NO_CAUSES = "no_causes"
    NO_MONEY = "no_money"
    NO_PROGRAMS = "no_programs"
    NO_ADVICE = "no_advice"
    NOT_FOLLOWED = "not_followed"
    """A recommendation of last year has no step, or is done and nothing proves it."""
    NO_EVALUATION = "no_evaluation"
    NO_SOURCE = "no_source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that a criterion asks for, whether it is there or not."""

    met: bool
    lack: Lack
    who: Who
    unit: str = ""
    point: str = ""
    """Code of the indicator, sasaran or recommendation it is about."""
    later: bool = False
    """A later row of the SOP brings it: nobody has to supply it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One kind of thing that one person can supply, with all the points it is missing at."""

    lack: Lack
    who: Who
    unit: str
    points: tuple[str, ...]
    later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One criterion: what it weighs, what is reached of that, and what is missing."""

    criterion: Criterion
    score: Decimal
    gaps: tuple[Gap, ...]

    @property
    def missing(self) -> Decimal:
        """Return the points that are missing, in halves, and never more than the criterion weighs."""
        return self.criterion.weight - self.score


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """The whole sheet."""

    lines: tuple[Scored, ...]
    illustrative: bool
    """The sheet is a sample, and not the Inspektorat's own."""

    @property
    def score(self) -> Decimal:
        """Return the points of all criteria together."""
        return sum((scored.score for scored in self.lines), start=Decimal(0))

    @property
    def weight(self) -> Decimal:
        """Return the most that could be had."""
        return sum((scored.criterion.weight for scored in self.lines), start=Decimal(0))

    @property
    def later(self) -> Decimal:
        """Return the missing points that only later rows of the SOP can bring."""
        waits = (scored for scored in self.lines if scored.gaps and all(gap.later for gap in scored.gaps))
        return sum((scored.missing for scored in waits), start=Decimal(0))

    @property
    def worst(self) -> tuple[Scored, ...]:
        """Return the criteria at which somebody can supply something now, those that lack the most points first."""
        open_now = [scored for scored in self.lines if any(not gap.later for gap in scored.gaps)]
        return tuple(sorted(open_now, key=lambda scored: -scored.missing))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What the rules look at."""

    cycle: Cycle
    office: Office
    analysis: Analysis


def mirror(cycle: Cycle, office: Office) -> Mirror:
    """Score the draft of a cycle as it stands by the office's sheet; without a sheet there are no lines."""
    draft, profile = _Draft(cycle=cycle, office=office, analysis=analyse(cycle, office)), office.profile
    lines = (_scored(criterion, tuple(_RULES[criterion.rule](draft))) for criterion in profile.criteria)
    return Mirror(lines=tuple(lines), illustrative=profile.illustrative)


def _scored(criterion: Criterion, needs: tuple[Need, ...]) -> Scored:
    """Give a criterion its weight times the share met, in half points: one less for any need, nothing where none is."""
    unmet = [need for need in needs if not need.met]
    share = Decimal(len(unmet)) / len(needs) if needs else Decimal(1)
    halves = max((criterion.weight * share / HALF).to_integral_value(rounding=ROUND_HALF_UP), Decimal(bool(unmet)))
    found: dict[tuple[Lack, Who, str, bool], list[str]] = {}
    for need in unmet:
        found.setdefault((need.lack, need.who, need.unit, need.later), []).append(need.point)
    gaps = tuple(
        Gap(lack=lack, who=who, unit=unit, later=later, points=tuple(filter(None, points)))
        for (lack, who, unit, later), points in found.items()
    )
    score = max(criterion.weight - halves * HALF, Decimal(0)) if share < 1 else Decimal(0)
    return Scored(criterion=criterion, score=score, gaps=gaps)


def _approved(draft: _Draft, step: Step) -> Verdict | None:
    """Return the approval that a row gave to the very file that is the draft now."""
    sha256 = draft.cycle.draft.docx_sha256 if draft.cycle.draft is not None else ""
    fitting = (one for one in draft.cycle.verdicts if one.step is step and one.approved and one.docx_sha256 == sha256)
    return next(fitting, None)


def _formalised(draft: _Draft) -> Iterator[Need]:
    """Ratified, as the very file that is the draft now."""
    met = _approved(draft, Step.RATIFY) is not None
    yield Need(met=met, lack=Lack.NOT_RATIFIED, who=Who.AGENCY_HEAD, later=True)


def _on_time(draft: _Draft) -> Iterator[Need]:
    """Ratified in its time, for the report leaves the house in that hour, and acknowledged, whenever that is said."""
    done = {step: (due, left) for step, _, due, left in draft.cycle.rows_done}
    due, left = done.get(Step.RATIFY, (None, None))
    late = due is not None and left is not None and left > due
    met = left is not None and not late and Step.SUBMIT in done
    who = Who.AGENCY_HEAD if left is None or late else Who.BOARD
    yield Need(met=met, lack=Lack.SENT_LATE if late else Lack.NOT_SENT, who=who, later=not late)


def _reviewed(draft: _Draft) -> Iterator[Need]:
    """Reviewed, as the very file that is the draft now."""
    met = _approved(draft, Step.REVIEW) is not None
    yield Need(met=met, lack=Lack.NOT_REVIEWED, who=Who.SECRETARY, later=True)


def _published(draft: _Draft) -> Iterator[Need]:
    """Published, where the office says so."""
    yield Need(met=bool(draft.office.profile.published), lack=Lack.NOT_PUBLISHED, who=Who.PLANNING)


def _targets(draft: _Draft) -> Iterator[Need]:
    """Each indicator has a figure beside its target."""
    for result in draft.analysis.indicators:
        yield _of_unit(result, Lack.NO_FIGURE, met=not result.missing)


def _years(draft: _Draft) -> Iterator[Need]:
    """Each indicator has a figure of each of the three years before."""
    for result in draft.analysis.indicators:
        met = bool(result.years) and all(year.actual is not None for year in result.years)
        yield _of_yaml(result, Lack.NO_YEARS, met=met)


def _plan_end(draft: _Draft) -> Iterator[Need]:
    """Each indicator has a target at the end of the Renstra."""
    for result in draft.analysis.indicators:
        yield _of_yaml(result, Lack.NO_PLAN_END, met=result.indicator.plan_end_target is not None)


def _benchmark(draft: _Draft) -> Iterator[Need]:
    """Each indicator is compared with a figure of elsewhere that has its year and source."""
    for result in draft.analysis.indicators:
        told = any(one.year is not None and one.source for one in result.indicator.benchmarks)
        yield _of_yaml(result, Lack.NO_BENCHMARK, met=told)


def _causes(draft: _Draft) -> Iterator[Need]:
    """Each indicator has its causes, and under the target its obstacles and what was done."""
    says, policy = draft.office.empty_words.says_something, draft.office.policy
    for result in draft.analysis.indicators:
        answer, reached = result.answer, result.achievement_pct
        met = answer is not None and says(answer.enabling_factors.text)
        if met and answer is not None and reached is not None and reached < policy.explained_below(result.indicator):
            met = says(answer.obstacles.text) and says(answer.follow_up.text)
        yield _of_unit(result, Lack.NO_CAUSES, met=met)


def _efficiency(draft: _Draft) -> Iterator[Need]:
    """Each budget line has its spending, and each sasaran the money behind it."""
    for line in draft.analysis.budget:
        met = line.spent_idr is not None
        yield Need(met=met, lack=Lack.NO_MONEY, who=Who.UNIT, unit=line.owner, point=line.code)
    for objective in draft.analysis.objectives:
        code = objective.objective.code
        yield Need(met=objective.support.budget is not None, lack=Lack.NO_PROGRAMS, who=Who.OPERATOR, point=code)


def _programs(draft: _Draft) -> Iterator[Need]:
    """Each indicator has the programs behind it."""
    for result in draft.analysis.indicators:
        yield _of_yaml(result, Lack.NO_PROGRAMS, met=bool(result.support.programs))


def _recommendations(draft: _Draft) -> Iterator[Need]:
    """Each unit recommends something, and last year's recommendations were followed."""
    says = draft.office.empty_words.says_something
    for form in draft.cycle.units:
        told = form.counting.data.narrative.recommendation.text if form.counting is not None else ""
        yield Need(met=says(told), lack=Lack.NO_ADVICE, who=Who.UNIT, unit=form.unit)
    given = draft.office.profile.for_year(draft.cycle.period.year).recommendations
    for number, one in enumerate(given, start=1):
        met = bool(one.step) and (bool(one.proof) or one.state is not FollowUpState.DONE)
        yield Need(met=met, lack=Lack.NOT_FOLLOWED, who=Who.PLANNING, point=str(number))
    if not given:
        yield Need(met=False, lack=Lack.NO_EVALUATION, who=Who.INSPECTORATE)


def _evidence(draft: _Draft) -> Iterator[Need]:
    """Each figure has its source and its evidence."""
    names = draft.office.empty_words.names_something
    attached = {form.unit: bool(form.evidence) for form in draft.cycle.units}
    for result in draft.analysis.indicators:
        own = result.answer.evidence.text if result.answer is not None else ""
        named = names(own, attached=attached.get(result.indicator.owner, False))
        yield _of_unit(result, Lack.NO_SOURCE, met=named and bool(result.data_source))


def _of_unit(result: IndicatorResult, lack: Lack, *, met: bool) -> Need:
    """Return what the unit of an indicator is asked for."""
    return Need(met=met, lack=lack, who=Who.UNIT, unit=result.indicator.owner, point=result.indicator.code)


def _of_yaml(result: IndicatorResult, lack: Lack, *, met: bool) -> Need:
    """Return what stands in the office's YAML about an indicator."""
    return Need(met=met, lack=lack, who=Who.OPERATOR, point=result.indicator.code)


_RULES: dict[CriterionRule, Callable[[_Draft], Iterator[Need]]] = {
    CriterionRule.FORMALISED: _formalised,
    CriterionRule.ON_TIME: _on_time,
    CriterionRule.REVIEWED: _reviewed,
    CriterionRule.PUBLISHED: _published,
    CriterionRule.TARGETS: _targets,
    CriterionRule.YEARS: _years,
    CriterionRule.PLAN_END: _plan_end,
    CriterionRule.BENCHMARK: _benchmark,
    CriterionRule.CAUSES: _causes,
    CriterionRule.EFFICIENCY: _efficiency,
    CriterionRule.PROGRAMS: _programs,
    CriterionRule.RECOMMENDATIONS: _recommendations,
    CriterionRule.EVIDENCE: _evidence,
}
