"""What XLS and XLSB say of a cell beside its value: how a number is shown, and which error stands there (T18).

The reader of these formats gives values alone; 0.9912 may then be 99,12% or 0,9912, and an error looks like a blank. So
the records of the file (MS-XLS, MS-XLSB) are walked once for formats and errors. What cannot be walked says nothing.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.reading.workbook.cell_formats import kind_of_format
from mailbot.reading.workbook.package import DAMAGE, Package
from mailbot.reading.workbook.workbook import Kind, Place, Value, WorkbookLimits, WorkbookRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

Told = dict[str, dict[Place, Kind | Value]]
"""Sheet -> place -> how a number there is shown, or the error that stands there."""

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MOST_RECORDS = 2_000_000

# MS-XLS 2.3: numbers of the records that are looked at.
_BOF, _EOF, _SHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_NUMBER, _RK, _MANY_RK, _FORMULA, _BOOL_OR_ERROR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_RK_BYTES = 6
_ERROR_RESULT = 2
# MS-XLSB 2.3.
_ROW, _CELL_RK, _CELL_ERROR, _CELL_REAL, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 9, 11
_BUNDLE, _OWN_FORMAT, _CELL_FORMAT, _FORMATS_BEGIN, _FORMATS_END = 156, 44, 47, 617, 618
_NUMBERS = frozenset({_CELL_RK, _CELL_REAL, _FORMULA_NUMBER})
_FAILED = frozenset({_CELL_ERROR, _FORMULA_ERROR})
_SEVEN_BITS = 0x7F
_STYLE_BITS = 0xFFFFFF
_LONGEST_LENGTH = 4


@dataclass(slots=True)
class _Formats:
    """The number formats of a workbook, as its records come."""

    own: dict[int, str] = field(default_factory=dict)
    cells: list[int] = field(default_factory=list)

    def kind(self, style: int) -> Kind:
        """Return how a number is shown under a cell format; a plain number where it is not known."""
        number = self.cells[style] if style < len(self.cells) else 0
        return kind_of_format(str(number), self.own.get(number))


def told_by_xls(content: bytes) -> Told:
    """Return what an XLS file says of its cells; nothing where it cannot be walked."""
    import msoffcrypto  # noqa: PLC0415 - loads a great deal, and few files are old
    from msoffcrypto.exceptions import FileFormatError  # noqa: PLC0415 - the same

    try:
        stream = msoffcrypto.OfficeFile(io.BytesIO(content)).ole.openstream("Workbook").read()
        return _xls_sheets(stream)
    except (FileFormatError, AttributeError, *DAMAGE):
        return {}


def told_by_xlsb(content: bytes, limits: WorkbookLimits) -> Told:
    """Return what an XLSB file says of its cells; nothing where it cannot be walked."""
    try:
        package = Package(content, limits)
        formats = _xlsb_formats(package.read("xl/styles.bin")) if package.has("xl/styles.bin") else None
        return {name: _xlsb_sheet(package.read(part), formats) for name, part in _xlsb_places(package)}
    except (WorkbookRefused, *DAMAGE):
        return {}


def _error(code: int) -> Value:
    """Return the error of a code."""
    return Value(Kind.ERROR, _ERRORS.get(code, "#"))


def _xls_records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of the records from a place to the end of what begins there."""
    depth = 0
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(stream):
            return
        number, size = struct.unpack_from("<HH", stream, at)
        yield number, stream[at + 4 : at + 4 + size]
        at += 4 + size
        depth += (number == _BOF) - (number == _EOF)
        if depth <= 0:
            return


def _xls_sheets(stream: bytes) -> Told:
    """Walk the workbook's own records, then those of each sheet."""
    formats = _Formats()
    places: dict[str, int] = {}
    for number, content in _xls_records(stream, 0):
        if number == _XF:
            formats.cells.append(struct.unpack_from("<H", content, 2)[0])
        elif number == _FORMAT:
            formats.own[struct.unpack_from("<H", content)[0]] = _xls_text(content[5:], wide=content[4])
        elif number == _SHEET:
            name = _xls_text(content[8:], wide=content[7])[: content[6]]
            places[name] = struct.unpack_from("<I", content)[0]
    return {name: dict(_xls_cells(stream, at, formats)) for name, at in places.items()}


