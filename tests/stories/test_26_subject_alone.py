"""Story 26: an answer without thread and quotation is about the cycle, and the letter, that its subject names."""

from __future__ import annotations

import email.policy
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.sop import Step
from tests.office import AUTHSERV_ID, Seen, ToyOffice, requested
from tests.stories.form_life import plain
from tests.stories.test_03_secretary_sends_back import edits
from tests.stories.test_19_answers_reach_people import asked
from tests.writing.reply_links import html_of, reply_links

AWAITED = [
    ("sekretaris", "data_needs", "SETUJU"),
    ("perencanaan", "draft", "TERUSKAN"),
    ("sekretaris", "review", "SETUJU"),
    ("kadis", "ratify", "DISAHKAN"),
    ("bappeda", "submission", "DITERIMA"),
]


def writes(  # noqa: PLR0913 - what a mail is made of
    office: ToyOffice,
    who: str,
    subject: str,
    words: str,
    *,
    proved: bool = True,
    answers: str = "",
    file: bytes = b"",
) -> list[Seen]:
    """Let somebody write with that subject, and nothing else that says what it is about; return what he gets."""
    mail = EmailMessage(policy=email.policy.SMTP)
    if proved:
        mail["Authentication-Results"] = f"{AUTHSERV_ID}; dmarc=pass header.from=example.go.id"
    mail["Received"] = f"from client by {AUTHSERV_ID}; Mon, 5 Jan 2026 08:00:00 +0700"
    mail["From"], mail["To"], mail["Subject"] = office.person(who).addresses[0], office.office.mailbox, subject
    mail["Message-ID"] = f"<tanpa-utas-{len(office.post.mails)}@example.go.id>"
    if answers:
        mail["In-Reply-To"] = answers
    mail.set_content(words)
    if file:
        mail.add_attachment(file, maintype="application", subtype="pdf", filename="naskah.pdf")
    before = len(office.letters_to(who))
    office.arrives(mail.as_bytes())
    return office.letters_to(who)[before:]


@pytest.mark.parametrize("before", ["Re: ", "RE: ", "Balas: ", "Re: Re: ", "[EXTERNAL] Re: ", ""])
@pytest.mark.parametrize(("who", "kind", "word"), AWAITED)
def test_a_word_under_the_letter_s_own_subject_counts(who: str, kind: str, word: str, before: str) -> None:
    """His mail program made no thread, and he deleted what was quoted; the subject says which letter he answers."""
    office = asked(kind)
    verdicts = office.cycle().verdicts
    answers = writes(office, who, before + office.letter(who, kind).subject, f"{word}\n")
    assert [verdict.word for verdict in office.cycle().verdicts[len(verdicts) :]] == [Word(word)]
    assert not [letter for letter in answers if letter.kind in {"unclear", "challenge"}]


@pytest.mark.parametrize(("who", "kind", "word"), AWAITED)
def test_a_tapped_word_counts(who: str, kind: str, word: str) -> None:
    """The link in a letter opens a new mail with a subject and the word: sent as it is, from a phone, it decides."""
    office = asked(kind)
    letter = office.letter(who, kind)
    (address, subject, body), *_ = (parts for parts in reply_links(html_of(letter.raw)) if parts[2] == word)
    assert (address, body) == (office.office.mailbox, word)
    assert subject.startswith(f"Re: {letter.subject} mb1.")
    before = len(office.cycle().verdicts)
    answers = writes(office, who, subject, f"{body}\n\nDikirim dari iPhone saya\n")
    assert [verdict.word for verdict in office.cycle().verdicts[before:]] == [Word(word)]
    assert not [answer for answer in answers if answer.kind in {"unclear", "challenge"}]


def stands(office: ToyOffice, answers: list[Seen], before: int) -> None:
    """Hold that nothing was decided, and that he was asked."""
    assert len(office.cycle().verdicts) == before
    assert {letter.kind for letter in answers} <= {"unclear", "challenge", "doubted", "out_of_turn"}
    assert answers


