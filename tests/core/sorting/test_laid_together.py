"""What two files of one unit come to when they are laid together: every answer, every fault, every name, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.model.facts import FormArrived, UnreadableArrived
from mailbot.core.model.form import BudgetAnswer, Entry, Fault, FaultCode, FormData, Narrative, ReadForm, Severity
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.forms_together import (
    laid_together,
    put_together,
    same_answers,
    told_of_files,
    unused_lines,
)
from tests.core.desks import MAIL
from tests.core.play import collecting
from tests.core.small_forms import NIL, money, read, row, words, written

SPENDING = "2.12.02.2.01.0005"
PLAY = collecting()


def table(data: FormData, name: str = "a.csv", unit: str = "DAFDUK", faults: tuple[Fault, ...] = ()) -> FormArrived:
    """Return a table without our stamp, as it came from the unit's head."""
    form = replace(read(data, unit, name=name, stamped=False), file_sha256=name[0] * 64, faults=faults)
    return FormArrived(at=PLAY.at, source=PLAY.source("kabid-dafduk"), unit=unit, form=form, last={})


def fault(code: FaultCode, at: str = "") -> Fault:
    """Return a fault of reading."""
    return Fault(code=code, severity=Severity.FAULT, row=at)


INDICATORS = FormData(indicators=(row("IKU-02", "99.45"),), narrative=Narrative(analysis=words("Tercapai")))
BUDGET = FormData(budget=(money(SPENDING, "5"),), narrative=Narrative(awards=words("Penghargaan")), filled_by="Kabid")


def joined(*facts: FormArrived) -> list[ReadForm]:
    """Return the forms that tables of one mail come to."""
    return [fact.form for _, fact in put_together([("2025", fact) for fact in facts]) if isinstance(fact, FormArrived)]


def test_sheets_of_one_form_are_joined_whole() -> None:
    """Rows, narrative, who filled it in, faults, years; what one file holds of numbers like a NIK, the form holds."""
    left = table(INDICATORS, "a.csv", faults=(fault(FaultCode.ROW_MISSING, "IKK-10"),))
    left = replace(left, form=replace(left.form, years=(2024, 2025)))
    right = table(BUDGET, "b.csv", faults=(fault(FaultCode.SHEET_MISSING),))
    right = replace(right, form=replace(right.form, years=(2025, 2023), personal_data=True, untouched=True))
    (form,) = joined(left, right)
    assert form.data == FormData(
        indicators=INDICATORS.indicators,
        budget=BUDGET.budget,
        narrative=Narrative(analysis=words("Tercapai"), awards=words("Penghargaan")),
        filled_by="Kabid",
    )
    assert (form.file_sha256, form.file_name, form.years) == ("a" * 64, "a.csv, b.csv", (2024, 2025, 2023))
    assert form.faults == (fault(FaultCode.ROW_MISSING, "IKK-10"), fault(FaultCode.SHEET_MISSING))
    assert (form.personal_data, form.untouched) == (True, False)
    (form,) = joined(replace(left, form=replace(left.form, untouched=True)), right)
    assert form.untouched
    touched = replace(right, form=replace(right.form, untouched=False))
    assert not joined(replace(left, form=replace(left.form, untouched=True)), touched)[0].untouched
    (form,) = joined(table(BUDGET), table(INDICATORS))
    assert (form.data.filled_by, form.personal_data) == ("Kabid", False)


def test_what_is_no_sheet_of_the_same_form_stays_by_itself() -> None:
    """Another unit's, one with our stamp, one that answers the same code or the same question, another cycle's."""
    left = table(INDICATORS)
    stamped = replace(table(BUDGET), form=read(BUDGET))
    again = table(INDICATORS, "b.csv")
    told_again = table(FormData(narrative=Narrative(analysis=words("Lain"))), "b.csv")
    for other in (table(BUDGET, unit="CAPIL"), stamped, again, told_again):
        assert len(joined(left, other)) == len(joined(other, left)) == 2
    assert len(put_together([("2025", left), ("2026-tw1", table(BUDGET))])) == 2
    unread = UnreadableArrived(
        at=PLAY.at, source=left.source, unit="DAFDUK", reason=Unreadable.PASSWORD, file_name="c.xlsx"
    )
    facts = (("2025", unread), ("2025", left), ("2025", unread))
    assert put_together(facts) == facts


def test_three_sheets_are_one_and_another_unit_s_stands_between() -> None:
    """In the order in which they came."""
    third = table(FormData(narrative=Narrative(innovation=words("Inovasi"))), "c.csv")
    forms = joined(table(INDICATORS), table(BUDGET, unit="CAPIL"), table(BUDGET, "b.csv"), third)
    assert [form.file_name for form in forms] == ["a.csv, b.csv, c.csv", "a.csv"]


def laid(*data: FormData, faults: tuple[tuple[Fault, ...], ...] = ((), ())) -> ReadForm | None:
    """Return two forms of one unit as one, None where they contradict each other."""
    forms = [table(one, name, faults=its) for one, name, its in zip(data, ("a.xlsx", "b.xlsx"), faults, strict=True)]
    together = laid_together(forms)
    return together.form if together is not None else None


def test_copies_and_parts_are_one_form_under_the_first_digest() -> None:
    """Rows in the order of the first, then what only the second has; names once."""
    other = FormData(indicators=(row("IKK-12", "52"), row("IKU-02", "99.45")))
    form = laid(INDICATORS, other)
    assert form is not None
    assert [one.code for one in form.data.indicators] == ["IKU-02", "IKK-12"]
    assert (form.file_name, form.file_sha256) == ("a.xlsx, b.xlsx", "a" * 64)
    form = laid(FormData(), BUDGET)
    assert form is not None
    assert (form.data.budget, form.data.filled_by, form.data.narrative) == (BUDGET.budget, "Kabid", BUDGET.narrative)
    form = laid(BUDGET, replace(BUDGET, filled_by="Kasi"))
    assert form is not None
    assert form.data.filled_by == "Kabid"
    same = laid_together([table(INDICATORS), table(INDICATORS)])
    assert same is not None
    assert same.form.file_name == "a.csv"


