"""Marked PDFs that come back, each with the remarks that are expected of it (SOP rows 6b and 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdf.generic import ByteStringObject, DictionaryObject, NameObject, NullObject, TextStringObject

from mailbot.core.remarks.remark import OBJECT, Remark, RemarkSource
from mailbot.reading.marks.pdf_file import read_pdf
from tests.reading.marks.pdf_files import LINES, Marker, quad
from tests.reading.pdfs import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

LINE = "Capaian KIA 69,50 persen."
KIA = quad(1, "KIA")
WHEN = "2026-01-07T16:00:00+07:00"


def said(  # noqa: PLR0913 - what a remark is made of, all named
    text: str,
    around: str = "KIA",
    source: RemarkSource = RemarkSource.ANNOTATION,
    *,
    author: str = "Sekretaris",
    page: int = 1,
    former: str = "",
    resolved: bool = False,
) -> Remark:
    """Return a remark of the Sekretaris on the first page, or of whoever and wherever is said."""
    return Remark(
        source=source,
        text=text,
        around=around,
        author=author,
        written_at=WHEN,
        heading="BAB III",
        page=page,
        former=former,
        resolved=resolved,
    )


def _note(marker: Marker) -> tuple[Remark, ...]:
    marker.lays("/Text", quad(1, "persen"), says="Mohon dicek.")
    return (said("Mohon dicek.", LINE),)


def _highlight(marker: Marker) -> tuple[Remark, ...]:
    marker.lays("/Highlight", KIA, says="Apa ini?")
    marker.lays("/Highlight", quad(2, "Sumber:"), page=1)
    return (said("Apa ini?"), said("", "Sumber:", page=2))


def _struck(marker: Marker) -> tuple[Remark, ...]:
    marker.lays("/StrikeOut", KIA)
    return (said("KIA", LINE, RemarkSource.DELETED),)


def _replaced(marker: Marker) -> tuple[Remark, ...]:
    caret = marker.lays("/Caret", KIA, says="Akta")
    marker.lays("/StrikeOut", KIA, more={"IRT": caret, "RT": NameObject("/Group")})
    return (said("Akta", LINE, RemarkSource.REPLACED, former="KIA"),)


def _answered(marker: Marker) -> tuple[Remark, ...]:
    first = marker.lays("/Highlight", KIA, says="Sumber?")
    second = marker.answers(first, "SIAK.")
    marker.answers(second, "Baik.", by="Sekretaris")
    marker.answers(first, state="Completed", by="Sekretaris")
    reply = RemarkSource.REPLY
    return (
        said("Sumber?", resolved=True),
        said("SIAK.", "Sumber?", reply, author="Kasubbag"),
        said("Baik.", "SIAK.", reply),
    )


def _drawn(marker: Marker) -> tuple[Remark, ...]:
    marker.lays("/Ink", quad(1, "persen"), by="")
    marker.lays("/Stamp", quad(2, "SIAK."), page=1, says="DRAF")
    return (said(OBJECT, "persen.", author=""), said("DRAF", "SIAK.", page=2))


def _typed(marker: Marker) -> tuple[Remark, ...]:
    marker.lays("/FreeText", KIA, says="Tulis angka akhir.\rLihat SIAK.")
    return (said("Tulis angka akhir.\nLihat SIAK.", LINE),)


def _rich(marker: Marker) -> tuple[Remark, ...]:
    rich = "<body><p>Angka &lt; target?</p></body>"
    marker.lays("/FreeText", KIA, more={"RC": TextStringObject(rich)})
    marker.lays("/Text", KIA, more={"Contents": ByteStringObject("Cek – lagi.".encode())}, page=1)
    return (said("Angka < target?", LINE), said("Cek – lagi.", LINE, page=2))


def _ring(marker: Marker) -> tuple[Remark, ...]:
    first = marker.lays("/Text", KIA, says="Satu.")
    second = marker.answers(first, "Dua.")
    laid = first.get_object()
    assert isinstance(laid, DictionaryObject)
    laid[NameObject("/IRT")] = second
    return (said("Dua.", "BAB III", author="Kasubbag"), said("Satu.", LINE))


def _none(marker: Marker) -> tuple[Remark, ...]:
    marker.lays("/Link", KIA)
    marker.lays("/Widget", KIA, says="Tanda tangan")
    marker.lays("/Popup", KIA, says="Jendela")
    return ()


@pytest.mark.parametrize(
    "mark", [_note, _highlight, _struck, _replaced, _answered, _drawn, _typed, _rich, _ring, _none]
)
def test_each_annotation_gives_the_remark_expected(mark: Callable[[Marker], tuple[Remark, ...]]) -> None:
    """Notes, highlights, strikes, carets, drawings and answers: whole values; links, fields and windows are none."""
    marker = Marker()
    expected = mark(marker)
    read = read_pdf(marker.content())
    assert read.marked.remarks == expected
    assert (read.unread, read.scanned) == (False, False)


def test_a_scan_and_what_cannot_be_read() -> None:
    """A scan has no text; a locked or damaged file is known by its name alone."""
    assert read_pdf(pdf((), ())).scanned
    locked = Marker()
    locked.writer.encrypt("rahasia")
    assert read_pdf(locked.content()).unread
    assert read_pdf(b"%PDF-1.7\n garbage").unread
    assert read_pdf(pdf(LINES)[:-300]).marked.remarks == ()


def test_a_damaged_annotation_loses_no_page() -> None:
    """The page is named; what stands on the others is there."""
    marker = Marker()
    marker.lays("/Text", KIA, says="Satu.", page=1)
    marker.writer.pages[0][NameObject("/Annots")] = NameObject("/Rusak")
    marker.lays("/Text", KIA, says="Kosong.", page=1, more={"QuadPoints": NullObject()})
    read = read_pdf(marker.content())
    assert [one.text for one in read.marked.remarks] == ["Satu.", "Kosong."]
    assert read.marked.damaged == ("1",)


def test_what_stands_on_a_page_of_many_is_counted_and_what_is_not_looked_at_is_named() -> None:
    """A page of contents has more links than a person makes notes; a book has more pages than are read."""
    marker = Marker()
    for _ in range(600):
        marker.lays("/Link", KIA)
    for number in range(510):
        marker.lays("/Text", KIA, says=f"{number}.")
    read = read_pdf(marker.content())
    assert (len(read.marked.remarks), read.marked.more) == (200, 310)
    assert read_pdf(pdf(*[()] * 503)).marked.damaged == ("501-503",)
