"""A workbook as it is read, whatever its format: how much is looked at, sheets of cells, and what a cell holds.

Nothing here knows of forms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from mailbot.core.model.form_layout import address
from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.limits import MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookLimits:
    """Upper bounds for one workbook (reliability, section 5); an office may set most of them in `office.yaml`."""

    file_bytes: int = 10 * MEBIBYTE
    unpacked_bytes: int = 100 * MEBIBYTE
    """All members of the package together."""
    part_bytes: int = 50 * MEBIBYTE
    """One member."""
    members: int = 200
    ratio: int = 200
    """Unpacked to packed size of a whole file above one mebibyte."""
    shared_texts: int = 200_000
    cells: int = 200_000
    """Cells that hold something, on one sheet."""
    rows: int = 10_000
    columns: int = 200
    sheets: int = 20
    """How far is read; what lies beyond is not looked at."""


USUAL_LIMITS = WorkbookLimits()

Place = tuple[int, int]
"""Row and column, both from 1."""


class WorkbookRefused(ValueError):
    """A file that cannot be read as a workbook; `reason` decides the answer, the message is for the operator."""

    def __init__(self, reason: Unreadable, why: str) -> None:
        """Keep the reason and the operator's sentence."""
        super().__init__(why)
        self.reason = reason


class Kind(StrEnum):
    """What a cell holds."""

    NUMBER = "number"
    PERCENT = "percent"
    """A number shown as a percentage: 0.985 seen as 98,5%."""
    BARE = "bare"
    """A number whose format the file's reader cannot tell."""
    DATE = "date"
    TEXT = "text"
    TRUTH = "truth"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"
    """A formula that was never computed."""


class Value(NamedTuple):
    """One cell's content: its kind, the text a person sees or would see, and the number if it is one.

    Every cell of a form becomes one, so it is a tuple, which is made several times as quickly as a frozen dataclass.
    """

    kind: Kind
    text: str
    number: float = 0.0
    computed: bool = False
    """The file says that a formula gave it."""


@dataclass(frozen=True, slots=True)
class Merge:
    """One merged range, both corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def covers(self, row: int, column: int) -> bool:
        """Say whether a cell lies in the range."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def __str__(self) -> str:
        """Return the range as A1:B2."""
        return f"{address(self.first_row, self.first_column)}:{address(self.last_row, self.last_column)}"


@dataclass(slots=True)
class Grid:
    """One sheet. Raw cells are decoded when somebody looks at them."""

    name: str
    raw: dict[Place, object]
    decode: Callable[[object], Value | None]
    merges: tuple[Merge, ...] = ()
    _values: dict[Place, Value | None] = field(default_factory=dict)
    _rows: dict[int, list[int]] | None = None

    @property
    def rows(self) -> dict[int, list[int]]:
        """Return the rows that hold something, in order, each with the columns of its cells, in order."""
        if self._rows is None:
            self._rows = {}
            for row, column in sorted(self.raw):
                self._rows.setdefault(row, []).append(column)
        return self._rows

    def value(self, row: int, column: int) -> Value | None:
        """Return what a cell holds, or None if it is empty."""
        place = (row, column)
        if place in self._values:
            return self._values[place]
        raw = self.raw.get(place)
        value = self._values[place] = None if raw is None else self.decode(raw)
        return value

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, empty if there is none."""
        value = self.value(row, column)
        return value.text if value is not None else ""

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Return the merged range a cell lies in, if any."""
        return next((merge for merge in self.merges if merge.covers(row, column)), None) if self.merges else None


class Workbook(Protocol):
    """A file opened as a workbook; sheets are read when asked for."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the sheets, in order."""

    def grid(self, name: str) -> Grid:
        """Return one sheet. Raises WorkbookRefused if it cannot be read."""


def number_in(text: str) -> float | None:
    """Return the number a program wrote into a cell; None where a person would not read one, whatever Python reads."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if text.isascii() and "_" not in text else None
