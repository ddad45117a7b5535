"""Story 35: a head of division is written to in English, all others in Indonesian, about the same form."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.codes.languages import Language
from mailbot.core.model.cycle import UnitState
from tests.office import ToyOffice

ENGLISH = "kabid-capil"
"""Who has `language: en` in `recipients.yaml`."""


def office_of_two_languages() -> ToyOffice:
    """Return the office on the day of the requests, one of its heads written to in English."""
    office = ToyOffice()
    roster = office.office.roster
    people = tuple(replace(one, language=Language.ENGLISH) if one.key == ENGLISH else one for one in roster.people)
    office.has(office=replace(office.office, roster=replace(roster, people=people)))
    office.works()
    office.days_pass(1)
    office.morning()
    return office


def words(text: str) -> str:
    """Return a letter's words on one line."""
    return " ".join(text.split())


def test_each_reads_his_own_language_and_the_english_reader_is_understood() -> None:
    """Request, reminder, return and receipt are English; his orders count; Subbag Program reads of it in Indonesian."""
    office = office_of_two_languages()
    request, other = office.letter(ENGLISH, "request"), office.letter("kabid-dafduk", "request")
    assert request.subject.startswith("Request for data - CAPIL - due 12 Jan")
    assert "by Monday, 12 January 2026 at 16.00 WIB" in words(request.text)
    assert "mohon kiranya Bapak/Ibu berkenan" in words(other.text)
    assert [name.replace("CAPIL", "DAFDUK") for name, _ in request.files] == [name for name, _ in other.files]
    calendar = request.file(".ics")[1].decode()
    assert "Due: performance data form CAPIL" in calendar

    office.answers(ENGLISH, request, "TUNDA 1 HARI")
    assert "As you asked, reminders for" in office.letter(ENGLISH, "extended").text
    office.days_pass(3)
    assert "the performance data form" in words(office.letter(ENGLISH, "reminder_today").text)
    assert "form isian data kinerja" in words(office.letter("kabid-dafduk", "reminder_today").text)

    office.sends_form(ENGLISH, "CAPIL", mistakes=1)
    returned = office.letter(ENGLISH, "returned")
    assert "How to mend it: Please" in words(returned.text)
    assert returned.file(".xlsx")[0] == "Form-Isian-CAPIL-2025-perlu-disesuaikan.xlsx"

    office.sends_form(ENGLISH, "CAPIL")
    receipt = office.letter(ENGLISH, "receipt")
    assert "complete and in order" in words(receipt.text)
    office.answers(ENGLISH, receipt, "SALAH")
    assert office.unit("CAPIL").state is UnitState.RETURNED
    assert "has been opened again" in words(office.letter(ENGLISH, "reopened").text)

    office.days_pass(1)
    told = words(" ".join(letter.text for letter in office.letters_to("perencanaan")))
    assert "dikembalikan: IKU-" in told
    assert "has been" not in told
