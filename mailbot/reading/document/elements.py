"""Elements of a Word file looked at by themselves: what they hold, wrap or are named, whatever the walk is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.remarks.remark import OBJECT
from mailbot.reading.document.styles import attribute, local

if TYPE_CHECKING:
    from lxml import etree

_NO_WORDS = frozenset(
    {
        *("drawing", "pict", "object", "sym", "br", "cr", "tab", "ptab", "noBreakHyphen", "fldChar", "oMath"),
        *("footnoteReference", "endnoteReference", "instrText", "delInstrText"),
    }
)
"""What a change may be about beside words."""


def through_controls(element: etree._Element, name: str) -> list[etree._Element]:
    """Return the rows of a table, or the cells of a row, those within content controls and tracked wrappers too."""
    found: list[etree._Element] = []
    waiting = list(element)[::-1]
    while waiting:
        child = waiting.pop()
        if local(child) == name:
            found.append(child)
        elif local(child) in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            waiting.extend(list(child)[::-1])
    return found


def control_of(tc: etree._Element) -> etree._Element | None:
    """Return the content control that a whole cell stands in, None if it stands in none."""
    content = tc.getparent()
    return content.getparent() if content is not None and local(content) == "sdtContent" else None


def tag_of(element: etree._Element) -> str:
    """Return the tag of a content control."""
    for properties in element:
        if local(properties) == "sdtPr":
            return next((attribute(one, "val") for one in properties if local(one) == "tag"), "")
    return ""


def style_of(element: etree._Element) -> str:
    """Return the id of a paragraph's style."""
    for properties in element:
        if local(properties) == "pPr":
            return next((attribute(one, "val") for one in properties if local(one) == "pStyle"), "")
    return ""


def chosen(element: etree._Element) -> etree._Element:
    """Return one of the alternatives of the same content: the newer one, where the file has both."""
    return next((child for child in element if local(child) == "Choice"), element)


def unsaid(element: etree._Element) -> str:
    """Return a sign for what a change is about that is no words, a picture; nothing where it is about nothing."""
    return OBJECT if any(local(one) in _NO_WORDS for one in element.iter("*")) else ""


def deleted_words(element: etree._Element) -> str:
    """Return the words that were deleted, or moved away, below an element."""
    return "".join(one.text or "" for one in element.iter("{*}delText", "{*}t"))
