"""Values that are words or ranges, and outputs of the budget: on the form, read back, judged, and in a mail's lines."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from mailbot.core.forms.checks import check
from mailbot.core.forms.judging import Filled, joined
from mailbot.core.forms.merge_lines import merge_lines
from mailbot.core.model.cycle import UnitForm, UnitState
from mailbot.core.model.form import BudgetAnswer, Entry, Fault, FaultCode, FormData, ReadForm, Severity, Submission
from mailbot.core.model.form_stamp import FIRST_VALUE_ROW, sign
from mailbot.reading.limits import mail_limits
from mailbot.reading.lines.lines import read_lines
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.form_json import Task, dump_task, load_task
from mailbot.reading.workbook.read_form import read_form
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from mailbot.settings.files.limits import Limits
from tests.offices.long_names import OPENED, SECRET
from tests.reading.workbook.cases import fault_line
from tests.reading.workbook.edits import saved
from tests.writing.form.office_program import saved_again
from tests.writing.form.other_values import (
    GRADED,
    OWN,
    RANGED,
    WITH_OUTPUT,
    WITHOUT,
    asked,
    blank_form,
    filled_data,
    filled_form,
    office_with_words,
)
from tests.writing.form.paper import UNIT

ROWS = {"IKU-02": 8, RANGED: 9, GRADED: 10, OWN: 11}
LINES = {WITH_OUTPUT: 8, WITHOUT: 9}


def opened(content: bytes) -> Workbook:
    """Open a form as any program would."""
    return load_workbook(io.BytesIO(content))


def read(book: Workbook) -> ReadForm:
    """Read a workbook as a form of that office."""
    return read_form(saved(book), "form.xlsx", known_rows(office_with_words()), SECRET)


def judged(data: FormData) -> list[Fault]:
    """Return what is found in a form."""
    period, office = asked().period, office_with_words()
    return list(check(Filled(data=data, unit=UNIT, period=period, office=office, last={}, attached=())))


def test_targets_are_printed_as_what_they_are() -> None:
    """A word, a range, a number; the value of the year before is a word, too."""
    sheet = opened(blank_form())["Indikator"]
    assert [sheet[f"G{ROWS[code]}"].value for code in (RANGED, GRADED, OWN)] == ["70,00–75,50", "BB", 1]
    assert sheet[f"H{ROWS[GRADED]}"].value == "B"


def test_a_word_is_chosen_from_a_list_that_stands_in_the_form() -> None:
    """Its words from the best down, and NIHIL; what is none of them is stopped."""
    book = opened(blank_form())
    (choice,) = [one for one in book["Indikator"].data_validations.dataValidation if f"K{ROWS[GRADED]}" in one.sqref]
    assert (choice.type, choice.formula1, choice.errorStyle in {None, "stop"}) == ("list", "mailbot!$F$1:$F$5", True)
    assert [book["mailbot"].cell(row, 6).value for row in range(1, 6)] == ["A", "BB", "B", '"C"', "NIHIL"]
    assert "A, BB, B" in str(choice.error)


def test_outputs_are_asked_where_a_line_has_one() -> None:
    """What, how much of it, in which unit; the other lines are closed there."""
    sheet = opened(blank_form())["Anggaran"]
    row, other = LINES[WITH_OUTPUT], LINES[WITHOUT]
    assert [sheet.cell(row, column).value for column in range(8, 12)] == [
        "Dokumen yang diterbitkan",
        "Dokumen",
        1200,
        None,
    ]
    assert [sheet.cell(row, 11).protection.locked, sheet.cell(other, 11).protection.locked] == [False, True]


def test_a_filled_form_is_read_back_as_it_was_filled() -> None:
    """Words as their numbers with the words beside them, ranges and outputs without a fault."""
    form = read(opened(filled_form()))
    assert (form.unreadable, list(map(fault_line, form.faults)), judged(form.data)) == (None, [], [])
    rows = {row.code: row for row in form.data.indicators}
    assert (rows[GRADED].actual.value, rows[GRADED].actual.text) == (Decimal(75), "BB")
    lines = {row.code: row for row in form.data.budget}
    assert lines[WITH_OUTPUT].output_actual.value == 1180
    assert lines[WITHOUT].output_actual == Entry()


@pytest.mark.parametrize(
    ("typed", "value", "text"),
    [(" bb. ", "75", "BB"), ("a", "85", "A"), (65, "65", "B"), ("75,0", "", "75,0"), ('"c"', "40", '"C"')],
)
def test_a_word_is_known_however_it_is_written(typed: object, value: str, text: str) -> None:
    """Without case and edges; the number that stands for it is the word; any other number is none."""
    book = opened(filled_form())
    book["Indikator"][f"K{ROWS[GRADED]}"].value = typed
    actual = next(row.actual for row in read(book).data.indicators if row.code == GRADED)
    assert (actual.value, actual.text) == (Decimal(value) if value else None, text)


def test_nihil_and_nothing_are_no_words() -> None:
    """The one is an answer, the other a blank."""
    book = opened(filled_form())
    book["Indikator"][f"K{ROWS[GRADED]}"].value = "Nihil."
    actual = next(row.actual for row in read(book).data.indicators if row.code == GRADED)
    assert (actual.nil, actual.value) == (True, None)
    book["Indikator"][f"K{ROWS[GRADED]}"].value = None
    actual = next(row.actual for row in read(book).data.indicators if row.code == GRADED)
    assert actual.blank


@pytest.mark.parametrize(("typed", "proposal"), [("BBB", "BB"), ("sangat baik sekali", "")])
def test_a_wrong_word_is_told_with_the_nearest_right_one(typed: str, proposal: str) -> None:
    """All of them are named, and one is offered where one is near."""
    book = opened(filled_form())
    book["Indikator"][f"K{ROWS[GRADED]}"].value = typed
    (fault,) = read(book).faults
    assert (fault.code, fault.given, fault.expected, fault.proposal) == (
        FaultCode.NOT_ITS_WORD,
        typed,
        'A, BB, B, "C"',
        proposal,
    )


def test_a_locked_range_or_word_that_was_changed_is_named() -> None:
    """Written otherwise it is the same; another one is not."""
    book = opened(filled_form())
    sheet = book["Indikator"]
    sheet[f"G{ROWS[RANGED]}"].value, sheet[f"G{ROWS[GRADED]}"].value = " 70,00–75,50", "bb"
    assert read(book).faults == ()
    sheet[f"G{ROWS[RANGED]}"].value, sheet[f"G{ROWS[GRADED]}"].value = "60,00–75,50", 12
    assert [fault_line(fault) for fault in read(book).faults] == [
        "locked_changed Indikator!G9",
        "locked_changed Indikator!G10",
    ]


def test_an_output_that_was_left_out_is_asked_and_one_below_nought_refused() -> None:
    """In its own cell; its locked target is compared, too."""
    book = opened(filled_form(made=""))
    form = read(book)
    assert [(fault.code, fault.cell, fault.column) for fault in judged(form.data)] == [
        (FaultCode.REQUIRED_EMPTY, "K8", "Realisasi Keluaran")
    ]
    book["Anggaran"]["K8"].value = -3
    assert [fault.code for fault in judged(read(book).data)] == [FaultCode.NEGATIVE]
    book["Anggaran"]["K8"].value, book["Anggaran"]["J8"].value = "seribu", 900
    assert [fault_line(fault) for fault in read(book).faults] == [
        "locked_changed Anggaran!J8",
        "not_a_number Anggaran!K8",
    ]


def test_a_column_of_outputs_that_is_gone_is_a_fault() -> None:
    """It was sent out, and something was asked in it."""
    book = opened(filled_form())
    book["Anggaran"].delete_cols(11)
    assert [(fault.code, fault.severity, fault.column) for fault in read(book).faults] == [
        (FaultCode.COLUMN_MISSING, Severity.FAULT, "Realisasi Keluaran")
    ]


def older(book: Workbook) -> bytes:
    """Return the form as the template before made it: no outputs, and a stamp that knows none."""
    book["Anggaran"].delete_cols(8, 4)
    stamp = book["mailbot"]
    lines = []
    for row in range(FIRST_VALUE_ROW, stamp.max_row + 1):
        key = stamp.cell(row, 1).value
        if not key:
            break
        values = json.loads(str(stamp.cell(row, 2).value))
        kept = {name: value for name, value in values.items() if not name.startswith("output")}
        stamp.cell(row, 2).value = json.dumps(kept, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        lines.append((str(key), str(stamp.cell(row, 2).value)))
    stamp["B1"].value = "1"
    stamp["B4"].value = sign(SECRET, str(stamp["B2"].value), str(stamp["B3"].value), "1", tuple(lines))
    return saved(book)


def test_a_form_of_the_template_before_is_read_and_asked_for_no_output() -> None:
    """It has no cell for one."""
    form = read_form(older(opened(filled_form())), "lama.xlsx", known_rows(office_with_words()), SECRET)
    assert form.stamp is not None
    assert (form.stamp.valid, form.stamp.template_version) == (True, 1)
    assert (form.faults, judged(form.data)) == ((), [])


def test_a_form_without_a_stamp_is_asked_by_what_the_office_says() -> None:
    """Outputs and words are known by their codes."""
    book = opened(filled_form())
    del book["mailbot"]
    form = read(book)
    assert (form.stamp, form.faults) == (None, ())
    assert next(line for line in form.data.budget if line.code == WITH_OUTPUT).output_actual.value == 1180


def test_lines_of_a_mail_tell_words_and_outputs() -> None:
    """By the same rules; an output of a line that has none is named."""
    office = office_with_words()
    told = f"{GRADED}: bb\n{WITH_OUTPUT}: 300000000\n{WITH_OUTPUT} realisasi keluaran: 1.180\n{WITHOUT} keluaran: 3"
    lines = read_lines(told, office)
    assert lines is not None
    merged = merge_lines(UnitForm(unit=UNIT), lines.form, asked().period, office)
    assert [(row.code, row.actual.value, row.actual.text) for row in merged.data.indicators] == [
        (GRADED, Decimal(75), "BB")
    ]
    assert [(row.code, row.output_actual.value) for row in merged.data.budget] == [(WITH_OUTPUT, Decimal(1180))]
    assert [fault.code for fault in merged.faults] == [FaultCode.LINE_NOT_FILLED_IN]
    strange = read_lines(f"{GRADED}: BBB\n{WITHOUT} realisasi keluaran: 3", office)
    assert strange is not None
    merged = merge_lines(UnitForm(unit=UNIT), strange.form, asked().period, office)
    assert [(fault.code, fault.row, fault.proposal) for fault in merged.faults] == [
        (FaultCode.NOT_ITS_WORD, GRADED, "BB"),
        (FaultCode.LINE_NOT_FILLED_IN, WITHOUT, ""),
    ]
    assert not [fault for fault in judged(merged.data) if fault.column == "Realisasi Keluaran"]


def test_an_output_told_earlier_stays_when_a_later_part_is_silent_about_it() -> None:
    """A part lays its spending over the earlier one's, not a blank over its output."""
    early = Submission(
        number=1,
        file_sha256="0" * 64,
        file_name="a.xlsx",
        sender="a@example.go.id",
        message_id="",
        received_at=OPENED,
        data=filled_data(),
        accepted=True,
    )
    form = UnitForm(unit=UNIT, state=UnitState.PARTIAL, submissions=(early,), counted=1)
    later = FormData(budget=(BudgetAnswer(code=WITH_OUTPUT, spent_idr=Entry(value=Decimal(5))),))
    row = next(line for line in joined(form, later).budget if line.code == WITH_OUTPUT)
    assert (row.spent_idr.value, row.output_actual.value) == (Decimal(5), Decimal(1180))
    said = replace(later.budget[0], output_actual=Entry(value=Decimal(7)))
    row = next(line for line in joined(form, FormData(budget=(said,))).budget if line.code == WITH_OUTPUT)
    assert row.output_actual.value == 7


