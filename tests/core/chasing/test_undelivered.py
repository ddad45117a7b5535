"""Letters that did not arrive: told the same day, and tried once at the second address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import LetterUndelivered
from mailbot.core.model.letters import Letter, LetterKind
from mailbot.core.model.letters_to_operator import Undelivered
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from tests.core.play import Play, closed, collecting, drafting, reviewing, submitted
from tests.core.procedure.test_rows import vacant
from tests.offices.small import OFFICE, wib


def bounces(play: Play, letter: Letter, *, permanent: bool = True) -> Outcome:
    """Let a letter come back."""
    return play.happens(
        LetterUndelivered(
            at=play.at,
            letter=letter.key,
            kind=letter.kind.value,
            person=letter.to,
            address=letter.address,
            status="5.1.1",
            permanent=permanent,
            received_at=play.at,
        )
    )


def test_operator_and_subbag_program_are_told_and_the_second_address_is_tried() -> None:
    """The request leaves again, the same in all but key and address."""
    play = collecting()
    before = play.cycle
    request = play.letter(LetterKind.REQUEST, "kabid-dafduk")
    outcome = bounces(play, request)
    assert outcome.cycle is before
    operator, planning, again = outcome.letters
    assert [(letter.kind, letter.to) for letter in (operator, planning)] == [
        (LetterKind.UNDELIVERED, "operator"),
        (LetterKind.UNDELIVERED, "perencanaan"),
    ]
    assert operator.about == Undelivered(
        letter_key=request.key,
        kind=LetterKind.REQUEST,
        person="kabid-dafduk",
        address="kabid.dafduk@example.go.id",
        reply="5.1.1",
    )
    assert again.key == "request/2025/dafduk/second/kabid-dafduk"
    assert again.address == "dafduk.cadangan@example.go.id"
    assert replace(again, key=request.key, address=request.address, send_after=request.send_after) == request


def test_the_second_address_is_tried_once() -> None:
    """Its bounce is told, and that is all."""
    play = collecting()
    bounces(play, play.letter(LetterKind.REQUEST, "kabid-dafduk"))
    again = play.letters[-1]
    assert [letter.kind for letter in bounces(play, again).letters] == [LetterKind.UNDELIVERED, LetterKind.UNDELIVERED]


def test_a_delay_is_written_down_and_told_to_nobody() -> None:
    """The mail server still tries."""
    play = collecting()
    outcome = bounces(play, play.letter(LetterKind.REQUEST, "kabid-dafduk"), permanent=False)
    assert (outcome.letters, [line.event for line in outcome.journal]) == ((), ["letter_undelivered"])


def test_a_notice_that_comes_back_makes_no_further_notice() -> None:
    """And nobody is written to about his own dead address."""
    play = collecting()
    told = bounces(play, play.letter(LetterKind.REQUEST, "kabid-capil")).letters
    assert [letter.to for letter in told] == ["operator", "perencanaan"]
    assert bounces(play, told[0]).letters == ()
    play = drafting()
    assert [letter.to for letter in bounces(play, play.letter(LetterKind.DRAFT)).letters] == ["operator"]


def with_second(person: str) -> Play:
    """Return the cycle in row 6 in an office where that person has a second address."""
    people = tuple(
        replace(somebody, second_address="kedua@example.go.id") if somebody.key == person else somebody
        for somebody in OFFICE.roster.people
    )
    return drafting(replace(OFFICE, roster=replace(OFFICE.roster, people=people)))


def test_whatever_asks_for_something_now_is_tried_again_and_may_be_answered_there() -> None:
    """The review, at the Sekretaris's second address; an answer to that letter counts."""
    play = with_second("sekretaris")
    play.says("perencanaan", Word.TERUSKAN)
    again = bounces(play, play.letter(LetterKind.REVIEW)).letters[-1]
    assert (again.key, again.address) == ("review/2025/second/1", "kedua@example.go.id")
    play.says("sekretaris", Word.SETUJU, about=again.asks)
    assert play.step().value == "ratify"


def test_the_draft_s_letter_is_tried_again_too() -> None:
    """Subbag Program's second address."""
    play = with_second("perencanaan")
    assert bounces(play, play.letter(LetterKind.DRAFT)).letters[-1].key == "draft/2025/second/1"


@pytest.mark.parametrize("person", ["sekretaris", "perencanaan"])
def test_what_no_longer_stands_is_not_tried_again(person: str) -> None:
    """The data needs when the draft is there; a request whose form is in; anything of a closed cycle."""
    play = with_second(person)
    kinds = [letter.kind for letter in bounces(play, play.letter(LetterKind.DATA_NEEDS)).letters]
    assert set(kinds) == {LetterKind.UNDELIVERED}
    assert LetterKind.REQUEST not in {letter.kind for letter in bounces(play, play.letters[2]).letters}


def test_a_request_of_a_form_that_is_in_is_not_tried_again() -> None:
    """The unit has answered meanwhile, by another way."""
    play = collecting()
    request = play.letter(LetterKind.REQUEST, "kabid-dafduk")
    play.sends("DAFDUK", by="kasi-identitas")
    assert {letter.kind for letter in bounces(play, request).letters} == {LetterKind.UNDELIVERED}


def test_the_letters_of_a_closed_cycle_are_told_and_not_tried_again() -> None:
    """The report was acknowledged."""
    play = closed()
    before = play.cycle
    outcome = bounces(play, play.letter(LetterKind.CLOSED, "kadis"))
    assert (outcome.cycle is before, len(outcome.letters)) == (True, 2)


def test_nobody_is_told_where_nobody_is_there() -> None:
    """Neither operator nor Subbag Program; the journal has it."""
    play = reviewing()
    play.office = vacant(Role.OPERATOR, Role.PLANNING)
    outcome = bounces(play, play.letter(LetterKind.REVIEW))
    assert outcome.letters == ()
    assert play.journal[-1].event == "letter_undelivered"


def test_the_submission_is_tried_again_at_bappeda_s_second_address() -> None:
    """With report and cover letter."""
    people = tuple(
        replace(person, second_address="arsip@example.go.id") if person.key == "bappeda" else person
        for person in OFFICE.roster.people
    )
    play = submitted(replace(OFFICE, roster=replace(OFFICE.roster, people=people)))
    play.at = wib(13, 9)
    again = bounces(play, play.letter(LetterKind.SUBMISSION)).letters[-1]
    assert (again.key, again.address) == ("submission/2025/second/1", "arsip@example.go.id")
    assert len(again.enclosures) == 2


def test_what_failed_at_the_second_address_is_not_tried_there_again() -> None:
    """It went there because the first is known to fail."""
    play = collecting()
    there = replace(play.letter(LetterKind.REQUEST, "kabid-dafduk"), address="dafduk.cadangan@example.go.id")
    assert {letter.kind for letter in bounces(play, there).letters} == {LetterKind.UNDELIVERED}
