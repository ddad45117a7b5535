"""The append-only journal: a commit alone adds lines, the database refuses to change them, the chain would show it.

The chain runs over salted digests: what a line says may be taken away later, with its salt, from where it is shown, and
nobody can guess it from what stays; every other line is proved all the same.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, insert, select, update
from sqlmodel import Field

from mailbot.core.model.outcome import JournalLine
from mailbot.ledger.columns import Table, Words, storable, table_of
from mailbot.ledger.engine import reading
from mailbot.ledger.mapping import dump, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Connection, Engine, Row


class JournalRow(Table, table=True):
    """One line of the journal; triggers forbid changing or deleting it, and `hash` chains it to the line before."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "cycle"), Index(None, "event", "at"))
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    cycle: str
    event: Words
    actor: Words
    unit: Words
    detail: Words
    hash: str
    salt: str
    digest: str


class JournalHeadRow(Table, table=True):
    """Where the chain ends, and what salts are made from: one row, locked so that lines are added by one at a time."""

    __tablename__ = "journal_head"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    lines: int
    hash: str
    pepper: str


_HEAD = table_of(JournalHeadRow)
_AT_END = select(_HEAD.c.lines, _HEAD.c.hash, _HEAD.c.pepper)
_LOCKED_HEAD = _AT_END.with_for_update()
_LINE = table_of(JournalRow).c
_MOVED_HEAD, _ADDED = update(_HEAD), insert(table_of(JournalRow))

Detail = tuple[tuple[str, str], ...]
"""What a line says beside its event: names and values."""
FIRST = "0" * 64
"""What stands before line 1."""
_SALT_DIGITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One line as it stands in the journal: `number` runs from 1 without a gap, `hash` is SHA-256 in hex."""

    number: int
    cycle: str
    line: JournalLine
    hash: str
    salt: str = ""
    """Empty for a line from before there were salts: its spelling itself is chained."""
    digest: str = ""
    """The salted digest, in hex, of a line whose words were kept long enough: they are gone, and their salt is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHead:
    """Where the journal ends: as many lines, and the hash of the last."""

    count: int
    hash: str


