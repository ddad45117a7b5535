"""From accepted forms to the figures of the report, complete or not."""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from types import FrameType

import pytest

from mailbot.core.model.cycle import UnitForm
from mailbot.core.model.indicators import BudgetLine, Efficiency, Period
from mailbot.core.model.office import Office
from mailbot.core.report.analysis import analyse, indicator_result
from mailbot.core.report.results import Judged, Support
from tests.core.play import Play, collecting
from tests.core.small_forms import ANNUAL, NIL, money, number, row, whole
from tests.offices.small import OFFICE, QUARTER, wib

LINES = """
2.12.01.2.01.0006 SEKRETARIAT 18500000 17980000
2.12.01.2.02.0001 SEKRETARIAT 5985000000 5731220450
2.12.01.2.06.0009 SEKRETARIAT 165000000 158447300
2.12.01.2.08.0002 SEKRETARIAT 286000000 251864912
2.12.01.2.08.0004 SEKRETARIAT 742000000 736150000
2.12.02.2.01.0005 DAFDUK 325000000 309725000
2.12.02.2.01.0004 DAFDUK 148500000 146912500
2.12.02.2.03.0005 DAFDUK 62000000 60350000
2.12.03.2.01.0001 CAPIL 210000000 203118000
2.12.03.2.01.0002 CAPIL 118000000 109470000
2.12.04.2.01.0001 CAPIL 95000000 93005000
2.12.04.2.01.0002 CAPIL 57500000 49350000
2.12.05.2.01.0001 CAPIL 46000000 45100000
"""
"""Domain facts 4.5: sub kegiatan, owner (PIAK's lines are CAPIL's here), pagu, realisasi."""


def test_the_office_s_absorption_by_program_and_in_all() -> None:
    """Domain facts 4.5: 95,82 - 96,54 - 95,30 - 93,35 - 98,04, and 95,81 in all; a kegiatan is named and no program."""
    table = [line.split() for line in LINES.strip().splitlines()]
    office = replace(
        OFFICE,
        programs=(("2.12.02.2.01", "Pelayanan"), *OFFICE.programs),
        budget=tuple(
            BudgetLine(code=code, name=code, owner=owner, budget_idr={2025: Decimal(pagu)})
            for code, owner, pagu, _ in table
        ),
    )
    play = collecting(office)
    for unit in ("SEKRETARIAT", "DAFDUK", "CAPIL"):
        spent = tuple(money(code, amount) for code, owner, _, amount in table if owner == unit)
        play.sends(unit, replace(whole(unit), budget=spent))
    analysis = analyse(play.cycle, office)
    assert [(program.code, program.absorption_pct) for program in analysis.programs] == [
        ("2.12.01", Decimal("95.82")),
        ("2.12.02", Decimal("96.54")),
        ("2.12.03", Decimal("95.30")),
        ("2.12.04", Decimal("93.35")),
        ("2.12.05", Decimal("98.04")),
    ]
    assert (analysis.total.budget_idr, analysis.total.spent_idr) == (Decimal(8258500000), Decimal(7912693162))
    assert analysis.total.absorption_pct == Decimal("95.81")
    assert analysis.programs[0].name == "Penunjang"
    assert analysis.programs[4].name == ""
    assert [line.code for line in analysis.budget] == sorted(code for code, *_ in table)


def test_before_any_form_everything_is_missing_and_nothing_counts_as_green() -> None:
    """Missing data is never zero and never reached."""
    analysis = analyse(Play().opens().cycle, OFFICE)
    assert all(
        indicator.missing and indicator.achievement_pct is None and indicator.rating == ""
        for indicator in analysis.indicators
    )
    assert (analysis.achievement_pct, analysis.rating) == (None, "")
    assert (analysis.total.spent_idr, analysis.total.absorption_pct) == (None, None)
    assert {unit.efficiency for unit in analysis.units} == {Efficiency.UNKNOWN}
    assert [objective.objective.code for objective in analysis.objectives] == ["SS1", "SS3"]


