"""The pieces of Word fields, bookmarks and runs that the report's lists are made of."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement

from mailbot.writing.word.body import qn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element


_IN_ORDER = ("tabs", "spacing", "ind", "contextualSpacing", "mirrorIndents", "jc", "textAlignment", "outlineLvl")
_LAST = ("rPr", "sectPr", "pPrChange")
"""The properties of a paragraph in the order in which Word wants them, from those on that are set here."""


def set_property(properties: _Element, element: _Element) -> None:
    """Set one of a paragraph's properties where Word wants it: tabs, spacing or an indent."""
    name = str(element.tag).rpartition("}")[2]
    behind = {qn(f"w:{one}") for one in (*_IN_ORDER[_IN_ORDER.index(name) + 1 :], *_LAST)}
    place = next((one for one in properties if one.tag in behind), None)
    if place is None:
        properties.append(element)
    else:
        place.addprevious(element)


def field(words: str, shown: Iterable[_Element], *, stale: bool = False) -> list[_Element]:
    """Return the runs of a field: what it does, and what it showed when it was last worked out."""
    return [edge("begin", stale=stale), instruction(f" {words} "), edge("separate"), *shown, edge("end")]


def edge(kind: str, *, stale: bool = False) -> _Element:
    """Return one edge of a field; a stale one is worked out anew when Word opens the file."""
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if stale:
        mark.set(qn("w:dirty"), "true")
    run.append(mark)
    return run


def instruction(words: str) -> _Element:
    """Return what a field does."""
    run, text = OxmlElement("w:r"), OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = words
    run.append(text)
    return run


def told_to(run: _Element) -> str:
    """Return a run's part of a field's instruction, empty if it is none."""
    return "".join(text.text or "" for text in run.findall(qn("w:instrText")))


def text_run(words: str, like: _Element | None = None) -> _Element:
    """Return a run of text, looking like another run if one is given."""
    run = OxmlElement("w:r")
    look = None if like is None else like.find(qn("w:rPr"))
    if look is not None:
        run.append(deepcopy(look))
    run.append(text_element(words))
    return run


def text_element(words: str) -> _Element:
    """Return the text within a run."""
    text: _Element = OxmlElement("w:t")
    text.set(qn("xml:space"), "preserve")
    text.text = words
    return text


def tab_run() -> _Element:
    """Return a tab."""
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:tab"))
    return run


def bookmark(paragraph: _Element, name: str, number: int) -> None:
    """Set a bookmark around what a paragraph says."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for one in (start, end):
        one.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)


def said_by(paragraph: _Element) -> str:
    """Return what a paragraph says."""
    return "".join(
        "-" if one.tag == qn("w:noBreakHyphen") else one.text or ""
        for one in paragraph.iter(qn("w:t"), qn("w:noBreakHyphen"))
    )


def style_of(paragraph: _Element) -> str:
    """Return the id of a paragraph's style, empty if it names none."""
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val"), ""))


def fields_of(root: _Element) -> list[list[_Element]]:
    """Return the runs of each field, the inner before the outer: its edges, its instruction, what it shows."""
    found: list[list[_Element]] = []
    around: list[list[_Element]] = []
    for run in root.iter(qn("w:r")):
        mark = run.find(qn("w:fldChar"))
        kind = mark.get(qn("w:fldCharType")) if mark is not None else ""
        if kind == "begin":
            around.append([])
        for one in around:
            one.append(run)
        if kind == "end" and around:
            found.append(around.pop())
    return found


def verb(runs: list[_Element]) -> str:
    """Return what kind of field some runs make: `TOC`, `PAGEREF`, `SEQ`; that of the outer field of several."""
    return next((told_to(run).split()[0] for run in runs if told_to(run).strip()), "")