def _xls_text(content: bytes, *, wide: int) -> str:
    """Return a text that is kept in one byte a character, or in two."""
    return content.decode("utf-16-le" if wide & 1 else "latin-1", errors="replace")


def _xls_cells(stream: bytes, at: int, formats: _Formats) -> Iterator[tuple[Place, Kind | Value]]:
    """Yield what a sheet says of its cells."""
    for number, content in _xls_records(stream, at):
        if number in {_NUMBER, _RK, _FORMULA, _BOOL_OR_ERROR}:
            row, column, style = struct.unpack_from("<HHH", content)
            place = (row + 1, column + 1)
            if number == _BOOL_OR_ERROR:
                if content[7]:
                    yield place, _error(content[6])
            elif number == _FORMULA and content[12:14] == b"\xff\xff":
                if content[6] == _ERROR_RESULT:
                    yield place, _error(content[8])
            else:
                yield place, formats.kind(style)
        elif number == _MANY_RK:
            row, first = struct.unpack_from("<HH", content)
            for nth in range((len(content) - _RK_BYTES) // _RK_BYTES):
                style = struct.unpack_from("<H", content, 4 + nth * _RK_BYTES)[0]
                yield (row + 1, first + nth + 1), formats.kind(style)


def _xlsb_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of every record of a part."""
    at = 0
    for _ in range(_MOST_RECORDS):
        if at >= len(part):
            return
        number = part[at]
        at += 1
        if number > _SEVEN_BITS:
            number = number & _SEVEN_BITS | part[at] << 7
            at += 1
        size = 0
        for nth in range(_LONGEST_LENGTH):
            group = part[at]
            at += 1
            size |= (group & _SEVEN_BITS) << (7 * nth)
            if group <= _SEVEN_BITS:
                break
        yield number, part[at : at + size]
        at += size


def _xlsb_text(content: bytes, at: int) -> tuple[str, int]:
    """Return a text with its length before it, and where it ends."""
    length = struct.unpack_from("<I", content, at)[0]
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _xlsb_places(package: Package) -> Iterator[tuple[str, str]]:
    """Yield each sheet's name and part."""
    targets = {relation.id: relation.part for relation in package.related("xl/workbook.bin")}
    for number, content in _xlsb_records(package.read("xl/workbook.bin")):
        if number == _BUNDLE:
            relation, end = _xlsb_text(content, 8)
            if package.has(targets.get(relation, "")):
                yield _xlsb_text(content, end)[0], targets[relation]


def _xlsb_formats(part: bytes) -> _Formats:
    """Return the number formats of a workbook."""
    formats, inside = _Formats(), False
    for number, content in _xlsb_records(part):
        inside = number == _FORMATS_BEGIN or (inside and number != _FORMATS_END)
        if number == _OWN_FORMAT:
            formats.own[struct.unpack_from("<H", content)[0]] = _xlsb_text(content, 2)[0]
        elif number == _CELL_FORMAT and inside:
            formats.cells.append(struct.unpack_from("<H", content, 2)[0])
    return formats


def _xlsb_sheet(part: bytes, formats: _Formats | None) -> dict[Place, Kind | Value]:
    """Return what a sheet says of its cells; of its numbers nothing where the workbook has no formats."""
    told: dict[Place, Kind | Value] = {}
    row = 0
    for number, content in _xlsb_records(part):
        if number == _ROW:
            row = struct.unpack_from("<I", content)[0] + 1
        elif number in _FAILED or (number in _NUMBERS and formats is not None):
            column, style = struct.unpack_from("<II", content)
            shown = formats.kind(style & _STYLE_BITS) if formats is not None else Kind.BARE
            told[row, column + 1] = _error(content[8]) if number in _FAILED else shown
    return told
