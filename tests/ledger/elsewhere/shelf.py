"""A store in memory, honest unless it is told to lie."""

from __future__ import annotations

from datetime import timedelta

from mailbot.errors import StoreUnavailable
from mailbot.ledger.elsewhere.store import Elsewhere, give_store
from mailbot.ledger.ledger import Ledger


class Shelf:
    """What was put, by name."""

    where = "s3.example.go.id/berkas"

    def __init__(self) -> None:
        """Begin empty and honest."""
        self.kept: dict[str, bytes] = {}
        self.away = False
        self.forgets = False
        """It says that it keeps, and keeps nothing."""
        self.alters = False
        """It keeps something else."""
        self.refuses_deleting = False
        self.dies: BaseException | None = None
        """Raised once, after something was put."""

    def put(self, name: str, content: bytes) -> None:
        """Keep bytes."""
        self._look()
        if not self.forgets:
            self.kept[name] = content[:-1] if self.alters else content
        if self.dies is not None:
            dies, self.dies = self.dies, None
            raise dies

    def get(self, name: str) -> bytes:
        """Return bytes."""
        self._look()
        return self.kept[name]

    def delete(self, name: str) -> None:
        """Forget bytes."""
        self._look()
        if self.refuses_deleting:
            raise StoreUnavailable("It refuses (AccessDenied, HTTP 403).")
        self.kept.pop(name, None)

    def close(self) -> None:
        """Do nothing."""

    def _look(self) -> None:
        """Be away, if that is wanted."""
        if self.away:
            raise StoreUnavailable("It does not answer.")


def on_a_shelf(ledger: Ledger, smallest_bytes: int = 0, after: timedelta = timedelta(0)) -> Shelf:
    """Give an open ledger a store."""
    shelf = Shelf()
    give_store(ledger.engine, Elsewhere(store=shelf, office="disdukcapil", smallest_bytes=smallest_bytes, after=after))
    return shelf
