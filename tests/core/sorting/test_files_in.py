"""Files without a form: evidence of the unit itself, or what came in place of its form, whatever word names them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.facts import CommandGiven, EvidenceArrived, MailUnplaced, UnreadableArrived, VerdictGiven
from mailbot.core.model.form import ReadForm
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Evidence, Mail
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.placing import Sorted
from mailbot.core.sorting.sorting import sort
from tests.core.desks import DOCX, MAIL, PDF, attachment, desk, mail_of, sent, source
from tests.core.play import Play, collecting, reviewing
from tests.offices.small import OFFICE, QUARTER, wib

WORKED = wib(8, 11)
LAST = {"IKU-02": Decimal("99.12")}
COLLECTING, REVIEWING = collecting(), reviewing()
REQUEST = sent(COLLECTING.letter(LetterKind.REQUEST, "kabid-dafduk"))


def unread(reason: Unreadable, name: str, digit: str = "7") -> ReadForm:
    """Return a file that could not be read as a form."""
    return ReadForm(file_sha256=digit * 64, file_name=name, unreadable=reason)


SCAN = unread(Unreadable.PDF, "Rekap.pdf")
KEPT = (Evidence(file_sha256="7" * 64, file_name="Rekap.pdf", mail_sha256="a" * 64, received_at=MAIL.received_at),)


def in_place(reason: Unreadable, name: str, person: str = "kasi-pindah") -> Sorted:
    """Return what came in place of DAFDUK's form."""
    fact = UnreadableArrived(at=WORKED, source=source(person), unit="DAFDUK", reason=reason, file_name=name)
    return Sorted(outcome=MailOutcome.UNREADABLE, facts=(("2025", fact),), detail=reason.value)


@pytest.mark.parametrize(
    ("mail", "reason", "name"),
    [
        (mail_of("kasi-pindah", "FORM", SCAN), Unreadable.PDF, "Rekap.pdf"),
        (
            replace(mail_of("kasi-pindah", "FORM"), cloud_links=("https://awan.example/x",)),
            Unreadable.CLOUD_LINK,
            "",
        ),
        (mail_of("kasi-pindah", "FORM terlampir"), Unreadable.NO_ATTACHMENT, ""),
    ],
)
def test_the_word_form_beside_what_came_in_its_place_names_it(mail: Mail, reason: Unreadable, name: str) -> None:
    """He does not wish to be sent one."""
    assert sort(desk(COLLECTING.cycle, mail=mail, at=WORKED)) == in_place(reason, name)


def test_the_word_form_beside_evidence_names_the_form_it_is_for() -> None:
    """The evidence is kept, with what came along and is only the way to a file; alone, the word asks for the form."""
    play = collecting()
    play.sends("DAFDUK")
    mail = mail_of("kasi-pindah", "FORM", SCAN, unread(Unreadable.SHORTCUT, "Rekap.url", "8"))
    arrived = EvidenceArrived(
        at=WORKED,
        source=source("kasi-pindah"),
        unit="DAFDUK",
        last=LAST,
        evidence=KEPT,
        unopened=(),
        shortcuts=("Rekap.url",),
    )
    found = sort(desk(play.cycle, mail=mail, at=WORKED))
    assert found == Sorted(outcome=MailOutcome.EVIDENCE, facts=(("2025", arrived),))
    alone = sort(desk(play.cycle, mail=mail_of("kasi-pindah", "FORM"), at=WORKED))
    assert alone.outcome is MailOutcome.COMMAND
    assert [type(fact) for _, fact in alone.facts] == [CommandGiven]