def canonical(number: int, cycle: str, line: JournalLine) -> bytes:
    """Return the one spelling of a line that is hashed: JSON with sorted keys, no blanks, ASCII, time in UTC."""
    spelled = {
        "actor": line.actor,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "cycle": cycle,
        "detail": line.detail,
        "event": line.event,
        "number": number,
        "unit": line.unit,
    }
    return json.dumps(spelled, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def salt_of(pepper: str, name: int | str) -> str:
    """Return the salt of a line (its number) or a file; without the pepper it cannot be told from chance."""
    return hmac.new(pepper.encode(), str(name).encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()[
        :_SALT_DIGITS
    ]


def salted(salt: str, spelling: bytes) -> bytes:
    """Return what is chained of a line: SHA-256 over salt and spelling; without a salt the spelling itself."""
    return hashlib.sha256(bytes.fromhex(salt) + spelling).digest() if salt else spelling


def link(previous: str, salt: str, number: int, cycle: str, line: JournalLine) -> str:
    """Return the line's hash in hex: SHA-256 over the hash before it (32 bytes) and the line's salted digest."""
    told = salted(salt, canonical(number, cycle, line))
    return hashlib.sha256(bytes.fromhex(previous) + told).hexdigest()


def linked(previous: str, entry: JournalEntry) -> str:
    """Return the hash that a line must have behind another: of one without words, by the digest that was left."""
    if entry.digest:
        return hashlib.sha256(bytes.fromhex(previous) + bytes.fromhex(entry.digest)).hexdigest()
    return link(previous, entry.salt, entry.number, entry.cycle, entry.line)


def first_broken(entries: Iterable[JournalEntry], head: JournalHead) -> int | None:
    """Return the number of the first line that does not fit the chain, or None if all do and they end at `head`.

    Args:
        entries: the whole journal in order, from line 1.
        head: where it should end; a journal cut short breaks at the first line that is missing.
    """
    previous, number = FIRST, 0
    for entry in entries:
        number += 1
        if entry.number != number or entry.hash != linked(previous, entry):
            return number
        previous = entry.hash
    if number < head.count:
        return number + 1
    return None if (number, previous) == (head.count, head.hash) else number


class Journal:
    """What was decided, line by line."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def read(self, cycle: str | None = None) -> tuple[JournalEntry, ...]:
        """Return the lines in order: of one cycle, or all of them."""
        statement = select(*_LINE).order_by(_LINE.number)
        if cycle is not None:
            statement = statement.where(_LINE.cycle == cycle)
        with reading(self._engine) as connection:
            return tuple(_entry(row) for row in connection.execute(statement))

    def between(self, first: int, last: int) -> tuple[JournalEntry, ...]:
        """Return the lines from one number to another, both with them, in order."""
        wanted = select(*_LINE).where(_LINE.number >= first, _LINE.number <= last).order_by(_LINE.number)
        with reading(self._engine) as connection:
            return tuple(_entry(row) for row in connection.execute(wanted))

    def salt(self, name: str) -> str:
        """Return the salt of something that is no line, such as a file of an archive."""
        with reading(self._engine) as connection:
            return salt_of(str(connection.execute(_AT_END).one().pepper), name)

    def of_event(self, event: str, since: datetime) -> tuple[JournalLine, ...]:
        """Return the lines of one event since then, in order, but for those whose words are gone."""
        wanted = select(*_LINE).where(_LINE.event == event, _LINE.at >= since, _LINE.digest == "")
        with reading(self._engine) as connection:
            return tuple(_entry(row).line for row in connection.execute(wanted.order_by(_LINE.number)))

    def head(self) -> JournalHead:
        """Return where the journal ends."""
        with reading(self._engine) as connection:
            row = connection.execute(_AT_END).one()
            return JournalHead(count=row.lines, hash=row.hash)

    def peppered(self) -> bool:
        """Say whether nobody can work out the salts of lines to come."""
        with reading(self._engine) as connection:
            return bool(connection.execute(_AT_END).one().pepper)

    def verify(self) -> int | None:
        """Return the number of the first line that was changed, moved or lost since it was written, or None."""
        with reading(self._engine) as connection:
            head = connection.execute(_AT_END).one()
            rows = connection.execute(select(*_LINE).order_by(_LINE.number))
            return first_broken((_entry(row) for row in rows), JournalHead(count=head.lines, hash=head.hash))


def write_pepper(connection: Connection, fresh: Callable[[int], bytes]) -> None:
    """Give the journal its pepper, inside a transaction, where it has none yet; lines written before keep theirs."""
    head = connection.execute(_LOCKED_HEAD).one()
    if not head.pepper:
        connection.execute(_MOVED_HEAD, {"pepper": fresh(_SALT_DIGITS).hex()})


def write_journal(connection: Connection, lines: Sequence[tuple[str, JournalLine]]) -> None:
    """Add lines, each with its cycle's key, inside a transaction; other writers wait from here to its end."""
    if not lines:
        return
    head = connection.execute(_LOCKED_HEAD).one()
    number, previous = head.lines, head.hash
    rows: list[dict[str, Any]] = []
    for cycle, said in lines:
        line = _storable(said)
        number += 1
        salt = salt_of(head.pepper, number)
        previous = link(previous, salt, number, cycle, line)
        rows.append(
            {
                "number": number,
                "at": line.at,
                "cycle": cycle,
                "event": line.event,
                "actor": line.actor,
                "unit": line.unit,
                "detail": dump(Detail, line.detail),
                "hash": previous,
                "salt": salt,
                "digest": "",
            }
        )
    connection.execute(_ADDED, rows)
    connection.execute(_MOVED_HEAD, {"lines": number, "hash": previous})


def _storable(line: JournalLine) -> JournalLine:
    """Return a line as the columns will hold it, so that the hash is of what can be read back."""
    return JournalLine(
        at=line.at,
        event=storable(line.event),
        actor=storable(line.actor),
        unit=storable(line.unit),
        detail=line.detail,
    )


def _entry(row: Row[Any]) -> JournalEntry:
    """Return a line from its row."""
    line = JournalLine(
        at=row.at,
        event=row.event,
        actor=row.actor,
        unit=row.unit,
        detail=load(Detail, row.detail),
    )
    return JournalEntry(number=row.number, cycle=row.cycle, line=line, hash=row.hash, salt=row.salt, digest=row.digest)
