"""Seals what came before files were sealed: mails with numbers like a NIK that lie open are read again, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.held.held_back import held_in
from mailbot.errors import LedgerProblem
from mailbot.ledger.personal.sealing_files import told_of_before
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from mailbot.clerk.parts import Books, MailReader

SEALED_SINCE = "sealed_since"
"""Note: since when everything of the kind is sealed, in ISO 8601; empty: it was never looked for."""


def seal_former(books: Books, reader: MailReader) -> int:
    """Look once, in a ledger from before files were sealed, for what is to be; return how many mails were.

    They are those whose sender and Subbag Program were told of a file that is held back.
    """
    ledger = books.ledger
    if ledger.notes.read(SEALED_SINCE):
        return 0
    mails = told_of_before(ledger.engine)
    for number in mails:
        _seal(books, reader, number)
    ledger.notes.write(SEALED_SINCE, books.clock().isoformat())
    return len(mails)


def _seal(books: Books, reader: MailReader, number: int) -> None:
    """Read one mail again, and seal it with what it carries; of one that cannot be read, the mail alone."""
    from mailbot.clerk.desk.kept_mail import read_kept  # noqa: PLC0415 - a quiet pass reads no mail

    kept = books.ledger.inbox.get(number)
    try:
        held = held_in(read_kept(books, reader, kept))
    except LedgerProblem:
        raise
    except Exception:  # noqa: BLE001 - whatever a reader says of it, it is sealed
        held = (kept.sha256,)
    if held:
        books.ledger.commit(Changes(at=books.clock(), held=held))
