"""The cells of one sheet out of its XML: quickly for XML as office programs write it, carefully for any other.

Both ways give the same cells (a test holds them equal over every workbook at hand). The quick one is a pattern that
must account for every cell that holds something; where it does not, the careful one reads the sheet through lxml.
"""

from __future__ import annotations

import html
import io
import re
from functools import lru_cache
from operator import itemgetter

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, range_boundaries

from mailbot.core.model.form import Unreadable
from mailbot.reading.workbook.grid import Merge, Place, WorkbookLimits, WorkbookRefused

_QUICK_BYTES = 8_000_000
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?>'
    r"(<f[^>]*(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>|<v ?/>)?(?:<is><t[^>]*>([^<]*)</t></is>)?</c>"
)
_MERGE = re.compile(r'<mergeCell ref="([A-Z0-9:]+)" ?/>')
_FORMAT = re.compile(r'<xf [^>]*?\bnumFmtId="([0-9]{1,9})"')
_FORMAT_CODE = re.compile(r'<numFmt numFmtId="([0-9]{1,9})" formatCode="([^"]*)" ?/>')
_SHARED = re.compile(r"<si><t[^>]*>([^<]*)</t></si>")
_PLAIN_ENCODING = re.compile(
    rb"(?:<\?xml [^>]*encoding=[\"']utf-8[\"'][^>]*\?>|<\?xml (?![^>]*encoding)[^>]*\?>|<\w)", re.IGNORECASE
)
"""How a part begins that is surely UTF-8."""
_EXCEL_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITIES = (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"), ("&amp;", "&"))
"""The ampersand last, or what it gives would be resolved again."""
_ATTRIBUTE = re.compile(r' (?!xmlns[:=])(?:\w+:)?(\w+)="([^"]*)"')
_WHOLE = re.compile(r"</(?:workbook|Relationships)>$")
"""How a part ends that was not cut off."""
_MOST_MERGES = 2_000
_COLUMN_OF = itemgetter(1)


RawCell = tuple[str, str, bool, str]
"""A cell as the file has it: number of its format, type, whether it is a formula, and its value as text.

Every cell of a form becomes one, so it is a bare tuple: made in a tenth of the time of a named one.
"""
Cells = dict[Place, RawCell]


def sheet_cells(xml: bytes, limits: WorkbookLimits) -> tuple[Cells, tuple[Merge, ...]]:
    """Return the cells of a sheet that hold something, and its merged ranges.

    Raises:
        WorkbookRefused: there are more cells than a form could have.
        etree.XMLSyntaxError: the XML is not well-formed.
    """
    return quick_cells(xml, limits) or careful_cells(xml, limits)


def shared_texts(xml: bytes, limits: WorkbookLimits) -> list[str]:
    """Return the texts that cells point into, phonetic readings left out.

    Raises:
        WorkbookRefused: there are too many.
        etree.XMLSyntaxError: the XML is not well-formed.
    """
    text = _plain_text(xml)
    if (
        text is not None
        and text.endswith("</sst>")
        and text.count("<si") == len(found := _SHARED.findall(text)) <= limits.shared_texts
    ):
        return [_unescaped(one) for one in found] if _has_escapes(text) else found
    texts = []
    for _, element in _walk(xml, ("end",), ("{*}si",)):
        texts.append(unescaped(_plain_runs(element)))
        _forget(element)
        if len(texts) > limits.shared_texts:
            raise WorkbookRefused(Unreadable.TOO_LARGE, "too many shared texts")
    return texts


def quick_formats(xml: bytes) -> tuple[list[str], dict[str, str]] | None:
    """Return the format number of every cell format of `styles.xml` and the codes of its own formats, or None.

    None: the part is not written as office programs write it.
    """
    text = _plain_text(xml)
    if text is None:
        return None
    table = text.partition("<cellXfs")[2].partition("</cellXfs>")[0]
    numbers = _FORMAT.findall(table)
    codes = dict(_FORMAT_CODE.findall(text.partition("<numFmts")[2].partition("</numFmts>")[0]))
    if not table or len(numbers) != table.count("<xf ") or len(codes) != text.count("<numFmt "):
        return None
    return numbers, {number: html.unescape(code) for number, code in codes.items()}


def quick_elements(xml: bytes, name: str) -> list[dict[str, str]] | None:
    """Return the attributes, by their own names, of every element of that name in a small part; None as above."""
    text = _plain_text(xml)
    if text is None or f":{name}" in text or not _WHOLE.search(text):
        return None
    found = re.findall(rf"<{name}((?: [\w:]+=\"[^\"<>]*\")*) ?/?>", text)
    if len(found) != len(re.findall(rf"<{name}\b", text)):
        return None
    return [
        {attribute: html.unescape(value) for attribute, value in _ATTRIBUTE.findall(attributes)} for attributes in found
    ]


def quick_cells(xml: bytes, limits: WorkbookLimits) -> tuple[Cells, tuple[Merge, ...]] | None:
    """Return what `sheet_cells` does, or None where the XML is not as office programs write it."""
    text = _plain_text(xml)
    if text is None or "<sheetData" not in text or ":c>" in text or not text.endswith("</worksheet>"):
        return None
    data, _, rest = text.partition("</sheetData>")
    found = _CELL.findall(data)
    merges = _MERGE.findall(rest) if "<mergeCell " in rest else []
    if len(found) != text.count("</c>") or len(merges) != text.count("<mergeCell "):
        return None
    cells = {
        (int(digits), _column(letters)): (style, kind, formula != "", value or inline)
        for letters, digits, style, kind, formula, value, inline in found
        if value or inline or formula
    }
    if not _all_inside(cells, limits):
        cells = {place: cell for place, cell in cells.items() if _inside(place, limits)}
    if _has_escapes(data):
        cells = {place: _without_escapes(cell) for place, cell in cells.items()}
    return _within(cells, limits), tuple(_merge(one) for one in merges[:_MOST_MERGES])


def careful_cells(xml: bytes, limits: WorkbookLimits) -> tuple[Cells, tuple[Merge, ...]]:
    """Return what `sheet_cells` does, through a real parser, row by row."""
    cells: Cells = {}
    merges: list[Merge] = []
    row = column = 0
    for event, element in _walk(xml, ("start", "end"), ("{*}row", "{*}c", "{*}mergeCell")):
        tag = etree.QName(element).localname
        if event == "start":
            if tag == "row":
                row, column = _row_number(element, row), 0
            continue
        if tag == "c":
            row, column = _cell_place(element, row, column)
            if _inside((row, column), limits) and (cell := _raw_cell(element)) is not None:
                cells[row, column] = cell
                _within(cells, limits)
        elif tag == "mergeCell":
            merges.append(_merge(str(element.get("ref", ""))))
        if tag != "c":
            _forget(element)
    return cells, tuple(merges[:_MOST_MERGES])


def _forget(element: etree._Element) -> None:
    """Free an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def unescaped(text: str) -> str:
    """Return a text with Excel's own escapes (`_x000D_`) taken out."""
    return _EXCEL_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _walk(xml: bytes, events: tuple[str, ...], tags: tuple[str, ...]) -> etree.iterparse[tuple[str, etree._Element]]:
    """Return a walk through XML that resolves no entity and never asks the network."""
    return etree.iterparse(
        io.BytesIO(xml),
        events=events,
        tag=tags,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )


def _plain_text(xml: bytes) -> str | None:
    """Return XML as text if it is UTF-8 of moderate size without comments, CDATA or a document type, else None."""
    if len(xml) > _QUICK_BYTES or b"<!" in xml or not _PLAIN_ENCODING.match(xml):
        return None
    try:
        text = xml.decode()
    except UnicodeDecodeError:
        return None
    # XML has one kind of line end, whatever the file was written with (XML 1.0, section 2.11).
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).rstrip()


