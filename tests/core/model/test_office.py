"""Working days and office hours: what counts, what is counted, and that every deadline falls inside them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.offices.small import CALENDAR, wib

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20), timezones=st.just(UTC))  # noqa: DTZ001 - aware by the strategy's timezones


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 5), True),
        (date(2026, 1, 16), False),
        (date(2026, 1, 17), False),
        (date(2026, 1, 18), False),
        (date(2026, 3, 20), False),
    ],
)
def test_weekends_holidays_and_collective_leave_are_no_working_days(day: date, works: bool) -> None:  # noqa: FBT001 - a column of the table
    """Perpres 21/2023 and the SKB of the year."""
    assert CALENDAR.is_working_day(day) is works


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (wib(5, 7.5), True),
        (wib(5, 7.4), False),
        (wib(5, 15.9), True),
        (wib(5, 16), False),
        (wib(10, 9), False),
        (wib(16, 9), False),
    ],
)
def test_office_hours_begin_at_opening_and_end_at_the_cut_off(moment: datetime, is_open: bool) -> None:  # noqa: FBT001 - a column of the table
    """07.30 is open, 16.00 is closed, and no hour of a holiday is open."""
    assert CALENDAR.in_office_hours(moment) is is_open


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (wib(5, 9), wib(5, 9)),
        (wib(5, 6), wib(5, 7.5)),
        (wib(5, 16), wib(6, 7.5)),
        (wib(15, 17), wib(19, 7.5)),
        (wib(17, 9), wib(19, 7.5)),
    ],
)
def test_a_letter_of_our_own_waits_for_the_next_open_moment(moment: datetime, leaves: datetime) -> None:
    """Before opening the same day, after closing the next working day, over a holiday the one after."""
    assert CALENDAR.next_office_moment(moment) == leaves


@pytest.mark.parametrize(
    ("moment", "days", "due"),
    [
        (wib(5, 7.5), 1, wib(6, 16)),
        (wib(5, 16), 1, wib(6, 16)),
        (wib(5, 16.1), 1, wib(7, 16)),
        (wib(10, 9), 1, wib(13, 16)),
        (wib(15, 9), 1, wib(19, 16)),
        (wib(5, 9), 0, wib(5, 16)),
        (wib(5, 17), 0, wib(6, 16)),
    ],
)
def test_the_day_of_sending_is_day_zero(moment: datetime, days: int, due: datetime) -> None:
    """A deadline is the cut-off of the n-th working day after; what comes after the cut-off counts as of the next."""
    assert CALENDAR.add_days(moment, days) == due


@pytest.mark.parametrize(
    ("moment", "hours", "due"),
    [
        (wib(5, 9), 1, wib(5, 10)),
        (wib(5, 15.5), 1, wib(6, 8)),
        (wib(5, 15), 1, wib(5, 16)),
        (wib(23, 16), 1, wib(26, 8.5)),
        (wib(15, 15), 9.5 // 1, wib(19, 15.5)),
    ],
)
def test_hours_are_counted_in_office_hours_only(moment: datetime, hours: int, due: datetime) -> None:
    """What does not fit today goes on at the next opening."""
    assert CALENDAR.add_hours(moment, int(hours)) == due


def test_working_days_between_two_moments_leave_the_first_day_out() -> None:
    """Friday to Monday is one; over the holiday of 16 January from Thursday to Monday too; backwards is none."""
    assert CALENDAR.working_days_between(wib(9), wib(12)) == 1
    assert CALENDAR.working_days_between(wib(15), wib(19)) == 1
    assert CALENDAR.working_days_between(wib(19), wib(15)) == 0


@given(MOMENTS, st.integers(0, 15))
def test_a_deadline_in_days_lands_on_the_closing_hour_of_a_working_day(moment: datetime, days: int) -> None:
    """Never in the past, never outside the office's days."""
    due = CALENDAR.add_days(moment, days)
    here = CALENDAR.local(due)
    assert CALENDAR.is_working_day(here.date())
    assert here.time() == CALENDAR.closes
    assert due >= moment


@given(MOMENTS, st.integers(0, 40))
def test_a_deadline_in_hours_lands_inside_office_hours(moment: datetime, hours: int) -> None:
    """And just as many office hours lie before it."""
    due = CALENDAR.add_hours(moment, hours)
    here = CALENDAR.local(due)
    assert CALENDAR.is_working_day(here.date())
    assert CALENDAR.opens <= here.time() <= CALENDAR.closes
    assert _open_time(CALENDAR.next_office_moment(moment), due) == timedelta(hours=hours)


def _open_time(start: datetime, end: datetime) -> timedelta:
    """Add up the open time between two moments, day by day."""
    total, day = timedelta(), CALENDAR.local(start).date()
    while day <= CALENDAR.local(end).date():
        if CALENDAR.is_working_day(day):
            opens, closes = CALENDAR.at(day, CALENDAR.opens), CALENDAR.at(day, CALENDAR.closes)
            total += max(min(end, closes) - max(start, opens), timedelta())
        day += timedelta(days=1)
    return total


def test_another_zone_has_its_own_days() -> None:
    """16.30 UTC is the next day in Jakarta."""
    assert CALENDAR.local(datetime(2026, 1, 5, 17, 30, tzinfo=UTC)).date() == date(2026, 1, 6)
    assert CALENDAR.at(date(2026, 1, 5), time(7, 30)) == datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
