"""What the Sekretaris writes in row 1 and what it does to his silence: it holds the row, begins it anew, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import AnswerUnclear, MailUnplaced
from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from tests.core.play import Play, with_policy
from tests.offices.small import OFFICE, wib

DUE = wib(6, 16)
"""Row 1 ends by silence on Tuesday, if nothing is written."""
ANEW = wib(7, 16)
"""So it does if its time begins anew on Tuesday morning."""
TWICE = wib(7, 16)
"""The time of row 1, twice, from Monday on."""
TUESDAY = wib(6, 9)


def asked(at: datetime = TUESDAY) -> Play:
    """Return the annual cycle in row 1, opened on Monday; the Sekretaris writes on Tuesday morning."""
    play = Play(at=wib(5, 9)).opens()
    assert play.cycle.due_at == DUE
    play.at = at
    return play


def writes(play: Play, person: str = "sekretaris", *, proof: Proof = Proof.AUTHENTICATED, thanks: bool = False) -> None:
    """Write something that is no word."""
    play.happens(MailUnplaced(at=play.at, source=play.source(person, proof=proof), courtesy=thanks))


def test_words_of_his_hold_the_row_for_good_and_begin_its_time_anew() -> None:
    """He is reminded from the new deadline on; only his word ends the row."""
    play = asked()
    writes(play)
    assert (play.cycle.undecided, play.cycle.due_at) == (True, ANEW)
    play.clock(wib(30, 16))
    assert play.step() is Step.INFORM


@pytest.mark.parametrize("word", [Word.BANTUAN, Word.TUNDA, Word.SALAH, Word.NIHIL, Word.TERIMA])
def test_an_order_of_his_may_be_an_objection(word: Word) -> None:
    """Whatever he asks for: it is no consent."""
    play = asked()
    play.asks("sekretaris", word, "2 HARI")
    assert (play.cycle.undecided, play.cycle.due_at) == (True, ANEW)


def test_an_unclear_answer_and_another_row_s_word_hold_the_row() -> None:
    """Both were meant as a decision, and decide nothing."""
    play = asked()
    play.happens(AnswerUnclear(at=play.at, source=play.source("sekretaris"), said=Said(word=None, remarks=("Hm.",))))
    assert play.cycle.undecided
    play = asked()
    play.says("sekretaris", Word.DISAHKAN)
    assert play.cycle.undecided


@pytest.mark.parametrize("word", [Word.STATUS, Word.FORM, Word.DRAF, Word.ASAL])
def test_who_asks_to_see_something_has_said_nothing_about_it(word: Word) -> None:
    """Row 1 stands as it stood."""
    play = asked()
    before = play.cycle
    play.asks("sekretaris", word)
    assert play.cycle is before


def test_a_courtesy_begins_the_time_anew_and_holds_nothing() -> None:
    """Thanks is no objection; after real words, thanks do not let the row go either."""
    play = asked()
    writes(play, thanks=True)
    assert (play.cycle.undecided, play.cycle.due_at) == (False, ANEW)
    play = asked()
    play.happens(AnswerUnclear(at=play.at, source=play.source("sekretaris"), said=Said(word=None), courtesy=True))
    assert (play.cycle.undecided, play.cycle.due_at) == (False, ANEW)
    writes(play)
    writes(play, thanks=True)
    assert play.cycle.undecided


def test_a_courtesy_of_the_first_morning_shortens_nothing() -> None:
    """The deadline that was announced stays the earliest."""
    play = asked(wib(5, 10))
    late = replace(play.cycle, due_at=wib(20, 16))
    play.now = late
    writes(play, thanks=True)
    assert play.cycle.due_at == wib(20, 16)


def test_unproved_words_put_the_end_off_once_and_not_for_ever() -> None:
    """A mail a day in his name: twice the row's time, counted from its beginning, is the most."""
    play = asked()
    writes(play, proof=Proof.NONE)
    assert (play.cycle.undecided, play.cycle.due_at) == (False, TWICE)
    play.at = wib(7, 9)
    writes(play, proof=Proof.NONE)
    assert play.cycle.due_at == TWICE
    writes(play)
    assert (play.cycle.undecided, play.cycle.due_at) == (True, wib(8, 16))


def test_unproved_words_of_the_first_day_begin_the_time_anew_from_that_day() -> None:
    """Not the whole of the second term is theirs at once."""
    play = Play(at=wib(5, 9)).opens()
    writes(play, proof=Proof.NONE)
    assert play.cycle.due_at == DUE


def test_an_office_that_asks_for_no_proof_believes_him_as_he_is_listed() -> None:
    """His words hold the row as proved ones do elsewhere."""
    play = Play(office=with_policy(replace(OFFICE.policy, proof_required=False)), at=wib(5, 9)).opens()
    play.at = wib(7, 9)
    writes(play, proof=Proof.NONE)
    assert (play.cycle.undecided, play.cycle.due_at) == (True, wib(8, 16))


@pytest.mark.parametrize("thanks", [False, True])
def test_what_our_server_found_false_changes_nothing(thanks: bool) -> None:  # noqa: FBT001 - a case of the test
    """It is not his, whatever it says."""
    play = asked()
    before = play.cycle
    writes(play, proof=Proof.FAILED, thanks=thanks)
    assert play.cycle is before


@pytest.mark.parametrize("person", ["perencanaan", "kadis", "kabid-capil", "bappeda"])
def test_what_others_write_is_not_his(person: str) -> None:
    """Row 1 is the Sekretaris' alone."""
    play = asked()
    before = play.cycle
    writes(play, person)
    assert play.cycle is before


def test_what_he_writes_in_another_row_moves_no_deadline() -> None:
    """Row 6b waits for his word in any case; a closed cycle and an objection that was made are as they are."""
    play = asked()
    play.says("sekretaris", Word.SETUJU)
    before = play.cycle
    assert before.step is not Step.INFORM
    writes(play)
    assert play.cycle is before
    play = asked()
    play.says("sekretaris", Word.KEBERATAN)
    before = play.cycle
    play.at = wib(8, 9)
    writes(play)
    assert play.cycle is before


def test_his_consent_puts_off_nothing_of_the_row_it_leads_to() -> None:
    """Row 2 begins with its own time, undecided by nobody."""
    play = asked()
    writes(play)
    play.says("sekretaris", Word.SETUJU)
    other = asked()
    other.says("sekretaris", Word.SETUJU)
    assert (play.cycle.undecided, play.cycle.due_at) == (False, other.cycle.due_at)
