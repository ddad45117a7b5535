"""Numbers like a NIK: masked in what is kept, told to Subbag Program, the operator and the sender, never repeated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mailbot.core.held.held_back import held_letters
from mailbot.core.language.nik import masked_data
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import (
    BudgetAnswer,
    Entry,
    Fault,
    FaultCode,
    FormData,
    IndicatorAnswer,
    Narrative,
    ReadForm,
    Severity,
)
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_to_operator import HeldBack
from mailbot.core.model.mail import Mail
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.sorting.placing import Desk, Sorted
from tests.core.play import collecting, value_of
from tests.core.small_forms import evidence, money, read, row, whole, words
from tests.offices.small import OFFICE, wib

NIK = "3574016408900001"
HIDDEN = "#" * 16


def test_every_text_of_a_form_is_masked_and_every_figure_stays() -> None:
    """Indicators, budget, narrative, and who filled it in."""
    figure = Entry(value=Decimal(1234567890123456), text="1234567890123456")
    data = FormData(
        indicators=(IndicatorAnswer(code="IKU-02", actual=figure, obstacles=Entry(text=NIK)),),
        budget=(BudgetAnswer(code="1", note=Entry(text=NIK)),),
        narrative=Narrative(analysis=Entry(text=NIK)),
        filled_by=NIK,
    )
    assert masked_data(data) == FormData(
        indicators=(IndicatorAnswer(code="IKU-02", actual=figure, obstacles=Entry(text=HIDDEN)),),
        budget=(BudgetAnswer(code="1", note=Entry(text=HIDDEN)),),
        narrative=Narrative(analysis=Entry(text=HIDDEN)),
        filled_by=HIDDEN,
    )


def test_a_form_with_a_nik_is_returned_and_kept_without_it() -> None:
    """The cell is named; neither the finding nor what is kept repeats the number."""
    play = collecting()
    told = replace(whole("CAPIL"), indicators=(row("IKK-10", "2.7", enabling_factors=words(f"a.n. {NIK}")),))
    play.sends("CAPIL", told)
    (kept,) = play.unit("CAPIL").submissions
    assert [fault.code for fault in kept.faults] == [FaultCode.PERSONAL_DATA]
    assert NIK not in repr(kept)


def test_a_nik_in_the_narrative_is_named_by_its_row() -> None:
    """In a form and in lines."""
    play = collecting()
    play.sends("CAPIL", replace(whole("CAPIL"), narrative=Narrative(innovation=words(NIK, "D9", "Narasi"))))
    (fault,) = play.unit("CAPIL").submissions[0].faults
    assert (fault.code, fault.row, fault.column, fault.cell) == (FaultCode.PERSONAL_DATA, "NAR-02", "Isian", "D9")


def test_a_nik_in_a_cell_for_figures_or_in_a_line_beside_the_form_is_repeated_nowhere() -> None:
    """Neither by what says that it is no number, nor by what says that the line was not used."""
    play = collecting()
    no_figure = Fault(
        code=FaultCode.NOT_A_NUMBER, sheet="Indikator", cell="J7", row="IKK-10", column="Realisasi", given=f"a.n. {NIK}"
    )
    unused = Fault(code=FaultCode.LINE_UNUSED, severity=Severity.NOTE, row="IKK-10", given=f"pemohon {NIK}")
    told = replace(
        whole("CAPIL"),
        indicators=(row("IKK-10", actual=words(f"a.n. {NIK}", "J7")),),
        budget=(money("2.12.03.2.01.0001", spent_idr=words(f"cek {NIK}", "E6", "Anggaran")),),
    )
    form = replace(read(told, "CAPIL"), faults=(no_figure, unused))
    outcome = play.sends("CAPIL", form=form)
    (kept,) = play.unit("CAPIL").submissions
    assert {(fault.code, fault.cell) for fault in kept.faults} >= {
        (FaultCode.PERSONAL_DATA, "J7"),
        (FaultCode.PERSONAL_DATA, "E6"),
        (FaultCode.NOT_A_NUMBER, "J7"),
    }
    assert NIK not in repr((play.unit("CAPIL"), outcome.letters, outcome.journal))


def test_a_form_with_a_nik_is_not_shown_to_who_is_asked_to_help() -> None:
    """The request for help says what was found; the workbook stays with its sender."""
    play = collecting()
    for value in ("-1", "-2", "-3"):
        play.sends("CAPIL", replace(whole("CAPIL"), indicators=(row("IKK-10", value, remark=words(NIK)),)))
    assert play.letter(LetterKind.HELP_WANTED).enclosures == ()
    other = collecting()
    for value in ("-1", "-2", "-3"):
        other.sends("CAPIL", replace(whole("CAPIL"), indicators=(row("IKK-10", value),)))
    assert other.letter(LetterKind.HELP_WANTED).enclosures != ()


def desk(*files: tuple[str, bool], sender: str) -> Desk:
    """Lay a mail with these files on the desk; True: it holds a number like a NIK."""
    mail = Mail(
        sha256="ab" * 32,
        message_id="<1@example.go.id>",
        received_at=wib(8, 9),
        senders=(sender,),
        subject="Data dukung",
        in_reply_to=(),
        own_words="",
        forms=tuple(ReadForm(file_sha256=name, file_name=name, personal_data=held) for name, held in files),
    )
    return Desk(mail=mail, at=wib(8, 9), office=OFFICE, about=(), bounced=(), cycles=(), last={})


def address(role: Role) -> str:
    """Return the address of who holds a role."""
    return next(person.addresses[0] for person in OFFICE.roster.people if person.role is role)


NOTHING = Sorted(outcome=MailOutcome.UNPLACED)


def test_planning_operator_and_sender_are_told_of_a_held_file() -> None:
    """By its name; the sender in the thread of his mail, the others in office hours."""
    found = held_letters(
        desk(("a.xlsx", True), ("b.xlsx", False), ("c.csv", True), sender="kabid.capil@example.go.id"), NOTHING
    )
    roles = [OFFICE.roster.person(letter.to).role for letter in found]
    assert roles == [Role.PLANNING, Role.OPERATOR, Role.DIVISION_HEAD]
    assert {value_of(letter, "file_name") for letter in found} == {"a.xlsx, c.csv"}
    assert [letter.answers is not None for letter in found] == [False, False, True]
    assert len({letter.key for letter in found}) == 3


def test_the_letter_of_a_held_file_says_whose_mail_it_was_and_waits_for_office_hours() -> None:
    """One letter for each mail and person; the sender's leaves at once, to the address that wrote."""
    laid = replace(desk(("a.xlsx", True), sender="kabid.dafduk@surel.example"), at=wib(8, 22))
    planning, operator, sender = held_letters(laid, NOTHING)
    sha256 = laid.mail.sha256[:16]
    about = HeldBack(file_name="a.xlsx", sender="kabid.dafduk@surel.example", received_at=wib(8, 9))
    assert planning.about == operator.about == sender.about == about
    assert [letter.key for letter in (planning, operator, sender)] == [
        f"held_back/{sha256}/{key}" for key in ("perencanaan", "operator", "kabid-dafduk")
    ]
    assert [letter.address for letter in (planning, operator, sender)] == [
        "perencanaan@example.go.id",
        "operator@example.go.id",
        "kabid.dafduk@surel.example",
    ]
    assert [letter.send_after for letter in (planning, operator, sender)] == [wib(9, 7.5), wib(9, 7.5), None]
    assert sender.answers is not None
    assert sender.answers.message_id == "<1@example.go.id>"


