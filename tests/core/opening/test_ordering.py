"""Subbag Program is told the working day before what opens, and may put it off or call it off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Answers, LetterKind
from mailbot.core.model.letters_in_answer import Challenge
from mailbot.core.model.mail import Proof, Source
from mailbot.core.opening.announcing import ahead, reminded
from mailbot.core.opening.arranged import Arranged
from mailbot.core.opening.days import Openings, missed
from mailbot.core.opening.letters_of_opening import OpeningAhead, OpeningFate, OpeningMissed, OpeningNoted
from mailbot.core.opening.ordering import OpeningOrder, Ordered, ordered
from tests.core.opening.offices import QUARTERS, returning, wib

OFFICE = returning(closed=frozenset({date(2026, 4, 3)}))
BOTH = replace(QUARTERS, quarters=(4,)), replace(QUARTERS, key="{year}", quarters=())
"""A quarter and its year, which open on one day."""
DAY = date(2026, 4, 6)
EVE = wib(2026, 4, 2, 9)
"""The working day before: Friday is a day off."""


def test_the_letter_comes_on_the_working_day_before_and_once() -> None:
    """Not two days before, not at night, not on the day itself; it names the days and the units."""
    (letter,) = ahead(EVE, OFFICE, {}, dict)
    assert (letter.kind, letter.key, letter.to) == (LetterKind.OPENING_AHEAD, "opening_ahead/2026-04-06", "perencanaan")
    assert isinstance(letter.about, OpeningAhead)
    (one,) = letter.about.openings
    assert (one.key, one.opens_at, one.promised) == ("2026-tw1", wib(2026, 4, 6, 7, 30), True)
    assert one.forms_due_at is not None
    assert one.ends_at is not None
    assert one.opens_at < one.forms_due_at < one.ends_at
    for at in (EVE - timedelta(days=1), wib(2026, 4, 2, 23), wib(2026, 4, 3, 9), wib(2026, 4, 6, 9)):
        assert ahead(at, OFFICE, {}, dict) == (), at


def test_one_letter_names_all_that_opens_that_day() -> None:
    """However many cycles there are."""
    office = returning(*BOTH, closed=frozenset({date(2027, 1, 1)}))
    (letter,) = ahead(wib(2027, 1, 5, 9), office, {}, dict)
    assert isinstance(letter.about, OpeningAhead)
    assert [one.key for one in letter.about.openings] == ["2026", "2026-tw4"]


def test_nobody_is_told_where_the_office_wants_none_or_nothing_opens() -> None:
    """A setting; a cycle that is open; one that was called off."""
    quiet = replace(OFFICE, policy=replace(OFFICE.policy, openings_announced=False))
    assert ahead(EVE, quiet, {}, dict) == ()
    assert ahead(EVE, OFFICE, {}, lambda: {"2026-tw1": None}) == ()
    off = Arranged(key="2026-tw1", starts_on=None, by="operator", at=EVE)
    assert ahead(EVE, OFFICE, {"2026-tw1": off}, dict) == ()


def test_a_cycle_without_targets_is_named_as_one() -> None:
    """There is a day left to fill them in."""
    (letter,) = ahead(EVE, replace(OFFICE, indicators=()), {}, dict)
    assert isinstance(letter.about, OpeningAhead)
    assert [one.promised for one in letter.about.openings] == [False]


def said(
    word: Word,
    arguments: str = "",
    *,
    proof: Proof = Proof.AUTHENTICATED,
    at: datetime = EVE,
    openings: Openings | None = None,
    before: dict[str, Arranged] | None = None,
) -> Ordered:
    """Return what an answer to the letter comes to."""
    source = Source(
        mail_sha256="a" * 64,
        answers=Answers(message_id="<x@example.go.id>", proved=proof.holds),
        address="perencanaan@example.go.id",
        person=OFFICE.roster.person("perencanaan"),
        proof=proof,
        received_at=at,
    )
    order = OpeningOrder(at=at, source=source, word=word, arguments=arguments, day=DAY)
    return ordered(order, OFFICE, before or {}, openings or {})


def fate(done: Ordered) -> OpeningFate:
    """Return what the answer says."""
    assert isinstance(done.letter.about, OpeningNoted)
    return done.letter.about.fate


@pytest.mark.parametrize(
    ("arguments", "day"),
    [
        ("3 HARI", date(2026, 4, 9)),
        ("1 hari kerja", date(2026, 4, 7)),
        ("2", date(2026, 4, 8)),
        ("sampai 10 April 2026", date(2026, 4, 10)),
        ("2026-04-11", date(2026, 4, 13)),  # a Saturday
        ("13-04-2026", date(2026, 4, 13)),
        ("2026-tw1 3 HARI", date(2026, 4, 9)),
        ("10 HARI", date(2026, 4, 20)),
    ],
)
def test_tunda_puts_it_off_by_working_days_or_to_a_day(arguments: str, day: date) -> None:
    """Counted from the day that the letter named; the answer names the new day."""
    done = said(Word.TUNDA, arguments)
    assert (fate(done), [one.starts_on for one in done.arranged]) == (OpeningFate.PUT_OFF, [day])
    assert isinstance(done.letter.about, OpeningNoted)
    assert [OFFICE.calendar.local(one.opens_at).date() for one in done.letter.about.openings] == [day]
    assert [line.event for line in done.journal] == ["opening_put_off"]


@pytest.mark.parametrize(
    "arguments", ["", "dulu ya", "0 HARI", "11 HARI", "2026-04-01", "2026-04-06", "2026-12-31", "99 HARI"]
)
def test_tunda_without_a_day_that_can_be_is_asked_back(arguments: str) -> None:
    """Too long, in the past, or none at all: nothing is put off by a guess."""
    done = said(Word.TUNDA, arguments)
    assert (fate(done), done.arranged, done.journal) == (OpeningFate.NO_DAY, (), ())


def test_the_limit_counts_from_the_day_that_was_planned() -> None:
    """Whoever puts off ten days, and ten more, does not come to twenty."""
    put_off = said(Word.TUNDA, "10 HARI").arranged[0]
    again = said(Word.TUNDA, "11 HARI", before={"2026-tw1": put_off})
    assert fate(again) is OpeningFate.NO_DAY
    sooner = said(Word.TUNDA, "2 HARI", before={"2026-tw1": put_off})
    assert [one.starts_on for one in sooner.arranged] == [date(2026, 4, 8)]


def test_batal_calls_it_off() -> None:
    """It does not open, and is told of no more."""
    done = said(Word.BATAL)
    assert (fate(done), [one.starts_on for one in done.arranged]) == (OpeningFate.CALLED_OFF, [None])
    began = wib(2026, 1, 5)
    kept = {one.key: one for one in done.arranged}
    assert missed(wib(2026, 6, 1), OFFICE, kept, began_at=began, openings={}) == ()


def test_a_word_that_comes_after_the_opening_changes_nothing_and_says_so() -> None:
    """The operator can still cancel it."""
    done = said(Word.BATAL, at=wib(2026, 4, 6, 10), openings={"2026-tw1": None})
    assert (fate(done), done.arranged) == (OpeningFate.OPENED, ())


def test_a_word_of_nobody_proved_is_asked_for_its_code_at_the_registered_address() -> None:
    """Nothing of it counts before the code has come back."""
    done = said(Word.BATAL, proof=Proof.NONE)
    assert isinstance(done.letter.about, Challenge)
    assert (done.letter.address, done.letter.answers_mail, done.arranged) == (
        OFFICE.roster.person("perencanaan").addresses[0],
        "a" * 64,
        (),
    )


def test_one_of_several_is_named_by_its_key() -> None:
    """BATAL 2026-tw4 leaves the other as it is."""
    office = returning(*BOTH, closed=frozenset({date(2027, 1, 1)}))
    source = Source(
        mail_sha256="a" * 64,
        answers=Answers(message_id="<x@example.go.id>", proved=True),
        address="perencanaan@example.go.id",
        person=office.roster.person("perencanaan"),
        proof=Proof.AUTHENTICATED,
        received_at=wib(2027, 1, 5),
    )
    order = OpeningOrder(
        at=wib(2027, 1, 5), source=source, word=Word.BATAL, arguments="2026-TW4.", day=date(2027, 1, 6)
    )
    assert [one.key for one in ordered(order, office, {}, {}).arranged] == ["2026-tw4"]
    both = ordered(replace(order, arguments=""), office, {}, {})
    assert [one.key for one in both.arranged] == ["2026", "2026-tw4"]


def test_what_was_missed_is_told_once_a_week() -> None:
    """In one letter, until somebody decides."""
    at = wib(2026, 4, 20, 9)
    found = missed(at, OFFICE, {}, began_at=wib(2026, 1, 5), openings={})
    (letter,) = reminded(found, at, OFFICE)
    assert isinstance(letter.about, OpeningMissed)
    assert ([one.key for one in letter.about.openings], letter.to) == (["2026-tw1"], "perencanaan")
    (later,) = reminded(found, at + timedelta(days=4), OFFICE)
    (next_week,) = reminded(found, at + timedelta(days=7), OFFICE)
    assert (later.key == letter.key, next_week.key == letter.key) == (True, False)
    assert reminded((), at, OFFICE) == ()
