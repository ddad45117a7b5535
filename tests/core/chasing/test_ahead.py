"""What is told of letters to come is what leaves: held against an office in which nobody answers."""

from __future__ import annotations

from mailbot.core.chasing.ahead import letters_ahead
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
