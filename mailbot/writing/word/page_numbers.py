"""The page numbers of a report's lists, as a first PDF of it shows them, written where Word and a phone read them."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement

from mailbot.writing.charts.frames import with_empty_frames
from mailbot.writing.word.body import packed, parsed, qn
from mailbot.writing.word.contents import END, LAST_ENTRY, START, TARGET, shown_by
from mailbot.writing.word.fields import fields_of, said_by, set_property, style_of, told_to, verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

_OURS = re.compile(rf"/?(?:_|5F)((?:{TARGET[1:]}|{START[1:]}|{END[1:]})\d+)")
"""LibreOffice writes `5F` for the line with which our bookmarks begin."""
_CHAPTER, _NAMED = "Heading1", ("BAB", "LAMPIRAN 2")
"""The style of the headings of chapters and annexes, and how those begin that want a new page."""
_TRIALS = 3
_LAST_LINES = 0.06
"""How much of a page the last paragraph before a heading takes, about."""
_HALF, _ABOVE = 0.5, 0.04
"""Half of a page, and how much of one stands empty above a heading."""
_TOP, _BOTTOM = 71.0, 62.0
"""The margins of the report's paper, in points."""
_PRINTED = 709.0
"""How high the part of an A4 page is that is printed on, in points."""
_SPREAD = 0.85
"""So much of the page on which the lists end may be full: the pages before take up part of what is given to it."""
_TWIPS = 20
_MOST_TWIPS = 160
"""Lines further apart than that would be no list any more."""
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def paged(docx: bytes, as_pdf: Callable[[bytes], bytes | None]) -> bytes:
    """Return a report whose chapters begin where they should and whose lists show page numbers.

    Two PDFs are made of it, seldom more, the first without what its charts show, which moves nothing. The last is the
    very PDF of what is returned. Without one the numbers stay open, and chapters follow one another.
    """
    pdf = as_pdf(with_empty_frames(docx))
    for _ in range(_TRIALS):
        if pdf is None:
            return docx
        set_out = with_lists_spread(with_chapter_breaks(with_page_numbers(docx, pdf), pdf), pdf)
        again = as_pdf(set_out)
        if again is None:
            return set_out
        docx, pdf, settled = set_out, again, with_lists_spread(with_chapter_breaks(set_out, again), again) == set_out
        if settled:
            break
    return docx if pdf is None else with_page_numbers(docx, pdf)


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


def with_chapter_breaks(docx: bytes, pdf: bytes) -> bytes:
    """Return a report in which a chapter begins on a new page where the one before is at least half full.

    Elsewhere it follows on the same page, so that no page stays more than half empty. A break moves what comes after
    it, which is reckoned with; one that left a page half empty all the same is taken out again.
    """
    root = parsed(docx)
    places = _places(pdf)
    moved, changed = 0.0, False
    for heading in [one for one in root.iter(qn("w:p")) if style_of(one) == _CHAPTER]:
        names = [mark.get(qn("w:name"), "") for mark in heading.findall(qn("w:bookmarkStart"))]
        place = next((places[name] for name in names if name in places and name.startswith(TARGET)), None)
        ends = [f"{END}{name[len(TARGET) :]}" for name in names if name.startswith(TARGET)]
        end = next((places[name] for name in ends if name in places), None)
        properties = heading.find(qn("w:pPr"))
        if place is None or properties is None or any(name.startswith(START) for name in names):
            moved = 0.0
            continue
        broken = properties.find(qn("w:pageBreakBefore"))
        if broken is not None:
            moved = 0.0
            if end is not None and end % 1 < _HALF - _LAST_LINES and said_by(heading).startswith(_NAMED):
                properties.remove(broken)
                changed = True
        elif said_by(heading).startswith(_NAMED) and (place + moved) % 1 >= _HALF + _ABOVE:
            moved += 1 - (place + moved) % 1
            properties.insert(1, OxmlElement("w:pageBreakBefore"))
            changed = True
    return packed(docx, root) if changed else docx


def with_lists_spread(docx: bytes, pdf: bytes) -> bytes:
    """Return a report whose lists end no page less than half full: their lines stand as much further apart as it takes.

    The ikhtisar eksekutif behind them is one page, and begins a new one wherever they end.
    """
    end = _places(pdf).get(LAST_ENTRY)
    root = parsed(docx)
    links = [one for one in root.iter(qn("w:hyperlink")) if one.get(qn("w:anchor"), "").startswith(TARGET)]
    entries = [one for one in (link.getparent() for link in links) if one is not None]
    if end is None or not entries or end % 1 >= _HALF:
        return docx
    room_twips = round((_SPREAD - end % 1) * _PRINTED * _TWIPS / len(entries))
    for properties in [one.find(qn("w:pPr")) for one in entries]:
        if properties is None:
            continue
        spacing = properties.find(qn("w:spacing"))
        if spacing is None:
            spacing = OxmlElement("w:spacing")
            set_property(properties, spacing)
        before = int(spacing.get(qn("w:before"), "0")) + max(room_twips, 1)
        spacing.set(qn("w:before"), str(min(before, _MOST_TWIPS)))
    return packed(docx, root)


def _pages(pdf: bytes) -> dict[str, int]:
    """Return on which page of a PDF each bookmark stands, counted from 0."""
    return {name: int(place) for name, place in _places(pdf).items()}


@lru_cache(maxsize=2)
def _places(pdf: bytes) -> dict[str, float]:
    """Return where in a PDF each bookmark stands: the page, counted from 0, and how much of it stands above."""
    from pypdf import PdfReader  # noqa: PLC0415 - loaded with the first report
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - loaded with the first report

    found: dict[str, float] = {}
    try:
        reader = PdfReader(io.BytesIO(pdf))
        for name, place in reader.named_destinations.items():
            page = reader.get_destination_page_number(place)
            known = _OURS.fullmatch(name)
            if page is not None and known is not None:
                height = float(reader.pages[page].mediabox.height)
                above = (height - _TOP - float(place.top or height)) / (height - _TOP - _BOTTOM)
                found[f"_{known[1]}"] = page + min(max(above, 0.0), 0.999)
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
