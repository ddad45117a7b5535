"""Finds the mail that brought a figure, for the answer to ASAL, and says why it is not to be passed on if it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.clerk.desk.looking_into import Looked, kept_file
from mailbot.core.model.letters import EnclosureKind
from mailbot.core.model.letters_in_answer import Origin, Withheld

if TYPE_CHECKING:
    from mailbot.clerk.parts import Books, MailReader
    from mailbot.core.model.form import Submission
    from mailbot.core.model.letters import Letter

MOST_BYTES = 12_000_000
"""A larger mail is not enclosed: with its form, and encoded, it would be more than most servers take."""


def with_source(books: Books, reader: MailReader | None, letter: Letter) -> tuple[Letter, bytes]:
    """Return a letter with the mail that brought its form, if the letter encloses that and it may be spread.

    A letter whose mail stays here says why, and encloses neither the mail nor the form.

    Args:
        books: where mails and files are kept.
        reader: looks into them for numbers like a NIK; None: nothing does, and nothing is passed on.
        letter: the letter.

    Raises:
        ReadingStalled: a file could not be looked into, for the machine is too busy.
    """
    sent, about = letter.submission, letter.about
    wanted = any(one.kind is EnclosureKind.SOURCE for one in letter.enclosures)
    if not wanted or sent is None or not isinstance(about, Origin):
        return letter, b""
    raw = _mail_of(books, letter.cycle, sent)
    why = _withheld(books, reader, sent, raw)
    if raw is not None and why is None:
        return letter, raw
    kept = tuple(one for one in letter.enclosures if one.kind is not EnclosureKind.SOURCE)
    return replace(letter, about=replace(about, withheld=why), enclosures=kept), b""


def _mail_of(books: Books, cycle: str, sent: Submission) -> bytes | None:
    """Return the mail that a form came in, byte for byte as it came: empty once destroyed, None if it is not kept."""
    inbox = books.ledger.inbox
    named = inbox.by_message_id(sent.message_id)
    if not named:  # the row of one that was destroyed has no Message-ID any more
        named = tuple(mail for mail in inbox.of_cycle(cycle) if mail.pruned or not sent.message_id)
    same = [mail for mail in named if mail.received_at == sent.received_at]
    return inbox.raw(same[0].id) if same else None


def _withheld(books: Books, reader: MailReader | None, sent: Submission, raw: bytes | None) -> Withheld | None:
    """Say why a mail is not to be passed on."""
    if raw is None:
        return Withheld.GONE
    if not raw:
        return Withheld.DESTROYED
    if len(raw) > MOST_BYTES:
        return Withheld.TOO_LARGE
    looked = Looked(reader) if reader is not None else None
    form = kept_file(sent.file_sha256, sent.file_name, books.ledger.files.read(sent.file_sha256))
    if looked is None or looked.holds_back(raw, sent.received_at) or looked.holds_nik(form):
        return Withheld.PERSONAL_DATA
    return None
