"""Which cycle opens on which day: the single ones of `cycles.yaml`, and those that come back every quarter or year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.calendar.work_calendar import WorkCalendar
    from mailbot.core.model.office import Office
    from mailbot.core.model.sop import Step

AROUND = timedelta(days=366)
"""So far on either side of a day is looked for cycles that come back, where nobody says how far."""
_LATEST = timedelta(days=100)
"""No turn opens later after its period than this, whatever the calendar; `settings` sees to that."""
_MONTHS, _QUARTERS = 12, 4
_AGAIN = re.compile(r"(?P<key>.+)-ulang-[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePlan:
    """One line of `cycles.yaml`, or one turn of a cycle that comes back: what opens when, and what it overrides."""

    key: str
    period: Period
    starts_on: date
    row_days: tuple[tuple[Step, int], ...] = ()
    units: tuple[str, ...] = ()
    """Units asked; empty: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A cycle that comes back: after every quarter, or after every year."""

    key: str
    """With `{year}` and, of quarters, `{quarter}` in it."""
    first_year: int
    """The first year reported on."""
    last_year: int | None = None
    """The last one; None: without end."""
    quarters: tuple[int, ...] = ()
    """Which quarters are reported on; none: the whole year."""
    working_day: int = 1
    """It opens on this working day after the period's end, 1 being the first, where `day` is 0."""
    day: int = 0
    """It opens on this day of the month after the period's end, or on the first working day after that."""
    row_days: tuple[tuple[Step, int], ...] = ()
    units: tuple[str, ...] = ()
    """Units asked; empty: every one for which something is promised in the period."""

    def periods(self, years: range) -> Iterator[Period]:
        """Yield the periods reported on in these years."""
        last = years.stop if self.last_year is None else min(years.stop, self.last_year + 1)
        for year in range(max(years.start, self.first_year), last):
            yield from (Period(year=year, quarter=quarter) for quarter in self.quarters or (0,))

    def key_of(self, period: Period) -> str:
        """Return the key of one turn."""
        return self.key.replace("{year}", str(period.year)).replace("{quarter}", str(period.quarter))

    def period_of(self, key: str) -> Period | None:
        """Return the period whose turn has that key; None if none has."""
        if not (found := re.fullmatch(_pattern(self.key), key)):
            return None
        parts = found.groupdict()
        wanted = Period(year=int(parts["year"]), quarter=int(parts.get("quarter") or 0))
        return wanted if wanted in self.periods(range(wanted.year, wanted.year + 1)) else None

    def starts_on(self, period: Period, calendar: WorkCalendar) -> date:
        """Return the working day on which one turn opens."""
        begins = _day_after(period)
        if self.day:
            return calendar.next_working_day(begins + timedelta(days=self.day - 2))
        opens = begins - timedelta(days=1)
        for _ in range(self.working_day):
            opens = calendar.next_working_day(opens)
        return opens


def _day_after(period: Period) -> date:
    """Return the first day after a period."""
    month = 3 * (period.quarter or _QUARTERS) + 1
    return date(period.year + (month > _MONTHS), (month - 1) % _MONTHS + 1, 1)


def _pattern(key: str) -> str:
    """Return what a key with the places for year and quarter matches."""
    wanted = re.escape(key).replace(r"\{year\}", "(?P<year>[0-9]{4})", 1)
    return wanted.replace(r"\{quarter\}", "(?P<quarter>[1-4])", 1)


def planned(key: str, office: Office) -> CyclePlan | None:
    """Return the plan of a cycle, None if `cycles.yaml` plans none of that key; a single one stands before one in turn.

    A cycle that is opened once more after it was cancelled is planned as it was, under a key of its own.
    """
    for plan in office.cycles:
        if plan.key == key:
            return plan
    for recurring in office.recurring:
        if (period := recurring.period_of(key)) is not None:
            return _turn(recurring, period, office)
    first = planned(own, office) if (own := first_key(key)) != key else None
    return None if first is None else _under(first, key)


def again(key: str, number: int) -> str:
    """Return the key under which a cancelled cycle is opened for the `number`th time after the first; 0: its own."""
    return f"{key}-ulang-{number}" if number else key


def first_key(key: str) -> str:
    """Return the key that a cycle is planned under, however often it was opened anew."""
    found = _AGAIN.fullmatch(key)
    return found["key"] if found is not None else key


def _under(plan: CyclePlan, key: str) -> CyclePlan:
    """Return the same plan under another key."""
    return CyclePlan(key=key, period=plan.period, starts_on=plan.starts_on, row_days=plan.row_days, units=plan.units)


def planned_between(first: date, last: date, office: Office) -> tuple[CyclePlan, ...]:
    """Return every cycle that is planned to open from `first` to `last`, in the order they open.

    What it costs grows with the years between the two days, and not with how long the office has been at work.
    """
    single = {plan.key: plan for plan in office.cycles}
    turns = (
        _turn(recurring, period, office)
        for recurring in office.recurring
        for period in recurring.periods(range(first.year - 1, last.year + 1))
        if first - _LATEST <= _day_after(period) <= last + timedelta(days=1)
        and recurring.key_of(period) not in single
        and first <= recurring.starts_on(period, office.calendar) <= last
    )
    found = (*(plan for plan in single.values() if first <= plan.starts_on <= last), *turns)
    return tuple(sorted(found, key=lambda plan: (plan.starts_on, plan.key)))


def planned_near(day: date, office: Office) -> tuple[CyclePlan, ...]:
    """Return every single cycle, whatever its day, and those that come back within a year before and after a day."""
    near = planned_between(day - AROUND, day + AROUND, office)
    known = {plan.key for plan in near}
    far = (plan for plan in office.cycles if plan.key not in known)
    return tuple(sorted((*far, *near), key=lambda plan: (plan.starts_on, plan.key)))


def _turn(recurring: Recurring, period: Period, office: Office) -> CyclePlan:
    """Return one turn of a cycle that comes back."""
    units = recurring.units or tuple(
        unit.key for unit in office.roster.units if office.asked_indicators(unit.key, period)
    )
    return CyclePlan(
        key=recurring.key_of(period),
        period=period,
        starts_on=recurring.starts_on(period, office.calendar),
        row_days=recurring.row_days,
        units=units,
    )


def promises(plan: CyclePlan, office: Office) -> bool:
    """Say whether all is there to ask for: a unit that is asked has a target for the period, and the year has its pagu.

    Targets are known for years ahead, a pagu for a single one; without it the forms would lack half of what they ask.
    """
    units = plan.units or tuple(unit.key for unit in office.roster.units)
    budgeted = not office.budget or any(plan.period.year in line.budget_idr for line in office.budget)
    return budgeted and any(office.asked_indicators(unit, plan.period) for unit in units)
