"""A server that refuses our login is left alone: one try a quarter of an hour, or at once when somebody mends it (F14).

Only that login pauses; the other mailboxes are read, and letters leave, as before.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.clerk.parts import Clerk
    from mailbot.ledger.ledger import Ledger

TRY_AGAIN = timedelta(minutes=15)
OUTGOING = "smtp"
"""Name of the login that letters leave by; the others bear the name of their mailbox in the ledger."""
_BETWEEN = "|"


def may_try(clerk: Clerk, login: str) -> bool:
    """Say whether a login may be tried now: it was not refused, or not within the last quarter of an hour."""
    noted = clerk.ledger.notes.read(_name(login))
    return not noted or clerk.clock() >= datetime.fromisoformat(noted.rpartition(_BETWEEN)[2]) + TRY_AGAIN


def pause(clerk: Clerk, login: str) -> None:
    """Write down that a server refused this login just now."""
    now = clerk.clock()
    since = paused_since(clerk, login) or now
    clerk.ledger.notes.write(_name(login), f"{since.isoformat()}{_BETWEEN}{now.isoformat()}")


def paused_since(clerk: Clerk, login: str) -> datetime | None:
    """Return since when a login is refused; None if it is not."""
    noted = clerk.ledger.notes.read(_name(login))
    return datetime.fromisoformat(noted.partition(_BETWEEN)[0]) if noted else None


def resume(ledger: Ledger, logins: Iterable[str]) -> None:
    """Let these logins be tried at once: they worked, or somebody has mended something."""
    for login in logins:
        if ledger.notes.read(_name(login)):
            ledger.notes.write(_name(login), "")


def logins_of(clerk: Clerk) -> tuple[str, ...]:
    """Return every login there is."""
    return (*(box.account for box in clerk.boxes), OUTGOING)


def _name(login: str) -> str:
    """Return the name of the note about a login."""
    return f"paused/{login}"
