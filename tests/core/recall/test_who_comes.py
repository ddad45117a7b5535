"""Who comes to a post while something lies with it: a successor, a Plh. whose day begins, a principal who is back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import TimePassed
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.people import Acting, Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import holder
from mailbot.core.recall.deputies import acting_for, with_deputies
from mailbot.core.recall.deputy_facts import DeputyConfirmed
from mailbot.core.sorting.placing import SentLetter
from mailbot.core.sorting.sorting import sort
from tests.core.desks import desk, mail_of, sent
from tests.core.play import Play, collecting, drafting, ratifying, reviewing, value_of, with_policy
from tests.core.recall.test_deputies import deputised
from tests.offices.small import OFFICE, person, wib

WINDOW = with_policy(replace(OFFICE.policy, recall_minutes=30))


@pytest.mark.parametrize(
    ("standing", "role", "kind", "asks"),
    [
        (drafting, Role.PLANNING, LetterKind.DRAFT, Step.DRAFT),
        (reviewing, Role.SECRETARY, LetterKind.REVIEW, Step.REVIEW),
    ],
)
def test_a_draft_that_lies_with_a_post_is_laid_before_who_comes_to_it(
    standing: object, role: Role, kind: LetterKind, asks: Step
) -> None:
    """On his first day, once; the mail of the day before was read. Who is back has it already."""
    assert callable(standing)
    play: Play = standing()
    plh = replace(person("plh", role), acting=Acting.DAILY_ACTING, since=date(2026, 1, 13), until=date(2026, 1, 14))
    play.office = replace(OFFICE, roster=replace(OFFICE.roster, people=(*OFFICE.roster.people, plh)))
    play.clock(wib(12, 15))
    play.unheard(wib(13, 9), wib(12, 15))
    assert play.all_letters(kind, "plh") == []
    for at in (wib(13, 9), wib(13, 9.5), wib(14, 9), wib(15, 9)):
        play.clock(at)
    (letter,) = play.all_letters(kind, "plh")
    assert (letter.asks.step if letter.asks else None, letter.due_at) == (asks, play.cycle.due_at)
    assert len(play.all_letters(kind)) == 2
    assert play.says("plh", Word.SETUJU, about=letter.asks).cycle.step is not asks


def test_nobody_who_comes_gets_what_was_decided() -> None:
    """A word waits to stand: who comes has nothing to decide."""
    play = replace(reviewing(), office=WINDOW)
    play.says("sekretaris", Word.SETUJU)
    plh = replace(person("plh", Role.SECRETARY), acting=Acting.DAILY_ACTING)
    play.office = replace(WINDOW, roster=replace(OFFICE.roster, people=(*OFFICE.roster.people, plh)))
    play.clock(wib(12, 9.25))
    assert play.all_letters(LetterKind.REVIEW, "plh") == []


def test_row_1_does_not_end_by_the_silence_of_who_was_never_told() -> None:
    """Whoever is Sekretaris now is told, and has the time to object; not where the former one has said something."""
    play = Play(at=wib(5, 9)).opens()
    due = play.cycle.due_at
    plh = replace(person("plh", Role.SECRETARY), acting=Acting.DAILY_ACTING)
    play.office = replace(OFFICE, roster=replace(OFFICE.roster, people=(*OFFICE.roster.people, plh)))
    before = replace(play, letters=list(play.letters), journal=[])
    play.happens(TimePassed(at=due, heard_until=due, untold=True))
    told = play.letter(LetterKind.DATA_NEEDS)
    assert (told.to, play.step(), told.due_at == play.cycle.due_at > due) == ("plh", Step.INFORM, True)
    play.happens(TimePassed(at=play.cycle.due_at, heard_until=play.cycle.due_at, asked_at=due))
    assert play.step() is not Step.INFORM
    before.says("sekretaris", Word.KEBERATAN)
    before.happens(TimePassed(at=due, heard_until=due, untold=True))
    assert before.all_letters(LetterKind.DATA_NEEDS, "plh") == []


def test_what_was_taken_back_is_not_put_in_force() -> None:
    """BENAR after BATAL hears that it is over; nobody is told that somebody stands in."""
    play = ratifying()
    play.asks("kadis", Word.PLH, "kabid-dafduk 13-16 Januari 2026")
    echo = play.letter(LetterKind.DEPUTY_ECHO)
    play.asks("kadis", Word.BATAL)
    play.happens(DeputyConfirmed(at=play.at, source=play.source("kadis"), asked_about=echo.answers_mail))
    assert value_of(play.letters[-1], "reason") is Reason.ALREADY
    assert with_deputies(OFFICE, (play.cycle,)) is OFFICE


def test_whom_he_names_last_stands_in_for_those_days() -> None:
    """Who was named before does so until the day before, or not at all, and hears it."""
    play = deputised(ratifying(), words="kabid-dafduk 13-20 Januari 2026")
    deputised(play, words="kabid-capil 15-16 Januari 2026")
    assert (play.letters[-1].to, value_of(play.letters[-1], "ended")) == ("kabid-dafduk", False)
    assert value_of(play.letters[-1], "until") == wib(14, 16)
    deputised(play, words="kabid-dafduk 1-2 Februari 2026")
    deputised(play, words="kabid-dafduk 15-16 Januari 2026")
    assert (play.letters[-1].to, value_of(play.letters[-1], "ended")) == ("kabid-capil", True)
    office = with_deputies(OFFICE, (play.cycle,))
    heads = [holder(Role.AGENCY_HEAD, office, wib(day, 9)) for day in (13, 14, 15, 16, 17)]
    assert [head.addresses[0] if head else "" for head in heads] == [
        *([OFFICE.roster.person("kabid-dafduk").addresses[0]] * 4),
        OFFICE.roster.person("kadis").addresses[0],
    ]
    elsewhere = deputised(replace(ratifying(), at=wib(12, 10)), words="kabid-capil 13-16 Januari 2026")
    head = holder(Role.AGENCY_HEAD, with_deputies(OFFICE, (play.cycle, elsewhere.cycle)), wib(13, 9))
    assert head is not None
    assert head.key.startswith("plh-kadis-kabid-capil")


def test_who_was_named_and_left_the_list_hears_nothing() -> None:
    """There is nobody to write to; the principal has his answer."""
    play = deputised(ratifying(), words="kabid-dafduk 13-20 Januari 2026")
    people = tuple(one for one in OFFICE.roster.people if one.key != "kabid-dafduk")
    play.office = replace(OFFICE, roster=replace(OFFICE.roster, people=people))
    deputised(play, words="kabid-capil 13-16 Januari 2026")
    assert play.all_letters(LetterKind.DEPUTY_TOLD)[-1].to != "kabid-dafduk"
    assert all(not acting_for(one, play.office) for one in play.cycle.deputies if one.person == "kabid-dafduk")


@pytest.mark.parametrize("who", ["kadis", "kabid-dafduk"])
def test_nobody_stands_in_longer_than_he_and_the_principal_are_there(who: str) -> None:
    """A successor names his own deputy, and who has left the house stands in for nobody."""
    play = deputised(ratifying())
    people = tuple(replace(one, until=date(2026, 1, 14)) if one.key == who else one for one in OFFICE.roster.people)
    office = with_deputies(replace(OFFICE, roster=replace(OFFICE.roster, people=people)), (play.cycle,))
    acting = [one for one in office.roster.people if one.key.startswith("plh-kadis")]
    assert [one.until for one in acting] == [date(2026, 1, 14)]


def test_batal_is_about_what_he_said_last() -> None:
    """A deputy named after the word, the word after the deputy, an order after both; or what the letter is about."""
    play = replace(ratifying(), office=WINDOW)
    deputised(play)
    play.at += timedelta(minutes=5)
    play.says("kadis", Word.DISAHKAN)
    named = play.cycle.deputies
    play.happens(replace(play.asking("kadis", Word.BATAL), about_deputy=True))
    assert play.cycle.deputies[0].ended_at is not None
    play.now = replace(play.cycle, deputies=named)
    play.asks("kadis", Word.BATAL)
    assert (play.cycle.deputies, len(play.cycle.recalled)) == (named, 1)
    play.says("kadis", Word.DISAHKAN)
    play.at += timedelta(minutes=45)
    play.asks("kadis", Word.BATAL)
    assert (play.cycle.deputies, value_of(play.letters[-2], "reason")) == (named, Reason.RECALL_OVER)
    play.asks("kadis", Word.PLH, "kabid-capil 20 Januari 2026")
    play.asks("kadis", Word.BATAL)
    assert [one.ended_at is None for one in play.cycle.deputies] == [True, False]


def test_batal_of_its_own_finds_the_cycle_of_the_order_and_of_the_deputy() -> None:
    """The latest of what can still be taken back, in whichever cycle; a letter about a deputy says what is meant."""
    older = replace(collecting(), office=WINDOW)
    play = replace(ratifying(), office=WINDOW)
    play.now = replace(play.cycle, key="2026-tw1")
    deputised(play)
    mail = replace(mail_of("kadis", "BATAL"), received_at=play.at)

    told = replace(sent(play.letter(LetterKind.DEPUTY_TOLD, "kadis")), cycle="2026-tw1")

    def meant(*letters: SentLetter) -> tuple[str, bool]:
        ((key, fact),) = sort(replace(desk(older.cycle, play.cycle, mail=mail), office=WINDOW, about=letters)).facts
        return key, getattr(fact, "about_deputy", False)

    assert meant() == ("2026-tw1", False)
    assert meant(told) == ("2026-tw1", True)
    play.now = replace(play.cycle, deputies=tuple(replace(one, ended_at=play.at) for one in play.cycle.deputies))
    assert meant() == ("2025", False)
    older.at = play.at
    older.asks("perencanaan", Word.PERPANJANG, "DAFDUK 20 Januari 2026")
    mail = replace(mail_of("perencanaan", "BATAL"), received_at=play.at)
    ((key, _),) = sort(replace(desk(play.cycle, older.cycle, mail=mail), office=WINDOW)).facts
    assert key == "2025"
