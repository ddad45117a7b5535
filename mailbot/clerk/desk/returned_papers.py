"""Files of a mail that may be signed papers, checked before the mail is sorted (rows 7 and 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.core.papers.awaited import awaited
from mailbot.core.papers.checked import PaperVerdict
from mailbot.core.sorting.placing import cycle_meant
from mailbot.reading.signature.checking import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailbot.clerk.parts import Books, MailReader
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.office import Office
    from mailbot.core.papers.checked import PaperCheck, PaperKind
    from mailbot.core.sorting.placing import Desk
    from mailbot.reading.signature.checking import PaperChecker

_PDF, _PICTURE = "application/pdf", "image/"
_SMALLEST_PHOTO = 100_000
"""A smaller picture is an emblem below somebody's name."""


def with_papers_checked(books: Books, reader: MailReader, desk: Desk) -> Desk:
    """Return a desk with what the files of its mails are, where a signed paper may come back.

    Raises:
        ReadingStalled: a file could not be looked into, for the machine is too busy.
    """
    cycle = cycle_meant(desk)
    wanted = awaited(cycle, books.office) if cycle is not None else ()
    if not wanted or reader.papers is None or not desk.people:
        return desk
    ours = {digest for _, digest in wanted}
    files = {file.sha256: file for file in _files(desk) if file.sha256 not in ours}
    at = desk.mail.received_at
    return replace(
        desk, papers={sha256: _checked(books, reader.papers, file, wanted, at) for sha256, file in files.items()}
    )


def signers_of(office: Office, at: datetime) -> tuple[str, ...]:
    """Return the names that the certificate of who signs may bear at a moment: of whoever heads the agency that day.

    Where nobody does, it is nobody's: no name at all would stand for anybody who is trusted.
    """
    head = office.roster.holder(Role.AGENCY_HEAD, office.calendar.local(at).date())
    return ("" if head is None else head.signs_as or head.name,)


def _files(desk: Desk) -> Iterator[Attachment]:
    """Give the files that may be papers, of a mail and of the earlier ones that it confirms or speaks of."""
    for mail in (desk.mail, desk.confirms, desk.asked, desk.affirms):
        for file in mail.attachments if mail is not None else ():
            is_photo = file.media_type.startswith(_PICTURE) and file.size_bytes >= _SMALLEST_PHOTO
            if file.media_type == _PDF or is_photo:
                yield file


def _checked(
    books: Books, papers: PaperChecker, file: Attachment, wanted: tuple[tuple[PaperKind, str], ...], at: datetime
) -> PaperCheck:
    """Return what a file is, held against each paper that may come back: the mildest verdict says which it is."""
    found = [
        papers.check(
            file.name,
            file.content,
            Wanted(
                against=books.ledger.files.read(digest) if digest else b"",
                as_what=books.office.ratification.of(kind),
                signers=signers_of(books.office, at),
                at=at,
            ),
        )
        for kind, digest in wanted
    ]
    order = list(PaperVerdict)
    return max(found, key=lambda check: order.index(check.verdict))
