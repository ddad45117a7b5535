"""A ledger in dictionaries, as quick as a simulation of thousands of cycles wants it; held to the real one by tests.

It answers as the ledger on SQLite does: the same seeds played on both give the same runs, event by event, and the
machine of rules over inbox and outbox (tests/ledger) passes on both. It keeps nothing and is of use to nobody else.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Self, cast

from mailbot.core.model.past import past_of
from mailbot.errors import StaleCycle
from mailbot.ledger.files_and_notes import ARCHIVED
from mailbot.ledger.journal import FIRST, JournalEntry, JournalHead, first_broken, link, salt_of
from mailbot.ledger.values import Changes, Committed, CycleChange
from tests.simulation.light_inbox import LightInbox, LightLooks
from tests.simulation.light_outbox import LightLetters, LightOutbox
from tests.simulation.light_tables import Tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.model.past import Past
    from mailbot.ledger.ledger import Ledger


class _Cycles:
    """Where every cycle stands."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, key: str) -> Cycle | None:
        """Return one cycle, or None."""
        return self._tables.cycles.get(key)

    def all(self) -> tuple[Cycle, ...]:
        """Return every cycle, in the order they were opened."""
        return tuple(sorted(self._tables.cycles.values(), key=lambda one: (one.opened_at, one.key)))

    def keys(self) -> tuple[str, ...]:
        """Return the key of every cycle, in the order they were opened."""
        return tuple(cycle.key for cycle in self.all())

    def open(self) -> tuple[Cycle, ...]:
        """Return the cycles that are not closed."""
        return tuple(one for one in self.all() if not one.closed)

    def openings(self) -> dict[str, datetime | None]:
        """Return the key of every cycle, with when it was cancelled if it was."""
        return {one.key: one.cancelled.at if one.cancelled is not None else None for one in self.all()}

    def first_opened_at(self) -> datetime | None:
        """Return when the first cycle was opened."""
        return min((one.opened_at for one in self.all()), default=None)

    def past(self, years: tuple[int, ...], *, besides: Collection[str] = ()) -> Past:
        """Return the figures that count of closed years, and of quarters, as far as they lie here."""
        periods = {
            cycle.period: tuple(form.counting.data for form in cycle.units if form.counting is not None)
            for cycle in self.all()
            if cycle.period.year in years and cycle.key not in besides and (cycle.closed or cycle.period.quarter)
        }
        return past_of(periods)

    def of_year(self, year: int) -> tuple[Cycle, ...]:
        """Return the cycles of a year."""
        return tuple(cycle for cycle in self.all() if cycle.period.year == year)

    def latest_closed(self) -> Cycle | None:
        """Return the closed cycle that was opened last."""
        return next((cycle for cycle in reversed(self.all()) if cycle.closed), None)

    def unarchived(self) -> tuple[str, ...]:
        """Return the closed cycles without an archive."""
        archived = self._tables.notes
        return tuple(cycle.key for cycle in self.all() if cycle.closed and ARCHIVED + cycle.archive_key not in archived)

    def fits(self, change: CycleChange) -> None:
        """Refuse a change made on an old view.

        Raises:
            StaleCycle: the cycle was moved meanwhile.
        """
        known = self._tables.cycles.get(change.after.key)
        if (known.version if known else 0) != (change.before.version if change.before else 0):
            raise StaleCycle(f"Cycle {change.after.key} was moved since it was read; nothing was written.")

    def write(self, change: CycleChange) -> Cycle:
        """Write one cycle; one that did not move keeps its version."""
        if change.before == change.after and change.after.version:
            return change.after
        version = change.before.version if change.before else 0
        self._tables.cycles[change.after.key] = written = replace(change.after, version=version + 1)
        return written


class _Files:
    """The kept files."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._at_hand: dict[str, bytes] = {}

    @contextmanager
    def at_hand(self, contents: Iterable[bytes]) -> Iterator[None]:
        """Let these files be read inside, though they are kept only with the decision that is being made."""
        self._at_hand = {hashlib.sha256(content).hexdigest(): content for content in contents}
        try:
            yield
        finally:
            self._at_hand = {}

    def keep(self, content: bytes, media_type: str, at: datetime) -> str:
        """Keep a file and return its SHA-256 in hex."""
        del media_type, at
        sha256 = hashlib.sha256(content).hexdigest()
        self._tables.files.setdefault(sha256, content)
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return a file's bytes; KeyError: no file of that digest is kept."""
        return self._at_hand.get(sha256) or self._tables.files[sha256]

    def has(self, sha256: str) -> bool:
        """Say whether a file of that digest is kept."""
        return sha256 in self._tables.files


