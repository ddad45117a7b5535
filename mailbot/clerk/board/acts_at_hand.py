"""What is done to outbox and inbox on the board: the same that the commands do, and the journal says who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.clerk.logins import resume
from mailbot.core.procedure.addressing import line
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailbot.ledger.ledger import Ledger


def hold(ledger: Ledger, key: str, by: str, at: datetime) -> bool:
    """Hold one letter, or (no key) let nothing leave any more. False: it does not wait."""
    if not key:
        ledger.outbox.hold_all()
    elif not ledger.outbox.hold(key):
        return False
    _note(ledger, at, "held_on_board", by, letter=key)
    return True


def release(ledger: Ledger, key: str, by: str, at: datetime, logins: Iterable[str]) -> bool:
    """Release one held letter, or (no key) let letters leave again and refused logins be tried. False: it is not held.

    Args:
        ledger: the office's.
        key: of the letter.
        by: key of whoever does it.
        at: the moment.
        logins: those that are tried again at once.
    """
    if not key:
        ledger.outbox.release_all()
        resume(ledger, logins)
    elif not ledger.outbox.release(key):
        return False
    _note(ledger, at, "released_on_board", by, letter=key)
    return True


def replay(ledger: Ledger, mail: int, by: str, at: datetime) -> bool:
    """Let a mail be worked again at the next pass. False: there is none such, or it is a copy."""
    if not ledger.inbox.replay(mail):
        return False
    _note(ledger, at, "replayed_on_board", by, mail=str(mail))
    return True


def _note(ledger: Ledger, at: datetime, event: str, by: str, **detail: str) -> None:
    """Write down who did what."""
    named = {name: value for name, value in detail.items() if value}
    ledger.commit(Changes(at=at, journal=(("", line(at, event, by, **named)),)))