def test_the_figures_of_a_year_half_collected() -> None:
    """What DAFDUK sent beside what the others still owe; means leave out what is missing and cap at 120."""
    play = collecting()
    play.sends("DAFDUK")
    analysis = analyse(play.cycle, OFFICE)
    results = {indicator.indicator.code: indicator for indicator in analysis.indicators}
    assert list(results) == ["IKU-01", "IKU-02", "IKK-10", "IKK-12", "IKU-14"]
    ktp = results["IKU-02"]
    assert (ktp.target, ktp.actual, ktp.achievement_pct, ktp.rating) == (
        Decimal("99.40"),
        Decimal("99.45"),
        Decimal("100.05"),
        "Sangat Tinggi",
    )
    assert (ktp.last, ktp.plan_end_pct) == (Decimal("99.12"), Decimal("99.65"))
    assert ktp.submission == play.unit("DAFDUK").counting
    assert analysis.objectives[0].achievement_pct == Decimal("104.19")
    assert (analysis.objectives[1].achievement_pct, analysis.objectives[1].rating) == (None, "")
    assert analysis.achievement_pct == Decimal("104.19")
    units = {unit.unit: unit for unit in analysis.units}
    assert (units["DAFDUK"].achievement_pct, units["DAFDUK"].absorption_pct) == (Decimal("104.19"), Decimal("95.30"))
    assert units["DAFDUK"].efficiency is Efficiency.EFFICIENT
    total = analysis.total
    assert (total.budget_idr, total.spent_idr) == (Decimal(553500000), Decimal(309725000))
    assert (total.reported_idr, total.missing_idr, total.left_idr) == (
        Decimal(325000000),
        Decimal(228500000),
        Decimal(15275000),
    )
    assert total.absorption_pct == Decimal("95.30")  # of the pagu whose spending is known
    assert (analysis.measured, analysis.objectives[0].measured, units["CAPIL"].measured, units["CAPIL"].asked) == (
        2,
        2,
        0,
        1,
    )
    assert (analysis.rating, analysis.objectives[0].rating) == ("", "")
    assert analysis.judged == Judged(efficiency=Efficiency.UNKNOWN)
    assert analyse(Play().opens().cycle, OFFICE).total.left_idr is None


def test_a_mean_has_its_predikat_once_every_indicator_is_measured() -> None:
    """Three of fourteen are no "Tinggi"; all of them are."""
    play = collecting()
    for unit in ("SEKRETARIAT", "DAFDUK", "CAPIL"):
        assert analyse(play.cycle, OFFICE).rating == ""
        play.sends(unit)
    analysis = analyse(play.cycle, OFFICE)
    assert (analysis.measured, analysis.rating) == (5, "Sangat Tinggi")
    assert [objective.rating for objective in analysis.objectives] == ["Sangat Tinggi"] * 2
    assert analysis.judged.efficiency is Efficiency.EFFICIENT


def supported(*, visits: str = "52") -> tuple[Office, Play]:
    """Return the office with programs behind two indicators, and a cycle in which every form came."""
    behind = {"IKU-02": ("2.12.02", "2.12.2.2.1.5"), "IKK-10": ("2.12.02", "2.12.03.2.01", "9.99")}
    office = replace(
        OFFICE,
        indicators=tuple(replace(one, programs=behind.get(one.code, ())) for one in OFFICE.indicators),
        budget=(
            replace(OFFICE.budget[0], original_idr={2025: Decimal(20_000_000)}),
            replace(OFFICE.budget[1], output="Dokumen", output_unit="Lembar", output_targets={2025: Decimal(100)}),
            OFFICE.budget[2],
        ),
    )
    play = collecting(office)
    for unit in ("SEKRETARIAT", "DAFDUK", "CAPIL"):
        data = whole(unit, IKK_12=visits)
        made = tuple(replace(line, output_actual=number("104")) for line in data.budget)
        play.sends(unit, replace(data, budget=made))
    return office, play


