"""What confirms an earlier mail: the code, BENAR to our question; only of the same person, and nothing of a robot's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import AnswerUnclear, CommandGiven, Fact, VerdictGiven
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.mail import Automatic, Mail, OwnText, Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.sorting.placing import Desk
from mailbot.core.sorting.said import footer_in, is_courtesy
from mailbot.core.sorting.sorting import sort
from tests.core.desks import MAIL, PDF, attachment, desk, mail_of, sent
from tests.core.play import collecting, drafting, ratifying, reviewing
from tests.offices.small import OFFICE, wib

REVIEWING = reviewing()
REVIEW = sent(REVIEWING.letter(LetterKind.REVIEW))
DOUBTED = replace(REVIEW, key="doubted/2025/sekretaris/review/1", kind="doubted")
LINE = "Sampulnya hijau."
DOUBTFUL = replace(mail_of("sekretaris", f"SETUJU\n{LINE}"), sha256="b" * 64)


def answering(words: str = "BENAR", by: str = "sekretaris", about: Mail | None = DOUBTFUL) -> Desk:
    """Return the desk of an answer to our question about what stood beside SETUJU."""
    return replace(desk(REVIEWING.cycle, mail=mail_of(by, words), about=(DOUBTED,)), affirms=about)


def only(laid: Desk) -> Fact:
    """Return the one fact of a mail."""
    ((_, fact),) = sort(laid).facts
    return fact


def test_benar_to_our_question_lets_the_word_count_with_the_line_that_stood_beside_it() -> None:
    """The word is that of the earlier mail, the proof is that of BENAR."""
    fact = only(replace(answering(), mail=replace(answering().mail, proof=Proof.CODE)))
    assert isinstance(fact, VerdictGiven)
    assert (fact.said.word, fact.said.remarks, fact.said.in_the_way) == (Word.SETUJU, (LINE,), (LINE,))
    assert (fact.source.mail_sha256, fact.source.proof) == ("b" * 64, Proof.CODE)


@pytest.mark.parametrize(("words", "by"), [("BENAR", "kadis"), ("SETUJU", "sekretaris"), ("Ya.", "sekretaris")])
def test_only_benar_of_the_same_person_answers_our_question(words: str, by: str) -> None:
    """Another's BENAR, or another word, is a mail of its own."""
    (fact, *_) = [fact for _, fact in sort(answering(words, by)).facts]
    assert getattr(fact, "source").mail_sha256 == "a" * 64  # noqa: B009 - every fact of a mail has one


def test_benar_of_a_robot_confirms_nothing() -> None:
    """Whatever question it answers."""
    laid = answering()
    assert sort(replace(laid, mail=replace(laid.mail, automatic=Automatic.ROBOT))).outcome is MailOutcome.ROBOT


def coded(words: str, *, files: bool = False, earlier: Mail = DOUBTFUL) -> Desk:
    """Return the desk of a mail that brings the code we asked for about an unproved SETUJU with a line beside it."""
    mail = mail_of("sekretaris", words, files=(attachment("6" * 64, PDF),) if files else ())
    mail = replace(mail, codes=("483920",), proof=Proof.CODE)
    challenge = replace(REVIEW, key="challenge/2025/sekretaris/review/1", kind="challenge")
    return replace(desk(REVIEWING.cycle, mail=mail, about=(challenge,)), confirms=replace(earlier, proof=Proof.NONE))


def test_benar_beside_the_code_answers_what_stood_beside_the_word_too() -> None:
    """And so does the word said once more; the code alone proves who wrote, and not what he meant."""
    for words in ("BENAR 483920", "BENAR\n483920", "SETUJU\n483920"):
        fact = only(coded(words))
        assert isinstance(fact, VerdictGiven), words
        assert (fact.said.word, fact.said.remarks, fact.source.proof) == (Word.SETUJU, (LINE,), Proof.CODE)
    fact = only(coded("483920"))
    assert isinstance(fact, AnswerUnclear)
    assert (fact.said.meant, fact.source.mail_sha256) == (Word.SETUJU, "b" * 64)


