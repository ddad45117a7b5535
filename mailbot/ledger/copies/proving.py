"""What a copy of the ledger is worth: opened without the right to change it, and read to the last byte.

SQLite's own look finds what is wrong between its pages; a byte that was changed inside of a file or a line it cannot
see. So every kept file is held against the digest it is kept under, every line of the journal against the chain, and
the whole against the digest that was written beside it when it was made.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mailbot.core.model.outcome import JournalLine
from mailbot.ledger.journal import Detail, JournalEntry, JournalHead, first_broken
from mailbot.ledger.mapping import load
from mailbot.ledger.place import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

DIGEST_SUFFIX = ".sha256"
"""Ends the name of the file beside a copy that holds its digest, as `sha256sum` writes and checks it."""
_NAMED = 3
_PIECE_BYTES = 1 << 20
_LOOK_EVERY = 100_000
"""After so many steps of SQLite's machine it is asked whether to go on."""


class Fault(StrEnum):
    """What may be wrong with a copy."""

    NO_LEDGER = "no_ledger"
    """It is no database, or none of mailbot's."""
    DAMAGED = "damaged"
    """SQLite finds damage."""
    CHANGED = "changed"
    """Its bytes are not those that were written."""
    FILE = "file"
    """A kept file is not what its digest says."""
    CHAIN = "chain"
    """A line of the journal does not fit."""
    NEWER = "newer"
    """A newer program wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was found in a copy; it is good if nothing is wrong."""

    size_bytes: int
    wrong: tuple[tuple[Fault, str], ...] = ()
    """What is wrong, each with the details."""
    schema: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    """How many rows each table has."""
    lines: int = 0
    head: str = ""
    """Where the journal ends: as many lines, and the hash of the last in hex."""
    cycles: tuple[str, ...] = ()
    """Keys of the cycles in it, the oldest first."""
    last_at: datetime | None = None
    """When the last line was written."""
    notes: Mapping[str, str] = field(default_factory=dict)
    elsewhere: int = 0
    """Files that lie in an object store: the copy knows their digests and holds none of their bytes."""
    digest_held: bool = False
    """Whether a digest lay beside it to hold it against."""


def prove(copy: Path, stopped: Callable[[], bool] = lambda: False) -> Proof:
    """Look a copy over.

    Args:
        copy: the file.
        stopped: says whether the look is to be broken off.

    Raises:
        InterruptedError: it was broken off.
        OSError: the file cannot be read.
    """
    size, (held, wrong) = copy.stat().st_size, _held_against_digest(copy, stopped)
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as database:
            database.set_progress_handler(stopped, _LOOK_EVERY)
            found = _look_into(database, stopped)
    except sqlite3.Error as error:
        if stopped():
            raise InterruptedError from error
        odd = (
            Fault.DAMAGED if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT else Fault.NO_LEDGER
        )
        return Proof(size_bytes=size, wrong=(*wrong, (odd, str(error))), digest_held=held)
    return Proof(size_bytes=size, wrong=(*wrong, *found.pop("wrong")), digest_held=held, **found)


def digest_of(copy: Path, stopped: Callable[[], bool] = lambda: False) -> str:
    """Return the SHA-256 of a file in hex.

    Raises:
        InterruptedError: it was broken off.
    """
    digest = hashlib.sha256()
    with copy.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            if stopped():
                raise InterruptedError
            digest.update(piece)
    return digest.hexdigest()


