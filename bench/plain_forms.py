"""The plain way: the same forms written, read and marked through openpyxl's own objects, cell by cell."""

from __future__ import annotations

import io
from dataclasses import dataclass

from openpyxl import Workbook as OpenpyxlWorkbook
from openpyxl import load_workbook
from openpyxl.cell import Cell as OpenpyxlCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.core.model.form import Fault
from mailbot.reading.workbook.workbook import Grid, Kind, Merge, Value
from mailbot.writing.form.workbook_model import Book, Fill, Sheet, Style
from mailbot.writing.returned_form.findings import list_sheet, to_mend
from mailbot.writing.words.form_words import FormWords


@dataclass(frozen=True, slots=True)
class Look:
    """openpyxl's objects for one style, made once, as its manual advises."""

    font: Font
    fill: PatternFill
    border: Border
    alignment: Alignment
    protection: Protection


def look_of(style: Style) -> Look:
    """Return openpyxl's objects for a style."""
    side = Side(style="thin", color="FFA6A6A6")
    return Look(
        Font("Arial", style.size, bold=style.bold, italic=style.italic, color=f"FF{style.ink}"),
        PatternFill("solid", fgColor=f"FF{style.fill}") if style.fill is not Fill.NONE else PatternFill(),
        Border(side, side, side, side) if style.border else Border(),
        Alignment(style.align, "top" if style.top else "center", wrap_text=style.wrap, indent=style.indent),
        Protection(locked=style.locked),
    )


def write(book: Book) -> bytes:
    """Return the workbook's bytes, made from nothing."""
    target, looks = OpenpyxlWorkbook(), dict[Style, Look]()
    target.remove(target.worksheets[0])
    for sheet in book.sheets:
        fill_sheet(target.create_sheet(sheet.name), sheet, looks)
    target.active = [sheet.name for sheet in book.sheets].index(book.opens_on)
    return saved(target)


def fill_sheet(target: Worksheet, sheet: Sheet, looks: dict[Style, Look]) -> None:
    """Put a sheet's cells, looks, hints and page into an openpyxl sheet."""
    for (row, column), cell in sheet.cells.items():
        place = target.cell(row, column)
        if not isinstance(place, OpenpyxlCell):
            continue
        if cell.formula:
            place.value = f"={cell.formula}"
        elif cell.value is not None:
            place.value = cell.value
        look = looks.get(cell.style) or looks.setdefault(cell.style, look_of(cell.style))
        put_look(place, look, cell.style.number_format)
        if cell.link:
            place.hyperlink = f"#{cell.link}"
    for number, width in sheet.widths.items():
        target.column_dimensions[get_column_letter(number)].width = width
    for number, height in sheet.heights.items():
        target.row_dimensions[number].height = height
    for hint in sheet.hints:
        rule = DataValidation(type=hint.kind.value, formula1=hint.formula, allow_blank=True)
        rule.prompt, rule.promptTitle, rule.showInputMessage = hint.prompt, hint.title, True
        rule.error, rule.errorTitle, rule.showErrorMessage = hint.error, hint.error_title, bool(hint.error)
        rule.add(hint.cells)
        target.add_data_validation(rule)
    target.freeze_panes = sheet.frozen or None
    target.protection.sheet = sheet.protected
    target.page_setup.orientation, target.page_setup.paperSize = "landscape", 9
    target.page_setup.fitToHeight = int(sheet.one_page)
    if sheet.very_hidden:
        target.sheet_state = "veryHidden"


def put_look(place: OpenpyxlCell, look: Look, number_format: str) -> None:
    """Give a cell its look."""
    place.font, place.fill, place.border = look.font, look.fill, look.border
    place.alignment, place.protection, place.number_format = look.alignment, look.protection, number_format


def saved(book: OpenpyxlWorkbook) -> bytes:
    """Return a workbook's bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


class PlainWorkbook:
    """A workbook opened by openpyxl: once for the values, once for the formulas, for neither opening tells both."""

    def __init__(self, content: bytes, *, formulas: bool = True) -> None:
        """Open it twice, or once where formulas without a value need not be told from blanks."""
        self._values = load_workbook(io.BytesIO(content), data_only=True)
        self._formulas = load_workbook(io.BytesIO(content)) if formulas else self._values

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the sheets, in order."""
        return tuple(self._values.sheetnames)

    def grid(self, name: str) -> Grid:
        """Return one sheet, cell by cell."""
        sheet, raw = self._values[name], dict[tuple[int, int], object]()
        formulas = self._formulas[name]
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, OpenpyxlCell) and (value := _value(cell, formulas)) is not None:
                    raw[cell.row, cell.column] = value
        merges = tuple(_merge(str(area)) for area in sheet.merged_cells.ranges)
        return Grid(name=name, raw=raw, decode=_as_it_is, merges=merges)


def _value(cell: OpenpyxlCell, formulas: Worksheet) -> Value | None:
    """Return what a cell holds."""
    value = cell.value
    if value is None:
        typed = formulas.cell(cell.row, cell.column)
        return Value(Kind.UNCOMPUTED, "") if typed.data_type == "f" else None
    if cell.data_type == "e":
        return Value(Kind.ERROR, str(value))
    if isinstance(value, bool):
        return Value(Kind.TRUTH, str(value).upper())
    if isinstance(value, int | float):
        kind = Kind.PERCENT if "%" in cell.number_format else Kind.NUMBER
        return Value(Kind.DATE if is_date_format(cell.number_format) else kind, repr(value), float(value))
    return Value(Kind.TEXT, str(value)) if str(value).strip() else None


def _merge(area: str) -> Merge:
    """Return a merged range."""
    left, top, right, bottom = range_boundaries(area)
    return Merge(int(top or 0), int(left or 0), int(bottom or 0), int(right or 0))


def _as_it_is(raw: object) -> Value | None:
    """Return a cell that was decoded as it was read."""
    return raw if isinstance(raw, Value) else None


def mark(content: bytes, faults: tuple[Fault, ...], good: tuple[tuple[str, str], ...], words: FormWords) -> bytes:
    """Return the workbook with its marks: loaded, painted, noted, a list put in front, saved."""
    book = load_workbook(io.BytesIO(content))
    fills = {fill: PatternFill("solid", fgColor=f"FF{fill.value}") for fill in (Fill.BAD, Fill.GOOD)}
    for sheet, place in good:
        book[sheet][place].fill = fills[Fill.GOOD]
    for fault in to_mend(faults):
        if fault.cell:
            told = words.faults.describe(fault)
            cell = book[fault.sheet][fault.cell]
            cell.fill = fills[Fill.BAD]
            cell.comment = Comment(words.text("returned.note", what=told.what, mend=told.mend), "mailbot")
            book[fault.sheet].cell(cell.row, 1).value = words.text("returned.bad_mark")
    listing = list_sheet(faults, book.sheetnames, words)
    fill_sheet(book.create_sheet(listing.name, 0), listing, {})
    return saved(book)
