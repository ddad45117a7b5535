"""Forms as packages: built as Office Open XML wants it, so that no program offers to repair them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from tests.reading.workbook.edits import form_with, typed
from tests.writing.form.paper import blank_form, good_form
from tests.writing.form.test_returned_form import FAULTY, edited, returned

ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter"),
    *("mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "drawing", "legacyDrawing", "tableParts"),
)
"""Children of a worksheet in the order of the schema (CT_Worksheet); Excel repairs any other."""
FORMS: dict[str, Callable[[], bytes]] = {
    "as it is sent out": blank_form,
    "filled in": good_form,
    "returned": lambda: returned(edited(good_form(), *FAULTY)),
    "returned twice": lambda: returned(edited(returned(edited(good_form(), *FAULTY)), ("Indikator!K8", 99))),
    "not markable, made anew": lambda: returned(form_with(typed("Indikator!K8", "1.234"))(), "form.xlsm"),
}


@pytest.fixture(params=FORMS, ids=str)
def package(request: pytest.FixtureRequest) -> zipfile.ZipFile:
    """A form's package."""
    return zipfile.ZipFile(io.BytesIO(FORMS[request.param]()))


def trees(package: zipfile.ZipFile, pattern: str) -> dict[str, etree._Element]:
    """Return the parts whose names match, parsed."""
    return {name: etree.fromstring(package.read(name)) for name in package.namelist() if re.fullmatch(pattern, name)}


def plain(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(element).localname)


def test_every_part_has_a_type_and_every_reference_a_part(package: zipfile.ZipFile) -> None:
    """No part twice, none without a content type, no relation into the void."""
    names = package.namelist()
    assert len({name.casefold() for name in names}) == len(names)
    types = etree.fromstring(package.read("[Content_Types].xml"))
    parts = {str(one.get("PartName")).lstrip("/") for one in types if plain(one) == "Override"}
    endings = {str(one.get("Extension")) for one in types if plain(one) == "Default"}
    assert parts <= set(names)
    untyped = [name for name in names if name not in parts and name.rpartition(".")[2] not in endings]
    assert untyped in ([], ["[Content_Types].xml"])
    for name, relations in trees(package, r".*\.rels").items():
        folder = posixpath.dirname(posixpath.dirname(name))
        targets = [str(one.get("Target")) for one in relations if one.get("TargetMode") != "External"]
        assert {posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for target in targets} <= set(names)
        assert len({one.get("Id") for one in relations}) == len(relations)


def test_a_sheet_s_parts_stand_in_the_order_of_the_schema_and_are_counted_rightly(package: zipfile.ZipFile) -> None:
    """Rows and cells ascend, each once; every count says what is there."""
    for sheet in trees(package, r"xl/worksheets/[^/]+\.xml").values():
        order = [ORDER.index(plain(child)) for child in sheet]
        assert order == sorted(order)
        for counted in sheet.iter("{*}dataValidations", "{*}mergeCells"):
            assert counted.get("count") in {None, str(len(counted))}
        places = [coordinate_to_tuple(str(cell.get("r"))) for cell in sheet.iter("{*}c")]
        assert places == sorted(set(places))
        rows = [int(str(row.get("r"))) for row in sheet.iter("{*}row")]
        assert rows == sorted(set(rows))


def test_every_number_a_cell_refers_to_is_there(package: zipfile.ZipFile) -> None:
    """Formats and shared texts; sheets have short names of their own."""
    styles = etree.fromstring(package.read("xl/styles.xml"))
    formats = len(next(styles.iter("{*}cellXfs")))
    texts = len(trees(package, r"xl/sharedStrings\.xml").get("xl/sharedStrings.xml", ()))
    for sheet in trees(package, r"xl/worksheets/[^/]+\.xml").values():
        for cell in sheet.iter("{*}c"):
            assert int(str(cell.get("s", "0"))) < formats
            if cell.get("t") == "s":
                assert int(str(cell.findtext("{*}v"))) < texts
    for table in styles:
        assert table.get("count") in {None, str(len(table))}
    book = etree.fromstring(package.read("xl/workbook.xml"))
    sheets = [str(sheet.get("name")) for sheet in book.iter("{*}sheet")]
    assert len({name.casefold() for name in sheets}) == len(sheets)
    assert all(len(name) <= 31 and not set(name) & set(r"[]:*?/\\") for name in sheets)
