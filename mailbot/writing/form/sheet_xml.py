"""One sheet of a workbook -> the XML of its part; a text is always written as a text, whatever sign it begins with."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from mailbot.core.model.form_layout import address, place_of
from mailbot.writing.form.styles import MAIN, Registry, Styles
from mailbot.writing.form.workbook_model import Cell, Hint, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARGINS = '<pageMargins left="0.31" right="0.31" top="0.47" bottom="0.59" header="0.3" footer="0.3"/>'
_A4 = 9
_HINT_TITLE_CHARACTERS = 32
_HINT_CHARACTERS = 255
_FOOTER_CHARACTERS = 90
"""Each of the two texts of a footer: with their marks and the page numbers it may have 255 characters in all."""
_CELL_CHARACTERS = 32767
"""Most characters that Excel keeps in one cell; the limits of a hint are Excel's too."""


def clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold, cut at what one cell can hold."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:_CELL_CHARACTERS]


def sheet_xml(sheet: Sheet, styles: Styles, texts: Registry | None, *, front: bool) -> str:
    """Return a sheet's part.

    Args:
        sheet: what stands on it.
        styles: the workbook's styles; new ones are added.
        texts: the workbook's shared texts; None: each text is written inside its cell.
        front: whether the workbook opens on this sheet.
    """
    fits = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    last = address(sheet.last_row, sheet.last_column)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">{fits}'
        f'<dimension ref="A1:{last}"/>'
        f'{_views(sheet, front=front)}<sheetFormatPr defaultRowHeight="13.5"/>{_columns(sheet)}'
        f"<sheetData>{''.join(_rows(sheet, styles, texts))}</sheetData>{_protection(sheet)}{_hints(sheet.hints)}"
        f"{_links(sheet)}{_MARGINS}{_page(sheet)}</worksheet>"
    )


def _views(sheet: Sheet, *, front: bool) -> str:
    """Return how the sheet is first seen: frozen header, selected cell, no grid lines."""
    chosen = ' tabSelected="1"' if front else ""
    selection = f'activeCell="{sheet.selected}" sqref="{sheet.selected}"'
    inside = f"<selection {selection}/>"
    if sheet.frozen:
        row, column = place_of(sheet.frozen)
        across, down = column - 1, row - 1
        split = (f' xSplit="{across}"' if across else "") + (f' ySplit="{down}"' if down else "")
        pane = "bottomRight" if across and down else "bottomLeft" if down else "topRight"
        inside = (
            f'<pane{split} topLeftCell="{sheet.frozen}" activePane="{pane}" state="frozen"/>'
            f'<selection pane="{pane}" {selection}/>'
        )
    return f'<sheetViews><sheetView showGridLines="0"{chosen} workbookViewId="0">{inside}</sheetView></sheetViews>'


def _columns(sheet: Sheet) -> str:
    """Return the widths of the columns."""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in sorted(sheet.widths.items())
    )
    return f"<cols>{columns}</cols>" if columns else ""


def _rows(sheet: Sheet, styles: Styles, texts: Registry | None) -> Iterable[str]:
    """Yield every row that holds a cell."""
    for row, keys in groupby(sorted(sheet.cells), key=lambda key: key[0]):
        height = f' ht="{sheet.heights[row]}"' if row in sheet.heights else ""
        cells = "".join(_cell(address(*key), sheet.cells[key], styles, texts) for key in keys)
        yield f'<row r="{row}"{height}>{cells}</row>'


def _cell(place: str, cell: Cell, styles: Styles, texts: Registry | None) -> str:
    """Return one cell."""
    head = f'<c r="{place}" s="{styles.number(cell.style)}"'
    if cell.formula:
        formula = f"<f>{escape(cell.formula)}</f>"
        if isinstance(cell.value, Decimal):
            return f"{head}>{formula}<v>{cell.value:f}</v></c>"
        return f'{head} t="str">{formula}<v>{escape(clean(cell.value or ""))}</v></c>'
    if cell.value is None or cell.value == "":
        return f"{head}/>"
    if isinstance(cell.value, Decimal):
        return f"{head}><v>{cell.value:f}</v></c>"
    if texts is None:
        return f'{head} t="inlineStr"><is>{text_xml(cell.value)}</is></c>'
    return f'{head} t="s"><v>{texts.number(text_xml(cell.value))}</v></c>'


def text_xml(text: str) -> str:
    """Return a text as the `t` element of a cell or of a note."""
    return f'<t xml:space="preserve">{escape(clean(text))}</t>'


def _protection(sheet: Sheet) -> str:
    """Return the lock of a sheet, without a password; rows and columns may still be made wider."""
    if not sheet.protected:
        return ""
    return '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'


def _hints(hints: tuple[Hint, ...]) -> str:
    """Return the validations of a sheet."""
    if not hints:
        return ""
    return f'<dataValidations count="{len(hints)}">{"".join(map(_hint, hints))}</dataValidations>'


def _hint(hint: Hint) -> str:
    """Return one validation with its two texts, cut at what Excel can show."""
    style = "" if hint.stop else ' errorStyle="warning"'
    operator = ' operator="lessThanOrEqual"' if hint.kind.value == "textLength" else ""
    refuses = ' showErrorMessage="1"' if hint.error else ""
    return (
        f'<dataValidation type="{hint.kind.value}"{style}{operator} allowBlank="1" showInputMessage="1"{refuses}'
        f" errorTitle={quoteattr(hint.error_title[:_HINT_TITLE_CHARACTERS])} error={_attribute(hint.error)}"
        f" promptTitle={quoteattr(hint.title[:_HINT_TITLE_CHARACTERS])} prompt={_attribute(hint.prompt)}"
        f' sqref="{hint.cells}"><formula1>{escape(hint.formula)}</formula1></dataValidation>'
    )


def _attribute(text: str) -> str:
    """Return a hint's text as an attribute that keeps its line breaks."""
    return quoteattr(clean(text)[:_HINT_CHARACTERS], {"\n": "&#10;"})


def _links(sheet: Sheet) -> str:
    """Return the links of a sheet, all of them inside the workbook."""
    links = "".join(
        f'<hyperlink ref="{address(*key)}" location={quoteattr(cell.link)}'
        f" display={quoteattr(clean(str(cell.value)))}/>"
        for key, cell in sorted(sheet.cells.items())
        if cell.link
    )
    return f"<hyperlinks>{links}</hyperlinks>" if links else ""


def _page(sheet: Sheet) -> str:
    """Return the printed page: A4 landscape, one page wide, as many long as it takes."""
    left, middle = (escape(clean(part)[:_FOOTER_CHARACTERS].replace("&", "&&")) for part in sheet.footer)
    pages = escape(sheet.page_words.replace("{page}", "&P").replace("{pages}", "&N"))
    footer = f"&amp;L&amp;8 {left}&amp;C&amp;8 {middle}&amp;R&amp;8 {pages}"
    return (
        f'<pageSetup paperSize="{_A4}" orientation="landscape" fitToWidth="1" fitToHeight="{int(sheet.one_page)}"/>'
        f"<headerFooter><oddFooter>{footer}</oddFooter></headerFooter>"
    )