@pytest.mark.parametrize(
    ("first", "second", "contradict"),
    [
        (FormData(indicators=(row("IKU-02", "99.45"),)), FormData(indicators=(row("IKU-02", "99.4"),)), True),
        (FormData(indicators=(row("IKU-02", "99.45"),)), FormData(indicators=(row("IKU-02", "99.450"),)), False),
        (FormData(indicators=(row("IKU-02", actual=NIL),)), FormData(indicators=(row("IKU-02", "0"),)), True),
        (FormData(indicators=(row("IKU-02", actual=NIL),)), FormData(indicators=(row("IKU-02", actual=NIL),)), False),
        (FormData(budget=(money(SPENDING, "5"),)), FormData(budget=(money(SPENDING, "6"),)), True),
        (FormData(narrative=Narrative(analysis=words("A"))), FormData(narrative=Narrative(analysis=words("B"))), True),
        (
            FormData(narrative=Narrative(analysis=words("Sudah  baik"))),
            FormData(narrative=Narrative(analysis=words("sudah baik "))),
            False,
        ),
        (
            FormData(indicators=(row("IKU-02", "99.45"),)),
            FormData(indicators=(row("IKU-02", actual=words("99.45")),)),
            True,
        ),
    ],
    ids=["figures", "one figure", "nil and nought", "nil twice", "spending", "narratives", "blanks", "figure and text"],
)
def test_two_forms_contradict_each_other_where_an_answer_differs(
    first: FormData, second: FormData, *, contradict: bool
) -> None:
    """However it is written, wherever it stands; which of them comes first is no matter."""
    for left, right in ((first, second), (second, first)):
        assert (laid(left, right) is None) is contradict
        assert same_answers(left, right) is not contradict


def test_a_form_that_says_more_is_not_the_same() -> None:
    """Blank answers say nothing."""
    more = replace(INDICATORS, budget=(money(SPENDING, "5"),))
    assert not same_answers(INDICATORS, more)
    assert not same_answers(more, INDICATORS)
    assert same_answers(INDICATORS, replace(INDICATORS, budget=(BudgetAnswer(code=SPENDING),), filled_by="Kasi"))


def test_a_row_is_missing_only_where_both_lack_it_and_every_other_fault_stays() -> None:
    """Of both files, each once, those of the first before those of the second."""
    missing, gone = fault(FaultCode.ROW_MISSING, "IKK-10"), fault(FaultCode.SHEET_MISSING)
    text, other = fault(FaultCode.NOT_A_NUMBER, "IKU-02"), fault(FaultCode.NOT_A_NUMBER, "IKK-12")
    form = laid(INDICATORS, BUDGET, faults=((missing, text), (gone, missing, other)))
    assert form is not None
    assert form.faults == (missing, text, other)


def test_a_blank_cell_is_filled_from_the_other_form_cell_by_cell() -> None:
    """What stands in the first stays."""
    half = row("IKU-02", evidence=Entry())
    full = row("IKU-02", "99.45", obstacles=words("Jaringan"), data_source=words("SIAK"))
    form = laid(FormData(indicators=(half,)), FormData(indicators=(full,)))
    assert form is not None
    (filled,) = form.data.indicators
    assert (filled.actual, filled.obstacles, filled.evidence) == (full.actual, words("Jaringan"), full.evidence)
    assert filled.data_source == half.data_source


def test_lines_beside_a_form_that_say_something_else_are_named() -> None:
    """By code and column, with what was written; a line that says what the form says is none."""
    lines = FormData(
        indicators=(
            row("IKU-02", "98"),
            row("IKK-12", "52", enabling_factors=Entry(), data_source=Entry(), evidence=Entry()),
        ),
        budget=(money(SPENDING, note=words("Efisiensi")),),
    )
    form = FormData(indicators=(row("IKU-02", "99.45"),), budget=(money(SPENDING, "5"),))
    found = [
        (fault.row, fault.column, fault.given, fault.code, fault.severity)
        for fault in unused_lines(written(lines), form)
    ]
    assert found == [
        ("IKU-02", "Realisasi", "98", FaultCode.LINE_UNUSED, Severity.NOTE),
        ("IKK-12", "Realisasi", "52", FaultCode.LINE_UNUSED, Severity.NOTE),
        (SPENDING, "Keterangan", "Efisiensi", FaultCode.LINE_UNUSED, Severity.NOTE),
    ]
    assert unused_lines(written(form), form) == ()


def test_files_that_were_not_opened_are_named_in_the_answer_to_every_form() -> None:
    """In one note, and the ways to files in another; where all were opened, nothing is said."""
    fact = table(INDICATORS)
    way = ReadForm(file_sha256="b" * 64, file_name="b.url", unreadable=Unreadable.SHORTCUT)
    ((key, told),) = told_of_files((("2025", fact),), replace(MAIL, unopened=("x.zip", "y.zip"), forms=(way,)))
    assert isinstance(told, FormArrived)
    assert (key, told.form.faults) == (
        "2025",
        (
            Fault(code=FaultCode.FILE_UNOPENED, severity=Severity.NOTE, given="x.zip, y.zip"),
            Fault(code=FaultCode.FILE_SHORTCUT, severity=Severity.NOTE, given="b.url"),
        ),
    )
    assert told_of_files((("2025", fact),), MAIL) == (("2025", fact),)
