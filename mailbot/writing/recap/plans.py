"""What the sheets of the recap hold, before any of it is a cell: figures, formulas, rows, and the plan of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.report.results import Analysis
    from mailbot.writing.words.phrases import Phrases

PERCENT = "#,##0.00"
RUPIAH = "#,##0"
FIRST_ROW = 6
"""Row of a sheet's first figures; above stand the office, the title, the state of things, a blank and the headers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A place where nothing was supplied, with the words for it."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with the format it is shown in, e.g. `#,##0.00`."""

    value: Decimal
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A living formula of our own making, and what it comes to, so that it shows before anything is computed.

    No text of anybody's ever stands in one.
    """

    text: str
    """Without the equals sign."""
    value: Decimal | str
    shape: str


Value = str | int | Figure | Formula | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: plain, a band that heads a group, or a sum."""

    values: Sequence[Value]
    band: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one sheet holds: lines above, headers with widths in characters, rows, notes below, the footer."""

    above: tuple[str, str, str]
    """The office, the title, the state of things."""
    headers: Sequence[tuple[str, float]]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    footer: str = ""
    page: str = ""
    repeated: int = 0
    """So many columns stand on every page of a sheet that is wider than one; 0: the sheet is one page wide."""
    breaks: Sequence[int] = ()
    """After which columns such a sheet begins a new page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap:
    """What every sheet is made from."""

    cycle: Cycle
    office: Office
    phrases: Phrases
    words: dict[str, Any]
    analysis: Analysis
    folders: tuple[Path, ...]


def percent(value: Decimal | None, recap: Recap) -> Value:
    """Return a percentage, or the word for one that cannot be computed."""
    return Figure(value=value, shape=PERCENT) if value is not None else recap.phrases.word("not_computable")


def cell(column: int, row: int) -> str:
    """Return the address of a cell, `H7`; columns count from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def computed(text: str, value: Decimal | None, recap: Recap, shape: str = PERCENT) -> Formula:
    """Return a formula with what it comes to: a number, or the words for what cannot be computed."""
    words = recap.phrases.word("not_computable")
    return Formula(
        text=text.replace("{none}", words.replace('"', "")), value=words if value is None else value, shape=shape
    )
