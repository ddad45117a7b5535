"""A whole year on a clock set by hand: cycles open, overlap and close while invented staff read and answer by mail.

mailbot itself is what `mailbot run` runs. The clock goes on by half an hour while something moves, by two hours while a
cycle only waits, and looks in twice a day where none is open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.passing import one_pass
from mailbot.ledger.files_and_notes import ARCHIVED
from mailbot.ledger.values import LetterState
from mailbot.rehearsal.demo import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Clerk
    from mailbot.clerk.passing import Passed
    from mailbot.rehearsal.clock import HandClock
    from mailbot.rehearsal.whole_year.colleague import Colleague

_BUSY, _WAITING, _QUIET = timedelta(minutes=30), timedelta(hours=2), timedelta(hours=5)
_MOST_LETTERS = 1_000_000


@dataclass(slots=True, kw_only=True)
class YearPlayed:
    """The year while it is played, and what came of it."""

    clerk: Clerk
    clock: HandClock
    colleagues: Sequence[Colleague]
    keys: Sequence[str]
    """Of the cycles that are played."""
    until: datetime
    """The clock goes on at least to this moment."""
    at_last: datetime
    """A cycle that has not closed by then is not waited for any longer."""
    troubles: dict[str, datetime] = field(default_factory=dict)
    """What mailbot could not do, in its own words, and when that was said first."""
    _lines: int = 0
    _told: set[str] = field(default_factory=set)
    _mailed: set[str] = field(default_factory=set)

    def play(self) -> Iterator[Seen]:
        """Play to the end of the year, and until every cycle is archived; yield what happens, in order."""
        while self.clock() < self.until or (self.open_keys() and self.clock() < self.at_last):
            passed = one_pass(self.clerk)
            for trouble in passed.trouble:
                self.troubles.setdefault(trouble, self.clock())
            yield from self._news(passed)
            acted = self._staff_act()
            self.clock.set_to(self._next_moment(moved=bool(acted or passed.sent or passed.worked)))

    def open_keys(self) -> tuple[str, ...]:
        """Return the cycles that are not archived yet."""
        read = self.clerk.books.ledger.notes.read
        return tuple(key for key in self.keys if not read(ARCHIVED + key))

    def _staff_act(self) -> int:
        """Let everybody do what is due, having read before that what came since; return how much was done."""
        mailed, self._mailed = self._mailed, set()
        done = 0
        for colleague in self.colleagues:
            done += colleague.look(self.clock(), reads=any(map(colleague.person.owns, mailed)))
            self._mailed.update(colleague.keyboard.written_to)
            colleague.keyboard.written_to.clear()
        return done

    def _next_moment(self, *, moved: bool) -> datetime:
        """Return when it is looked at next: inside office hours, and not after somebody means to act."""
        now, calendar, ledger = self.clock(), self.clerk.books.office.calendar, self.clerk.books.ledger
        if moved or ledger.letters.counts().queued:
            return calendar.next_office_moment(now + _BUSY)
        step = _WAITING if ledger.cycles.open() else _QUIET
        meant = [at for one in self.colleagues for at in one.means_to_act()]
        soonest = min((at for at in meant if at > now), default=now + step)
        return calendar.next_office_moment(max(now + _BUSY, min(now + step, soonest)))

    def _news(self, passed: Passed) -> Iterator[Seen]:
        """Yield what is new in the journal and in the outbox."""
        ledger = self.clerk.books.ledger
        last = ledger.journal.head().count
        if last > self._lines:
            for entry in ledger.journal.between(self._lines + 1, last):
                yield Seen(at=entry.line.at, journal=entry.line)
            self._lines = last
        if not passed.sent:
            return
        for letter in sorted(ledger.letters.listing(LetterState.SENT, limit=_MOST_LETTERS), key=lambda one: one.id):
            if letter.key not in self._told:
                self._told.add(letter.key)
                self._mailed.add(letter.address)
                yield Seen(at=letter.sent_at or self.clock(), letter=letter)