def test_the_readers_process_knows_words_and_outputs() -> None:
    """What it is started with comes back as it was."""
    known = Task(
        rows=known_rows(office_with_words()),
        secret=SECRET,
        limits=USUAL_LIMITS,
        mails=mail_limits(Limits()),
        cpu_seconds=1,
        memory_bytes=1,
    )
    assert load_task(dump_task(known)) == known


@pytest.mark.parametrize(
    ("ranged", "graded", "own", "reckoned"),
    [
        (82.5, "a", 2, ("109.27", "113.33", "50.00")),
        (63, '"c"', "NIHIL", ("90.00", "53.33", "")),
        (72, "NIHIL", None, ("100.00", "0.00", "")),
    ],
)
def test_a_spreadsheet_program_reckons_what_we_reckon(
    ranged: float, graded: str, own: object, reckoned: tuple[str, str, str], tmp_path: Path
) -> None:
    """The capaian of a range, of a word and by T / R, as it appears while somebody types."""
    book = opened(filled_form())
    sheet = book["Indikator"]
    sheet[f"K{ROWS[RANGED]}"].value, sheet[f"K{ROWS[GRADED]}"].value, sheet[f"K{ROWS[OWN]}"].value = ranged, graded, own
    again = load_workbook(io.BytesIO(saved_again(saved(book), tmp_path, "xlsx")), data_only=True)["Indikator"]
    shown = [again[f"L{ROWS[code]}"].value for code in (RANGED, GRADED, OWN)]
    assert tuple("" if value in {None, ""} else f"{value:.2f}" for value in shown) == reckoned
