"""One person, one reminder a day, of all that he owes over units and cycles; and what must hold whatever happens."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.core.chasing.debt import When
from mailbot.core.chasing.debts import asked_debts
from mailbot.core.chasing.gathering import gathered
from mailbot.core.chasing.rhythm import due_now
from mailbot.core.chasing.still_owed import says_what_holds
from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import TimePassed
from mailbot.core.model.letters import EnclosureKind, Letter, LetterKind
from mailbot.core.model.letters_of_rows import Escalation, Reminder
from mailbot.core.model.people import Role
from tests.core.play import Play, collecting, reviewing
from tests.offices.small import HOLIDAYS_2026, OFFICE, QUARTER, wib

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.outcome import Outcome

REMINDS = {LetterKind.REMINDER, LetterKind.REMINDER_TODAY}


def both() -> tuple[Play, Play]:
    """Return the year, whose draft lies with the Sekretaris, beside another cycle that waits for all forms."""
    year, quarter = reviewing(), collecting()
    quarter.now = replace(quarter.cycle, key=QUARTER)
    return year, quarter


def look(play: Play, at: datetime, *others: Play) -> TimePassed:
    """Return a look at the clock that knows what is owed in the other cycles."""
    plain = TimePassed(at=at, heard_until=at)
    beside = tuple(debt for other in others for debt in asked_debts(other.cycle, plain, OFFICE))
    return replace(plain, beside=beside, references=(("", "mb1.0000000000000001"),))


def reminders(letters: tuple[Letter, ...], to: str) -> list[Letter]:
    """Return the reminders to somebody."""
    return [letter for letter in letters if letter.kind in REMINDS and letter.to == to]


def test_what_somebody_owes_in_two_cycles_stands_in_one_letter_led_by_the_most_urgent() -> None:
    """The Sekretaris reviews the year's draft by the 14th, and owes a form of the Sekretariat since the 12th."""
    year, quarter = both()
    at = wib(14, 9)
    of_year, of_quarter = look(year, at, quarter), look(quarter, at, year)
    assert year.happens(of_year).letters == ()
    (letter,) = reminders(quarter.happens(of_quarter).letters, "kepala-sekretariat")
    assert isinstance(letter.about, Reminder)
    assert [(one.cycle, one.unit) for one in letter.about.beside] == [("2025", "")]
    assert (letter.cycle, letter.unit, letter.asks) == (QUARTER, "SEKRETARIAT", None)
    assert (year.cycle.reminders, quarter.unit("SEKRETARIAT").reminders) == (1, 1)
    assert [dict(line.detail)["letter"] for line in year.journal if line.event.startswith("reminder")] == [QUARTER]


def test_a_person_told_today_is_told_no_more_today() -> None:
    """The clock knows from the outbox whom a reminder has reached, or is on its way to."""
    play = collecting()
    told = replace(look(play, wib(12, 9)), told=frozenset({"kabid.capil@example.go.id"}))
    letters = play.happens(told).letters
    assert [letter.to for letter in letters if letter.kind in REMINDS] == ["kepala-sekretariat", "kabid-dafduk"]
    assert [letter.to for letter in play.clock(wib(13, 9)).letters if letter.kind in REMINDS] == ["kabid-capil"]


def test_the_letter_of_one_thing_lists_the_others_and_encloses_their_forms() -> None:
    """A Plh. heads two units: one letter, both forms, and each is counted."""
    capil = OFFICE.roster.person("kabid-capil")
    people = tuple(
        replace(one, addresses=capil.addresses) if one.key == "kabid-dafduk" else one for one in OFFICE.roster.people
    )
    play = collecting()
    play.office = replace(OFFICE, roster=replace(OFFICE.roster, people=people))
    letters = [letter for letter in play.clock(wib(12, 9)).letters if letter.address == capil.addresses[0]]
    (letter,) = letters
    assert isinstance(letter.about, Reminder)
    assert [one.unit for one in letter.about.beside] == ["DAFDUK"]
    assert [one.unit for one in letter.enclosures if one.kind is EnclosureKind.FORM] == ["CAPIL", "DAFDUK"]
    assert (play.unit("CAPIL").reminders, play.unit("DAFDUK").reminders) == (1, 1)


def test_a_letter_that_speaks_of_two_words_asks_for_neither() -> None:
    """SETUJU in answer to it could mean either draft: each is answered under its own subject."""
    year, other = reviewing(), reviewing()
    other.now = replace(other.cycle, key="2024")
    at = wib(14, 9)
    looks = look(other, at, year), look(year, at, other)
    (letter,) = reminders(other.happens(looks[0]).letters, "sekretaris")
    assert year.happens(looks[1]).letters == ()
    assert isinstance(letter.about, Reminder)
    assert (letter.cycle, letter.asks, letter.about.reference) == ("2024", None, "mb1.0000000000000001")
    assert [one.cycle for one in letter.about.beside] == ["2025"]
    assert (other.cycle.reminders, year.cycle.reminders) == (1, 1)
    alone = reviewing()
    (single,) = reminders(alone.clock(at).letters, "sekretaris")
    assert single.asks is not None


def owed_now(play: Play, at: datetime) -> tuple[Debt, ...]:
    """Return what is owed in a cycle at a moment."""
    return asked_debts(play.cycle, TimePassed(at=at, heard_until=at), OFFICE)


