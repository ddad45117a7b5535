"""What the ledger wants of an object store, and which one an opened ledger has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlalchemy import Connection, Engine

_STORE = "mailbot_store"


class ObjectStore(Protocol):
    """A store of bytes by name. Any of its methods raises StoreUnavailable where it cannot do it now."""

    @property
    def where(self) -> str:
        """Return where it is, for sentences."""

    def put(self, name: str, content: bytes) -> None:
        """Keep bytes under a name."""

    def get(self, name: str) -> bytes:
        """Return the bytes of a name.

        Raises:
            KeyError: the store has nothing of that name.
        """

    def delete(self, name: str) -> None:
        """Take away what lies under a name, former versions too; nothing, where nothing lies there."""

    def close(self) -> None:
        """Hang up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Where files lie that do not lie in the database, and which of them go there."""

    store: ObjectStore
    office: str
    """With which the name of each object of this office begins."""
    smallest_bytes: int
    """Smaller files stay in the database."""
    after: timedelta
    """For so long after they were kept files stay in the database, where the work with them is done."""


def give_store(engine: Engine, elsewhere: Elsewhere | None) -> None:
    """Let an opened ledger find what lies elsewhere."""
    engine.update_execution_options(**{_STORE: elsewhere})


def store_of(asked: Connection | Engine) -> Elsewhere | None:
    """Return the store of an opened ledger; None: it was given none."""
    found: Elsewhere | None = asked.get_execution_options().get(_STORE)
    return found
