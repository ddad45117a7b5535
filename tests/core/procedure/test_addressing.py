"""How answers are made: what stood beside a word, the code, the refusal; and who is told of silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import AnswerUnclear, LinesAnswered, MailUnplaced
from mailbot.core.model.letters import Asked, LetterKind, Reason
from mailbot.core.model.letters_in_answer import Challenge, Doubted, Unclear, Unplaced
from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from tests.core.play import FIRST_FILE, Play, closed, collecting, reviewing
from tests.offices.small import OFFICE, wib

LINES = ("Sampulnya hijau.", "Tabel 3.")
DOUBT = Said(remarks=("SETUJU", *LINES), unclear=True, meant=Word.SETUJU, in_the_way=LINES)
NOW = Asked(step=Step.REVIEW, version=1, docx_sha256=FIRST_FILE)


def doubts(
    play: Play, about: Asked | None = NOW, proof: Proof = Proof.AUTHENTICATED, said: Said = DOUBT
) -> AnswerUnclear:
    """Return the fact of a word with lines beside it that nobody understands."""
    source = play.source("sekretaris", proof=proof, address="sekretaris@surel.example")
    return AnswerUnclear(at=play.at, source=source, said=said, about=about)


def test_what_stood_beside_an_approving_word_is_repeated_once_and_asked_about() -> None:
    """The word, the version it is about, his lines; in his thread, about that very mail, and written down."""
    play = reviewing()
    before, fact = play.cycle, doubts(play)
    outcome = play.happens(fact)
    (letter,) = outcome.letters
    assert outcome.cycle is before
    assert letter.about == Doubted(word=Word.SETUJU, version=1)
    assert (letter.remarks, letter.asks, letter.answers_mail) == (LINES, NOW, fact.source.mail_sha256)
    assert (letter.to, letter.address, letter.answers) == ("sekretaris", fact.source.address, fact.source.answers)
    assert letter.key == f"doubted/2025/{fact.source.mail_sha256[:16]}/review/1"
    (line,) = outcome.journal
    assert (line.at, line.event, line.actor) == (play.at, "word_doubted", "sekretaris")
    assert dict(line.detail) == {"word": "SETUJU", "mail": fact.source.mail_sha256}


def test_in_row_1_it_is_about_no_version() -> None:
    """There is no draft yet."""
    play = Play(at=wib(5, 9)).opens()
    (letter,) = play.happens(doubts(play, Asked(step=Step.INFORM, version=1))).letters
    assert letter.about == Doubted(word=Word.SETUJU, version=None)


@pytest.mark.parametrize("about", [None, Asked(step=Step.REVIEW, version=2), Asked(step=Step.DRAFT, version=1)])
def test_a_word_that_could_not_count_is_asked_for_anew(about: Asked | None) -> None:
    """BENAR would let nothing count: the exact word is asked for, bound to nothing."""
    play = reviewing()
    fact = doubts(play, about)
    (letter,) = play.happens(fact).letters
    assert letter.about == Unclear()
    assert (letter.asks, letter.remarks, letter.answers_mail) == (None, DOUBT.remarks, fact.source.mail_sha256)


def test_of_an_unproved_mail_nothing_is_repeated() -> None:
    """The code is asked for, and that something stood beside the word is said."""
    play = reviewing()
    fact = doubts(play, proof=Proof.NONE)
    (letter,) = play.happens(fact).letters
    assert letter.about == Challenge(word=Word.SETUJU, beside=True)
    assert (letter.remarks, letter.address) == ((), "sekretaris@example.go.id")
    assert letter.key == f"challenge/2025/sekretaris/{fact.source.mail_sha256}/review/1"
    assert letter.due_at == play.at + timedelta(days=OFFICE.policy.code_valid_days)
    (line,) = [line for line in play.journal if line.event == "word_unproved"]
    assert (line.at, line.actor, dict(line.detail)) == (play.at, "sekretaris", {"word": "SETUJU"})
    (letter,) = play.happens(doubts(play, None, proof=Proof.NONE)).letters
    assert (letter.about, letter.remarks) == (Unclear(), ())


def test_the_question_for_the_exact_word_may_be_answered_with_it_where_it_is_asked_for() -> None:
    """With the reason that is known, and the remarks kept; written down with both."""
    play = reviewing()
    fact = replace(doubts(play, said=Said(remarks=LINES)), reason=Reason.REMARKS)
    outcome = play.happens(fact)
    letter = outcome.letters[0]
    assert (letter.about, letter.asks, letter.remarks) == (Unclear(reason=Reason.REMARKS), NOW, LINES)
    assert letter.key == f"unclear/2025/{fact.source.mail_sha256[:16]}/review/1"
    assert dict(outcome.journal[0].detail) == {"kind": "unclear", "word": "", "reason": "remarks"}
    assert (outcome.journal[0].at, outcome.journal[0].actor) == (play.at, "sekretaris")


def test_a_refusal_names_the_unit_only_where_it_is_about_one() -> None:
    """TUNDA in a closed cycle is about the unit's form; lines that are gone are nobody's."""
    play = closed()
    (letter,) = play.asks("kabid-capil", Word.TUNDA, "1", unit="CAPIL").letters
    assert letter.unit == "CAPIL"
    assert play.asks("perencanaan", Word.TERIMA, "CAPIL dicek", unit="CAPIL").letters[0].unit == ""
    fact = LinesAnswered(
        at=play.at, source=play.source("kabid-capil"), unit="CAPIL", number=1, word=Word.BENAR, last={}
    )
    assert play.happens(fact).letters[0].kind is LetterKind.OUT_OF_TURN


def test_a_letter_of_our_own_waits_for_office_hours_and_an_answer_does_not() -> None:
    """Nobody's telephone rings at night for what he did not ask for."""
    play = collecting()
    play.at = wib(8, 22)
    answer = play.asks("kabid-capil", Word.STATUS, unit="CAPIL").letters[0]
    assert (answer.send_after, answer.answers is not None) == (None, True)
    told = play.asks("perencanaan", Word.PERPANJANG, "CAPIL 19-01-2026").letters[1]
    assert (told.send_after, told.answers) == (wib(9, 7.5), None)


@pytest.mark.parametrize("about", [Unplaced(), Unplaced(reason=Reason.UNREAD), Unplaced(reason=Reason.TOO_LARGE)])
def test_a_mail_that_could_not_be_read_is_told_to_be_so(about: Unplaced) -> None:
    """Another that could not be placed is answered kindly, and nothing else is said of it."""
    play = collecting()
    outcome = play.happens(MailUnplaced(at=play.at, source=play.source("kabid-capil"), reason=about.reason))
    assert outcome.letters[0].about == about
    assert (outcome.journal[0].at, outcome.journal[0].actor) == (play.at, "kabid-capil")
