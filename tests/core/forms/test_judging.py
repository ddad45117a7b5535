"""A readable form before any consequence: reading's findings and the checks' together, open rows, differences."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.forms.checks import findings_of
from mailbot.core.forms.judging import blank_rows, differences, joined, only_blank, wrong_form
from mailbot.core.model.cycle import UnitForm, UnitState
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import Fault, FaultCode, FormData, Submission
from mailbot.core.model.letters import Change
from tests.core.play import Play, collecting
from tests.core.small_forms import BLANK, NIL, money, only, read, row, whole
from tests.offices.small import OFFICE, wib


def arrived(play: Play, data: FormData, *faults: Fault) -> FormArrived:
    """Return DAFDUK's form as a fact, with findings of reading."""
    form = replace(read(data), faults=faults)
    return FormArrived(at=play.at, source=play.source("kabid-dafduk"), unit="DAFDUK", form=form, last={})


def codes(play: Play, fact: FormArrived) -> list[tuple[str, str]]:
    """Return code and cell of everything found."""
    return [(fault.code.value, fault.cell) for fault in findings_of(play.cycle, fact, fact.form.data, OFFICE)]


def test_a_cell_that_could_not_be_read_is_not_also_called_empty() -> None:
    """One finding a cell."""
    play = collecting()
    data = replace(whole("DAFDUK"), indicators=(row("IKU-02", actual=replace(BLANK, cell="J9")), row("IKK-12", "52")))
    broken = Fault(code=FaultCode.FORMULA_WITHOUT_VALUE, sheet="Indikator", cell="J9", row="IKU-02")
    assert codes(play, arrived(play, data, broken)) == [("formula_without_value", "J9")]
    assert codes(play, arrived(play, data)) == [("required_empty", "J9")]


def test_the_same_finding_is_told_once() -> None:
    """Reading and checking both miss the row."""
    play = collecting()
    data = replace(whole("DAFDUK"), indicators=(row("IKU-02", "99.45"),))
    missing = Fault(code=FaultCode.ROW_MISSING, row="IKK-12", expected="Nama IKK-12")
    assert codes(play, arrived(play, data, missing)) == [("row_missing", "")]


def test_a_row_that_came_with_an_earlier_part_is_not_missing() -> None:
    """Nor is a missing row without a name told at all."""
    play = collecting()
    missing = Fault(code=FaultCode.ROW_MISSING, row="IKK-12")
    nameless = Fault(code=FaultCode.ROW_MISSING)
    assert codes(play, arrived(play, whole("DAFDUK"), missing, nameless)) == []


def test_open_rows_are_those_in_which_no_figure_stands() -> None:
    """A pembilang is a beginning; a row that is gone is open."""
    data = only(whole("DAFDUK"), "2.12.02.2.01.0005")
    gone = Fault(code=FaultCode.ROW_MISSING, row="IKU-99")
    assert blank_rows(data, (gone,)) == ("IKU-02", "IKK-12", "IKU-99")
    begun = replace(data, indicators=(row("IKU-02", numerator=row("x", "5").actual),))
    assert blank_rows(begun, ()) == ()
    assert only_blank(gone, ("IKU-99",))
    assert not only_blank(gone, ())
    assert not only_blank(replace(gone, code=FaultCode.NEGATIVE), ("IKU-99",))


def submission(data: FormData) -> Submission:
    """Return a kept form."""
    return Submission(
        number=1,
        file_sha256="f" * 64,
        file_name="form.xlsx",
        sender="a@example.go.id",
        message_id="<a@b>",
        received_at=wib(8),
        data=data,
    )


def test_differences_are_of_figures_that_stood_there_before() -> None:
    """Zero is a figure, NIHIL is one, blank is none."""
    old = replace(
        whole("DAFDUK"),
        indicators=(row("IKU-02", "0"), row("IKK-12", actual=NIL)),
        budget=(money("2.12.02.2.01.0005"),),
    )
    new = replace(
        whole("DAFDUK"),
        indicators=(row("IKU-02", "99.45"), row("IKK-12", "0")),
        budget=(money("2.12.02.2.01.0005", "0"),),
    )
    assert differences(submission(old), submission(new)) == (
        Change(code="IKU-02", old="0", new="99.45"),
        Change(code="IKK-12", old="NIHIL", new="0"),
    )
    assert differences(submission(new), submission(old)) == (
        Change(code="IKU-02", old="99.45", new="0"),
        Change(code="IKK-12", old="0", new="NIHIL"),
        Change(code="2.12.02.2.01.0005", old="0", new=""),
    )
    assert differences(submission(new), submission(new)) == ()


def test_parts_are_joined_only_where_a_part_stands() -> None:
    """A returned or accepted form is not mixed with another."""
    first, second = only(whole("DAFDUK"), "IKU-02"), only(whole("DAFDUK"), "IKK-12")
    kept = UnitForm(unit="DAFDUK", submissions=(submission(first),), counted=1, state=UnitState.RETURNED)
    assert joined(kept, second) == second
    whole_form = joined(replace(kept, state=UnitState.PARTIAL), second)
    assert [indicator.code for indicator in whole_form.indicators if not indicator.actual.blank] == ["IKU-02", "IKK-12"]


def test_a_form_without_any_row_of_ours_is_judged_by_its_rows() -> None:
    """Only a form that holds rows, and none of the unit's, is another unit's."""
    play = collecting()
    fact = arrived(play, whole("DAFDUK"))
    assert wrong_form(play.cycle, fact, OFFICE) is None
    unread = replace(fact, form=replace(fact.form, faults=(Fault(code=FaultCode.CELL_ERROR, cell="J7"),)))
    empty = replace(unread, form=replace(unread.form, data=only(whole("DAFDUK"))))
    assert wrong_form(play.cycle, empty, OFFICE) is None