@pytest.mark.parametrize(
    ("subject", "words", "more"),
    [
        ("Fwd: {subject}", "SETUJU", {}),
        ("Re: Fwd: {subject}", "SETUJU", {}),
        ("Re: rapat besok [DISDUKCAPIL-LKJIP/2025]", "SETUJU", {}),
        ("Re: {subject} lanjutan", "SETUJU", {}),
        ("Re: [DISDUKCAPIL-LKJIP/2025]", "SETUJU", {}),
        ("Re: Mohon reviu LKjIP", "SETUJU", {}),
        ("Re: {subject}", "SETUJU\n\nPada Sen, 5 Jan 2026 pukul 08.00 Ajudan menulis:\n\n> Boleh ditunda?\n", {}),
        ("Re: {subject}", "SETUJU\n\n-----Pesan Asli-----\nDari: Ajudan\n\nBoleh ditunda?\n", {}),
        ("Re: {subject}", "SETUJU", {"answers": "<surat-ajudan@example.go.id>"}),
        ("Re: {subject}", "SETUJU", {"proved": False}),
        ("Re: {subject}", "SETUJU", {"file": b"%PDF-1.7\n%%EOF"}),
    ],
)
def test_where_anything_else_may_be_meant_he_is_asked(subject: str, words: str, more: dict[str, Any]) -> None:
    """Passed on, another matter, a quotation of somebody, an answer to somebody, no proof, a file: asked as ever."""
    office = asked("review")
    before = len(office.cycle().verdicts)
    own = office.letter("sekretaris", "review").subject
    answers = writes(office, "sekretaris", subject.format(subject=own), words, **more)
    stands(office, answers, before)
    assert office.cycle().step is Step.REVIEW


def test_the_subject_of_a_row_that_is_over_is_not_the_present_one_s() -> None:
    """SETUJU to the data needs is no consent to the draft."""
    office = asked("review")
    before = len(office.cycle().verdicts)
    answers = writes(office, "sekretaris", f"Re: {office.letter('sekretaris', 'data_needs').subject}", "SETUJU")
    stands(office, answers, before)


def test_under_one_subject_for_two_versions_he_is_asked_which() -> None:
    """The draft was sent back and laid before him again on the same day: both letters are called the same."""
    office = asked("review")
    office.answers("sekretaris", office.letter("sekretaris", "review"), "PERBAIKI\n\nBab II")
    edits(office)
    first, second = office.letters_to("sekretaris", "review")
    before = len(office.cycle().verdicts)
    answers = writes(office, "sekretaris", f"Re: {second.subject}", "SETUJU")
    if first.subject == second.subject:
        stands(office, answers, before)
    else:
        assert office.cycle().verdicts[-1].word == Word.SETUJU
    before = len(office.cycle().verdicts)
    writes(office, "sekretaris", f"Re: {first.subject}", "PERBAIKI\n\nBab III")
    assert len(office.cycle().verdicts) == before


def test_a_reservation_beside_the_word_is_asked_about_as_ever() -> None:
    """And BENAR under the question's own subject lets it count, where there is one such question."""
    office = asked("review")
    subject = f"Re: {office.letter('sekretaris', 'review').subject}"
    (question,) = writes(office, "sekretaris", subject, "SETUJU\n\nAngka bab II diperiksa lagi ya")
    assert question.kind == "doubted"
    writes(office, "sekretaris", f"Re: {question.subject}", "BENAR")
    assert office.cycle().verdicts[-1].word == Word.SETUJU


def test_of_two_questions_about_two_mails_benar_by_subject_answers_neither() -> None:
    """Nobody knows which sentence he affirms."""
    office = asked("review")
    review = office.letter("sekretaris", "review")
    office.answers("sekretaris", review, "SETUJU\n\nAngka bab II diperiksa lagi ya")
    office.answers("sekretaris", review, "SETUJU\n\nJangan lupa bab III")
    before = len(office.cycle().verdicts)
    first, second = office.letters_to("sekretaris", "doubted")
    assert first.subject == second.subject
    answers = writes(office, "sekretaris", f"Re: {second.subject}", "BENAR")
    stands(office, answers, before)


def test_an_order_is_about_the_cycle_that_the_subject_names() -> None:
    """Two cycles run; STATUS under the younger one's name is answered with the younger one's."""
    office = requested()
    both = (*office.office.cycles, replace(office.office.cycles[0], key="2025-susulan"))
    office.has(office=replace(office.office, cycles=both))
    office.works()
    (answer,) = writes(office, "kadis", "Re: [DISDUKCAPIL-LKJIP/2025-SUSULAN] Keadaan Laporan Kinerja", "STATUS")
    assert "/2025-SUSULAN]" in answer.subject
    (answer,) = writes(office, "kadis", "[DISDUKCAPIL-LKJIP/2025] dan [DISDUKCAPIL-LKJIP/2025-SUSULAN]", "STATUS")
    assert "/2025]" in answer.subject
    (answer,) = writes(office, "kadis", "Re: [DISDUKCAPIL-LKJIP/1999] Lama", "STATUS")
    assert "/2025]" in answer.subject
    assert "keadaan" in plain(answer.text).casefold()