def rows_of(database: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - its own table


def _held_against_digest(copy: Path, stopped: Callable[[], bool]) -> tuple[bool, tuple[tuple[Fault, str], ...]]:
    """Hold a copy against the digest beside it, if there is one."""
    beside = copy.with_name(copy.name + DIGEST_SUFFIX)
    if not beside.is_file():
        return False, ()
    written = beside.read_text(encoding="utf-8", errors="replace").split(maxsplit=1)[:1]
    return True, () if written == [digest_of(copy, stopped)] else ((Fault.CHANGED, beside.name),)


def _look_into(database: sqlite3.Connection, stopped: Callable[[], bool]) -> dict[str, Any]:
    """Look at everything inside; what cannot be read at all is raised as SQLite says it."""
    (schema,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    found: dict[str, Any] = {"schema": str(schema)}
    wrong: list[tuple[Fault, str]] = [(Fault.NEWER, str(schema))] if str(schema) > SCHEMA else []
    said = [str(row[0]) for row in database.execute("PRAGMA integrity_check(10)")]
    if said != ["ok"]:
        return found | {"wrong": ((Fault.DAMAGED, "; ".join(said)[:300]),)}
    if dangling := database.execute("PRAGMA foreign_key_check").fetchmany(_NAMED):
        wrong.append((Fault.DAMAGED, ", ".join(f"{row[0]} -> {row[2]}" for row in dangling)))
    if changed := list(_changed_files(database, stopped)):
        wrong.append((Fault.FILE, ", ".join(changed[:_NAMED]) + (", ..." if len(changed) > _NAMED else "")))
    head, last_at, broken = _chain(database)
    if broken is not None:
        wrong.append((Fault.CHAIN, str(broken)))
    notes = dict(database.execute("SELECT name, value FROM note"))
    cycles = tuple(str(key) for (key,) in database.execute("SELECT key FROM cycle ORDER BY opened_at, key"))
    told = {
        "cycles": cycles,
        "rows": rows_of(database),
        "lines": head.count,
        "head": head.hash,
        "last_at": last_at,
        "notes": notes,
        "elsewhere": _elsewhere(database),
    }
    return found | told | {"wrong": tuple(wrong)}


def _changed_files(database: sqlite3.Connection, stopped: Callable[[], bool]) -> Iterator[str]:
    """Give the digest of every kept file that is another by now.

    What was emptied because it was kept long enough, or is sealed by the office's key, bears its former digest.
    """
    columns = {row[1] for row in database.execute("PRAGMA table_info(file)")}
    whole = "NOT sealed AND media_type <> 'pruned'" if "sealed" in columns else "1"  # an older ledger has neither
    whole += " AND object_name = ''" if "object_name" in columns else ""
    for sha256, content in database.execute(f"SELECT sha256, content FROM file WHERE {whole}"):  # noqa: S608 - one of two constants
        if stopped():
            raise InterruptedError
        if hashlib.sha256(content).hexdigest() != sha256:
            yield str(sha256)[:16]


def _elsewhere(database: sqlite3.Connection) -> int:
    """Return how many files lie in an object store."""
    if "object_name" not in {row[1] for row in database.execute("PRAGMA table_info(file)")}:
        return 0
    return int(database.execute("SELECT count(*) FROM file WHERE object_name <> ''").fetchone()[0])


def _chain(database: sqlite3.Connection) -> tuple[JournalHead, datetime | None, int | None]:
    """Return where the journal ends, when its last line was written, and the first line that does not fit."""
    lines, end = database.execute("SELECT lines, hash FROM journal_head").fetchone()
    head = JournalHead(count=lines, hash=end)
    columns = {row[1] for row in database.execute("PRAGMA table_info(journal)")}
    # Columns that an older ledger lacks: it had no salts, and no words were taken away.
    salt, left = (name if name in columns else "''" for name in ("salt", "digest"))
    wanted = f"SELECT number, cycle, at, event, actor, unit, detail, hash, {salt}, {left} FROM journal ORDER BY number"  # noqa: S608 - one of two constants
    last: list[datetime] = []

    def entries() -> Iterator[JournalEntry]:
        for number, cycle, stored, event, actor, unit, detail, chained, salted, digest in database.execute(wanted):
            at = datetime.fromisoformat(stored).replace(tzinfo=UTC)
            last[:] = [at]
            line = JournalLine(at=at, event=event, actor=actor, unit=unit, detail=load(Detail, detail))
            yield JournalEntry(number=number, cycle=cycle, line=line, hash=chained, salt=salted, digest=digest)

    broken = first_broken(entries(), head)
    return head, last[0] if last else None, broken
