"""Whoever looks after many offices is told how they stand: once a week, and when the last one closes a period.

Only in the office that the folder of offices names for it, so that nobody makes himself the overseer of all by editing
his own YAML. The letter leaves from that office's mailbox, through its outbox, as any other.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.parts import Books, MakesLetters
from mailbot.clerk.rollup.neighbours import Neighbours
from mailbot.clerk.rollup.own_summary import APART
from mailbot.core.model.indicators import Period
from mailbot.core.model.letters import Enclosure, EnclosureKind, Letter, letter_key
from mailbot.core.rollup.letters_of_rollup import RollUp, Silent
from mailbot.core.rollup.rolling_up import PeriodRollup, roll_up
from mailbot.core.rollup.summary import OfficeSummary, Unread
from mailbot.ledger.files_and_notes import ROLLUP_ENDED, ROLLUP_LOOKED, ROLLUP_WEEK
from mailbot.ledger.values import Changes

OLD = timedelta(days=2)
"""Figures of an office that works are of today; older than this, it is said since when there are no newer ones."""


def tell_roll_up(books: Books, maker: MakesLetters, neighbours: Neighbours | None) -> bool:
    """Write to each overseer in the first office hours of a week, and once a period is closed everywhere.

    Returns:
        Whether there was something to tell.
    """
    at, calendar, notes = books.clock(), books.office.calendar, books.ledger.notes
    today = calendar.local(at).date()
    if neighbours is None or not calendar.in_office_hours(at) or not books.office.roster.overseers(today):
        return False
    week, looked = _week(today), notes.read(ROLLUP_LOOKED)
    weekly = notes.read(ROLLUP_WEEK) != week
    if not (weekly or not looked or at - datetime.fromisoformat(looked) >= APART) or not neighbours.oversees:
        return False
    told = frozenset(notes.read(ROLLUP_ENDED).split())
    about = roll_up_of(neighbours, at, told)
    ended = tuple(map(_name, about.ended))
    seen = [(ROLLUP_LOOKED, at.isoformat()), (ROLLUP_WEEK, week), (ROLLUP_ENDED, " ".join(sorted({*told, *ended})))]
    if not about.rolled or not (weekly or ended):
        books.ledger.commit(Changes(at=at, notes=tuple(seen)))
        return False
    key = partial(letter_key, about.letter_kind, *((week,) if weekly else ended))
    letters = tuple(
        Letter(
            key=key(person.key),
            about=about,
            to=person.key,
            address=person.addresses[0],
            enclosures=(Enclosure(kind=EnclosureKind.ROLLUP),),
        )
        for person in books.office.roster.overseers(today)
    )
    write_down(books, maker, partial(Decision, beside=Changes(at=at, notes=tuple(seen)), letters=letters))
    return True


def roll_up_of(neighbours: Neighbours, at: datetime, told: frozenset[str] = frozenset()) -> RollUp:
    """Return how all offices stand in the periods that are of interest.

    Args:
        neighbours: the offices.
        at: the moment.
        told: names of the periods of which it was told that they are closed everywhere.
    """
    found = tuple(neighbours.summaries())
    offices = [one for one in found if isinstance(one, OfficeSummary)]
    unread = tuple(one.name for one in found if isinstance(one, Unread))
    rolled = tuple(one for one in roll_up(offices) if one.is_of_interest(at))
    return RollUp(
        at=at,
        rolled=rolled,
        unread=unread,
        silent=tuple(Silent(name=one.name, since=one.at) for one in offices if at - one.at > OLD),
        ended=tuple(one.period for one in rolled if _has_ended(one, unread) and _name(one.period) not in told),
    )


def _has_ended(period: PeriodRollup, unread: tuple[str, ...]) -> bool:
    """Say whether every office has closed it; of one that cannot be read nobody knows."""
    return period.closed and not unread


def _week(day: date) -> str:
    """Return the week of a day, `2026-w02`."""
    return "{}-w{:02d}".format(*day.isocalendar()[:2])


def _name(period: Period) -> str:
    """Return a period as a key names it, `2026-q1`."""
    return f"{period.year}-q{period.quarter}" if period.quarter else str(period.year)
