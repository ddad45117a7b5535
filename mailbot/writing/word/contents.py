"""The report's daftar isi: a real field for Word, and plain references where LibreOffice works out page numbers."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from mailbot.writing.packing import steady_package

if TYPE_CHECKING:
    from lxml.etree import _Element

MARK = "[daftar isi]"
"""Where the entries go: a paragraph that says only this."""
_DOCUMENT = "word/document.xml"
_LEVELS = {"Heading1": 0, "Heading2": 1, "Heading3": 2}
"""Style of a heading -> how far its entry is indented."""
_INDENT_TWIPS = 340


def with_contents(docx: bytes) -> bytes:
    """Return a Word file whose marked paragraph became the table of contents of its headings.

    The entries stand inside a TOC field, so Word can make them anew; each page number is a reference to the heading.
    """
    root = _document(docx)
    mark = next((one for one in root.iter(qn("w:p")) if _said_by(one).strip() == MARK), None)
    if mark is None:
        return docx
    headings = [one for one in root.iter(qn("w:p")) if _level(one) is not None and _index(one) > _index(mark)]
    entries = [_entry(mark, heading, number) for number, heading in enumerate(headings, start=1)]
    for entry in entries:
        mark.addprevious(entry)
    parent = mark.getparent()
    if entries and parent is not None:
        first = next(child for child in entries[0] if child.tag != qn("w:pPr"))
        for run in (_field("begin", dirty=True), _instruction(' TOC \\o "1-3" \\h \\z \\u '), _field("separate")):
            first.addprevious(run)
        entries[-1].append(_field("end"))
        parent.remove(mark)
    return _packed(docx, root)


def with_plain_contents(docx: bytes) -> bytes:
    """Return a Word file whose table of contents is no field any more, only its entries.

    LibreOffice shows a TOC field as it finds it, but works out references outside of one. What is damaged is left as it
    is.
    """
    try:
        root = _document(docx)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, etree.XMLSyntaxError):
        return docx
    fields = _contents_fields(root)
    for run in [run for field in fields for run in field]:
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)
    return _packed(docx, root) if fields else docx


def _contents_fields(root: _Element) -> list[list[_Element]]:
    """Return the runs that make up each TOC field: its edges and its instruction, not what it shows."""
    runs = [run for run in root.iter(qn("w:r")) if run.find(qn("w:fldChar")) is not None or _said(run)]
    fields: list[list[_Element]] = []
    around: list[list[_Element]] = []
    for run in runs:
        mark = run.find(qn("w:fldChar"))
        kind = mark.get(qn("w:fldCharType")) if mark is not None else ""
        if kind == "begin":
            around.append([])
        if not around:
            continue
        around[-1].append(run)
        if kind == "end":
            fields.append(around.pop())
    return [field for field in fields if any(_said(run).split()[:1] == ["TOC"] for run in field)]


def _document(docx: bytes) -> _Element:
    """Return the body's XML; nothing outside of it is ever fetched."""
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        return etree.fromstring(packed.read(_DOCUMENT), etree.XMLParser(resolve_entities=False, no_network=True))


def _packed(docx: bytes, root: _Element) -> bytes:
    """Return the file with that body."""
    return steady_package(
        docx, {_DOCUMENT: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)}
    )


def _said_by(paragraph: _Element) -> str:
    """Return what a paragraph says."""
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def _level(paragraph: _Element) -> int | None:
    """Return how deep a heading stands, None for any other paragraph."""
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return None if style is None else _LEVELS.get(style.get(qn("w:val"), ""))


def _index(paragraph: _Element) -> int:
    """Return where a paragraph of the body stands in it."""
    parent = paragraph.getparent()
    return -1 if parent is None else parent.index(paragraph)


def _entry(mark: _Element, heading: _Element, number: int) -> _Element:
    """Return the line of one heading, and set the bookmark it refers to."""
    name = f"_Toc{number:06d}"
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for edge in (start, end):
        edge.set(qn("w:id"), str(9000 + number))
    start.set(qn("w:name"), name)
    properties = heading.find(qn("w:pPr"))
    heading.insert(0 if properties is None else 1, start)
    heading.append(end)
    line = OxmlElement("w:p")
    own = mark.find(qn("w:pPr"))
    if own is not None:
        line.append(etree.fromstring(etree.tostring(own)))
        indent = OxmlElement("w:ind")
        indent.set(qn("w:left"), str((_level(heading) or 0) * _INDENT_TWIPS))
        line[0].append(indent)
    for run in (_text(_said_by(heading)), _tab(), _field("begin"), _instruction(f" PAGEREF {name} \\h ")):
        line.append(run)
    for run in (_field("separate"), _text(""), _field("end")):
        line.append(run)
    return line


def _field(kind: str, *, dirty: bool = False) -> _Element:
    """Return one edge of a field; a dirty one is worked out anew when Word opens the file."""
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if dirty:
        mark.set(qn("w:dirty"), "true")
    run.append(mark)
    return run


def _instruction(words: str) -> _Element:
    """Return what a field does."""
    run, text = OxmlElement("w:r"), OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = words
    run.append(text)
    return run


def _said(run: _Element) -> str:
    """Return a run's part of a field's instruction, empty if it is none."""
    return "".join(text.text or "" for text in run.findall(qn("w:instrText")))


def _text(words: str) -> _Element:
    """Return a run of text."""
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.set(qn("xml:space"), "preserve")
    text.text = words
    run.append(text)
    return run


def _tab() -> _Element:
    """Return a tab."""
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:tab"))
    return run