def test_something_of_its_own_beside_the_code_makes_it_a_mail_of_its_own() -> None:
    """A file, a remark, another word: it is proved, and what it says is what he says now."""
    plain = replace(mail_of("sekretaris", "SETUJU"), sha256="b" * 64)
    for laid in (coded("SETUJU\n483920", files=True, earlier=plain), coded("PERBAIKI\nTabel 3.\n483920")):
        fact = only(laid)
        assert isinstance(fact, VerdictGiven)
        assert fact.source.mail_sha256 == "a" * 64
    refusal = replace(mail_of("sekretaris", "PERBAIKI\nTabel 2."), sha256="b" * 64)
    fact = only(coded("PERBAIKI\nTabel 3.\n483920", earlier=refusal))
    assert isinstance(fact, VerdictGiven)
    assert (fact.said.remarks, fact.source.mail_sha256) == (("Tabel 3.",), "a" * 64)


def test_benar_into_the_blue_is_asked_which_question_it_answers() -> None:
    """Where letters to the sender ask for it; elsewhere BENAR is a word like any other."""
    play = collecting()
    laid = replace(desk(play.cycle, mail=mail_of("kabid-dafduk", "BENAR")), doubts=(DOUBTED,))
    found = sort(laid)
    ((key, fact),) = found.facts
    assert (key, found.outcome, found.detail) == ("2025", MailOutcome.UNCLEAR, Reason.WHICH.value)
    assert isinstance(fact, AnswerUnclear)
    assert (fact.reason, fact.said) == (Reason.WHICH, Said())
    assert (fact.source.person.key, fact.at) == ("kabid-dafduk", laid.at)
    assert isinstance(only(replace(laid, doubts=())), CommandGiven)
    assert sort(replace(laid, mail=mail_of("kabid-dafduk", "STATUS"))).detail == "STATUS"


def test_a_wrong_code_is_said_to_be_wrong_about_the_word_it_was_for() -> None:
    """The question can be answered again."""
    laid = replace(coded("483920"), confirms=None)
    found = sort(laid)
    ((key, fact),) = found.facts
    assert (key, found.outcome, found.detail) == ("2025", MailOutcome.UNCLEAR, Reason.BAD_CODE.value)
    assert isinstance(fact, AnswerUnclear)
    assert (fact.about, fact.said, fact.reason, fact.at, fact.source.person.key) == (
        REVIEW.asks,
        Said(),
        Reason.BAD_CODE,
        laid.at,
        "sekretaris",
    )


@pytest.mark.parametrize("text", ["BENAR 483920", "BENAR\nKODE: 483920", "Benar, 483920"])
def test_benar_beside_a_wrong_code_is_told_that_the_code_is_wrong(text: str) -> None:
    """Also where another of our letters waits for BENAR; a file beside it makes it a mail of its own."""
    laid = replace(coded(text), confirms=None)
    for waiting in (laid, replace(laid, doubts=(DOUBTED,))):
        assert sort(waiting).detail == Reason.BAD_CODE.value
    assert sort(replace(coded(text, files=True), confirms=None)).detail != Reason.BAD_CODE.value


def test_what_sounds_like_a_decision_is_asked_back_of_whoever_decides() -> None:
    """With the word that would count, where it is his now; a head of a unit decides about no row."""
    fact = only(desk(REVIEWING.cycle, mail=DOUBTFUL, about=(REVIEW,)))
    assert isinstance(fact, AnswerUnclear)
    assert (fact.said.meant, fact.about, fact.reason) == (Word.SETUJU, REVIEW.asks, None)
    later = ratifying()
    fact = only(desk(later.cycle, mail=DOUBTFUL, about=(REVIEW,)))
    assert isinstance(fact, AnswerUnclear)
    assert fact.said.meant is None
    assert sort(desk(REVIEWING.cycle, mail=mail_of("kabid-dafduk", f"SETUJU\n{LINE}"))).outcome is MailOutcome.UNPLACED


