"""The days on which the office is closed: holidays and cuti bersama of Indonesia, changed by the office's own list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from mailbot.core.model.office import WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.files.cycles import CyclesFile
    from mailbot.settings.files.office import CalendarBlock

_ESTIMATED = "(perkiraan)"
_SATURDAY = 5
LONGEST_CYCLE = timedelta(days=60)
"""How far ahead of a cycle's first day is looked for what might touch it."""


def years_touched(cycles: CyclesFile) -> range:
    """Return every year that a cycle reports on or opens in, and one on either side."""
    years = [year for cycle in cycles.cycles for year in (cycle.year, cycle.starts_on.year)]
    return range(min(years) - 1, max(years) + 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    """The weekdays on which the office is closed; a year's holidays are made out when somebody asks about it."""

    years: range
    """Outside of these no national day is known."""
    open: frozenset[date]
    """National days on which the office works all the same."""
    closed: frozenset[date]
    """Further days of its own."""

    def __contains__(self, day: object) -> bool:
        """Say whether the office is closed on that day; its own days stand before the national ones."""
        if not isinstance(day, date) or day.weekday() >= _SATURDAY:
            return False
        national = day.year in self.years and day in national_days(day.year)
        return day in self.closed or (national and day not in self.open)

    def __reduce__(self) -> tuple[type[frozenset[date]], tuple[tuple[date, ...]]]:
        """Become plain days where another process is told of the office: it need not know what makes them out."""
        national = {day for year in self.years for day in national_days(year)}
        return frozenset, (tuple(day for day in sorted(national | self.closed) if day in self),)


@lru_cache(maxsize=64)
def national_days(year: int) -> dict[date, str]:
    """Return public holidays and cuti bersama of a year, with their Indonesian names."""
    return _known(year, "public", "government")


def _known(year: int, *categories: str) -> dict[date, str]:
    """Ask the library for the days of a year."""
    # It brings the days of 250 countries with it, 0.1 s: too much for a command that asks about no day.
    from holidays.countries.indonesia import Indonesia  # noqa: PLC0415 - the same

    return dict(Indonesia(years=year, categories=categories, language="id"))


def work_calendar(block: CalendarBlock, years: range) -> WorkCalendar:
    """Return the office's calendar; its own `open` and `closed` days stand before the national ones."""
    return WorkCalendar(
        zone=block.zone,
        zone_label=block.zone_label,
        opens=block.opens,
        closes=block.closes,
        closed=DaysOff(
            years=years,
            open=frozenset(entry.day for entry in block.open),
            closed=frozenset(entry.day for entry in block.closed),
        ),
    )


def calendar_notes(block: CalendarBlock, cycles: CyclesFile, calendar: WorkCalendar) -> Iterator[str]:
    """Say what about a cycle's days is worth a look: estimated holidays, unknown cuti bersama, a start on a day off."""
    settled = {entry.day for entry in (*block.open, *block.closed)}
    for cycle in cycles.cycles:
        first, last = cycle.starts_on, cycle.starts_on + LONGEST_CYCLE
        if not calendar.is_working_day(first):
            yield f"cycle {cycle.key}: {first} is a day off; it opens on {calendar.next_working_day(first)}"
        named = {day: name for year in range(first.year, last.year + 1) for day, name in national_days(year).items()}
        for day, name in sorted(named.items()):
            if first <= day <= last and _ESTIMATED in name and day not in settled:
                yield (
                    f"cycle {cycle.key}: {day} {name}: an estimate; "
                    "once the SKB is out, put the day under calendar.closed or calendar.open in office.yaml"
                )
        for year in range(first.year, last.year + 1):
            if not _known(year, "government"):
                yield (
                    f"cycle {cycle.key}: cuti bersama of {year} is not known to this version; "
                    "put it under calendar.closed in office.yaml once the SKB is out"
                )
