"""PERPANJANG without a unit: the row's word gets more time, from anybody of the house who does not owe it himself."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mailbot.core.configuration.letters_of_configuration import DeadlineMoved
from mailbot.core.language.reply_words import Word, read_words
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_of_rows import Escalation
from mailbot.core.model.mail import Proof
from mailbot.core.model.people import Role
from mailbot.core.sorting.said import lexicon_of
from tests.core.play import Play, collecting, drafting, ratifying, reviewing, submitted, value_of
from tests.offices.small import OFFICE, wib

NEW = "20-02-2026"
UNTIL = wib(20, 16, month=2)


def silent(play: Play, until: datetime) -> Play:
    """Let days pass on which nobody says anything."""
    at = OFFICE.calendar.opening(OFFICE.calendar.next_working_day(play.at.date())) + timedelta(hours=1)
    while at < until:
        play.clock(at)
        at += timedelta(days=1)
    return play


@pytest.mark.parametrize(
    ("play", "by", "owes"),
    [
        (drafting, "sekretaris", "perencanaan"),
        (reviewing, "perencanaan", "sekretaris"),
        (reviewing, "kadis", "sekretaris"),
        (ratifying, "perencanaan", "kadis"),
        (ratifying, "sekretaris", "kadis"),
        (submitted, "perencanaan", "bappeda"),
    ],
)
def test_reminders_that_have_ended_begin_anew_with_the_new_deadline(play: type[Play], by: str, owes: str) -> None:
    """Whoever gives the time is told that it counts, whoever owes the word hears by whom, and is reminded again."""
    played = silent(play(), wib(18, 9, month=2))
    assert played.cycle.reminders == OFFICE.policy.most_per_debt
    former = played.cycle.due_at
    outcome = played.asks(by, Word.PERPANJANG, NEW)
    assert (outcome.cycle.due_at, outcome.cycle.reminders, outcome.cycle.told_above) == (UNTIL, 0, ())
    noted, told = outcome.letters
    assert (noted.kind, noted.to, noted.due_at) == (LetterKind.VERDICT_NOTED, by, UNTIL)
    assert (told.about, told.to, told.due_at) == (DeadlineMoved(former=former, by=by), owes, UNTIL)
    assert [line.event for line in outcome.journal] == ["row_extended"]
    before = len(played.letters)
    silent(played, wib(28, 9, month=2))
    reminds = {LetterKind.REMINDER, LetterKind.REMINDER_TODAY}
    assert owes in {letter.to for letter in played.letters[before:] if letter.kind in reminds}


@pytest.mark.parametrize(
    ("play", "by"),
    [(reviewing, "sekretaris"), (drafting, "perencanaan"), (ratifying, "kadis"), (reviewing, "kabid-capil")],
)
def test_nobody_gives_more_time_to_himself_or_where_it_is_not_his_to_give(play: type[Play], by: str) -> None:
    """The answer names whose it is."""
    played = play()
    outcome = played.asks(by, Word.PERPANJANG, NEW)
    assert outcome.cycle == played.cycle
    assert [letter.kind for letter in outcome.letters] == [LetterKind.NOT_YOURS]
    owes = {"sekretaris": Role.SECRETARY, "perencanaan": Role.PLANNING, "kadis": Role.AGENCY_HEAD}.get(by)
    roles = value_of(outcome.letters[0], "role")
    assert isinstance(roles, tuple)
    assert owes not in roles
    assert roles


def test_it_is_proved_like_any_order_and_needs_a_working_day_to_come() -> None:
    """A code is asked for; a Sunday, a day gone by, or no day is asked back; a unit is not what the row waits for."""
    play = reviewing()
    assert play.asks("kadis", Word.PERPANJANG, NEW, proof=Proof.NONE).letters[0].kind is LetterKind.CHALLENGE
    for given in ("22-02-2026", "05-01-2026", ""):
        assert play.asks("kadis", Word.PERPANJANG, given).letters[0].kind is LetterKind.UNCLEAR
    assert play.asks("perencanaan", Word.PERPANJANG, f"CAPIL {NEW}").letters[0].kind is LetterKind.OUT_OF_TURN
    assert collecting().asks("perencanaan", Word.PERPANJANG, NEW).letters[0].kind is LetterKind.UNCLEAR


@pytest.mark.parametrize("typed", [f"PERPANJANG {NEW}", "perpanjang 20 Februari 2026", "Perpanjang: 2026-02-20"])
def test_it_is_read_as_people_type_it(typed: str) -> None:
    """With a date in place of a unit."""
    said = read_words(typed, lexicon_of(OFFICE, ()))
    assert said.word is Word.PERPANJANG
    assert read_words("Perpanjang waktu tidak mungkin lagi", lexicon_of(OFFICE, ())).word is None


def test_of_the_silence_of_the_kepala_dinas_two_hear_what_can_be_done() -> None:
    """The Sekretaris once it is late, and both he and Subbag Program once the reminders have ended; each once."""
    play = silent(ratifying(), wib(10, 9, month=3))
    told = [
        (letter.to, tuple(why.value for one in letter.about.told for why in one.why))
        for letter in play.all_letters(LetterKind.ESCALATION)
        if isinstance(letter.about, Escalation)
    ]
    assert told == [("sekretaris", ("late",)), ("sekretaris", ("stopped",)), ("perencanaan", ("stopped",))]
