"""How the time of a cycle went by, row by row and unit by unit, as recap, evidence pack and status print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.calendar.clocks import Spent, clocks
from mailbot.core.calendar.unit_clocks import unit_clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, timedelta

    from mailbot.core.calendar.clocks import Course
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

Cells = tuple[str | int, ...]
"""One row of a table, whole numbers as numbers."""


def row_times(cycle: Course, at: datetime, office: Office, phrases: Phrases) -> Iterator[Cells]:
    """Yield every row of the SOP that was entered: what it may take, took, and how late it was; then the sum.

    Columns: number, title, rounds, what the SOP gives it, what the cycle gives it, days, hours, late.
    """
    gone = clocks(cycle, at, office.sop, office.calendar)
    for row in gone.rows:
        printed = office.sop.row(row.step)
        yield (
            printed.sop,
            printed.title,
            len(row.visits),
            _allowed(row.sop_days, row.sop_hours, phrases),
            phrases.word("none") if row.own_days is None else _allowed(row.own_days, 0, phrases),
            row.spent.days,
            clock_hours(row.spent.hours),
            late_words(row.late, phrases),
        )
    none = phrases.word("none")
    if gone.between != Spent():
        days, hours = gone.between.days, clock_hours(gone.between.hours)
        yield ("", phrases.word("clock", "between"), none, none, none, days, hours, none)
    together = phrases.word("clock", "days_and_hours").format(days=gone.sop_days, hours=gone.sop_hours)
    own = _allowed(gone.own_days, 0, phrases) if any(row.own_days is not None for row in gone.rows) else none
    whole = gone.whole
    yield ("", phrases.word("clock", "sum"), none, together, own, whole.days, clock_hours(whole.hours), none)


def unit_times(
    cycle: Cycle,
    at: datetime,
    office: Office,
    phrases: Phrases,
    answered: Mapping[tuple[str, int], datetime] | None = None,
) -> Iterator[Cells]:
    """Yield every unit: when it was asked, its deadline first and last, what came when, how late, who waited for whom.

    Columns: name, asked, first deadline, deadline, first form, accepted, returns, late, hours with the unit, with us.
    """
    for form in cycle.units:
        clock = unit_clock(form, cycle, at, office.calendar, answered)
        name = next((unit.name for unit in office.roster.units if unit.key == form.unit), form.unit)
        yield (
            name,
            *(
                _short_moment(moment, office, phrases)
                for moment in (
                    clock.asked_at,
                    clock.first_due_at,
                    clock.due_at,
                    clock.first_came_at,
                    clock.accepted_at,
                )
            ),
            clock.returns,
            late_words(clock.late, phrases),
            clock_hours(clock.with_unit.hours),
            clock_hours(clock.with_us.hours),
        )


def clock_hours(open_for: timedelta) -> str:
    """Return hours and minutes of office time, `12:30`."""
    minutes = round(open_for.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def late_words(late: Spent, phrases: Phrases) -> str:
    """Return how late something was: in working days, below one day in hours; that it was in time."""
    if late.days:
        return phrases.word("clock", "late_days").format(days=late.days)
    if late.hours:
        return phrases.word("clock", "late_hours").format(hours=clock_hours(late.hours))
    return phrases.word("clock", "in_time")


def _allowed(days: int, hours: int, phrases: Phrases) -> str:
    """Return what a row may take."""
    code, count = ("hours", hours) if hours else ("days", days)
    return phrases.word("clock", code).format(count=count)


def _short_moment(moment: datetime | None, office: Office, phrases: Phrases) -> str:
    """Return a moment in the office's zone, `7 Jan 2026 16.00`; the word for none."""
    if moment is None:
        return phrases.word("none")
    return f"{phrases.short_date(moment)} {office.calendar.local(moment):%H.%M}"
