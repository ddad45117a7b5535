"""The two ways through a sheet's XML say the same; where the quick one is not sure, it says nothing."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from mailbot.core.model.form import Unreadable
from mailbot.reading.workbook.grid import USUAL_LIMITS, Merge, WorkbookLimits, WorkbookRefused
from mailbot.reading.workbook.xlsx_cells import (
    careful_cells,
    quick_cells,
    quick_elements,
    quick_formats,
    shared_texts,
    sheet_cells,
)
from tests.reading.workbook.edits import form_with, merged, typed
from tests.writing.form.paper import blank_form, good_form

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "workbooks"
_SHEET = re.compile(r"worksheets/sheet[^/]*\.xml$")
_MOST_BYTES = 2_000_000
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def sheets(content: bytes) -> Iterator[bytes]:
    """Yield the XML of every sheet of a workbook that can be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                if _SHEET.search(member.filename) and member.file_size < _MOST_BYTES:
                    yield archive.read(member)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return


def quickly_and_carefully(xml: bytes) -> bool:
    """Hold the two ways equal for one sheet; say whether the quick one was sure."""
    quick = quick_cells(xml, USUAL_LIMITS)
    if quick is None:
        return False
    assert quick == careful_cells(xml, USUAL_LIMITS)
    return True


@pytest.mark.parametrize(
    "content",
    [
        blank_form(),
        good_form(),
        form_with(merged("Indikator", "K8:K9"), typed("Indikator!N8", "a & b <c> “d”\n_x0041_"))(),
    ],
    ids=["as sent", "filled in", "saved by another program"],
)
def test_both_ways_through_a_form_give_the_same_cells(content: bytes) -> None:
    """The quick way is sure of every sheet of a form of ours, and right."""
    assert [quickly_and_carefully(xml) for xml in sheets(content)] == [True] * 5


@pytest.mark.slow
def test_both_ways_through_every_workbook_at_hand_give_the_same_cells() -> None:
    """Over a thousand sheets of all makes: never a difference, and most of them read the quick way."""
    if not CORPUS.is_dir():
        pytest.skip(f"no workbooks beside the checkout ({CORPUS.name})")
    sure = [
        quickly_and_carefully(xml)
        for path in sorted(CORPUS.rglob("*.xls[xm]"))
        for xml in sheets(path.read_bytes())
        if b"<!DOCTYPE" not in xml
    ]
    assert len(sure) > 1000
    assert sum(sure) / len(sure) > 0.9


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<worksheet/>",
        f"{HEAD}</sheetData>",
        f'{HEAD}<row r="1"><c><v>1</v></c></row></sheetData></worksheet>',
        f"{HEAD}<row r=\"1\"><c r='A1'><v>1</v></c></row></sheetData></worksheet>",
        f'{HEAD}<row r="1"><c r="A1" cm="1"><v>1</v></c></row></sheetData></worksheet>',
        f'{HEAD}<row r="1"><c r="A1"><v>1</v><!-- --></c></row></sheetData></worksheet>',
        f'{HEAD}<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row></sheetData></worksheet>',
        f'{HEAD}<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row></sheetData></worksheet>',
    ],
)
def test_what_is_not_written_as_usual_is_left_to_the_careful_way(xml: str) -> None:
    """The pattern must account for every cell, or say nothing."""
    assert quick_cells(xml.encode(), USUAL_LIMITS) is None


def test_too_many_cells_are_refused_both_ways() -> None:
    """A form is small."""
    cells = "".join(f'<c r="A{row}"><v>1</v></c>' for row in range(1, 8))
    xml = f'{HEAD}<row r="1">{cells}</row></sheetData></worksheet>'.encode()
    for way in (quick_cells, careful_cells):
        with pytest.raises(WorkbookRefused) as refused:
            way(xml, WorkbookLimits(cells=5))
        assert refused.value.reason is Unreadable.TOO_LARGE


def test_what_lies_beyond_the_limits_is_not_looked_at() -> None:
    """A stray value in the last row costs nothing."""
    xml = f'{HEAD}<row r="9"><c r="B9"><v>1</v></c><c r="ZZ9"><v>2</v></c></row></sheetData></worksheet>'.encode()
    assert set(sheet_cells(xml, USUAL_LIMITS)[0]) == {(9, 2)}
    assert sheet_cells(xml, WorkbookLimits(rows=5))[0] == {}


