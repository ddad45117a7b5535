"""The form as it leaves the house: its sheets, locks, hints, its looks on paper, and that it is always the same."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.core.model.form import Entry, FormData, IndicatorAnswer
from mailbot.core.model.form_layout import BUDGET_COLUMNS, INDICATOR_COLUMNS, NARRATIVE_COLUMNS
from mailbot.errors import TemplateProblem
from mailbot.writing.form.form import fill_form, form_places, write_form
from mailbot.writing.words.form_words import read_form_words
from mailbot.writing.words.templates import shipped_templates
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.writing.form.other_values import office_without_outputs
from tests.writing.form.paper import RATIOS, UNIT, asked_of, blank_form, good_data, good_form, words

_POINTS = 5.3
"""Points that a character of a column's width takes on paper, as LibreOffice and Excel print it."""
_WIDE = {"Indikator": 4, "Anggaran": 3}
"""Sheets on two pages beside each other, and how many columns stand on both."""
HEADER_ROW = 7
FIRST_ROW = 8


def opened(content: bytes) -> Workbook:
    """Open a form as any program would."""
    return load_workbook(io.BytesIO(content))


def header(book: Workbook, sheet: str) -> list[str]:
    """Return the header row of a sheet, its narrow margin and the stars of what is required apart."""
    return [str(cell.value).removesuffix(" *") for cell in book[sheet][HEADER_ROW][1:]]


def head_of(sheet: Worksheet, cell: Cell | MergedCell) -> str:
    """Return the header of a cell's column, without the star of what is required."""
    return str(sheet.cell(HEADER_ROW, cell.column or 1).value).removesuffix(" *")


def test_what_is_required_bears_a_star_and_its_hint_says_so() -> None:
    """In another colour as well; what the office does not want is not marked, and nobody is asked for it."""
    sheet = opened(blank_form())["Indikator"]
    stars = [str(cell.value).removesuffix(" *") for cell in sheet[HEADER_ROW] if str(cell.value).endswith(" *")]
    assert stars == ["Realisasi", "Faktor Pendukung", "Sumber Data", "Data Dukung"]
    prompts = [str(rule.prompt) for rule in sheet.data_validations.dataValidation if "Wajib diisi." in str(rule.prompt)]
    assert len(prompts) == len(stars) - 1 + len(asked_of().indicators)
    assert all(len(prompt) <= 255 for prompt in prompts)
    house = office()
    less = replace(house, policy=replace(house.policy, required=("data_source",)))
    sheet = opened(write_form(less, asked_of(), words(), SECRET))["Indikator"]
    assert [str(cell.value) for cell in sheet[HEADER_ROW] if str(cell.value).endswith(" *")] == [
        "Realisasi *",
        "Sumber Data *",
    ]


def test_the_same_state_gives_the_same_bytes() -> None:
    """A form is made from state alone (R6): no clock, no chance."""
    assert write_form(office(), asked_of(), words(), SECRET) == write_form(office(), asked_of(), words(), SECRET)


def test_the_sheets_are_those_of_the_contract_and_the_stamp_is_very_hidden() -> None:
    """Petunjuk, Indikator, Anggaran, Narasi, and a sheet no menu shows."""
    book = opened(blank_form())
    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [
        ("Petunjuk", "visible"),
        ("Indikator", "visible"),
        ("Anggaran", "visible"),
        ("Narasi", "visible"),
        ("mailbot", "veryHidden"),
    ]


def test_the_headers_are_the_columns_said_once_in_the_core() -> None:
    """Whoever reads a form looks for the same headers."""
    book = opened(blank_form())
    assert header(book, "Indikator") == [column.header for column in INDICATOR_COLUMNS]
    assert header(book, "Anggaran") == [column.header for column in BUDGET_COLUMNS]
    without = opened(write_form(office_without_outputs(), asked_of(), words(), SECRET))
    assert header(without, "Anggaran") == [
        column.header for column in BUDGET_COLUMNS if "Keluaran" not in column.header
    ]
    assert header(book, "Narasi") == [column.header for column in NARRATIVE_COLUMNS]