class _Journal:
    """What was decided, line by line."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def read(self, cycle: str | None = None) -> tuple[JournalEntry, ...]:
        """Return the lines in order."""
        return tuple(one for one in self._tables.journal if cycle in {None, one.cycle})

    def between(self, first: int, last: int) -> tuple[JournalEntry, ...]:
        """Return the lines from one number to another."""
        return tuple(one for one in self._tables.journal if first <= one.number <= last)

    def salt(self, name: str) -> str:
        """Return the salt of something that is no line."""
        return salt_of("", name)

    def of_event(self, event: str, since: datetime) -> tuple[JournalLine, ...]:
        """Return the lines of one event since then, in order."""
        lines = (entry.line for entry in self._tables.journal)
        return tuple(line for line in lines if line.event == event and line.at >= since)

    def head(self) -> JournalHead:
        """Return where the journal ends."""
        lines = self._tables.journal
        return JournalHead(count=len(lines), hash=lines[-1].hash if lines else FIRST)

    def peppered(self) -> bool:
        """Say that anybody can work out the salts: nobody keeps this ledger."""
        return False

    def verify(self) -> int | None:
        """Return the number of the first line that does not fit, or None."""
        return first_broken(self._tables.journal, self.head())

    def write(self, cycle: str, line: JournalLine) -> None:
        """Add a line."""
        head = self.head()
        number = head.count + 1
        salt = salt_of("", number)
        hashed = link(head.hash, salt, number, cycle, line)
        self._tables.journal.append(JournalEntry(number=number, cycle=cycle, line=line, hash=hashed, salt=salt))


class _Notes:
    """Text values by name."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def ask_together(self, names: Iterable[str]) -> None:
        """Ask for nothing: it is all at hand."""

    def read(self, name: str) -> str:
        """Return the value of that name, empty if it was never written."""
        return self._tables.notes.get(name, "")

    def several(self, names: Collection[str]) -> dict[str, str]:
        """Return the values of these names that are not empty."""
        return {name: value for name in names if (value := self.read(name))}

    def beginning(self, start: str) -> tuple[tuple[str, str], ...]:
        """Return every note whose name begins so, by name."""
        return tuple(sorted((name, value) for name, value in self._tables.notes.items() if name.startswith(start)))

    def write(self, name: str, value: str) -> None:
        """Write or overwrite the value of that name."""
        self._tables.notes[name] = value

    def fits(self, name: str, value: str) -> None:
        """Refuse a claim on a name that has another value.

        Raises:
            StaleCycle: it has.
        """
        if self._tables.notes.get(name, value) != value:
            raise StaleCycle(f"{name} was taken by {self._tables.notes[name]} since it was read; nothing was written.")


class LightLedger:
    """Everything kept, decided and sent, in memory."""

    def __init__(self) -> None:
        """Open an empty ledger."""
        self.tables = Tables()
        self.inbox = LightInbox(self.tables)
        self.looks = LightLooks(self.tables)
        self.outbox = LightOutbox(self.tables)
        self.letters = LightLetters(self.tables)
        self.cycles = _Cycles(self.tables)
        self.files = _Files(self.tables)
        self.journal = _Journal(self.tables)
        self.notes = _Notes(self.tables)

    def one_moment(self) -> AbstractContextManager[None]:
        """Let everything be read as it stands: nobody else writes here."""
        return nullcontext()

    def commit(self, changes: Changes) -> Committed:
        """Write everything a decision came to, or nothing: whatever could be refused is looked at first.

        Raises:
            StaleCycle: a cycle was moved, a mail settled, or a note claimed, by somebody else since it was read.
        """
        for change in changes.cycles:
            self.cycles.fits(change)
        for settlement in changes.settled:
            self.inbox.fits(settlement)
        for name, value in changes.claims:
            self.notes.fits(name, value)
        cycles = tuple(self.cycles.write(change) for change in changes.cycles)
        for settlement in changes.settled:
            self.inbox.settle(settlement, changes.at)
        for file in changes.files:
            self.files.keep(file.content, file.media_type, changes.at)
        queued, known = self.outbox.queue(changes.letters, changes.at)
        self.outbox.noted(changes.told, changes.bounces)
        self.outbox.queue_again(changes.readdressed, changes.at)
        self.outbox.prove(changes.proved, changes.at)
        self.tables.notes.update(dict((*changes.claims, *changes.notes)))
        for cycle, line in changes.journal:
            self.journal.write(cycle, line)
        return Committed(cycles=cycles, queued=tuple(queued), known=tuple(known))


class LightDisk:
    """The light ledger, wiped and copied like the real one on its disk."""

    def __init__(self) -> None:
        """Open an empty ledger."""
        self._light = LightLedger()
        self.ledger: Ledger = cast("Ledger", self._light)

    def copied(self) -> Tables:
        """Return a copy of everything."""
        return self._light.tables.copied()

    def put_back(self, copy: Tables) -> None:
        """Put a copy in the place of what is there."""
        self._light.tables.become(copy)

    def wiped(self) -> Self:
        """Return itself, empty."""
        self._light.tables.become(Tables())
        return self

    def opened_anew(self) -> None:
        """Forget nothing: it keeps nothing beside its tables."""