def test_the_money_behind_an_indicator_and_a_sasaran() -> None:
    """Found by program, kegiatan or sub kegiatan however zeros are written, each line once in a sum."""
    office, play = supported()
    analysis = analyse(play.cycle, office)
    results = {one.indicator.code: one.support for one in analysis.indicators}
    assert [(one.code, one.name, one.owner, one.budget_idr) for one in results["IKK-10"].programs] == [
        ("2.12.02", "Pendaftaran Penduduk", "DAFDUK", Decimal(325_000_000)),
        ("2.12.03.2.01", "", "CAPIL", Decimal(210_000_000)),
        ("9.99", "", "", Decimal(0)),
    ]
    ktp = results["IKU-02"]
    assert ktp.programs[1].name == "Pencatatan"
    assert ktp.budget is not None
    assert (ktp.budget.budget_idr, ktp.budget.absorption_pct) == (Decimal(325_000_000), Decimal("95.30"))
    assert ktp.judged == Judged(efficiency=Efficiency.BALANCED, points=Decimal("4.75"))
    assert results["IKU-01"] == Support(programs=(), budget=None, judged=Judged(efficiency=Efficiency.UNKNOWN))
    service = analysis.objectives[0].support
    assert service.budget is not None
    assert service.budget.budget_idr == Decimal(535_000_000)
    assert service.judged.points == analysis.objectives[0].achievement_pct - service.budget.absorption_pct  # type: ignore[operator]  # both are there


def test_a_line_tells_its_output_and_a_sum_its_pagu_murni() -> None:
    """An output that nobody configured is none; a pagu murni stands where APBD-P changed any line."""
    office, play = supported()
    analysis = analyse(play.cycle, office)
    cooperation, registering, issuing = analysis.budget
    assert (registering.output, registering.output_unit, registering.output_target, registering.output_actual) == (
        "Dokumen",
        "Lembar",
        Decimal(100),
        Decimal(104),
    )
    assert issuing.output_actual is None
    assert cooperation.original_idr == Decimal(20_000_000)
    assert analysis.total.original_idr == Decimal(555_000_000)
    assert analysis.programs[1].original_idr is None


def test_efficiency_waits_for_every_figure_and_for_the_year() -> None:
    """A figure that is missing, or a quarter, leaves it unknown: money and targets would not be of one length."""
    office, play = supported(visits="")
    service = analyse(play.cycle, office).objectives[0]
    assert service.support.judged.efficiency is Efficiency.UNKNOWN
    quarter = Play(at=wib(1, 7.5, month=4), office=office).opens(QUARTER)
    quarter.sends("DAFDUK", whole("DAFDUK", quarter.cycle.period))
    quarter.sends("CAPIL", whole("CAPIL", quarter.cycle.period))
    analysis = analyse(quarter.cycle, office)
    assert {unit.efficiency for unit in analysis.units} == {Efficiency.UNKNOWN}
    assert {one.support.judged.efficiency for one in analysis.indicators} == {Efficiency.UNKNOWN}


def test_the_order_of_units_changes_no_figure() -> None:
    """Sums, means and judgements are the same whoever stands first."""
    office, play = supported()
    turned = replace(play.cycle, units=tuple(reversed(play.cycle.units)))
    here, there = analyse(play.cycle, office), analyse(turned, office)
    assert replace(there, units=tuple(reversed(there.units))) == here


def test_a_quarter_of_a_count_is_compared_with_no_year() -> None:
    """12 in a quarter is 120 % of the quarter's 10, and says nothing of the Renstra's 60 or the country's 40."""
    play = Play(at=wib(1, 7.5, month=4)).opens(QUARTER)
    play.sends("DAFDUK", whole("DAFDUK", play.cycle.period))
    results = {indicator.indicator.code: indicator for indicator in analyse(play.cycle, OFFICE).indicators}
    assert (results["IKK-12"].achievement_pct, results["IKK-12"].plan_end_pct) == (Decimal("110.00"), None)
    assert results["IKU-02"].plan_end_pct == Decimal("99.40")


