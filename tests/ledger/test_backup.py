"""A backup made while the ledger is in use is whole, and restoring loses nothing of what it replaces."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.errors import LedgerProblem
from mailbot.ledger.backup import backup, restore
from mailbot.ledger.door.door import BoardLink, BoardSession
from mailbot.ledger.ledger import open_ledger
from tests.ledger.examples import NOW, a_mail, a_new_cycle, opening


def test_a_backup_holds_the_moment_it_was_made(tmp_path: Path) -> None:
    """Taken while the ledger is open and its last commits are in the log alone; private like the original."""
    url, copy = f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path / "copy.db"
    with open_ledger(url) as ledger:
        ledger.commit(opening(a_new_cycle()))
        cycles = ledger.cycles.all()
        backup(url, copy)
        ledger.inbox.keep([a_mail(1)], NOW)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]
    with open_ledger(f"sqlite:///{copy}") as copied:
        assert copied.cycles.all() == cycles
        assert copied.inbox.counts().kept == 0


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    """Not even an older backup."""
    url, copy = f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path / "copy.db"
    open_ledger(url).close()
    copy.write_text("precious")
    with pytest.raises(LedgerProblem, match="exists already"):
        backup(url, copy)
    assert copy.read_text() == "precious"


def test_a_backup_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    """No empty file that could be taken for one."""
    copy = tmp_path / "copy.db"
    with pytest.raises(LedgerProblem, match="could not be copied"):
        backup(f"sqlite:///{tmp_path / 'none.db'}", copy)
    assert not copy.exists()


def test_restoring_puts_the_old_ledger_aside(tmp_path: Path) -> None:
    """Twice, under two names; what was there is whole."""
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    url = f"sqlite:///{path}"
    with open_ledger(url) as ledger:
        ledger.notes.write("a", "old")
    backup(url, copy)
    for number in (1, 2):
        with open_ledger(url) as ledger:
            ledger.notes.write("a", f"new {number}")
        aside = restore(url, copy)
        assert aside == tmp_path / f"ledger.db.before-restore-{number}"
        with open_ledger(f"sqlite:///{aside}") as ledger:
            assert ledger.notes.read("a") == f"new {number}"
        with open_ledger(url) as ledger:
            assert ledger.notes.read("a") == "old"
    path.unlink()
    assert restore(url, copy) is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("by_hand", [True, False])
def test_nobody_is_signed_in_by_an_old_copy(tmp_path: Path, *, by_hand: bool) -> None:
    """A session that was ended since does not live again, nor a link; also where nobody said `restore`."""
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    url, later = f"sqlite:///{path}", NOW + timedelta(hours=1)
    with open_ledger(url) as ledger:
        ledger.notes.write("a", "old")
        for name in ("used", "unused"):
            ledger.door.add_link(
                BoardLink(
                    link_sha256=name,
                    browser_sha256="",
                    code_sha256="",
                    address="kadis@example.go.id",
                    made_at=NOW,
                    ends_at=later,
                )
            )
        session = BoardSession(
            session_sha256="one",
            address="kadis@example.go.id",
            network="203.0.113.0/24",
            made_at=NOW,
            seen_at=NOW,
            ends_at=later,
        )
        assert ledger.door.sign_in("used", session)
    backup(url, copy)
    with open_ledger(url) as ledger:
        ledger.door.sign_out("one", NOW)
        ledger.notes.write("a", "new")
    if by_hand:
        shutil.copy(copy, path)
    else:
        restore(url, copy)
    with open_ledger(url) as ledger:
        assert ledger.notes.read("a") == "old"
        assert ledger.door.session("one", NOW, timedelta(days=1)) is None
        assert ledger.door.link("unused", NOW) is None
        assert ledger.door.networks_of("kadis@example.go.id", NOW - timedelta(days=1)) == {"203.0.113.0/24"}


def test_a_damaged_ledger_can_be_replaced(tmp_path: Path) -> None:
    """The very advice that opening a damaged ledger gives."""
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    open_ledger(f"sqlite:///{path}").close()
    backup(f"sqlite:///{path}", copy)
    path.write_bytes(b"noise " * 5000)
    assert restore(f"sqlite:///{path}", copy) is not None
    open_ledger(f"sqlite:///{path}").close()


def test_nothing_is_restored_while_another_process_has_the_ledger_open(tmp_path: Path) -> None:
    """Such as the board, which would go on in the file that was moved; not even while it asks nothing."""
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    url = f"sqlite:///{path}"
    open_ledger(url).close()
    backup(url, copy)
    held = "import sys; from mailbot.ledger.ledger import open_ledger; one = open_ledger(sys.argv[1]); print(); input()"
    with subprocess.Popen(  # noqa: S603 - fixed words
        [sys.executable, "-c", held, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"\n"
        with pytest.raises(LedgerProblem, match=r"is open in another process: mailbot web"):
            restore(url, copy)
        assert not list(tmp_path.glob("*restore*"))
        other.communicate(b"\n")
    assert restore(url, copy) is not None


def test_a_ledger_is_not_restored_onto_itself(tmp_path: Path) -> None:
    """Nor by a link to it; it would be moved aside, and nothing be there to put in its place."""
    path, link = tmp_path / "ledger.db", tmp_path / "link.db"
    link.symlink_to(path)
    with open_ledger(f"sqlite:///{path}") as ledger:
        ledger.notes.write("a", "kept")
    for same in (path, link):
        with pytest.raises(LedgerProblem, match="is the ledger itself"):
            restore(f"sqlite:///{path}", same)
    with open_ledger(f"sqlite:///{path}") as ledger:
        assert ledger.notes.read("a") == "kept"


def test_a_restore_that_fails_leaves_the_ledger_in_its_place(tmp_path: Path) -> None:
    """Something else bears the name under which the backup is made ready; the old ledger has not moved."""
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    url = f"sqlite:///{path}"
    with open_ledger(url) as ledger:
        ledger.notes.write("a", "kept")
    backup(url, copy)
    (tmp_path / "ledger.db.being-restored").mkdir()
    with pytest.raises(LedgerProblem, match="could not be put in place"):
        restore(url, copy)
    with open_ledger(url) as ledger:
        assert ledger.notes.read("a") == "kept"
    assert not list(tmp_path.glob("*.before-restore-*"))


def test_what_is_no_backup_of_ours_is_not_put_in_place(tmp_path: Path) -> None:
    """A text, another database, one of a newer program: refused before anything is touched."""
    path = tmp_path / "ledger.db"
    url = f"sqlite:///{path}"
    with open_ledger(url) as ledger:
        ledger.notes.write("a", "kept")
    text, other, newer = (tmp_path / name for name in ("text.db", "other.db", "newer.db"))
    text.write_text("noise " * 1000)
    backup(url, newer)
    for file, statement in (
        (other, "CREATE TABLE wages (id INTEGER)"),
        (newer, "UPDATE alembic_version SET version_num = '9999'"),
    ):
        with closing(sqlite3.connect(file)) as database, database:
            database.execute(statement)
    for file, words in ((text, "no usable backup"), (other, "no usable backup"), (newer, "newer mailbot")):
        with pytest.raises(LedgerProblem, match=words):
            restore(url, file)
    with open_ledger(url) as ledger:
        assert ledger.notes.read("a") == "kept"


def test_postgresql_is_backed_up_by_its_own_tools(tmp_path: Path) -> None:
    """The message names them."""
    with pytest.raises(LedgerProblem, match="pg_dump"):
        backup("postgresql+psycopg://x/y", tmp_path / "copy")
    with pytest.raises(LedgerProblem, match="pg_restore"):
        restore("postgresql+psycopg://x/y", tmp_path / "copy")
