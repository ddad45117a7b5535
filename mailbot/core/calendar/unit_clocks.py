"""How the time of one unit's form went by: when it was asked, came, counted, how late, and who waited for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.calendar.clocks import Spent, between, late_by
from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailbot.core.calendar.clocks import Course
    from mailbot.core.calendar.work_calendar import WorkCalendar
    from mailbot.core.model.cycle import Cycle, UnitForm


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClock:
    """The time of one unit's form, from the request until it counted, or until now."""

    unit: str
    asked_at: datetime | None
    """When the requests had left; None: they have not."""
    first_due_at: datetime | None
    """The deadline as it was told first."""
    due_at: datetime | None
    """As it is now, after PERPANJANG and forms that went back."""
    first_came_at: datetime | None
    accepted_at: datetime | None
    returns: int
    late: Spent
    """From its deadline to the form that counts, or until now; nothing where it is in time."""
    with_unit: Spent
    """While the office waited for the unit."""
    with_us: Spent
    """While the unit waited for an answer to a form that had come."""


def asked_at(course: Course) -> datetime | None:
    """Return when every request of the cycle had left: row 3 begins then; None if they have not."""
    entered = [since for step, since, _, _ in course.rows_done if step is Step.COLLECT]
    if entered:
        return entered[0]
    return course.since if course.step is Step.COLLECT else None


def unit_clock(
    form: UnitForm,
    cycle: Cycle,
    at: datetime,
    calendar: WorkCalendar,
    answered: Mapping[tuple[str, int], datetime] | None = None,
) -> UnitClock:
    """Return how the time of a unit's form went by.

    Args:
        form: the unit's part.
        cycle: the cycle.
        at: now.
        calendar: the office's days and hours.
        answered: unit and number of a form -> when its sender was told what became of it; where that is not known, at
            once, but for the one that counts.
    """
    asked, counting = asked_at(cycle), form.counting
    ends = form.accepted_at if counting is not None and form.accepted_at is not None else min(at, cycle.closed_at or at)
    with_unit, with_us = _waited(form, asked, ends, calendar, answered or {})
    done_at = counting.received_at if counting is not None else ends
    return UnitClock(
        unit=form.unit,
        asked_at=asked,
        first_due_at=form.first_due_at or form.due_at,
        due_at=form.due_at,
        first_came_at=form.submissions[0].received_at if form.submissions else None,
        accepted_at=form.accepted_at,
        returns=form.returned,
        late=late_by(form.due_at, done_at, calendar) if form.due_at is not None else Spent(),
        with_unit=with_unit,
        with_us=with_us,
    )


def _waited(
    form: UnitForm,
    asked: datetime | None,
    ends: datetime,
    calendar: WorkCalendar,
    answered: Mapping[tuple[str, int], datetime],
) -> tuple[Spent, Spent]:
    """Return for how long the office waited for a unit, and the unit for an answer; both together are the whole."""
    with_unit, with_us, since = Spent(), Spent(), asked
    if since is None:
        return with_unit, with_us
    for sent in form.submissions:
        if not since <= sent.received_at <= ends:
            continue
        told = answered.get((form.unit, sent.number), sent.received_at)
        if sent is form.counting and form.accepted_at is not None:
            told = form.accepted_at
        told = min(max(told, sent.received_at), ends)
        with_unit += between(since, sent.received_at, calendar)
        with_us += between(sent.received_at, told, calendar)
        since = told
    return with_unit + between(since, ends, calendar), with_us
