"""The cells of one sheet in a sender's own workbook: found by reference, restyled, or put in where there were none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from mailbot.core.model.form_layout import address, place_of
from mailbot.writing.form.sheet_xml import text_xml
from mailbot.writing.form.styles import MAIN
from mailbot.writing.form.workbook_model import Fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.writing.returned_form.styles import ForeignStyles

NS = f"{{{MAIN}}}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_AFTER_NOTES = frozenset(
    f"{NS}{name}"
    for name in ("legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)
"""What stands behind `legacyDrawing` in a sheet (ECMA-376, CT_Worksheet)."""


class ForeignSheet:
    """A sheet's XML, opened for marking."""

    def __init__(self, root: etree._Element, styles: ForeignStyles) -> None:
        """Find the rows and cells.

        Raises:
            ValueError: the sheet is not written as office programs write it (cells or rows without references).
        """
        data = root.find(f"{NS}sheetData")
        if data is None:
            raise ValueError("a sheet without rows")
        self.root, self._data, self._styles = root, data, styles
        self._rows = {int(row.get("r", "")): row for row in data}
        self._cells = {place_of(cell.get("r", "")): cell for row in data for cell in row}

    def unmark(self, kept: Mapping[tuple[int, int], Fill]) -> None:
        """Take the marks of an earlier return off the cells that are not marked anew."""
        for place, cell in self._cells.items():
            number = _style(cell)
            if place not in kept and self._styles.is_marked(number):
                plain = Fill.LOCKED if self._styles.is_locked(number) else Fill.INPUT
                cell.set("s", str(self._styles.with_fill(number, plain)))

    def paint(self, place: tuple[int, int], fill: Fill) -> None:
        """Give a cell a background; a cell that was not there is put in empty."""
        cell = self._cell(place)
        cell.set("s", str(self._styles.with_fill(_style(cell), fill)))

    def write(self, place: tuple[int, int], text: str, style: int) -> None:
        """Put a text into a cell, replacing what was there."""
        cell = self._cell(place)
        for part in list(cell):
            cell.remove(part)
        cell.set("s", str(style))
        cell.set("t", "inlineStr")
        cell.append(etree.fromstring(f'<is xmlns="{MAIN}">{text_xml(text)}</is>'))

    def held(self, place: tuple[int, int]) -> tuple[str, str] | None:
        """Return the type and the raw text of a cell that holds something, else None."""
        cell = self._cells.get(place)
        text = "" if cell is None else "".join(map(str, cell.itertext()))
        return None if cell is None or not text else (cell.get("t", ""), text)

    def rows(self) -> tuple[int, ...]:
        """Return the numbers of the rows that are there."""
        return tuple(self._rows)

    def refer_to_notes(self, relation: str) -> None:
        """Let the sheet show the notes that a relation leads to; an existing reference is kept."""
        if self.root.find(f"{NS}legacyDrawing") is not None:
            return
        element = etree.Element(f"{NS}legacyDrawing", {f"{{{_RELATIONS}}}id": relation})
        for index, child in enumerate(self.root):
            if child.tag in _AFTER_NOTES:
                self.root.insert(index, element)
                return
        self.root.append(element)

    def finish(self) -> bytes:
        """Return the sheet's XML."""
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _cell(self, place: tuple[int, int]) -> etree._Element:
        """Return a cell, put in at its place if it was not there."""
        if place not in self._cells:
            row = self._row(place[0])
            before = [index for index, one in enumerate(row) if place_of(one.get("r", ""))[1] < place[1]]
            cell = etree.Element(f"{NS}c", {"r": address(*place)})
            row.insert(before[-1] + 1 if before else 0, cell)
            self._cells[place] = cell
        return self._cells[place]

    def _row(self, number: int) -> etree._Element:
        """Return a row, put in at its place if it was not there."""
        if number not in self._rows:
            before = [index for index, one in enumerate(self._data) if int(one.get("r", "")) < number]
            row = etree.Element(f"{NS}row", {"r": str(number)})
            self._data.insert(before[-1] + 1 if before else 0, row)
            self._rows[number] = row
        return self._rows[number]


def _style(cell: etree._Element) -> int:
    """Return the number of a cell's format."""
    return int(cell.get("s", "0"))
