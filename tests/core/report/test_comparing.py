"""An indicator beside other years and quarters, the end of the Renstra and figures of elsewhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.model.form import Entry
from mailbot.core.model.indicators import Aggregation, Indicator, Period, Polarity
from mailbot.core.model.office import Office
from mailbot.core.model.past import Past
from mailbot.core.model.profile import Benchmark
from mailbot.core.report.comparing import change, of_plan, plan_end, reached_of_plan
from mailbot.core.report.indicator_figures import indicator_result
from mailbot.core.report.results import Change, IndicatorResult
from tests.core.small_forms import BLANK, row
from tests.offices.small import OFFICE, quarters

NUMBERS = st.decimals(min_value="0.01", max_value=10**6, places=2, allow_nan=False, allow_infinity=False)
KINDS = st.sampled_from(Polarity)


def with_past(*figures: tuple[Indicator, int, int, str]) -> Office:
    """Return the office with figures of other periods: indicator, year, quarter (0: the year), value."""
    cells: dict[Period, dict[str, Entry]] = {}
    for indicator, year, quarter, value in figures:
        known = cells.setdefault(Period(year=year, quarter=quarter), {})
        known[indicator.code.casefold().replace("-0", ".").replace("-", ".")] = Entry(value=Decimal(value))
    return replace(OFFICE, past=Past(figures=cells))


def result(indicator: Indicator, period: Period, value: str, office: Office = OFFICE) -> IndicatorResult:
    """Return an indicator's result; an empty value leaves it blank."""
    answer = row(indicator.code, value) if value else row(indicator.code, actual=BLANK)
    return indicator_result(indicator, period, office, answer, None)


COUNT = OFFICE.indicator("IKK-12")
SHARE = OFFICE.indicator("IKU-02")
DAYS = OFFICE.indicator("IKK-10")


def test_a_change_has_its_unit_and_its_meaning() -> None:
    """More is better or worse; the same is neither; without one of the two there is none."""
    assert change(SHARE, Decimal("99.45"), Decimal("99.12")) == Change(amount=Decimal("0.33"), better=True)
    assert change(DAYS, Decimal("2.7"), Decimal("3.10")) == Change(amount=Decimal("-0.40"), better=True)
    assert change(DAYS, Decimal("3.2"), Decimal("3.10")) == Change(amount=Decimal("0.10"), better=False)
    assert change(DAYS, Decimal(3), Decimal("3.0")) == Change(amount=Decimal(0), better=None)
    ranged = replace(DAYS, upper_targets={2025: quarters("-", "-", "-", "4")})
    assert change(ranged, Decimal("3.2"), Decimal("3.10")) == Change(amount=Decimal("0.10"), better=None)
    assert change(DAYS, None, Decimal(3)) is change(DAYS, Decimal(3), None) is None


def test_a_year_is_compared_with_three_years_their_targets_and_capaian() -> None:
    """What the ledger and the typed history have; a year whose target nobody wrote has no capaian."""
    made = replace(
        SHARE,
        targets=SHARE.targets | {2023: quarters("-", "-", "-", "98")},
        upper_targets={2023: quarters("-", "-", "-", "99")},
        history={2022: Decimal("97.00"), 2023: Decimal("98.94"), 2024: Decimal("99.12")},
    )
    told = result(made, Period(year=2025), "99.45")
    assert [(one.year, one.target, one.upper, one.actual, one.achievement_pct) for one in told.years] == [
        (2022, None, None, Decimal("97.00"), None),
        (2023, Decimal(98), Decimal(99), Decimal("98.94"), Decimal("100.00")),
        (2024, None, None, Decimal("99.12"), None),
    ]
    assert told.change == Change(amount=Decimal("0.33"), better=None)
    assert (told.year.before, told.year.same_quarter, told.year.to_date) == (None, None, Decimal("99.45"))
    assert (told.year.target, told.year.to_date_pct) == (Decimal("99.40"), Decimal("100.05"))


def test_a_quarter_stands_beside_its_year() -> None:
    """Its own target and the year's, the year so far, the quarter before, the same quarter of last year."""
    office = with_past((COUNT, 2026, 1, "11"), (COUNT, 2025, 2, "14"), (COUNT, 2026, 3, "99"))
    told = result(COUNT, Period(year=2026, quarter=2), "13", office)
    year = told.year
    assert (told.target, told.achievement_pct, told.change) == (Decimal(12), Decimal("108.33"), None)
    assert (year.target, year.to_date, year.to_date_pct) == (Decimal(48), Decimal(24), Decimal("50.00"))
    assert year.quarters == (Decimal(11), Decimal(13), None, None)
    assert (year.before, year.change_before) == (Decimal(11), Change(amount=Decimal(2), better=True))
    assert (year.same_quarter, year.change_same_quarter) == (Decimal(14), Change(amount=Decimal(-1), better=False))
    assert (told.plan_end, told.plan_end_pct) == (None, None)
    assert [one.gap for one in told.benchmarks] == [None]
    fewer = replace(COUNT, polarity=Polarity.DOWN)  # a quarter of the complaints that a year may have is no achievement
    assert result(fewer, Period(year=2026, quarter=2), "13", office).year.to_date_pct is None
    whole = with_past((COUNT, 2026, 1, "11"), (COUNT, 2026, 2, "14"), (COUNT, 2026, 3, "11"))
    assert result(fewer, Period(year=2026, quarter=4), "12", whole).year.to_date_pct == Decimal("100.00")


