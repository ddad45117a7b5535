"""A mark beside the ledger, of how often it was written: one that has gone back in time is noticed when it is opened.

A `-wal` file that was deleted, an old copy put in the ledger's place by hand, a dump played back: in each the ledger
has forgotten what has left and what has come. Its own count of writes, kept in it, is then behind the mark.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text as sql

from mailbot.ledger.place import is_sqlite, sqlite_path

if TYPE_CHECKING:
    from sqlalchemy import Connection

WRITES = "writes"
"""Note that holds the count of writes inside the ledger."""
MARK_SUFFIX = "-mark"
_DIGITS = 20
_COUNT = {
    dialect: sql(
        f"INSERT INTO note (name, value) VALUES ('{WRITES}', '1') ON CONFLICT ({key}) "  # noqa: S608 - constants of ours
        "DO UPDATE SET value = CAST(CAST(note.value AS BIGINT) + 1 AS VARCHAR) RETURNING value"
    )
    for dialect, key in (("sqlite", "name"), ("postgresql", "office, name"))
}


@dataclass(frozen=True, slots=True)
class Mark:
    """The file with the mark. It is written after each commit and not synced: it may lag behind, never run ahead."""

    path: Path

    def read(self) -> int:
        """Return how often the ledger was written at least; 0 if that is not known."""
        try:
            text = self.path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return 0
        return int(text) if text.isdigit() else 0

    def note(self, writes: int) -> None:
        """Write the count, in place and over the same few bytes."""
        # What was committed counts, whatever becomes of the mark: at worst a ledger that goes back is not noticed.
        with suppress(OSError):
            mark = os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600)
            try:
                os.pwrite(mark, f"{writes:0{_DIGITS}d}\n".encode(), 0)
            finally:
                os.close(mark)


def mark_of(url: str, folder: Path | None, office: str = "") -> Mark | None:
    """Return where the mark of the ledger of that URL is kept; None for a ledger that is kept nowhere.

    Args:
        url: an SQLite file has its mark beside it.
        folder: where the mark of a PostgreSQL database is kept, by the database's name; None: nowhere.
        office: whose rows are meant, where that database holds those of several.
    """
    if is_sqlite(url):
        path = sqlite_path(url)
        return Mark(path.with_name(path.name + MARK_SUFFIX)) if path is not None else None
    if folder is None:
        return None
    place = (url.rpartition("@")[2] or url) + (f"#{office}" if office else "")
    return Mark(folder / f"postgresql-{hashlib.sha256(place.encode()).hexdigest()[:12]}{MARK_SUFFIX}")


def count_write(connection: Connection) -> int:
    """Count one more write, in its transaction, as the last thing it does; return the count."""
    return int(connection.execute(_COUNT[connection.dialect.name]).scalar_one())
