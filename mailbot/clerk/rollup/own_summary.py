"""An office among others writes down how it stands: a note of its own ledger, and all that ever leaves it.

At most once an hour, and only when a cycle has moved or another day has begun, for lateness is counted in days. So
whoever lays many offices beside each other reads one note of each, and never a form, a name or a letter.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from mailbot.clerk.parts import Books
from mailbot.clerk.rollup.neighbours import Neighbours
from mailbot.core.model.cycle import Cycle
from mailbot.core.rollup.summary import OfficeSummary
from mailbot.ledger.files_and_notes import SUMMARY, SUMMARY_MADE
from mailbot.ledger.values import Changes

APART = timedelta(hours=1)
"""No two summaries are written closer together."""


def write_summary(books: Books, neighbours: Neighbours | None) -> bool:
    """Write down how this office stands, where that is new; nothing of a pass depends on it, so nothing has moved."""
    if neighbours is None:
        return False
    at, ledger = books.clock(), books.ledger
    made_at, _, made_of = ledger.notes.read(SUMMARY_MADE).partition(" ")
    if made_at and at - datetime.fromisoformat(made_at) < APART:
        return False
    running = ledger.cycles.open()
    standing = _standing(books, running, at)
    if made_of != standing:
        from mailbot.core.rollup.summing_up import summary_of  # noqa: PLC0415 - a quiet pass sums nothing up
        from mailbot.ledger.mapping import dump  # noqa: PLC0415 - the same

        found = summary_of(neighbours.key, books.office, _of_interest(books, running, at), at)
        notes = ((SUMMARY, dump(OfficeSummary, found)), (SUMMARY_MADE, f"{at.isoformat()} {standing}"))
        ledger.commit(Changes(at=at, notes=notes))
    return False


def _standing(books: Books, running: tuple[Cycle, ...], at: datetime) -> str:
    """Return what tells one standing from another: the day, the office's name, the cycles that run as they are."""
    versions = (f"{cycle.key}:{cycle.version}" for cycle in running)
    name = books.office.letterhead.agency_short
    told = " ".join((books.office.calendar.local(at).date().isoformat(), name, *versions))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _of_interest(books: Books, running: tuple[Cycle, ...], at: datetime) -> tuple[Cycle, ...]:
    """Return the cycles that run, and those of this year and the last one."""
    year = books.office.calendar.local(at).year
    of_years = (cycle for one in (year, year - 1) for cycle in books.ledger.cycles.of_year(one))
    return tuple({cycle.key: cycle for cycle in (*running, *of_years)}.values())
