"""The figures of a form, and of the recap of all forms, read from the cells as anybody would read them."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

_CODE, _ACTUAL, _SPENT = "Kode", "Realisasi", "Realisasi (Rp)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands in one workbook: for each code what was written as its figure."""

    written: Mapping[str, str]
    """Of indicators, by code; empty where nothing stands."""
    spent: Mapping[str, str] = field(default_factory=dict)
    """Of budget lines, by code."""
    cycle: str = ""
    """Which cycle asked for it, where the form says so in the open."""

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of everything asked."""
        return frozenset(self.written) | frozenset(self.spent)

    @property
    def values(self) -> dict[str, Decimal | None]:
        """Return every figure, None where it is none."""
        return {code: number(text) for code, text in (*self.written.items(), *self.spent.items())}

    def faulty(self, ceilings: Mapping[str, Decimal]) -> str:
        """Return what is plainly wrong first, empty if nothing is: no number, below zero, above its ceiling."""
        for code, text in (*self.written.items(), *self.spent.items()):
            value = number(text)
            if text.strip() and value is None:
                return f"{code} is {text.strip()!r}"
            if value is not None and value < 0:
                return f"{code} is {value}"
            if code in self.spent and value is not None and code in ceilings and value > ceilings[code]:
                return f"{code} is {value}, and its ceiling {ceilings[code]}"
        return ""

    @property
    def blank(self) -> bool:
        """Say whether no figure at all was written."""
        return not any(text.strip() for text in (*self.written.values(), *self.spent.values()))

    @property
    def full(self) -> bool:
        """Say whether every figure stands."""
        return all(text.strip() for text in (*self.written.values(), *self.spent.values()))


def number(text: str) -> Decimal | None:
    """Read a figure, NIHIL as nought; None if it is none."""
    plain = text.strip().replace("Rp", "").replace("%", "").strip()
    if plain.upper() == "NIHIL":
        return Decimal(0)
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        return None
    return found.normalize() if found.is_finite() else None


def sheet_of(content: bytes) -> Sheet | None:
    """Return the figures of a form or a recap, None if the file is neither."""
    if content.startswith(b'{"'):
        return _plain(content)
    if not content.startswith(b"PK"):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError):
        return None
    written: dict[str, str] = {}
    spent: dict[str, str] = {}
    for sheet in book.worksheets:
        for column, into in ((_ACTUAL, written), (_SPENT, spent)):
            into |= {code: text for code, text in _column(sheet, column) if code not in into}
    return Sheet(written=written, spent=spent) if written or spent else None


def _plain(content: bytes) -> Sheet | None:
    """Read the small forms and recaps of runs without workbooks."""
    found = json.loads(content)
    if "indicators" not in found:
        return None
    written = {code: row.get("actual", "") for code, row in found["indicators"].items()}
    return Sheet(written=written, spent=dict(found["budget"]), cycle=found.get("cycle", ""))


def _column(sheet: Worksheet, name: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in a column of the table that has one of that name, by code."""
    places: dict[str, int] = {}
    for row in sheet.iter_rows(values_only=True):
        texts = ["" if value is None else str(value).strip() for value in row]
        if _CODE in texts and name in texts:
            places = {_CODE: texts.index(_CODE), name: texts.index(name)}
        elif places and (code := texts[places[_CODE]]):
            yield code, texts[places[name]]
