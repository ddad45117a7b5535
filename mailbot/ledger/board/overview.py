"""Every cycle with how its units did, what wants a hand in the boxes, and what came and left last, for one page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, bindparam, cast, func, literal, select, union_all
from sqlalchemy import text as sql

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.indicators import Period
from mailbot.core.model.sop import Step
from mailbot.ledger.columns import table_of
from mailbot.ledger.engine import reading
from mailbot.ledger.files_and_notes import CONFIG_WAITS, HELD, PASSED_AT
from mailbot.ledger.tables import (
    MAY_CHANGE,
    CycleRow,
    InboxCycleRow,
    InboxRow,
    NoteRow,
    OutboxRow,
    SubmissionRow,
    UnitFormRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine, Row, Select

_OF = table_of(InboxCycleRow).c
_CYCLE, _UNIT, _SENT = table_of(CycleRow).c, table_of(UnitFormRow), table_of(SubmissionRow)
_IN, _OUT, _NOTE = table_of(InboxRow).c, table_of(OutboxRow).c, table_of(NoteRow).c
_COURSES = select(
    *(_CYCLE[name] for name in ("key", "year", "quarter", "step", "since", "due_at", "opened_at", "closed_at")),
    _CYCLE.cancelled.is_not(None).label("cancelled"),
    _CYCLE.corrected,
    _CYCLE.row_days,
).order_by(_CYCLE.opened_at, _CYCLE.key)
_OWN = (_UNIT.c.cycle, _UNIT.c.unit, _UNIT.c.state, _UNIT.c.due_at, _UNIT.c.first_due_at, _UNIT.c.accepted_at)
_PARTS = (
    select(
        *_OWN,
        func.count(_SENT.c.number).label("came"),
        func.count(_SENT.c.number).filter(_SENT.c.accepted.is_(False)).label("returned"),
        func.min(_SENT.c.received_at).label("first_came_at"),
    )
    .join(_SENT, (_SENT.c.cycle == _UNIT.c.cycle) & (_SENT.c.unit == _UNIT.c.unit), isouter=True)
    .group_by(*_OWN, _UNIT.c.place)
    .order_by(_UNIT.c.cycle, _UNIT.c.place)
)
_NOTED = (HELD, CONFIG_WAITS, PASSED_AT, "proved_poll")
_BOXES = union_all(
    select(literal("in").label("box"), _IN.outcome.label("code"), cast(func.count(), String).label("value"))
    .where(_IN.outcome.is_(None) | (_IN.outcome == "set_aside"))
    .group_by(_IN.outcome),
    select(literal("out"), _OUT.state, cast(func.count(), String)).where(sql(MAY_CHANGE)).group_by(_OUT.state),
    select(literal("note"), _NOTE.name, cast(_NOTE.value, String)).where(_NOTE.name.in_(_NOTED)),
)
_LAST = union_all(
    select(
        literal("out").label("box"),
        _OUT.unit.label("whose"),
        func.max(_OUT.sent_at).label("at"),
        func.max(_OUT.id).label("number"),
    )
    .where(_OUT.cycle == bindparam("cycle"), _OUT.unit != "", _OUT.sent_at.is_not(None))
    .group_by(_OUT.unit),
    select(literal("in"), _IN.sender, func.max(_IN.received_at), func.max(_IN.id))
    .join(table_of(InboxCycleRow), _OF.inbox_id == _IN.id)
    .where(_OF.cycle == bindparam("cycle"), _IN.same_as.is_(None))
    .group_by(_IN.sender),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSeen:
    """How one unit did in one cycle."""

    cycle: str
    unit: str
    state: UnitState
    due_at: datetime | None
    first_due_at: datetime | None
    accepted_at: datetime | None
    came: int
    """How many forms came."""
    returned: int
    first_came_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSeen:
    """Where one cycle stands, without what lies below it."""

    key: str
    period: Period
    step: Step
    since: datetime
    due_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    cancelled: bool
    corrected: int
    row_days: tuple[tuple[Step, int], ...]
    """Durations of its own, by row."""
    parts: tuple[PartSeen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxesSeen:
    """What wants a hand in inbox and outbox, and what is noted of the whole."""

    waiting: int
    """Mails without a final state."""
    set_aside: int
    letters: dict[str, int]
    """Letters by state, of those that something may still become of."""
    all_held: bool
    edited: bool
    """An edited configuration waits for the operator's word."""
    proved_poll: str
    """When the mailbox silent longest last answered, as ISO 8601; empty: nothing has run here yet."""
    passed_at: str
    """When the daemon last ended a pass, likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """The last mail in and out of a cycle: moment and number."""

    came: dict[str, tuple[datetime, int]]
    """By the sender's address, in small letters."""
    left: dict[str, tuple[datetime, int]]
    """By the unit that it is about."""


class Overview:
    """The whole office at one look."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def courses(self) -> tuple[CourseSeen, ...]:
        """Return every cycle with its units, in the order they were opened: two statements."""
        with reading(self._engine) as connection:
            parts: dict[str, list[PartSeen]] = {}
            for part in map(_part, _rows(connection, _PARTS)):
                parts.setdefault(part.cycle, []).append(part)
            return tuple(_course(row, tuple(parts.get(row.key, ()))) for row in _rows(connection, _COURSES))

    def boxes(self) -> BoxesSeen:
        """Return what wants a hand: one statement, by indexes that hold only what is not over."""
        with reading(self._engine) as connection:
            return _boxes(connection.execute(_BOXES).all())

    def last(self, cycle: str) -> LastSeen:
        """Return what left last of a cycle, by unit, and what came last, by sender: one statement."""
        found: dict[str, dict[str, tuple[datetime, int]]] = {"in": {}, "out": {}}
        with reading(self._engine) as connection:
            for row in connection.execute(_LAST, {"cycle": cycle}):
                found[row.box][row.whose] = (row.at, row.number)
        return LastSeen(came=found["in"], left=found["out"])


def _rows(connection: Connection, statement: Select[Any]) -> Sequence[Row[Any]]:
    """Return the rows of a statement."""
    return connection.execute(statement).all()


def _part(row: Row[Any]) -> PartSeen:
    """Return how a unit did from its row."""
    return PartSeen(
        cycle=row.cycle,
        unit=row.unit,
        state=UnitState(row.state),
        due_at=row.due_at,
        first_due_at=row.first_due_at,
        accepted_at=row.accepted_at,
        came=row.came,
        returned=row.returned,
        first_came_at=row.first_came_at,
    )


def _course(row: Row[Any], parts: tuple[PartSeen, ...]) -> CourseSeen:
    """Return where a cycle stands from its row."""
    return CourseSeen(
        key=row.key,
        period=Period(year=row.year, quarter=row.quarter),
        step=Step(row.step),
        since=row.since,
        due_at=row.due_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        cancelled=bool(row.cancelled),
        corrected=row.corrected,
        row_days=tuple((Step(step), days) for step, days in json.loads(row.row_days)),
        parts=parts,
    )


def _boxes(rows: Iterable[Row[Any]]) -> BoxesSeen:
    """Sort the counts and notes of one statement."""
    found = {(row.box, row.code): row.value for row in rows}
    letters = {code: int(value) for (box, code), value in found.items() if box == "out"}
    return BoxesSeen(
        waiting=int(found.get(("in", None), 0)),
        set_aside=int(found.get(("in", "set_aside"), 0)),
        letters=letters,
        all_held=bool(found.get(("note", HELD))),
        edited=bool(found.get(("note", CONFIG_WAITS))),
        proved_poll=found.get(("note", "proved_poll"), ""),
        passed_at=found.get(("note", PASSED_AT), ""),
    )
