"""The recap workbook: every figure once, missing ones said to be missing, and no text that becomes a formula."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.form import Entry
from mailbot.core.model.office import Office
from mailbot.errors import TemplateProblem
from mailbot.writing.recap.recap import write_recap
from tests.writing import sample_cycle


def opened_recap(cycle: Cycle, office: Office, folders: tuple[Path, ...]) -> Workbook:
    """Write a recap and open it as a spreadsheet program does."""
    return load_workbook(io.BytesIO(write_recap(cycle, office, template_folders=folders)))


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
    assert {cell.data_type for cell in cells} == {"n", "s"}
    assert evil[0] in [cell.value for cell in cells]


def test_the_same_state_gives_the_same_bytes(office: Office, folders: tuple[Path, ...]) -> None:
    """No moment of writing is in the file."""
    first, second = (write_recap(sample_cycle.complete(), office, template_folders=folders) for _ in range(2))
    assert first == second


def test_it_prints_on_a4_landscape_one_page_wide(office: Office, folders: tuple[Path, ...]) -> None:
    """Every sheet: A4, landscape, one page wide, the header on each page, panes frozen."""
    for sheet in opened_recap(sample_cycle.complete(), office, folders).worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$5:$5", "C6")


def test_the_formula_in_use_is_printed(office: Office, folders: tuple[Path, ...]) -> None:
    """Whoever reads a capaian can see how it was computed."""
    other = replace(office, formulas=replace(office.formulas, negative="b", average_cap_pct=Decimal(110)))
    texts = [
        cell for row in opened_recap(sample_cycle.complete(), other, folders)["Kinerja"].iter_rows() for cell in row
    ]
    said = [str(cell.value) for cell in texts if cell.value]
    assert "Capaian indikator negatif = target / realisasi x 100." in said
    assert "Dalam rata-rata, capaian satu indikator dihitung paling tinggi 110,00%." in said


def test_a_missing_word_is_named(office: Office, folders: tuple[Path, ...], tmp_path: Path) -> None:
    """An office's own recap.yaml that lacks a word is refused with the word."""
    words = (folders[0] / "recap.yaml").read_text(encoding="utf-8").replace("  satuan: Satuan\n", "")
    (tmp_path / "recap.yaml").write_text(words, encoding="utf-8")
    with pytest.raises(TemplateProblem, match="satuan"):
        write_recap(sample_cycle.complete(), office, template_folders=(tmp_path, *folders))
