"""A small XLSB written by hand (MS-XLSB): a table as binary Excel saves it, or a cell that is deadly far away."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


@dataclass(frozen=True, slots=True)
class Shown:
    """A number under a cell format, counted from 0; computed: a formula gave it."""

    value: float
    style: int
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """An error by its code; computed: a formula gave it."""

    code: int
    computed: bool = False


Content = str | float | Shown | Failed


def xlsb(
    sheet: str,
    cells: Mapping[tuple[int, int], Content],
    formats: tuple[int, ...] = (),
    own: tuple[tuple[int, str], ...] = (),
) -> bytes:
    """Return a binary workbook with one sheet; rows and columns count from 1.

    Args:
        sheet: its name.
        cells: what stands in it.
        formats: number format of each cell format; none: the workbook has no styles.
        own: number formats of its own, number and code.
    """
    last_row, last_column = max(row for row, _ in cells), max(column for _, column in cells)
    workbook = (
        _record(131)
        + _record(143)
        + _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet))
        + _record(144)
        + _record(132)
    )
    rows = b"".join(
        _record(0, struct.pack("<II", row - 1, 0) + b"\x00" * 9)
        + b"".join(_cell(column, value) for (at, column), value in sorted(cells.items()) if at == row)
        for row in sorted({row for row, _ in cells})
    )
    size = struct.pack("<IIII", 0, last_row - 1, 0, last_column - 1)
    table = _record(129) + _record(148, size) + _record(145) + rows + _record(146) + _record(130)
    return _zip(workbook, table, _styles(formats, own) if formats else b"")


def _record(number: int, content: bytes = b"") -> bytes:
    """Return a record: its number and its length in groups of seven bits, then its content."""
    head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = len(content), b""
    while True:
        size, group = size >> 7, size & 0x7F
        length += bytes([group | (0x80 if size else 0)])
        if not size:
            return head + length + content


def _wide(text: str) -> bytes:
    """Return a text with its length."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _styles(formats: tuple[int, ...], own: tuple[tuple[int, str], ...]) -> bytes:
    """Return the part of styles: own formats, a cell style that is no cell format, and the cell formats."""
    codes = b"".join(_record(44, struct.pack("<H", number) + _wide(code)) for number, code in own)
    stray = _record(47, struct.pack("<HH", 0xFFFF, 9) + b"\x00" * 12)
    table = b"".join(_record(47, struct.pack("<HH", 0, number) + b"\x00" * 12) for number in formats)
    formats_of_its_own = _record(615, struct.pack("<I", len(own))) + codes + _record(616)
    return (
        _record(278)
        + formats_of_its_own
        + stray
        + _record(617, struct.pack("<I", len(formats)))
        + table
        + _record(618)
        + stray
        + _record(279)
    )


def _cell(column: int, value: Content) -> bytes:
    """Return a cell: a real number, a text of its own, an error."""
    if isinstance(value, Failed):
        return _record(11 if value.computed else 3, struct.pack("<IIB", column - 1, 0, value.code))
    if isinstance(value, Shown):
        head = struct.pack("<IId", column - 1, value.style, value.value)
        return _record(9, head + b"\x00" * 10) if value.computed else _record(5, head)
    head = struct.pack("<II", column - 1, 0)
    if isinstance(value, str):
        return _record(6, head + _wide(value))
    return _record(5, head + struct.pack("<d", value))


def _zip(workbook: bytes, sheet: bytes, styles: bytes) -> bytes:
    """Return the package around the two parts."""
    relation = (
        '<Relationships xmlns="{}"><Relationship Id="rId1" Type="{}/relationships/{}" Target="{}"/></Relationships>'
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="bin" ContentType="application/x"/></Types>',
        "_rels/.rels": relation.format(_RELATIONS, _OFFICE, "officeDocument", "xl/workbook.bin"),
        "xl/workbook.bin": workbook,
        "xl/_rels/workbook.bin.rels": relation.format(_RELATIONS, _OFFICE, "worksheet", "worksheets/sheet1.bin"),
        "xl/worksheets/sheet1.bin": sheet,
    }
    if styles:
        parts["xl/styles.bin"] = styles
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()
