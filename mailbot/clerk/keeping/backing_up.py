"""Backups by schedule: when one is due, how it is made beside the work on mail, and what the ledger knows of it."""

from __future__ import annotations

import json
import logging
from concurrent.futures import wait
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

from mailbot.clerk.keeping.beside import beside
from mailbot.core.procedure.addressing import line
from mailbot.errors import LedgerProblem
from mailbot.ledger.files_and_notes import BACKUP_MADE, BACKUP_OWED, BEGAN_AT, SIGNED_BY
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from mailbot.clerk.parts import Books
    from mailbot.core.calendar.work_calendar import WorkCalendar
    from mailbot.ledger.copies.making import Made
    from mailbot.ledger.ledger import Ledger

EVENT = "backed_up"
"""The journal's event of a backup that was made and proved."""
TOO_LONG = timedelta(hours=6)
"""A backup that is owed for longer is told of, whatever keeps it."""
_AGAIN = timedelta(hours=1)
"""After so long one that could not be made is tried again."""
_AHEAD = timedelta(days=1)
"""One that seems to be made later than this from now was noted by a clock that was wrong."""
_PATIENCE_SECONDS = 5.0
"""So long one that is broken off is waited for; a disk over the network may never answer."""
_log = logging.getLogger("mailbot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When backups are made, and how."""

    hours: tuple[int, ...]
    """Of the day, by the office's clock."""
    make: Callable[[datetime, Callable[[], bool]], Made]
    """Makes one, given the moment by the office's clock and what says whether to break off."""
    signed_by: str = ""
    """Fingerprint of the key that signs forms: a backup is to tell which one belongs to it."""


def owed_since(books: Books, hours: tuple[int, ...]) -> datetime | None:
    """Return since when a backup is owed; None if the last one was made after the last hour for one.

    Of a ledger that is new nothing is owed before the first such hour.
    """
    at, notes = books.clock(), books.ledger.notes.several((BACKUP_MADE, BEGAN_AT))
    due = last_hour(books.office.calendar, hours, at)
    made = json.loads(notes[BACKUP_MADE])["at"] if BACKUP_MADE in notes else notes.get(BEGAN_AT, at.isoformat())
    last = datetime.fromisoformat(made)
    return due if due is not None and (last < due or last > at + _AHEAD) else None


def last_hour(calendar: WorkCalendar, hours: tuple[int, ...], at: datetime) -> datetime | None:
    """Return the last moment up to now at which a backup was due; None if none ever is."""
    local = calendar.local(at)
    whole = local.replace(minute=0, second=0, microsecond=0)
    moments = (
        (whole - timedelta(days=back)).replace(hour=hour) for back in (0, 1) for hour in sorted(hours, reverse=True)
    )
    return next((moment.astimezone(UTC) for moment in moments if moment <= local), None)


def backed_up_at(ledger: Ledger) -> datetime | None:
    """Return when the last backup was made and proved."""
    made = ledger.notes.read(BACKUP_MADE)
    return datetime.fromisoformat(json.loads(made)["at"]) if made else None


def fails(note: str, at: datetime) -> datetime | None:
    """Return since when a backup that is owed is trouble, by the note about it; None while it is none."""
    owed = json.loads(note) if note else {}
    since = datetime.fromisoformat(owed["since"]) if owed else at
    return since if owed and (owed["why"] or at - since > TOO_LONG) else None


class BackupMaker:
    """Has a backup made when one is due, in a thread of its own; all that is written down is written by who looks."""

    def __init__(self) -> None:
        """Begin with nothing under way."""
        self._stopped = Event()
        self._under_way: Future[Made] | None = None
        self._next_look: datetime | None = None

    def look(self, books: Books, plan: Plan | None) -> None:
        """Write down what came of the one under way, and begin one that is due.

        Args:
            books: the ledger, and the present moment.
            plan: None where mailbot makes no backups.
        """
        at = books.clock()
        if self._under_way is not None and self._under_way.done():
            self.finish(books)
        if self._under_way is not None or (self._next_look is not None and at < self._next_look <= at + _AGAIN):
            return
        since = owed_since(books, plan.hours) if plan is not None else None
        owed = books.ledger.notes.read(BACKUP_OWED)
        if plan is None or since is None:
            if owed:
                books.ledger.notes.write(BACKUP_OWED, "")
            self._next_look = at + timedelta(minutes=1)
            return
        if not owed:
            books.ledger.notes.write(BACKUP_OWED, _owed(at, ""))
        if books.ledger.notes.read(SIGNED_BY) != plan.signed_by:
            books.ledger.notes.write(SIGNED_BY, plan.signed_by)
        self._next_look = at + _AGAIN
        local = books.office.calendar.local(at)
        self._under_way = beside(lambda: plan.make(local, self._stopped.is_set), "backup")

    def finish(self, books: Books) -> None:
        """Wait for the one under way, and write down what came of it."""
        if self._under_way is not None:
            under_way, self._under_way = self._under_way, None
            self._came(books, under_way)

    def close(self) -> None:
        """Break off the one under way; the next start makes it."""
        self._stopped.set()
        if self._under_way is not None:
            wait([self._under_way], _PATIENCE_SECONDS)

    def _came(self, books: Books, under_way: Future[Made]) -> None:
        """Write down that a backup was made, or why not."""
        at, notes = books.clock(), books.ledger.notes
        try:
            made = under_way.result()
        except InterruptedError:
            return
        except LedgerProblem as problem:
            _log.error("%s", problem)
            since = json.loads(notes.read(BACKUP_OWED) or _owed(at, ""))["since"]
            notes.write(BACKUP_OWED, _owed(datetime.fromisoformat(since), str(problem)))
            return
        self._next_look = None
        write_made(books, made, at)
        _log.info("backup %s made and proved, %d bytes", made.path, made.proof.size_bytes)


def write_made(books: Books, made: Made, at: datetime) -> None:
    """Write down that a backup was made and proved: in the journal, and for whoever looks."""
    proof = made.proof
    figures = {
        "bytes": proof.size_bytes,
        "lines": proof.lines,
        "mails": proof.rows.get("inbox", 0),
        "letters": proof.rows.get("outbox", 0),
    }
    told = {"at": at.isoformat(), "file": str(made.path), "sha256": made.sha256, **figures}
    said = {"file": made.path.name, "sha256": made.sha256, "head": proof.head}
    noted = line(at, EVENT, **said, **{name: str(figure) for name, figure in figures.items()})
    notes = ((BACKUP_MADE, json.dumps(told)), (BACKUP_OWED, ""))
    books.ledger.commit(Changes(at=at, notes=notes, journal=(("", noted),)))


def _owed(since: datetime, why: str) -> str:
    """Return the note about a backup that is owed."""
    return json.dumps({"since": since.isoformat(), "why": why})
