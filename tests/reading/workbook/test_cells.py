"""The cells of a sheet's XML, however a program writes it; number formats and dates as openpyxl takes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from mailbot.core.model.form_layout import address, place_of
from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.workbook.cell_formats import FROM_1900, FROM_1904, date_text, kind_of_format, serial_date_text
from mailbot.reading.workbook.read_form import open_workbook
from mailbot.reading.workbook.workbook import USUAL_LIMITS, Kind, Merge, WorkbookLimits, WorkbookRefused
from mailbot.reading.workbook.xlsx import shared_texts, sheet_cells
from tests.reading.workbook.edits import repacked

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"


@pytest.mark.parametrize(
    "row",
    [
        '<row r="2"><c r="B2" s="3" t="str"><v>a &amp; b</v></c></row>',
        "<row r='2'><c r='B2' s='3' t='str'><v>a &#38; b</v></c></row>",
        '<row r="2"><c r="B2" s="3" t="str" cm="1" vm="2"><v>a &amp; b</v></c></row>',
        '<row r="2"><c\nt="str"\ns="3" r="B2" ><v><!-- -->a &amp; <!-- -->b</v></c></row>',
        '<row r="2"><c r="B2" s="3" t="str"><v><![CDATA[a & b]]></v></c></row>',
        '<row r="2"><c r="B2" s="3" t="str"><is><r><t>a &amp; </t></r><r><t>b</t></r><rPh/></is></c></row>',
        '<row r="2"><c r="B2" s="3" t="str"><is><t>a &amp; b</t></is></c></row>',
        '<row r="2"><c r="B2" s="3" t="str"><v>a _x0026_ b</v></c></row>',
        '<row/><row><c/><c s="3" t="str"><v>a &amp; b</v></c></row>',
        '<x:row xmlns:x="y" r="2"><x:c r="B2" s="3" t="str"><x:v>a &amp; b</x:v></x:c></x:row>',
    ],
)
def test_a_cell_is_the_same_however_it_is_written(row: str) -> None:
    """Quotes, line breaks, comments, CDATA, runs, escapes, prefixes, references left out."""
    cells, merges = sheet_cells(f"{HEAD}{row}{END}".encode(), USUAL_LIMITS)
    assert cells == {(2, 2): ("3", "str", False, "a & b")}
    assert merges == ()


def test_a_formula_counts_even_without_a_value_and_an_empty_cell_does_not() -> None:
    """What was never computed is named later; a cell that only has a look is nothing."""
    row = '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1" s="1"/><c r="C1"><v/></c><c r="D1"><f/><v>2</v></c></row>'
    cells, _ = sheet_cells(f"{HEAD}{row}{END}".encode(), USUAL_LIMITS)
    assert cells == {(1, 1): ("", "", True, ""), (1, 4): ("", "", True, "2")}


@pytest.mark.parametrize("xml", ["", f"{HEAD}</sheetData>", f'{HEAD}<row r="1"><c r="A1"><v>1', f"{HEAD}{END}x"])
def test_a_sheet_cut_off_or_continued_is_damage(xml: str) -> None:
    """Half a table is no table."""
    with pytest.raises(etree.XMLSyntaxError):
        sheet_cells(xml.encode(), USUAL_LIMITS)


def test_too_many_cells_are_refused() -> None:
    """A form is small."""
    cells = "".join(f'<c r="A{row}"><v>1</v></c>' for row in range(1, 8))
    with pytest.raises(WorkbookRefused) as refused:
        sheet_cells(f'{HEAD}<row r="1">{cells}</row>{END}'.encode(), WorkbookLimits(cells=5))
    assert refused.value.reason is Unreadable.TOO_LARGE


def test_what_lies_beyond_the_limits_is_not_looked_at() -> None:
    """A stray value in the last row costs nothing."""
    xml = f'{HEAD}<row r="9"><c r="B9"><v>1</v></c><c r="ZZ9"><v>2</v></c></row>{END}'.encode()
    assert set(sheet_cells(xml, USUAL_LIMITS)[0]) == {(9, 2)}
    assert sheet_cells(xml, WorkbookLimits(rows=5))[0] == {}


def test_a_merge_that_is_no_range_covers_nothing() -> None:
    """A damaged reference does not stop the reader."""
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A1:B2", "$A$1:$B$2", "C3", "K", "1:2", ""))
    xml = f"{HEAD}</sheetData><mergeCells>{merges}</mergeCells></worksheet>".encode()
    nowhere = Merge(0, 0, 0, 0)
    assert sheet_cells(xml, USUAL_LIMITS)[1] == (
        Merge(1, 1, 2, 2),
        Merge(1, 1, 2, 2),
        Merge(3, 3, 3, 3),
        nowhere,
        nowhere,
        nowhere,
    )


def test_shared_texts_are_told_in_order_without_phonetic_readings() -> None:
    """Cells point into them by number, so an empty one keeps its place."""
    items = "<si><t>a &lt; b</t></si><si/><si><r><t>c</t></r><r><t> d</t></r><rPh><t>x</t></rPh></si>"
    assert shared_texts(f'<sst xmlns="x">{items}</sst>'.encode(), USUAL_LIMITS) == ["a < b", "", "c d"]


def test_too_many_shared_texts_are_refused() -> None:
    """A table of texts is counted before it is kept."""
    xml = f'<sst xmlns="x">{"<si><t>a</t></si>" * 9}</sst>'.encode()
    with pytest.raises(WorkbookRefused):
        shared_texts(xml, WorkbookLimits(shared_texts=5))


def test_shared_texts_that_are_no_xml_are_damage() -> None:
    """A table cut off in the middle is not half a table."""
    with pytest.raises(etree.XMLSyntaxError):
        shared_texts(b'<sst xmlns="x"><si><t>a</t></si>', USUAL_LIMITS)


def test_sheets_are_found_however_their_list_is_written() -> None:
    """A prefix, another quote, a comment with a sheet in it, entities in a name."""

    def rewritten(parts: dict[str, bytes]) -> None:
        old = parts["xl/workbook.xml"]
        new = old.replace(b"<sheets>", b"<sheets><!-- <sheet name='x' sheetId='9' r:id='rId1'/> -->")
        parts["xl/workbook.xml"] = new.replace(b'name="Narasi"', b"name\n=\n'Narasi &#38; x'")

    workbook = open_workbook(repacked(rewritten)(), "form.xlsx", USUAL_LIMITS)
    assert workbook.names == ("Petunjuk", "Indikator", "Anggaran", "Narasi & x", "mailbot")


def kind_by_openpyxl(code: str) -> Kind:
    """Return what a format's code is by openpyxl's rule for dates, once percentages are told by their sign."""
    return Kind.DATE if is_date_format(code) else Kind.NUMBER


def test_formats_without_a_code_are_those_openpyxl_knows() -> None:
    """Fifty numbers that every program writes; any other is a plain number."""
    for number in range(200):
        code = BUILTIN_FORMATS.get(number, "General")
        assert kind_of_format(str(number), None) is (Kind.PERCENT if "%" in code else kind_by_openpyxl(code))


@given(st.text(alphabet='0#?.,;"\\_dmyhsDMYHS[]$-Red ()', max_size=12))
def test_a_formats_code_is_taken_as_openpyxl_takes_it(code: str) -> None:
    """Quoted words, colours and languages are no dates; hours beyond a day are."""
    assert kind_of_format("170", code) is kind_by_openpyxl(code)


@pytest.mark.parametrize(("code", "kind"), [('0"%"', Kind.NUMBER), ("0.0%", Kind.PERCENT), (r"0\%", Kind.NUMBER)])
def test_a_percent_sign_counts_where_it_is_no_letter(code: str, kind: Kind) -> None:
    """A quoted sign is only shown: the number is as it stands."""
    assert kind_of_format("170", code) is kind


@given(st.floats(min_value=-1e7, max_value=1e7) | st.floats(min_value=0, max_value=70) | st.floats())
def test_a_serial_number_is_the_day_openpyxl_makes_of_it(number: float) -> None:
    """From 1900 with the day too many, and from 1904; a number that is no day stays one."""
    for since, epoch in ((FROM_1900, CALENDAR_WINDOWS_1900), (FROM_1904, CALENDAR_MAC_1904)):
        try:
            expected = date_text(from_excel(number, epoch))
        except (ValueError, OverflowError):
            expected = f"{number:g}"
        assert serial_date_text(number, since) == expected


def test_references_are_those_of_openpyxl_both_ways() -> None:
    """Every column that has at most three letters."""
    for column in range(1, 18_279):
        reference = address(7, column)
        assert reference == f"{get_column_letter(column)}7"
        assert place_of(reference) == coordinate_to_tuple(reference) == (7, column)


@pytest.mark.parametrize("text", ["", "A", "7", "A1:B2", "ABCD1", "A-1", "A1.0", "A12345678"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    """A cell that stands nowhere is not guessed at."""
    with pytest.raises(ValueError, match="is no cell"):
        place_of(text)