@pytest.mark.parametrize(
    ("aggregation", "so_far"), [(Aggregation.SUM, None), (Aggregation.MEAN, None), (Aggregation.LAST, Decimal(13))]
)
def test_a_gap_among_the_quarters_leaves_no_sum(aggregation: Aggregation, so_far: Decimal | None) -> None:
    """Half of a sum is no sum; the last value is the last value."""
    indicator = replace(COUNT, aggregation=aggregation)
    assert result(indicator, Period(year=2026, quarter=2), "13").year.to_date == so_far


@pytest.mark.parametrize(
    ("aggregation", "so_far"), [(Aggregation.SUM, "24"), (Aggregation.MEAN, "12"), (Aggregation.LAST, "13")]
)
def test_the_year_so_far_by_each_way_of_counting(aggregation: Aggregation, so_far: str) -> None:
    """A quarter in which nothing was promised is not waited for, and one that is still to come neither."""
    indicator = replace(COUNT, aggregation=aggregation, targets={2026: quarters("10", "-", "14", "12")})
    office = with_past((COUNT, 2026, 1, "11"))
    assert result(indicator, Period(year=2026, quarter=3), "13", office).year.to_date == Decimal(so_far)
    assert result(indicator, Period(year=2026, quarter=3), "", office).year.to_date is None


def test_a_year_without_a_figure_of_its_own_is_built_of_its_quarters() -> None:
    """And marked so; a year with its own, with NIHIL, or with a quarter missing, is not."""
    first = [(COUNT, 2025, quarter, value) for quarter, value in ((1, "10"), (2, "12"), (3, "15"))]
    whole, lacking = with_past(*first, (COUNT, 2025, 4, "9")), with_past(*first)
    year = Period(year=2025)
    built = result(COUNT, year, "", whole)
    assert (built.actual, built.built, built.missing, built.achievement_pct) == (
        Decimal(46),
        True,
        False,
        Decimal("95.83"),
    )
    assert built.year.quarters == (Decimal(10), Decimal(12), Decimal(15), Decimal(9))
    assert (result(COUNT, year, "47", whole).actual, result(COUNT, year, "47", whole).built) == (Decimal(47), False)
    assert (result(COUNT, year, "", lacking).actual, result(COUNT, year, "", lacking).missing) == (None, True)
    assert indicator_result(COUNT, year, whole, None, None).built


def test_the_end_of_the_renstra_is_a_distance_and_a_share_of_the_way() -> None:
    """Lower is better: from 1,20 to 0,20 by way of 0,47 is 73 percent of the way, and no disaster."""
    anomalies = replace(
        DAYS, plan_end_target=Decimal("0.20"), history={2022: Decimal("1.20"), 2024: Decimal("0.64"), 2025: Decimal(9)}
    )
    told = plan_end(anomalies, 2025, Decimal("0.47"), OFFICE)
    assert told is not None
    assert (told.left, told.reached, told.base_year, told.base) == (Decimal("0.27"), False, 2022, Decimal("1.20"))
    assert told.share_pct == Decimal("73.00")
    assert reached_of_plan(anomalies, Decimal("0.47")) == Decimal("42.55")


def test_an_end_that_is_reached_or_was_behind_us_from_the_start() -> None:
    """Nothing is left; where the base is past the target there is no way to have a share of."""
    reached = plan_end(SHARE, 2025, Decimal("99.90"), OFFICE)
    assert reached is not None
    assert (reached.left, reached.reached, reached.share_pct) == (Decimal(0), True, Decimal("114.71"))
    backward = plan_end(replace(SHARE, history={2022: Decimal("99.85")}), 2025, Decimal("99.50"), OFFICE)
    assert backward is not None
    assert (backward.left, backward.share_pct) == (Decimal("0.30"), None)
    fallen = plan_end(SHARE, 2025, Decimal("98.00"), OFFICE)
    assert fallen is not None
    assert fallen.share_pct == 0
    fresh = plan_end(replace(SHARE, history={}), 2025, Decimal("98.00"), OFFICE)
    assert fresh is not None
    assert (fresh.base_year, fresh.base, fresh.share_pct) == (None, None, None)


def test_the_end_of_a_range_is_a_distance_on_either_side() -> None:
    """Whoever is above it has not reached it, and there is no way to have a share of."""
    ranged = replace(SHARE, upper_targets={2025: quarters("-", "-", "-", "99.9")})
    for actual in ("98.00", "101.60"):
        told = plan_end(ranged, 2025, Decimal(actual), OFFICE)
        assert told is not None
        assert (told.left, told.reached, told.share_pct) == (Decimal("1.80"), False, None)
    assert reached_of_plan(ranged, Decimal("98.00")) is None


