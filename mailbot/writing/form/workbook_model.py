"""A workbook as values: sheets of styled cells with input hints, before anybody turns them into bytes."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

_MOST_POINTS = 409.0
"""Excel gives a row no more."""
_LINE_POINTS = 13.0
_CHARACTERS_IN_UNIT = 1.1
"""How many average characters of Arial 10 fit into one unit of column width."""
_INDENT_CHARACTERS = 2
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Fill(StrEnum):
    """Background colours as RGB; input cells have one of their own, and only they have it."""

    NONE = ""
    INPUT = "FFF8DC"
    LOCKED = "F2F2F2"
    HEADER = "2F4156"
    REQUIRED = "7A3E2B"
    BAD = "F8CBC6"
    GOOD = "D5ECD4"
    TOTAL = "E4E7EC"


class Ink(StrEnum):
    """Colours of writing as RGB."""

    BLACK = "000000"
    WHITE = "FFFFFF"
    GREY = "595959"
    RED = "B3261E"
    GREEN = "1E6B2E"
    LINK = "0B57A4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a cell looks; `number_format` is written in Excel's own codes, shown by each machine in its own locale."""

    size: int = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    ink: Ink = Ink.BLACK
    fill: Fill = Fill.NONE
    border: bool = False
    rule: bool = False
    """A line below, as under a kop."""
    align: str = "left"
    indent: int = 0
    top: bool = False
    """Text stands at the top of the cell instead of in its middle."""
    wrap: bool = False
    number_format: str = "General"
    locked: bool = True
    quoted: bool = False
    """The text begins like a formula and must stay a text even when the cell is edited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: a text, a number, or a formula with the value last computed for it."""

    value: str | Decimal | None = None
    style: Style = field(default_factory=Style)
    formula: str = ""
    """Without the leading `=`; empty: no formula. Only mailbot's own formulas ever stand here."""
    link: str = ""
    """Place in the same workbook, such as `'Indikator'!K8`."""


class HintKind(StrEnum):
    """What a cell's validation asks for; the values are those of the file format."""

    CUSTOM = "custom"
    LIST = "list"
    TEXT_LENGTH = "textLength"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What is said when a cell is selected, and what is refused there."""

    cells: str
    """One A1 reference or range."""
    kind: HintKind
    formula: str
    title: str
    prompt: str
    error_title: str = ""
    error: str = ""
    """Empty: anything may be typed."""
    stop: bool = True
    """False: the person may go on after the warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet. Rows and columns count from 1."""

    name: str
    cells: dict[tuple[int, int], Cell]
    widths: dict[int, float] = field(default_factory=dict)
    """Column -> width in characters."""
    heights: dict[int, float] = field(default_factory=dict)
    """Row -> height in points; rows without one grow with their text."""
    hints: tuple[Hint, ...] = ()
    frozen: str = ""
    """The first cell that scrolls."""
    selected: str = "A1"
    header_row: int = 0
    """Repeated on every printed page; 0: none."""
    footer: tuple[str, str] = ("", "")
    """Left and middle of the printed footer; the right holds the page number."""
    page_words: str = ""
    """Right of the footer, with `{page}` and `{pages}`."""
    repeated: int = 0
    """So many columns stand on every page of a sheet that is printed wider than one page."""
    breaks: tuple[int, ...] = ()
    """After which columns such a sheet begins a new page; none: it is one page wide."""
    very_hidden: bool = False
    protected: bool = True

    @property
    def last_row(self) -> int:
        """Return the last row that holds a cell."""
        return max((row for row, _ in self.cells), default=1)

    @property
    def last_column(self) -> int:
        """Return the last column that holds a cell."""
        return max((column for _, column in self.cells), default=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A whole workbook; `opens_on` is the name of the sheet in front."""

    sheets: tuple[Sheet, ...]
    opens_on: str
    title: str
    creator: str


def text_cell(text: str, style: Style) -> Cell:
    """Return a cell with somebody's text, which stays a text."""
    return Cell(value=text or None, style=_safe(style, text))


def _safe(style: Style, text: str) -> Style:
    """Return the style for a text: one that begins like a formula is quoted, so that it is still none after an edit."""
    return replace(style, quoted=True) if text.startswith(_FORMULA_SIGNS) else style


def row_height(texts: list[tuple[str, float]], least: float) -> float:
    """Return the height in points a row needs for texts in columns of those widths, at most what Excel gives a row."""
    lines = max((sum(_lines(line, width) for line in text.split("\n")) for text, width in texts), default=1)
    return min(max(least, round(lines * _LINE_POINTS + 4, 1)), _MOST_POINTS)


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    """Return how many lines a text without breaks takes in a column of that width."""
    room = max(int(width * _CHARACTERS_IN_UNIT - _INDENT_CHARACTERS), 1)
    return 1 if len(text) <= room else len(textwrap.wrap(text, room))
