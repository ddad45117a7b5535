"""Where a word may break: codes and amounts nowhere, a word too long for its column at a syllable."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement

from mailbot.writing.word.body import qn
from mailbot.writing.word.fields import text_element

if TYPE_CHECKING:
    from lxml.etree import _Element

_SOFT, _FIRM, _OPEN, _BLANK = "\u00ad", "\u2011", "\u200b", "\u00a0"
"""Soft hyphen, hyphen at which no line ends, place at which one may end, blank at which none may."""
_HYPHENATED = re.compile(r"[\w./]+(?:-[\w./]+)+")
_LONGEST_HELD = 18
_FEW_LETTERS = 3
_COUNTED = re.compile(r"\b(Rp\.?|Nomor|No\.|NIP|Pasal|Tabel|Gambar|Lampiran|Bab) (?=[\dIVX])")
_VOWELS = "aiueoAIUEO"
_TOGETHER = re.compile(r"ng|ny|sy|kh|[b-df-hj-np-tv-z]", re.IGNORECASE)
_FEWEST = 2
"""So many letters stand on either side of a break."""
_NARROW, _WIDE_SIGNS = frozenset("iljtfrI.,:;'|-/() "), frozenset("mwMWABCDEGHKNOPQRSTUVXYZ")
_PART = {True: 0.3, False: 0.56}
_CELL_POINTS, _TWIPS, _EDGES = 9.0, 20.0, 8.0
"""Size of a table's text, twips of a point, and what a cell's margins take, in points."""
_CONTROL = re.compile(f"([{_SOFT}{_FIRM}])")
_WORD = re.compile(r"[^\s\u00a0]+")
_REMEMBERED = 4096
"""So many words are measured once: most stand in a report many times."""


def syllables(word: str) -> tuple[str, ...]:
    """Return an Indonesian word cut where a line may end: between consonants, before a single one, `ng` and `ny` whole.

    At least two letters stand on either side.
    """
    parts: list[str] = []
    begin, at = 0, 1
    while at < len(word):
        found = _TOGETHER.match(word, at) if word[at - 1] in _VOWELS else None
        if found is None:
            at += 1
            continue
        cut, end = at, found.end()
        second = _TOGETHER.match(word, end)
        if second is not None:
            cut, end = end, second.end()
        begins_one = end < len(word) and (word[end] in _VOWELS or second is not None)
        if begins_one and cut - begin >= _FEWEST and len(word) - cut >= _FEWEST:
            parts.append(word[begin:cut])
            begin = cut
        at = max(cut + 1, at + 1)
    return (*parts, word[begin:])


def held(text: str) -> str:
    """Return a text whose codes and amounts stay in one piece: `KTP-el`, `0-18`, `Rp 1.000`, `Nomor 29`."""
    firm = _HYPHENATED.sub(_firm, text) if "-" in text else text
    return _COUNTED.sub(lambda found: found[1] + _BLANK, firm)


def _firm(found: re.Match[str]) -> str:
    """Return a code with hyphens at which no line ends; doubled words may break at theirs."""
    word = found[0]
    parts = word.split("-")
    is_code = any(letter.isdigit() for letter in word) or min(map(len, parts)) <= _FEW_LETTERS
    return word.replace("-", _FIRM) if is_code and len(word) <= _LONGEST_HELD else word


def fitted(text: str, points: float) -> str:
    """Return a text in which each word wider than so many points may break: at a syllable, a code at its signs."""
    return _WORD.sub(lambda found: _broken(found[0]) if width(found[0]) > points else found[0], text)


def _broken(word: str) -> str:
    """Return a word with places at which a line may end."""
    if re.fullmatch(r"[^\W\d_]+[.,;:)]*", word):
        return _SOFT.join(syllables(word))
    opened = re.sub(r"([/_.@&=?])(?=\w)", rf"\1{_OPEN}", word.replace(_FIRM, "-"))
    return re.sub(r"[^\W\d_]{8,}", lambda part: _SOFT.join(syllables(part[0])), opened)


@lru_cache(maxsize=_REMEMBERED)
def width(word: str) -> float:
    """Return about how many points a word takes in the text of a table."""
    return _CELL_POINTS * sum(0.76 if sign in _WIDE_SIGNS else _PART[sign in _NARROW] for sign in word)


def set_words(root: _Element) -> None:
    """Set every word of a body so that it breaks nowhere amiss."""
    for paragraph in root.iter(qn("w:p")):
        room = _room(paragraph)
        for text in [one for one in paragraph.iter(qn("w:t")) if one.text]:
            words = held(text.text or "")
            words = fitted(words, room) if room else words
            if words != text.text:
                _set(text, words)


def _room(paragraph: _Element) -> float:
    """Return how wide the cell is in which a paragraph stands, in points; 0 outside of tables."""
    cell = paragraph.getparent()
    wide = None if cell is None or cell.tag != qn("w:tc") else cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    twips = "" if wide is None else wide.get(qn("w:w"), "")
    return max(float(twips) / _TWIPS - _EDGES, 1.0) if twips.isdigit() and int(twips) else 0.0


def _set(text: _Element, words: str) -> None:
    """Let a text say these words, the hyphens among them as Word's own elements."""
    names = {_SOFT: "w:softHyphen", _FIRM: "w:noBreakHyphen"}
    first, *rest = _CONTROL.split(words)
    text.text = first
    text.set(qn("xml:space"), "preserve")
    place = text
    for part in rest:
        if part:
            one = OxmlElement(names[part]) if part in names else text_element(part)
            place.addnext(one)
            place = one