@pytest.mark.parametrize(("code", "actual", "reached"), [("IKK-12", "0", "0.00"), ("IKK-10", "", "")])
def test_nihil_is_nothing_where_more_is_better_and_no_figure_where_less_is(
    code: str, actual: str, reached: str
) -> None:
    """No service means no waiting time, not a waiting time of zero."""
    result = indicator_result(OFFICE.indicator(code), ANNUAL, OFFICE, row(code, actual=NIL), None)
    assert (result.nil, result.missing) == (True, False)
    assert result.actual == (Decimal(actual) if actual else None)
    assert result.achievement_pct == (Decimal(reached) if reached else None)


def test_nihil_spent_is_zero_spent() -> None:
    """Money is counted."""
    play = collecting()
    play.sends("CAPIL", replace(whole("CAPIL"), budget=(money("2.12.03.2.01.0001", spent_idr=NIL),)))
    (line,) = [line for line in analyse(play.cycle, OFFICE).budget if line.owner == "CAPIL"]
    assert (line.spent_idr, line.absorption_pct) == (Decimal(0), Decimal("0.00"))


def test_programs_are_found_however_the_zeros_are_written_or_by_the_code_alone() -> None:
    """`2.12.1.02` is under `2.12.01`; without a list of programs the first three groups are it."""
    line = replace(OFFICE.budget[0], code="2.12.1.02.01.0006")
    office = replace(OFFICE, budget=(line,))
    play = Play(office=office).opens()
    assert [program.code for program in analyse(play.cycle, office).programs] == ["2.12.01"]
    assert [program.code for program in analyse(play.cycle, replace(office, programs=())).programs] == ["2.12.1"]


def test_a_form_that_lacks_a_row_leaves_that_row_missing() -> None:
    """An answer is found by its code."""
    play = collecting()
    play.sends("DAFDUK", replace(whole("DAFDUK"), indicators=(row("IKU-02", "99.45"),), budget=()))
    results = {indicator.indicator.code: indicator for indicator in analyse(play.cycle, OFFICE).indicators}
    assert (results["IKU-02"].missing, results["IKK-12"].missing) == (False, True)
    assert Period(year=2025) == play.cycle.period


def test_one_state_is_reckoned_once() -> None:
    """Letter, recap and report of the same cycle share the figures; another state has its own."""
    cycle = collecting().cycle
    assert analyse(cycle, OFFICE) is analyse(cycle, OFFICE)
    later = replace(cycle, version=cycle.version + 1)
    assert analyse(later, OFFICE) is not analyse(cycle, OFFICE)
    assert analyse(later, OFFICE) == analyse(cycle, OFFICE)


def test_twice_the_units_and_indicators_are_twice_the_work() -> None:
    """Counted in calls; not every unit with every indicator for every objective."""
    few, many = (calls_of_an_analysis(units) for units in (20, 40))
    assert many < 2.1 * few


def calls_of_an_analysis(units: int) -> int:
    """Return how many functions are called for so many units with three indicators and a budget line each."""
    names = [f"U{number:03d}" for number in range(units)]
    indicators = tuple(
        replace(OFFICE.indicators[number], code=f"{name}-{number}", owner=name, programs=("2.12.02", "2.12.03"))
        for name in names
        for number in range(3)
    )
    budget = tuple(replace(OFFICE.budget[0], code=f"2.12.02.{name}", owner=name) for name in names)
    office = replace(OFFICE, indicators=indicators, budget=budget)
    cycle = replace(collecting().cycle, units=tuple(UnitForm(unit=name) for name in names))
    calls = 0

    def count(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        analyse(cycle, office)
    finally:
        sys.setprofile(None)
    return calls