def test_a_file_that_was_meant_as_a_form_is_told_of_before_one_that_need_not_be() -> None:
    """All of the same reason together, in the order they came."""
    forms = (
        unread(Unreadable.PICTURE, "a.jpg", "1"),
        unread(Unreadable.TOO_LARGE, "b.xlsx", "2"),
        unread(Unreadable.PDF, "c.pdf", "3"),
        unread(Unreadable.TOO_LARGE, "d.xlsx", "4"),
    )
    found = sort(desk(COLLECTING.cycle, mail=mail_of("kasi-pindah", "Ini", *forms), at=WORKED))
    assert found == in_place(Unreadable.TOO_LARGE, "b.xlsx, d.xlsx")
    found = sort(desk(COLLECTING.cycle, mail=mail_of("kasi-pindah", "Ini", forms[2], forms[0]), at=WORKED))
    assert found == in_place(Unreadable.PDF, "c.pdf")


def test_evidence_of_the_unit_that_the_sekretaris_heads_is_sent_by_its_head() -> None:
    """Though the row waits for him as Sekretaris."""
    found = sort(desk(REVIEWING.cycle, mail=mail_of("sekretaris", "Data dukung", SCAN), at=WORKED))
    arrived = EvidenceArrived(
        at=WORKED, source=source("kepala-sekretariat"), unit="SEKRETARIAT", last=LAST, evidence=KEPT
    )
    assert found == Sorted(outcome=MailOutcome.EVIDENCE, facts=(("2025", arrived),))


@pytest.mark.parametrize("person", ["sekretaris", "perencanaan", "kadis"])
def test_nobody_sends_evidence_of_another_unit(person: str) -> None:
    """Whose own is not asked in this cycle, or who speaks for none; and in whichever row, for whomever it waits."""
    quarterly = Play(at=wib(1, 7.5, month=4)).opens(QUARTER).cycle
    form = quarterly.form_of("DAFDUK")
    assert form is not None
    accepted = quarterly.with_unit(replace(form, state=UnitState.ACCEPTED))
    about = replace(REQUEST, cycle=QUARTER)
    for step in (Step.INFORM, Step.COLLECT):
        cycle = replace(accepted, step=step)
        for by, outcome in (("kabid-dafduk", MailOutcome.EVIDENCE), (person, MailOutcome.UNPLACED)):
            mail = mail_of(by, "Data dukung", SCAN)
            assert sort(desk(cycle, mail=mail, about=(about,), at=WORKED)).outcome is outcome


def test_a_pdf_with_numbers_like_a_nik_is_no_signed_copy() -> None:
    """It is held back, and the next one is taken; a DOCX with such numbers is looked at like any other."""
    held = replace(SCAN, personal_data=True)
    files = (
        attachment(SCAN.file_sha256, PDF, "Rekap.pdf"),
        attachment("5" * 64, PDF, "ttd.pdf"),
        attachment("6" * 64, DOCX, "catatan.docx"),
    )
    document = ReadForm(
        file_sha256="6" * 64, file_name="catatan.docx", unreadable=Unreadable.TEXT_DOCUMENT, personal_data=True
    )
    mail = replace(mail_of("sekretaris", "PERBAIKI\nTabel 3."), forms=(held, document), attachments=files)
    review = sent(REVIEWING.letter(LetterKind.REVIEW))
    found = sort(desk(REVIEWING.cycle, mail=mail, about=(review,), at=WORKED))
    ((_, fact),) = found.facts
    assert isinstance(fact, VerdictGiven)
    assert (fact.signed_pdf_sha256, fact.signed_pdf_name) == ("5" * 64, "ttd.pdf")
    assert (fact.document_sha256, fact.document_name) == ("6" * 64, "catatan.docx")


def test_who_heads_two_units_wrote_in_the_post_that_was_written_to() -> None:
    """Where nothing else tells his posts apart."""
    second = replace(OFFICE.roster.person("kabid-dafduk"), key="plt-capil-2", unit="CAPIL")
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=(*OFFICE.roster.people, second)))
    for person in ("kabid-dafduk", "plt-capil-2"):
        about = replace(REQUEST, person=person)
        mail = mail_of("kabid-dafduk", "Kapan rapatnya dimulai")
        ((_, fact),) = sort(desk(COLLECTING.cycle, mail=mail, about=(about,), office=office)).facts
        assert isinstance(fact, MailUnplaced)
        assert fact.source.person.key == person
