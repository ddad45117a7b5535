"""The units' own words in print: a list stays a list, line by line, whatever program and font its bullets came from."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement

from mailbot.writing.word.body import qn
from mailbot.writing.word.fields import set_property, tab_run, text_element, text_run
from mailbot.writing.word.pasted_tables import set_tables

if TYPE_CHECKING:
    from lxml.etree import _Element

WORDS_STYLE = "Terisi"
"""The character style in which the units' own words stand."""
_BULLET = "\u2022"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Word's fonts Symbol and Wingdings put their bullets there; no other font has anything in that place."""
_BULLETED = re.compile(r"[ \t]*(?:[•●○◦▪■□▫►▶➢➤❖‣∙·✓✔*–—-][ \t]+|[•●◦▪►➢✓](?=\w)|-(?=[A-Za-z])|o\t[ \t]*)(.*)")
_NUMBERED = re.compile(r"[ \t]*(\(?(?:\d{1,2}|[A-Za-z])[.)])[ \t]+(.*)")
_HANGING = 284
"""How far an item's text stands from its mark, in twips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a text: an item of a list has a mark."""

    text: str
    mark: str = ""


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that say something, each item of a list with its mark."""
    return tuple(_line(one) for one in _PRIVATE.sub(_BULLET, text).split("\n") if one.strip())


def _line(words: str) -> Line:
    """Return one line; where nothing follows a mark, the mark is what it says."""
    for pattern, mark in ((_BULLETED, _BULLET), (_NUMBERED, "")):
        found = pattern.fullmatch(words)
        if found is not None and found[found.re.groups].strip():
            return Line(text=found[found.re.groups].strip(), mark=mark or found[1])
    return Line(text=words.strip(" ") if "\t" in words.strip() else words.strip())


def set_lines(root: _Element) -> None:
    """Give each of several lines of a unit's words a paragraph of its own, an item hanging from its mark."""
    for run in [one for one in root.iter(qn("w:r")) if _is_told(one)]:
        if run.getparent() is None:
            continue
        _join(run)
        lines = lines_of(_text_of(run))
        paragraph = run.getparent()
        if len(lines) > 1 and paragraph is not None and paragraph.tag == qn("w:p"):
            told = _split(paragraph, run, lines)
            set_tables([(own, "\t" in line.text) for own, line in zip(told, lines, strict=True)])
        else:
            for text in run.iter(qn("w:t")):
                text.text = _PRIVATE.sub(_BULLET, text.text or "")


def _is_told(run: _Element) -> bool:
    """Say whether a run is of a unit's own words."""
    style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
    return style is not None and style.get(qn("w:val")) == WORDS_STYLE


def _join(run: _Element) -> None:
    """Take in the runs that follow of the same words: docxtpl cuts them at each tab."""
    following = run.getnext()
    while following is not None and following.tag == qn("w:r") and _is_told(following):
        run.extend([one for one in following if one.tag != qn("w:rPr")])
        above = following.getparent()
        if above is not None:
            above.remove(following)
        following = run.getnext()


def _text_of(run: _Element) -> str:
    """Return what a run says, its breaks and tabs as they were typed."""
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(signs.get(one.tag, one.text or "") for one in run if one.tag != qn("w:rPr"))


def _say(run: _Element, line: Line) -> None:
    """Let a run say one line."""
    for one in [child for child in run if child.tag != qn("w:rPr")]:
        run.remove(one)
    for at, part in enumerate(line.text.split("\t")):
        if at:
            run.append(OxmlElement("w:tab"))
        run.append(text_element(part))


def _split(paragraph: _Element, run: _Element, lines: tuple[Line, ...]) -> list[_Element]:
    """Put the lines below one another and return them; the first stays behind the words before it unless it is an item.

    A line with a tab is one of a table, and an item too.
    """
    properties = paragraph.find(qn("w:pPr"))
    before = [one for one in run.itersiblings(preceding=True) if one.tag != qn("w:pPr")]
    behind = list(run.itersiblings())
    has_words = any((text.text or "").strip() for one in before for text in one.iter(qn("w:t")))
    apart = has_words and (bool(lines[0].mark) or "\t" in lines[0].text)
    place, told = paragraph, []
    for at, line in enumerate(lines):
        if at == 0 and not apart:
            own = paragraph
            if line.mark:
                _hang(_properties_of(own))
            _left(_properties_of(own))
            _fill(own, run, line, instead=True)
        else:
            own = OxmlElement("w:p")
            if properties is not None:
                own.append(deepcopy(properties))
            _left(_properties_of(own))
            if line.mark:
                _hang(_properties_of(own))
            _fill(own, run, line, instead=False)
            place.addnext(own)
        place = own
        told.append(own)
    if apart:
        paragraph.remove(run)
    if behind and "\t" in lines[-1].text:
        own = OxmlElement("w:p")
        place.addnext(own)
        place = own
    for one in behind:
        place.append(one)
    return told


def _fill(paragraph: _Element, run: _Element, line: Line, *, instead: bool) -> None:
    """Say a line in a paragraph, in the look of the run it comes from."""
    said = run if instead else deepcopy(run)
    _say(said, line)
    if not instead:
        paragraph.append(said)
    if line.mark:
        said.addprevious(text_run(line.mark, run))
        said.addprevious(tab_run())


def _properties_of(paragraph: _Element) -> _Element:
    """Return a paragraph's properties, made if there are none."""
    found = paragraph.find(qn("w:pPr"))
    if found is None:
        found = OxmlElement("w:pPr")
        paragraph.insert(0, found)
    return found


def _left(properties: _Element) -> None:
    """Let a line begin at the left and end where it ends, wherever the next one goes."""
    for one in properties.findall(qn("w:keepNext")):
        properties.remove(one)
    for one in properties.findall(qn("w:jc")):
        if one.get(qn("w:val")) == "both":
            one.set(qn("w:val"), "left")


def _hang(properties: _Element) -> None:
    """Let an item hang from its mark."""
    indent = properties.find(qn("w:ind"))
    if indent is None:
        indent = OxmlElement("w:ind")
        set_property(properties, indent)
    left = int(indent.get(qn("w:left"), "0"))
    indent.attrib.pop(qn("w:firstLine"), "")
    indent.set(qn("w:left"), str(left + _HANGING))
    indent.set(qn("w:hanging"), str(_HANGING))
    for old in properties.findall(qn("w:tabs")):
        properties.remove(old)
    tabs, stop = OxmlElement("w:tabs"), OxmlElement("w:tab")
    stop.set(qn("w:val"), "left")
    stop.set(qn("w:pos"), str(left + _HANGING))
    tabs.append(stop)
    set_property(properties, tabs)
