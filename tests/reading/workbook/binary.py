"""A small XLSB written by hand (MS-XLSB): a table as binary Excel saves it, or a cell that is deadly far away."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def xlsb(sheet: str, cells: Mapping[tuple[int, int], str | float]) -> bytes:
    """Return a binary workbook with one sheet; rows and columns count from 1."""
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
    return _zip(workbook, table)


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


def _cell(column: int, value: str | float) -> bytes:
    """Return a cell: a real number, or a text of its own."""
    head = struct.pack("<II", column - 1, 0)
    if isinstance(value, str):
        return _record(6, head + _wide(value))
    return _record(5, head + struct.pack("<d", value))


def _zip(workbook: bytes, sheet: bytes) -> bytes:
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
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()
