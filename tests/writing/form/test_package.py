"""Forms as packages: built as Office Open XML wants it, so that no program offers to repair them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from mailbot.core.model.form import Fault, FaultCode, FormData
from mailbot.writing.form.form import write_form
from mailbot.writing.returned_form.mark import FreshForm, mark_form
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.reading.workbook.edits import form_with, typed
from tests.writing.form.paper import asked_of, blank_form, good_form, words
from tests.writing.form.test_returned_form import FAULTY, edited, returned

ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter"),
    *("mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "drawing", "legacyDrawing", "tableParts"),
)
"""Children of a worksheet in the order of the schema (CT_Worksheet); Excel repairs any other."""
LONG = 'Persentase & jumlah dokumen <kependudukan> yang diterbitkan "tepat waktu" '


def verbose_form() -> bytes:
    """Return a form of an office that says everything at great length, as it goes back with long findings."""
    plain, asked = office(), asked_of()
    units = tuple(replace(unit, name=LONG * 4) for unit in plain.roster.units)
    wordy = replace(
        plain,
        roster=replace(plain.roster, units=units),
        objectives=tuple(replace(objective, text=LONG * 9) for objective in plain.objectives),
        indicators=tuple(
            replace(indicator, name=LONG * 9, numerator=LONG * 5, denominator=LONG * 5, data_source=LONG * 4)
            for indicator in plain.indicators
        ),
        budget=tuple(replace(line, name=LONG * 9) for line in plain.budget),
    )
    form = write_form(wordy, asked, words(), SECRET)
    told = Fault(
        code=FaultCode.NOT_A_NUMBER, sheet="Indikator", cell="K8", row="IKU-02", column="Realisasi", given=LONG * 600
    )
    return mark_form(
        form, "form.xlsx", (told,), words(), FreshForm(office=wordy, asked=asked, data=FormData(), secret=SECRET)
    )


FORMS: dict[str, Callable[[], bytes]] = {
    "as it is sent out": blank_form,
    "filled in": good_form,
    "returned": lambda: returned(edited(good_form(), *FAULTY)),
    "returned twice": lambda: returned(edited(returned(edited(good_form(), *FAULTY)), ("Indikator!K8", 99))),
    "told at great length": verbose_form,
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
    parts = {str(entry.get("PartName")).lstrip("/") for entry in types if plain(entry) == "Override"}
    endings = {str(entry.get("Extension")) for entry in types if plain(entry) == "Default"}
    assert parts <= set(names)
    untyped = [name for name in names if name not in parts and name.rpartition(".")[2] not in endings]
    assert untyped in ([], ["[Content_Types].xml"])
    for name, relations in trees(package, r".*\.rels").items():
        folder = posixpath.dirname(posixpath.dirname(name))
        targets = [str(relation.get("Target")) for relation in relations if relation.get("TargetMode") != "External"]
        assert {posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for target in targets} <= set(names)
        assert len({relation.get("Id") for relation in relations}) == len(relations)


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


def test_no_text_is_longer_than_excel_takes(package: zipfile.ZipFile) -> None:
    """Hints and their titles, formulas, footers, cells, links: a longer one makes Excel offer a repair."""
    most = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
    for sheet in trees(package, r"xl/worksheets/[^/]+\.xml").values():
        for hint in sheet.iter("{*}dataValidation"):
            assert {name for name, limit in most.items() if len(str(hint.get(name, ""))) > limit} == set()
            assert len(str(hint.findtext("{*}formula1"))) <= 255
        assert all(len(str(footer.text)) <= 255 for footer in sheet.iter("{*}oddFooter"))
        assert all(len("".join(map(str, cell.itertext()))) <= 32_767 for cell in sheet.iter("{*}c"))
        assert all(len(str(cell.findtext("{*}f", ""))) <= 8_192 for cell in sheet.iter("{*}c"))
        assert all(len(str(link.get("location"))) <= 2_079 for link in sheet.iter("{*}hyperlink"))
    for notes in trees(package, r"xl/comments[^/]*\.xml").values():
        assert all(len("".join(map(str, note.itertext()))) <= 32_767 for note in notes.iter("{*}comment"))


def test_rows_and_columns_are_as_large_as_excel_allows(package: zipfile.ZipFile) -> None:
    """A row has at most 409 points, a column at most 255 characters."""
    for sheet in trees(package, r"xl/worksheets/[^/]+\.xml").values():
        assert all(0 < float(str(row.get("ht", "15"))) <= 409 for row in sheet.iter("{*}row"))
        assert all(0 < float(str(column.get("width"))) <= 255 for column in sheet.iter("{*}col"))


def test_one_sheet_is_in_front_and_its_panes_fit_what_is_frozen(package: zipfile.ZipFile) -> None:
    """The workbook opens on a sheet that can be seen, and no other is selected with it."""
    book = etree.fromstring(package.read("xl/workbook.xml"))
    active = int(str(next(book.iter("{*}workbookView")).get("activeTab", "0")))
    listed = list(book.iter("{*}sheet"))
    assert listed[active].get("state") in {None, "visible"}
    relations = {
        str(relation.get("Id")): posixpath.basename(str(relation.get("Target")))
        for relation in etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    }
    sheets = trees(package, r"xl/worksheets/[^/]+\.xml")
    chosen = [name for name, sheet in sheets.items() if next(sheet.iter("{*}sheetView")).get("tabSelected") == "1"]
    front = next(str(value) for key, value in listed[active].items() if str(key).endswith("}id"))
    assert [posixpath.basename(name) for name in chosen] == [relations[front]]
    for sheet in sheets.values():
        for pane in sheet.iter("{*}pane"):
            row, column = coordinate_to_tuple(str(pane.get("topLeftCell")))
            across, down = int(float(pane.get("xSplit", 0))), int(float(pane.get("ySplit", 0)))
            assert (row, column) == (down + 1, across + 1)
            named = "bottomRight" if across and down else "bottomLeft" if down else "topRight"
            assert pane.get("activePane") == named


def test_defined_names_stand_once_and_speak_of_sheets_that_are_there(package: zipfile.ZipFile) -> None:
    """Print areas and titles, each of the sheet whose number it carries."""
    book = etree.fromstring(package.read("xl/workbook.xml"))
    sheets = [str(sheet.get("name")) for sheet in book.iter("{*}sheet")]
    names = list(book.iter("{*}definedName"))
    assert len({(name.get("name"), name.get("localSheetId")) for name in names}) == len(names)
    for name in names:
        quoted = sheets[int(str(name.get("localSheetId")))].replace("'", "''")
        assert str(name.text).startswith((f"'{quoted}'!", f"{quoted}!"))


def test_each_note_has_its_shape_and_each_shape_its_note(package: zipfile.ZipFile) -> None:
    """Older Excel places a note by its VML shape, and repairs a file in which one lacks the other."""
    for name, sheet in trees(package, r"xl/worksheets/[^/]+\.xml").items():
        relations = trees(package, re.escape(f"xl/worksheets/_rels/{posixpath.basename(name)}.rels"))
        kinds = {
            str(relation.get("Type")).rpartition("/")[2]: str(relation.get("Target")).lstrip("/")
            for tree in relations.values()
            for relation in tree
        }
        assert ("comments" in kinds) == ("vmlDrawing" in kinds) == (sheet.find("{*}legacyDrawing") is not None)
        if "comments" not in kinds:
            continue
        comments, drawing = (etree.fromstring(package.read(kinds[kind])) for kind in ("comments", "vmlDrawing"))
        cells = [coordinate_to_tuple(str(note.get("ref"))) for note in comments.iter("{*}comment")]
        shapes = [
            (int(str(shape.findtext(".//{*}Row"))) + 1, int(str(shape.findtext(".//{*}Column"))) + 1)
            for shape in drawing.iter("{urn:schemas-microsoft-com:vml}shape")
        ]
        ids = [shape.get("id") for shape in drawing.iter("{urn:schemas-microsoft-com:vml}shape")]
        assert sorted(cells) == sorted(shapes)
        assert len(set(ids)) == len(ids)
        authors = len(next(comments.iter("{*}authors")))
        assert all(int(str(note.get("authorId"))) < authors for note in comments.iter("{*}comment"))


def test_the_styles_begin_as_excel_wants_them(package: zipfile.ZipFile) -> None:
    """The first two fills are reserved; every format names a font, a fill, a border and a style that are there."""
    styles = etree.fromstring(package.read("xl/styles.xml"))
    fills = next(styles.iter("{*}fills"))
    assert [next(fill.iter("{*}patternFill")).get("patternType") for fill in list(fills)[:2]] in (
        ["none", "gray125"],
        [None, "gray125"],
    )
    sizes = {table: len(next(styles.iter(f"{{*}}{table}"))) for table in ("fonts", "fills", "borders", "cellStyleXfs")}
    for xf in next(styles.iter("{*}cellXfs")):
        for name, table in (
            ("fontId", "fonts"),
            ("fillId", "fills"),
            ("borderId", "borders"),
            ("xfId", "cellStyleXfs"),
        ):
            assert int(str(xf.get(name, "0"))) < sizes[table]
    own = {str(code.get("numFmtId")) for code in styles.iter("{*}numFmt")}
    assert all(int(number) >= 164 for number in own)
    used = {str(xf.get("numFmtId", "0")) for xf in next(styles.iter("{*}cellXfs"))}
    assert {number for number in used if int(number) >= 164} <= own
    looks = len(next(styles.iter("{*}dxfs"), ()))
    for sheet in trees(package, r"xl/worksheets/[^/]+\.xml").values():
        assert all(int(str(rule.get("dxfId", "-1"))) < looks for rule in sheet.iter("{*}cfRule"))
