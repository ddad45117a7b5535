"""Deadlines reckoned anew: the same reckoning by the new configuration; what was set by hand stays where it can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from mailbot.core.configuration.replanning import Moved, replanned
from mailbot.core.configuration.taken import ConfigurationTaken
from mailbot.core.decide import decide
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.office import Office
from mailbot.core.model.sop import Step
from tests.core.configuration.middle import AT, CALENDAR, OFFICE, collecting, edited

SHUT = ("office", "closed: []", "closed:\n    - {day: 2026-01-12, reason: Libur}")
LONGER = ("sop", "    who: division_head\n    days: 3", "    who: division_head\n    days: 5")
REVIEW = ("sop", "    who: secretary\n    days: 2", "    who: secretary\n    days: 4")


def by(*edits: tuple[str, str, str]) -> Office:
    """Return the office after edits."""
    return edited(edits).office()


def cut_off(day: int) -> datetime:
    """Return the deadline's hour of a day of January 2026."""
    return CALENDAR.cut_off(date(2026, 1, day))


def test_a_day_declared_closed_moves_the_deadline_on_it() -> None:
    """Of every unit and of the row."""
    cycle, moves = replanned(collecting(), OFFICE, by(SHUT))
    assert {form.due_at for form in cycle.units} == {cycle.due_at} == {cut_off(13)}
    assert moves[-1] == Moved(unit="", former=cut_off(12), now=cut_off(13))
    assert len(moves) == len(cycle.units) + 1


def test_what_was_set_by_hand_stays() -> None:
    """PERPANJANG has given a day; a longer row 3 does not move it, a day that is closed now does."""
    form = collecting().units[0]
    extended = collecting().with_unit(replace(form, due_at=cut_off(20)))
    assert replanned(extended, OFFICE, by(LONGER))[0].unit(form.unit).due_at == cut_off(20)
    shut = by(("office", "closed: []", "closed:\n    - {day: 2026-01-20}"))
    assert replanned(extended, OFFICE, shut)[0].unit(form.unit).due_at == cut_off(21)


def test_who_owes_nothing_keeps_his_deadline_and_hears_nothing() -> None:
    """A form that is accepted is not planned anew."""
    form = collecting().units[0]
    cycle = collecting().with_unit(replace(form, state=UnitState.ACCEPTED, accepted_at=AT))
    fact = ConfigurationTaken(at=AT, former=OFFICE, digest="d" * 64)
    outcome = decide(cycle, fact, by(SHUT))
    assert outcome.cycle.unit(form.unit).due_at == form.due_at
    assert {letter.unit for letter in outcome.letters} == {one.unit for one in cycle.units} - {form.unit}
    assert {letter.kind for letter in outcome.letters} == {LetterKind.DEADLINE_MOVED}
    assert {letter.due_at for letter in outcome.letters} == {cut_off(13)}
    assert {line.event for line in outcome.journal} == {"deadline_moved"}


def test_whose_request_has_not_left_gets_it_with_the_new_deadline_instead() -> None:
    """It is written anew; a letter about a letter he has not got would be odd."""
    form = collecting().units[0]
    key = f"request/2025/{form.unit.casefold()}/umum"
    fact = ConfigurationTaken(at=AT, former=OFFICE, digest="d" * 64, waiting=frozenset({key}))
    assert form.unit not in {letter.unit for letter in decide(collecting(), fact, by(SHUT)).letters}


def test_a_configuration_that_moves_nothing_leaves_the_very_same_cycle() -> None:
    """So nothing is written, and nobody is told."""
    small = by(("office", "per_minute: 20", "per_minute: 10"))
    assert replanned(collecting(), OFFICE, small) == (collecting(), ())
    closed = replace(collecting(), closed_at=AT)
    assert replanned(closed, OFFICE, by(SHUT)) == (closed, ())


@pytest.mark.parametrize("days", [1, 4])
def test_the_row_of_a_word_is_reckoned_from_its_entry(days: int) -> None:
    """Whose word it is hears of it; an earlier deadline is told as such."""
    review = replace(collecting(), step=Step.REVIEW, since=AT, due_at=CALENDAR.add_days(AT, 2))
    edit = by(("sop", "    who: secretary\n    days: 2", f"    who: secretary\n    days: {days}"))
    _, moves = replanned(review, OFFICE, edit)
    assert [move.now for move in moves if not move.unit] == [CALENDAR.add_days(AT, days)]


def test_a_row_that_runs_from_the_end_of_the_one_before_moves_with_it() -> None:
    """Row 5 is over at once, and leaves its days to row 6."""
    since = CALENDAR.at(date(2026, 1, 13), CALENDAR.opens)
    analysed = CALENDAR.add_days(since, 2)
    done = (Step.ANALYSE, since, analysed, since)
    draft = replace(
        collecting(), step=Step.DRAFT, since=since, rows_done=(done,), due_at=CALENDAR.add_days(analysed, 2)
    )
    shut = by(("office", "closed: []", "closed:\n    - {day: 2026-01-15}"))
    cycle, _ = replanned(draft, OFFICE, shut)
    assert (draft.due_at, cycle.due_at) == (cut_off(20), cut_off(21))
