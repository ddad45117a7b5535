"""The real ledger on SQLite in memory; wiping, copying and restoring it take a millisecond, so that runs are cheap."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, cast

from mailbot.ledger.ledger import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from mailbot.ledger.ledger import Ledger


class Disk:
    """One ledger, opened once for many runs: SQLAlchemy then has every statement ready."""

    def __init__(self) -> None:
        """Open an empty ledger in memory."""
        self.ledger: Ledger = open_ledger("sqlite://")
        self._empty = self.copied()

    def copied(self) -> sqlite3.Connection:
        """Return a copy of everything that is committed, as `mailbot backup` makes it (SQLite's own backup)."""
        copy = sqlite3.connect(":memory:")
        for own in self._own():
            own.backup(copy)
        return copy

    def put_back(self, copy: sqlite3.Connection) -> None:
        """Put a copy in the place of what is there, as `mailbot restore` does."""
        for own in self._own():
            copy.backup(own)

    def wiped(self) -> Self:
        """Return itself, empty, with the schema in place."""
        self.put_back(self._empty)
        return self

    def _own(self) -> Iterator[sqlite3.Connection]:
        """Yield the driver's connection, once, and give it back."""
        held = self.ledger.engine.raw_connection()
        try:
            yield cast("sqlite3.Connection", held.driver_connection)
        finally:
            held.close()
