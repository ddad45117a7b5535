"""How invented staff answer from the phone: the form's figures as lines of a mail, in place of the form."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

from mailbot.rehearsal.filling import fill, header_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from mailbot.rehearsal.filling import Script

_TYPED = (
    "Realisasi",
    "Faktor Pendukung",
    "Faktor Penghambat",
    "Tindak Lanjut",
    "Sumber Data",
    "Data Dukung",
    "Realisasi (Rp)",
    "Realisasi Keluaran",
)
"""Columns that are typed, by their headers."""
_ALONE = frozenset({"Realisasi", "Realisasi (Rp)"})
"""What a line means that names no column."""


def lines_of(workbook: bytes, script: Script) -> str:
    """Return what is asked for in a form as lines of a mail.

    Args:
        workbook: the form as it came by mail.
        script: what its reader knows.
    """
    book = openpyxl.load_workbook(io.BytesIO(fill(workbook, script)))
    return "\n".join(line for sheet in book.worksheets for line in _lines(sheet))


def _lines(sheet: Worksheet) -> Iterator[str]:
    """Yield the lines of one sheet."""
    header = header_row(sheet)
    if header is None:
        return
    row, columns = header
    for number in range(row + 1, sheet.max_row + 1):
        code = str(sheet.cell(number, columns["Kode"]).value or "")
        for name in _TYPED:
            value = sheet.cell(number, columns[name]).value if name in columns else None
            if code and value is not None:
                yield f"{code}{'' if name in _ALONE else f' {name}'}: {_typed(value)}"


def _typed(value: object) -> str:
    """Return a cell as it is typed on a phone."""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",") if abs(value) < 1e6 else f"{value:.0f}"  # noqa: PLR2004 - no exponents
    return str(value)
