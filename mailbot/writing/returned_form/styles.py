"""The style tables of a sender's own workbook, continued: a cell keeps its look and gets another background."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree

from mailbot.writing.form.styles import MAIN, Registry, Styles, fill_xml
from mailbot.writing.form.workbook_model import Fill

if TYPE_CHECKING:
    from collections.abc import Iterable

NS = f"{{{MAIN}}}"
_FIRST_OWN_FORMAT = 164


class ForeignStyles:
    """A foreign `styles.xml`; what is added stands behind what was there, so that no number changes its meaning."""

    def __init__(self, root: etree._Element) -> None:
        """Look at what is there.

        Raises:
            ValueError: a table every workbook has is missing.
        """
        self._root = root
        self._tables = {name: _table(root, name) for name in ("fonts", "fills", "borders", "cellXfs")}
        formats = [int(one.get("numFmtId", "0")) for one in root.iter(f"{NS}numFmt")]
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
            for number, one in enumerate(self._tables["fills"])
            if any(part.get("rgb") == colour for part in one.iter(f"{NS}fgColor"))
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
