"""Cycles and all below them: read whole, written by difference, and only if nobody moved them since they were read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, String, and_, bindparam, case, cast, delete, exists, func, or_, select, update

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.form import FormData
from mailbot.core.model.indicators import Period
from mailbot.core.model.past import Past, past_of
from mailbot.core.opening.opening_facts import Cancelled
from mailbot.errors import StaleCycle
from mailbot.ledger.columns import adding, put, table_of
from mailbot.ledger.engine import known_in, reading, remembered
from mailbot.ledger.files_and_notes import ARCHIVED
from mailbot.ledger.mapping import (
    PARTS,
    PrimaryKey,
    cycle_of,
    cycle_row,
    different_parts,
    load,
    part_row,
    primary_key,
    submission_of,
)
from mailbot.ledger.tables import CycleRow, DraftRow, NoteRow, SubmissionRow, UnitFormRow, VerdictRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Engine

    from mailbot.core.model.form import Submission
    from mailbot.ledger.columns import Table
    from mailbot.ledger.values import CycleChange

Cells = dict[str, Any]
_MOST_KEPT = 16
"""So many cycles are kept in the process; an office has one or two that move, and speaks of few others."""
_CYCLE = table_of(CycleRow).c
_ORDER = (_CYCLE.opened_at, _CYCLE.key)
_IN_ORDER = select(*_CYCLE).order_by(*_ORDER)
_ONE = select(*_CYCLE).where(_CYCLE.key == bindparam("key"))
_NUMBER = cast(_CYCLE.corrected, String)
_ARCHIVE = _CYCLE.key + case((_CYCLE.corrected > 0, "-koreksi-" + _NUMBER), else_="")
_ARCHIVED = exists().where(table_of(NoteRow).c.name == ARCHIVED + _ARCHIVE)
_STANDS = _CYCLE.cancelled.is_(None)
"""It was not opened by mistake."""
_AT_WORK = _IN_ORDER.where(_STANDS, or_(_CYCLE.closed_at.is_(None), ~_ARCHIVED))
_OPENINGS = select(_CYCLE.key, _CYCLE.cancelled)
_LATEST_CLOSED = (
    select(*_CYCLE)
    .where(_CYCLE.closed_at.is_not(None), _STANDS)
    .order_by(*(column.desc() for column in _ORDER))
    .limit(1)
)
_AS_READ = and_(_CYCLE.key == bindparam("of_key"), _CYCLE.version == bindparam("from_version"))
"""A cycle still has the version it was read in."""
_MOVED = update(table_of(CycleRow)).where(_AS_READ).returning(_CYCLE.key)
_STILL = select(_CYCLE.key).where(_AS_READ)
_OF_YEARS = select(_CYCLE.key, _CYCLE.version, _CYCLE.year, _CYCLE.quarter).where(
    _STANDS,
    _CYCLE.year.in_(bindparam("years", expanding=True)),
    or_(_CYCLE.closed_at.is_not(None), _CYCLE.corrected > 0, _CYCLE.quarter > 0),
)
"""What counts as past: a year once it is closed, also while it is corrected, a quarter as far as it has come."""
_FORM, _SENT = table_of(UnitFormRow).c, table_of(SubmissionRow).c
_COUNTING = (
    select(_FORM.cycle, _SENT.data)
    .join(
        table_of(SubmissionRow),
        and_(_SENT.cycle == _FORM.cycle, _SENT.unit == _FORM.unit, _SENT.number == _FORM.counted),
    )
    .where(_FORM.cycle.in_(bindparam("cycles", expanding=True)))
)
"""The forms that count, of several cycles."""
_KEPT_FOR_THE_RECORD = (DraftRow,)
"""What is no longer part of a cycle and stays: the versions of the report before the present one."""


def _parts(table: type[Table], order: str) -> Select[Any]:
    """Return the statement for the rows of a table below one cycle, in order."""
    columns = table_of(table).c
    return select(*columns).where(columns.cycle == bindparam("cycle")).order_by(columns[order])


_FORMS, _SUBMISSIONS = _parts(UnitFormRow, "place"), _parts(SubmissionRow, "number")
_VERDICTS = _parts(VerdictRow, "place")
_DRAFT = _parts(DraftRow, "version").where(table_of(DraftRow).c.version == bindparam("version"))


class Cycles:
    """Where every cycle stands. `commit` moves them.

    A cycle is frozen, so one that was read or written is kept in the process, beside the row it was made from: while
    that row is the same, the cycle is, and nothing below it is read again. What is asked of the database is the row.
    """

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine
        self._kept: dict[str, tuple[Cells, Cycle]] = {}
        self._forms: dict[tuple[str, int], tuple[FormData, ...]] = {}
        self._past: tuple[frozenset[tuple[Any, ...]], Past] = (frozenset(), Past())

    def get(self, key: str) -> Cycle | None:
        """Return one cycle, or None if it was never opened."""
        with reading(self._engine) as connection:
            known: dict[str, Cycle] = known_in(connection).setdefault(CycleRow, {})
            return known[key] if key in known else next(iter(self._found(connection, _ONE, key=key)), None)

    def open(self) -> tuple[Cycle, ...]:
        """Return the cycles that are not closed, in the order they were opened."""
        return tuple(cycle for cycle in self._at_work() if not cycle.closed)

    def all(self) -> tuple[Cycle, ...]:
        """Return every cycle, in the order they were opened."""
        return self._read(_IN_ORDER)

    def openings(self) -> dict[str, datetime | None]:
        """Return the key of every cycle that was ever opened, with when it was cancelled if it was."""
        with reading(self._engine) as connection:
            found = connection.execute(_OPENINGS).all()
        return {key: load(Cancelled, text).at if text else None for key, text in found}

    def first_opened_at(self) -> datetime | None:
        """Return when the first cycle was opened, None if none was."""
        with reading(self._engine) as connection:
            first: datetime | None = connection.execute(select(func.min(_CYCLE.opened_at))).scalar()
        return first

    def of_year(self, year: int) -> tuple[Cycle, ...]:
        """Return the cycles about that year or a quarter of it, in the order they were opened; none cancelled."""
        return self._read(_IN_ORDER.where(_CYCLE.year == year, _STANDS))

    def past(self, years: tuple[int, ...], *, besides: Collection[str] = ()) -> Past:
        """Return the figures that count of closed years, and of quarters, as far as they lie here.

        One question by an index, however many years the ledger holds; forms are read once, while their cycle does not
        move.

        Args:
            years: which years are asked for.
            besides: cycles that are left out; they move now.
        """
        with reading(self._engine) as connection:
            found = connection.execute(_OF_YEARS, {"years": years})
            cycles = [tuple(row) for row in found if row.key not in besides]
            if frozenset(cycles) != self._past[0]:
                self._past = (frozenset(cycles), self._read_past(connection, cycles))
        return self._past[1]

    def _read_past(self, connection: Connection, cycles: list[tuple[Any, ...]]) -> Past:
        """Return the figures of some cycles; the forms of those that have not moved are known."""
        new = [key for key, version, *_ in cycles if (key, version) not in self._forms]
        read: dict[str, tuple[FormData, ...]] = defaultdict(tuple)
        for cycle, data in connection.execute(_COUNTING, {"cycles": new}) if new else ():
            read[cycle] += (load(FormData, data),)
        self._forms = {
            (key, version): read[key] if key in new else self._forms[key, version] for key, version, *_ in cycles
        }
        return past_of(
            {Period(year=year, quarter=quarter): self._forms[key, version] for key, version, year, quarter in cycles}
        )

    def latest_closed(self) -> Cycle | None:
        """Return the closed cycle that was opened last, or None."""
        return next(iter(self._read(_LATEST_CLOSED)), None)

    def unarchived(self) -> tuple[str, ...]:
        """Return the keys of the closed cycles whose archive is not written yet, in the order they were opened."""
        return tuple(cycle.key for cycle in self._at_work() if cycle.closed)

    def keys(self) -> tuple[str, ...]:
        """Return the key of every cycle, in the order they were opened."""
        with reading(self._engine) as connection:
            return tuple(connection.execute(select(_CYCLE.key).order_by(*_ORDER)).scalars())

    def written(self, cycles: Iterable[Cycle]) -> None:
        """Keep cycles as they were committed."""
        for cycle in cycles:
            self._keep(cycle_row(cycle, cycle.version), cycle)

    def _at_work(self) -> tuple[Cycle, ...]:
        """Return the cycles that something may still be done for: open ones, and closed ones without an archive."""
        return remembered(self._engine, _AT_WORK, lambda connection: self._found(connection, _AT_WORK))

    def _read(self, statement: Select[Any]) -> tuple[Cycle, ...]:
        """Return the cycles of a statement, all as of one moment."""
        with reading(self._engine) as connection:
            return self._found(connection, statement)

    def _found(self, connection: Connection, statement: Select[Any], **named: str) -> tuple[Cycle, ...]:
        """Return the cycles of a statement."""
        return tuple(self._cycle(connection, row) for row in connection.execute(statement, named).all())

    def _cycle(self, connection: Connection, row: Row[Any]) -> Cycle:
        """Return the cycle of a row: the one that is kept, if it was made from the same row, else as it is read."""
        columns = row._asdict()
        kept = self._kept.get(row.key)
        same = kept is not None and kept[0] == columns
        cycle = kept[1] if kept is not None and same else _read_whole(connection, row)
        if not same:
            self._keep(columns, cycle)
        known_in(connection).setdefault(CycleRow, {})[cycle.key] = cycle
        return cycle

    def _keep(self, row: Cells, cycle: Cycle) -> None:
        """Keep a cycle beside its row; of too many the one that was kept first goes."""
        self._kept.pop(cycle.key, None)
        self._kept[cycle.key] = (row, cycle)
        if len(self._kept) > _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)), None)


def write_cycles(connection: Connection, changes: Iterable[CycleChange]) -> tuple[Cycle, ...]:
    """Write cycles inside a transaction, and return them as they then stand.

    Raises:
        StaleCycle: one of them was opened or moved by somebody else since it was read.
        ValueError: `before` and `after` are two different cycles.
    """
    # Always in the order of their keys, so that two writers of the same two cycles cannot wait for each other.
    written = {change.after.key: _write(connection, change) for change in sorted(changes, key=_key)}
    return tuple(written[change.after.key] for change in changes)


def _key(change: CycleChange) -> str:
    """Return the key of the cycle a change is about."""
    return change.after.key


def _write(connection: Connection, change: CycleChange) -> Cycle:
    """Write one cycle: its own row if the version still fits, then what differs below it."""
    before, after = change.before, change.after
    if before is not None and before.key != after.key:
        raise ValueError(f"{before.key} cannot become {after.key}")
    version = before.version if before else 0
    if before == after and version:
        _expect(connection, after.key, version)
        return after
    row = cycle_row(after, version + 1)
    opened = adding(connection.dialect.name, CycleRow, ("key",))
    asked = {"of_key": after.key, "from_version": version, **row} if version else row
    if connection.execute(_MOVED if version else opened, asked).scalar() is None:
        raise _stale(after.key, version)
    _write_parts(connection, before if version else None, after)
    return replace(after, version=version + 1)


def _write_parts(connection: Connection, before: Cycle | None, after: Cycle) -> None:
    """Write what is new or different below a cycle, and delete what is gone."""
    old, new = different_parts(before, after)
    for table in PARTS:
        changed = {key: part for key, part in new[table].items() if old[table].get(key) != part}
        put(connection, table, primary_key(table), [part_row(table, key, part) for key, part in changed.items()])
    for table in reversed(PARTS):
        if table not in _KEPT_FOR_THE_RECORD:
            _delete(connection, table, old[table].keys() - new[table].keys())


def _delete(connection: Connection, table: type[Table], keys: Iterable[PrimaryKey]) -> None:
    """Delete rows by primary key."""
    names = primary_key(table)
    for key in keys:
        is_it = and_(*(table_of(table).c[name] == part for name, part in zip(names, key, strict=True)))
        connection.execute(delete(table_of(table)).where(is_it))


def _expect(connection: Connection, key: str, version: int) -> None:
    """Refuse if a cycle that a decision left alone was moved meanwhile: the decision was made on an old view of it."""
    if connection.execute(_STILL, {"of_key": key, "from_version": version}).scalar() is None:
        raise _stale(key, version)


def _stale(key: str, version: int) -> StaleCycle:
    """Return the refusal to write over what somebody else has written."""
    since = f"moved since version {version} was read" if version else "opened meanwhile"
    return StaleCycle(f"Cycle {key} was {since}; nothing was written. Read it again and decide again.")


def _read_whole(connection: Connection, row: Row[Any]) -> Cycle:
    """Return a cycle with everything below it."""
    named = {"cycle": row.key, "version": row.draft_version}
    submissions: dict[str, tuple[Submission, ...]] = defaultdict(tuple)
    for submission in connection.execute(_SUBMISSIONS, named):
        submissions[submission.unit] += (submission_of(submission),)
    draft = None if row.draft_version is None else connection.execute(_DRAFT, named).one()
    return cycle_of(row, connection.execute(_FORMS, named), submissions, draft, connection.execute(_VERDICTS, named))
