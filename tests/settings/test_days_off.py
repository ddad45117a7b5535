"""The office's days against the published calendars of 2024 to 2027, its own lists, Ramadan, and what is a guess."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from mailbot.core.codes.languages import Language
from mailbot.settings.days_off import calendar_notes, work_calendar
from mailbot.settings.files.calendar import CalendarBlock
from mailbot.settings.files.cycles import CyclesFile
from mailbot.settings.sayings.catalogue import in_words

if TYPE_CHECKING:
    from mailbot.core.calendar.work_calendar import WorkCalendar

DECREED = {
    # SKB 855, 3 and 4 of 2023; the two days of voting by decree of the President.
    2024: """01-01 02-08 02-09 02-14 03-11 03-12 03-29 04-08 04-09 04-10 04-11 04-12 04-15 05-01 05-09 05-10 05-23 05-24
        06-17 06-18 09-16 11-27 12-25 12-26""",
    # SKB 1017, 2 and 2 of 2024, with the 18th of August of SKB 933, 1 and 3 of 2025.
    2025: """01-01 01-27 01-28 01-29 03-28 03-31 04-01 04-02 04-03 04-04 04-07 04-18 05-01 05-12 05-13 05-29 05-30 06-06
        06-09 06-27 08-18 09-05 12-25 12-26""",
    # SKB 1497, 2 and 5 of 2025.
    2026: """01-01 01-16 02-16 02-17 03-18 03-19 03-20 03-23 03-24 04-03 05-01 05-14 05-15 05-27 05-28 06-01 06-16 08-17
        08-25 12-24 12-25""",
    # As the library knows it; the days of both feasts are still called estimates there.
    2027: """01-01 01-05 02-05 03-08 03-09 03-10 03-11 03-12 03-15 03-25 03-26 05-06 05-17 05-18 05-19 05-20 06-01 08-17
        12-24""",
}
"""The weekdays on which no civil servant works: public holidays and cuti bersama."""


def _calendar(**block: object) -> WorkCalendar:
    """Return the calendar of an office with that block."""
    return work_calendar(CalendarBlock.model_validate(block), range(2024, 2029))


def _weekdays(year: int) -> list[date]:
    """Return every Monday to Friday of a year."""
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    return [day for day in days if day.year == year and day.weekday() < 5]


@pytest.mark.parametrize("year", DECREED)
def test_the_days_of_a_year_are_those_of_its_decree(year: int) -> None:
    """Every weekday of the year, one way or the other; and so as another process is told of them."""
    decreed = [date.fromisoformat(f"{year}-{day}") for day in DECREED[year].split()]
    for calendar in (_calendar(), copy.deepcopy(_calendar())):
        assert [day for day in _weekdays(year) if not calendar.is_working_day(day)] == decreed


def test_thirteen_working_days_of_every_year_end_where_an_office_counts_them() -> None:
    """The whole SOP from the first Monday of February, over Imlek, Isra Mikraj, the vote of 2024 and a leap day."""
    calendar = _calendar()
    ends = {}
    for year, first in ((2024, 5), (2025, 3), (2026, 2), (2027, 1)):
        opened = calendar.opening(date(year, 2, first))
        ends[year] = calendar.local(calendar.add_days(opened, 13)).date().isoformat()
    assert ends == {2024: "2024-02-27", 2025: "2025-02-20", 2026: "2026-02-23", 2027: "2027-02-19"}


def test_the_offices_own_list_adds_withdraws_and_moves_days() -> None:
    """A local holiday, a cuti bersama called off, a Saturday worked, a holiday kept a day earlier: each one line."""
    calendar = _calendar(
        closed=[{"day": "2026-09-04"}],
        open=[{"day": "2026-12-24"}, {"day": "2026-01-10"}],
        moved=[{"day": "2026-06-16", "to": "2026-06-15"}],
    )
    worked = {day: calendar.is_working_day(date.fromisoformat(day)) for day in ("2026-09-04", "2026-12-24")}
    assert worked == {"2026-09-04": False, "2026-12-24": True}
    assert calendar.is_working_day(date(2026, 1, 10))
    assert not calendar.is_working_day(date(2026, 1, 11))
    assert not calendar.is_working_day(date(2026, 6, 15))
    assert calendar.is_working_day(date(2026, 6, 16))


@pytest.mark.parametrize(
    ("first", "last"), [("2024-03-12", "2024-04-09"), ("2025-03-01", "2025-03-30"), ("2026-02-19", "2026-03-20")]
)
def test_in_ramadan_the_office_keeps_its_hours_of_ramadan(first: str, last: str) -> None:
    """From the day that the government announced to the day before the feast, and on no day beside."""
    calendar = _calendar(ramadan={})
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    days = [begins + timedelta(days=number) for number in range(-1, (ends - begins).days + 2)]
    hours = [" ".join(f"{hour:%H:%M}" for hour in calendar.hours_of(day)) for day in days]
    usual, fasting, friday = "07:30 16:00", "08:00 15:00", "08:00 15:30"
    assert hours == [usual, *(friday if day.weekday() == 4 else fasting for day in days[1:-1]), usual]
    assert calendar.hours_of(begins) != _calendar().hours_of(begins)


def test_a_ramadan_that_is_not_announced_is_reckoned_and_a_guess_until_the_office_says_when_it_is() -> None:
    """Thirty days before the feast of 2027; with dates of its own the office's hold, and are sure."""
    reckoned = _calendar(ramadan={})
    own = _calendar(ramadan={"dates": [{"first": "2027-02-09", "last": "2027-03-09"}]})
    first, second = date(2027, 2, 8), date(2027, 2, 9)
    assert [f"{one.hours_of(day)[1]:%H}" for one in (reckoned, own) for day in (first, second)] == [
        *("15", "15"),
        *("16", "15"),
    ]
    assert (first in reckoned.estimated, first in own.estimated) == (True, False)
    assert date(2027, 2, 16) not in reckoned.estimated


