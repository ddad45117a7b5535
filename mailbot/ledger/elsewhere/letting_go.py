"""Objects of which no row knows any more: noted in the transaction that forgets them, deleted in the store after it.

An object is noted before it is put as well, so that one which a killed program left behind is found and deleted. No
name is ever given twice: what is deleted late is never what was put meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from mailbot.errors import StoreUnavailable
from mailbot.ledger.columns import put, table_of
from mailbot.ledger.elsewhere.store import store_of
from mailbot.ledger.engine import reading, writing
from mailbot.ledger.tables import FileRow, NoteRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Engine

OVER = "object_over/"
"""Before an object's name: from when it is to be deleted in the store, in ISO 8601; empty: at once."""
_FILE, _NOTE = table_of(FileRow).c, table_of(NoteRow).c


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What was deleted in the store."""

    deleted: int
    left: int
    """Objects that could not be deleted; they are tried again."""
    why: str = ""
    """Why not."""


def let_go(connection: Connection, which: ColumnElement[bool]) -> None:
    """Note the objects of some files, which are about to forget them, inside a transaction."""
    named = select(_FILE.object_name).where(which, _FILE.object_name != "")
    note_over(connection, dict.fromkeys(connection.execute(named).scalars(), ""))


def note_over(connection: Connection, over: dict[str, str]) -> None:
    """Note objects to be deleted, by name from when on, inside a transaction."""
    put(connection, NoteRow, ["name"], [{"name": f"{OVER}{name}", "value": at} for name, at in over.items()])


def keep_on(connection: Connection, name: str) -> bool:
    """Strike an object off those that are to be deleted, inside a transaction; False: somebody has deleted it."""
    return connection.execute(delete(table_of(NoteRow)).where(_NOTE.name == f"{OVER}{name}")).rowcount == 1


def sweep(engine: Engine, at: datetime, most: int = 1000) -> Swept:
    """Delete in the store what no row knows any more; the store's refusal is told, not raised.

    Args:
        engine: the opened ledger.
        at: the present moment.
        most: so many at the most.
    """
    due = _NOTE.value <= at.isoformat()
    wanted = select(_NOTE.name).where(_NOTE.name.startswith(OVER, autoescape=True), due).order_by(_NOTE.name)
    with reading(engine) as connection:
        names = connection.execute(wanted.limit(most)).scalars().all()
    elsewhere = store_of(engine)
    if not names or elsewhere is None:
        return Swept(deleted=0, left=len(names))
    deleted, why = 0, ""
    for note in names:
        try:
            elsewhere.store.delete(note.removeprefix(OVER))
        except StoreUnavailable as refused:
            why = why or str(refused)
            continue
        with writing(engine) as connection:
            keep_on(connection, note.removeprefix(OVER))
        deleted += 1
    return Swept(deleted=deleted, left=len(names) - deleted, why=why)
