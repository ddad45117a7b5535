"""What a day brought is told from the journal and the cycle, unit by unit; when it hears of what is a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailbot.core.daily.news import is_reason, may_wait, news_of, told_of
from mailbot.core.daily.policy import LETTERS, News
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import Change, LetterKind
from mailbot.core.model.mail import Proof
from mailbot.core.model.people import Role
from tests.core.play import Play, closed, collecting, drafting, reviewing, with_policy
from tests.core.small_forms import faulty, whole
from tests.offices.small import OFFICE, wib

if TYPE_CHECKING:
    from datetime import datetime


def day(play: Play) -> tuple[News, ...]:
    """Return what is told of all that happened."""
    return tuple(one.news for one in told_of(play.journal, OFFICE))


def test_every_unit_stands_in_it_while_forms_come() -> None:
    """Accepted with what changed, returned with how often, still owed and late since when."""
    play = collecting()
    play.sends("DAFDUK", faulty("DAFDUK"))
    play.sends("DAFDUK")
    play.sends("CAPIL", faulty("CAPIL"))
    at = wib(19, 9)
    news = news_of(play.cycle, told_of(play.journal, OFFICE), at, OFFICE)
    units = {unit.unit: unit for unit in news.units}
    assert set(units) == {form.unit for form in play.cycle.units}
    assert news.count(UnitState.ACCEPTED) == news.count(UnitState.RETURNED) == 1
    accepted, returned, silent = units["DAFDUK"], units["CAPIL"], units["SEKRETARIAT"]
    assert accepted.accepted == play.unit("DAFDUK").counting
    assert [one.news for one in accepted.told] == [News.RETURNED, News.ACCEPTED]
    assert (returned.accepted, returned.returned, len(returned.forms)) == (None, 1, 1)
    assert (silent.told, silent.late_days > 0, accepted.late_days) == ((), True, 0)
    assert news.may_be_returned


@pytest.mark.parametrize(
    ("form", "on", "waits"),
    [
        ("good", wib(8, 8), True),
        ("good", wib(9, 8), False),  # the second morning
        ("otherwise", wib(8, 8), False),
        ("back", wib(8, 8), False),
        ("unproved", wib(8, 8), False),
        ("stranger", wib(8, 8), False),
    ],
)
def test_forms_in_order_and_nothing_else_wait_a_day_for_another_letter(form: str, on: datetime, *, waits: bool) -> None:
    """What went back, is otherwise than before, or came from who knows whom is told the next morning."""
    play = collecting()
    play.sends("CAPIL")
    if form in {"unproved", "stranger"}:
        unit = play.unit("CAPIL")
        other = {"proof": Proof.NONE} if form == "unproved" else {"sender": "warnet@example.com"}
        sent = tuple(replace(one, **other) for one in unit.submissions)
        units = (replace(one, submissions=sent) if one is unit else one for one in play.cycle.units)
        play.now = replace(play.cycle, units=tuple(units))
    if form == "otherwise":
        play.sends("CAPIL", whole("CAPIL", IKK_10="2.5"))
    if form == "back":
        play.sends("DAFDUK", faulty("DAFDUK"))
    news = news_of(play.cycle, told_of(play.journal, OFFICE), on, OFFICE)
    assert any(unit.told for unit in news.units)
    assert may_wait((news,), on, OFFICE) == waits


def test_what_an_accepted_form_says_otherwise_is_told() -> None:
    """Against the one that counted before."""
    play = collecting()
    play.sends("CAPIL")
    before = len(play.journal)
    play.sends("CAPIL", whole("CAPIL", IKK_10="2.5"))
    told = told_of(play.journal[before:], OFFICE)
    (unit,) = (one for one in news_of(play.cycle, told, play.at, OFFICE).units if one.told)
    assert unit.changes == (Change(code="IKK-10", old="2.7", new="2.5"),)


def test_later_only_units_of_which_there_is_news_stand_in_it() -> None:
    """And no form can be sent back any more."""
    play = reviewing()
    before = len(play.journal)
    play.sends("CAPIL", whole("CAPIL", IKK_10="2.5"))
    news = news_of(play.cycle, told_of(play.journal[before:], OFFICE), play.at, OFFICE)
    assert [unit.unit for unit in news.units] == ["CAPIL"]
    assert not news.awaits_forms
    assert not news.may_be_returned


def test_what_it_has_said_or_had_at_once_is_no_news_to_it() -> None:
    """Its own TERUSKAN, and a refusal, which came as a letter; another's consent is told, and is no reason alone."""
    play = reviewing()
    assert News.VERDICT not in day(drafting())
    before = len(play.journal)
    play.says("sekretaris", Word.SETUJU)
    told = told_of(play.journal[before:], OFFICE)
    assert [(one.news, one.actor) for one in told] == [(News.VERDICT, "sekretaris")]
    assert not is_reason(told)
    again = reviewing()
    before = len(again.journal)
    again.says("sekretaris", Word.PERBAIKI, "Tabel 3.1")
    assert told_of(again.journal[before:], OFFICE) == ()


def test_a_word_that_was_taken_back_is_not_told() -> None:
    """The one that was given after it is."""
    play = Play(at=wib(5, 9)).opens()
    play.office = with_policy(replace(OFFICE.policy, recall_minutes=30))
    before = len(play.journal)
    play.says("sekretaris", Word.SETUJU)
    play.asks("sekretaris", Word.BATAL)
    given = told_of(play.journal[before:], OFFICE)
    assert [one.news for one in given] == [News.VERDICT]
    assert news_of(play.cycle, given, play.at, OFFICE).told == ()
    play.says("sekretaris", Word.SETUJU)
    again = news_of(play.cycle, told_of(play.journal[before:], OFFICE), play.at, OFFICE)
    assert [one.at for one in again.told] == [play.cycle.verdicts[-1].given_at]


def test_a_letter_waits_for_nobody_where_the_cycle_is_closed() -> None:
    """Late forms are told all the same."""
    play = closed()
    before = len(play.journal)
    play.sends("CAPIL", whole("CAPIL", IKK_10="2.5"))
    told = told_of(play.journal[before:], OFFICE)
    assert is_reason(told)
    assert news_of(play.cycle, told, play.at, OFFICE).waits_for_it is None


def test_the_draft_in_its_hands_is_said_to_wait_for_it() -> None:
    """Until the row's deadline."""
    play = drafting()
    assert news_of(play.cycle, (), play.at, OFFICE).waits_for_it == play.cycle.due_at


@pytest.mark.parametrize("make", [collecting, drafting, reviewing, closed])
def test_what_subbag_program_gets_unasked_stands_in_the_table(make: type[Play]) -> None:
    """No letter of the core comes to it by itself that the policy does not name."""
    planning = {person.key for person in OFFICE.roster.people if person.role is Role.PLANNING}
    unasked = {letter.kind for letter in make().letters if letter.to in planning and letter.answers is None}
    assert unasked <= set(LETTERS)
    assert LetterKind.UNIT_ACCEPTED not in LETTERS
