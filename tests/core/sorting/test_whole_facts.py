"""Each kind of fact a mail makes, whole: who, when, about what, with which files and figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from mailbot.core.draft.draft_facts import DraftEdited
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import (
    AbsenceNoticed,
    AnswerUnclear,
    CommandGiven,
    EvidenceArrived,
    Fact,
    FormArrived,
    LinesAnswered,
    LinesArrived,
    MailUnplaced,
    UnreadableArrived,
    VerdictGiven,
)
from mailbot.core.model.form import FormData, ReadForm
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.mail import Automatic, Evidence, Mail, Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role, unlisted
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.placing import Desk, Sorted
from mailbot.core.sorting.sorting import sort
from tests.core.desks import DOCX, MAIL, PDF, attachment, desk, mail_of, sent, source
from tests.core.play import Play, collecting, drafting, reviewing
from tests.core.small_forms import read, row, whole, written
from tests.offices.small import OFFICE, wib

CAME, WORKED = wib(8, 9), wib(8, 11)
"""The mail reached us at nine, and is worked at eleven."""
LAST = {"IKU-02": Decimal("99.12")}
COLLECTING, REVIEWING, DRAFTING = collecting(), reviewing(), drafting()
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))
REQUEST = sent(COLLECTING.letter(LetterKind.REQUEST, "kabid-dafduk"))
SCAN = ReadForm(file_sha256="7" * 64, file_name="Rekap.pdf", unreadable=Unreadable.PDF)
EVIDENCE = (Evidence(file_sha256="7" * 64, file_name="Rekap.pdf", mail_sha256="a" * 64, received_at=CAME),)


def with_scan(mail: Mail) -> Mail:
    """Return the mail with a PDF beside whatever it carries."""
    file = attachment(SCAN.file_sha256, PDF, SCAN.file_name)
    return replace(mail, forms=(*mail.forms, SCAN), attachments=(*mail.attachments, file))


def only(found: Sorted) -> Fact:
    """Return the one fact."""
    ((key, fact),) = found.facts
    assert key == "2025"
    return fact


def laid(play: Play, mail: Mail, *about: object, at: datetime = WORKED) -> Desk:
    """Lay a mail on the desk, two hours after it came."""
    letters = tuple(letter for letter in about if isinstance(letter, type(REVIEW)))
    return desk(play.cycle, mail=mail, about=letters, at=at)


def test_a_command() -> None:
    """With the number of the form that the answered letter asks about, and the figures of the last period."""
    conflict = replace(REQUEST, kind=LetterKind.CONFLICT.value, number=3)
    for about, number in (((REQUEST, conflict), 3), ((replace(REQUEST, number=7),), 0)):
        fact = only(sort(laid(COLLECTING, mail_of("kabid-dafduk", "BENAR"), *about)))
        assert fact == CommandGiven(
            at=WORKED,
            source=source("kabid-dafduk"),
            said=Said(word=Word.BENAR),
            unit="DAFDUK",
            number=number,
            last=LAST,
        )
    bare = replace(laid(COLLECTING, mail_of("kabid-dafduk", "STATUS")), last={})
    fact = only(sort(bare))
    assert isinstance(fact, CommandGiven)
    assert fact.last == {}


def test_a_word_of_a_unit_is_said_in_the_post_that_speaks_for_it() -> None:
    """One address, two posts: the head of the unit that was written to, though the other post was, too."""
    other = replace(OFFICE.roster.person("kabid-capil"), key="a-kabid", addresses=("kabid.dafduk@example.go.id",))
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=(other, *OFFICE.roster.people)))
    about = replace(REQUEST, person="a-kabid")
    fact = only(sort(desk(COLLECTING.cycle, mail=mail_of("kabid-dafduk", "SALAH"), about=(about,), office=office)))
    assert isinstance(fact, CommandGiven)
    assert (fact.unit, fact.source.person.key) == ("DAFDUK", "kabid-dafduk")


def test_a_verdict() -> None:
    """With the files beside it, by their names."""
    files = (attachment("5" * 64, PDF, "ttd.pdf"), attachment("6" * 64, DOCX, "catatan.docx"))
    found = sort(laid(REVIEWING, mail_of("sekretaris", "PERBAIKI\nTabel 3.", files=files), REVIEW))
    assert (found.outcome, found.detail) == (MailOutcome.VERDICT, "PERBAIKI")
    assert only(found) == VerdictGiven(
        at=WORKED,
        source=source("sekretaris"),
        said=Said(word=Word.PERBAIKI, remarks=("Tabel 3.",)),
        about=REVIEW.asks,
        document_sha256="6" * 64,
        document_name="catatan.docx",
        signed_pdf_sha256="5" * 64,
        signed_pdf_name="ttd.pdf",
    )


def test_a_verdict_without_files() -> None:
    """Neither a document nor a PDF, and no name of one."""
    fact = only(sort(laid(REVIEWING, mail_of("sekretaris", "SETUJU"), REVIEW)))
    assert fact == VerdictGiven(at=WORKED, source=source("sekretaris"), said=Said(word=Word.SETUJU), about=REVIEW.asks)


def test_a_marked_document_without_a_word() -> None:
    """A refusal, whose remarks are what was written."""
    mail = mail_of("sekretaris", "Mohon lihat komentar.", files=(attachment("6" * 64, DOCX, "catatan.docx"),))
    assert only(sort(laid(REVIEWING, mail, REVIEW))) == VerdictGiven(
        at=WORKED,
        source=source("sekretaris"),
        said=Said(word=Word.PERBAIKI, remarks=("Mohon lihat komentar.",)),
        about=REVIEW.asks,
        document_sha256="6" * 64,
        document_name="catatan.docx",
    )


def test_an_edited_draft() -> None:
    """With the word that stood beside it and is not done."""
    about = sent(DRAFTING.letter(LetterKind.DRAFT))
    mail = mail_of("perencanaan", "DISAHKAN", files=(attachment("6" * 64, DOCX, "draf.docx"),))
    found = sort(laid(DRAFTING, mail, about))
    assert about.asks is not None
    assert (found.outcome, found.detail) == (MailOutcome.VERDICT, "DOCX")
    assert only(found) == DraftEdited(
        at=WORKED,
        source=source("perencanaan"),
        about=about.asks,
        document_sha256="6" * 64,
        document_name="draf.docx",
        beside=Word.DISAHKAN,
    )


@pytest.mark.parametrize("name", ["draf.odt", "DRAF.DOC", "draf.rtf", "draf.pages", "draf.docm"])
def test_a_text_that_is_no_docx(name: str) -> None:
    """It is named in the question back."""
    about = sent(DRAFTING.letter(LetterKind.DRAFT))
    files = (attachment("5" * 64, PDF, "lain.pdf"), attachment("6" * 64, "application/octet-stream", name))
    found = sort(laid(DRAFTING, mail_of("perencanaan", "", files=files), about))
    assert (found.outcome, found.detail) == (MailOutcome.UNCLEAR, Reason.NOT_DOCX.value)
    assert only(found) == AnswerUnclear(
        at=WORKED,
        source=source("perencanaan"),
        said=Said(remarks=(name,)),
        about=about.asks,
        reason=Reason.NOT_DOCX,
    )


def test_remarks_of_whoever_is_in_turn() -> None:
    """Kept for his word."""
    found = sort(laid(REVIEWING, mail_of("sekretaris", "Masih saya baca."), REVIEW))
    assert (found.outcome, found.detail) == (MailOutcome.UNCLEAR, Reason.REMARKS.value)
    assert only(found) == AnswerUnclear(
        at=WORKED,
        source=source("sekretaris"),
        said=Said(remarks=("Masih saya baca.",)),
        about=REVIEW.asks,
        reason=Reason.REMARKS,
    )


@pytest.mark.parametrize(("signs", "courtesy"), [("Sekretaris", True), ("Kadis", False)])
def test_whose_signature_stands_under_a_courtesy(signs: str, *, courtesy: bool) -> None:
    """His own is none of his words; another's is something that he says."""
    thanks = mail_of("sekretaris", f"Terima kasih.\n\nHormat saya,\n{signs}")
    remarks = only(sort(laid(REVIEWING, thanks, REVIEW)))
    assert isinstance(remarks, AnswerUnclear)
    unplaced = only(sort(laid(COLLECTING, thanks)))
    assert isinstance(unplaced, MailUnplaced)
    assert remarks.courtesy is unplaced.courtesy is courtesy


