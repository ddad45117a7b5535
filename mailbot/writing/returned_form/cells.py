"""The cells of a sender's own sheets: found by reference, painted over, put in where there were none.

A cell keeps its look and gets another background: the workbook's style tables are continued behind what was there.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree

from mailbot.core.model.form_layout import address, place_of
from mailbot.writing.form.sheet_xml import MAIN, Registry, Styles, fill_xml, text_xml
from mailbot.writing.form.workbook_model import Fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NS = f"{{{MAIN}}}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_AFTER_NOTES = frozenset(
    f"{NS}{name}"
    for name in ("legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)
"""What stands behind `legacyDrawing` in a sheet (ECMA-376, CT_Worksheet)."""
_FIRST_OWN_FORMAT = 164


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
        if not self._styles.has_marks:
            return
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
            before = [index for index, other in enumerate(row) if place_of(other.get("r", ""))[1] < place[1]]
            cell = etree.Element(f"{NS}c", {"r": address(*place)})
            row.insert(before[-1] + 1 if before else 0, cell)
            self._cells[place] = cell
        return self._cells[place]

    def _row(self, number: int) -> etree._Element:
        """Return a row, put in at its place if it was not there."""
        if number not in self._rows:
            before = [index for index, other in enumerate(self._data) if int(other.get("r", "")) < number]
            row = etree.Element(f"{NS}row", {"r": str(number)})
            self._data.insert(before[-1] + 1 if before else 0, row)
            self._rows[number] = row
        return self._rows[number]


def _style(cell: etree._Element) -> int:
    """Return the number of a cell's format."""
    return int(cell.get("s", "0"))


class ForeignStyles:
    """A foreign `styles.xml`; what is added stands behind what was there, so that no number changes its meaning."""

    def __init__(self, root: etree._Element) -> None:
        """Look at what is there.

        Raises:
            ValueError: a table every workbook has is missing.
        """
        self._root = root
        self._tables = {name: _table(root, name) for name in ("fonts", "fills", "borders", "cellXfs")}
        formats = [int(code.get("numFmtId", "0")) for code in root.iter(f"{NS}numFmt")]
        self.own = Styles(
            fonts=Registry(first=len(self._tables["fonts"])),
            fills=Registry(first=len(self._tables["fills"])),
            borders=Registry(first=len(self._tables["borders"])),
            formats=Registry(first=max([*formats, _FIRST_OWN_FORMAT - 1]) + 1),
            cells=Registry(first=len(self._tables["cellXfs"])),
        )
        self._filled: dict[tuple[int, Fill], int] = {}
        self._marked = {number for fill in (Fill.BAD, Fill.GOOD) for number in self._numbers_of(fill)}

    def with_fill(self, number: int, fill: Fill) -> int:
        """Return the number of a cell format like `number` with that background."""
        if (number, fill) not in self._filled:
            known = len(self._tables["cellXfs"])
            xf = copy.deepcopy(self._tables["cellXfs"][number if number < known else 0])
            xf.set("fillId", str(self.own.fills.number(fill_xml(fill))))
            xf.set("applyFill", "1")
            self._filled[number, fill] = self.own.cells.number(etree.tostring(xf, encoding="unicode"))
        return self._filled[number, fill]

    @property
    def has_marks(self) -> bool:
        """Say whether any cell format carries one of our marks: without any, no cell need be looked at."""
        return bool(self._marked)

    def is_marked(self, number: int) -> bool:
        """Say whether a cell format carries one of our marks from an earlier return."""
        return number in self._marked

    def is_locked(self, number: int) -> bool:
        """Say whether cells of that format are locked."""
        known = self._tables["cellXfs"]
        lock = known[number].find(f"{NS}protection") if number < len(known) else None
        return lock is None or lock.get("locked", "1") not in {"0", "false"}

    def finish(self) -> bytes:
        """Return `styles.xml` with everything that was added."""
        for name, registry in (
            ("fonts", self.own.fonts),
            ("fills", self.own.fills),
            ("borders", self.own.borders),
            ("cellXfs", self.own.cells),
        ):
            _extend(self._tables[name], registry.numbers)
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _numbers_of(self, fill: Fill) -> Iterable[int]:
        """Yield the cell formats whose background is that colour."""
        colour = f"FF{fill.value}"
        fills = {
            number
            for number, element in enumerate(self._tables["fills"])
            if any(part.get("rgb") == colour for part in element.iter(f"{NS}fgColor"))
        }
        for number, xf in enumerate(self._tables["cellXfs"]):
            if int(xf.get("fillId", "0")) in fills:
                yield number


def _table(root: etree._Element, name: str) -> etree._Element:
    """Return one table of the styles.

    Raises:
        ValueError: there is none.
    """
    found = root.find(f"{NS}{name}")
    if found is None:
        raise ValueError(f"no {name}")
    return found


def _extend(table: etree._Element, parts: Iterable[str]) -> None:
    """Put parts at the end of a table and count it anew."""
    table.extend(list(etree.fromstring(f'<w xmlns="{MAIN}">{"".join(parts)}</w>')))
    table.set("count", str(len(table)))