def _has_escapes(text: str) -> bool:
    """Say whether XML holds entities or Excel's own escapes anywhere, so that most files need not be searched twice."""
    return "&" in text or "_x" in text


def _unescaped(text: str) -> str:
    """Return a text out of XML with its entities resolved."""
    if "&" in text:
        text = html.unescape(text) if "&#" in text else _entities_resolved(text)
    return unescaped(text)


def _entities_resolved(text: str) -> str:
    """Return a text with the five entities of XML resolved, several times as quickly as those of HTML are."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """Return the number of a column given by its letters."""
    return column_index_from_string(letters)


def _merge(reference: str) -> Merge:
    """Return a merged range; one that is no range at all is an empty one."""
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return Merge(0, 0, 0, 0)
    if left is None or top is None or right is None or bottom is None:
        return Merge(0, 0, 0, 0)
    return Merge(top, left, bottom, right)


def _inside(place: Place, limits: WorkbookLimits) -> bool:
    """Say whether a cell stands where a sheet is looked at."""
    row, column = place
    return 0 < row <= limits.rows and column <= limits.columns


def _all_inside(cells: Cells, limits: WorkbookLimits) -> bool:
    """Say whether every cell stands where a sheet is looked at, as those of nearly every form do."""
    if not cells:
        return True
    return min(cells)[0] > 0 and max(cells)[0] <= limits.rows and max(map(_COLUMN_OF, cells)) <= limits.columns


def _without_escapes(cell: RawCell) -> RawCell:
    """Return a cell with the entities and Excel's own escapes in its value resolved."""
    style, kind, formula, value = cell
    return (style, kind, formula, _unescaped(value)) if "&" in value or "_x" in value else cell


def _within(cells: Cells, limits: WorkbookLimits) -> Cells:
    """Return the cells, or refuse them if they are more than a form could have."""
    if len(cells) > limits.cells:
        raise WorkbookRefused(Unreadable.TOO_LARGE, f"more than {limits.cells} cells")
    return cells


def _row_number(element: etree._Element, before: int) -> int:
    """Return a row's number; one without a number follows the one before."""
    number = str(element.get("r", ""))
    return int(number) if number.isdigit() and len(number) < 8 else before + 1  # noqa: PLR2004 - seven digits hold Excel's last row


def _cell_place(element: etree._Element, row: int, column: int) -> Place:
    """Return where a cell stands; one without a reference follows the one before."""
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", str(element.get("r", "")))
    return (int(found[2]), _column(found[1])) if found else (row, column + 1)


def _raw_cell(element: etree._Element) -> RawCell | None:
    """Return a cell that holds something, else None."""
    parts = {etree.QName(child).localname: child for child in element}
    formula = "f" in parts
    value = (parts["v"].text or "") if "v" in parts else ""
    if not value and "is" in parts:
        value = _plain_runs(parts["is"])
    if not value and not formula:
        return None
    return str(element.get("s", "")), str(element.get("t", "")), formula, unescaped(value)


def _plain_runs(element: etree._Element) -> str:
    """Return the text of a string item: its own text and its runs, phonetic readings left out."""
    return "".join(
        part.text or ""
        for part in element.iter("{*}t")
        if (parent := part.getparent()) is None or etree.QName(parent).localname != "rPh"
    )
