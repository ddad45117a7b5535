"""Which letters will leave of a cycle by time alone, if nobody answers: found by letting its next days pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.decide import decide
from mailbot.core.model.facts import TimePassed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailbot.core.calendar.work_calendar import WorkCalendar
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office

_AFTER_CLOSING = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One letter to come."""

    at: datetime
    """When it leaves: no letter does outside office hours."""
    letter: Letter
    cycle: Cycle
    """As it stands then."""


def letters_ahead(cycle: Cycle, at: datetime, office: Office, days: int) -> tuple[Ahead, ...]:
    """Return the letters that leave within so many working days though nobody writes, in their order.

    What leaves every morning is no cycle's and is not among them.

    Args:
        cycle: as it stands.
        at: now; what was owed up to here has left.
        office: whose rules count.
        days: how many working days are looked ahead.
    """
    found: list[Ahead] = []
    for moment, leaves in moments_ahead(at, office.calendar, days):
        if cycle.closed:
            break
        passed = TimePassed(at=moment, heard_until=moment, asked_at=cycle.since)
        outcome = decide(cycle, passed, office)
        cycle = outcome.cycle
        found += (Ahead(at=leaves, letter=letter, cycle=cycle) for letter in outcome.letters)
    return tuple(found)


def moments_ahead(at: datetime, calendar: WorkCalendar, days: int) -> Iterator[tuple[datetime, datetime]]:
    """Yield when the clock is looked at, as the office opens and once it has closed, and when a letter leaves then.

    Of what is found ahead the present moment decides nothing else: while these are the same, the letters are.
    """
    day = calendar.local(at).date()
    for _ in range(days + 1):
        following = calendar.next_working_day(day)
        if calendar.is_working_day(day):
            opens, closes = calendar.at(day, calendar.opens), calendar.cut_off(day) + _AFTER_CLOSING
            if opens > at:
                yield opens, opens
            if closes > at:
                yield closes, calendar.at(following, calendar.opens)
        day = following
