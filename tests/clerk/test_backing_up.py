"""A backup is made when one is due, beside the work; the ledger knows of it, and the operator hears where it fails."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.clerk.keeping.backing_up import BackupMaker, Plan, last_hour, owed_since
from mailbot.errors import LedgerProblem
from mailbot.ledger.copies.making import Backups, Made, make_backup
from mailbot.ledger.copies.rotation import Kept
from mailbot.ledger.files_and_notes import BACKUP_MADE, BACKUP_OWED
from mailbot.ledger.ledger import open_ledger
from mailbot.rehearsal.clock import HandClock
from tests.clerk.test_watchdog import Bell, told
from tests.office import ToyOffice, ToyPost

MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
KEEP = Kept(daily=7, weekly=4, monthly=12)


class Backing:
    """An office on a file, whose backups are made whenever its clock says so."""

    def __init__(self, folder: Path) -> None:
        """Begin on a Monday morning."""
        clock = HandClock(MONDAY)
        self.url = f"sqlite:///{folder / 'ledger.db'}"
        self.backups = Backups(folder=folder / "cadangan", keep=KEEP)
        self.office = ToyOffice(ledger=open_ledger(self.url), post=ToyPost(clock), clock=clock)
        self.maker, self.broken = BackupMaker(), False
        self.bell = Bell()
        self.office.has(ring=self.bell.ring)

    def make(self, at: datetime, stopped: object) -> Made:
        """Make one, unless the disk is broken."""
        del stopped
        if self.broken:
            raise LedgerProblem("the disk is broken")
        return make_backup(self.url, self.backups, at)

    def passes(self, hours: float, *, hours_of_day: tuple[int, ...] = (20,)) -> None:
        """Let time pass, make a pass, and look whether a backup is due."""
        self.office.hours_pass(hours)
        self.maker.look(self.office.clerk.books, Plan(hours=hours_of_day, make=self.make))
        self.maker.finish(self.office.clerk.books)

    def note(self, name: str) -> dict[str, object]:
        """Return a note."""
        read: dict[str, object] = json.loads(self.office.ledger.notes.read(name) or "{}")
        return read


@pytest.fixture
def backing(tmp_path: Path) -> Backing:
    """Return the office after its first pass."""
    backing = Backing(tmp_path)
    backing.passes(0)
    return backing


def test_one_is_made_at_its_hour_and_the_ledger_knows_of_it(backing: Backing) -> None:
    """A new ledger owes none before; a machine that was off at the hour makes it when it is on again, once."""
    backing.passes(9)  # 18.00 in Jakarta
    assert backing.note(BACKUP_MADE) == {}
    backing.passes(14)  # it was off at 20.00
    made = backing.note(BACKUP_MADE)
    assert Path(str(made["file"])).name == "ledger-2026-01-06-080000.db"
    assert made["letters"] == len(backing.office.letter_keys())
    (line,) = backing.office.ledger.journal.of_event("backed_up", MONDAY)
    assert dict(line.detail)["sha256"] == made["sha256"]
    backing.passes(5)
    assert backing.note(BACKUP_MADE) == made
    backing.passes(7)
    assert Path(str(backing.note(BACKUP_MADE)["file"])).name == "ledger-2026-01-06-200000.db"


def test_one_that_fails_is_told_of_once_and_so_is_that_it_works_again(backing: Backing) -> None:
    """It is tried every hour; what is told stands in the ledger, with the reason."""
    backing.broken = True
    for _ in range(16):
        backing.passes(1)
    owed = backing.note(BACKUP_OWED)
    assert (owed["why"], owed["since"]) == ("the disk is broken", "2026-01-05T13:00:00+00:00")
    assert backing.bell.heard == [("broken", "backup_missing")]
    assert told(backing.office) == ["Perlu perhatian: cadangan buku catatan"]
    backing.broken = False
    for _ in range(3):
        backing.passes(1)
    assert (backing.note(BACKUP_OWED), bool(backing.note(BACKUP_MADE))) == ({}, True)
    assert backing.bell.heard[1:] == [("recovered", "backup_missing")]


def test_one_that_never_ends_is_told_of(backing: Backing) -> None:
    """The thread hangs, on a network folder that is away, say: six hours, and the operator hears."""
    books = backing.office.clerk.books
    owed = json.dumps({"since": books.clock().isoformat(), "why": ""})
    books.ledger.notes.write(BACKUP_OWED, owed)
    backing.office.hours_pass(5)
    assert backing.bell.heard == []
    backing.office.hours_pass(2)
    assert backing.bell.heard == [("broken", "backup_missing")]


def test_where_none_are_wanted_any_more_none_is_owed(backing: Backing) -> None:
    """An office that makes its own."""
    books = backing.office.clerk.books
    backing.broken = True
    backing.passes(24)
    assert backing.note(BACKUP_OWED)
    backing.office.hours_pass(2)
    backing.maker.look(books, None)
    assert backing.note(BACKUP_OWED) == {}


def test_a_clock_that_was_a_year_ahead_keeps_no_backup_from_being_made(backing: Backing) -> None:
    """What was noted then lies in the future now."""
    books = backing.office.clerk.books
    books.ledger.notes.write(BACKUP_MADE, json.dumps({"at": (MONDAY + timedelta(days=365)).isoformat()}))
    assert owed_since(books, (20,)) is not None


def test_the_last_hour_of_several() -> None:
    """By the office's clock, over midnight too."""
    calendar = ToyOffice().clerk.books.office.calendar
    assert last_hour(calendar, (12, 20), MONDAY) == datetime(2026, 1, 4, 13, 0, tzinfo=UTC)
    assert last_hour(calendar, (12, 20), MONDAY + timedelta(hours=3)) == datetime(2026, 1, 5, 5, 0, tzinfo=UTC)
    assert last_hour(calendar, (), MONDAY) is None
