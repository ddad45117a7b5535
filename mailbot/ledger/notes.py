"""Small values of the machinery's own, by name: the last proved poll, whether the outbox is held, numbers given out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from mailbot.errors import StaleCycle
from mailbot.ledger.engine import reading, writing
from mailbot.ledger.inserting import add_missing, put
from mailbot.ledger.tables import NoteRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection, Engine

ARCHIVED = "archived/"
"""Before a cycle's key: when its archive was written."""
HELD = "outbox_held"
"""Not empty while nothing may leave."""
PASSED_AT = "last_pass"
"""When the daemon last ended a pass, in ISO 8601."""
RESTORED = "restored"
"""Not empty from the moment a backup is put in the ledger's place until the first good pass is over."""


class Notes:
    """Text values by name; what belongs to a decision goes into `Changes.notes` instead."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def read(self, name: str) -> str:
        """Return the value of that name, empty if it was never written."""
        with reading(self._engine) as session:
            return session.exec(select(NoteRow.value).where(col(NoteRow.name) == name)).one_or_none() or ""

    def several(self, names: Collection[str]) -> dict[str, str]:
        """Return the values of these names in one question; what was never written, or is empty, is left out."""
        wanted = select(NoteRow.name, NoteRow.value).where(col(NoteRow.name).in_(names), col(NoteRow.value) != "")
        with reading(self._engine) as session:
            return dict(session.exec(wanted).all())

    def beginning(self, start: str) -> tuple[tuple[str, str], ...]:
        """Return every note whose name begins so, by name."""
        wanted = select(NoteRow.name, NoteRow.value).where(col(NoteRow.name).startswith(start, autoescape=True))
        with reading(self._engine) as session:
            return tuple((name, value) for name, value in session.exec(wanted.order_by(col(NoteRow.name))))

    def write(self, name: str, value: str) -> None:
        """Write or overwrite the value of that name."""
        with writing(self._engine) as connection:
            write_notes(connection, [(name, value)])


def claim_notes(connection: Connection, claims: Sequence[tuple[str, str]]) -> None:
    """Write values that nobody else may have written under these names, inside a transaction.

    Raises:
        StaleCycle: another value stands under one of the names.
    """
    if not claims:
        return
    add_missing(connection, NoteRow, [{"name": name, "value": value} for name, value in claims])
    names = [name for name, _ in claims]
    found = connection.execute(select(NoteRow.name, NoteRow.value).where(col(NoteRow.name).in_(names)))
    taken = sorted({(name, value) for name, value in found} - set(claims))
    if taken:
        raise StaleCycle(f"{taken[0][0]} was taken by {taken[0][1]} since it was read; nothing was written.")


def write_notes(connection: Connection, notes: Iterable[tuple[str, str]]) -> None:
    """Write or overwrite values inside a transaction."""
    put(connection, NoteRow, ["name"], [{"name": name, "value": value} for name, value in notes])