def test_only_the_units_own_indicators_and_budget_lines_are_asked() -> None:
    """A unit sees its own rows, in the order asked."""
    book = opened(blank_form("piak"))
    asked = asked_of("piak")
    codes = [row[1].value for row in book["Indikator"].iter_rows(min_row=FIRST_ROW)]
    lines = [row[1].value for row in book["Anggaran"].iter_rows(min_row=FIRST_ROW)]
    assert codes == list(asked.indicators)
    assert lines == [*asked.budget, None]


def test_locked_values_are_filled_in_and_input_cells_are_open() -> None:
    """Every cell of a row is either ours and locked, or theirs and open; a ratio is open only where there is one."""
    sheet = opened(blank_form())["Indikator"]
    open_headers = {column.header for column in INDICATOR_COLUMNS if column.filled}
    for row in sheet.iter_rows(min_row=FIRST_ROW):
        code = row[1].value
        closed = set() if code in RATIOS else {"Pembilang", "Penyebut"}
        found = {head_of(sheet, cell) for cell in row if not cell.protection.locked}
        assert found == open_headers - closed
    first = {head_of(sheet, cell): cell.value for cell in sheet[FIRST_ROW]}
    assert first["Kode"] == "IKU-02"
    assert first["Satuan"] == "Persen"
    assert first["Jenis"] == "Positif"
    assert first["Target"] == 99.4
    assert first["Periode lalu"] == 99.12
    assert first["Sumber Data"] == "DKB/SIAK"
    assert first["Realisasi"] is None


def test_sheets_are_locked_without_a_password_and_keep_their_header_in_sight() -> None:
    """Locks guard against slips, not against people; the header stays when one scrolls and when one prints."""
    book = opened(blank_form())
    for name in ("Indikator", "Anggaran", "Narasi"):
        sheet = book[name]
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert sheet.freeze_panes == "C8"
        assert sheet.print_title_rows == "$7:$7"


def test_it_prints_on_a4_landscape_with_unit_period_and_page() -> None:
    """Every sheet has a print area and a footer; of a long name as much as Excel has room for."""
    for sheet in opened(blank_form()).worksheets[:4]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert bool(sheet.sheet_properties.pageSetUpPr.fitToPage) is (sheet.title not in _WIDE)
        assert sheet.print_area
        assert sheet.oddFooter is not None
        printed = [part.text for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right)]
        assert printed == [office().roster.unit(UNIT).name[:70], "Tahun 2025", "Halaman &P dari &N"]


def test_nothing_prints_under_eight_points() -> None:
    """What is one page wide needs no more than nine tenths; Indikator stands on two pages, its names on both."""
    room = (297 / 25.4 - 2 * 0.31) * 72 / 0.9
    for sheet in opened(blank_form()).worksheets[:4]:
        letters = [get_column_letter(number) for number in range(1, sheet.max_column + 1)]
        points = [_POINTS * sheet.column_dimensions[letter].width for letter in letters]
        cuts = [0, *(one.id for one in sheet.col_breaks.brk), len(points)]
        repeated = _WIDE.get(sheet.title, 0)
        pages = [sum(points[first:last]) + (first > 0) * sum(points[:repeated]) for first, last in pairwise(cuts)]
        assert max(pages) <= room, (sheet.title, pages)
        assert min(cell.font.size for row in sheet.iter_rows() for cell in row if cell.value is not None) >= 9
    assert opened(blank_form())["Indikator"].print_title_cols == "$A:$D"
    assert opened(blank_form())["Indikator"].page_setup.scale == 90


def test_it_opens_on_the_first_cell_to_be_filled_in() -> None:
    """The reader of the form begins where work begins."""
    asked = replace(asked_of(), indicators=("IKK-09", "IKU-02"))
    book = opened(write_form(office(), asked, words(), SECRET))
    assert book.active is book["Indikator"]
    assert book["Indikator"].sheet_view.selection[0].activeCell == "K8"


def test_a_ratio_in_the_first_row_is_where_the_form_opens() -> None:
    """Pembilang comes before realisasi."""
    book = opened(blank_form())
    assert book["Indikator"].sheet_view.selection[0].activeCell == "I8"


def test_every_input_cell_says_what_belongs_there() -> None:
    """Each open cell of the three sheets has a hint; each number cell refuses what can never be right."""
    book = opened(blank_form())
    for name in ("Indikator", "Anggaran", "Narasi"):
        sheet = book[name]
        hinted = {
            cell
            for hint in sheet.data_validations.dataValidation
            if hint.prompt and hint.showInputMessage
            for area in hint.sqref.ranges
            for cells in area.rows
            for cell in cells
        }
        open_cells = {
            (cell.row, cell.column) for row in sheet.iter_rows(FIRST_ROW) for cell in row if not cell.protection.locked
        }
        assert open_cells == hinted


