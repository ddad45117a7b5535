"""The words on a page of a PDF with their places, as far as an annotation needs them: those under it, or beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pypdf import PageObject

_CORNERS = 8
"""Numbers that give the four corners of one marked stretch."""
_RISE = 0.25
"""So much of its height a line may stand below a mark's lower edge, or above its upper one."""
_NEAR = 40.0
"""A note in the margin is about the line at its height; one within so many points of a line is about that."""
_GAP = 0.15
"""Stretches of text that are nearer than so much of their height are one word: programs move signs for looks."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its lower left corner."""

    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0
    hidden: bool = False

    @classmethod
    def of(cls, numbers: list[float], *, hidden: bool = False) -> Box:
        """Return the rectangle around some points; an empty one where there are none."""
        across, up = numbers[0::2], numbers[1::2]
        if not up:
            return cls(hidden=hidden)
        return cls(min(across), min(up), max(across), max(up), hidden)

    @classmethod
    def quads(cls, numbers: list[float]) -> tuple[Box, ...]:
        """Return the rectangles of a list of corners."""
        last = len(numbers) - _CORNERS
        return tuple(cls.of(numbers[at : at + _CORNERS]) for at in range(0, last + 1, _CORNERS))


@dataclass(frozen=True, slots=True)
class Word:
    """One word, from where to where it stands, and how high."""

    text: str
    left: float
    right: float
    base: float
    height: float

    @property
    def middle(self) -> float:
        """Return the middle of the word across the page."""
        return (self.left + self.right) / 2


class Words(tuple[Word, ...]):
    """The words of a page in the order in which the file shows them."""

    __slots__ = ()

    def under(self, boxes: tuple[Box, ...]) -> str:
        """Return the words that are marked, line by line."""
        found = [word for box in boxes for word in self if _on_line(word, box) and _across(word, box)]
        return " ".join(word.text for word in dict.fromkeys(found))

    def within(self, box: Box) -> str:
        """Return the words in a rectangle."""
        found = (word for word in self if _across(word, box) and box.bottom <= word.base <= box.top)
        return " ".join(word.text for word in found)

    def near(self, box: Box) -> str:
        """Return the line at the height of a note; the nearest one if none is."""
        middle = (box.bottom + box.top) / 2
        lines = sorted({word.base for word in self}, key=lambda base: abs(base - middle))
        if not lines or abs(lines[0] - middle) > _NEAR:
            return ""
        return " ".join(word.text for word in sorted(self, key=lambda one: one.left) if word.base == lines[0])


def _across(word: Word, box: Box) -> bool:
    """Say whether most of a word stands between the sides of a rectangle."""
    return box.left <= word.middle <= box.right


def _on_line(word: Word, box: Box) -> bool:
    """Say whether a word's line runs through a marked stretch."""
    slack = _RISE * (box.top - box.bottom)
    middle = word.base + word.height / 3
    return box.bottom - slack <= middle <= box.top + slack


def words_on(page: PageObject) -> Words:
    """Return the words of a page; raises what a damaged page raises.

    The library tells where each stretch of text begins and ends; within it, signs are taken as equally wide.
    """
    from pypdf._text_extraction._layout_mode import _fixed_width_page, _text_state_manager  # noqa: PLC0415 - as below
    from pypdf.generic import ArrayObject, ContentStream, StreamObject  # noqa: PLC0415 - costs time where no PDF comes

    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    if not isinstance(contents, (ArrayObject, StreamObject)):
        return Words()
    operations = iter(ContentStream(contents, page.pdf, "bytes").operations)
    fonts = page._layout_mode_fonts()  # noqa: SLF001 - nothing public of the library tells where words stand
    state = _text_state_manager.TextStateManager()
    words: list[Word] = []
    for operands, operation in operations:
        if operation in {b"BT", b"q"}:
            ends: Literal[b"ET", b"Q"] = b"ET" if operation == b"BT" else b"Q"
            _, shown = _fixed_width_page.recurse_to_target_op(operations, state, ends, fonts, strip_rotated=False)
            for one in shown:
                _add(words, one.text, (one.tx, one.displaced_tx), round(one.ty, 1), abs(one.font_height))
        elif operation == b"Tf":
            _fixed_width_page.set_font_operation(state, fonts, operands)
        else:
            state.set_state_param(operation, operands)
    return Words(words)


def _add(words: list[Word], text: str, reach: tuple[float, float], base: float, height: float) -> None:
    """Add the words of one stretch of text; its beginning may go on with the last word."""
    left, right = reach
    step = (right - left) / max(1, len(text))
    for one in _WORD.finditer(text):
        begins, ends = left + one.start() * step, left + one.end() * step
        last = words[-1] if words else None
        joins = one.start() == 0 and last is not None and last.base == base
        if last is not None and joins and abs(begins - last.right) < _GAP * height:
            words[-1] = Word(f"{last.text}{one[0]}", last.left, ends, base, height)
        else:
            words.append(Word(one[0], begins, ends, base, height))
