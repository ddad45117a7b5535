"""A remark about locked data reaches Subbag Program, and its sender hears so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.forms.judging import unfilled
from mailbot.core.forms.locked_remarks import remarks_on_locked
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import BudgetAnswer, Fault, FaultCode, FormData, IndicatorAnswer
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_of_rows import HelpWanted, UnreadableFile
from mailbot.core.model.mail import Proof
from mailbot.core.model.people import Role
from mailbot.core.model.unreadable import Unreadable
from tests.core.play import collecting
from tests.core.procedure.test_rows import vacant
from tests.core.small_forms import faulty, money, number, read, row, whole, words

LINE = "2.12.02.2.01.0005"
WRONG = words("Target seharusnya 98,50\n  sesuai PK", "R7")
TOLD = "IKU-02: Target seharusnya 98,50 sesuai PK"
ALONE = FormData(
    indicators=(IndicatorAnswer(code="IKU-02", remark=WRONG), IndicatorAnswer(code="IKK-12")),
    budget=(BudgetAnswer(code=LINE),),
)
CHANGED = Fault(code=FaultCode.LOCKED_CHANGED, row="IKU-02", column="Target", cell="G7")


def test_a_form_with_nothing_but_a_remark_is_passed_on_and_answered_so() -> None:
    """It is not "the same as the one we sent"; no figure moves, and the rest is still owed."""
    play = collecting()
    play.sends("DAFDUK", ALONE)
    told = play.letter(LetterKind.HELP_WANTED)
    assert (told.to, told.about, told.unit, told.remarks) == (
        "perencanaan",
        HelpWanted(person="kabid-dafduk", locked=True),
        "DAFDUK",
        (TOLD,),
    )
    answer = play.letter(LetterKind.UNREADABLE)
    assert answer.about == UnreadableFile(reason=Unreadable.REMARKS_ALONE, file_name="form.xlsx")
    assert answer.remarks == (TOLD,)
    assert play.unit("DAFDUK").state is UnitState.WAITING


def test_a_note_beside_money_is_a_remark_too() -> None:
    """Column Keterangan of sheet Anggaran."""
    play = collecting()
    play.sends("DAFDUK", FormData(budget=(BudgetAnswer(code=LINE, note=words("Pagu sudah bergeser")),)))
    assert play.letter(LetterKind.HELP_WANTED).remarks == (f"{LINE}: Pagu sudah bergeser",)


def test_an_empty_form_is_still_the_one_we_sent() -> None:
    """There is nothing to pass on."""
    play = collecting()
    play.sends("DAFDUK", FormData(indicators=(IndicatorAnswer(code="IKU-02"),)))
    about = UnreadableFile(reason=Unreadable.UNFILLED, file_name="form.xlsx")
    assert play.letter(LetterKind.UNREADABLE).about == about
    assert play.all_letters(LetterKind.HELP_WANTED) == []


def test_a_form_in_part_passes_on_the_remark_of_the_row_left_open() -> None:
    """Of a row with a figure the remark explains the figure, and stays with it."""
    play = collecting()
    rows = (IndicatorAnswer(code="IKU-02", remark=WRONG), row("IKK-12", "52", remark=words("Termasuk layanan malam")))
    play.sends("DAFDUK", replace(whole("DAFDUK"), indicators=rows))
    assert play.unit("DAFDUK").state is UnitState.PARTIAL
    assert play.letter(LetterKind.HELP_WANTED).remarks == (TOLD,)
    assert play.letter(LetterKind.PARTIAL).remarks == (TOLD,)


def test_locked_data_changed_by_hand_go_back_with_the_remark_passed_on() -> None:
    """The return says to put them back, and that somebody looks at it."""
    play = collecting()
    rows = (row("IKU-02", "99.45", remark=WRONG), row("IKK-12", "52"))
    form = replace(read(replace(whole("DAFDUK"), indicators=rows)), faults=(CHANGED,))
    play.sends("DAFDUK", form=form)
    assert play.letter(LetterKind.RETURNED).remarks == (TOLD,)
    assert play.letter(LetterKind.HELP_WANTED).remarks == (TOLD,)


def test_a_return_without_such_a_remark_goes_to_its_sender_alone() -> None:
    """As before."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    assert play.letter(LetterKind.RETURNED).remarks == ()
    assert play.all_letters(LetterKind.HELP_WANTED) == []


@pytest.mark.parametrize("proof", [Proof.NONE, Proof.FAILED])
def test_of_unproved_mail_only_the_codes_are_told(proof: Proof) -> None:
    """Its words are nobody's."""
    play = collecting()
    source = play.source("kabid-dafduk", proof=proof)
    play.happens(FormArrived(at=play.at, source=source, unit="DAFDUK", form=read(ALONE), last={}))
    assert play.letter(LetterKind.HELP_WANTED).remarks == ("IKU-02",)
    assert play.letter(LetterKind.UNREADABLE).remarks == ("IKU-02",)


def test_where_nobody_holds_subbag_program_nothing_is_said_to_be_passed_on() -> None:
    """The answer is the one without remarks."""
    play = collecting(vacant(Role.PLANNING))
    play.sends("DAFDUK", ALONE)
    assert play.letter(LetterKind.UNREADABLE).remarks == ()


@pytest.mark.parametrize(
    ("data", "faults", "remarks"),
    [
        (FormData(indicators=(row("IKU-02", "99", remark=WRONG),)), (), ()),
        (FormData(indicators=(row("IKU-02", "99", remark=WRONG),)), (CHANGED,), (TOLD,)),
        (FormData(indicators=(IndicatorAnswer(code="IKU-02", numerator=number("1"), remark=WRONG),)), (), ()),
        (FormData(budget=(money(LINE, "5", note=WRONG),)), (), ()),
        (FormData(indicators=(IndicatorAnswer(code="IKU-02", remark=words("NIK 3574011234567890")),)), (), None),
    ],
)
def test_a_remark_is_about_locked_data_where_no_figure_stands_beside_it(
    data: FormData, faults: tuple[Fault, ...], remarks: tuple[str, ...] | None
) -> None:
    """Or where locked data of its row were changed; a NIK is masked."""
    found = remarks_on_locked(data, faults)
    assert "3574011234567890" not in "".join(found)
    assert remarks is None or found == remarks


def test_a_form_with_a_remark_alone_is_no_empty_one() -> None:
    """Beside a word it is a form that says something."""
    assert unfilled(read(FormData(indicators=(IndicatorAnswer(code="IKU-02"),))))
    assert not unfilled(read(ALONE))
