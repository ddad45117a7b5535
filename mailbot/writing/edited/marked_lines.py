"""One paragraph against its former words: what is new in it is inserted, what is gone deleted, word by word."""

from __future__ import annotations

import copy
import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mailbot.writing.edited.word_parts import local

if TYPE_CHECKING:
    from lxml import etree

    from mailbot.writing.edited.word_parts import Made

_TOKENS = re.compile(r"\d[\d.,]*\d|\w+|\s|[^\w\s]")
"""A number is one piece, with its dots and commas."""
_APART = frozenset({"txbxContent", "AlternateContent", "drawing", "pict", "object", "del", "moveFrom", "pPr"})
"""What is looked at by itself or not at all: text boxes, pictures, words that are gone."""
_SIMPLE = frozenset({"rPr", "t"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n"}
_MOST_TOKENS = 4_000


class MakesMarks(Protocol):
    """What makes marks."""

    make: Made

    def mark(self, name: str) -> etree._Element:
        """Return a new mark."""


class _Run(NamedTuple):
    """A run with its words and where they begin in the paragraph."""

    element: etree._Element
    text: str
    begins: int


def text_of(element: etree._Element) -> str:
    """Return the words of a paragraph, or of all paragraphs below an element, one line each."""
    if local(element) == "p":
        return "".join(run.text for run in _runs(element))
    return "\n".join(text_of(paragraph) for paragraph in element.iter("{*}p"))


def mark_paragraph(paragraph: etree._Element, former: str, marks: MakesMarks) -> None:
    """Mark in a paragraph what it has beyond its former words, and put there what is gone."""
    runs = _runs(paragraph)
    words = "".join(run.text for run in runs)
    inserted: list[tuple[int, int]] = []
    deleted: dict[int, str] = {}
    for what, first, last, start, end in _opcodes(former, words):
        if what != "equal":
            if last > first:
                deleted[start] = former[first:last]
            if end > start:
                inserted.append((start, end))
    for run in runs:
        _mark_run(run, inserted, deleted, marks)
    for gone in deleted.values():
        paragraph.append(_deleted(gone, None, marks))


def _opcodes(former: str, words: str) -> list[tuple[str, int, int, int, int]]:
    """Return what differs between two texts, word by word, as places of signs."""
    old, new = _TOKENS.findall(former), _TOKENS.findall(words)
    if max(len(old), len(new)) > _MOST_TOKENS:
        return [("replace", 0, len(former), 0, len(words))]
    then, now = _places(old), _places(new)
    compared = SequenceMatcher(None, old, new, autojunk=False)
    return [(what, then[a], then[b], now[c], now[d]) for what, a, b, c, d in compared.get_opcodes()]


def _places(tokens: list[str]) -> list[int]:
    """Return where each token begins, and where the last one ends."""
    places = [0]
    for token in tokens:
        places.append(places[-1] + len(token))
    return places


def _runs(paragraph: etree._Element) -> list[_Run]:
    """Return the runs of a paragraph that show words, in order, through links and content controls."""
    found: list[_Run] = []
    place = 0
    waiting = list(paragraph)[::-1]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name == "r":
            text = "".join(_SIGNS.get(local(child), child.text or "") for child in element if _shows(child))
            if text:
                found.append(_Run(element, text, place))
                place += len(text)
        elif name not in _APART:
            waiting.extend(list(element)[::-1])
    return found


def _shows(child: etree._Element) -> bool:
    """Say whether a piece of a run is words."""
    return local(child) == "t" or local(child) in _SIGNS


def _mark_run(run: _Run, inserted: list[tuple[int, int]], deleted: dict[int, str], marks: MakesMarks) -> None:
    """Cut a run where something begins or ends, wrap what is new, and put deleted words where they stood.

    A run that holds more than words is not cut: it is new where any of it is.
    """
    first, last = run.begins, run.begins + len(run.text)
    above = run.element.getparent()
    simple = all(local(child) in _SIMPLE for child in run.element)
    if above is None:
        return
    edges = {place for span in inserted for place in span} | set(deleted)
    cuts = sorted({first, last, *(place for place in edges if first < place < last and simple)})
    properties = next((child for child in run.element if local(child) == "rPr"), None)
    for start, end in pairwise(cuts):
        for place in [place for place in sorted(deleted) if start <= place < end]:
            run.element.addprevious(_deleted(deleted.pop(place), properties, marks))
        piece = run.element
        if (start, end) != (first, last):
            piece = marks.make.element("r")
            if properties is not None:
                piece.append(copy.deepcopy(properties))
            piece.append(marks.make.text("t", run.text[start - first : end - first]))
        if any(begins < end and start < ends for begins, ends in inserted) and local(above) not in {"ins", "moveTo"}:
            wrap = marks.mark("ins")
            run.element.addprevious(wrap)
            wrap.append(piece)
        elif piece is not run.element:
            run.element.addprevious(piece)
    if (first, last) != (cuts[0], cuts[1]):
        above.remove(run.element)


def _deleted(words: str, properties: etree._Element | None, marks: MakesMarks) -> etree._Element:
    """Return words that are gone, looking like what stands there now."""
    gone, run = marks.mark("del"), marks.make.element("r")
    if properties is not None:
        run.append(copy.deepcopy(properties))
    run.append(marks.make.text("delText", words))
    gone.append(run)
    return gone