def test_nobody_is_told_where_nothing_is_held_or_a_stranger_wrote() -> None:
    """A stranger's mail is in no cycle, and spreads nowhere; who is told anyhow is told once."""
    assert held_letters(desk(("a.xlsx", False), sender="kabid.capil@example.go.id"), NOTHING) == ()
    assert held_letters(desk(("a.xlsx", True), sender="orang@example.com"), NOTHING) == ()
    assert len(held_letters(desk(("a.xlsx", True), sender=address(Role.PLANNING)), NOTHING)) == 2


def test_a_sender_whose_form_is_answered_reads_of_it_there() -> None:
    """As a note among the findings; the form itself is judged for itself."""
    play = collecting()
    outcome = play.sends("CAPIL", evidence=evidence("pemohon.xlsx", held=True))
    receipt = next(letter for letter in outcome.letters if letter.kind is LetterKind.RECEIPT)
    assert [(fault.code, fault.given) for fault in receipt.faults] == [
        (FaultCode.EVIDENCE_PERSONAL_DATA, "pemohon.xlsx")
    ]
    fact = FormArrived(
        at=play.at,
        source=play.source("kabid-capil"),
        unit="CAPIL",
        form=read(whole("CAPIL"), "CAPIL"),
        last={},
    )
    found = Sorted(outcome=MailOutcome.FORM, facts=(("2025", fact),))
    held = held_letters(desk(("pemohon.xlsx", True), sender="kabid.capil@example.go.id"), found)
    assert [OFFICE.roster.person(letter.to).role for letter in held] == [Role.PLANNING, Role.OPERATOR]
