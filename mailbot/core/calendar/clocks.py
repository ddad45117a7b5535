"""How much of the office's time each row of the SOP took, against what it allows: rounds of a row add up (all rows)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailbot.core.calendar.work_calendar import WorkCalendar
    from mailbot.core.model.sop import Sop, Step

_NONE = timedelta()


class Course(Protocol):
    """What is asked of a cycle to know how its time went by."""

    @property
    def step(self) -> Step:
        """Return the present row."""

    @property
    def since(self) -> datetime:
        """Return when it was entered."""

    @property
    def due_at(self) -> datetime:
        """Return when it should be over."""

    @property
    def closed_at(self) -> datetime | None:
        """Return when the cycle was closed; None while it runs."""

    @property
    def rows_done(self) -> tuple[tuple[Step, datetime, datetime, datetime], ...]:
        """Return every row left behind: the step, when it was entered, due, left."""

    @property
    def row_days(self) -> tuple[tuple[Step, int], ...]:
        """Return the durations in working days that the cycle overrides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Office time that went by: working days as deadlines count them (the first day is day 0), and open hours."""

    days: int = 0
    hours: timedelta = _NONE

    def __add__(self, other: Spent) -> Spent:
        """Return both together."""
        return Spent(days=self.days + other.days, hours=self.hours + other.hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One round of a row."""

    step: Step
    entered_at: datetime
    due_at: datetime
    left_at: datetime | None
    """None while it runs."""
    spent: Spent
    """Until it was left, or until now."""
    late: Spent
    """From its deadline on; nothing where it was in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowClock:
    """All rounds of one row together."""

    step: Step
    visits: tuple[Visit, ...]
    sop_days: int
    """Working days that the SOP gives it; 0 where it gives hours."""
    sop_hours: int
    own_days: int | None
    """Working days that this cycle gives it instead; None: those of the SOP."""
    spent: Spent
    late: Spent


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The whole course of a cycle."""

    rows: tuple[RowClock, ...]
    """In the order of the SOP, those that were entered."""
    between: Spent
    """What lies between two rows: a word that could still be taken back, a draft being made, a closed cycle corrected.
    """
    whole: Spent
    """From the opening until the close, or until now: all rows and what lies between them."""
    sop_days: int
    sop_hours: int
    own_days: int
    """What the rows have in this cycle together, in working days."""


def late_by(due_at: datetime, done_at: datetime, calendar: WorkCalendar) -> Spent:
    """Return how late something was; what is done after the cut-off counts as of the next working day."""
    if done_at <= due_at:
        return Spent()
    counted = calendar.opening(calendar.counting_day(done_at))
    days = calendar.working_days_between(due_at, max(done_at, counted))
    return Spent(days=days, hours=calendar.office_time_between(due_at, done_at))


def between(earlier: datetime, later: datetime, calendar: WorkCalendar) -> Spent:
    """Return the office time between two moments; none if the first is the later one."""
    return Spent(days=calendar.working_days_between(earlier, later), hours=calendar.office_time_between(earlier, later))


def visits(course: Course, at: datetime, calendar: WorkCalendar) -> Iterator[Visit]:
    """Yield every round of every row, in the order they were entered; the last may still run at `at`."""
    running = [] if course.closed_at is not None else [(course.step, course.since, course.due_at, None)]
    for step, entered_at, due_at, left_at in (*course.rows_done, *running):
        until = at if left_at is None else left_at
        yield Visit(
            step=step,
            entered_at=entered_at,
            due_at=due_at,
            left_at=left_at,
            spent=between(entered_at, until, calendar),
            late=late_by(due_at, until, calendar),
        )


def clocks(course: Course, at: datetime, sop: Sop, calendar: WorkCalendar) -> Clocks:
    """Return how the time of a cycle went by.

    Args:
        course: the cycle.
        at: now, for the row that still runs.
        sop: what each row may take.
        calendar: the office's days and hours.
    """
    gone = tuple(visits(course, at, calendar))
    own = dict(course.row_days)
    rows = tuple(
        RowClock(
            step=row.step,
            visits=found,
            sop_days=row.days,
            sop_hours=row.hours,
            own_days=own.get(row.step),
            spent=sum((one.spent for one in found), Spent()),
            late=sum((one.late for one in found), Spent()),
        )
        for row in sop.rows
        if (found := tuple(one for one in gone if one.step is row.step))
    )
    gaps = (between(one.left_at, after.entered_at, calendar) for one, after in pairwise(gone) if one.left_at)
    waited = sum(gaps, Spent())
    return Clocks(
        rows=rows,
        between=waited,
        whole=sum((row.spent for row in rows), waited),
        sop_days=sum(row.days for row in sop.rows),
        sop_hours=sum(row.hours for row in sop.rows),
        own_days=sum(own.get(row.step, row.days) for row in sop.rows),
    )
