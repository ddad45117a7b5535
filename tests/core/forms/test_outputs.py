"""Outputs of sub kegiatan, and a data source of the unit's own, as the checks and the laying together see them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.forms.checks import check
from mailbot.core.forms.judging import Filled, joined
from mailbot.core.forms.merge_lines import merge_lines
from mailbot.core.model.cycle import UnitForm, UnitState
from mailbot.core.model.form import BudgetAnswer, Entry, Fault, FaultCode, FormData, ReadForm, Severity, Submission
from tests.core.small_forms import ANNUAL, money, number, whole, words
from tests.offices.small import KICK_OFF, OFFICE

LINE = "2.12.02.2.01.0005"
WITH_OUTPUT = replace(
    OFFICE,
    budget=tuple(
        replace(line, output="Dokumen", output_unit="Lembar", output_targets={2025: Decimal(100)})
        if line.code == LINE
        else line
        for line in OFFICE.budget
    ),
)


def filled(made: Entry) -> Filled:
    """Return DAFDUK's form in good order, its output as given."""
    data = replace(whole("DAFDUK"), budget=(money(LINE, "309725000", output_actual=made),))
    return Filled(data=data, unit="DAFDUK", period=ANNUAL, office=WITH_OUTPUT, last={}, attached=())


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (number("98", "K8", "Anggaran"), []),
        (Entry(sheet="Anggaran", cell="K8"), [FaultCode.REQUIRED_EMPTY]),
        (Entry(), []),
        (Entry(text="NIHIL", nil=True, sheet="Anggaran", cell="K8"), []),
        (number("-1", "K8", "Anggaran"), [FaultCode.NEGATIVE]),
        (Entry(text="sekitar 3512345601010001", sheet="Anggaran", cell="K8"), [FaultCode.PERSONAL_DATA]),
    ],
)
def test_an_output_is_asked_where_the_form_has_a_cell_for_it(made: Entry, found: list[FaultCode]) -> None:
    """A form of the template before has none, and lines of a mail need not tell."""
    assert [fault.code for fault in check(filled(made)) if fault.column == "Realisasi Keluaran"] == found


def test_another_source_is_noted_and_the_usual_one_with_more_words_is_not() -> None:
    """The unit's own is what counts."""
    told = whole("DAFDUK")
    one, two = told.indicators
    own = replace(told, indicators=(replace(one, data_source=words("Buku register", "P8")), two))
    (note,) = [one for one in check(replace(filled(number("98")), data=own)) if one.code is FaultCode.SOURCE_DIFFERS]
    assert (note.severity, note.given, note.expected, note.cell) == (Severity.NOTE, "Buku register", "SIAK", "P8")
    more = replace(told, indicators=(replace(one, data_source=words("Data siak  semester II", "P8")), two))
    found = check(replace(filled(number("98")), data=more))
    assert FaultCode.SOURCE_DIFFERS not in {fault.code for fault in found}


def test_a_later_part_leaves_an_output_that_was_told_before() -> None:
    """Unless it tells another."""
    early = Submission(
        number=1,
        file_sha256="0" * 64,
        file_name="a.xlsx",
        sender="a@example.go.id",
        message_id="",
        received_at=KICK_OFF,
        data=filled(number("98")).data,
    )
    form = UnitForm(unit="DAFDUK", state=UnitState.PARTIAL, submissions=(early,), counted=1)
    (kept,) = joined(form, FormData(budget=(money(LINE, "5"),))).budget
    assert (kept.spent_idr.value, kept.output_actual.value) == (Decimal(5), Decimal(98))
    (told,) = joined(form, FormData(budget=(money(LINE, "5", output_actual=number("7")),))).budget
    assert told.output_actual.value == 7


def test_lines_tell_an_output_only_where_there_is_one() -> None:
    """A figure for another line is named, and not used."""
    line = BudgetAnswer(code=LINE, spent_idr=Entry(value=Decimal(5)), output_actual=Entry(value=Decimal(7), text="7"))
    written = ReadForm(file_sha256="0" * 64, file_name="balasan.txt", data=FormData(budget=(line,)))
    merged = merge_lines(UnitForm(unit="DAFDUK"), written, ANNUAL, WITH_OUTPUT)
    assert (merged.data.budget[0].output_actual.value, merged.faults) == (Decimal(7), ())
    merged = merge_lines(UnitForm(unit="DAFDUK"), written, ANNUAL, OFFICE)
    assert merged.data.budget[0].output_actual.blank
    assert merged.faults == (
        Fault(code=FaultCode.LINE_NOT_FILLED_IN, row=LINE, column="Realisasi Keluaran", given="7"),
    )
