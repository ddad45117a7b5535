"""Time as the office counts it: the days and hours in which deadlines and letters fall, and the period reported on.

Perpres 21/2023: five working days, Monday to Friday; neither a public holiday nor a cuti bersama is a working day.
Counting: the day of sending is day 0, a deadline is the end of the n-th working day after it; what comes after the
cut-off counts as of the next working day.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Office days and hours in one time zone; `closed` holds every holiday and cuti bersama that falls on a weekday."""

    zone: str
    zone_label: str
    """What is printed after a time, e.g. `WIB`."""
    opens: time
    closes: time
    """The cut-off: a deadline's hour, and the end of the time in which letters may leave by themselves."""
    closed: Container[date]

    def local(self, moment: datetime) -> datetime:
        """Return an aware moment in the office's zone."""
        return moment.astimezone(ZoneInfo(self.zone))

    def is_working_day(self, day: date) -> bool:
        """Say whether the office works on that day."""
        return day.weekday() < _SATURDAY and day not in self.closed

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`."""
        day += timedelta(days=1)
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def at(self, day: date, hour: time) -> datetime:
        """Return that local day and hour as an aware UTC moment."""
        return datetime.combine(day, hour, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def in_office_hours(self, moment: datetime) -> bool:
        """Say whether the office is open at that moment."""
        here = self.local(moment)
        return self.is_working_day(here.date()) and self.opens <= here.time() < self.closes

    def next_office_moment(self, moment: datetime) -> datetime:
        """Return `moment` itself if the office is open then, otherwise the next opening (UTC)."""
        here = self.local(moment)
        if self.in_office_hours(moment):
            return moment.astimezone(UTC)
        if self.is_working_day(here.date()) and here.time() < self.opens:
            return self.at(here.date(), self.opens)
        return self.at(self.next_working_day(here.date()), self.opens)

    def counting_day(self, moment: datetime) -> date:
        """Return the working day on which something at `moment` counts as done; the cut-off itself is in time."""
        here = self.local(moment)
        if self.is_working_day(here.date()) and here.time() <= self.closes:
            return here.date()
        return self.next_working_day(here.date())

    def add_days(self, moment: datetime, days: int) -> datetime:
        """Return the deadline `days` working days after `moment`: the closing hour of the n-th working day (UTC)."""
        day = self.counting_day(moment)
        for _ in range(days):
            day = self.next_working_day(day)
        return self.at(day, self.closes)

    def add_hours(self, moment: datetime, hours: int) -> datetime:
        """Return the moment after that many office hours; what does not fit today goes on at the next opening (UTC)."""
        here = self.next_office_moment(moment)
        left = timedelta(hours=hours)
        while left > (rest := self.at(self.local(here).date(), self.closes) - here):
            left -= rest
            here = self.at(self.next_working_day(self.local(here).date()), self.opens)
        return here + left

    def working_days_between(self, earlier: datetime, later: datetime) -> int:
        """Return how many working days lie after the day of `earlier`, the day of `later` included (0 if none)."""
        day, last = self.local(earlier).date(), self.local(later).date()
        count = 0
        while day < last:
            day += timedelta(days=1)
            count += self.is_working_day(day)
        return count


class PeriodKind(StrEnum):
    """A cycle reports on a whole year or on a quarter (triwulan)."""

    ANNUAL = "annual"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """A reporting period; `quarter` is 1 to 4, or 0 for the whole year."""

    year: int
    quarter: int = 0

    @property
    def kind(self) -> PeriodKind:
        """Say whether this is a year or a quarter."""
        return PeriodKind.QUARTER if self.quarter else PeriodKind.ANNUAL