@pytest.mark.parametrize(("person", "in_turn"), [("perencanaan", False), ("sekretaris", True)])
def test_what_cannot_be_placed(person: str, *, in_turn: bool) -> None:
    """With what was written, and whether it is the sender's move."""
    found = sort(laid(REVIEWING, mail_of(person, "Kapan rapatnya dimulai")))
    assert found.outcome is MailOutcome.UNPLACED
    assert only(found) == MailUnplaced(
        at=WORKED, source=source(person), remarks=("Kapan rapatnya dimulai",), in_turn=in_turn
    )


def test_a_form() -> None:
    """From a listed address, and from a stranger with our stamp."""
    form = read(whole("DAFDUK"))
    arrived = FormArrived(
        at=WORKED, source=source("kabid-dafduk"), unit="DAFDUK", form=form, last=LAST, evidence=EVIDENCE
    )
    mail = with_scan(mail_of("kabid-dafduk", "", form))
    assert only(sort(laid(COLLECTING, mail))) == arrived
    strangers = replace(mail, senders=("kasi@surel.example",))
    his = replace(source("kabid-dafduk"), person=unlisted("kasi@surel.example", "DAFDUK"), address="kasi@surel.example")
    assert only(sort(laid(COLLECTING, strangers))) == replace(arrived, source=his, sent_from="kasi@surel.example")
    false = only(sort(laid(COLLECTING, replace(mail, proof=Proof.FAILED))))
    assert isinstance(false, FormArrived)
    assert false.sent_from == "kabid.dafduk@example.go.id"
    bare = replace(laid(COLLECTING, mail), last={})
    assert only(sort(bare)) == replace(arrived, last={})


