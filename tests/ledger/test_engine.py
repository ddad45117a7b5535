"""Opening a ledger: what SQLite is told, what is refused, and in which words."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlmodel import col, select

from mailbot.errors import LedgerProblem
from mailbot.ledger.engine import reading, writing
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.tables import CycleRow, NoteRow
from mailbot.ledger.trouble import driver_errors
from mailbot.ledger.trouble.driver_errors import way_out
from tests.ledger.examples import NOW, a_mail, a_new_cycle, opening
from tests.servers.processes import run

JAKARTA = timezone(timedelta(hours=7))


def test_sqlite_writes_every_commit_to_the_disk_and_minds_its_references(tmp_path: Path) -> None:
    """WAL, synchronous=FULL (2), foreign keys, on every connection."""
    with open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}", patience_seconds=7) as ledger:
        for _ in range(2):
            with reading(ledger.engine) as one, reading(ledger.engine) as two:
                for connection in (one, two):
                    told = [
                        connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
                    ]
                    assert told == ["wal", 2, 1, 7000]


def test_a_ledger_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    """Mails hold personal data."""
    path = tmp_path / "ledger.db"
    with open_ledger(f"sqlite:///{path}") as ledger:
        ledger.notes.write("a", "b")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    sides = ("", "-wal", "-shm", "-mark")
    assert modes == {f"ledger.db{side}": 0o600 for side in sides}


def test_a_writer_keeps_every_other_writer_out_between_its_read_and_its_write(tmp_path: Path) -> None:
    """BEGIN IMMEDIATE: the second writer waits, and says so when it has waited long enough; readers do not wait."""
    with open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}", patience_seconds=0) as ledger:
        with writing(ledger.engine) as first:
            first.execute(select(NoteRow)).all()
            with pytest.raises(LedgerProblem, match=r"locked.*close that program"):
                ledger.notes.write("a", "second")
            assert ledger.notes.read("a") == ""
        ledger.notes.write("a", "third")
        assert ledger.notes.read("a") == "third"


def test_a_reader_sees_one_moment(ledger: Ledger) -> None:
    """What is written while it reads belongs to the next moment."""
    ledger.notes.write("a", "before")
    with reading(ledger.engine) as connection:
        ours = select(NoteRow.value).where(col(NoteRow.name).in_(("a", "b")))
        first = connection.execute(ours).scalars().all()
        ledger.notes.write("a", "after")
        ledger.notes.write("b", "new")
        assert connection.execute(ours).scalars().all() == first == ["before"]


def test_times_come_back_in_utc_whatever_zone_they_went_in_with(ledger: Ledger) -> None:
    """Half past nine in Jakarta is half past two."""
    mail = a_mail(1)
    ledger.inbox.keep([mail], datetime(2027, 1, 11, 9, 30, tzinfo=JAKARTA))
    (kept,) = ledger.inbox.unsettled(1)
    assert (kept.kept_at, kept.kept_at.tzinfo) == (datetime(2027, 1, 11, 2, 30, tzinfo=UTC), UTC)


def test_a_time_without_a_zone_is_refused(ledger: Ledger) -> None:
    """Nobody can know what it means."""
    with pytest.raises(Exception, match="timezone information"):
        ledger.inbox.keep([a_mail(1)], datetime(2027, 1, 11, 9, 30))  # noqa: DTZ001 - the very thing that is refused
    assert ledger.inbox.counts().kept == 0


def test_a_damaged_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    """quick_check finds it before anything is sent."""
    path = tmp_path / "ledger.db"
    with open_ledger(f"sqlite:///{path}") as ledger:
        ledger.inbox.keep([a_mail(uid, bytes(5000)) for uid in range(1, 30)], NOW)
    content = bytearray(path.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = bytes(200)
    path.write_bytes(content)
    with pytest.raises(LedgerProblem, match=r"damaged.*mailbot restore FILE"):
        open_ledger(f"sqlite:///{path}")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """And left as it is."""
    path = tmp_path / "ledger.db"
    path.write_text("This is a letter. " * 100)
    with pytest.raises(LedgerProblem, match=r"cannot be read.*restore"):
        open_ledger(f"sqlite:///{path}")
    assert path.read_text().startswith("This is a letter.")


def test_a_ledger_that_another_program_holds_is_not_called_damaged(tmp_path: Path) -> None:
    """Nobody is to put a backup in place of what is only busy."""
    path = tmp_path / "ledger.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE a (b)")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerProblem, match=r"cannot be read.*close that program") as refused:
            open_ledger(f"sqlite:///{path}", patience_seconds=0)
    assert "restore" not in str(refused.value)


def test_a_ledger_behind_a_link_is_private_where_it_lies(tmp_path: Path) -> None:
    """The link is there before the file is; its log lies beside the file, not beside the link."""
    link, disk = tmp_path / "ledger.db", tmp_path / "disk"
    disk.mkdir()
    link.symlink_to(disk / "there.db")
    with open_ledger(f"sqlite:///{link}") as ledger:
        ledger.notes.write("a", "b")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in disk.iterdir()}
    assert modes == {f"there.db{side}": 0o600 for side in ("", "-wal", "-shm")}


def test_what_cannot_be_a_ledger_is_named(tmp_path: Path) -> None:
    """A folder stands in its place."""
    with pytest.raises(LedgerProblem, match="cannot be opened: Is a directory"):
        open_ledger(f"sqlite:///{tmp_path}")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The message says what must exist."""
    with pytest.raises(LedgerProblem, match=r"none/ledger.db cannot be opened.*folder must exist"):
        open_ledger(f"sqlite:///{tmp_path / 'none' / 'ledger.db'}")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://x/y", "begins with 'mysql'"),
        ("ledger.db", "begins with 'ledger.db'"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/none", "could not be used.*Nothing listens there"),
        ("postgresql://host:port/none", "cannot be used"),
    ],
)
def test_a_url_that_leads_nowhere_is_refused_in_words(url: str, words: str) -> None:
    """No driver's traceback reaches the operator, and no password."""
    with pytest.raises(LedgerProblem, match=words):
        open_ledger(url)


