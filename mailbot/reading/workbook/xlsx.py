"""XLSX and XLSM -> grids, sheet by sheet as they are asked for; macros, drawings and links are not looked at (T20)."""

from __future__ import annotations

import io
import re
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from lxml import etree

from mailbot.core.model.form_layout import place_of
from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.mime.decoding import clean_text
from mailbot.reading.workbook.cell_formats import FROM_1900, FROM_1904, kind_of_format, serial_date_text
from mailbot.reading.workbook.package import PARSER, Package
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
    from collections.abc import Iterator, Sequence

RawCell = tuple[str, str, bool, str]
"""A cell as the file has it: number of its format, type, whether it is a formula, and its value as text.

Every cell of a form becomes one, so it is a bare tuple: made in a tenth of the time of a named one.
"""
Cells = dict[Place, RawCell]

_USUAL_PART = "xl/workbook.xml"
_MAIN = "officeDocument"
_TEXT = Kind.TEXT
"""Looked up once: most cells of a form hold one."""
_MOST_MERGES = 2_000
_NOWHERE = Merge(0, 0, 0, 0)
_AT_ONCE_BYTES = 2_000_000
"""A part up to here is parsed as a whole, which is quicker; it takes some thirty times as much memory."""
_EXCEL_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class XlsxWorkbook:
    """An XLSX file opened for reading."""

    def __init__(self, content: bytes, limits: WorkbookLimits) -> None:
        """Open the package and find its sheets.

        Raises:
            WorkbookRefused: it is damaged, locked, too large, or has no workbook inside.
        """
        self._limits = limits
        self._package = Package(content, limits)
        self._part = self._main_part()
        workbook = self._package.tree(self._part)
        self._related = self._package.related(self._part)
        targets = {relation.id: relation.part for relation in self._related}
        self._places: dict[str, str] = {}
        self._told: dict[str, Value | None] = {}
        for sheet in list(workbook.iter("{*}sheet"))[: limits.sheets]:
            named = {_local(str(key)): str(value) for key, value in sheet.items()}
            target = targets.get(named.get("id", ""))
            if target is not None:
                self._places[named.get("name", "")] = target
        properties = next(workbook.iter("{*}workbookPr"), None)
        since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        self._since = FROM_1904 if since_1904 else FROM_1900

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the sheets, in order."""
        return tuple(self._places)

    def grid(self, name: str) -> Grid:
        """Return one sheet.

        Raises:
            WorkbookRefused: the sheet is damaged or too large.
        """
        cells, merges = self._package.parsed(self._places[name], partial(sheet_cells, limits=self._limits))
        return Grid(name=name, raw={**cells}, decode=self._decode, merges=merges)

    def _main_part(self) -> str:
        """Return the part that is the workbook: where the package says it is, or where every program puts it."""
        named = next((relation.part for relation in self._package.related("") if relation.kind == _MAIN), _USUAL_PART)
        if not self._package.has(named):
            raise WorkbookRefused(Unreadable.BROKEN, "no workbook part")
        return named

    def _sibling(self, kind: str) -> str | None:
        """Return the part of a kind beside the workbook (`styles`, `sharedStrings`), if there is one."""
        return next((relation.part for relation in self._related if relation.kind == kind), None)

    @cached_property
    def _texts(self) -> Sequence[str]:
        """Return the texts that cells point into."""
        part = self._sibling("sharedStrings")
        return () if part is None else self._package.parsed(part, partial(shared_texts, limits=self._limits))

    @cached_property
    def _kinds(self) -> Sequence[Kind]:
        """Return what a number is under each cell format: a number, a percentage or a date."""
        part = self._sibling("styles")
        if part is None:
            return ()
        tables = {_local(table.tag): table for table in self._package.tree(part)}
        codes = {code.get("numFmtId", ""): code.get("formatCode", "") for code in tables.get("numFmts", ())}
        numbers = [xf.get("numFmtId", "0") for xf in tables.get("cellXfs", ())]
        return [kind_of_format(number, codes.get(number)) for number in numbers]

    def _decode(self, raw: object) -> Value | None:
        """Return what a raw cell holds."""
        if not isinstance(raw, tuple):
            return None
        style, held, formula, text = raw
        if held == "s":
            return self._shared(text)
        match held:
            case "inlineStr" | "str":
                return _text(text)
            case "b":
                return Value(Kind.TRUTH, "TRUE" if text.strip() == "1" else "FALSE")
            case "e":
                return Value(Kind.ERROR, text.strip())
            case "d":
                return Value(Kind.DATE, text.strip())
            case _:
                return self._number(style, text, formula=formula)

    def _shared(self, index: str) -> Value | None:
        """Return the text a cell points to; many cells point to the same one."""
        if index not in self._told:
            bare = index.strip()
            known = bare.isdecimal() and int(bare) < len(self._texts)
            self._told[index] = _text(self._texts[int(bare)]) if known else None
        return self._told[index]

    def _number(self, style: str, text: str, *, formula: bool) -> Value | None:
        """Return a cell without a type: a number by its format, or a formula that was never computed."""
        number = number_in(text)
        if number is None:
            if text and not text.isspace():
                return _text(text)
            return Value(Kind.UNCOMPUTED, "") if formula else None
        place = int(style or 0)
        kind = self._kinds[place] if place < len(self._kinds) else Kind.NUMBER
        if kind is Kind.DATE:
            return Value(Kind.DATE, serial_date_text(number, self._since), number)
        return Value(kind, text, number, computed=formula)


def sheet_cells(xml: bytes, limits: WorkbookLimits) -> tuple[Cells, tuple[Merge, ...]]:
    """Return the cells of a sheet that hold something, and its merged ranges, read row by row.

    Raises:
        WorkbookRefused: there are more cells than a form could have.
        etree.XMLSyntaxError: the XML is not well-formed.
    """
    cells: Cells = {}
    merges: list[Merge] = []
    number = 0
    for element in _walk(xml, "{*}row", "{*}mergeCell"):
        if _local(element.tag) == "row":
            number = _read_row(element, number, cells, limits)
            if len(cells) > limits.cells:
                raise WorkbookRefused(Unreadable.TOO_LARGE, f"more than {limits.cells} cells")
        else:
            merges.append(_merge(str(element.get("ref", ""))))
    return cells, tuple(merges[:_MOST_MERGES])


def shared_texts(xml: bytes, limits: WorkbookLimits) -> list[str]:
    """Return the texts that cells point into, phonetic readings left out.

    Raises:
        WorkbookRefused: there are too many.
        etree.XMLSyntaxError: the XML is not well-formed.
    """
    texts: list[str] = []
    for item in _walk(xml, "{*}si"):
        texts.append(_unescaped(_item_text(item)))
        if len(texts) > limits.shared_texts:
            raise WorkbookRefused(Unreadable.TOO_LARGE, "too many shared texts")
    return texts


def _walk(xml: bytes, *tags: str) -> Iterator[etree._Element]:
    """Give the elements of these tags in order; of a large part what was given is forgotten, so that it takes no room.

    No entity is resolved and the network is never asked.
    """
    if len(xml) <= _AT_ONCE_BYTES:
        yield from etree.fromstring(xml, PARSER).iter(*tags)
        return
    walk = etree.iterparse(
        io.BytesIO(xml),
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in walk:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _read_row(row: etree._Element, before: int, cells: Cells, limits: WorkbookLimits) -> int:
    """Keep the cells of a row that hold something and stand where a sheet is looked at; return the row's number.

    A row without a number follows the one before, a cell without a reference likewise.
    """
    digits = row.get("r", "")
    number = int(digits) if digits.isdigit() and len(digits) < 8 else before + 1  # noqa: PLR2004 - seven digits hold Excel's last row
    column, rows, columns = 0, limits.rows, limits.columns
    for cell in row:
        try:
            number, column = place_of(_bare(cell.get("r", "")))
        except ValueError:
            column += 1
        if len(cell) and 0 < number <= rows and column <= columns and (raw := _raw_cell(cell)) is not None:
            cells[number, column] = raw
    return number


def _bare(reference: str) -> str:
    """Return a reference without what some programs put into it: `$`, blanks."""
    return reference if reference.isalnum() else reference.replace("$", "").strip()


def _raw_cell(cell: etree._Element) -> RawCell | None:
    """Return a cell that holds something, else None."""
    formula, value, inline = False, "", ""
    for part in cell:
        name = _local(part.tag)
        if name == "v":
            value = part.text or ""
        elif name == "is":
            inline = _item_text(part)
        elif name == "f":
            formula = True
    text = value or inline
    if not text and not formula:
        return None
    return cell.get("s", ""), cell.get("t", ""), formula, _unescaped(text) if "_x" in text else text


def _item_text(item: etree._Element) -> str:
    """Return the text of a string item: its own text or that of its runs, phonetic readings left out."""
    if len(item) == 1 and _local(item[0].tag) == "t":
        return item[0].text or ""
    return "".join(
        text.text or ""
        for text in item.iter("{*}t")
        if (parent := text.getparent()) is None or _local(parent.tag) != "rPh"
    )


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    """Return the name of an element or attribute without its namespace; a package has a few dozen."""
    return tag.rpartition("}")[2]


def _unescaped(text: str) -> str:
    """Return a text with Excel's own escapes (`_x000D_`) taken out."""
    return _EXCEL_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _merge(reference: str) -> Merge:
    """Return a merged range; one that is no range at all covers nothing."""
    first, _, last = _bare(reference).partition(":")
    try:
        return Merge(*place_of(first), *place_of(last or first))
    except ValueError:
        return _NOWHERE


def _text(text: str) -> Value | None:
    """Return a text as a value, without what cannot be seen; None for an empty one."""
    seen = text if text.isprintable() else clean_text(text)
    return None if not seen or seen.isspace() else Value(_TEXT, seen)
