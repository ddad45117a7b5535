"""ODS -> grids: what LibreOffice saves by itself, with its percentages, errors, merged cells and repeated rows."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING

from lxml import etree

from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.mime.decoding import clean_text
from mailbot.reading.workbook.cell_formats import date_text
from mailbot.reading.workbook.package import Package
from mailbot.reading.workbook.workbook import (
    Grid,
    Kind,
    Merge,
    Place,
    Value,
    WorkbookLimits,
    WorkbookRefused,
    number_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_NUMBERS = {"float": Kind.NUMBER, "currency": Kind.NUMBER, "percentage": Kind.PERCENT}


class OdsWorkbook:
    """An OpenDocument workbook, read as a whole."""

    def __init__(self, content: bytes, limits: WorkbookLimits) -> None:
        """Open the file and read its sheets.

        Raises:
            WorkbookRefused: it is damaged, locked or too large.
        """
        package = Package(content, limits)
        if package.has(_MANIFEST) and b"encryption-data" in package.read(_MANIFEST):
            raise WorkbookRefused(Unreadable.PASSWORD, "locked parts")
        self._grids = package.parsed(_CONTENT, lambda xml: {grid.name: grid for grid in _read(xml, limits)})

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the sheets, in order."""
        return tuple(self._grids)

    def grid(self, name: str) -> Grid:
        """Return one sheet."""
        return self._grids[name]


def _read(xml: bytes, limits: WorkbookLimits) -> Iterator[Grid]:
    """Yield the sheets of a document.

    Raises:
        WorkbookRefused: a sheet holds more cells than a form could have.
    """
    walk = etree.iterparse(
        io.BytesIO(xml),
        events=("start", "end"),
        tag=(f"{_TABLE}table", f"{_TABLE}table-row"),
        resolve_entities=False,
        no_network=True,
    )
    raw: dict[Place, object] = {}
    merges: list[Merge] = []
    row = count = 0
    for event, element in walk:
        is_table = element.tag == f"{_TABLE}table"
        if is_table and event == "start":
            raw, merges, row = {}, [], 0
        elif is_table:
            if (count := count + 1) > limits.sheets:
                return
            name = str(element.get(f"{_TABLE}name", ""))
            yield Grid(name=name, raw=raw, decode=_as_it_is, merges=tuple(merges))
            element.clear()
        elif event == "end":
            row = _place_row(element, row, raw, merges, limits)
            element.clear()


def _place_row(
    element: etree._Element, above: int, raw: dict[Place, object], merges: list[Merge], limits: WorkbookLimits
) -> int:
    """Put a row's cells at their places, as often as the row stands for itself; return the last row it fills."""
    times = _times(element, "number-rows-repeated")
    rows = range(above + 1, min(above + times, limits.rows) + 1)
    column = 0
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        width = _times(cell, "number-columns-repeated")
        if rows and (value := _value(cell)) is not None:
            columns = range(column + 1, min(column + width, limits.columns) + 1)
            if len(raw) + len(rows) * len(columns) > limits.cells:
                raise WorkbookRefused(Unreadable.TOO_LARGE, f"more than {limits.cells} cells")
            raw.update(((row, at), value) for row in rows for at in columns)
        down, across = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            merges.append(Merge(above + 1, column + 1, above + down, column + across))
        column += width
    return above + times


def _times(element: etree._Element, name: str) -> int:
    """Return how often something is repeated or how far it spans, at least once."""
    text = str(element.get(f"{_TABLE}{name}", "1"))
    return max(int(text), 1) if text.isdigit() and len(text) < 9 else 1  # noqa: PLR2004 - no sheet has a hundred million


def _value(cell: etree._Element) -> Value | None:
    """Return what a cell holds, or None if it is empty."""
    kind = str(cell.get(f"{_OFFICE}value-type", ""))
    formula = cell.get(f"{_TABLE}formula") is not None
    text = clean_text("\n".join("".join(map(str, part.itertext())) for part in cell.findall(f"{_TEXT}p")))
    failed = cell.get(f"{_CALC}value-type") == "error" or (formula and text.startswith("#"))
    if failed:
        return Value(Kind.ERROR, text or "#")
    if kind in _NUMBERS:
        shown = str(cell.get(f"{_OFFICE}value", ""))
        number = number_in(shown)
        return Value(Kind.TEXT, shown) if number is None else Value(_NUMBERS[kind], shown, number, computed=formula)
    if kind in {"date", "time"}:
        return Value(Kind.DATE, _date_text(str(cell.get(f"{_OFFICE}date-value", ""))) or text)
    if kind == "boolean":
        return Value(Kind.TRUTH, str(cell.get(f"{_OFFICE}boolean-value", "")).upper())
    return Value(Kind.TEXT, text) if text.strip() else None


def _date_text(iso: str) -> str:
    """Return an ISO date or moment as a person sees it; empty if it is none."""
    try:
        return date_text(datetime.fromisoformat(iso) if "T" in iso else date.fromisoformat(iso))
    except ValueError:
        return ""


def _as_it_is(raw: object) -> Value | None:
    """Return a cell that was decoded as it was read."""
    return raw if isinstance(raw, Value) else None
