"""What a kept mail says: read under limits, its sender proved where that can be, its files read as forms."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.core.model.form import ReadForm
from mailbot.core.model.mail import BESIDE_THE_POINT, Automatic, Mail, Proof
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.procedure.addressing import line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.clerk.parts import Books, MailReader
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.outcome import JournalLine
    from mailbot.ledger.values import InboxMail, Settlement

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LOGO_BYTES = 40_000
"""A picture smaller than this is a logo in somebody's signature, not a photographed form."""


def read_kept(books: Books, reader: MailReader, kept: InboxMail) -> Mail:
    """Read a kept mail and the forms it carries; never raises for anything the sender wrote."""
    from mailbot.reading.lines.lines import read_lines  # noqa: PLC0415 - a quiet pass reads no mail

    mail = _read_proved(books, reader, kept)
    if mail.through_list and _is_listed(books, kept, mail):
        # What a listed person writes through a mailing list is a person's mail.
        mail = replace(mail, automatic=None)
    if mail.automatic is not None:
        return mail
    mail = replace(mail, lines=read_lines(mail.own_words, books.office))
    if any(file.media_type == DOCX for file in mail.attachments) and _is_listed(books, kept, mail):
        mail = replace(mail, attachments=tuple(map(_passive, mail.attachments)))
    if kept.truncated:
        # Only the header block was fetched: whatever hung on it was too large to be read.
        return too_large(mail)
    files = form_files(mail)
    return replace(mail, forms=reader.read_forms(files)) if files else mail


def too_large(mail: Mail) -> Mail:
    """Return a mail as it stands where only its head is known."""
    unread = ReadForm(file_sha256="", file_name="", unreadable=Unreadable.TOO_LARGE)
    return replace(mail, oversize=True, forms=(unread,), lines=None)


def _passive(file: Attachment) -> Attachment:
    """Return a file as it may go on to others: of a Word document what shows, and nothing that runs or leads outside.

    One that cannot be read to the end is no document, and is answered as a broken file.
    """
    from mailbot.writing.word.passive_document import NotADocument, passive_document  # noqa: PLC0415 - as above

    if file.media_type != DOCX:
        return file
    try:
        content = passive_document(file.content)
    except NotADocument:
        return replace(file, media_type="application/octet-stream")
    if content == file.content:
        return file
    return replace(file, content=content, sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content))


def _read_proved(books: Books, reader: MailReader, kept: InboxMail) -> Mail:
    """Read a kept mail; where our server has not proved its sender, his signature is checked.

    The check asks the DNS, which may answer otherwise tomorrow. So it is made once for a mail, and what it found is
    kept in the inbox before anything is decided by it.
    """
    raw = books.ledger.inbox.to_read(kept)
    read = partial(
        reader.read_mail or _reads_here(reader),
        raw,
        received_at=kept.received_at,
        own_addresses=books.office.own_addresses,
        authserv_ids=reader.believed.get(kept.account, ()),
    )
    mail = read(signed_by=kept.signed_by or "")
    if kept.mended_sha256:
        # These are not the bytes that our server has looked at, and the mail they stand for is the one that came.
        return replace(mail, sha256=kept.sha256, proof=Proof.NONE if mail.proof.holds else mail.proof)
    if reader.look_up_txt is None or kept.signed_by is not None or not _asks_for_proof(books, kept, mail):
        return mail
    from mailbot.reading.proof.dkim_check import signing_domain  # noqa: PLC0415 - a quiet pass reads no mail

    signer = signing_domain(raw, received_at=kept.received_at, limits=reader.limits, dns=reader.look_up_txt)
    # A signed mail that came before and comes again in other clothes proves nothing: what is not signed was changed.
    signer = "" if signer and books.ledger.inbox.is_repeated(kept) else signer
    books.ledger.inbox.note_signer(kept.id, signer)
    return read(signed_by=signer) if signer else mail


def _reads_here(reader: MailReader) -> Callable[..., Mail]:
    """Return what reads a mail in this very process."""
    from mailbot.reading.mail import read_mail  # noqa: PLC0415 - a quiet pass reads no mail

    return partial(read_mail, limits=reader.limits)


def _asks_for_proof(books: Books, kept: InboxMail, mail: Mail) -> bool:
    """Say whether a check could matter: a whole mail, or a vacation reply, by a listed person that is not proved yet.

    A stranger makes us look up nothing.
    """
    by_robot = mail.automatic not in {None, Automatic.VACATION}
    if mail.proof is not Proof.NONE or by_robot or kept.truncated or not mail.sender:
        return False
    return _is_listed(books, kept, mail)


def _is_listed(books: Books, kept: InboxMail, mail: Mail) -> bool:
    """Say whether the sender was on the list on the day his mail came."""
    day = books.office.calendar.local(kept.received_at).date()
    return bool(mail.sender and books.office.roster.senders(mail.sender, day))


def form_files(mail: Mail) -> tuple[Attachment, ...]:
    """Return what of a mail is read as a form: nothing a robot sent, no small picture, no invitation, no card."""
    if mail.automatic is not None:
        return ()
    return tuple(
        file
        for file in mail.attachments
        if file.media_type not in BESIDE_THE_POINT
        and (not file.media_type.startswith("image/") or file.size_bytes >= _LOGO_BYTES)
    )


def mail_lines(kept: InboxMail, settled: Settlement, at: datetime) -> tuple[tuple[str, JournalLine], ...]:
    """Return the journal's line about a mail for each cycle it belongs to, so that its bytes can be held against it."""
    mended = {"mended": kept.mended_sha256} if kept.mended_sha256 else {}
    detail = {"mail": kept.sha256, "outcome": settled.outcome.value, **mended}
    return tuple((cycle, line(at, "mail_kept", **detail)) for cycle in settled.cycles)
