"""A Word file with every tracked change accepted: insertions, deletions, moves, whole rows and cells, formatting.

Changes of format alone, and those that hold nothing, are nobody's question: they are accepted before a draft is looked
at, for LibreOffice would print them in colour with a bar in the margin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.edited.word_parts import local, members_of, stories, with_stories_changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

_KEPT = frozenset({"ins", "moveTo"})
_GONE = frozenset({"del", "moveFrom"})
_RANGES = frozenset(
    {
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
        *("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
        *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
    }
)
_FORMATS = frozenset(
    {
        *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange"),
        *("numberingChange", "tblPrExChange", "cellIns", "cellMerge"),
    }
)
_CELLS = frozenset({"cellDel"})
_HOLDS = frozenset(
    {
        *("t", "delText", "drawing", "pict", "object", "sym", "br", "cr", "tab", "ptab", "noBreakHyphen", "p", "tbl"),
        *("footnoteReference", "endnoteReference", "fldChar", "instrText", "delInstrText", "oMath"),
    }
)
"""What a change may be about; one around none of it changes nothing."""
_NO_CONTENT = frozenset({"pPr", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak"})
_LEAVES_A_PARAGRAPH = frozenset({"tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "body"})


def accepted(docx: bytes) -> bytes:
    """Return a Word file with all of its changes accepted; the very same bytes where none is open."""
    return with_stories_changed(docx, _accept)


def formats_accepted(docx: bytes) -> bytes:
    """Return a Word file with what is nobody's question accepted; the very same bytes where there is nothing of it."""
    return with_stories_changed(docx, lambda root: _accept(root, _is_no_question))


def is_open(docx: bytes) -> bool:
    """Say whether any tracked change is left in a Word file, whatever it is about."""
    every = _KEPT | _GONE | _RANGES | _FORMATS | _CELLS
    return any(local(one) in every for _, root in stories(members_of(docx)) for one in root.iter("*"))


def _is_no_question(element: etree._Element) -> bool:
    """Say whether a change is one of format alone, or holds nothing."""
    name = local(element)
    if name in _RANGES or name in _FORMATS - {"cellIns", "cellMerge"}:
        return True
    above = element.getparent()
    marks = above is not None and local(above) in {"trPr", "rPr"}
    return name in _KEPT | _GONE and not marks and not any(local(one) in _HOLDS for one in element.iter("*"))


def _accept(root: etree._Element, wanted: Callable[[etree._Element], bool] = lambda _: True) -> bool:
    """Accept the changes of one part, or those that are wanted; say whether there were any."""
    changed = False
    for element in list(root.iter("*")):
        name = local(element)
        above = element.getparent()
        if above is None or name not in _KEPT | _GONE | _RANGES | _FORMATS | _CELLS or not wanted(element):
            continue
        changed = True
        holds = local(above)
        if name in _RANGES or name in _FORMATS:
            above.remove(element)
        elif name == "cellDel":
            _drop(above.getparent())
        elif holds == "trPr":
            above.remove(element)
            if name in _GONE:
                _drop_row(above.getparent())
        elif holds == "rPr" and _ends_paragraph(above):
            above.remove(element)
            if name in _GONE:
                _join_with_next(above)
        elif name in _KEPT:
            _unwrap(element)
        else:
            above.remove(element)
    return changed


def _ends_paragraph(properties: etree._Element) -> bool:
    """Say whether properties of text are those of a paragraph's end."""
    holder = properties.getparent()
    return holder is not None and local(holder) == "pPr"


def _unwrap(element: etree._Element) -> None:
    """Put what an element holds in its place."""
    above = element.getparent()
    if above is None:
        return
    place = above.index(element)
    above.remove(element)
    for step, child in enumerate(list(element)):
        above.insert(place + step, child)


def _drop(element: etree._Element | None) -> None:
    """Take an element out of its tree."""
    above = element.getparent() if element is not None else None
    if element is not None and above is not None:
        above.remove(element)


def _drop_row(row: etree._Element | None) -> None:
    """Take a row out of its table, and the table where it was its last."""
    table = row.getparent() if row is not None else None
    _drop(row)
    if table is not None and local(table) == "tbl" and not any(True for _ in table.iter("{*}tr")):
        _drop(table)


def _join_with_next(properties: etree._Element) -> None:
    """Take away the end of a paragraph: what it holds begins the next one, whose form the whole then has."""
    inner = properties.getparent()
    paragraph = inner.getparent() if inner is not None else None
    above = paragraph.getparent() if paragraph is not None else None
    if paragraph is None or above is None:
        return
    following = paragraph.getnext()
    content = [child for child in paragraph if local(child) != "pPr"]
    if following is not None and local(following) == "p":
        place = 1 if len(following) and local(following[0]) == "pPr" else 0
        for step, child in enumerate(content):
            following.insert(place + step, child)
        above.remove(paragraph)
    elif all(local(child) in _NO_CONTENT | _GONE for child in content) and not _is_last_needed(paragraph, above):
        above.remove(paragraph)


def _is_last_needed(paragraph: etree._Element, above: etree._Element) -> bool:
    """Say whether a cell, a box or a note would be left without a paragraph."""
    others = [child for child in above if local(child) == "p" and child is not paragraph]
    return local(above) in _LEAVES_A_PARAGRAPH and not others
