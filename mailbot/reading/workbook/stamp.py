"""The stamp sheet of a returned form -> what it says, and whether its HMAC holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mailbot.core.model.form import Stamp
from mailbot.core.model.form_layout import SheetName
from mailbot.core.model.form_stamp import FIRST_VALUE_ROW, MARK, Print, holds

if TYPE_CHECKING:
    from mailbot.reading.workbook.grid import Grid, Workbook

_MOST_LINES = 2_000


def read_stamp(workbook: Workbook, secret: bytes) -> tuple[Stamp, Print] | None:
    """Return the stamp and what the form held when it was sent out, or None if the workbook carries none."""
    named = [name for name in workbook.names if name.strip().casefold() == SheetName.STAMP.value]
    for name in named or workbook.names:
        grid = workbook.grid(name)
        if grid.text(1, 1).strip() == MARK:
            return _read(grid, secret)
    return None


def _read(grid: Grid, secret: bytes) -> tuple[Stamp, Print]:
    """Return what a stamp sheet says; one that does not hold says nothing about single values."""
    version, cycle, unit, signature = (grid.text(row, 2).strip() for row in range(1, FIRST_VALUE_ROW))
    lines = []
    for row in range(FIRST_VALUE_ROW, FIRST_VALUE_ROW + _MOST_LINES):
        key = grid.text(row, 1)
        if not key:
            break
        lines.append((key, grid.text(row, 2)))
    valid = holds(secret, signature, cycle, unit, version, tuple(lines))
    values = {key: fields for key, text in lines if (fields := _fields(text)) is not None} if valid else {}
    number = int(version) if version.isdigit() and len(version) < 6 else 0  # noqa: PLR2004 - a version is a small number
    stamp = Stamp(cycle=cycle, unit=unit, template_version=number, valid=valid)
    return stamp, Print(cycle=cycle, unit=unit, version=number, values=values)


def _fields(text: str) -> dict[str, str] | None:
    """Return one row's values as they were sent out, or None if they cannot be read."""
    try:
        fields = json.loads(text)
    except ValueError:
        return None
    return {str(name): str(value) for name, value in fields.items()} if isinstance(fields, dict) else None
