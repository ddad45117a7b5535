"""Where a form stands in a workbook: its stamp, its tables and columns by their headers, its rows by their codes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.core.model.form import Stamp
from mailbot.core.model.form_layout import (
    CODE,
    COLUMNS,
    FIELDS_BY_HEADER,
    HEADER_CHARACTERS,
    SIGNATURE_FIELDS,
    SheetName,
    code_key,
    header_key,
)
from mailbot.core.model.form_stamp import FIRST_VALUE_ROW, MARK, Print, StampCells
from mailbot.reading.workbook.workbook import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailbot.reading.workbook.workbook import Grid, Workbook

_HEADER_ROWS = 60
"""A header is looked for in the first rows only."""
_LEAST_SIGNATURE = 2
_LEAST_WITHOUT_CODE = 4
_CODE_LIKE = re.compile(r"[A-Za-z]{2,5}[\s.\-–_/]*\d{1,4}|\d+(?:\.\d+){2,}")
_TOTAL = re.compile(r"\b(jumlah|total|rata-rata|rata rata|rerata)\b", re.IGNORECASE)
_SUM = re.compile(r"^\W*(sub ?)?(jumlah|total)\b", re.IGNORECASE)
_YEAR = re.compile(
    r"(?<!\d )\b(?:tahun|thn\.?|ta|t\.a\.)(?: anggaran)?\s*[:.]?\s*(20\d\d)\b(?!\s*[-/–]\s*20\d\d)", re.IGNORECASE
)
"""`Tahun 2024`; not `Nomor 5 Tahun 2024`, not `Tahun 2025-2029`."""
_MOST_STAMP_LINES = 2_000
_AROUND = " *\n\t"
"""What may stand around a header: blanks, and the mark of a column that must be filled in."""
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")

_WANTED = {sheet: {column.field for column in columns if not column.optional} for sheet, columns in COLUMNS.items()}
_HEADERS = {sheet: {column.field: column.header.casefold() for column in columns} for sheet, columns in COLUMNS.items()}
_LOCKED = {sheet: [column.field for column in columns if not column.filled] for sheet, columns in COLUMNS.items()}
_FIGURES = {
    sheet: [column.field for column in columns if column.filled and column.figures]
    for sheet, columns in COLUMNS.items()
}
_FILLED = {
    sheet: [column.field for column in columns if column.filled and column.field != "data_source"]
    for sheet, columns in COLUMNS.items()
}
"""Fields of each sheet: those a header must have, their headers, those locked, figures and all that are filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: the code as known to us (empty: unknown to us) and as written."""

    number: int
    code: str
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a form in the sender's workbook."""

    sheet: SheetName
    grid: Grid
    header_row: int
    columns: Mapping[str, int]
    """Field -> column number."""
    doubtful: frozenset[str] = field(default_factory=frozenset)
    """Fields that two columns claim equally well."""

    def place(self, row: int, name: str) -> tuple[int, int] | None:
        """Return the cell of a field in a row, or None if the column is gone."""
        column = self.columns.get(name)
        return None if column is None else (row, column)

    @property
    def open(self) -> bool:
        """Say whether nothing stands where figures are filled in, sums apart."""
        filled = {self.columns[name] for name in _FILLED[self.sheet] if name in self.columns}
        places = (place for place in self.grid.raw if place[0] > self.header_row and place[1] in filled)
        return all(self.grid.value(*place) is None or self._sum_word(place[0]) for place in places)

    def rows(self, codes: Mapping[str, str]) -> Iterable[Row]:
        """Yield the rows that carry a code, or figures without one. `codes` maps `code_key` -> our code."""
        column = self.columns.get(CODE)
        if column is None:
            return
        for number in self.grid.rows:
            if number <= self.header_row:
                continue
            written = self.grid.text(number, column).strip()
            known = _known(written, codes)
            if known or _CODE_LIKE.fullmatch(written):
                yield Row(number=number, code=known, written=written)
            elif self._holds_figure(number) and not self._is_furniture(number, written):
                yield Row(number=number, code="", written=written)

    def sums(self, name: str) -> Iterable[Row]:
        """Yield the rows below the header that hold that field and say they are a sum of the rows above them."""
        wanted = self.columns.get(name, 0)
        for number, columns in self.grid.rows.items():
            if number > self.header_row and wanted in columns and (word := self._sum_word(number)):
                yield Row(number=number, code="", written=word)

    def _sum_word(self, row: int) -> str:
        """Return the word by which a row says that it is a sum, empty if it does not."""
        for column in (*self._locked_columns(), 1):
            text = self.grid.text(row, column).strip()
            if text and _SUM.match(text):
                return text
        return ""

    def _locked_columns(self) -> list[int]:
        """Return the columns in which a row says what it is."""
        return [self.columns[name] for name in _LOCKED[self.sheet] if name in self.columns]

    def _holds_figure(self, row: int) -> bool:
        """Say whether a row without a known code holds a figure where one is filled in."""
        values = [self.grid.value(row, self.columns[name]) for name in _FIGURES[self.sheet] if name in self.columns]
        return any(value is not None and value.kind in {Kind.NUMBER, Kind.PERCENT, Kind.BARE} for value in values)

    def _is_furniture(self, row: int, written: str) -> bool:
        """Say whether a row is a sum, or the line that numbers the columns."""
        if row == self.header_row + 1 and _COLUMN_NUMBER.fullmatch(written):
            return True
        return any(_TOTAL.search(self.grid.text(row, column)) for column in (*self._locked_columns(), 1))


