"""After an old backup was put back (F21): what came since is worked again in its time, and nothing leaves twice.

The mailbox remembers what the ledger has forgotten: mails moved aside are read again, and the folder for sent mail
shows which letters had left. Both count only in the first good pass; then the ledger knows everything again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.errors import PostUnavailable
from mailbot.ledger.files_and_notes import PASSED_AT, RESTORED
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from mailbot.clerk.parts import Books, Box
    from mailbot.ledger.ledger import Ledger

_MOST = 10_000
_WAITING = (LetterState.QUEUED, LetterState.PUT_OFF)


def with_what_was_done(box: Box) -> Box:
    """Return a mailbox whose folder of mails moved aside is looked into as well."""
    done = box.folders.done
    return replace(box, folders=box.folders.but(extra=(*box.folders.extra, done))) if done else box


def in_its_time(books: Books) -> Books:
    """Return the books at the moment the mail arrived that is worked next: never before what the ledger has seen."""
    waiting = books.ledger.inbox.unsettled(1)
    if not waiting:
        return books
    seen = books.ledger.notes.read(PASSED_AT)
    moment = min(books.clock(), max(waiting[0].received_at, datetime.fromisoformat(seen or "0001-01-01T00:00Z")))
    return replace(books, clock=lambda: moment)


def mark_what_left(books: Books, box: Box) -> None:
    """Mark every waiting letter as sent that the folder for sent mail shows; without such a folder hold them all.

    Raises:
        PostUnavailable: the mailbox could not be asked, or has no such folder; nothing may be sent.
    """
    ledger = books.ledger
    with box.open_mailbox() as mailbox:
        folder = box.folders.sent or mailbox.sent_folder()
        # Where nobody is known to file copies, that one is missing tells nothing.
        if folder is None or box.filing == "never":
            ledger.outbox.hold_all()
            end_of_restoring(ledger)
            raise PostUnavailable(
                "The ledger was restored, and no folder for sent mail on the server tells what has left since. "
                "The outbox is held: look at it (mailbot outbox list), then let it go (mailbot outbox release)."
            )
        for letter in (letter for state in _WAITING for letter in ledger.letters.listing(state, limit=_MOST)):
            if mailbox.copies_held(folder, letter.message_id):
                ledger.outbox.found(letter.message_id, folder, books.clock())


def end_of_restoring(ledger: Ledger) -> None:
    """Write down that the ledger knows everything again."""
    ledger.notes.write(RESTORED, "")
