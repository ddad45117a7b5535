"""Offices beside each other: order, medians that give nobody away, and comparing only what is the same."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.model.indicators import Period
from mailbot.core.model.sop import Step
from mailbot.core.rollup.rolling_up import FEWEST_TOGETHER, beside_usual, roll_up
from mailbot.core.rollup.summary import CycleSummary, IndicatorSummary, OfficeSummary
from tests.offices.small import wib

FIRST_QUARTER = Period(year=2026, quarter=1)
PLAIN = CycleSummary(
    cycle="2026-tw1",
    period=FIRST_QUARTER,
    step=Step.COLLECT,
    since=wib(7),
    due_at=wib(9),
    late_days=0,
    closed_at=None,
    asked=4,
    accepted=2,
    due=4,
    in_time=2,
    forms=4,
    returned=1,
)


def office(key: str, *cycles: CycleSummary) -> OfficeSummary:
    """Return an office with these cycles."""
    return OfficeSummary(key=key, name=key.upper(), at=wib(12), cycles=cycles)


def figure(code: str, pct: str | None, name: str = "Cakupan akta", measure: str = "Persen") -> IndicatorSummary:
    """Return one indicator of an office."""
    known = None if pct is None else Decimal(pct)
    return IndicatorSummary(
        code=code, name=name, unit_of_measure=measure, target=Decimal(100), actual=known, achievement_pct=known
    )


def test_who_is_longest_over_its_time_stands_first_and_who_has_closed_last() -> None:
    """Between them by the row of the SOP, then by key."""
    (period,) = roll_up(
        [
            office("a", replace(PLAIN, closed_at=wib(12), step=Step.SUBMIT)),
            office("b", replace(PLAIN, step=Step.REVIEW)),
            office("c", PLAIN),
            office("d", replace(PLAIN, late_days=3, step=Step.DRAFT)),
        ]
    )
    assert [row.key for row in period.rows] == ["d", "c", "b", "a"]


def test_the_latest_period_stands_first_and_a_year_before_its_quarters() -> None:
    """As they are spoken of."""
    periods = [FIRST_QUARTER, Period(year=2025), Period(year=2025, quarter=4), Period(year=2026)]
    found = roll_up([office("a", *(replace(PLAIN, period=period) for period in periods))])
    assert [(one.period.year, one.period.quarter) for one in found] == [(2026, 0), (2026, 1), (2025, 0), (2025, 4)]


def test_an_office_counts_once_in_a_period() -> None:
    """A cycle that was opened anew stands for the one that was closed before."""
    anew = replace(PLAIN, cycle="2026-tw1-2", since=wib(20))
    (period,) = roll_up([office("a", replace(PLAIN, closed_at=wib(19), since=wib(21)), anew)])
    assert [row.cycle.cycle for row in period.rows] == ["2026-tw1-2"]


def test_medians_are_of_what_is_known() -> None:
    """An office in which nothing is due yet is neither punctual nor late."""
    (period,) = roll_up(
        [
            office("a", replace(PLAIN, in_time=4)),
            office("b", replace(PLAIN, in_time=1, late_days=6)),
            office("c", replace(PLAIN, due=0, in_time=0, forms=0, returned=0)),
        ]
    )
    usual = period.medians
    assert (usual.offices, usual.in_time_pct, usual.returned_pct, usual.late_days) == (
        3,
        Decimal("62.5"),
        Decimal(25),
        0,
    )


def test_only_what_is_the_same_is_compared() -> None:
    """The same code with another name or measure is named, and compared with nothing; one office alone is not named."""
    (period,) = roll_up(
        [
            office("a", replace(PLAIN, indicators=(figure("IKU-1", "80"), figure("IKU-2", "50"), figure("X", "1")))),
            office("b", replace(PLAIN, indicators=(figure("IKU-1", None), figure("IKU-2", "50", name="Indeks")))),
            office("c", replace(PLAIN, indicators=(figure("IKU-1", "100", name="cakupan  AKTA"),))),
        ]
    )
    (compared,) = period.compared
    assert (compared.code, compared.median_pct) == ("IKU-1", Decimal(90))
    assert [key for key, _ in compared.offices] == ["c", "a", "b"]
    assert period.other_meaning == ("IKU-2",)


@pytest.mark.parametrize("many", [FEWEST_TOGETHER - 1, FEWEST_TOGETHER])
def test_an_office_sees_what_is_usual_only_where_that_gives_nobody_away(many: int) -> None:
    """And then no key and no name of another one."""
    offices = [office(f"kantor-{place}", replace(PLAIN, in_time=place % 4)) for place in range(many)]
    usual = {period.period: period.medians for period in roll_up(offices)}
    seen = beside_usual(offices[0], usual)
    assert len(seen) == (many >= FEWEST_TOGETHER)
    assert not any(other.key in repr(seen) or other.name in repr(seen) for other in offices)


def test_what_is_usual_in_one_period_is_not_said_of_another() -> None:
    """Six offices in a quarter say nothing of the year of the first."""
    offices = [office(f"kantor-{place}", PLAIN) for place in range(FEWEST_TOGETHER)]
    usual = {period.period: period.medians for period in roll_up(offices)}
    own = office("kantor-0", PLAIN, replace(PLAIN, period=Period(year=2025)))
    assert [one.cycle.period for one in beside_usual(own, usual)] == [FIRST_QUARTER]


def test_the_order_in_which_offices_are_read_changes_nothing() -> None:
    """Many times shuffled, always the same."""
    offices = [
        office(f"k{place}", replace(PLAIN, late_days=place % 3, indicators=(figure("IKU-1", str(place % 5 * 10)),)))
        for place in range(9)
    ]
    wanted = roll_up(offices)
    for seed in range(20):
        shuffled = random.Random(seed).sample(offices, len(offices))  # noqa: S311 - of tests
        assert roll_up(shuffled) == wanted