def test_hints_name_the_indicator_the_unit_and_an_example() -> None:
    """What is said at a cell is about that cell."""
    hints = {str(hint.sqref): hint for hint in opened(blank_form())["Indikator"].data_validations.dataValidation}
    assert hints["K8"].promptTitle == "IKU-02"
    assert "Persentase kepemilikan KTP-el" in hints["K8"].prompt
    assert "98,50" in hints["K8"].prompt
    assert hints["K8"].formula1 == 'OR(UPPER(TRIM(K8))="NIHIL",AND(ISNUMBER(K8),K8>=0,K8<=100))'
    assert hints["K8"].errorStyle in {None, "stop"}
    assert "Jumlah anak usia 0-17 tahun yang memiliki KIA" in hints["I9"].prompt
    assert "Penyebut: Jumlah anak usia 0-17 tahun" in hints["J9"].prompt
    assert "I11" not in hints


def test_no_hint_is_longer_than_excel_can_show() -> None:
    """Titles have 32 characters at most, texts 255."""
    for unit in ("sekretariat", "dafduk", "capil", "piak"):
        for sheet in opened(blank_form(unit)).worksheets:
            for hint in sheet.data_validations.dataValidation:
                assert max(len(hint.promptTitle or ""), len(hint.errorTitle or "")) <= 32
                assert max(len(hint.prompt or ""), len(hint.error or ""), len(hint.formula1 or "")) <= 255


def test_drop_downs_offer_the_known_sources_and_the_units_people() -> None:
    """What may be chosen stands on the hidden sheet; anything else may be typed."""
    book = opened(blank_form())
    lists = {
        hint.formula1: hint
        for name in ("Indikator", "Narasi")
        for hint in book[name].data_validations.dataValidation
        if hint.type == "list"
    }
    assert sorted(lists) == ["mailbot!$D$1:$D$10", "mailbot!$E$1:$E$2"]
    assert not any(hint.showErrorMessage for hint in lists.values())
    sources = [book["mailbot"].cell(row, 4).value for row in range(1, 11)]
    assert sources == sorted({one.data_source for one in office().indicators})
    people = (office().roster.person(key) for key in ("kabid_dafduk", "kasi_identitas"))
    listed = [book["mailbot"].cell(row, 5).value for row in (1, 2)]
    assert listed == [f"{person.name}, {person.title}" for person in people]


def test_the_guide_names_deadline_with_weekday_addressee_and_whom_to_ask() -> None:
    """What a person looks for first stands on the first sheet."""
    texts = [str(cell.value) for row in opened(blank_form())["Petunjuk"].iter_rows() for cell in row if cell.value]
    assert "Senin, 12 Januari 2026 pukul 16.00 WIB" in texts
    assert "laporan@example.go.id" in texts
    assert office().letterhead.contact in texts
    assert "FORM ISIAN DATA KINERJA – TAHUN 2025" in texts
    assert any("NIHIL" in text for text in texts)


def test_a_quarterly_form_asks_the_quarters_targets() -> None:
    """The first quarter of 2026 has its own targets and its own title."""
    sheet = opened(blank_form("dafduk", "2026-tw1"))["Indikator"]
    assert sheet["G8"].value == 99.42
    assert "Triwulan I Tahun 2026" in str(sheet["B4"].value)


def test_no_cell_is_merged_and_nothing_but_cells_is_in_the_file() -> None:
    """No merged input cell, macro, drawing or link to elsewhere."""
    names = zipfile.ZipFile(io.BytesIO(blank_form())).namelist()
    assert [name for name in names if "drawing" in name or "vba" in name or "externalLink" in name] == []
    assert all(not sheet.merged_cells.ranges for sheet in opened(blank_form()).worksheets)


