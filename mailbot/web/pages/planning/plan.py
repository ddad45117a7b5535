"""What is to come: of cycles that run and of those of the next year, until when each row should be over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import row_ends_at
from mailbot.core.model.people import Role
from mailbot.core.opening.arranged import arranged_in
from mailbot.core.opening.days import coming
from mailbot.core.opening.plans import AROUND
from mailbot.ledger.board.overview import Overview
from mailbot.ledger.engine import one_moment
from mailbot.ledger.files_and_notes import ARRANGED
from mailbot.web.pages.page import Page
from mailbot.web.pages.planning.ahead import DAYS, lines_ahead
from mailbot.writing.values.cycle_values import holder_title, role_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailbot.core.model.sop import SopRow, Step
    from mailbot.core.opening.plans import CyclePlan
    from mailbot.ledger.board.overview import CourseSeen
    from mailbot.web.pages.page import Here
    from mailbot.writing.plan.planned import PlanLine

_TOLD_IN_FULL = 2
"""Of so many running cycles, those opened last, letters are told: each has to be read whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row of a cycle to come."""

    number: str
    what: str
    who: str
    due: str
    estimate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCycle:
    """One cycle to come, or what is left of one that runs."""

    key: str
    name: str
    opens: str
    units: str
    rows: tuple[PlannedRow, ...]
    letters: tuple[PlanLine, ...] | None = None
    """Of one that runs: what leaves next if nobody answers; None: that is not told."""


def plan_page(here: Here) -> Page:
    """Return the page of what is left of the running cycles, and of what opens within a year."""
    arranged = arranged_in(here.ledger.notes.read(ARRANGED))
    with one_moment(here.ledger.engine):
        courses = Overview(here.ledger.engine).courses()
        running = [course.key for course in courses if course.closed_at is None][-_TOLD_IN_FULL:]
        cycles = [cycle for key in running if (cycle := here.ledger.cycles.get(key)) is not None]
        letters = {cycle.key: lines_ahead(cycle, here) for cycle in cycles}
    found = coming(here.at, here.at + AROUND, here.office, arranged)
    off = tuple((one.key, one.reason) for one in arranged.values() if one.starts_on is None)
    values = {
        "running": tuple(
            _running(course, letters.get(course.key), here) for course in courses if course.closed_at is None
        ),
        "days": DAYS,
        "planned": tuple(_planned(opens, plan, here) for opens, plan in found),
        "called_off": off if here.viewer.sees_everything else (),
    }
    return Page(template="pages/plan.j2", title=here.words["places"]["plan"], values=values, place="plan")


def _planned(opens: datetime, plan: CyclePlan, here: Here) -> PlannedCycle:
    """Return one cycle to come."""
    units = plan.units or tuple(unit.key for unit in here.office.roster.units)
    return PlannedCycle(
        key=plan.key,
        name=here.phrases.period(plan.period),
        opens=here.phrases.moment(opens),
        units=", ".join(here.office.roster.unit(unit).name for unit in units if here.viewer.sees(unit)),
        rows=_rows(here.office.sop.rows, plan.row_days, opens, here),
    )


def _running(course: CourseSeen, letters: tuple[PlanLine, ...] | None, here: Here) -> PlannedCycle:
    """Return what is left of a cycle that runs: its present row's deadline, and the latest ends of those after it."""
    order = here.office.sop.rows
    place = next(place for place, row in enumerate(order) if row.step is course.step)
    present = _row(order[place], course.due_at, here)
    return PlannedCycle(
        key=course.key,
        name=here.phrases.period(course.period),
        opens="",
        units="",
        rows=(present, *_rows(order[place + 1 :], course.row_days, max(course.due_at, here.at), here)),
        letters=letters,
    )


def _rows(
    rows: Iterable[SopRow], days: tuple[tuple[Step, int], ...], since: datetime, here: Here
) -> tuple[PlannedRow, ...]:
    """Return rows, each as if the one before took all its time."""
    planned = []
    for row in rows:
        since = row_ends_at(days, row.step, since, here.office)
        planned.append(_row(row, since, here))
    return tuple(planned)


def _row(row: SopRow, due_at: datetime, here: Here) -> PlannedRow:
    """Return one row and when it ends at the latest."""
    # Of heads of units there are several: the row is each one's.
    title = "" if row.who is Role.DIVISION_HEAD else holder_title(here.office, row.who, due_at)
    return PlannedRow(
        number=row.sop,
        what=here.phrases.word("step", row.step.value),
        who=title or role_words(row.who, here.office, here.phrases),
        due=here.phrases.day(due_at),
        estimate=here.office.calendar.is_estimate(here.at, due_at),
    )
