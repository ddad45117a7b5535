"""What is marked in files that come back with a draft, found before the mail of its reader is sorted (rows 6b and 7).

Only his own remarks are his: what stood in the draft that he got, and what we have marked in it, is left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.clerk.desk.looking_into import kept_file
from mailbot.core.model.mail import Paper
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.papers.awaited import is_paper
from mailbot.core.remarks.returned import ReturnedKind
from mailbot.core.remarks.together import his_own
from mailbot.core.sorting.marked_in import laid_before
from mailbot.core.sorting.placing import word_wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.clerk.parts import Books, MailReader
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.mail import Attachment
    from mailbot.core.remarks.returned import ReturnedFile
    from mailbot.core.sorting.placing import Desk

_LAID_BEFORE = frozenset({Role.SECRETARY, Role.AGENCY_HEAD})
_READS_IT = frozenset({Step.REVIEW, Step.RATIFY})
_NOT_OURS = ("", "")


def with_returned_read(books: Books, reader: MailReader, desk: Desk) -> Desk:
    """Return a desk with what is marked in the files of its mails, where a draft lies before who wrote.

    A paper that somebody has signed, or a scan of one, is no marked file: the pages of a scan are pictures anyway.

    Raises:
        ReadingStalled: a file could not be looked into, for the machine is too busy.
    """
    cycle = laid_before(desk)
    if cycle is None or cycle.draft is None or not _is_reader(desk, cycle):
        return desk
    sent = {cycle.draft.docx_sha256, cycle.draft.pdf_sha256}
    signed = {sha256 for sha256, check in desk.papers.items() if is_paper(check)}
    files = {file.sha256: file for file in _files(desk) if file.sha256 not in sent | signed}
    if not files:
        return desk
    read, ours = reader.read_returned or _read_here, _our_marks(books, cycle)
    found = [back for file in files.values() if (back := read(file, ours)) is not None]
    if any(back.kind is ReturnedKind.DOCX and not back.unread for back in found):
        draft = _draft(books, cycle, read)
        found = [his_own(back, draft) for back in found]
    return replace(desk, returned=tuple(found))


def _is_reader(desk: Desk, cycle: Cycle) -> bool:
    """Say whether somebody wrote before whom a draft lies, or who answers a letter that laid it before him."""
    wanted = word_wanted(desk, cycle)
    laid = cycle.step in _READS_IT or (wanted is not None and wanted.step in _READS_IT)
    return laid and not cycle.closed and any(person.role in _LAID_BEFORE for person in desk.people)


def _files(desk: Desk) -> Iterator[Attachment]:
    """Yield the files of a mail, and of the earlier ones that it confirms or that our question was about."""
    for mail in (desk.mail, desk.confirms, desk.asked, desk.affirms):
        if mail is not None:
            yield from mail.attachments


def _our_marks(books: Books, cycle: Cycle) -> tuple[str, str]:
    """Return author and moment of the changes in the copy in which we show what is new."""
    from mailbot.writing.edited.marking import marked_at  # noqa: PLC0415 - a quiet pass reads no mail

    draft = cycle.draft
    if draft is None:
        return _NOT_OURS
    return books.office.letterhead.agency_name, marked_at(draft.compiled_at or cycle.since)


def _draft(
    books: Books, cycle: Cycle, read: Callable[[Attachment, tuple[str, str]], ReturnedFile | None]
) -> ReturnedFile | None:
    """Return the draft as it was laid before him, read in the same way."""
    sha256 = cycle.draft.docx_sha256 if cycle.draft is not None else ""
    if not sha256:
        return None
    file = replace(kept_file(sha256, "", books.ledger.files.read(sha256)), media_type=Paper.DOCX.value)
    return read(file, _NOT_OURS)


def _read_here(file: Attachment, ours: tuple[str, str]) -> ReturnedFile | None:
    """Read a file in this very process."""
    from mailbot.reading.marks.returned import read_returned  # noqa: PLC0415 - a quiet pass reads no mail
    from mailbot.reading.workbook.workbook import USUAL_LIMITS  # noqa: PLC0415 - as above

    return read_returned(file.content, file.name, file.media_type, USUAL_LIMITS, ours)
