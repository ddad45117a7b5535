"""PDFs with annotations, written by hand: pages with lines of text, bookmarks, and what reviewers leave on them."""

from __future__ import annotations

import io
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

from tests.reading.pdfs import pdf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf.generic import IndirectObject, PdfObject

LINES = ("BAB III", "Capaian KIA 69,50 persen.", "Sumber: SIAK.")
_LEFT, _TOP, _LEADING, _SIGN = 60, 780, 14, 5.28
AT = "D:20260107160000+07'00'"


def quad(line: int, word: str) -> list[float]:
    """Return the corners of a word in one of the lines, as far as equally wide signs tell; `Helvetica` has others."""
    text = LINES[line]
    begins = text.index(word)
    left, right = _LEFT + begins * _SIGN, _LEFT + (begins + len(word)) * _SIGN
    base = _TOP - line * _LEADING
    return [left, base + 8, right, base + 8, left, base - 2, right, base - 2]


class Marker:
    """A PDF on which annotations are laid, one after the other."""

    def __init__(self, *pages: tuple[str, ...], bookmarks: bool = True) -> None:
        """Begin with pages of lines."""
        self.writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(*(pages or (LINES, LINES))))))
        if bookmarks:
            self.writer.add_outline_item(title="BAB III", page_number=0)

    def lays(
        self,
        kind: str,
        corners: list[float],
        *,
        page: int = 0,
        says: str = "",
        by: str = "Sekretaris",
        more: Mapping[str, PdfObject] = MappingProxyType({}),
    ) -> IndirectObject:
        """Lay an annotation on a page, and return what refers to it."""
        its = {
            "/Type": NameObject("/Annot"),
            "/Subtype": NameObject(kind),
            "/Rect": ArrayObject(map(FloatObject, (corners[4], corners[5], corners[2], corners[1]))),
            "/QuadPoints": ArrayObject(map(FloatObject, corners)),
            "/M": TextStringObject(AT),
            **({"/Contents": TextStringObject(says)} if says else {}),
            **({"/T": TextStringObject(by)} if by else {}),
            **{f"/{name}": value for name, value in more.items()},
        }
        made = DictionaryObject({NameObject(name): value for name, value in its.items()})
        laid = self.writer.add_annotation(page, made)
        assert laid.indirect_reference is not None
        return laid.indirect_reference

    def answers(self, to: IndirectObject, says: str = "", *, state: str = "", by: str = "Kasubbag") -> IndirectObject:
        """Lay an answer to an annotation, or the state that somebody gave it."""
        more: dict[str, PdfObject] = {"IRT": to, "F": NumberObject(30)}
        if state:
            more |= {"State": TextStringObject(state), "StateModel": TextStringObject("Review")}
        return self.lays("/Text", quad(0, "BAB"), says=says, by=by, more=more)

    def content(self) -> bytes:
        """Return the file."""
        made = io.BytesIO()
        self.writer.write(made)
        return made.getvalue()


@cache
def marked_pdf() -> bytes:
    """Return a PDF with an annotation, an answer to it, and words that are struck out."""
    marker = Marker()
    first = marker.lays("/Highlight", quad(1, "69,50"), says="Angka ini berbeda dengan SIAK.")
    marker.answers(first, "Akan dicek.")
    marker.lays("/StrikeOut", quad(2, "SIAK."), page=1)
    return marker.content()