def test_a_file_without_a_word_in_answer_to_a_question_is_asked_about() -> None:
    """The signed page alone: nobody has looked whether it is signed. To no question it is a file like any other."""
    draft = drafting().cycle.draft
    assert draft is not None
    scan = mail_of("sekretaris", "", files=(attachment("6" * 64, PDF),))
    found = sort(desk(REVIEWING.cycle, mail=scan, about=(REVIEW,)))
    assert found.outcome is MailOutcome.UNCLEAR
    assert sort(desk(REVIEWING.cycle, mail=scan)).outcome is MailOutcome.UNPLACED
    ours = mail_of("sekretaris", "", files=(attachment(draft.pdf_sha256, PDF),))
    assert sort(desk(REVIEWING.cycle, mail=ours, about=(REVIEW,))).outcome is MailOutcome.UNPLACED


def texts(*own: str, doubtful: str = "") -> Mail:
    """Return a mail of the Sekretaris with these renderings."""
    return replace(
        MAIL, own_words=own[0], own_texts=tuple(OwnText(own=text, doubtful=doubtful) for text in own), codes=("483920",)
    )


SECRETARY = (OFFICE.roster.person("sekretaris"),)
SIGNED = "SETUJU\n\nHormat saya,\nBekerja dengan gembira"


def test_a_footer_is_one_that_every_rendering_has() -> None:
    """The code on its line is no part of it."""
    assert footer_in(texts(SIGNED), OFFICE, SECRETARY) == "bekerja dengan gembira"
    assert footer_in(texts(SIGNED, f"{SIGNED}\n483920"), OFFICE, SECRETARY) == "bekerja dengan gembira"
    assert footer_in(texts(SIGNED, "SETUJU\n\nHormat saya,"), OFFICE, SECRETARY) == ""
    assert footer_in(texts("SETUJU"), OFFICE, SECRETARY) == ""
    assert footer_in(replace(texts(SIGNED), own_texts=()), OFFICE, SECRETARY) == ""


@pytest.mark.parametrize("words", ["", "Terima kasih.", "Selamat pagi,\n\nTerima kasih\n\nHormat saya,\nSekretaris"])
def test_greetings_thanks_and_a_signature_are_a_courtesy(words: str) -> None:
    """In every rendering; without renderings, the words as they were typed."""
    assert is_courtesy(texts(words), OFFICE, SECRETARY)
    assert is_courtesy(replace(texts(words), own_texts=()), OFFICE, SECRETARY)
    assert not is_courtesy(texts(words, "Jangan dikirim dulu."), OFFICE, SECRETARY)
    assert not is_courtesy(texts(words, doubtful="Jangan dikirim dulu."), OFFICE, SECRETARY)
    assert not is_courtesy(replace(texts("Jangan dikirim."), own_texts=()), OFFICE, SECRETARY)


@pytest.mark.parametrize("words", ["Setelah kami pelajari", "Terima kasih.\n\nHormat saya,\nKadis"])
def test_a_condition_and_another_s_signature_are_none(words: str) -> None:
    """What begins a letter goes on; who signs for somebody else says something."""
    assert not is_courtesy(texts(words), OFFICE, SECRETARY)


def test_what_sounds_like_a_decision_is_said_in_the_post_that_decides() -> None:
    """The head of the Sekretariat is the Sekretaris, who is asked back though forms are collected now."""
    laid = desk(collecting().cycle, mail=mail_of("sekretaris", "Setuju, tetapi nanti saja"), at=wib(8, 11))
    fact = only(laid)
    assert isinstance(fact, AnswerUnclear)
    assert (fact.source.person.key, fact.at, fact.about) == ("sekretaris", wib(8, 11), None)


@pytest.mark.parametrize("words", ["Terima kasih?", "?", "\U0001f44e", "Terima kasih \U0001f641", "Tabel 3"])
def test_a_question_a_sign_and_anything_else_is_none(words: str) -> None:
    """Each may be an objection."""
    assert not is_courtesy(texts(words), OFFICE, SECRETARY)
