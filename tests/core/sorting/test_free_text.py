"""Whose free text a person of Subbag Program should read, and what is noted of it for the letter of the day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import AnswerUnclear, MailUnplaced, VerdictGiven
from mailbot.core.model.form import ReadForm
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.mail import Automatic, Mail, Proof
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.free_text import heard_line, is_free_text
from mailbot.core.sorting.placing import Desk, SentLetter
from mailbot.core.sorting.sorting import sort
from tests.core.desks import DOCX, MAIL, PDF, attachment, desk, mail_of, sent
from tests.core.play import closed, collecting, reviewing
from tests.core.small_forms import read, whole
from tests.offices.small import OFFICE, wib

COLLECTING = collecting()
REVIEWING = reviewing()
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))
SCAN = attachment("e" * 64, "image/jpeg", name="coretan.jpg")
REQUEST = sent(COLLECTING.letter(LetterKind.REQUEST, "kabid-dafduk"))


def reads(mail: Mail, *about: SentLetter) -> bool:
    """Say whether somebody of Subbag Program should read a mail that came while forms are collected."""
    laid = desk(COLLECTING.cycle, mail=mail, about=about)
    return is_free_text(laid, sort(laid))


@pytest.mark.parametrize(
    ("words", "person", "read_by_them"),
    [
        ("Selamat pagi, kapan rapatnya?", "kabid-dafduk", True),
        ("", "kabid-dafduk", True),
        ("Selamat pagi, kapan rapatnya?", "perencanaan", False),
        ("STATUS", "kabid-dafduk", False),
        ("STATUS\nSelamat pagi", "kabid-dafduk", False),
        ("STATUS\nKapan rapatnya dimulai?", "kabid-dafduk", True),
        ("TUNDA 2 hari\nAtasan saya sedang sakit", "kabid-dafduk", True),
        ("SALAH\nAtasan saya sedang sakit", "kabid-dafduk", False),
        ("Setuju, tetapi nanti saja", "sekretaris", True),
    ],
)
def test_what_no_answer_of_ours_is_about_is_read_by_a_person(words: str, person: str, *, read_by_them: bool) -> None:
    """More than a greeting beside a command whose answer shows it to nobody; SALAH goes on with its reason."""
    assert reads(mail_of(person, words), REQUEST) is read_by_them


def test_a_strangers_words_are_read_by_nobody() -> None:
    """Nor a robot's."""
    assert not reads(replace(MAIL, senders=("orang@surel.example",), own_words="Halo, apa kabar semuanya?"))
    assert not reads(replace(MAIL, automatic=Automatic.ROBOT, own_words="Halo, apa kabar semuanya?"))


def test_remarks_of_whoever_is_in_turn_are_shown_at_once_and_not_again() -> None:
    """So is what nobody could place, where it was his move."""
    for mail in (mail_of("sekretaris", "Masih saya pelajari."), mail_of("sekretaris", files=(SCAN,))):
        laid = desk(REVIEWING.cycle, mail=mail, about=(REVIEW,))
        found = sort(laid)
        ((_, fact),) = found.facts
        assert isinstance(fact, AnswerUnclear | MailUnplaced)
        assert not is_free_text(laid, found)


def test_what_is_unclear_without_a_known_reason_is_read_and_a_wrong_code_is_not() -> None:
    """The letter that asks back says what was wrong with a code; of other words a person may see what was meant."""
    challenge = replace(REVIEW, key="challenge/2025/sekretaris/review/1", kind="challenge")
    mail = replace(mail_of("sekretaris", "483920"), codes=("483920",), proof=Proof.NONE)
    laid = desk(REVIEWING.cycle, mail=mail, about=(challenge,))
    assert not is_free_text(laid, sort(laid))
    laid = desk(REVIEWING.cycle, mail=mail_of("sekretaris", "SETUJU\nPERBAIKI"), about=(REVIEW,))
    assert is_free_text(laid, sort(laid))


@pytest.mark.parametrize(
    ("form", "words", "read_by_them"),
    [
        (Unreadable.UNFILLED, "Kolom mana yang diisi", True),
        (Unreadable.UNFILLED, "Terlampir", False),
        (Unreadable.PASSWORD, "Kolom mana yang diisi", False),
        (None, "Kolom mana yang diisi?", True),
        (None, "Kolom mana yang diisi", False),
    ],
)
def test_beside_a_form_a_question_is_read_and_beside_nothing_at_all_every_sentence(
    form: Unreadable | None, words: str, *, read_by_them: bool
) -> None:
    """What is wrong with a file has its own answer."""
    sent_form = (
        read(whole("DAFDUK")) if form is None else ReadForm(file_sha256="b" * 64, file_name="a.xlsx", unreadable=form)
    )
    assert reads(mail_of("kabid-dafduk", words, sent_form), REQUEST) is read_by_them


def test_a_forgotten_file_is_told_and_what_was_written_is_read() -> None:
    """Where it is more than a greeting."""
    assert reads(mail_of("kabid-dafduk", "Form terlampir, mohon dicek"), REQUEST)
    assert not reads(mail_of("kabid-dafduk", "Form terlampir"), REQUEST)


