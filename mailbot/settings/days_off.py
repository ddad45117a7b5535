"""The days on which the office is closed: holidays and cuti bersama of Indonesia, changed by the office's own list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from holidays.countries.indonesia import Indonesia

from mailbot.core.model.office import WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def holidays_of(years: Iterable[int]) -> dict[date, str]:
    """Return public holidays and cuti bersama of those years, with their Indonesian names."""
    return dict(Indonesia(years=years, categories=("public", "government"), language="id"))


def work_calendar(block: CalendarBlock, years: range) -> WorkCalendar:
    """Return the office's calendar; its own `open` and `closed` days stand before the national ones."""
    closed = (set(holidays_of(years)) - {one.day for one in block.open}) | {one.day for one in block.closed}
    return WorkCalendar(
        zone=block.zone,
        zone_label=block.zone_label,
        opens=block.opens,
        closes=block.closes,
        closed=frozenset(day for day in closed if day.weekday() < _SATURDAY),
    )


def calendar_notes(block: CalendarBlock, cycles: CyclesFile, calendar: WorkCalendar) -> Iterator[str]:
    """Say what about a cycle's days is worth a look: estimated holidays, unknown cuti bersama, a start on a day off."""
    settled = {one.day for one in (*block.open, *block.closed)}
    for cycle in cycles.cycles:
        first, last = cycle.starts_on, cycle.starts_on + LONGEST_CYCLE
        if not calendar.is_working_day(first):
            yield f"cycle {cycle.key}: {first} is a day off; it opens on {calendar.next_working_day(first)}"
        for day, name in sorted(holidays_of(range(first.year, last.year + 1)).items()):
            if first <= day <= last and _ESTIMATED in name and day not in settled:
                yield (
                    f"cycle {cycle.key}: {day} {name}: an estimate; "
                    "once the SKB is out, put the day under calendar.closed or calendar.open in office.yaml"
                )
        for year in range(first.year, last.year + 1):
            if not _knows_collective_leave(year):
                yield (
                    f"cycle {cycle.key}: cuti bersama of {year} is not known to this version; "
                    "put it under calendar.closed in office.yaml once the SKB is out"
                )


def _knows_collective_leave(year: int) -> bool:
    """Say whether the holidays library knows any cuti bersama of that year."""
    return bool(Indonesia(years=year, categories=("government",)))