def find_tables(workbook: Workbook, headers: Mapping[str, Iterable[str]]) -> dict[SheetName, Table]:
    """Return the tables of a form found in a workbook, by the sheet they belong to.

    A sheet with the right name and header is taken at once; otherwise all sheets are looked through, and the one whose
    header fits best is taken.

    Args:
        workbook: the sender's workbook.
        headers: field -> the office's own headers for it, as `header_key` gives them.
    """
    fields = {sheet: _own_fields(sheet, headers) | FIELDS_BY_HEADER[sheet] for sheet in COLUMNS}
    tables: dict[SheetName, Table] = {}
    taken: set[str] = set()
    by_name = {name.strip().casefold(): name for name in workbook.names}
    for sheet in COLUMNS:
        name = by_name.get(sheet.value.casefold())
        table = _find_header(workbook.grid(name), sheet, fields[sheet]) if name is not None else None
        if table is not None:
            tables[sheet] = table if not table.open else _filled_copy(workbook, sheet, table, fields[sheet]) or table
            taken.add(table.grid.name)
    missing = [sheet for sheet in COLUMNS if sheet not in tables]
    skipped = {SheetName.STAMP.value.casefold(), SheetName.GUIDE.value.casefold()}
    others = [name for name in workbook.names if name not in taken and name.strip().casefold() not in skipped]
    for name in others if missing else []:
        grid = workbook.grid(name)
        found = [table for sheet in missing if (table := _find_header(grid, sheet, fields[sheet])) is not None]
        best = max(found, key=lambda table: (len(table.columns), table.sheet is SheetName.INDICATORS), default=None)
        if best is not None and best.sheet not in tables:
            tables[best.sheet] = best
    return tables


