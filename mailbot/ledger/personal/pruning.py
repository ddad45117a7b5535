"""Pruning as a whole: what is due, and taking it away for good, out of rows, free pages and the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.ledger.engine import check_sound, reading, writing
from mailbot.ledger.personal.finding import Before, Found, find_due
from mailbot.ledger.personal.removing import UNBOUND, Removed, remove
from mailbot.ledger.personal.wiping import wipe

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is due, and how many lines of the journal can never lose their words."""

    found: Found
    unbound: int


def look(ledger: Ledger, before: Before) -> Looked:
    """Return what is due; nothing is changed."""
    with reading(ledger.engine) as connection:
        unbound: int = connection.execute(UNBOUND).scalar_one()
        return Looked(found=find_due(connection, before), unbound=unbound)


def prune(ledger: Ledger, before: Before, digest: str, at: datetime, fresh: Callable[[int], bytes]) -> Removed | None:
    """Remove what is due, if it is still what was shown, and wipe the database; None if it is not.

    Args:
        ledger: no daemon works on it.
        before: from before when each kind is due.
        digest: of what was shown, in full.
        at: the present moment.
        fresh: gives that many random bytes.

    Raises:
        LedgerProblem: the database could not be used, or another program keeps its log from being emptied.
    """
    with writing(ledger.engine) as connection:
        removed = remove(connection, before, digest, at, fresh)
    if removed is not None:
        wipe_and_look(ledger)
    return removed


def wipe_and_look(ledger: Ledger) -> None:
    """Wipe the database and let it look itself over.

    Raises:
        LedgerProblem: it is damaged, or another program keeps its log from being emptied.
    """
    wipe(ledger.engine)
    if ledger.engine.dialect.name == "sqlite":
        check_sound(ledger.engine, "after it was pruned")
