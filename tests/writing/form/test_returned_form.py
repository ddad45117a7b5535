"""The returned form: marks where something is to be mended, nothing else changed, clean again once it is mended."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from mailbot.core.forms.checks import check
from mailbot.core.forms.judging import Filled
from mailbot.core.model.form import Fault, FaultCode, ReadForm, Severity
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.read_form import read_form
from mailbot.writing.form.workbook_model import Fill
from mailbot.writing.returned_form.mark import FreshForm, mark_form
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.writing.form.office_program import saved_again
from tests.writing.form.paper import UNIT, asked_of, good_form, words

BAD, GOOD = f"FF{Fill.BAD.value}", f"FF{Fill.GOOD.value}"


def edited(content: bytes, *edits: tuple[str, object]) -> bytes:
    """Return a workbook with other values in some cells (`Indikator!K8`)."""
    book = load_workbook(io.BytesIO(content))
    for place, value in edits:
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(content: bytes, name: str = "form.xlsx") -> ReadForm:
    """Read a form that came back."""
    return read_form(content, name, known_rows(office()), SECRET)


def findings(form: ReadForm) -> tuple[Fault, ...]:
    """Return everything found in a form."""
    asked = asked_of()
    filled = Filled(data=form.data, unit=UNIT, period=asked.period, office=office(), last=asked.last, attached=())
    return (*form.faults, *check(filled))


def returned(content: bytes, name: str = "form.xlsx") -> bytes:
    """Return a form as it goes back to its sender."""
    form = read(content, name)
    fresh = FreshForm(office=office(), asked=asked_of(), data=form.data, secret=SECRET)
    return mark_form(content, name, findings(form), words(), fresh)


def colour(book: Workbook, place: str) -> str:
    """Return the background of a cell."""
    sheet, _, cell = place.partition("!")
    return str(book[sheet][cell].fill.fgColor.rgb)


FAULTY = (
    ("Indikator!K8", "1.234"),
    ("Indikator!K10", "dua belas"),
    ("Indikator!M10", None),
    ("Indikator!G9", 71),
    ("Anggaran!E9", 999_000_000),
)


def test_bad_cells_are_red_with_a_note_good_ones_green_and_the_rest_as_it_was() -> None:
    """Never colour alone: a note on the cell, a mark in the margin."""
    book = load_workbook(io.BytesIO(returned(edited(good_form(), *FAULTY))))
    for place in ("Indikator!K8", "Indikator!K10", "Indikator!M10", "Indikator!G9", "Anggaran!E9"):
        assert colour(book, place) == BAD
        assert book[place.split("!")[0]][place.split("!")[1]].comment is not None
    for place in ("Indikator!K9", "Indikator!M8", "Indikator!P8", "Anggaran!E8", "Narasi!D8"):
        assert colour(book, place) == GOOD
    assert colour(book, "Indikator!R8") == f"FF{Fill.INPUT.value}"
    assert [book["Indikator"].cell(row, 1).value for row in range(8, 13)] == ["✗", "✗", "✗", "✓", "✓"]
    assert [book["Anggaran"].cell(row, 1).value for row in range(8, 11)] == ["✓", "✗", "✓"]
    assert "1,234 atau 1234" in book["Indikator"]["K8"].comment.text
    assert "Usulan: 70" in book["Indikator"]["G9"].comment.text


def test_the_first_sheet_lists_every_finding_with_a_link_to_its_cell() -> None:
    """Sheet, cell, what, how, and a correction where there is only one."""
    book = load_workbook(io.BytesIO(returned(edited(good_form(), *FAULTY))))
    sheet = book.worksheets[0]
    assert sheet.title == "Yang perlu diperbaiki (5)"
    assert book.active is sheet
    rows = [[cell.value for cell in row[1:8]] for row in sheet.iter_rows(min_row=5, max_row=9)]
    assert [row[1] for row in rows] == [
        "Indikator!K8",
        "Indikator!G9",
        "Indikator!K10",
        "Indikator!M10",
        "Anggaran!E9",
    ]
    assert [row[5] for row in rows] == [None, "70", None, None, None]
    assert rows[1][2:4] == ["IKU-05 – Target", "Kolom Target pada IKU-05 berubah menjadi “71”, semula “70”."]
    links = [cell.hyperlink.location for cell in (sheet["C6"], sheet["C9"]) if cell.hyperlink]
    assert links == ["'Indikator'!G9", "'Anggaran'!E9"]
    assert sheet.print_title_rows == "$4:$4"


def test_only_the_sheet_in_front_is_selected() -> None:
    """Two selected sheets would be edited together."""
    book = load_workbook(io.BytesIO(returned(edited(good_form(), *FAULTY))))
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == ["Yang perlu diperbaiki (5)"]


def test_nothing_else_of_the_file_is_lost() -> None:
    """Every part that carries no mark is the sender's own, byte for byte; values, hints and print set-up stay."""
    own = edited(good_form(), *FAULTY)
    back = returned(own)
    before, after = (zipfile.ZipFile(io.BytesIO(content)) for content in (own, back))
    touched = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    touched |= {"xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"}
    for name in before.namelist():
        if name not in touched:
            assert after.read(name) == before.read(name)
    old, new = (load_workbook(io.BytesIO(content)) for content in (own, back))
    for sheet in old.worksheets:
        other = new[sheet.title]
        values = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if (cell.column or 0) > 1}
        assert values == {
            cell.coordinate: cell.value for row in other.iter_rows() for cell in row if (cell.column or 0) > 1
        }
        assert len(other.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert (other.print_area, other.print_title_rows) == (sheet.print_area, sheet.print_title_rows)
        assert (other.sheet_state, other.freeze_panes) == (sheet.sheet_state, sheet.freeze_panes)


def test_a_returned_form_reads_as_the_form_it_was() -> None:
    """Our own marks never become somebody's answers."""
    own = edited(good_form(), *FAULTY)
    first, again = read(own), read(returned(own))
    assert (again.data, again.faults, again.stamp) == (first.data, first.faults, first.stamp)


def test_the_same_file_and_findings_give_the_same_bytes() -> None:
    """A returned form is made from state alone (R6)."""
    own = edited(good_form(), *FAULTY)
    assert returned(own) == returned(own)


def test_a_form_mended_and_sent_again_carries_no_old_mark() -> None:
    """The list is replaced, notes on mended cells go, red turns green, a locked value is plain again."""
    first = returned(edited(good_form(), *FAULTY))
    mended = edited(first, ("Indikator!K8", 99.5), ("Indikator!G9", 70), ("Anggaran!E9", 146_912_500))
    book = load_workbook(io.BytesIO(returned(mended)))
    assert [sheet.title for sheet in book.worksheets] == [
        "Yang perlu diperbaiki (2)",
        "Petunjuk",
        "Indikator",
        "Anggaran",
        "Narasi",
        "mailbot",
    ]
    assert colour(book, "Indikator!K8") == GOOD
    assert colour(book, "Indikator!G9") == f"FF{Fill.LOCKED.value}"
    assert colour(book, "Indikator!K10") == BAD
    noted = {cell.coordinate for row in book["Indikator"].iter_rows() for cell in row if cell.comment}
    assert noted == {"K10", "M10"}
    assert [book["Indikator"].cell(row, 1).value for row in range(8, 13)] == ["✓", "✓", "✗", "✓", "✓"]
    assert [book["Anggaran"].cell(row, 1).value for row in range(8, 11)] == ["✓", "✓", "✓"]


def test_notes_of_the_senders_own_stay_and_ours_are_added_below() -> None:
    """A colleague's note on the same cell keeps its words; ours is replaced at the next return."""
    book = load_workbook(io.BytesIO(edited(good_form(), *FAULTY)))
    book["Indikator"]["K8"].comment = Comment("Tolong dicek lagi", "Kasi Identitas")
    book["Indikator"]["M8"].comment = Comment("Sudah disetujui", "Kasi Identitas")
    first = returned(saved(book))
    sheet = load_workbook(io.BytesIO(first))["Indikator"]
    assert sheet["K8"].comment.text.startswith("Tolong dicek lagi\n\nmailbot:\nIsian “1.234”")
    assert sheet["M8"].comment.text == "Sudah disetujui"
    mended = load_workbook(io.BytesIO(returned(first)))["Indikator"]
    assert mended["K8"].comment.text.count("mailbot:") == 1


def test_a_margin_that_somebody_uses_is_left_alone() -> None:
    """Where a number was written into the narrow column, it stays."""
    own = edited(good_form(), *FAULTY, ("Indikator!A8", "1"), ("Indikator!A10", 3))
    sheet = load_workbook(io.BytesIO(returned(own)))["Indikator"]
    assert [sheet.cell(row, 1).value for row in (8, 9, 10)] == ["1", "✗", 3]


def test_findings_without_a_cell_are_listed_and_mark_nothing() -> None:
    """A row that is gone has no cell; the list says so."""
    book = load_workbook(io.BytesIO(good_form()))
    book["Indikator"].delete_rows(12)
    back = load_workbook(io.BytesIO(returned(saved(book))))
    row = [cell.value for cell in back.worksheets[0][5][1:8]]
    assert row[1:4] == ["Indikator", "IKK-12", "Baris IKK-12 tidak ada di dalam form."]


def test_what_is_only_told_is_listed_and_not_marked_red() -> None:
    """A note weighs nothing: the cell stays green and the sheet's name says that nothing has to be mended."""
    fault = Fault(
        code=FaultCode.SAME_AS_LAST_YEAR,
        severity=Severity.NOTE,
        sheet="Indikator",
        cell="K8",
        row="IKU-02",
        column="Realisasi",
        given="99,45",
    )
    form = read(good_form())
    fresh = FreshForm(office=office(), asked=asked_of(), data=form.data, secret=SECRET)
    book = load_workbook(io.BytesIO(mark_form(good_form(), "form.xlsx", (fault,), words(), fresh)))
    assert book.worksheets[0].title == "Untuk diketahui (1)"
    assert colour(book, "Indikator!K8") == GOOD
    assert book["Indikator"]["K8"].comment is None


def test_what_somebody_wrote_is_a_text_on_the_list_too() -> None:
    """A formula typed in place of a figure is shown, not computed (T21)."""
    book = load_workbook(io.BytesIO(good_form()))
    cell = book["Indikator"]["K8"]
    cell.value, cell.data_type = '=HYPERLINK("http://x","y")', "s"
    back = load_workbook(io.BytesIO(returned(saved(book))))
    cells = [cell for row in back.worksheets[0].iter_rows(min_row=5) for cell in row if cell.value]
    assert all(cell.data_type != "f" for cell in cells)
    assert any("=HYPERLINK" in str(cell.value) for cell in cells)


@pytest.mark.parametrize("ending", [".csv", ".xlsm", ".xlsx"])
def test_what_cannot_be_marked_comes_back_as_a_fresh_form_with_the_values_read(ending: str) -> None:
    """A table without our stamp, or a file with macros, is answered with the unit's own form, filled in and marked."""
    if ending == ".csv":
        content = (
            b"Kode;Indikator Kinerja;Target;Realisasi;Faktor Pendukung\nIKU-02;KTP-el;99,4;dua belas;Jemput bola\n"
        )
    elif ending == ".xlsm":
        content = edited(good_form(), *FAULTY)
    else:
        book = Workbook()
        table = book.create_sheet("Data", 0)
        table.append(["Kode", "Indikator Kinerja", "Target", "Realisasi"])
        table.append(["IKU-02", "KTP-el", 99.4, "dua belas"])
        content = saved(book)
    back = returned(content, f"form{ending}")
    again = read(back)
    assert again.stamp is not None
    assert again.stamp.valid
    before = {answer.code: answer.actual.text for answer in read(content, f"form{ending}").data.indicators}
    after = {answer.code: answer.actual.text for answer in again.data.indicators}
    assert after == {code: before.get(code, "") for code in after}
    bad = "Indikator!K10" if ending == ".xlsm" else "Indikator!K8"
    assert colour(load_workbook(io.BytesIO(back)), bad) == BAD


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.4"], ids=["empty", "broken", "pdf"])
def test_marking_never_fails_on_a_file(content: bytes) -> None:
    """Whatever the file is, something useful goes back."""
    fresh = FreshForm(office=office(), asked=asked_of(), data=read(good_form()).data, secret=SECRET)
    fault = Fault(code=FaultCode.REQUIRED_EMPTY, sheet="CSV", cell="D2", row="IKU-02", column="Realisasi")
    book = load_workbook(io.BytesIO(mark_form(content, "form.xls", (fault,), words(), fresh)))
    assert colour(book, "Indikator!K8") == BAD
    assert book.worksheets[0]["C5"].value == "Indikator!K8"


def test_libreoffice_keeps_stamp_values_and_hints_of_a_form(tmp_path: Path) -> None:
    """A form opened and saved in LibreOffice is still the same form."""
    again = saved_again(good_form(), tmp_path, "xlsx")
    before, after = read(good_form()), read(again)
    assert after.stamp == before.stamp
    assert after.stamp is not None
    assert after.stamp.valid
    assert (after.data, after.faults) == (before.data, before.faults)
    old, new = load_workbook(io.BytesIO(good_form())), load_workbook(io.BytesIO(again))
    for name in ("Indikator", "Anggaran", "Narasi"):
        assert _rules(new, name) == _rules(old, name)
        assert new[name].protection.sheet


def _rules(book: Workbook, name: str) -> dict[str, tuple[object, ...]]:
    """Return what is asked of every validated cell of a sheet, spelled alike."""
    rules: dict[str, tuple[object, ...]] = {}
    for hint in book[name].data_validations.dataValidation:
        formula = re.sub(r"[$' ]", "", str(hint.formula1))
        for area in hint.sqref.ranges:
            for row in area.rows:
                for cell in row:
                    rules[str(cell)] = (hint.type, hint.prompt, hint.promptTitle, formula)
    return rules


def test_libreoffice_opens_a_returned_form_and_keeps_its_marks(tmp_path: Path) -> None:
    """Red, green, notes and the list are there after LibreOffice has saved the returned form."""
    back = returned(edited(good_form(), *FAULTY))
    book = load_workbook(io.BytesIO(saved_again(back, tmp_path, "xlsx")))
    assert book.worksheets[0].title == "Yang perlu diperbaiki (5)"
    assert colour(book, "Indikator!K8") == BAD
    assert colour(book, "Indikator!K9") == GOOD
    assert "1,234 atau 1234" in book["Indikator"]["K8"].comment.text
