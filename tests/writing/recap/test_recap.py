"""The recap workbook: every figure once, missing ones said to be missing, and no text that becomes a formula."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from mailbot.core.model.cycle import Cycle, UnitForm
from mailbot.core.model.form import Entry, Fault, FaultCode, Severity
from mailbot.core.model.office import Office
from mailbot.core.model.sop import Step
from mailbot.errors import TemplateProblem
from mailbot.writing.recap.recap import write_recap
from tests.offices.roads import ANNUAL, roads_office
from tests.writing import sample_cycle

PRINTABLE = (297 / 25.4 - 2 * 0.4) * 72
"""Points between the margins of A4 landscape."""


def opened_recap(cycle: Cycle, office: Office, folders: tuple[Path, ...]) -> Workbook:
    """Write a recap and open it as a spreadsheet program does."""
    return load_workbook(io.BytesIO(write_recap(cycle, office, template_folders=folders)), data_only=True)


@pytest.fixture(scope="module")
def roads(folders: tuple[Path, ...]) -> Workbook:
    """Return the recap of the office of roads, with nothing filled in: ranges, words, 36 sub kegiatan."""
    office = roads_office()
    plan = office.plan(ANNUAL)
    at = office.calendar.at(plan.starts_on, office.calendar.opens)
    units = tuple(UnitForm(unit=unit.key) for unit in office.roster.units)
    cycle = Cycle(key=plan.key, period=plan.period, step=Step.DRAFT, since=at, due_at=at, opened_at=at, units=units)
    return opened_recap(cycle, office, folders)


def column(book: Workbook, sheet: str, header: str) -> list[object]:
    """Return what stands below a header."""
    rows = list(book[sheet].iter_rows(min_row=5, values_only=True))
    place = rows[0].index(header)
    return [row[place] for row in rows[1:] if row[place] is not None]


def test_every_indicator_stands_there_once_with_its_figures(office: Office, folders: tuple[Path, ...]) -> None:
    """Fifteen indicators, grouped by sasaran, with the figures of the analysis."""
    book = opened_recap(sample_cycle.complete(), office, folders)
    codes = [code for code in column(book, "Kinerja", "Kode") if str(code).startswith("IK")]
    assert codes == [
        *("IKU-01", "IKU-02", "IKU-03", "IKU-04", "IKU-05", "IKU-06", "IKU-07", "IKK-09", "IKK-10", "IKK-12", "IKK-13"),
        *("IKK-15", "IKU-08", "IKK-11", "IKU-14"),
    ]
    row = next(row for row in book["Kinerja"].iter_rows(values_only=True) if row[1] == "IKU-02")
    assert row == (
        *(2, "IKU-02", "Persentase kepemilikan KTP-el", "Persen", "positif", 99.4, 98.12, 98.71, "Sangat Tinggi"),
        *(99.12, "turun 1,00", 99.8, 98.32, 99.4, office.roster.unit("dafduk").name),
    )


def test_the_budget_adds_up_by_program(office: Office, folders: tuple[Path, ...]) -> None:
    """The check values of the field's facts: 95,82 96,54 95,30 93,35 98,04, in all 95,81."""
    book = opened_recap(sample_cycle.complete(), office, folders)
    rows = [row for row in book["Anggaran"].iter_rows(min_row=6, values_only=True) if row[4]]
    programs = {row[1]: row[6] for row in rows if str(row[2]).startswith("Program")}
    assert programs == {"2.12.01": 95.82, "2.12.02": 96.54, "2.12.03": 95.3, "2.12.04": 93.35, "2.12.05": 98.04}
    assert rows[-1][4:7] == (8258500000, 7912693162, 95.81)


def test_what_nobody_supplied_says_so(office: Office, folders: tuple[Path, ...]) -> None:
    """Missing is never shown as zero."""
    book = opened_recap(sample_cycle.collecting(), office, folders)
    row = next(row for row in book["Kinerja"].iter_rows(values_only=True) if row[1] == "IKU-05")
    assert (row[6], row[7]) == ("belum diisi", "tidak dapat dihitung")


