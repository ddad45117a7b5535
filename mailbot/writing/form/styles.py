"""Styles of a workbook -> the numbered fonts, fills, borders and cell formats of `styles.xml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from mailbot.writing.form.workbook_model import Fill, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FONT_NAME = "Arial"

_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "@": 49}
"""Number formats every reader knows by number (ECMA-376, 18.8.30)."""
_FIRST_OWN_FORMAT = 164
_BORDER_COLOUR = "A6A6A6"


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