def test_a_filled_form_holds_numbers_as_numbers_and_computes_achievement() -> None:
    """What was read goes back as it was read; capaian stands there even for a viewer that does not compute."""
    book = load_workbook(io.BytesIO(good_form()), data_only=True)
    row = {head_of(book["Indikator"], cell): cell.value for cell in book["Indikator"][9]}
    assert row["Kode"] == "IKU-05"
    assert (row["Pembilang"], row["Penyebut"], row["Realisasi"]) == (57000, 80000, 71.25)
    assert row["Capaian (%)"] == pytest.approx(101.79)
    assert book["Anggaran"]["E8"].value == 309725000
    assert book["Anggaran"]["E11"].value == 516987500
    assert book["Narasi"]["D8"].value == "Semua sasaran tercapai."
    assert book["Narasi"]["D12"].value == "Kepala Seksi Identitas Penduduk"


def test_a_filled_form_may_say_nihil() -> None:
    """NIHIL is written as the word."""
    data = FormData(indicators=(IndicatorAnswer(code="IKU-02", actual=Entry(nil=True, text="nihil")),))
    book = opened(fill_form(office(), asked_of(), data, words(), SECRET))
    assert book["Indikator"]["K8"].value == "NIHIL"


@pytest.mark.parametrize("text", ["=1+1", "+62 811", "-cmd|' /C calc'!A0", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_what_somebody_wrote_never_becomes_a_formula(text: str) -> None:
    """A text that begins like a formula is a text in the file, and stays one when the cell is edited (T21)."""
    data = FormData(indicators=(IndicatorAnswer(code="IKU-02", obstacles=Entry(text=text), actual=Entry(text=text)),))
    book = opened(fill_form(office(), asked_of(), data, words(), SECRET))
    for place in ("N8", "K8"):
        cell = book["Indikator"][place]
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    """A stray control character does not make a file that nobody can open (T24)."""
    data = FormData(indicators=(IndicatorAnswer(code="IKU-02", obstacles=Entry(text="a\x07b\x0cc <&> \ud800")),))
    book = opened(fill_form(office(), asked_of(), data, words(), SECRET))
    assert book["Indikator"]["N8"].value == "abc <&> "


def test_the_places_of_values_are_where_the_values_are() -> None:
    """`form_places` says where a value stands, for every value of the filled form."""
    places = form_places(asked_of())
    book = opened(good_form())
    for (sheet, code, field), place in places.items():
        if field == "code":
            assert book[sheet.value][place].value == code
    budget = {code: book["Anggaran"][place].value for (_, code, field), place in places.items() if field == "spent_idr"}
    assert budget == {line.code: line.spent_idr.value for line in good_data().budget}


def test_a_unit_without_indicators_opens_on_its_budget() -> None:
    """The form opens on the first sheet with something to fill in."""
    asked = replace(asked_of(), indicators=())
    book = opened(write_form(office(), asked, words(), SECRET))
    assert book.active is book["Anggaran"]
    book = opened(write_form(office(), replace(asked, budget=()), words(), SECRET))
    assert book.active is book["Narasi"]


def test_an_indicator_without_a_target_has_no_computed_cell() -> None:
    """No target, or a target of nought: capaian cannot be computed, and the form does not try."""
    indicators = tuple(
        replace(indicator, targets={2025: (Decimal(0),) * 4}) if indicator.code == "IKU-02" else indicator
        for indicator in office().indicators
    )
    other = replace(office(), indicators=indicators)
    assert opened(write_form(other, asked_of(), words(), SECRET))["Indikator"]["L8"].value is None


def test_the_offices_own_words_win(tmp_path: Path) -> None:
    """A `form.yaml` in the office's own templates is the one that is used."""
    text = (shipped_templates() / "form.yaml").read_text(encoding="utf-8")
    (tmp_path / "form.yaml").write_text(text.replace("FORM ISIAN DATA KINERJA", "FORM KINERJA KAMI"), encoding="utf-8")
    own = read_form_words((tmp_path, shipped_templates()), office().calendar)
    assert opened(write_form(office(), asked_of(), own, SECRET))["Indikator"]["B2"].value == "FORM KINERJA KAMI"


@pytest.mark.parametrize("broken", ["title: 3\n", "- a list\n", "title: '{nobody}'\n"])
def test_words_that_cannot_be_used_are_named(tmp_path: Path, broken: str) -> None:
    """A form.yaml without the texts a form needs is a TemplateProblem, not a form with holes."""
    (tmp_path / "form.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(TemplateProblem):
        write_form(office(), asked_of(), read_form_words((tmp_path, shipped_templates()), office().calendar), SECRET)
