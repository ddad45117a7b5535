"""What is told of letters to come is what leaves: held against an office in which nobody answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailbot.core.chasing.ahead import letters_ahead, moments_ahead
from tests.office import requested

DAYS = 5


def test_the_letters_told_ahead_are_those_that_leave_if_nobody_answers() -> None:
    """Each at its hour and to its reader; what comes every morning is no cycle's."""
    office = requested()
    told = [(one.at, one.letter.key) for one in letters_ahead(office.cycle(), office.clock(), office.office, DAYS)]
    before = {letter.key for letter in office.ledger.letters.listing(limit=1000)}
    office.days_pass(DAYS)
    left = [
        (letter.sent_at, letter.key)
        for letter in office.ledger.letters.listing(limit=1000)
        if letter.key not in before and letter.kind in {"reminder", "reminder_today", "escalation"}
    ]
    assert sorted(told) == sorted(left)
    assert len(told) > DAYS


def test_the_present_moment_decides_by_nothing_but_the_moments_looked_at() -> None:
    """By this the board keeps what it has found: within one stretch of office hours the letters are the same."""
    office = requested()
    cycle, calendar, at = office.cycle(), office.office.calendar, office.clock()
    moments = [at + timedelta(minutes=40) * steps for steps in range(60)]
    by_moments: dict[tuple[tuple[datetime, datetime], ...], set[tuple[str, ...]]] = {}
    for moment in moments:
        letters = tuple(one.letter.key for one in letters_ahead(cycle, moment, office.office, DAYS))
        by_moments.setdefault(tuple(moments_ahead(moment, calendar, DAYS)), set()).add(letters)
    assert all(len(found) == 1 for found in by_moments.values())
    assert 1 < len(by_moments) < len(moments)
