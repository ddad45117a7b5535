"""One sheet of the recap workbook: its look, and cells in which no text of anybody's ever becomes a formula."""

from __future__ import annotations

from copy import copy
from textwrap import wrap
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from mailbot.writing.recap.plans import FIRST_ROW, Figure, Formula, Missing, Plan, Row, Value

if TYPE_CHECKING:
    from typing import Any

    from openpyxl.cell import Cell, MergedCell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

_FONT = "Arial"
_THIN = Side(style="thin", color="8A8F98")
_HEAD = FIRST_ROW - 1
SCALE = 80
"""Percent at which a sheet wider than a page is printed: letters of ten points are then eight."""
_HEAD_FILL = PatternFill("solid", fgColor="E8EBF0")
_BAND_FILL = PatternFill("solid", fgColor="F5F6F8")
_MISSING_COLOUR = "9C5700"
_DASH = "-"
_MOST_CHARACTERS = 32767
_LINE_POINTS = 13.0
_TALLEST_POINTS = 400.0
_BOLD = 1.2
_CHARACTER = 1.1
"""How much of a column's character a letter of running text takes."""
_INDENT = 1.5
"""How many characters of a column its indent and edges take."""
_FOOTER_INCHES = 0.3
"""How far the footer stands from the paper's edge: below the cells, with room for its line."""


def lay_out(sheet: Worksheet, plan: Plan) -> dict[str, Formula]:
    """Fill a sheet and set it up for paper, headers on every page; return its formulas by cell."""
    formulas: dict[str, Formula] = {}
    looks: dict[object, StyleArray] = {}
    office, title, state = plan.above
    for number, (text, size) in enumerate(((office, 10), (title, 14), (state, 10)), start=1):
        _text(sheet.cell(number, 1), text).font = Font(name=_FONT, size=size, bold=text is title)
    for column, (header, width) in enumerate(plan.headers, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        _head(sheet.cell(_HEAD, column), header)
    for number, row in enumerate(plan.rows, start=_HEAD + 1):
        for column in range(1, len(plan.headers) + 1):
            value = row.values[column - 1] if column <= len(row.values) else ""
            _fill(sheet.cell(number, column), row, value, looks)
            if isinstance(value, Formula):
                formulas[sheet.cell(number, column).coordinate] = value
        sheet.row_dimensions[number].height = _height(row, plan)
    lines = max(2, *(1 + int(len(header) * _BOLD / width) for header, width in plan.headers))
    sheet.row_dimensions[_HEAD].height = lines * _LINE_POINTS + 4
    sheet.row_dimensions[2].height = 20
    below = _HEAD + len(plan.rows) + 2
    for number, note in enumerate(plan.notes, start=below):
        _text(sheet.cell(number, 1), note).font = Font(name=_FONT, size=10, italic=True)
    _paper(sheet, plan)
    return formulas


def _height(row: Row, plan: Plan) -> float:
    """Return a row's height in points: room for the longest text, since not every program grows rows by itself."""
    if row.band:
        return _LINE_POINTS + 3
    lines = 1
    for value, (_, width) in zip(row.values, plan.headers, strict=False):
        text = value if isinstance(value, str) else value.words if isinstance(value, Missing) else ""
        lines = max(lines, sum(_lines(line, width) for line in text.split("\n")))
    return min(lines * _LINE_POINTS + 3, _TALLEST_POINTS)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of that many characters, its indent taken off."""
    return max(1, len(wrap(text, max(1, int((width - _INDENT) / _CHARACTER)))))


def _head(cell: Cell | MergedCell, header: str) -> None:
    """Set a header cell."""
    _text(cell, header)
    cell.font = Font(name=_FONT, size=10, bold=True)
    cell.fill = _HEAD_FILL
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    cell.border = Border(top=_THIN, bottom=_THIN)


def _fill(cell: Cell | MergedCell, row: Row, value: Value, looks: dict[object, StyleArray]) -> None:
    """Set one cell of a row; a look is put together once in a sheet, for openpyxl compares it with all it has."""
    shape = value.shape if isinstance(value, Figure | Formula) else value == _DASH
    kind = (row.band, row.total, type(value), shape)
    dressed: Any = cell  # its stubs do not know how openpyxl says that a look is copied
    if kind in looks:
        dressed._style = copy(looks[kind])  # noqa: SLF001 - its own way
    else:
        _dress(cell, row, value)
        looks[kind] = copy(dressed._style)  # noqa: SLF001 - the same
    match value:
        case Figure():
            cell.value = value.value
        case Formula():
            cell.value = f"={value.text}"
        case Missing():
            _text(cell, value.words)
        case int():
            cell.value = value
        case str():
            _text(cell, value)


def _dress(cell: Cell | MergedCell, row: Row, value: Value) -> None:
    """Give a cell of a row its look."""
    cell.font = Font(name=_FONT, size=10, bold=row.band or row.total)
    cell.border = Border(bottom=_THIN)
    cell.alignment = Alignment(wrap_text=not row.band, vertical="top", horizontal="left", indent=1)
    if row.band or row.total:
        cell.fill = _BAND_FILL
    match value:
        case Figure() | Formula():
            cell.number_format = value.shape
            cell.alignment = Alignment(vertical="top", horizontal="right")
        case Missing():
            cell.font = Font(name=_FONT, size=10, italic=True, color=_MISSING_COLOUR)
        case int():
            cell.alignment = Alignment(vertical="top", horizontal="center")
        case str() if value == _DASH:
            cell.alignment = Alignment(vertical="top", horizontal="right")
        case str():
            pass


def _text(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    """Set a text as a text: even `=1+1` is shown, never computed."""
    cell.value = (
        "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())[:_MOST_CHARACTERS] or None
    )
    if cell.value is not None:
        cell.data_type = "s"
    return cell


def _paper(sheet: Worksheet, plan: Plan) -> None:
    """Set up page, print titles, frozen headers and footer: nothing under eight points on A4, or on the wider F4."""
    sheet.freeze_panes = f"C{_HEAD + 1}"
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=not plan.repeated)
    if plan.repeated:
        sheet.page_setup.scale = SCALE
        sheet.print_title_cols = f"A:{get_column_letter(plan.repeated)}"
        for column in plan.breaks:
            sheet.col_breaks.append(Break(id=column))
    else:
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.6
    margins.header = margins.footer = _FOOTER_INCHES
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text=plan.footer, size=10), right=_HeaderFooterPart(text=plan.page, size=10)
    )
    sheet.sheet_view.zoomScale = 100
