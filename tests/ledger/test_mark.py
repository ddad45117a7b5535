"""The mark beside the ledger keeps up with its writes, and a ledger that is behind it looks again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mailbot.ledger.files_and_notes import RESTORED
from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.mark import WRITES, Mark, mark_of


def test_the_mark_counts_what_the_ledger_counts(tmp_path: Path) -> None:
    """After each write; opening and closing writes nothing."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    mark = Mark(tmp_path / "ledger.db-mark")
    for times in (1, 2):
        with open_ledger(url) as ledger:
            before = mark.read()
            ledger.notes.write("satu", "1")
            ledger.notes.write("dua", "2")
            assert mark.read() == int(ledger.notes.read(WRITES)) == before + 2 == 2 * times
            assert ledger.notes.read(RESTORED) == ""


def test_what_is_undone_is_not_counted(tmp_path: Path) -> None:
    """A refused write leaves ledger and mark as they were."""
    with open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        ledger.notes.write("satu", "1")
        with pytest.raises(Exception, match="NOT NULL"):
            ledger.notes.write("dua", None)  # type: ignore[arg-type]  # no caller may do this; the database refuses it
        assert (Mark(tmp_path / "ledger.db-mark").read(), ledger.notes.read(WRITES)) == (1, "1")


def test_a_ledger_behind_its_mark_is_one_restored_and_told_of_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An old copy; afterwards the two agree again. A new ledger in a lost one's place is one as well."""
    path = tmp_path / "ledger.db"
    url = f"sqlite:///{path}"
    with open_ledger(url) as ledger:
        ledger.notes.write("satu", "1")
    shutil.copy(path, tmp_path / "lama.db")
    with open_ledger(url) as ledger:
        ledger.notes.write("satu", "2")
    shutil.copy(tmp_path / "lama.db", path)
    with open_ledger(url) as ledger:
        assert ledger.notes.read(RESTORED) == "yes"
    open_ledger(url).close()
    assert caplog.text.count("gone back in time: it was written 2 times, and knows of 1") == 1
    path.unlink()
    with open_ledger(url) as ledger:
        assert ledger.notes.read(RESTORED) == "yes"


@pytest.mark.parametrize("text", [b"", b"\x00" * 21, b"banyak", b"\xff"])
def test_a_mark_that_says_nothing_is_none(tmp_path: Path, text: bytes) -> None:
    """A power cut may leave such a file."""
    mark = Mark(tmp_path / "mark")
    mark.path.write_bytes(text)
    assert mark.read() == 0
    mark.note(7)
    assert mark.read() == 7


def test_a_mark_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """What was committed counts."""
    Mark(tmp_path / "tidak-ada" / "mark").note(1)
    assert list(tmp_path.iterdir()) == []


def test_each_database_has_a_mark_of_its_own(tmp_path: Path) -> None:
    """Whoever logs in; a ledger in memory has none."""
    first = mark_of("postgresql+psycopg://mailbot:rahasia@db.example.go.id/mailbot", tmp_path)
    assert first == mark_of("postgresql+psycopg://mailbot:baru@db.example.go.id/mailbot", tmp_path)
    assert first != mark_of("postgresql+psycopg://mailbot:rahasia@db.example.go.id/lain", tmp_path)
    assert first is not None
    assert first.path.parent == tmp_path
    assert mark_of("postgresql://db/mailbot", None) is None
    assert mark_of("sqlite://", tmp_path) is None