def test_a_stamped_form_of_a_stranger_where_its_unit_has_no_head_on_that_day() -> None:
    """Nobody could ever say which is right."""
    people = tuple(
        replace(person, since=wib(9).date())
        if person.unit == "DAFDUK" and person.role is Role.DIVISION_HEAD
        else person
        for person in OFFICE.roster.people
    )
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=people))
    mail = replace(mail_of("kabid-dafduk", "", read(whole("DAFDUK"))), senders=("kasi@surel.example",))
    for day, outcome in ((8, MailOutcome.STRANGER), (9, MailOutcome.FORM)):
        found = sort(desk(COLLECTING.cycle, mail=mail, at=wib(day, 11), office=office))
        assert found.outcome is outcome


def test_a_form_of_another_unit() -> None:
    """Told to the sender's own, with what came along."""
    mail = with_scan(mail_of("kasi-pindah", "", read(whole("CAPIL"), "CAPIL", name="capil.xlsx")))
    assert only(sort(laid(COLLECTING, mail))) == UnreadableArrived(
        at=WORKED,
        source=source("kasi-pindah"),
        unit="DAFDUK",
        reason=Unreadable.WRONG_UNIT,
        file_name="capil.xlsx",
        evidence=EVIDENCE,
    )


def test_lines() -> None:
    """With the files beside them; where the renderings differ, they are asked for again and name no file."""
    lines = written(FormData(indicators=(row("IKU-02", "99.45"),)))
    mail = replace(with_scan(mail_of("kabid-dafduk", "IKU-02: 99,45")), lines=lines)
    arrived = LinesArrived(
        at=WORKED, source=source("kabid-dafduk"), unit="DAFDUK", lines=lines, last=LAST, evidence=EVIDENCE
    )
    assert only(sort(laid(COLLECTING, mail, REQUEST))) == arrived
    bare = replace(laid(COLLECTING, mail, REQUEST), last={})
    assert only(sort(bare)) == replace(arrived, last={})
    differ = only(sort(laid(COLLECTING, replace(mail, renderings_agree=False), REQUEST)))
    assert differ == UnreadableArrived(
        at=WORKED, source=source("kabid-dafduk"), unit="DAFDUK", reason=Unreadable.MIXED_LINES, file_name=""
    )


