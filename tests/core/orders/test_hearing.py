"""What people write that is no word: whose move it is, his words reach Subbag Program at once, if they are proved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Said
from mailbot.core.model.facts import AnswerUnclear, MailUnplaced
from mailbot.core.model.letters import Letter, LetterKind, Reason
from mailbot.core.model.letters_in_answer import Unclear
from mailbot.core.model.letters_to_operator import Heard, HeardMail
from mailbot.core.model.mail import Proof
from mailbot.core.model.people import Role
from tests.core.play import Play, reviewing, with_policy
from tests.offices.small import OFFICE, wib

WORDS = ("Masih saya pelajari.", "Besok saya kabari.")


def remarks(play: Play, person: str = "sekretaris", proof: Proof = Proof.AUTHENTICATED) -> list[Letter]:
    """Write remarks in answer to the letter of the review; return every letter that follows."""
    source = play.source(person, proof=proof)
    source = replace(source, answers=replace(source.answers, subject="Re: Mohon reviu"), received_at=wib(12, 10))
    said = Said(remarks=WORDS)
    fact = AnswerUnclear(
        at=play.at, source=source, said=said, about=play.last_asked("sekretaris"), reason=Reason.REMARKS
    )
    return list(play.happens(fact).letters)


def unplaced(play: Play, person: str = "sekretaris", *, in_turn: bool = True) -> list[Letter]:
    """Write something that nobody can place; return every letter that follows."""
    fact = MailUnplaced(at=play.at, source=play.source(person), remarks=WORDS, in_turn=in_turn)
    return list(play.happens(fact).letters)


def test_remarks_of_whoever_is_in_turn_reach_subbag_program_with_the_question() -> None:
    """He is asked for the word, and they read what he wrote, under which subject, and when."""
    play = reviewing()
    asked, told = remarks(play)
    assert asked.about == Unclear(reason=Reason.REMARKS)
    assert (asked.to, asked.remarks, asked.asks) == ("sekretaris", WORDS, play.last_asked("sekretaris"))
    mail = HeardMail(
        person="sekretaris",
        address="sekretaris@example.go.id",
        at=wib(12, 10),
        subject="Re: Mohon reviu",
        words=WORDS,
    )
    assert told.about == Heard(mails=(mail,))
    assert (told.to, told.address) == ("perencanaan", "perencanaan@example.go.id")
    sha256 = f"{play.mails:08x}" * 8
    assert told.key == f"heard/2025/{sha256[:16]}"
    assert (told.answers, told.cycle, asked.answers_mail) == (None, "2025", sha256)


@pytest.mark.parametrize("proof", [Proof.NONE, Proof.FAILED])
def test_of_words_that_are_not_proved_only_that_they_came_is_told(proof: Proof) -> None:
    """Neither in the question nor to Subbag Program."""
    asked, told = remarks(reviewing(), proof=proof)
    assert asked.remarks == ()
    assert isinstance(told.about, Heard)
    assert [mail.words for mail in told.about.mails] == [()]


def test_an_office_that_asks_for_no_proof_reads_the_words_of_its_list() -> None:
    """As it believes whoever is listed in everything else."""
    play = reviewing(with_policy(replace(OFFICE.policy, proof_required=False)))
    _, told = remarks(play, proof=Proof.NONE)
    assert isinstance(told.about, Heard)
    assert told.about.mails[0].words == WORDS


def test_what_is_unclear_for_another_reason_is_between_us_and_him() -> None:
    """Subbag Program gets it in the letter of the day, if at all."""
    play = reviewing()
    fact = AnswerUnclear(at=play.at, source=play.source("sekretaris"), said=Said(remarks=WORDS), reason=Reason.BAD_CODE)
    assert [letter.kind for letter in play.happens(fact).letters] == [LetterKind.UNCLEAR]


def test_what_cannot_be_placed_reaches_subbag_program_where_it_is_the_senders_move() -> None:
    """The answer is kind, and somebody reads it; of anybody else it waits for the letter of the day."""
    answer, told = unplaced(reviewing())
    assert (answer.kind, answer.to) == (LetterKind.UNPLACED, "sekretaris")
    assert isinstance(told.about, Heard)
    assert (told.to, [mail.words for mail in told.about.mails]) == ("perencanaan", [WORDS])
    assert [letter.kind for letter in unplaced(reviewing(), in_turn=False)] == [LetterKind.UNPLACED]


def test_subbag_program_is_not_told_of_its_own_words() -> None:
    """Nor is anybody where nobody holds the post."""
    assert [letter.kind for letter in unplaced(reviewing(), "perencanaan")] == [LetterKind.UNPLACED]
    play = reviewing()
    people = tuple(person for person in OFFICE.roster.people if person.role is not Role.PLANNING)
    play.office = replace(OFFICE, roster=replace(OFFICE.roster, people=people))
    assert [letter.kind for letter in unplaced(play)] == [LetterKind.UNPLACED]


def test_who_held_the_post_when_the_mail_came_is_told() -> None:
    """A mail of the last day of one holder, worked on the first of the next."""
    planning = OFFICE.roster.person("perencanaan")
    former = replace(planning, key="perencanaan-lama", until=wib(12, 12).date())
    coming = replace(planning, since=wib(13, 12).date(), addresses=("baru@example.go.id",))
    others = tuple(person for person in OFFICE.roster.people if person is not planning)
    play = reviewing()
    play.office = replace(OFFICE, roster=replace(OFFICE.roster, people=(*others, former, coming)))
    play.at = wib(13, 9)
    _, told = remarks(play)
    assert (told.to, told.address) == ("perencanaan-lama", "perencanaan@example.go.id")
