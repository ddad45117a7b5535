"""Working days and office hours: what counts, what is counted, and that every deadline falls inside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.calendar.work_calendar import SpecialHours
from tests.offices.small import CALENDAR, wib

if TYPE_CHECKING:
    from mailbot.core.calendar.work_calendar import WorkCalendar

RAMADAN = frozenset(date(2026, 2, 19) + timedelta(days=number) for number in range(30))
FASTING = replace(
    CALENDAR,
    special=(
        SpecialHours(opens=time(8, 0), closes=time(15, 30), weekday=4, days=RAMADAN),
        SpecialHours(opens=time(8, 0), closes=time(15, 0), days=RAMADAN),
        SpecialHours(opens=time(7, 30), closes=time(11, 30), weekday=4),
    ),
)
"""Shorter in Ramadan, and until 11.30 on the Fridays of the rest of the year."""

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20), timezones=st.just(UTC))  # noqa: DTZ001 - aware by the strategy's timezones
LONG = st.datetimes(datetime(2023, 12, 1), datetime(2028, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001 - as above


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


@given(earlier=LONG, later=LONG)
def test_working_days_between_are_those_that_are_counted_one_by_one(earlier: datetime, later: datetime) -> None:
    """Over New Year, over leap days, and none where the second moment is the earlier one."""
    day, last, worked = CALENDAR.local(earlier).date(), CALENDAR.local(later).date(), 0
    while day < last:
        day += timedelta(days=1)
        worked += CALENDAR.is_working_day(day)
    assert CALENDAR.working_days_between(earlier, later) == worked


def test_working_days_between_two_moments_leave_the_first_day_out() -> None:
    """Friday to Monday is one; over the holiday of 16 January from Thursday to Monday too; backwards is none."""
    assert CALENDAR.working_days_between(wib(9), wib(12)) == 1
    assert CALENDAR.working_days_between(wib(15), wib(19)) == 1
    assert CALENDAR.working_days_between(wib(19), wib(15)) == 0


@pytest.mark.parametrize("calendar", [CALENDAR, FASTING, replace(FASTING, cutoff=time(14, 0))])
@given(moment=MOMENTS, days=st.integers(0, 15))
def test_a_deadline_in_days_lands_on_the_cut_off_of_a_working_day(
    calendar: WorkCalendar, moment: datetime, days: int
) -> None:
    """Never in the past, never outside the office's days, and inside the hours of its own day."""
    due = calendar.add_days(moment, days)
    here = calendar.local(due)
    opens, closes = calendar.hours_of(here.date())
    assert calendar.is_working_day(here.date())
    assert due == calendar.cut_off(here.date())
    assert opens < here.time() <= closes
    assert due >= moment


@pytest.mark.parametrize("calendar", [CALENDAR, FASTING])
@given(moment=MOMENTS, hours=st.integers(0, 40))
def test_a_deadline_in_hours_lands_inside_office_hours(calendar: WorkCalendar, moment: datetime, hours: int) -> None:
    """And just as many office hours lie before it."""
    due = calendar.add_hours(moment, hours)
    here = calendar.local(due)
    opens, closes = calendar.hours_of(here.date())
    assert calendar.is_working_day(here.date())
    assert opens <= here.time() <= closes
    assert calendar.office_time_between(moment, due) == timedelta(hours=hours)


@given(earlier=MOMENTS, between=MOMENTS, later=MOMENTS)
def test_the_parts_of_office_time_add_up_to_the_whole(earlier: datetime, between: datetime, later: datetime) -> None:
    """Wherever it is cut; and what runs backwards has taken no time."""
    first, cut, last = sorted((earlier, between, later))
    parts = FASTING.office_time_between(first, cut) + FASTING.office_time_between(cut, last)
    assert FASTING.office_time_between(first, last) == parts
    assert FASTING.office_time_between(last, first) == timedelta()


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 2, 18), ("07:30", "16:00")),
        (date(2026, 2, 19), ("08:00", "15:00")),
        (date(2026, 2, 20), ("08:00", "15:30")),
        (date(2026, 3, 17), ("08:00", "15:00")),
        (date(2026, 3, 25), ("07:30", "16:00")),
        (date(2026, 3, 27), ("07:30", "11:30")),
    ],
)
def test_a_day_has_its_own_hours(day: date, hours: tuple[str, str]) -> None:
    """Ramadan's before the Friday's own; all else follows them: opening, closing, what waits until the next day."""
    assert tuple(f"{hour:%H:%M}" for hour in FASTING.hours_of(day)) == hours
    opening, closing = FASTING.opening(day), FASTING.closing(day)
    assert FASTING.in_office_hours(opening)
    assert not FASTING.in_office_hours(opening - timedelta(minutes=1))
    assert not FASTING.in_office_hours(closing)
    assert FASTING.next_office_moment(opening - timedelta(hours=1)) == opening
    assert FASTING.next_office_moment(closing) == FASTING.opening(FASTING.next_working_day(day))
    assert FASTING.counting_day(closing) == day
    assert FASTING.counting_day(closing + timedelta(minutes=1)) == FASTING.next_working_day(day)


