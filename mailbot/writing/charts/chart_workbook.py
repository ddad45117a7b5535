"""The workbook inside a chart, which Word opens on "Edit Data": categories and the values that the chart shows."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from mailbot.writing.packing import pack_zip

if TYPE_CHECKING:
    from mailbot.writing.charts.chart import Chart

SHEET = "Data"
"""The only sheet: categories in column A from row 2, a series in each further column, its name in row 1."""
_DATA = "xl/worksheets/sheet1.xml"
_MOST_BYTES = 1_000_000
"""A chart's data are a few rows."""
_PLAIN_TAGS = re.compile(rb"</?(?:worksheet|sheetData|row|c|is|t|v)(?=[\s/>])")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def column_of(series: int) -> str:
    """Return the column of a series, which counts from 0."""
    return "BCDEFGH"[series]


def chart_workbook(chart: Chart) -> bytes:
    """Return the workbook of a chart; the same chart gives the same bytes."""
    return pack_zip({**_frame(), _DATA: _sheet(chart).encode()})


def is_plain_workbook(content: bytes) -> bool:
    """Say whether a workbook is built as ours are, to the byte: one sheet of plain values alone.

    Word keeps the bytes of a chart's data until somebody edits them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if sum(member.file_size for member in members) > _MOST_BYTES:
                return False
            parts = {member.filename: package.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        return False
    data = parts.get(_DATA, b"")
    plain = data.count(b"<") == len(_PLAIN_TAGS.findall(data)) + 1 and data.startswith(_HEAD.encode())
    return plain and content == pack_zip({**_frame(), _DATA: data})


@lru_cache(maxsize=1)
def _frame() -> dict[str, bytes]:
    """Return the parts that every workbook has."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    return {name: (_HEAD + xml).encode() for name, xml in parts.items()}


def _sheet(chart: Chart) -> str:
    """Return the sheet: names in the first row, a category in each further one; what is unknown has no cell."""
    rows = ["".join(_text(f"{column_of(at)}1", series.name) for at, series in enumerate(chart.series))]
    for number, category in enumerate(chart.categories):
        values = [(column_of(at), series.points[number].value) for at, series in enumerate(chart.series)]
        cells = "".join(f'<c r="{at}{number + 2}"><v>{value}</v></c>' for at, value in values if value is not None)
        rows.append(_text(f"A{number + 2}", category) + cells)
    data = "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(rows, start=1))
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>'


def _text(cell: str, text: str) -> str:
    """Return a cell of text."""
    return f'<c r="{cell}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