def _own_fields(sheet: SheetName, headers: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the field of every header of a sheet that is the office's own."""
    return {key: column.field for column in COLUMNS[sheet] for key in headers.get(column.field, ()) if key}


def _filled_copy(workbook: Workbook, sheet: SheetName, empty: Table, fields: Mapping[str, str]) -> Table | None:
    """Return the copy of a sheet (`Indikator (2)`) that was filled in while the original stayed empty, if any."""
    copies = (name for name in workbook.names if name != empty.grid.name and name.strip().startswith(empty.grid.name))
    tables = (_find_header(workbook.grid(name), sheet, fields) for name in copies)
    return next((table for table in tables if table is not None and not table.open), None)


def years_named(tables: Iterable[Table]) -> tuple[int, ...]:
    """Return the years that stand above the tables as the year of the data; a regulation's own year is none."""
    found: set[int] = set()
    for table in tables:
        for row, column in table.grid.raw:
            if row < table.header_row:
                found |= {int(year) for year in _YEAR.findall(table.grid.text(row, column))}
    return tuple(sorted(found))


def _known(written: str, codes: Mapping[str, str]) -> str:
    """Return our code for what is written in a code cell, empty if it is none of ours."""
    if not written:
        return ""
    return codes.get(code_key(written)) or codes.get(code_key(written.split(maxsplit=1)[0])) or ""


def _find_header(grid: Grid, sheet: SheetName, fields: Mapping[str, str]) -> Table | None:
    """Return the table whose header row fits best, or None if no row is a header of that sheet."""
    best: Table | None = None
    for row, names in _header_rows(grid, fields):
        found = set(names.values())
        signature = len(found & SIGNATURE_FIELDS[sheet])
        fits = signature >= _LEAST_SIGNATURE if CODE in found else signature >= _LEAST_WITHOUT_CODE
        if fits and (best is None or len(found) > len(best.columns)):
            best = _table(grid, sheet, row, names)
        if best is not None and best.columns.keys() >= _WANTED[sheet]:
            break
    return best


def _header_rows(grid: Grid, fields: Mapping[str, str]) -> Iterable[tuple[int, Mapping[int, str]]]:
    """Yield the first rows that hold a header of a sheet: the row, and column -> field; `fields` are by header."""
    for row, columns in grid.rows.items():
        if row > _HEADER_ROWS:
            return
        names: dict[int, str] = {}
        for column in columns:
            text = grid.text(row, column)
            name = fields.get(header_key(text)) if 0 < len(text) <= HEADER_CHARACTERS else None
            if name is not None:
                names[column] = name
        if names:
            yield row, names


def _table(grid: Grid, sheet: SheetName, row: int, names: Mapping[int, str]) -> Table:
    """Return a table with each field's column; of several claims the exact header wins, else the field is doubtful."""
    claims: dict[str, list[int]] = {}
    for column, name in names.items():
        claims.setdefault(name, []).append(column)
    columns: dict[str, int] = {}
    doubtful = set()
    for name, claimed in claims.items():
        if len(claimed) == 1:
            columns[name] = claimed[0]
            continue
        exact = _HEADERS[sheet][name]
        plain = [column for column in claimed if grid.text(row, column).strip(_AROUND).casefold() == exact]
        if len(plain) != 1 and name in _FIGURES[sheet]:
            doubtful.add(name)
        else:
            columns[name] = (plain or claimed)[0]
    return Table(sheet=sheet, grid=grid, header_row=row, columns=columns, doubtful=frozenset(doubtful))


def read_stamp(workbook: Workbook, secret: bytes) -> tuple[Stamp, Print] | None:
    """Return the stamp and what the form held when it was sent out, or None if the workbook carries none.

    A stamp that does not hold says nothing about single values.
    """
    cells = stamp_cells(workbook)
    if cells is None:
        return None
    valid, version = cells.made_with(secret), cells.version
    values = {key: fields for key, text in cells.lines if (fields := _fields(text)) is not None} if valid else {}
    number = int(version) if version.isdigit() and len(version) < 6 else 0  # noqa: PLR2004 - a version is a small number
    stamp = Stamp(cycle=cells.cycle, unit=cells.unit, template_version=number, valid=valid)
    return stamp, Print(cycle=cells.cycle, unit=cells.unit, version=number, values=values)


def stamp_cells(workbook: Workbook) -> StampCells | None:
    """Return the cells of a workbook's stamp, whoever made it, or None if it carries none."""
    named = [name for name in workbook.names if name.strip().casefold() == SheetName.STAMP.value]
    for name in named or workbook.names:
        grid = workbook.grid(name)
        if grid.text(1, 1).strip() == MARK:
            return _stamp_on(grid)
    return None


def _stamp_on(grid: Grid) -> StampCells:
    """Return what a stamp sheet says."""
    version, cycle, unit, signature = (grid.text(row, 2).strip() for row in range(1, FIRST_VALUE_ROW))
    lines = []
    for row in range(FIRST_VALUE_ROW, FIRST_VALUE_ROW + _MOST_STAMP_LINES):
        key = grid.text(row, 1)
        if not key:
            break
        lines.append((key, grid.text(row, 2)))
    return StampCells(version=version, cycle=cycle, unit=unit, signature=signature, lines=tuple(lines))


def _fields(text: str) -> dict[str, str] | None:
    """Return one row's values as they were sent out, or None if they cannot be read."""
    try:
        fields = json.loads(text)
    except ValueError:
        return None
    return {str(name): str(value) for name, value in fields.items()} if isinstance(fields, dict) else None
