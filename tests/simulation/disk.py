"""The real ledger on SQLite in memory; wiping, copying and restoring it take a millisecond, so that runs are cheap."""

from __future__ import annotations

from typing import Any, Protocol, Self

from mailbot.ledger.ledger import Ledger, open_ledger
from tests.copied import closed_with_its_last_user


class AnyDisk(Protocol):
    """A ledger that can be wiped, copied and put back."""

    ledger: Ledger

    def copied(self) -> Any:  # noqa: ANN401 - what only the same disk can read back
        """Return a copy of everything."""

    def put_back(self, copy: Any) -> None:  # noqa: ANN401 - what `copied` gave
        """Put a copy in the place of what is there."""

    def wiped(self) -> Self:
        """Return itself, empty."""

    def opened_anew(self) -> None:
        """Forget what a ledger keeps in the process beside what is written: a machine starts."""


class Disk:
    """One ledger, opened once for many runs: SQLAlchemy then has every statement ready."""

    def __init__(self) -> None:
        """Open an empty ledger in memory."""
        self.ledger: Ledger = closed_with_its_last_user(open_ledger("sqlite://"))
        self._empty = self.copied()

    def copied(self) -> bytes:
        """Return a copy of everything that is committed, as one database file (SQLite's own serialisation)."""
        held = self.ledger.engine.raw_connection()
        try:
            own: Any = held.driver_connection
            return bytes(own.serialize())
        finally:
            held.close()

    def put_back(self, copy: bytes) -> None:
        """Put a copy in the place of what is there, as `mailbot restore` does."""
        held = self.ledger.engine.raw_connection()
        try:
            own: Any = held.driver_connection
            own.deserialize(copy)
        finally:
            held.close()
        self.opened_anew()

    def wiped(self) -> Self:
        """Return itself, empty, with the schema in place."""
        self.put_back(self._empty)
        return self

    def opened_anew(self) -> None:
        """Forget what a ledger keeps in the process; the statements that SQLAlchemy has ready stay so."""
        self.ledger = Ledger(self.ledger.engine)