def test_days_of_feasts_that_no_decree_has_set_are_estimates() -> None:
    """Of 2026 none is; of 2027 the feasts; of 2028 whatever lies beside a holiday; none that the office has settled."""
    calendar = _calendar()
    assert not any(day in calendar.estimated for day in _weekdays(2026))
    assert [day for day in _weekdays(2027) if day in calendar.estimated][:4] == [
        date(2027, 3, 9),
        date(2027, 3, 10),
        date(2027, 3, 11),
        date(2027, 3, 12),
    ]
    assert date(2028, 3, 1) in calendar.estimated
    assert date(2028, 3, 20) not in calendar.estimated
    settled = _calendar(closed=[{"day": "2027-03-10"}, {"day": "2027-03-11"}], open=[{"day": "2027-03-09"}])
    assert not any(day in settled.estimated for day in (date(2027, 3, 9), date(2027, 3, 10), date(2027, 3, 11)))


def test_a_holiday_of_a_far_year_is_known_too() -> None:
    """A machine whose clock is years ahead of its YAML opens on no Christmas."""
    assert not _calendar().is_working_day(date(2034, 12, 25))


def test_lines_that_change_nothing_are_told() -> None:
    """A Sunday that is closed, a Tuesday that is open anyway, and a moved day that is no holiday."""
    block = CalendarBlock.model_validate(
        {
            "closed": [{"day": "2026-01-11"}],
            "open": [{"day": "2026-01-06"}, {"day": "2026-01-10"}],
            "moved": [{"day": "2026-01-07", "to": "2026-01-08"}],
        }
    )
    cycles = CyclesFile.model_validate({"cycles": [{"key": "2025", "year": 2025, "starts_on": "2026-01-05"}]})
    told = calendar_notes(block, cycles, work_calendar(block, range(2025, 2027)))
    assert [in_words(note, Language.ENGLISH) for note in told] == [
        "calendar.closed in office.yaml: 2026-01-11 is a Sunday, a day off anyway",
        "calendar.open in office.yaml: 2026-01-06 is a working day anyway; did you mean another day?",
        "calendar.moved in office.yaml: 2026-01-07 is a working day anyway; did you mean another day?",
    ]