def line_of(mail: Mail, *about: SentLetter) -> tuple[str, str, dict[str, str]]:
    """Return who is noted, at which event, with which details."""
    laid = desk(COLLECTING.cycle, mail=mail, about=about, at=wib(8, 10))
    ((cycle, line),) = heard_line(laid, sort(laid))
    assert (cycle, line.at) == ("", wib(8, 10))
    return line.actor, line.event, dict(line.detail)


def test_the_journal_notes_who_wrote_in_answer_to_what_and_whether_it_is_proved() -> None:
    """From these lines the letter of the day is made; they belong to no cycle, and repeat nothing."""
    mail = mail_of("kabid-dafduk", "Selamat pagi, kapan rapatnya?")
    assert line_of(mail, REQUEST) == (
        "kabid-dafduk",
        "free_text",
        {"mail": "a" * 64, "answers": "request", "proved": "yes"},
    )
    assert line_of(replace(mail, proof=Proof.NONE))[2] == {"mail": "a" * 64, "answers": "", "proved": "no"}
    laid = desk(COLLECTING.cycle, mail=mail_of("kabid-dafduk", "STATUS"))
    assert heard_line(laid, sort(laid)) == ()


def answering(asked: Mail | None, words: str = "PERBAIKI", by: str = "sekretaris") -> Desk:
    """Return the desk of an answer to our question about an earlier mail."""
    return replace(desk(REVIEWING.cycle, mail=mail_of(by, words), about=(REVIEW,)), asked=asked)


EARLIER = replace(
    mail_of(
        "sekretaris", "Tabel 3 keliru.\nSampul juga.", files=(attachment("5" * 64, DOCX), attachment("6" * 64, PDF))
    ),
    sha256="b" * 64,
)


def verdict(laid: Desk) -> VerdictGiven:
    """Return the one verdict of a mail."""
    ((_, fact),) = sort(laid).facts
    assert isinstance(fact, VerdictGiven)
    return fact


def test_a_refusal_in_answer_to_our_question_has_what_was_written_before() -> None:
    """Nothing is written twice: his remarks and his files of the mail we asked about, then those of this one."""
    fact = verdict(answering(EARLIER, "PERBAIKI\nDan tabel 4."))
    assert fact.said.word is Word.PERBAIKI
    assert fact.said.remarks == ("Tabel 3 keliru.", "Sampul juga.", "Dan tabel 4.")
    assert (fact.document_sha256, fact.signed_pdf_sha256) == ("5" * 64, "6" * 64)


@pytest.mark.parametrize("proof", [Proof.NONE, Proof.FAILED])
def test_what_was_not_proved_is_not_kept_for_a_refusal(proof: Proof) -> None:
    """Nor is what somebody else wrote."""
    assert verdict(answering(replace(EARLIER, proof=proof))).said.remarks == ()
    other = replace(EARLIER, senders=("kadis@example.go.id",))
    assert verdict(answering(other)).said.remarks == ()
    assert verdict(answering(None)).said.remarks == ()


def test_a_consent_has_nothing_of_the_mail_before() -> None:
    """Its remarks would be words that nobody understood."""
    assert verdict(answering(EARLIER, "SETUJU")).said.remarks == ()


def test_free_text_is_a_remark_only_in_answer_to_the_letter_of_the_present_row() -> None:
    """By whom the row waits for, as it now stands; with nothing written, or in a closed cycle, it is none."""

    def found(mail: Mail, about: SentLetter = REVIEW) -> str:
        return sort(desk(REVIEWING.cycle, mail=mail, about=(about,))).detail

    text = mail_of("sekretaris", "Masih saya pelajari.")
    assert found(text) == Reason.REMARKS.value
    assert REVIEW.asks is not None
    assert found(text, replace(REVIEW, asks=replace(REVIEW.asks, version=7))) == ""
    assert found(mail_of("kadis", "Masih saya pelajari.")) == ""
    assert found(mail_of("sekretaris", "")) == ""
    over = closed()
    submission = sent(over.letter(LetterKind.SUBMISSION))
    late = desk(over.cycle, mail=mail_of("bappeda", "Sudah kami terima minggu lalu."), about=(submission,))
    assert sort(late).detail != Reason.REMARKS.value


def test_remarks_carry_whether_they_are_a_mere_courtesy() -> None:
    """Row 1 asks that: thanks is no objection."""
    data_needs = sent(collecting().letter(LetterKind.DATA_NEEDS))
    from_row_1 = collecting().cycle
    for words, courtesy in (("Terima kasih.", True), ("Jangan dikirim dulu.", False)):
        laid = desk(REVIEWING.cycle, mail=mail_of("sekretaris", words), about=(REVIEW,))
        ((_, fact),) = sort(laid).facts
        assert isinstance(fact, AnswerUnclear | MailUnplaced)
        assert fact.courtesy is courtesy
        laid = desk(from_row_1, mail=mail_of("kadis", words), about=(data_needs,))
        ((_, other),) = sort(laid).facts
        assert isinstance(other, AnswerUnclear | MailUnplaced)
        assert other.courtesy is courtesy


def test_an_office_that_asks_for_no_proof_keeps_what_its_list_wrote() -> None:
    """Unproved, and believed all the same."""
    trusting = replace(OFFICE, policy=replace(OFFICE.policy, proof_required=False))
    laid = replace(answering(replace(EARLIER, proof=Proof.NONE)), office=trusting)
    assert verdict(laid).said.remarks == ("Tabel 3 keliru.", "Sampul juga.")