def test_evidence_alone() -> None:
    """From the unit whose form is there, with the names of what was not opened."""
    play = collecting()
    play.sends("DAFDUK")
    mail = replace(with_scan(mail_of("kasi-pindah", "Data dukung")), unopened=("x.zip",))
    found = sort(laid(play, mail))
    arrived = EvidenceArrived(
        at=WORKED, source=source("kasi-pindah"), unit="DAFDUK", last=LAST, evidence=EVIDENCE, unopened=("x.zip",)
    )
    assert (found.outcome, only(found)) == (MailOutcome.EVIDENCE, arrived)
    assert only(sort(replace(laid(play, mail), last={}))) == replace(arrived, last={})


def test_evidence_while_lines_wait() -> None:
    """They are read back once more: the answer is to no certain reading."""
    play = collecting()
    lines = written(FormData(indicators=(row("IKU-02", "99.45"),)))
    play.happens(LinesArrived(at=play.at, source=play.source("kabid-dafduk"), unit="DAFDUK", lines=lines, last={}))
    found = sort(laid(play, with_scan(mail_of("kabid-dafduk", "Data dukung"))))
    assert (found.outcome, only(found)) == (
        MailOutcome.EVIDENCE,
        LinesAnswered(
            at=WORKED,
            source=source("kabid-dafduk"),
            unit="DAFDUK",
            number=0,
            word=None,
            last=LAST,
            evidence=EVIDENCE,
        ),
    )


@pytest.mark.parametrize(
    ("mail", "reason", "name"),
    [
        (mail_of("kasi-pindah", "Ini", replace(SCAN, file_name="a.pdf")), Unreadable.PDF, "a.pdf"),
        (replace(mail_of("kasi-pindah", "Ini"), cloud_links=("https://awan.example/x",)), Unreadable.CLOUD_LINK, ""),
        (mail_of("kasi-pindah", "Form terlampir"), Unreadable.NO_ATTACHMENT, ""),
    ],
)
def test_what_came_in_place_of_a_form(mail: Mail, reason: Unreadable, name: str) -> None:
    """Its file is named, if there is one."""
    found = sort(laid(COLLECTING, mail))
    assert (found.outcome, found.detail) == (MailOutcome.UNREADABLE, reason.value)
    assert only(found) == UnreadableArrived(
        at=WORKED, source=source("kasi-pindah"), unit="DAFDUK", reason=reason, file_name=name
    )


def test_a_mail_of_a_second_address_is_answered_there() -> None:
    """The thread is the mail's, the address the one that wrote."""
    mail = replace(MAIL, senders=("kabid.dafduk@surel.example",), own_words="STATUS")
    fact = only(sort(laid(COLLECTING, mail)))
    assert isinstance(fact, CommandGiven)
    assert fact.source == source("kabid-dafduk", "kabid.dafduk@surel.example")


def test_an_absence() -> None:
    """With who stands in, as it was written and as the list knows him."""
    mail = replace(
        mail_of("kabid-dafduk", "Saya cuti."),
        automatic=Automatic.VACATION,
        returns_on="2026-01-13",
        stands_in="Hubungi kasi-pindah",
    )
    found = sort(laid(COLLECTING, mail))
    assert (found.outcome, found.detail) == (MailOutcome.ROBOT, "vacation")
    assert only(found) == AbsenceNoticed(
        at=WORKED,
        person=OFFICE.roster.person("kabid-dafduk"),
        returns_on=date(2026, 1, 13),
        deputy="kasi-pindah",
        said="Hubungi kasi-pindah",
        received_at=CAME,
    )
