"""Sheets and looks of a workbook -> the XML of their parts; a text stays a text, whatever sign it begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from mailbot.core.model.form_layout import address, place_of
from mailbot.writing.form.workbook_model import Cell, Fill, Hint, Sheet, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FONT_NAME = "Arial"

_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "@": 49}
"""Number formats every reader knows by number (ECMA-376, 18.8.30)."""
_FIRST_OWN_FORMAT = 164
_BORDER_COLOUR = "A6A6A6"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARGINS = '<pageMargins left="0.31" right="0.31" top="0.47" bottom="0.59" header="0.3" footer="0.3"/>'
_A4 = 9
SCALE = 90
"""Percent at which a sheet wider than a page is printed."""
_HINT_TITLE_CHARACTERS = 32
_HINT_CHARACTERS = 255
_FOOTER_CHARACTERS = 70
"""Each of the two texts of a footer: with their marks and the page numbers it may have 255 characters in all."""
_CELL_CHARACTERS = 32767
"""Most characters that Excel keeps in one cell; the limits of a hint are Excel's too."""


@dataclass(slots=True)
class Registry:
    """Parts of one kind in the order of their numbers; `first` is the number of the first one added here."""

    first: int = 0
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, xml: str) -> int:
        """Return the number of a part, adding it if it is new."""
        return self.numbers.setdefault(xml, self.first + len(self.numbers))


@dataclass(slots=True)
class Styles:
    """The style tables of one workbook, filled as styles are asked for; they may continue a foreign workbook's own."""

    fonts: Registry = field(default_factory=Registry)
    fills: Registry = field(default_factory=Registry)
    borders: Registry = field(default_factory=Registry)
    formats: Registry = field(default_factory=lambda: Registry(first=_FIRST_OWN_FORMAT))
    cells: Registry = field(default_factory=Registry)
    known: dict[Style, int] = field(default_factory=dict)

    def number(self, style: Style) -> int:
        """Return the number of a style's cell format."""
        found = self.known.get(style)
        if found is None:
            found = self.known[style] = self.cells.number(self._cell_xml(style))
        return found

    def _cell_xml(self, style: Style) -> str:
        """Return the `xf` element of a style."""
        number_format = _BUILT_IN.get(style.number_format)
        if number_format is None:
            number_format = self.formats.number(style.number_format)
        quoted = ' quotePrefix="1"' if style.quoted else ""
        vertical = "top" if style.top else "center"
        wrap = (' wrapText="1"' if style.wrap else "") + (f' indent="{style.indent}"' if style.indent else "")
        lock = "" if style.locked else '<protection locked="0"/>'
        return (
            f'<xf numFmtId="{number_format}" fontId="{self.fonts.number(font_xml(style))}"'
            f' fillId="{self.fills.number(fill_xml(style.fill))}" borderId="{self.borders.number(border_xml(style))}"'
            f' xfId="0"{quoted} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
            f' applyProtection="1"><alignment horizontal="{style.align}" vertical="{vertical}"{wrap}/>{lock}</xf>'
        )


def font_xml(style: Style) -> str:
    """Return the `font` element of a style."""
    flags = (
        f"{'<b/>' if style.bold else ''}{'<i/>' if style.italic else ''}{'<u/>' if style.underline else ''}"
        f'<sz val="{style.size}"/><color rgb="FF{style.ink}"/><name val="{FONT_NAME}"/><family val="2"/>'
    )
    return f"<font>{flags}</font>"


def fill_xml(fill: Fill) -> str:
    """Return the `fill` element of a background colour."""
    if fill is Fill.NONE:
        return '<fill><patternFill patternType="none"/></fill>'
    colours = f'<fgColor rgb="FF{fill.value}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{colours}</patternFill></fill>'


def border_xml(style: Style) -> str:
    """Return the `border` element of a style."""
    if style.rule:
        return (
            '<border><left/><right/><top/><bottom style="double"><color rgb="FF000000"/></bottom><diagonal/></border>'
        )
    if not style.border:
        return "<border><left/><right/><top/><bottom/><diagonal/></border>"
    sides = "".join(
        f'<{side} style="thin"><color rgb="FF{_BORDER_COLOUR}"/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return f"<border>{sides}<diagonal/></border>"


def new_styles() -> Styles:
    """Return style tables that hold what every workbook begins with: the plain font, the two first fills, no border."""
    styles = Styles()
    plain = Style()
    styles.fonts.number(font_xml(plain))
    styles.fills.number(fill_xml(Fill.NONE))
    styles.fills.number('<fill><patternFill patternType="gray125"/></fill>')
    styles.borders.number(border_xml(plain))
    styles.cells.number('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>')
    return styles


def styles_xml(styles: Styles) -> str:
    """Return the whole of `styles.xml`."""
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>' for code, number in styles.formats.numbers.items()
    )
    head = f'<numFmts count="{len(styles.formats.numbers)}">{formats}</numFmts>' if formats else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{MAIN}">{head}'
        f"{_table('fonts', list(styles.fonts.numbers))}{_table('fills', list(styles.fills.numbers))}"
        f"{_table('borders', list(styles.borders.numbers))}"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f"{_table('cellXfs', list(styles.cells.numbers))}"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _table(name: str, parts: Sequence[str]) -> str:
    """Return one counted table of `styles.xml`."""
    return f'<{name} count="{len(parts)}">{"".join(parts)}</{name}>'


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
    fits = f'<sheetPr><pageSetUpPr fitToPage="{int(not sheet.breaks)}"/></sheetPr>'
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
    """Return the printed page: A4 landscape, one page wide or as it is broken, as many long as it takes.

    Nothing is printed under eight points, here or on the wider F4: no text of a sheet has less than nine.
    """
    left, middle = (escape(clean(part)[:_FOOTER_CHARACTERS].replace("&", "&&")) for part in sheet.footer)
    pages = escape(sheet.page_words.replace("{page}", "&P").replace("{pages}", "&N"))
    footer = f"&amp;L&amp;10 {left}&amp;C&amp;10 {middle}&amp;R&amp;10 {pages}"
    size = f'scale="{SCALE}"' if sheet.breaks else 'fitToWidth="1" fitToHeight="0"'
    cuts = "".join(f'<brk id="{column}" max="1048575" man="1"/>' for column in sheet.breaks)
    count = len(sheet.breaks)
    return (
        f'<pageSetup paperSize="{_A4}" orientation="landscape" {size}/>'
        f"<headerFooter><oddFooter>{footer}</oddFooter></headerFooter>"
        + (f'<colBreaks count="{count}" manualBreakCount="{count}">{cuts}</colBreaks>' if cuts else "")
    )
