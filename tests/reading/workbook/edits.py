"""How people change a form before they send it: small edits on the unit's form filled in good order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.writing.form.paper import good_form

Edit = Callable[[Workbook], None]


def form_with(*edits: Edit) -> Callable[[], bytes]:
    """Return a builder of the good form after some edits."""

    def build() -> bytes:
        book = load_workbook(io.BytesIO(good_form()))
        for edit in edits:
            edit(book)
        return saved(book)

    return build


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def typed(place: str, value: object, number_format: str = "") -> Edit:
    """Somebody types into a cell (`Indikator!K8`)."""

    def edit(book: Workbook) -> None:
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value = value
        if number_format:
            book[sheet][cell].number_format = number_format

    return edit


def text(place: str, value: str) -> Edit:
    """Somebody writes a text that looks like a formula, or pastes one as text."""

    def edit(book: Workbook) -> None:
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value = value
        book[sheet][cell].data_type = "s"

    return edit


def error(place: str, value: str) -> Edit:
    """A formula in the cell went wrong."""

    def edit(book: Workbook) -> None:
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value = value
        book[sheet][cell].data_type = "e"

    return edit


def emptied(*places: str) -> Edit:
    """Somebody deletes the content of cells."""

    def edit(book: Workbook) -> None:
        for place in places:
            typed(place, None)(book)

    return edit


def merged(sheet: str, area: str) -> Edit:
    """Somebody merges cells."""
    return lambda book: book[sheet].merge_cells(area)


def renamed(sheet: str, name: str) -> Edit:
    """Somebody renames a tab."""

    def edit(book: Workbook) -> None:
        book[sheet].title = name

    return edit


def without(sheet: str) -> Edit:
    """Somebody deletes a sheet."""
    return lambda book: book.remove(book[sheet])


def row_deleted(sheet: str, row: int) -> Edit:
    """Somebody deletes a row."""
    return lambda book: book[sheet].delete_rows(row)


def row_inserted(sheet: str, row: int, **cells: object) -> Edit:
    """Somebody inserts a row, and fills in some of its cells (by column letter)."""

    def edit(book: Workbook) -> None:
        book[sheet].insert_rows(row)
        for column, value in cells.items():
            book[sheet][f"{column}{row}"].value = value

    return edit


def column_deleted(sheet: str, column: int) -> Edit:
    """Somebody deletes a column."""
    return lambda book: book[sheet].delete_cols(column)


def column_inserted(sheet: str, column: int) -> Edit:
    """Somebody inserts a column."""
    return lambda book: book[sheet].insert_cols(column)


def rows_reordered(sheet: str, first: int, order: tuple[int, ...]) -> Edit:
    """Somebody sorts the rows of a table."""

    def edit(book: Workbook) -> None:
        table = book[sheet]
        rows = {row: [cell.value for cell in table[row]] for row in order}
        for target, row in enumerate(order, first):
            _put(table, target, rows[row])

    return edit


def columns_reversed(sheet: str, header: int, first: int, last: int) -> Edit:
    """Somebody arranges the columns the other way round."""

    def edit(book: Workbook) -> None:
        table = book[sheet]
        for row in range(header, table.max_row + 1):
            values = [table.cell(row, column).value for column in range(first, last + 1)]
            for column, value in zip(range(first, last + 1), reversed(values), strict=True):
                table.cell(row, column).value = value

    return edit


def _put(table: Worksheet, row: int, values: Sequence[object]) -> None:
    """Write values into a row."""
    for column, value in enumerate(values, 1):
        table.cell(row, column).value = value  # type: ignore[assignment] # a value out of a cell fits a cell


def table(*rows: tuple[object, ...], title: str = "Sheet1") -> Callable[[], bytes]:
    """Return a builder of a workbook that somebody typed anew: one sheet with these rows."""

    def build() -> bytes:
        book = Workbook()
        sheet = book.create_sheet(title, 0)
        for row in rows:
            sheet.append(list(row))
        return saved(book)

    return build


def csv(*lines: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    """Return a builder of a CSV file."""
    return lambda: "\r\n".join(lines).encode(encoding)


def members(**contents: bytes | str) -> Callable[[], bytes]:
    """Return a builder of a zip with these members; `__` stands for a slash, `_dot_` for a dot."""

    def build() -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in contents.items():
                path = name.replace("__", "/").replace("_dot_", ".")
                method = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
                archive.writestr(path, content, compress_type=method)
        return target.getvalue()

    return build


def repacked(change: Callable[[dict[str, bytes]], None], base: Callable[[], bytes] = good_form) -> Callable[[], bytes]:
    """Return a builder of the good form with its package's members changed."""

    def build() -> bytes:
        with zipfile.ZipFile(io.BytesIO(base())) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return target.getvalue()

    return build
