"""Sheets that came as files of their own are one form, and so are parts that do not contradict each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import Entry, Fault, FaultCode, FormData, ReadForm, Severity
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.sorting.sorting import sort
from tests.core.desks import desk, mail_of
from tests.core.play import collecting
from tests.core.small_forms import read, whole

WHOLE = whole("DAFDUK")
INDICATORS = read(FormData(indicators=WHOLE.indicators), name="Indikator.csv", stamped=False)
BUDGET = read(FormData(budget=WHOLE.budget), name="Anggaran.csv", stamped=False)
NARRATIVE = read(FormData(narrative=WHOLE.narrative), name="Narasi.csv", stamped=False)
CYCLE = collecting().cycle


def forms(*sent: ReadForm) -> list[ReadForm]:
    """Return the forms that a mail of the unit's head with these files comes to."""
    found = sort(desk(CYCLE, mail=mail_of("kabid-dafduk", "Terlampir.", *sent)))
    assert found.outcome is MailOutcome.FORM
    return [fact.form for _, fact in found.facts if isinstance(fact, FormArrived)]


def test_the_sheets_of_a_form_are_one_form() -> None:
    """Every answer of all three, the names of all files, none of them evidence."""
    (form,) = forms(INDICATORS, BUDGET, NARRATIVE)
    assert form.data == replace(WHOLE, filled_by="")
    assert (form.file_name, form.file_sha256) == ("Indikator.csv, Anggaran.csv, Narasi.csv", INDICATORS.file_sha256)
    play = collecting()
    play.sends("DAFDUK", form=form)
    assert play.unit("DAFDUK").counted == 1


@pytest.mark.parametrize(
    ("sent", "data"),
    [
        ((INDICATORS, replace(INDICATORS, file_sha256="5" * 64)), INDICATORS.data),
        ((NARRATIVE, replace(NARRATIVE, file_sha256="5" * 64)), NARRATIVE.data),
        ((INDICATORS, read(FormData(budget=WHOLE.budget))), replace(INDICATORS.data, budget=WHOLE.budget)),
    ],
    ids=["the same rows twice", "two narratives", "one with our stamp"],
)
def test_what_says_the_same_twice_and_a_part_that_bears_a_stamp_are_one_form(
    sent: tuple[ReadForm, ...], data: FormData
) -> None:
    """One mail has one answer: parts that do not contradict each other are laid together."""
    (form,) = forms(*sent)
    assert form.data == data


def test_a_form_of_another_unit_is_named_in_the_answer_to_one_s_own() -> None:
    """It is not theirs to send."""
    (form,) = forms(read(WHOLE), read(whole("CAPIL"), "CAPIL"))
    assert [fault.code for fault in form.faults] == [FaultCode.FILE_UNUSED]


def test_a_part_fills_what_another_leaves_blank_and_a_fault_of_both_is_one() -> None:
    """A row that is half filled in here and half there; a sheet that neither has."""
    first, *others = WHOLE.indicators
    blank = replace(first, actual=Entry())
    lacks = Fault(code=FaultCode.SHEET_MISSING, severity=Severity.FAULT, expected="Anggaran")
    row = Fault(code=FaultCode.ROW_MISSING, severity=Severity.FAULT, row="IKU-02")
    one = replace(read(FormData(indicators=(blank, *others))), faults=(lacks, row))
    two = replace(read(FormData(indicators=(replace(first, obstacles=Entry()),))), faults=(lacks,))
    (form,) = forms(one, two)
    assert form.data.indicators == WHOLE.indicators
    assert form.faults == (lacks,)