class _Said(Exception):
    """What PostgreSQL's driver says."""

    def __init__(self, words: str, sqlstate: str | None = None) -> None:
        """Keep the number that the server gives, if it was reached."""
        super().__init__(words)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("said", "helps", "of_the_server"),
    [
        (_Said("permission denied for schema public", "42501"), "belong to another user", True),
        (_Said('relation "cycle" does not exist', "42P01"), "no tables of mailbot yet", True),
        (_Said('FATAL:  database "lkjip" does not exist'), "CREATE DATABASE", False),
        (_Said('FATAL:  password authentication failed for user "mailbot"'), "written %40", False),
        (_Said('could not translate host name "x"'), "%40 or %2F", False),
        (_Said("server closed the connection unexpectedly"), "can be reached", False),
    ],
)
def test_each_way_in_which_a_database_cannot_be_used_has_its_way_out(
    said: _Said,
    helps: str,
    of_the_server: bool,  # noqa: FBT001 - a value of the table
) -> None:
    """Another's tables and none yet look like a fault of the program, and are none."""
    assert helps in way_out(said)
    assert driver_errors.of_the_server(said) is of_the_server


def test_a_password_does_not_show(tmp_path: Path) -> None:
    """The URL is printed with stars."""
    with pytest.raises(LedgerProblem) as refusal:
        open_ledger("postgresql+psycopg://mailbot:s3cret@127.0.0.1:1/none")
    assert "s3cret" not in str(refusal.value)
    assert "mailbot:***@127.0.0.1" in str(refusal.value)


def test_a_ledger_in_memory_serves_several_threads() -> None:
    """They take turns at its one connection, and it lives as long as it is open."""
    with open_ledger("sqlite://") as ledger, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: ledger.notes.write(str(number), "x"), range(40)))
        with reading(ledger.engine) as connection:
            assert len(connection.execute(select(NoteRow)).all()) == 40


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    """SQLite's own limit on the file stands in for the disk's end."""
    path = tmp_path / "ledger.db"
    with open_ledger(f"sqlite:///{path}") as ledger:
        ledger.commit(opening(a_new_cycle()))
        with writing(ledger.engine) as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(LedgerProblem, match=r"full.*Nothing was written"):
            ledger.inbox.keep([a_mail(1, bytes(100_000))], NOW)
        assert ledger.inbox.counts().kept == 0
        with reading(ledger.engine) as connection:
            assert len(connection.execute(select(CycleRow)).all()) == 1


def test_a_ledger_that_was_killed_opens_again(tmp_path: Path) -> None:
    """What was committed into the write-ahead log and never folded back is there."""
    path = tmp_path / "ledger.db"
    ledger = open_ledger(f"sqlite:///{path}")
    ledger.notes.write("a", "committed")
    copy = tmp_path / "as-after-a-kill.db"
    for suffix in ("", "-wal"):
        # By another process: one that has the ledger open must not open and close its file by hand.
        run("/bin/cp", path.with_name(path.name + suffix), copy.with_name(copy.name + suffix))
    ledger.close()
    with open_ledger(f"sqlite:///{copy}") as again:
        assert again.notes.read("a") == "committed"


def test_references_are_minded(tmp_path: Path) -> None:
    """A row cannot lose the file it speaks of."""
    path = tmp_path / "ledger.db"
    with open_ledger(f"sqlite:///{path}") as ledger:
        ledger.inbox.keep([a_mail(1)], NOW)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("DELETE FROM file")
