"""A backup by schedule is one moment of the ledger, private, proved; one that fails costs no older one."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbot.errors import LedgerProblem
from mailbot.ledger.copies.making import Backups, make_backup
from mailbot.ledger.copies.proving import Fault, prove
from mailbot.ledger.copies.rotation import Kept
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.values import Changes
from tests.ledger.examples import NOW, a_line, a_mail, a_new_cycle, opening

EVENING = datetime(2027, 1, 11, 20, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
DAY = timedelta(days=1)
KEEP = Kept(daily=2, weekly=0, monthly=0)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Return the URL of a ledger with a cycle and a few mails."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with open_ledger(url, fresh=lambda count: b"p" * count) as ledger:
        filled(ledger)
    return url


def filled(ledger: Ledger) -> None:
    """Keep a cycle, and mails of which some fill many pages."""
    ledger.commit(opening(a_new_cycle()))
    ledger.commit(Changes(at=NOW, journal=tuple(("2026", a_line(event)) for event in ("asked", "came", "counted"))))
    ledger.inbox.keep([a_mail(uid, b"Subject: besar\r\n\r\n" + b"%d " % uid * 20_000) for uid in range(1, 6)], NOW)


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(one.name for one in folder.iterdir())


def test_a_backup_is_made_while_others_write_and_proves_what_it_held(tmp_path: Path, url: str) -> None:
    """A mail that comes in its midst is in the ledger, not in the copy; and nobody else may read the copy."""
    folder = tmp_path / "cadangan"
    with open_ledger(url) as ledger:
        head = ledger.journal.head()

        def comes() -> bool:
            if ledger.inbox.counts().kept < 7:
                ledger.inbox.keep([a_mail(10 + ledger.inbox.counts().kept)], NOW)
            return False

        made = make_backup(url, Backups(folder=folder, keep=KEEP), EVENING, comes)
        assert ledger.inbox.counts().kept == 7
    assert made.proof.rows["inbox"] == 5
    assert (made.proof.lines, made.proof.head) == (head.count, head.hash)
    assert names(folder) == ["ledger-2027-01-11-200000.db", "ledger-2027-01-11-200000.db.sha256"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    proof = prove(made.path)
    assert (proof.wrong, proof.digest_held) == ((), True)


def test_older_ones_go_in_their_turn_and_what_is_not_ours_stays(tmp_path: Path, url: str) -> None:
    """Each with its digest."""
    backups = Backups(folder=tmp_path / "cadangan", keep=KEEP)
    backups.folder.mkdir()
    (backups.folder / "ledger-penting.db").write_text("of somebody else")
    for day in range(4):
        made = make_backup(url, backups, EVENING + day * DAY)
    assert made.let_go == ("ledger-2027-01-12-200000.db",)
    assert names(backups.folder) == [
        *("ledger-2027-01-13-200000.db", "ledger-2027-01-13-200000.db.sha256"),
        *("ledger-2027-01-14-200000.db", "ledger-2027-01-14-200000.db.sha256"),
        "ledger-penting.db",
    ]


def test_one_that_was_broken_off_leaves_no_backup_and_the_next_clears_up(tmp_path: Path, url: str) -> None:
    """As a daemon that is stopped, or killed, leaves it."""
    backups = Backups(folder=tmp_path / "cadangan", keep=KEEP)
    with pytest.raises(InterruptedError):
        make_backup(url, backups, EVENING, lambda: True)
    assert [name for name in names(backups.folder) if not name.endswith(".part")] == []
    make_backup(url, backups, EVENING + DAY)
    assert names(backups.folder) == ["ledger-2027-01-12-200000.db", "ledger-2027-01-12-200000.db.sha256"]


def test_without_room_none_is_made_and_none_is_let_go(tmp_path: Path, url: str) -> None:
    """The ledger itself must be able to go on; so it is where the folder cannot be made."""
    folder, free = tmp_path / "cadangan", shutil.disk_usage(tmp_path).free
    for day in range(2):
        make_backup(url, Backups(folder=folder, keep=KEEP), EVENING + day * DAY)
    before = names(folder)
    with pytest.raises(LedgerProblem, match="MB are free"):
        make_backup(url, Backups(folder=folder, keep=KEEP, spare_bytes=2 * free), EVENING + 5 * DAY)
    assert names(folder) == before
    with pytest.raises(LedgerProblem, match="No backup could be made"):
        make_backup(url, Backups(folder=tmp_path / "ledger.db" / "di-dalam", keep=KEEP), EVENING)


def test_a_ledger_that_is_damaged_makes_no_backup_that_looks_good(tmp_path: Path, url: str) -> None:
    """What a kept file holds was changed: the copy is not put in place, and the last good one stays."""
    backups = Backups(folder=tmp_path / "cadangan", keep=Kept(daily=1, weekly=0, monthly=0))
    good = make_backup(url, backups, EVENING)
    _flip(tmp_path / "ledger.db", b"3 3 3 3 3 3 3")
    with pytest.raises(LedgerProblem, match="is not sound"):
        make_backup(url, backups, EVENING + DAY)
    assert names(backups.folder) == [good.path.name, f"{good.path.name}.sha256"]
    assert prove(good.path).wrong == ()


def _flip(path: Path, words: bytes) -> None:
    """Change bytes in the midst of one page."""
    content = path.read_bytes()
    assert words in content
    path.write_bytes(content.replace(words, b"X" * len(words), 1))


def _with_line(path: Path) -> None:
    """Change a line of the journal past the triggers that forbid it."""
    with closing(sqlite3.connect(path)) as database, database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE journal SET actor = 'orang lain' WHERE number = 1")


def _with_page(path: Path) -> None:
    """Overwrite one page in the middle with noise, as a dying disk does."""
    content = bytearray(path.read_bytes())
    page = len(content) // 4096 // 2
    content[page * 4096 : (page + 1) * 4096] = bytes(range(256)) * 16
    path.write_bytes(content)


def _newer(path: Path) -> None:
    """Let a newer program have written it."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (lambda path: _flip(path, b"2 2 2 2 2 2"), Fault.FILE),
        (_with_line, Fault.CHAIN),
        (_with_page, Fault.DAMAGED),
        (_newer, Fault.NEWER),
        (lambda path: path.write_bytes(b"noise " * 2000), Fault.NO_LEDGER),
        (lambda path: path.write_bytes(path.read_bytes()[:-8192]), Fault.DAMAGED),
    ],
)
def test_whatever_is_wrong_with_a_copy_is_found(
    tmp_path: Path, url: str, harm: Callable[[Path], None], expected: Fault
) -> None:
    """By its digest, and without one by what is in it: a byte, a line, a page, the end, the program's age."""
    made = make_backup(url, Backups(folder=tmp_path / "cadangan", keep=KEEP), EVENING)
    harm(made.path)
    assert Fault.CHANGED in {fault for fault, _ in prove(made.path).wrong}
    made.path.with_name(f"{made.path.name}.sha256").unlink()
    assert expected in {fault for fault, _ in prove(made.path).wrong}
