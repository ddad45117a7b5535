"""One file that came back or was sealed, held against the document it should be (rows 7, 8): the top of this room."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperReason, PaperVerdict
from mailbot.reading.files.pdf_text import MAGIC

if TYPE_CHECKING:
    from datetime import datetime

    from pypdf import PdfReader

    from mailbot.reading.signature.pages import Known
    from mailbot.reading.signature.trusted import Trusted

_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
_MORE_PAGES = 3
"""So many pages more than the document has are read: a blank one, a sheet in front."""
_HEAD_BYTES = 1_024
"""Within so many a PDF begins (ISO 32000, annex H)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a file is held against."""

    trusted: Trusted
    at: datetime
    """When it came: certificates have to hold at that moment."""
    against: bytes = field(default=b"", repr=False)
    """The PDF that was laid before him; empty: there is none."""
    largest_bytes: int = 25_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A check, and what a scan has to be recognised by: what the document says, page by page."""

    check: PaperCheck
    expected: tuple[str, ...] = ()
    """Empty for a page that need not be recognised."""
    to_read: tuple[int, ...] = ()
    """Numbers of the pages that are pictures."""


def examine(name: str, content: bytes, question: Question) -> Examined:
    """Return what a file is; of a scan all but whether its text is that of the document.

    Never raises for anything the file holds, as far as Python can tell; what it costs is limited by the process.
    """
    of = _unchecked(name, content, question)
    flaw = _no_pdf(content, question.largest_bytes)
    if flaw is not None:
        detail = f"{len(content)} {question.largest_bytes}" if flaw is PaperFlaw.TOO_LARGE else ""
        return Examined(check=replace(of, reasons=(PaperReason(flaw=flaw, detail=detail),)))
    try:
        return _pdf(content, question, of)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - two libraries have dozens of ways to say that a PDF is damaged
        reason = PaperReason(flaw=PaperFlaw.DAMAGED, detail=type(error).__name__)
        return Examined(check=replace(of, reasons=(reason,)))


def too_dear(name: str, content: bytes, question: Question) -> Examined:
    """Return what is known of a paper that the reader's process died of."""
    reason = PaperReason(flaw=PaperFlaw.DAMAGED, detail="limits")
    return Examined(check=replace(_unchecked(name, content, question), reasons=(reason,)))


def _unchecked(name: str, content: bytes, question: Question) -> PaperCheck:
    """Return a check with what can be told without looking into the file."""
    return PaperCheck(
        file_sha256=hashlib.sha256(content).hexdigest(),
        file_name=name,
        against_sha256=hashlib.sha256(question.against).hexdigest() if question.against else "",
    )


def _no_pdf(content: bytes, largest: int) -> PaperFlaw | None:
    """Say why a file is no PDF that is looked into."""
    if MAGIC not in content[:_HEAD_BYTES]:
        is_picture = content.startswith(_PICTURES) or content[4:12] in _HEIC
        return PaperFlaw.PHOTO if is_picture else PaperFlaw.NOT_PDF
    return PaperFlaw.TOO_LARGE if len(content) > largest else None


def _pdf(content: bytes, question: Question, of: PaperCheck) -> Examined:
    """Return what a PDF is."""
    from pypdf import PdfReader  # noqa: PLC0415 - costs time and memory where no PDF comes

    from mailbot.reading.signature.signatures import read_signatures  # noqa: PLC0415 - costs most of a second
    from mailbot.reading.signature.twice import read_alike  # noqa: PLC0415 - with pypdf

    theirs = PdfReader(io.BytesIO(content), strict=False)
    if theirs.is_encrypted:
        return Examined(check=replace(of, reasons=(PaperReason(flaw=PaperFlaw.ENCRYPTED),)))
    ours = PdfReader(io.BytesIO(question.against)) if question.against else None
    signed = read_signatures(content, question.trusted, question.at)
    if signed.signatures and not read_alike(signed.pages, theirs):
        return Examined(check=replace(of, reasons=(PaperReason(flaw=PaperFlaw.DAMAGED, detail="readers"),)))
    of = replace(of, pages=len(theirs.pages), signatures=signed.signatures, reasons=signed.reasons)
    if signed.signatures:
        return Examined(check=replace(of, reasons=(*of.reasons, *_differs(theirs, ours, signed.known))))
    return _unsigned(theirs, ours, of, signed.known)


def _differs(theirs: PdfReader, ours: PdfReader | None, known: Known = frozenset()) -> tuple[PaperReason, ...]:
    """Return in what a PDF is not the document, the fields of signatures that were looked into left out."""
    from mailbot.reading.signature.pages import compared  # noqa: PLC0415 - with pypdf

    return compared(theirs, ours, known=known) if ours is not None else (PaperReason(flaw=PaperFlaw.NO_ORIGINAL),)


def _unsigned(theirs: PdfReader, ours: PdfReader | None, of: PaperCheck, known: Known) -> Examined:
    """Return what a PDF without a signature is: a scan, the document as it was, or something else."""
    from mailbot.reading.signature.pages import has_more_pictures, scanned_pages  # noqa: PLC0415 - with pypdf

    scanned = scanned_pages(theirs, ours)
    if len(scanned) == len(theirs.pages) and ours is None:
        return Examined(check=replace(of, scan=True, reasons=(PaperReason(flaw=PaperFlaw.NO_ORIGINAL),)))
    if scanned and ours is not None and (found := _scan(theirs, ours, scanned, of)) is not None:
        return found
    differs = _differs(theirs, ours, known)
    other = PaperVerdict.OTHER_DOCUMENT
    if PaperCheck(file_sha256="", reasons=differs).verdict is other:
        return Examined(check=replace(of, reasons=(*differs, *of.reasons)))
    if ours is not None and has_more_pictures(theirs, ours):
        return Examined(check=replace(of, reasons=(PaperReason(flaw=PaperFlaw.PICTURE_ONLY), *of.reasons, *differs)))
    return Examined(check=replace(of, reasons=(*of.reasons, *differs)))


def _scan(theirs: PdfReader, ours: PdfReader, scanned: frozenset[int], of: PaperCheck) -> Examined | None:
    """Return what has to be recognised of a scan; None where its other pages are not those of the document.

    Often the page with the signature alone is printed, signed and put back in its place.
    """
    from mailbot.reading.signature.pages import compared, page_texts  # noqa: PLC0415 - with pypdf

    of = replace(of, scan=True, reasons=())
    count = len(ours.pages)
    if len(scanned) == len(theirs.pages):
        read = tuple(range(1, min(len(theirs.pages), count + _MORE_PAGES) + 1))
        return Examined(check=of, expected=page_texts(ours), to_read=read)
    if len(theirs.pages) != count or compared(theirs, ours, scanned):
        return None
    texts = page_texts(ours)
    expected = tuple(text if number in scanned else "" for number, text in enumerate(texts, start=1))
    return Examined(check=of, expected=expected, to_read=tuple(sorted(scanned)))