def test_an_end_that_is_of_all_years_together_is_held_against_all_of_them() -> None:
    """Those of the Renstra alone, beginning with nothing; while one of them is not known nobody can say."""
    total = replace(COUNT, plan_end_target=Decimal(300), plan_end_total=True, plan_end_year=2028, history={})
    first = of_plan(total, 2024, Decimal(40), OFFICE)
    assert first == Decimal(40)
    assert of_plan(total, 2026, Decimal(50), OFFICE) is None
    known = with_past((total, 2023, 0, "99"), (total, 2024, 0, "40"), (total, 2025, 0, "60"))
    so_far = of_plan(total, 2026, Decimal(50), known)
    told = plan_end(total, 2026, so_far, known)
    assert told is not None
    assert (told.so_far, told.since, told.left, told.share_pct) == (Decimal(150), 2024, Decimal(150), Decimal("50.00"))
    assert (told.base, reached_of_plan(total, so_far)) == (None, Decimal("50.00"))
    assert of_plan(total, 2026, None, known) is None


def test_without_an_end_or_a_figure_there_is_no_distance() -> None:
    """Of zero nothing is a share, and zero has no share where lower is better."""
    assert plan_end(replace(SHARE, plan_end_target=None), 2025, Decimal(1), OFFICE) is None
    assert plan_end(SHARE, 2025, None, OFFICE) is None
    assert reached_of_plan(SHARE, None) is None
    assert reached_of_plan(replace(SHARE, plan_end_target=Decimal(0)), Decimal(1)) is None
    assert reached_of_plan(replace(DAYS, plan_end_target=Decimal(2)), Decimal(0)) is None


def test_figures_of_elsewhere_stand_with_their_year_and_the_distance() -> None:
    """The plain national figure is one of them, unless it is told with its year and source."""
    province = Benchmark(name="Provinsi", value=Decimal("99.50"), year=2024, source="Laporan")
    told = result(replace(SHARE, benchmarks=(province,)), Period(year=2025), "99.45")
    assert [(one.benchmark.name, one.gap) for one in told.benchmarks] == [
        ("Nasional", Change(amount=Decimal("0.05"), better=True)),
        ("Provinsi", Change(amount=Decimal("-0.05"), better=False)),
    ]
    national = Benchmark(name="nasional", value=Decimal("99.40"), year=2023)
    told = result(replace(SHARE, benchmarks=(national,)), Period(year=2025), "99.45")
    assert [one.benchmark for one in told.benchmarks] == [national]


def test_the_units_own_source_wins_and_its_reason_stays() -> None:
    """What is configured holds only where the unit said nothing."""
    own = row("IKU-02", "99", data_source=Entry(text=" Dashboard IKD "), remark=Entry(text="Data per Juni "))
    told = indicator_result(SHARE, Period(year=2025), OFFICE, own, None)
    assert (told.data_source, told.reason) == ("Dashboard IKD", "Data per Juni")
    blank = indicator_result(SHARE, Period(year=2025), OFFICE, row("IKU-02", "99", data_source=BLANK), None)
    assert (blank.data_source, blank.reason) == ("SIAK", "")
    nothing = indicator_result(SHARE, Period(year=2025), OFFICE, None, None)
    assert (nothing.data_source, nothing.reason) == ("SIAK", "")


@given(KINDS, NUMBERS, NUMBERS, st.tuples(NUMBERS, NUMBERS).map(sorted))
def test_a_step_ahead_is_never_a_smaller_share_of_the_way(
    polarity: Polarity, base: Decimal, target: Decimal, actuals: list[Decimal]
) -> None:
    """Monotone in the better direction, whichever it is; what is left only shrinks."""
    indicator = replace(SHARE, polarity=polarity, plan_end_target=target, history={2024: base})
    ends = [plan_end(indicator, 2025, actual, OFFICE) for actual in actuals]
    worse, better = ends if polarity is Polarity.UP else reversed(ends)
    assert worse is not None
    assert better is not None
    assert better.left <= worse.left
    assert (better.share_pct is None) == (worse.share_pct is None)
    assert better.share_pct is None or worse.share_pct is None or better.share_pct >= worse.share_pct >= 0


@given(
    st.sampled_from([Aggregation.SUM, Aggregation.MEAN, Aggregation.LAST]), st.lists(NUMBERS, min_size=4, max_size=4)
)
def test_a_built_year_is_what_its_quarters_come_to(aggregation: Aggregation, values: list[Decimal]) -> None:
    """A sum adds up, a mean lies between, the last is the last."""
    indicator = replace(COUNT, aggregation=aggregation)
    office = with_past(*((COUNT, 2025, number, str(value)) for number, value in enumerate(values, start=1)))
    actual = result(indicator, Period(year=2025), "", office).actual
    assert actual is not None
    if aggregation is Aggregation.SUM:
        assert actual == sum(values)
    elif aggregation is Aggregation.LAST:
        assert actual == values[-1]
    else:
        assert min(values) <= actual <= max(values)
