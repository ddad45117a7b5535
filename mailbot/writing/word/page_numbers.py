"""The page numbers of a report's lists, as a first PDF of it shows them, written where Word and a phone read them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from mailbot.writing.word.body import packed, parsed
from mailbot.writing.word.contents import START, TARGET, shown_by
from mailbot.writing.word.fields import fields_of, told_to, verb

if TYPE_CHECKING:
    from lxml.etree import _Element

_OURS = re.compile(rf"/?(?:_|5F)((?:{TARGET[1:]}|{START[1:]})\d+)")
"""LibreOffice writes `5F` for the line with which our bookmarks begin."""
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def with_page_numbers(docx: bytes, pdf: bytes) -> bytes:
    """Return a report whose lists show on which page each thing stands; what the PDF does not tell stays open.

    The references become worked out, so that Word asks nobody whether to work them out anew.
    """
    root = parsed(docx)
    pages = _pages(pdf)
    labels = _labels(root, pages)
    known = False
    for runs in fields_of(root):
        if verb(runs) != "PAGEREF":
            continue
        name = " ".join(told_to(run) for run in runs).split()[1]
        if name in labels:
            shown_by(runs).text = labels[name]
            known = True
    if not known:
        return docx
    for mark in root.iter(qn("w:fldChar")):
        if mark.get(qn("w:dirty")):
            del mark.attrib[qn("w:dirty")]
    return packed(docx, root)


def _pages(pdf: bytes) -> dict[str, int]:
    """Return on which page of a PDF each bookmark stands, counted from 0."""
    from pypdf import PdfReader  # noqa: PLC0415 - loaded with the first report
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - loaded with the first report

    found: dict[str, int] = {}
    try:
        reader = PdfReader(io.BytesIO(pdf))
        for name, place in reader.named_destinations.items():
            page = reader.get_destination_page_number(place)
            known = _OURS.fullmatch(name)
            if page is not None and known is not None:
                found[f"_{known[1]}"] = page
    except PyPdfError:
        return {}
    return found


def _labels(root: _Element, pages: dict[str, int]) -> dict[str, str]:
    """Return the page number of each target as its section prints it."""
    ways = _ways(root)
    labels: dict[str, str] = {}
    way = first = None
    for mark in root.iter(qn("w:bookmarkStart")):
        name = mark.get(qn("w:name"), "")
        if name not in pages:
            continue
        if name.startswith(START):
            way, first = ways.get(name), pages[name]
        elif way is not None and first is not None:
            labels[name] = _written(pages[name] - first + way[1], way[0])
    return labels


def _ways(root: _Element) -> dict[str, tuple[str, int]]:
    """Return how each section with page numbers of its own writes them, and with which it begins."""
    numbering = [one for one in root.iter(qn("w:pgNumType")) if one.get(qn("w:start"))]
    return {
        f"{START}{at:03d}": (one.get(qn("w:fmt"), "decimal"), int(one.get(qn("w:start"), "1")))
        for at, one in enumerate(numbering, start=1)
    }


def _written(number: int, way: str) -> str:
    """Return a page number in small roman figures or in arabic ones."""
    if way != "lowerRoman":
        return str(number)
    words = ""
    for value, sign in _ROMAN:
        words += sign * (number // value)
        number %= value
    return words