def test_a_short_friday_ends_the_day_of_a_deadline_and_of_an_hour() -> None:
    """Thursday plus one day is Friday 11.30; an hour that begins on Friday at eleven ends on Monday at eight."""
    thursday, friday = wib(8, 9), wib(9, 11)
    assert FASTING.add_days(thursday, 1) == wib(9, 11.5)
    assert FASTING.add_hours(friday, 1) == wib(12, 8)
    assert FASTING.add_days(wib(9, 12), 0) == wib(12, 16)


def test_the_cut_off_is_the_hour_of_a_deadline_and_not_of_the_letters() -> None:
    """What comes at 15.00 counts as of the next day, and a letter still leaves; a day that closes before ends there."""
    calendar = replace(FASTING, cutoff=time(14, 0))
    assert calendar.add_days(wib(5, 9), 1) == wib(6, 14)
    assert calendar.add_days(wib(5, 15), 1) == wib(7, 14)
    assert calendar.in_office_hours(wib(5, 15))
    assert calendar.next_office_moment(wib(5, 15)) == wib(5, 15)
    assert calendar.add_hours(wib(5, 15), 1) == wib(5, 16)
    assert calendar.cut_off(date(2026, 1, 9)) == wib(9, 11.5)


def test_a_saturday_that_is_worked_is_a_working_day() -> None:
    """It is counted, letters leave on it, and it may be a deadline."""
    calendar = replace(CALENDAR, worked=frozenset({date(2026, 1, 10)}))
    assert calendar.add_days(wib(9, 9), 1) == wib(10, 16)
    assert calendar.in_office_hours(wib(10, 9))
    assert calendar.working_days_between(wib(9), wib(12)) == 2


def test_a_leap_day_is_a_day_like_any_other() -> None:
    """From Wednesday 28 February 2024 one day leads to the 29th, two to the 1st of March; in 2026 one day does."""
    wednesday = wib(28, 9, month=2, year=2024)
    assert [CALENDAR.local(CALENDAR.add_days(wednesday, days)).date() for days in (1, 2)] == [
        date(2024, 2, 29),
        date(2024, 3, 1),
    ]
    assert CALENDAR.local(CALENDAR.add_days(wib(27, 9, month=2), 1)).date() == date(2026, 3, 2)


def test_a_year_that_ends_inside_a_row_is_counted_through() -> None:
    """From 30 December 2025: the 31st, then, after New Year and the weekend, Friday 2 January and Monday the 5th."""
    due = [CALENDAR.add_days(wib(30, 9, month=12, year=2025), days) for days in (1, 2, 3)]
    assert due == [wib(31, 16, month=12, year=2025), wib(2, 16), wib(5, 16)]


def test_another_zone_counts_by_its_own_clock_and_moves_nothing_that_was_told() -> None:
    """15.30 in Jakarta is 16.30 in Makassar, which counts as of the next day; a deadline that was told stays."""
    wita = replace(CALENDAR, zone="Asia/Makassar", zone_label="WITA")
    moment, told = wib(5, 15.5), CALENDAR.add_days(wib(5, 9), 1)
    assert (CALENDAR.counting_day(moment), wita.counting_day(moment)) == (date(2026, 1, 5), date(2026, 1, 6))
    assert f"{CALENDAR.local(told):%d %H.%M} is {wita.local(told):%d %H.%M}" == "06 16.00 is 06 17.00"
    assert wita.add_days(wib(5, 9), 1) == told - timedelta(hours=1)


def test_a_date_counted_over_a_day_nobody_is_sure_of_is_an_estimate() -> None:
    """The days between count, and both ends; what is past moves no more."""
    calendar = replace(CALENDAR, estimated=frozenset({date(2026, 1, 8)}))
    assert calendar.is_estimate(wib(7, 9), wib(9, 16))
    assert calendar.is_estimate(wib(7, 9), wib(8, 16))
    assert calendar.is_estimate(wib(8, 9), wib(8, 16))
    assert not calendar.is_estimate(wib(5, 9), wib(7, 16))
    assert not calendar.is_estimate(wib(8, 9), wib(7, 16))
    assert not CALENDAR.is_estimate(wib(1), wib(31))


def test_a_date_in_another_year_is_counted_over_every_day_until_then() -> None:
    """Against looking at each day, over two turns of the year."""
    unsure = {date(2025, 12, 31), date(2026, 3, 19), date(2027, 1, 1)}
    calendar = replace(CALENDAR, estimated=frozenset(unsure))
    moments = [wib(1, 9) + timedelta(days=11 * number) for number in range(-3, 40)]
    for first, last in product(moments, moments):
        days = [calendar.local(first).date() + timedelta(days=more) for more in range((last - first).days + 1)]
        assert calendar.is_estimate(first, last) == bool(unsure.intersection(days))


def test_another_zone_has_its_own_days() -> None:
    """16.30 UTC is the next day in Jakarta."""
    assert CALENDAR.local(datetime(2026, 1, 5, 17, 30, tzinfo=UTC)).date() == date(2026, 1, 6)
    assert CALENDAR.at(date(2026, 1, 5), time(7, 30)) == datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
