"""Which logins may be tried: what a server refuses is left alone for a while, and only that.

A server that refuses our login is left alone: one try a quarter of an hour, or at once when somebody mends it (F14).
Only that login pauses; the other mailboxes are read, and letters leave, as before. The same holds where the login is
taken and no letter is: the quota of the day is used up, or the account may not send; no letter is to blame for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mailbot.clerk.parts import Box
    from mailbot.errors import PostUnavailable
    from mailbot.ledger.ledger import Ledger

TRY_AGAIN = timedelta(minutes=15)
OUTGOING = "smtp"
"""Name of the login that letters leave by; the others bear the name of their mailbox in the ledger."""
_BETWEEN = "|"
RESTS = "way_out_rests"
"""Note: since when the account may not send, and when it was tried last."""
_A_WHILE = timedelta(hours=1)
WAY_OUT = "way_out_failed"
"""Note: since when no letter could be handed over."""


def may_try(ledger: Ledger, login: str, at: datetime) -> bool:
    """Say whether a login may be tried now: it was not refused, or not within the last quarter of an hour.

    An account that may not send, as one whose quota of the day is used up, is tried every hour once that has lasted.
    """
    noted = [ledger.notes.read(paused_note(login)), ledger.notes.read(RESTS) if login == OUTGOING else ""]
    for since, _, tried in (note.partition(_BETWEEN) for note in noted if note):
        lasts = datetime.fromisoformat(tried) - datetime.fromisoformat(since)
        if at < datetime.fromisoformat(tried) + (TRY_AGAIN if lasts < _A_WHILE else _A_WHILE):
            return False
    return True


def pause(ledger: Ledger, login: str, at: datetime) -> None:
    """Write down that a server refused this login just now, and since when it does."""
    since = paused(ledger, (login,)).get(login, at)
    ledger.notes.write(paused_note(login), f"{since.isoformat()}{_BETWEEN}{at.isoformat()}")


def rest(ledger: Ledger, at: datetime) -> None:
    """Write down that the server took us in just now and would not take letters from us, and since when that is so."""
    since = ledger.notes.read(RESTS).partition(_BETWEEN)[0] or at.isoformat()
    ledger.notes.write(RESTS, f"{since}{_BETWEEN}{at.isoformat()}")


def way_out_rests(ledger: Ledger) -> bool:
    """Say whether the account may not send at present."""
    return bool(ledger.notes.read(RESTS))


def paused(ledger: Ledger, logins: Iterable[str]) -> dict[str, datetime]:
    """Return those of the logins that are refused, each with the moment since when."""
    return refused_by(ledger.notes.several(tuple(map(paused_note, logins))), logins)


def resume(ledger: Ledger, logins: Iterable[str]) -> None:
    """Let these logins be tried at once: they worked, or somebody has mended something."""
    logins = tuple(logins)
    for name in ledger.notes.several((*map(paused_note, logins), *((RESTS,) if OUTGOING in logins else ()))):
        ledger.notes.write(name, "")


def logins_of(boxes: Iterable[Box]) -> tuple[str, ...]:
    """Return every login there is: to each mailbox, and to the way out."""
    return (*(box.account for box in boxes), OUTGOING)


def paused_note(login: str) -> str:
    """Return the name of the note about a login: since when it is refused, and when it was tried last."""
    return f"paused/{login}"


def refused_by(notes: Mapping[str, str], logins: Iterable[str]) -> dict[str, datetime]:
    """Return the logins that are refused by these notes, each with the moment since when."""
    noted = {login: notes.get(paused_note(login), "") for login in logins}
    return {login: datetime.fromisoformat(note.partition(_BETWEEN)[0]) for login, note in noted.items() if note}


def way_out_works(ledger: Ledger) -> None:
    """Write down that the server that takes letters answers, whatever it said of a letter."""
    for name, noted in ledger.notes.several((paused_note(OUTGOING), WAY_OUT, RESTS)).items():
        if noted:
            ledger.notes.write(name, "")


def way_out_fails(ledger: Ledger, at: datetime) -> None:
    """Write down since when nothing leaves."""
    if not ledger.notes.read(WAY_OUT):
        ledger.notes.write(WAY_OUT, at.isoformat())


def mailbox_looked_at(ledger: Ledger, account: str, refusals: Sequence[PostUnavailable], at: datetime) -> None:
    """Write down since when a server answers and will not show what it holds; nothing, once it has shown all of it.

    What was not listed was not read, and is no empty folder. A server that is away says nothing either way.
    """
    name = unread_note(account)
    noted = ledger.notes.read(name)
    said_no = [away for away in refusals if away.answered]
    if said_no and not noted:
        ledger.notes.write(name, at.isoformat())
    elif noted and not refusals:
        ledger.notes.write(name, "")


def unread_note(account: str) -> str:
    """Return the name of the note that says since when a mailbox cannot be read whole."""
    return f"unread/{account}"


def rests_since(notes: Mapping[str, str]) -> str:
    """Return since when the account may not send by these notes, in ISO 8601; empty if it may."""
    return notes.get(RESTS, "").partition(_BETWEEN)[0]
