"""How the time of rows and units went by: loops add up, the parts are the whole, and lateness is counted in days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.calendar.clocks import Spent, between, clocks, late_by
from mailbot.core.calendar.unit_clocks import asked_at, unit_clock
from mailbot.core.model.cycle import Cycle, UnitForm
from mailbot.core.model.form import FormData, Submission
from mailbot.core.model.indicators import Period
from mailbot.core.model.sop import Step
from tests.core.play import Play
from tests.offices.small import CALENDAR, OFFICE, wib

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 4, 20), timezones=st.just(UTC))  # noqa: DTZ001 - aware by the strategy's timezones


def _cycle(*rows: tuple[Step, datetime, datetime, datetime], since: datetime, step: Step = Step.SUBMIT) -> Cycle:
    """Return a cycle that went through these rows and stands in another."""
    first = rows[0][1] if rows else since
    return Cycle(
        key="2025", period=Period(year=2025), step=step, since=since, due_at=since, opened_at=first, rows_done=rows
    )


def test_a_row_that_was_entered_twice_has_the_time_of_both_rounds() -> None:
    """6b, back to 6, and 6b again: each round counts, each row has its sum against the two days of the SOP."""
    cycle = _cycle(
        (Step.DRAFT, wib(13, 9), wib(15, 16), wib(14, 9)),
        (Step.REVIEW, wib(14, 10), wib(19, 16), wib(15, 9)),
        (Step.DRAFT, wib(15, 9), wib(20, 16), wib(22, 9)),
        since=wib(22, 9.5),
        step=Step.REVIEW,
    )
    gone = clocks(replace(cycle, due_at=wib(26, 16)), wib(28, 9), OFFICE.sop, CALENDAR)
    spent = {row.step: ([one.spent.days for one in row.visits], row.spent.days, row.late.days) for row in gone.rows}
    assert spent == {Step.DRAFT: ([1, 4], 5, 2), Step.REVIEW: ([1, 4], 5, 2)}
    assert gone.between == Spent(hours=timedelta(hours=1.5))
    assert gone.whole == between(wib(13, 9), wib(28, 9), CALENDAR)
    assert (gone.sop_days, gone.sop_hours, gone.own_days) == (13, 1, 13)


@given(st.lists(MOMENTS, min_size=2, max_size=9))
def test_the_rows_and_what_lies_between_them_are_the_whole(moments: list[datetime]) -> None:
    """However often a row was entered, wherever it was cut, with and without a wait between two rows."""
    told = sorted(moments)
    pairs = list(zip(told[::2], told[1::2], strict=False))
    steps = (Step.DRAFT, Step.REVIEW, Step.DRAFT, Step.RATIFY)
    rows = tuple((step, entered, entered, left) for step, (entered, left) in zip(steps, pairs, strict=False))
    cycle = _cycle(*rows, since=pairs[-1][1])
    gone = clocks(cycle, told[-1], OFFICE.sop, CALENDAR)
    assert gone.whole == between(told[0], told[-1], CALENDAR)
    assert gone.whole == sum((visit.spent for row in gone.rows for visit in row.visits), gone.between)


def test_a_cycle_that_gives_a_row_less_says_so_beside_the_sop() -> None:
    """The quarter's own days stand beside those of the signed procedure."""
    cycle = replace(_cycle(since=wib(5), step=Step.INFORM), row_days=((Step.INFORM, 0), (Step.COLLECT, 2)))
    gone = clocks(cycle, wib(6), OFFICE.sop, CALENDAR)
    (row,) = gone.rows
    assert (row.sop_days, row.own_days, row.spent.days) == (1, 0, 1)
    assert (gone.sop_days, gone.own_days) == (13, 11)


@pytest.mark.parametrize(
    ("done", "days", "hours"),
    [
        (wib(6, 16), 0, 0),
        (wib(6, 9), 0, 0),
        (wib(6, 17), 1, 0),
        (wib(7, 8.5), 1, 1),
        (wib(7, 16), 1, 8.5),
        (wib(9, 20), 4, 25.5),
    ],
)
def test_lateness_is_told_in_working_days(done: datetime, days: int, hours: float) -> None:
    """The evening of the deadline is one day late; Friday evening, with the weekend, is Monday."""
    assert late_by(wib(6, 16), done, CALENDAR) == Spent(days=days, hours=timedelta(hours=hours))


def _sent(number: int, at: datetime, *, accepted: bool = False) -> Submission:
    """Return one form."""
    return Submission(
        number=number,
        file_sha256=f"{number:064}",
        file_name="form.xlsx",
        sender="kabid@example.go.id",
        message_id=f"<{number}@example.go.id>",
        received_at=at,
        data=FormData(),
        accepted=accepted,
    )


def test_who_waited_for_whom_and_how_late_a_unit_was() -> None:
    """Asked on the 7th, returned on the 8th after an hour, counted on the 13th, a day after its deadline."""
    first, second = _sent(1, wib(8, 9)), _sent(2, wib(13, 9), accepted=True)
    form = UnitForm(unit="CAPIL", submissions=(first, second), due_at=wib(12, 16), first_due_at=wib(9, 16))
    form = form.accepting(second, wib(13, 9.5))
    cycle = _cycle((Step.COLLECT, wib(7, 7.5), wib(12, 16), wib(13, 9.5)), since=wib(13, 9.5), step=Step.DRAFT)
    clock = unit_clock(form, cycle, wib(20), CALENDAR, {("CAPIL", 1): wib(8, 10)})
    assert (clock.asked_at, clock.first_came_at, clock.accepted_at) == (wib(7, 7.5), wib(8, 9), wib(13, 9.5))
    assert (clock.first_due_at, clock.due_at, clock.returns, clock.late.days) == (wib(9, 16), wib(12, 16), 1, 1)
    assert clock.with_us.hours == timedelta(hours=1.5)
    assert clock.with_unit.hours == timedelta(hours=8.5 + 1.5 + 6 + 8.5 + 8.5 + 1.5)


@given(moments=st.lists(MOMENTS, min_size=1, max_size=6), now=MOMENTS, counts=st.booleans())
def test_a_units_time_with_it_and_with_us_is_the_whole(*, moments: list[datetime], now: datetime, counts: bool) -> None:
    """From the request until its form counts, or until now, whatever came when."""
    asked, *came = sorted(moments)
    last = max(now, *came) if came else max(now, asked)
    sent = tuple(_sent(number, at) for number, at in enumerate(came, start=1))
    form = UnitForm(unit="CAPIL", submissions=sent)
    if counts and sent:
        form = form.accepting(sent[-1], last)
    cycle = _cycle((Step.COLLECT, asked, asked, asked), since=last, step=Step.CHECK)
    clock = unit_clock(form, cycle, last, CALENDAR)
    assert clock.with_unit + clock.with_us == between(asked, last, CALENDAR)


def test_nobody_is_late_before_he_was_asked() -> None:
    """In row 1 no unit has a deadline, and no time went by for it."""
    play = Play().opens()
    (first, *_) = play.cycle.units
    clock = unit_clock(first, play.cycle, wib(9), CALENDAR)
    assert asked_at(play.cycle) is None
    assert (clock.with_unit, clock.with_us, clock.late) == (Spent(), Spent(), Spent())
