"""F2: the power fails at any moment of a ledger's life: what was promised is there, whole, and nothing is half."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.killing import STRACE, forbidden, missing
from tests.faults.power import CALLS, Kept, moments
from tests.servers.fixtures import insist
from tests.servers.processes import run

LIVES, COMMITS = 3, 12
"""The ledger is opened so often, and so many letters are queued in each of its lives."""
STRIDE = 11
WRITER = """
import os, sys
from datetime import UTC, datetime
from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.values import Changes, Outgoing

at = datetime(2026, 1, 5, tzinfo=UTC)
told = os.open(sys.argv[2], os.O_CREAT | os.O_WRONLY)
number = 0
for _ in range(int(sys.argv[3])):
    with open_ledger(sys.argv[1]) as ledger:
        for _ in range(int(sys.argv[4])):
            number += 1
            letter = Outgoing(
                key=f"surat/{number}", kind="notice", person="", address="a@example.go.id",
                message_id=f"<{number}@example.go.id>", raw=os.urandom(900 * (number % 5 + 1)), due_at=at,
            )
            ledger.commit(Changes(at=at, letters=(letter,), notes=(("power", str(number)),)))
            os.write(told, b".")
"""


def record(folder: Path) -> Path:
    """Let a process of the real ledger's own work under strace; return what it did."""
    insist(missing())
    if (reason := forbidden()) is not None:
        pytest.skip(reason)
    script, out = folder / "writer.py", folder / "calls.txt"
    script.write_text(WRITER)
    strace = ("-y", "-s", "200000", "-o", str(out), f"-etrace={CALLS}")
    run(
        STRACE,
        *strace,
        sys.executable,
        script,
        f"sqlite:///{folder / 'ledger.db'}",
        folder / "told",
        str(LIVES),
        str(COMMITS),
    )
    return out


def holds(where: Path, promised: int) -> None:
    """Open what the disk has kept, as SQLite does when the power is back."""
    if not (where / "ledger.db").exists():
        assert promised == 0
        return
    with closing(sqlite3.connect(where / "ledger.db")) as ledger:
        assert ledger.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        tables = {row[0] for row in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "note" not in tables:
            assert (promised, tables) == (0, set())
            return
        found = ledger.execute("SELECT value FROM note WHERE name = 'power'").fetchone()
        number = int(found[0]) if found else 0
        assert promised <= number <= promised + 1
        assert ledger.execute("SELECT count(*), count(DISTINCT file_sha256) FROM outbox").fetchone() == (number, number)
        assert ledger.execute("SELECT count(*) FROM file").fetchone() == (number,)


def cut_everywhere(tmp_path: Path, stride: int) -> None:
    """Cut after every so many calls; each time the disk has kept only what it owes, all, some, or a torn half."""
    where = tmp_path / "after"
    where.mkdir()
    cuts = 0
    for place, disk in enumerate(moments(record(tmp_path), tmp_path)):
        if place % stride:
            continue
        for kept in Kept:
            for left in where.iterdir():
                left.unlink()
            disk.lay(where, kept)
            try:
                holds(where, disk.told)
            except (AssertionError, sqlite3.Error) as wrong:
                wrong.add_note(f"cut after call {place}, {disk.told} commits promised, {kept} kept")
                raise
            cuts += 1
    print(f"{cuts} cuts")  # noqa: T201 - the count of a sweep is its result
    assert disk.told == LIVES * COMMITS
    assert cuts > LIVES * COMMITS


def test_a_power_cut_after_some_writes_loses_nothing_that_was_promised(tmp_path: Path) -> None:
    """From the first table to the last close."""
    cut_everywhere(tmp_path, STRIDE)


@pytest.mark.sweep
def test_a_power_cut_after_any_write_loses_nothing_that_was_promised(tmp_path: Path) -> None:
    """After each call."""
    cut_everywhere(tmp_path, 1)


def test_a_disk_that_loses_what_it_had_synced_is_found(tmp_path: Path) -> None:
    """The proof of the proof: with every sync passed over, a cut takes away what was promised."""
    calls = record(tmp_path)
    calls.write_text(
        "\n".join(line for line in calls.read_text(encoding="latin-1").splitlines() if "sync(" not in line),
        encoding="latin-1",
    )
    *_, disk = moments(calls, tmp_path)
    where = tmp_path / "after"
    where.mkdir()
    disk.lay(where, Kept.NOTHING)
    with pytest.raises(AssertionError):
        holds(where, disk.told)
