"""The evaluator's mirror: without its ground a criterion's weight is gone, and the right person is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.form import IndicatorAnswer
from mailbot.core.model.office import Office
from mailbot.core.model.profile import Benchmark, Criterion, CriterionRule, FollowUpState, Profile, Recommendation
from mailbot.core.model.sop import Step
from mailbot.core.report.mirror import Lack, Mirror, Who, mirror
from tests.core.play import HEADS, closed
from tests.core.small_forms import words
from tests.offices.small import OFFICE

WEIGHTS = {rule: Decimal(number % 3 + 1) / 2 for number, rule in enumerate(CriterionRule)}
SHEET = tuple(Criterion(code=rule.value, text=rule.value, weight=weight, rule=rule) for rule, weight in WEIGHTS.items())
ALL = sum(WEIGHTS.values(), start=Decimal(0))
PEER = Benchmark(name="Nasional", value=Decimal(90), year=2024, source="Ditjen")
DONE = Recommendation(text="Lengkapi analisis", step="Dilengkapi", state=FollowUpState.DONE, proof="Laporan 2025")


def full_office() -> Office:
    """Return the small office with everything that the sheet asks of its YAML."""
    codes = {"SEKRETARIAT": "2.12.01", "DAFDUK": "2.12.02", "CAPIL": "2.12.03"}
    indicators = tuple(
        replace(
            one,
            history={2022: Decimal(1), 2023: Decimal(1), 2024: Decimal(1)},
            plan_end_target=Decimal(1),
            benchmarks=(PEER,),
            programs=(codes[one.owner],),
        )
        for one in OFFICE.indicators
    )
    profile = Profile(criteria=SHEET, recommendations=(DONE,), published="https://dinas.example.go.id/lkjip")
    return replace(OFFICE, indicators=indicators, profile=profile)


def answered(
    cycle: Cycle, change: Callable[[IndicatorAnswer], IndicatorAnswer], advice: str = "Perkuat layanan"
) -> Cycle:
    """Return the cycle with every row of every form that counts changed, and a recommendation of each unit."""
    for form in cycle.units:
        sent = form.submissions[-1]
        data = replace(
            sent.data,
            indicators=tuple(change(row) for row in sent.data.indicators),
            narrative=replace(sent.data.narrative, recommendation=words(advice)),
        )
        cycle = cycle.with_unit(replace(form, submissions=(replace(sent, data=data),)))
    return cycle


def full_cycle() -> Cycle:
    """Return the annual cycle closed in time, each row with causes, evidence and steps."""
    told = words("Jaringan terputus")
    return answered(closed().cycle, lambda row: replace(row, obstacles=told, follow_up=told))


def seen(cycle: Cycle, office: Office) -> Mirror:
    """Score it."""
    return mirror(cycle, office)


def indicators_without(**changed: object) -> Office:
    """Return the office with those values of every indicator."""
    office = full_office()
    taken = tuple(replace(one, **changed) for one in office.indicators)  # type: ignore[arg-type]  # values by name
    return replace(office, indicators=taken)


def profile_without(**changed: object) -> Office:
    """Return the office with other values of its profile."""
    office = full_office()
    return replace(office, profile=replace(office.profile, **changed))  # type: ignore[arg-type]  # values by name


def verdicts_but(step: Step) -> Cycle:
    """Return the cycle without what was decided in a row."""
    cycle = full_cycle()
    return replace(cycle, verdicts=tuple(one for one in cycle.verdicts if one.step is not step))


def rows_late() -> Cycle:
    """Return the cycle with every row left after it was due."""
    cycle = full_cycle()
    late = tuple((step, since, due, due.replace(year=due.year + 1)) for step, since, due, _ in cycle.rows_done)
    return replace(cycle, rows_done=late)


def without_forms() -> Cycle:
    """Return the cycle with no form of anybody."""
    cycle = full_cycle()
    return replace(cycle, units=tuple(replace(form, submissions=(), counted=0) for form in cycle.units))


BLANK = words("")


@pytest.mark.parametrize("office", [full_office()], ids=["full"])
def test_a_report_with_everything_has_every_point(office: Office) -> None:
    """Nothing is missing, and nobody is named."""
    whole = seen(full_cycle(), office)
    assert [(scored.criterion.code, gap) for scored in whole.lines for gap in scored.gaps] == []
    assert (whole.score, whole.weight, whole.later) == (ALL, ALL, Decimal(0))
    assert not whole.worst


@pytest.mark.parametrize(
    ("rule", "cycle", "office", "who", "lack"),
    [
        (CriterionRule.FORMALISED, verdicts_but(Step.RATIFY), full_office(), Who.AGENCY_HEAD, Lack.NOT_RATIFIED),
        (CriterionRule.ON_TIME, rows_late(), full_office(), Who.AGENCY_HEAD, Lack.SENT_LATE),
        (CriterionRule.REVIEWED, verdicts_but(Step.REVIEW), full_office(), Who.SECRETARY, Lack.NOT_REVIEWED),
        (CriterionRule.PUBLISHED, full_cycle(), profile_without(published=""), Who.PLANNING, Lack.NOT_PUBLISHED),
        (CriterionRule.YEARS, full_cycle(), indicators_without(history={}), Who.OPERATOR, Lack.NO_YEARS),
        (
            CriterionRule.PLAN_END,
            full_cycle(),
            indicators_without(plan_end_target=None),
            Who.OPERATOR,
            Lack.NO_PLAN_END,
        ),
        (CriterionRule.BENCHMARK, full_cycle(), indicators_without(benchmarks=()), Who.OPERATOR, Lack.NO_BENCHMARK),
        (
            CriterionRule.BENCHMARK,
            full_cycle(),
            indicators_without(benchmarks=(replace(PEER, source=""), replace(PEER, year=None))),
            Who.OPERATOR,
            Lack.NO_BENCHMARK,
        ),
        (
            CriterionRule.CAUSES,
            answered(full_cycle(), lambda row: replace(row, enabling_factors=BLANK)),
            full_office(),
            Who.UNIT,
            Lack.NO_CAUSES,
        ),
        (
            CriterionRule.RECOMMENDATIONS,
            answered(full_cycle(), lambda row: row, "-"),
            profile_without(recommendations=()),
            Who.UNIT,
            Lack.NO_ADVICE,
        ),
        (
            CriterionRule.EVIDENCE,
            answered(full_cycle(), lambda row: replace(row, evidence=BLANK)),
            full_office(),
            Who.UNIT,
            Lack.NO_SOURCE,
        ),
    ],
)
def test_without_its_ground_a_criterion_has_no_points(
    rule: CriterionRule, cycle: Cycle, office: Office, who: Who, lack: Lack
) -> None:
    """The score falls by its weight and no more, and who can supply it is named."""
    sheet = seen(cycle, office)
    assert sheet.score == ALL - WEIGHTS[rule]
    (fallen,) = [scored for scored in sheet.lines if scored.gaps]
    assert (fallen.criterion.rule, fallen.score) == (rule, Decimal(0))
    assert (who, lack) in {(gap.who, gap.lack) for gap in fallen.gaps}


def test_without_forms_the_units_are_named_for_figures_causes_money_and_evidence() -> None:
    """What rests on figures falls with them."""
    sheet = seen(without_forms(), full_office())
    missing = {scored.criterion.rule: scored for scored in sheet.lines if scored.gaps}
    for rule, lack in ((CriterionRule.TARGETS, Lack.NO_FIGURE), (CriterionRule.CAUSES, Lack.NO_CAUSES)):
        assert (missing[rule].score, {gap.unit for gap in missing[rule].gaps}) == (Decimal(0), set(HEADS))
        assert {(gap.who, gap.lack) for gap in missing[rule].gaps} == {(Who.UNIT, lack)}
    assert Lack.NO_MONEY in {gap.lack for gap in missing[CriterionRule.EFFICIENCY].gaps}
    assert CriterionRule.YEARS not in missing


def test_without_programs_the_keeper_of_the_yaml_is_named() -> None:
    """For the programs behind an indicator, and the money behind a sasaran."""
    sheet = seen(full_cycle(), indicators_without(programs=()))
    missing = {scored.criterion.rule: scored for scored in sheet.lines if scored.gaps}
    assert set(missing) == {CriterionRule.PROGRAMS, CriterionRule.EFFICIENCY}
    assert missing[CriterionRule.PROGRAMS].score == 0
    assert {gap.who for scored in missing.values() for gap in scored.gaps} == {Who.OPERATOR}


def test_under_the_target_obstacles_and_steps_are_asked_for() -> None:
    """Enabling factors alone explain no failure."""
    cycle = full_cycle()
    low = answered(cycle, lambda row: replace(row, actual=words("1"), obstacles=BLANK))
    low = answered(low, lambda row: replace(row, actual=replace(row.actual, value=Decimal(1))))
    sheet = {scored.criterion.rule: scored for scored in seen(low, full_office()).lines}
    assert {gap.lack for gap in sheet[CriterionRule.CAUSES].gaps} == {Lack.NO_CAUSES}
    lenient = indicators_without(explain_below_pct=Decimal(0))
    assert {line.criterion.rule: line for line in seen(low, lenient).lines}[CriterionRule.CAUSES].gaps == ()


def test_where_nothing_is_reported_on_nothing_is_compared() -> None:
    """A quarter for which nothing is promised has no points for figures, and nobody is named."""
    nothing = indicators_without(targets={})
    sheet = {scored.criterion.rule: scored for scored in seen(full_cycle(), nothing).lines}
    for rule in (CriterionRule.TARGETS, CriterionRule.CAUSES, CriterionRule.EVIDENCE):
        assert (sheet[rule].score, sheet[rule].gaps) == (Decimal(0), ())


def test_a_step_without_proof_is_no_step() -> None:
    """A recommendation that is said to be done, and one that nothing was done about; without any the Inspektorat."""
    for open_one in (replace(DONE, proof=""), replace(DONE, step="", state=FollowUpState.OPEN)):
        sheet = seen(full_cycle(), profile_without(recommendations=(DONE, open_one)))
        ((gap,),) = [scored.gaps for scored in sheet.lines if scored.gaps]
        assert (gap.lack, gap.who, gap.points) == (Lack.NOT_FOLLOWED, Who.PLANNING, ("2",))
    for office in (profile_without(recommendations=()), profile_without(year=2024)):
        sheet = seen(full_cycle(), office)
        ((gap,),) = [scored.gaps for scored in sheet.lines if scored.gaps]
        assert (gap.lack, gap.who) == (Lack.NO_EVALUATION, Who.INSPECTORATE)
    assert seen(full_cycle(), profile_without(year=2025)).score == ALL


def test_missing_points_are_whole_halves() -> None:
    """One of five indicators without a benchmark costs half a point of whatever weight."""
    office = full_office()
    one = tuple(replace(row, benchmarks=()) if row.code == "IKU-01" else row for row in office.indicators)
    sheet = seen(full_cycle(), replace(office, indicators=one))
    (fallen,) = [scored for scored in sheet.lines if scored.gaps]
    assert (fallen.missing, fallen.gaps[0].points) == (Decimal("0.5"), ("IKU-01",))


def test_what_later_rows_bring_is_told_apart() -> None:
    """While the draft waits for its review, ratification and sending are nobody's omission."""
    cycle = replace(full_cycle(), verdicts=(), rows_done=(), draft=None)
    sheet = seen(cycle, full_office())
    rules = (CriterionRule.FORMALISED, CriterionRule.ON_TIME, CriterionRule.REVIEWED)
    assert sheet.later == sum(WEIGHTS[rule] for rule in rules) == ALL - sheet.score
    assert sheet.worst == ()


def test_a_report_is_not_late_because_its_receipt_is() -> None:
    """It left the house in time; when the planning board finds the time to say so is not the office's doing."""
    cycle = full_cycle()
    done = tuple(
        (step, since, due, left.replace(year=left.year + 1) if step is Step.SUBMIT else left)
        for step, since, due, left in cycle.rows_done
    )
    assert done != cycle.rows_done
    assert seen(replace(cycle, rows_done=done), full_office()).score == ALL


def test_the_largest_gaps_come_first() -> None:
    """Only those that somebody can close now."""
    office = replace(indicators_without(benchmarks=(), history={}, plan_end_target=None))
    worst = seen(replace(full_cycle(), verdicts=()), office).worst
    assert [scored.missing for scored in worst] == sorted((scored.missing for scored in worst), reverse=True)
    assert len(worst) == 3


def test_an_office_without_a_sheet_is_not_graded() -> None:
    """There is nothing to fall short of."""
    sheet = seen(full_cycle(), replace(full_office(), profile=Profile(illustrative=True)))
    assert (sheet.score, sheet.illustrative) == (Decimal(0), True)
    assert not sheet.lines