def test_a_merge_that_is_no_range_covers_nothing() -> None:
    """A damaged reference does not stop the reader."""
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="K"/><mergeCell ref="1:2"/></mergeCells>'
    xml = f"{HEAD}</sheetData>{merges}</worksheet>".encode()
    assert sheet_cells(xml, USUAL_LIMITS)[1] == (Merge(1, 1, 2, 2), Merge(0, 0, 0, 0), Merge(0, 0, 0, 0))


def test_too_many_shared_texts_are_refused() -> None:
    """A table of texts is counted before it is kept."""
    xml = f'<sst xmlns="x">{"<si><t>a</t></si>" * 9}</sst>'.encode()
    with pytest.raises(WorkbookRefused):
        shared_texts(xml, WorkbookLimits(shared_texts=5))


def test_shared_texts_that_are_no_xml_are_damage() -> None:
    """A table cut off in the middle is not half a table."""
    with pytest.raises(etree.XMLSyntaxError):
        shared_texts(b'<sst xmlns="x"><si><t>a</t></si>', USUAL_LIMITS)


def test_formats_are_told_only_where_all_of_them_were_seen() -> None:
    """A table of formats written unusually is left to the careful way."""
    whole = b'<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0&quot;x&quot;"/></numFmts>'
    table = b'<cellXfs count="2"><xf numFmtId="0"/><xf xfId="0" numFmtId="170"/></cellXfs></styleSheet>'
    assert quick_formats(whole + table) == (["0", "170"], {"170": '0"x"'})
    assert quick_formats(whole + table.replace(b'<xf numFmtId="0"/>', b"<xf />")) is None
    assert quick_formats(b"<styleSheet/>") is None


SMALL = {"xl/workbook.xml": ("sheet", "workbookPr"), "xl/_rels/workbook.xml.rels": ("Relationship",)}
"""The small parts that are taken apart quickly, and the elements asked of them."""


def elements_both_ways(content: bytes) -> int:
    """Hold the two ways equal for a workbook's small parts; return how often the quick one was sure."""
    sure = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part, name in [(part, name) for part, names in SMALL.items() for name in names]:
            xml = archive.read(part) if part in archive.namelist() else b""
            quick = quick_elements(xml, name)
            if quick is not None:
                found = etree.fromstring(xml).iter(f"{{*}}{name}")
                assert quick == [{etree.QName(key).localname: value for key, value in one.items()} for one in found]
                sure += 1
    return sure


def test_small_parts_are_taken_apart_the_same_quickly_and_carefully() -> None:
    """Our own form, as it is sent and as openpyxl saved it, and every whole workbook at hand."""
    assert elements_both_ways(blank_form()) == 3
    assert elements_both_ways(form_with(typed("Indikator!K8", 1))()) == 3
    for path in sorted(CORPUS.rglob("*.xlsx")):
        with contextlib.suppress(zipfile.BadZipFile, NotImplementedError, ValueError, OSError, etree.XMLSyntaxError):
            elements_both_ways(path.read_bytes())


@pytest.mark.parametrize(
    "xml",
    [
        '<x:workbook xmlns:x="a"><x:sheet name="1"/></x:workbook>',
        '<workbook xmlns:x="a"><sheet name="1"/><x:sheet name="2"/></workbook>',
        "<workbook><sheet name='1'/></workbook>",
        '<workbook><sheet\nname="1"/></workbook>',
        '<workbook><sheet name="1"/>',
        '<workbook><!-- <sheet name="0"/> --><sheet name="1"/></workbook>',
    ],
)
def test_what_is_written_otherwise_is_left_to_the_parser(xml: str) -> None:
    """Prefixes, other quotes, line breaks, comments, a part cut off: the quick way is not sure and says nothing."""
    assert quick_elements(xml.encode(), "sheet") is None


def test_names_come_without_prefix_and_entities_resolved() -> None:
    """As a parser gives them."""
    xml = '<workbook><sheets><sheet name="A &amp; B" r:id="rId1" /></sheets></workbook>'
    assert quick_elements(xml.encode(), "sheet") == [{"name": "A & B", "id": "rId1"}]
