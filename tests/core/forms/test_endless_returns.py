"""A unit whose form goes back again and again: it is late when it is late, and people hear of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from mailbot.core.chasing.debt import Why
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import Fault, FaultCode, Severity
from mailbot.core.model.letters import EnclosureKind, Letter, LetterKind
from mailbot.core.model.letters_of_rows import Escalation, Returned
from mailbot.core.model.mail import Proof
from tests.core.play import Play, collecting
from tests.core.small_forms import faulty, read, whole
from tests.offices.small import OFFICE, wib

DUE = wib(12, 16)


def mornings(play: Play, days: int) -> list[datetime]:
    """Return the openings of so many working days after now."""
    calendar, day = OFFICE.calendar, OFFICE.calendar.local(play.at).date()
    found = []
    for _ in range(days):
        day = calendar.next_working_day(day)
        found.append(calendar.at(day, calendar.opens) + timedelta(minutes=30))
    return found


def heard(play: Play, unit: str) -> list[tuple[Letter, tuple[Why, ...]]]:
    """Return the letters to superiors that speak of a unit, and why."""
    letters = ((letter, letter.about) for letter in play.all_letters(LetterKind.ESCALATION))
    return [
        (letter, one.why)
        for letter, about in letters
        if isinstance(about, Escalation)
        for one in about.told
        if one.debt.unit == unit
    ]


def test_a_unit_that_sends_the_same_faulty_form_every_day_is_late_and_escalated() -> None:
    """Seventy-five times: one try, the deadline stays, Subbag Program is asked once for it, the superior hears."""
    play = collecting()
    for at in mornings(play, 75):
        play.clock(at)
        play.sends("DAFDUK", faulty("DAFDUK"), form=read(faulty("DAFDUK"), name=f"{at:%d%m}.xlsx"))
    form = play.unit("DAFDUK")
    assert (form.state, form.attempts, form.due_at) == (UnitState.RETURNED, 1, DUE)
    answers = play.all_letters(LetterKind.RETURNED)
    assert len({letter.key for letter in answers}) == len(answers) == 75
    assert [letter.about for letter in answers] == [Returned(number=1)] + [Returned(number=1, again=True)] * 74
    assert answers[-1].due_at is None
    assert answers[-1].enclosures == answers[0].enclosures
    assert {letter.key for letter in play.all_letters(LetterKind.HELP_WANTED)} == {"help_wanted/2025/dafduk/same/1"}
    assert [(letter.to, why) for letter, why in heard(play, "DAFDUK")] == [
        ("sekretaris", (Why.LATE,)),
        ("kadis", (Why.LATE,)),
        ("sekretaris", (Why.STOPPED,)),
    ]


def test_a_return_gives_time_once_and_never_after_the_deadline() -> None:
    """The first one of the last afternoon may be mended the next day; no other moves anything."""
    play = collecting()
    play.at = wib(12, 15)
    play.sends("DAFDUK", faulty("DAFDUK"))
    assert play.unit("DAFDUK").due_at == wib(13, 16)
    play.at = wib(13, 15)
    play.sends("DAFDUK", whole("DAFDUK", IKU_02="-7"))
    assert (play.unit("DAFDUK").attempts, play.unit("DAFDUK").due_at) == (2, wib(13, 16))
    play.at = wib(14, 9)
    play.sends("CAPIL", faulty("CAPIL"))
    assert play.unit("CAPIL").due_at == DUE
    assert play.letter(LetterKind.RETURNED, to="kabid-capil").due_at is None


def test_other_faulty_forms_are_tries_and_help_and_superior_are_asked_again() -> None:
    """After three, six and nine returns; the superior hears once, after six."""
    play = collecting()
    for number in range(9):
        play.sends("DAFDUK", whole("DAFDUK", IKU_02=str(Decimal(-1 - number))))
    assert play.unit("DAFDUK").attempts == 9
    assert [letter.key for letter in play.all_letters(LetterKind.HELP_WANTED)] == [
        "help_wanted/2025/dafduk/returns",
        "help_wanted/2025/dafduk/returns/2",
        "help_wanted/2025/dafduk/returns/3",
    ]
    play.clock(wib(8, 9))
    play.clock(wib(9, 9))
    assert [(letter.to, why) for letter, why in heard(play, "DAFDUK")] == [("sekretaris", (Why.RETURNS,))]


def test_a_reminder_after_a_return_encloses_the_marked_form_again() -> None:
    """Not a blank one; where nobody has vouched for what came a fresh one, and after SALAH one with what was said."""
    play = collecting()
    play.sends("DAFDUK", faulty("DAFDUK"))
    unproved = play.source("kabid-capil", proof=Proof.NONE)
    form = read(faulty("CAPIL"), "CAPIL", cycle="2025")
    play.happens(FormArrived(at=play.at, source=unproved, unit="CAPIL", form=form, last={}))
    play.clock(wib(13, 8))
    play.clock(wib(19, 8))
    reminders = {letter.unit: letter for letter in play.all_letters(LetterKind.REMINDER)}
    assert reminders["DAFDUK"].enclosures[0].kind is EnclosureKind.RETURNED_FORM
    assert reminders["DAFDUK"].faults == play.unit("DAFDUK").submissions[-1].faults
    assert reminders["CAPIL"].enclosures[0].kind is EnclosureKind.FORM
    opened = collecting()
    opened.sends("DAFDUK")
    opened.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    opened.clock(wib(19, 8))
    (fresh,) = (letter for letter in opened.all_letters(LetterKind.REMINDER) if letter.unit == "DAFDUK")
    assert fresh.enclosures[0].kind is EnclosureKind.FILLED_FORM
    assert fresh.submission == opened.unit("DAFDUK").submissions[0]


def test_a_form_with_a_nik_is_not_sent_out_again_with_a_reminder() -> None:
    """It went back to its sender alone; the reminder goes to the unit's head."""
    play = collecting()
    fault = Fault(code=FaultCode.PERSONAL_DATA, severity=Severity.FAULT, sheet="Indikator", cell="J7")
    play.sends("DAFDUK", by="kasi-identitas", form=replace(read(whole("DAFDUK")), faults=(fault,)))
    assert play.unit("DAFDUK").state is UnitState.RETURNED
    play.clock(wib(19, 8))
    (letter,) = (one for one in play.all_letters(LetterKind.REMINDER) if one.unit == "DAFDUK")
    assert letter.enclosures[0].kind is EnclosureKind.FORM