def test_text_of_users_never_becomes_a_formula(office: Office, folders: tuple[Path, ...]) -> None:
    """What begins with = + - @ is shown as the text it is, in every sheet."""
    evil = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1,1)", "\t=1+1", '=HYPERLINK("http://x","y")\x00\x07')
    cycle = sample_cycle.complete()
    form = cycle.units[0]
    sent = form.submissions[0]
    answers = tuple(
        replace(answer, enabling_factors=Entry(text=text), actual=replace(answer.actual, text=text))
        for answer, text in zip(sent.data.indicators * 2, evil, strict=True)
    )
    data = replace(sent.data, indicators=answers)
    worse = replace(form, submissions=(replace(sent, data=data, sender=evil[0], file_name=evil[0]),))
    book = opened_recap(replace(cycle, units=(worse, *cycle.units[1:])), office, folders)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str) and cell.value[:1] in set("=+-@\t")} == {
        "s"
    }
    assert evil[0] in [cell.value for cell in cells]


def test_the_same_state_gives_the_same_bytes(office: Office, folders: tuple[Path, ...]) -> None:
    """No moment of writing is in the file."""
    first, second = (write_recap(sample_cycle.complete(), office, template_folders=folders) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("whose", ["long names", "roads"])
def test_nothing_prints_under_eight_points(
    whose: str, office: Office, roads: Workbook, folders: tuple[Path, ...]
) -> None:
    """A4 landscape at no less than 80 percent: one page wide, or pages beside each other; F4 is wider."""
    book = opened_recap(sample_cycle.complete(), office, folders) if whose == "long names" else roads
    for sheet in book.worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$5:$5", "C6")
        letters = [get_column_letter(number) for number in range(1, sheet.max_column + 1)]
        points = [5.85 * sheet.column_dimensions[letter].width + 4 for letter in letters]
        fits = sheet.sheet_properties.pageSetUpPr
        if fits is not None and fits.fitToPage:
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
            assert sum(points) <= PRINTABLE / 0.8, (sheet.title, sum(points))
        else:
            assert sheet.page_setup.scale == 80
            cuts = [0, *(one.id for one in sheet.col_breaks.brk), len(points)]
            pages = [sum(points[first:last]) + sum(points[:3]) * (first > 0) for first, last in pairwise(cuts)]
            assert all(page <= PRINTABLE / 0.8 for page in pages), pages
        sizes = {cell.font.size for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert min(sizes) >= 10


FORMULA = re.compile(r"=[A-Z0-9(),:+*/<>=.&\"~ -]+")
WORDS = re.compile(r'"[^"]*"')


def test_figures_are_living_formulas_of_our_own(office: Office, folders: tuple[Path, ...]) -> None:
    """Achievement, mean, sum and absorption are computed in the sheet; nothing but cells, numbers and functions."""
    raw = write_recap(sample_cycle.complete(), office, template_folders=folders)
    living, shown = load_workbook(io.BytesIO(raw)), load_workbook(io.BytesIO(raw), data_only=True)
    formulas = [
        (sheet.title, cell.coordinate, str(cell.value))
        for sheet in living.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) > 60
    assert [text for _, _, text in formulas if not FORMULA.fullmatch(WORDS.sub('"~"', text))] == []
    assert [place for title, place, _ in formulas if shown[title][place].value is None] == []
    codes = {row[1].value: str(row[7].value) for row in living["Kinerja"].iter_rows(min_row=6)}
    assert codes["IKU-02"].startswith("=IF(AND(ISNUMBER(F8),ISNUMBER(G8),F8<>0),ROUND(MAX(G8/F8*100,0),2),")
    assert "(2*F15-G15)/F15" in codes["IKK-10"]


def test_there_is_a_sheet_with_a_chart_for_each_sasaran(office: Office, folders: tuple[Path, ...]) -> None:
    """Names stand on the axis; a code that cannot be a sheet's name gets another one."""
    raw = write_recap(sample_cycle.complete(), office, template_folders=folders)
    assert load_workbook(io.BytesIO(raw)).sheetnames == [
        *(
            "Kinerja",
            "SS1",
            "SS2",
            "SS3",
            "Uraian",
            "Anggaran",
            "Unit",
            "Waktu Tahapan",
            "Waktu Unit",
            "Kekeliruan Form",
            "Formulir E.81",
            "Hal Terbuka",
        ),
        *("Lembar Evaluasi", "Asal Data"),
    ]
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        charts = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 4
    assert all("$B$6" in chart for chart in charts)
    codes = {"SS1": "Kinerja", "SS2": "a/b:c", "SS3": "SS3"}
    objectives = tuple(replace(one, code=codes[one.code]) for one in office.objectives)
    indicators = tuple(replace(one, objective=codes[one.objective]) for one in office.indicators)
    other = replace(office, objectives=objectives, indicators=indicators)
    names = opened_recap(sample_cycle.complete(), other, folders).sheetnames
    assert names[:4] == ["Kinerja", "Sasaran 1", "a b c", "SS3"]


def test_no_chart_is_cut_by_the_end_of_a_page(roads: Workbook) -> None:
    """What does not fit below its table begins a page of its own."""
    for sheet in roads.worksheets[1:5]:
        above = sum(sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1))
        assert bool(sheet.row_breaks.brk) is (above > 250), (sheet.title, above)


def test_words_and_ranges_stand_as_they_are_promised(roads: Workbook) -> None:
    """A predikat is its word in every column, of the years before too, and has no change in points."""
    told = {row[1]: row for row in roads["Kinerja"].iter_rows(values_only=True)}
    assert [told["AKT-01"][place] for place in (5, 9, 10, 11)] == ["BB", "B", "-", "A"]
    assert told["SDA-05"][5] == "1,20–1,60"
    whole = {row[1]: row for row in roads["Formulir E.81"].iter_rows(values_only=True)}
    assert [whole["AKT-01"][place] for place in (3, 5, 7)] == ["A", "B", "BB"]


def test_a_row_has_room_for_all_its_lines(office: Office, folders: tuple[Path, ...]) -> None:
    """Lines that break of themselves are counted beside those that somebody broke."""
    cycle = sample_cycle.complete()
    form = cycle.units[0]
    sent = form.submissions[0]
    told = Entry(text="\n".join(["jaringan terputus di kantor kelurahan"] * 4))
    answers = tuple(replace(answer, enabling_factors=told) for answer in sent.data.indicators)
    odd = replace(sent, data=replace(sent.data, indicators=answers))
    sheet = opened_recap(cycle.with_unit(replace(form, submissions=(odd,))), office, folders)["Uraian"]
    assert (sheet.row_dimensions[6].height or 0) >= 8 * 13


def test_form_e81_tells_the_year_by_its_quarters(office: Office, folders: tuple[Path, ...]) -> None:
    """Target, quarters, the year and how far the end of the Renstra is reached; money with the sub kegiatan."""
    book = opened_recap(sample_cycle.complete(), office, folders)
    rows = {row[1]: row for row in book["Formulir E.81"].iter_rows(min_row=6, values_only=True)}
    assert len(rows["IKU-02"]) == 24
    assert (rows["IKU-02"][3], rows["IKU-02"][7], rows["IKU-02"][17]) == (99.8, 99.4, 98.12)
    assert str(rows["IKU-02"][21]).startswith("98.3")
    visits = rows["IKK-12"]
    assert (visits[3], visits[5], visits[19], str(visits[21])[:5]) == (60, 44, 52, "86.66")
    line = rows["2.12.02.2.01.0005"]
    assert (line[8], line[18]) == (325000000, 309725000)


def test_what_is_open_stands_on_a_sheet(office: Office, folders: tuple[Path, ...]) -> None:
    """What lacks, with who is awaited, a warning with its reason, and a source that differs from the office's."""
    cycle = sample_cycle.complete()
    form = cycle.units[0]
    sent = form.submissions[0]
    answers = tuple(
        replace(answer, data_source=Entry(text="Catatan sendiri"), remark=Entry(text="karena pemekaran"))
        for answer in sent.data.indicators
    )
    warning = Fault(code=FaultCode.JUMP, severity=Severity.WARNING, row=answers[0].code, given="1", other="2")
    odd = replace(sent, data=replace(sent.data, indicators=answers), faults=(warning,))
    book = opened_recap(cycle.with_unit(replace(form, submissions=(odd,))), office, folders)
    texts = [str(value) for row in book["Hal Terbuka"].iter_rows(values_only=True) for value in row if value]
    assert "Tidak lazim, dan telah dijelaskan oleh unit" in texts
    assert {"Catatan sendiri", "karena pemekaran"} <= set(texts)


def test_faults_of_forms_are_counted_by_unit(office: Office, folders: tuple[Path, ...]) -> None:
    """Those of a form that was replaced too; warnings under a heading of their own."""
    cycle = sample_cycle.complete()
    form = cycle.units[0]
    empty = Fault(code=FaultCode.REQUIRED_EMPTY, row="IKU-02")
    jumped = Fault(code=FaultCode.JUMP, severity=Severity.WARNING)
    faulty = replace(form.submissions[0], number=9, faults=(empty, empty, jumped), accepted=False)
    worse = cycle.with_unit(replace(form, submissions=(faulty, *form.submissions)))
    name = office.roster.unit(form.unit).name
    rows = list(opened_recap(worse, office, folders)["Kekeliruan Form"].iter_rows(min_row=5, values_only=True))
    assert [row for row in rows if row[2]] == [
        ("No", "Kode", "Kekeliruan", "Jumlah", "Menurut Unit"),
        (1, "required_empty", "Isian wajib belum diisi", 2, f"{name} 2"),
        (2, "jump", "Nilai berubah sangat jauh", 1, f"{name} 1"),
    ]
    assert [row[1] for row in rows if row[1] and not row[2]] == [
        "Kekeliruan, form dikembalikan",
        "Tidak lazim, form dikembalikan kecuali telah dijelaskan",
    ]
    assert opened_recap(cycle, office, folders)["Kekeliruan Form"]["B6"].value == "Tidak ada kekeliruan."


def test_the_evaluator_s_sheet_is_there_and_says_that_it_is_a_sample(office: Office, folders: tuple[Path, ...]) -> None:
    """Each criterion with its weight, its score, and who can supply what lacks."""
    sheet = opened_recap(sample_cycle.complete(), office, folders)["Lembar Evaluasi"]
    rows = [row for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]]
    assert [row[0] for row in rows[:13]] == [one.code for one in office.profile.criteria]
    assert "bukan lembar resmi Inspektorat" in str(rows[-1][0])
    bare = replace(office, profile=replace(office.profile, criteria=(), illustrative=False))
    assert opened_recap(sample_cycle.complete(), bare, folders)["Lembar Evaluasi"]["B6"].value == "-"


def test_the_formula_in_use_is_printed(office: Office, folders: tuple[Path, ...]) -> None:
    """Whoever reads a capaian can see how it was computed."""
    other = replace(office, formulas=replace(office.formulas, negative="b", average_cap_pct=Decimal(110)))
    texts = [
        cell for row in opened_recap(sample_cycle.complete(), other, folders)["Kinerja"].iter_rows() for cell in row
    ]
    said = [str(cell.value) for cell in texts if cell.value]
    assert "Capaian indikator negatif = target / realisasi × 100." in said
    assert "Dalam rata-rata, capaian satu indikator dihitung paling tinggi 110,00%." in said


def test_a_missing_word_is_named(office: Office, folders: tuple[Path, ...], tmp_path: Path) -> None:
    """An office's own recap.yaml that lacks a word is refused with the word."""
    words = (folders[0] / "recap.yaml").read_text(encoding="utf-8").replace("  satuan: Satuan\n", "")
    (tmp_path / "recap.yaml").write_text(words, encoding="utf-8")
    with pytest.raises(TemplateProblem, match="satuan"):
        write_recap(sample_cycle.complete(), office, template_folders=(tmp_path, *folders))
