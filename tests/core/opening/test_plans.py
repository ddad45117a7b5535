"""Cycles that come back every quarter or year: their keys, their days, and that they cost the same after years."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.core.model.indicators import Period
from mailbot.core.opening.plans import CyclePlan, Recurring, again, planned, planned_between, planned_near
from tests.core.opening.offices import QUARTERS, YEARS, returning
from tests.offices.small import OFFICE

NO_DAY_OFF: frozenset[date] = frozenset()


def test_each_turn_opens_on_the_working_day_that_is_named_after_its_period() -> None:
    """The third working day after the quarter; the fifth of January, or the first working day after it."""
    office = returning(closed=frozenset({date(2026, 4, 3)}))
    found = planned_between(date(2026, 1, 1), date(2028, 1, 31), office)
    assert [(plan.key, plan.starts_on) for plan in found] == [
        ("2026-tw1", date(2026, 4, 6)),  # 1, 2 April; Good Friday; Monday
        ("2026-tw2", date(2026, 7, 3)),
        ("2026-tw3", date(2026, 10, 5)),
        ("2026", date(2027, 1, 5)),
        ("2027-tw1", date(2027, 4, 5)),
        ("2027-tw2", date(2027, 7, 5)),
        ("2027-tw3", date(2027, 10, 5)),
        ("2027", date(2028, 1, 5)),
    ]


@pytest.mark.parametrize(
    ("recurring", "period", "day"),
    [
        (replace(YEARS, day=1), Period(year=2027), date(2028, 1, 3)),  # 1 January 2028 is a Saturday
        (replace(QUARTERS, quarters=(4,), working_day=1), Period(year=2027, quarter=4), date(2028, 1, 3)),
        (replace(QUARTERS, quarters=(1,), working_day=1), Period(year=2028, quarter=1), date(2028, 4, 3)),  # leap year
        (replace(QUARTERS, working_day=0, day=28), Period(year=2028, quarter=1), date(2028, 4, 28)),
        (replace(QUARTERS, working_day=40), Period(year=2026, quarter=2), date(2026, 8, 25)),
    ],
)
def test_a_year_may_end_and_have_a_day_more(recurring: Recurring, period: Period, day: date) -> None:
    """Weekends, year's end, leap years; what is planned is what is counted by hand."""
    office = returning(recurring, closed=NO_DAY_OFF)
    (plan,) = (plan for plan in planned_between(day, day, office) if plan.period == period)
    assert (plan.starts_on, planned(plan.key, office)) == (day, plan)


def test_a_key_is_understood_without_a_list() -> None:
    """However far away the year; what is not reported on is no cycle."""
    office = returning()
    assert {key: plan.period for key in ("2026-tw1", "2031") if (plan := planned(key, office)) is not None} == {
        "2026-tw1": Period(year=2026, quarter=1),
        "2031": Period(year=2031),
    }
    for key in ("2025", "2026-tw4", "2026-tw5", "2026-tw1x", "2025-tw1", "", "tw1"):
        assert planned(key, office) is None, key
    ended = returning(replace(YEARS, last_year=2028))
    assert (planned("2028", ended) is None, planned("2029", ended)) == (False, None)


def test_a_single_cycle_stands_in_the_place_of_the_turn_of_the_same_key() -> None:
    """With its own day, its own units; and it is there once."""
    own = CyclePlan(key="2026-tw1", period=Period(year=2026, quarter=1), starts_on=date(2026, 4, 9), units=("DAFDUK",))
    office = replace(returning(), cycles=(own,))
    assert planned("2026-tw1", office) == own
    keys = Counter(plan.key for plan in planned_near(date(2026, 6, 1), office))
    assert (keys["2026-tw1"], keys["2026-tw2"]) == (1, 1)
    assert own in planned_near(date(2040, 1, 1), office)


def test_a_turn_asks_the_units_that_something_is_promised_of() -> None:
    """A unit without an indicator in that quarter would get an empty form."""
    office = returning()
    bare = tuple(replace(one, targets={}) if one.owner == "CAPIL" else one for one in office.indicators)
    plan = planned("2027-tw1", replace(office, indicators=bare))
    assert plan is not None
    assert "CAPIL" not in plan.units
    assert "DAFDUK" in plan.units


def test_a_cancelled_cycle_is_opened_anew_under_a_key_of_its_own() -> None:
    """It is planned as the first one was."""
    office = returning()
    first, second = planned("2026-tw1", office), planned(again("2026-tw1", 1), office)
    assert first is not None
    assert second == replace(first, key="2026-tw1-ulang-1")
    assert planned("2026-tw9-ulang-1", office) is None


@given(day=st.dates(date(2026, 1, 1), date(2030, 12, 1)), span=st.integers(0, 400))
@settings(max_examples=40)
def test_between_two_days_lies_what_lies_between_them(day: date, span: int) -> None:
    """A window shows exactly what a wider one shows in it, in order, each key once."""
    office = returning(closed=NO_DAY_OFF)
    last = day + timedelta(days=span)
    found = planned_between(day, last, office)
    wider = planned_between(date(2025, 1, 1), date(2033, 1, 1), office)
    assert found == tuple(plan for plan in wider if day <= plan.starts_on <= last)
    assert all(one.starts_on <= other.starts_on for one, other in pairwise(found))


def test_what_a_day_costs_does_not_grow_with_the_years() -> None:
    """The days that the calendar is asked about are as many after five years as after one."""
    asked: list[date] = []

    class Counted(frozenset[date]):
        def __contains__(self, day: object) -> bool:
            assert isinstance(day, date)
            asked.append(day)
            return False

    office = returning(closed=Counted())
    costs = []
    for year in (2027, 2031):
        asked.clear()
        planned_near(date(year, 6, 1), office)
        costs.append(len(asked))
    assert costs[1] <= costs[0] * 1.2


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_the_day_is_the_same_in_every_zone(zone: str) -> None:
    """A zone moves the hour, and never the day."""
    days = [plan.starts_on for plan in planned_near(date(2026, 6, 1), returning(zone=zone))]
    assert days == [plan.starts_on for plan in planned_near(date(2026, 6, 1), returning())]


def test_the_office_knows_a_plan_by_its_key() -> None:
    """`Office.plan` is the one door, for single cycles and for those in turn."""
    office = returning()
    assert office.plan("2027").period == Period(year=2027)
    with pytest.raises(KeyError):
        office.plan("2019")
    assert OFFICE.plan("2025").starts_on == date(2026, 1, 5)
