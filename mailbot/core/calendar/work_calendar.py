"""Office days and hours in one time zone: the one place where any date of a procedure is counted (all rows)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialHours:
    """Hours that differ from the usual ones: on one day of the week, on some days of the year, or where both hold."""

    opens: time
    closes: time
    weekday: int | None = None
    """0 Monday ... 4 Friday; None: whatever day of the week it is."""
    days: Container[date] | None = None
    """The days of the year, e.g. those of Ramadan; None: all."""

    def hold_on(self, day: date) -> bool:
        """Say whether these are the hours of that day."""
        return self.weekday in {None, day.weekday()} and (self.days is None or day in self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Office days and hours in one time zone; `closed` holds every holiday and cuti bersama that falls on a weekday.

    Perpres 21/2023: five working days, Monday to Friday; neither a public holiday nor a cuti bersama is a working day.
    Counting: the day of sending is day 0, a deadline is the cut-off of the n-th working day after it; what comes after
    the cut-off counts as of the next working day. On a day that closes before the cut-off, its closing hour is it.
    """

    zone: str
    zone_label: str
    """What is printed after a time, e.g. `WIB`."""
    opens: time
    closes: time
    """The usual end of the time in which letters may leave by themselves."""
    closed: Container[date]
    worked: Container[date] = frozenset()
    """Saturdays and Sundays on which the office works all the same."""
    special: tuple[SpecialHours, ...] = ()
    """Hours of days that differ from the usual ones: the first that holds on a day is the day's own."""
    cutoff: time | None = None
    """The hour of every deadline; None: when the office closes."""
    estimated: Container[date] = field(default_factory=frozenset)
    """Days of which nobody knows yet whether, or how long, the office works."""
    _counted: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Working days of each year that was asked about, as they add up."""
    _unsure: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Estimated days, likewise."""
    _works: dict[date, bool] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Whether the office works, of each day that was asked about: every pass asks about the same few."""
    _hours: dict[date, tuple[time, time]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Its hours, likewise."""

    def local(self, moment: datetime) -> datetime:
        """Return an aware moment in the office's zone."""
        return moment.astimezone(ZoneInfo(self.zone))

    def is_working_day(self, day: date) -> bool:
        """Say whether the office works on that day."""
        if day not in self._works:
            self._works[day] = (day.weekday() < _SATURDAY or day in self.worked) and day not in self.closed
        return self._works[day]

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`."""
        day += _DAY
        while not self.is_working_day(day):
            day += _DAY
        return day

    def working_day_from(self, day: date) -> date:
        """Return `day` itself if the office works then, otherwise the next working day."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def hours_of(self, day: date) -> tuple[time, time]:
        """Return when the office opens and closes on a day on which it works."""
        if day not in self._hours:
            own = next((hours for hours in self.special if hours.hold_on(day)), None)
            self._hours[day] = (own.opens, own.closes) if own is not None else (self.opens, self.closes)
        return self._hours[day]

    def at(self, day: date, hour: time) -> datetime:
        """Return that local day and hour as an aware UTC moment."""
        return datetime.combine(day, hour, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def opening(self, day: date) -> datetime:
        """Return when the office opens on that day (UTC), whether it works then or not."""
        return self.at(day, self.hours_of(day)[0])

    def closing(self, day: date) -> datetime:
        """Return when the office closes on that day (UTC), likewise."""
        return self.at(day, self.hours_of(day)[1])

    def cut_off(self, day: date) -> datetime:
        """Return until when something counts as done on that day (UTC): the hour of a deadline on it."""
        return self.at(day, self._cut_off(day))

    def in_office_hours(self, moment: datetime) -> bool:
        """Say whether the office is open at that moment."""
        here = self.local(moment)
        if not self.is_working_day(here.date()):
            return False
        opens, closes = self.hours_of(here.date())
        return opens <= here.time() < closes

    def next_office_moment(self, moment: datetime) -> datetime:
        """Return `moment` itself if the office is open then, otherwise the next opening (UTC)."""
        today = self.local(moment).date()
        if self.in_office_hours(moment):
            return moment.astimezone(UTC)
        if self.is_working_day(today) and moment < self.opening(today):
            return self.opening(today)
        return self.opening(self.next_working_day(today))

    def counting_day(self, moment: datetime) -> date:
        """Return the working day on which something at `moment` counts as done; the cut-off itself is in time."""
        here = self.local(moment)
        if self.is_working_day(here.date()) and here.time() <= self._cut_off(here.date()):
            return here.date()
        return self.next_working_day(here.date())

    def add_days(self, moment: datetime, days: int) -> datetime:
        """Return the deadline `days` working days after `moment`: the cut-off of the n-th working day (UTC)."""
        day = self.counting_day(moment)
        for _ in range(days):
            day = self.next_working_day(day)
        return self.cut_off(day)

    def add_hours(self, moment: datetime, hours: int) -> datetime:
        """Return the moment after that many office hours; what does not fit today goes on at the next opening (UTC)."""
        return self.add_minutes(moment, 60 * hours)

    def add_minutes(self, moment: datetime, minutes: int) -> datetime:
        """Return the moment after that many minutes of office time, likewise (UTC)."""
        here = self.next_office_moment(moment)
        left = timedelta(minutes=minutes)
        while left > (rest := self.closing(self.local(here).date()) - here):
            left -= rest
            here = self.opening(self.next_working_day(self.local(here).date()))
        return here + left

    def working_days_between(self, earlier: datetime, later: datetime) -> int:
        """Return how many working days lie after the day of `earlier`, the day of `later` included (0 if none)."""
        first, last = self.local(earlier).date(), self.local(later).date()
        if last <= first:
            return 0
        before = sum(self._worked_in(year)[-1] for year in range(first.year, last.year))
        return before + self._worked_until(last) - self._worked_until(first)

    def office_time_between(self, earlier: datetime, later: datetime) -> timedelta:
        """Return for how long the office was open between two moments (none if the first is the later one)."""
        open_for = timedelta()
        for day in (self.local(earlier).date(), *self._days_after(earlier, later)):
            if self.is_working_day(day):
                open_for += max(min(later, self.closing(day)) - max(earlier, self.opening(day)), timedelta())
        return open_for

    def is_estimate(self, earlier: datetime, later: datetime) -> bool:
        """Say whether a date counted from one moment to another may yet move: a day between them is estimated.

        The days of both moments are looked at as well; a date that is past moves no more.
        """
        if earlier > later:
            return False
        first, last = self.local(earlier).date(), self.local(later).date()
        years = range(first.year, last.year)
        before = sum(self._unsure_in(year)[-1] for year in years) + self._unsure_in(last.year)[_place(last)]
        return before > self._unsure_in(first.year)[_place(first) - 1]

    def _days_after(self, earlier: datetime, later: datetime) -> Iterator[date]:
        """Yield every day after that of one moment, up to that of another."""
        day, last = self.local(earlier).date(), self.local(later).date()
        while day < last:
            day += _DAY
            yield day

    def _worked_until(self, day: date) -> int:
        """Return how many working days of its year are over at the end of a day."""
        return self._worked_in(day.year)[_place(day)]

    def _worked_in(self, year: int) -> tuple[int, ...]:
        """Return how many working days of a year are over before its first day, at the end of that, and so on.

        Each year is counted once: whoever is late is looked at in every pass, for as long as it takes.
        """
        if year not in self._counted:
            self._counted[year] = _adding_up(year, self.is_working_day)
        return self._counted[year]

    def _unsure_in(self, year: int) -> tuple[int, ...]:
        """Return, counted alike, the estimated days of a year: a plan asks of every row until when it is certain."""
        if year not in self._unsure:
            self._unsure[year] = _adding_up(year, lambda day: day in self.estimated)
        return self._unsure[year]

    def _cut_off(self, day: date) -> time:
        """Return the local hour until which something counts as done on that day."""
        closes = self.hours_of(day)[1]
        return closes if self.cutoff is None else min(self.cutoff, closes)


def _place(day: date) -> int:
    """Return the how manieth day of its year a day is, from 1 on."""
    return day.timetuple().tm_yday


def _adding_up(year: int, counts: Callable[[date], bool]) -> tuple[int, ...]:
    """Return how many days of a year count before its first day, at the end of that, and so on."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days))
    return tuple(accumulate(map(counts, days), initial=0))
