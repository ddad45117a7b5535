"""Small lies told in a finished report, as a hand or a broken template would put them there."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from mailbot.writing.packing import steady_package
from tests.writing.report.finished import said

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"

Edit = Callable[[bytes], bytes]


def _body(docx: bytes) -> etree._Element:
    """Return the body of a report."""
    return etree.fromstring(_part(docx, _BODY))


def _part(docx: bytes, name: str) -> bytes:
    """Return one member of a report."""
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        return packed.read(name)


def _with(docx: bytes, root: etree._Element) -> bytes:
    """Return the report with another body."""
    return steady_package(docx, {_BODY: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)})


def _figures(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the text of each figure under an address."""
    for control in root.iter(f"{_W}sdt"):
        named = control.find(f"{_W}sdtPr/{_W}tag")
        if named is not None and named.get(f"{_W}val") == tag:
            yield from control.iter(f"{_W}t")


def figure(tag: str, text: str, *, first_only: bool = False) -> Edit:
    """Say another figure: everywhere, or only where it stands first."""

    def edit(docx: bytes) -> bytes:
        root = _body(docx)
        found = list(_figures(root, tag))
        assert found, tag
        for node in found[:1] if first_only else found:
            node.text = text
        return _with(docx, root)

    return edit


def behind(tag: str, words: str) -> Edit:
    """Say some words more right behind a figure, outside its anchor."""

    def edit(docx: bytes) -> bytes:
        root = _body(docx)
        every = list(root.iter(f"{_W}t"))
        node = every[every.index(next(_figures(root, tag))) + 1]
        node.text = words + (node.text or "")
        return _with(docx, root)

    return edit


def below(heading: str, beginning: str, old: str, new: str) -> Edit:
    """Say other words in the first paragraph below a heading that begins so."""

    def edit(docx: bytes) -> bytes:
        root = _body(docx)
        node = _first_below(root, heading, beginning, old)
        node.text = (node.text or "").replace(old, new)
        return _with(docx, root)

    return edit


def _first_below(root: etree._Element, heading: str, beginning: str, old: str) -> etree._Element:
    """Return the run of the first paragraph below a heading that begins so and holds some words."""
    inside = False
    for element in root.iter(f"{_W}p"):
        style = element.find(f"{_W}pPr/{_W}pStyle")
        text = said(element)
        if style is not None and style.get(f"{_W}val", "").startswith("Heading") and text.startswith(heading):
            inside = True
        if inside and text.startswith(beginning):
            for node in element.iter(f"{_W}t"):
                if old in (node.text or ""):
                    return node
    raise AssertionError(heading, beginning)


def without(beginning: str) -> Edit:
    """Leave out the first paragraph or row that begins so."""

    def edit(docx: bytes) -> bytes:
        root = _body(docx)
        gone = next(one for one in root.iter(f"{_W}p", f"{_W}tr") if said(one).startswith(beginning))
        parent = gone.getparent()
        assert parent is not None
        parent.remove(gone)
        return _with(docx, root)

    return edit


def more(text: str, *, breaks: int = 0, lines: int = 0) -> Edit:
    """Add a paragraph, page breaks, or empty lines before Bab III's budget."""

    def edit(docx: bytes) -> bytes:
        root = _body(docx)
        place = [one for one in root.iter(f"{_W}p") if said(one) == "B. Realisasi Anggaran"][-1]
        for _ in range(breaks):
            paragraph = etree.Element(f"{_W}p")
            etree.SubElement(etree.SubElement(paragraph, f"{_W}r"), f"{_W}br").set(f"{_W}type", "page")
            place.addprevious(paragraph)
        for _ in range(lines):
            place.addprevious(etree.Element(f"{_W}p"))
        if text:
            paragraph = etree.Element(f"{_W}p")
            etree.SubElement(etree.SubElement(paragraph, f"{_W}r"), f"{_W}t").text = text
            place.addprevious(paragraph)
        return _with(docx, root)

    return edit


def twice(beginning: str) -> Edit:
    """Print the first paragraph that begins so once more."""

    def edit(docx: bytes) -> bytes:
        root = _body(docx)
        kinds = {one: one.find(f"{_W}pPr/{_W}pStyle") for one in root.iter(f"{_W}p") if said(one).startswith(beginning)}
        found = next(one for one, kind in kinds.items() if kind is not None and "Judul" in kind.get(f"{_W}val", ""))
        found.addprevious(copy.deepcopy(found))
        return _with(docx, root)

    return edit


def part(name: str, old: str, new: str) -> Edit:
    """Change a part of the file, a chart's for one."""

    def edit(docx: bytes) -> bytes:
        given = _part(docx, name).decode()
        assert re.search(re.escape(old), given), old
        return steady_package(docx, {name: given.replace(old, new, 1).encode()})

    return edit