def test_a_reminder_holds_until_something_that_it_says_changes() -> None:
    """The very minute before it leaves a part comes, its deadline moves, the day ends, or it is put off."""
    capil = OFFICE.roster.person("kabid-capil")

    def holds(play: Play, at: datetime) -> bool:
        (letter,) = (one for one in play.letters if one.kind in REMINDS and one.to == "kabid-capil")
        return says_what_holds(letter.key, capil, owed_now(play, at), at, OFFICE)

    def reminded() -> Play:
        play = collecting()
        play.clock(wib(12, 9))
        play.at = wib(12, 9.5)
        return play

    assert holds(reminded(), wib(12, 10))
    assert not holds(reminded(), wib(13, 8))
    changes: tuple[Callable[[Play], Outcome], ...] = (
        lambda play: play.sends("CAPIL"),
        lambda play: play.asks("perencanaan", Word.PERPANJANG, "CAPIL 15-01-2026"),
        lambda play: play.asks("kabid-capil", Word.TUNDA, "2 HARI", unit="CAPIL"),
    )
    for change in changes:
        play = reminded()
        change(play)
        assert not holds(play, wib(12, 10))


def test_a_day_declared_closed_moves_the_last_day_to_the_next_working_one() -> None:
    """Due on Monday 12 January, which is declared a holiday that morning: reminded on Tuesday as on the day itself."""
    play = collecting()
    closed = frozenset(map(date.fromisoformat, (*HOLIDAYS_2026, "2026-01-12")))
    calendar = replace(OFFICE.calendar, closed=closed)
    play.office = replace(OFFICE, calendar=calendar)
    assert play.clock(wib(12, 9)).letters == ()
    letters = play.clock(wib(13, 9)).letters
    assert {letter.kind for letter in letters} == {LetterKind.REMINDER_TODAY}
    assert {letter.due_at for letter in letters} == {wib(13, 16)}


def silent_days(play: Play, days: int) -> list[tuple[date, Letter]]:
    """Let days pass in which nobody answers; return each letter with the day it was decided."""
    found = []
    for _ in range(days):
        play.at += timedelta(days=1)
        found += [(OFFICE.calendar.local(play.at).date(), letter) for letter in play.clock(play.at).letters]
    return found


def test_a_unit_that_is_silent_for_four_hundred_days_gets_eight_reminders_and_two_superiors_hear() -> None:
    """Eight to its head; the Sekretaris hears that it is late, the Kepala Dinas that it stays late."""
    play = collecting()
    play.sends("SEKRETARIAT")
    play.sends("CAPIL")
    play.at = wib(7, 9)
    letters = [letter for _, letter in silent_days(play, 400)]
    counted = Counter((letter.kind, letter.to) for letter in letters)
    weekly, today = counted[LetterKind.REMINDER, "kabid-dafduk"], counted[LetterKind.REMINDER_TODAY, "kabid-dafduk"]
    assert (weekly, today) == (7, 1)
    heard = [(letter.to, letter.about.told[0].why) for letter in letters if isinstance(letter.about, Escalation)]
    assert [(to, *why) for to, why in heard] == [
        ("sekretaris", "late"),
        ("kadis", "late"),
        ("sekretaris", "stopped"),
    ]
    assert len(letters) == 8 + 3


@settings(max_examples=40, deadline=None)
@given(
    moves=st.lists(
        st.tuples(
            st.integers(1, 4),
            st.sampled_from(["CAPIL", "DAFDUK", "SEKRETARIAT"]),
            st.sampled_from(["sends", "puts off", "is extended", "says nothing", "says nothing"]),
        ),
        max_size=25,
    )
)
def test_whatever_units_do_nobody_is_reminded_in_vain_or_too_often(
    moves: list[tuple[int, str, str]],
) -> None:
    """Nobody who owes nothing; one letter a day to one address; the cap, anew after a new deadline."""
    play = collecting()
    most, heads = OFFICE.policy.most_per_debt, {"CAPIL": "kabid-capil", "DAFDUK": "kabid-dafduk"}
    play.at = wib(7, 9)
    for days, unit, move in moves:
        before = {form.unit: form.settled for form in play.cycle.units}
        told = silent_days(play, days)
        chased = [(day, letter) for day, letter in told if letter.kind in REMINDS]
        assert all(not before[letter.unit] for _, letter in chased if letter.unit)
        assert max(Counter((day, letter.address) for day, letter in chased).values(), default=0) <= 1
        assert all(OFFICE.calendar.is_working_day(day) for day, _ in told)
        assert all(form.reminders <= most for form in play.cycle.units)
        head = heads.get(unit, "kepala-sekretariat")
        if move == "sends" and not play.unit(unit).settled and play.cycle.draft is None:
            play.sends(unit)
        elif move == "puts off":
            play.asks(head, Word.TUNDA, "2 HARI", unit=unit)
        elif move == "is extended":
            until = OFFICE.calendar.next_working_day(OFFICE.calendar.local(play.at).date() + timedelta(days=3))
            play.asks("perencanaan", Word.PERPANJANG, f"{unit} {until:%d-%m-%Y}")


@settings(max_examples=40, deadline=None)
@given(reminded=st.integers(0, 8), late=st.integers(0, 60), ago=st.integers(0, 30))
def test_whoever_owes_is_reminded_or_has_had_his_last_reminder(reminded: int, late: int, ago: int) -> None:
    """Past the deadline there is no standing in which somebody below the cap is forgotten for ever."""
    play = collecting()
    day = OFFICE.calendar.local(wib(12, 9)).date() + timedelta(days=late)
    at = OFFICE.calendar.opening(OFFICE.calendar.next_working_day(day))
    (debt, *_) = owed_now(play, at)
    stood = replace(debt, reminders=reminded, reminded_at=at - timedelta(days=ago) if reminded else None)
    within = [at + timedelta(days=one) for one in range(12)]
    due = [moment for moment in within if due_now(stood, moment, OFFICE) is When.LATE]
    assert bool(due) is (reminded < OFFICE.policy.most_per_debt)
    assert all(gathered([stood], frozenset(), moment, OFFICE) for moment in due)
    assert stood.person.role is Role.DIVISION_HEAD
