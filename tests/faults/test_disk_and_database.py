"""F16, F17: a disk that is full, a ledger that is locked or damaged, under the running daemon."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mailbot.ledger.standing import status
from mailbot.post.imap import Mailbox
from mailbot.rehearsal.server import EmbeddedServer
from tests.heartbeat.running import (
    PATIENCE_SECONDS,
    SECRETS,
    answered,
    answers,
    asks_for_status,
    running,
    secretary,
    served,
)

PRLIMIT = "/usr/bin/prlimit"
WAITS = "Look for a full or read-only disk. Nothing was written, it is tried again."


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedServer]:
    """The sample office in ./kantor, its cycle open, polling every second, and its mail server."""
    monkeypatch.chdir(tmp_path)
    with served(tmp_path) as running_server:
        settings = tmp_path / "kantor" / "office.yaml"
        settings.write_text(settings.read_text().replace("poll_seconds: 60", "poll_seconds: 5"))
        yield running_server


def test_on_a_full_disk_no_mail_is_taken_and_work_goes_on_once_there_is_room(
    server: EmbeddedServer, tmp_path: Path
) -> None:
    """No file may grow beyond what the ledger has now; then the limit is lifted under the running daemon."""
    keyboard = secretary(server)
    asked = asks_for_status(keyboard)
    size = max(path.stat().st_size for path in tmp_path.glob("ledger.db*"))
    with running(tmp_path, SECRETS, PRLIMIT, f"--fsize={min(size, 65536)}:unlimited") as daemon:
        daemon.logs("this pass failed; the next one tries again")
        daemon.logs(WAITS)
        assert status(f"sqlite:///{tmp_path / 'ledger.db'}").inbox.settled == 0
        subprocess.run(  # noqa: S603 - our own daemon's number
            [PRLIMIT, f"--pid={daemon.process.pid}", "--fsize=unlimited"], check=True
        )
        assert answered(keyboard, asked)
        daemon.logs("worked 1, sent ")
        assert daemon.told_to_stop() == 0
    assert status(f"sqlite:///{tmp_path / 'ledger.db'}").inbox.by_outcome == {"command": 1}


def test_a_ledger_that_another_program_locks_is_waited_for(server: EmbeddedServer, tmp_path: Path) -> None:
    """The mail that came meanwhile is answered as soon as it is let go, and once."""
    keyboard = secretary(server)
    with running(tmp_path, SECRETS) as daemon:
        daemon.logs("watching INBOX")
        with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None, timeout=PATIENCE_SECONDS)) as other:
            other.execute("BEGIN IMMEDIATE")
            asked = asks_for_status(keyboard)
            with Mailbox(keyboard.imap) as mailbox:
                mailbox.wait(0)
                assert not mailbox.wait(2.0)
            other.execute("ROLLBACK")
        assert answered(keyboard, asked)
        assert daemon.told_to_stop() == 0
    assert status(f"sqlite:///{tmp_path / 'ledger.db'}").inbox.by_outcome == {"command": 1}


def test_a_damaged_ledger_is_not_started_on_and_the_way_out_is_named(server: EmbeddedServer, tmp_path: Path) -> None:
    """Bytes flipped in the middle of the file: nothing is sent, nothing is received, the restoring command is named."""
    del server
    path = tmp_path / "ledger.db"
    raw = bytearray(path.read_bytes())
    for at in range(4096, len(raw), 512):
        raw[at] ^= 0xFF
    path.write_bytes(raw)
    with running(tmp_path, SECRETS) as daemon:
        assert daemon.ends() == 1
    assert "mailbot restore FILE" in "\n".join(daemon.log)
    assert path.read_bytes() == bytes(raw)


def test_a_deleted_wal_is_noticed_and_nothing_leaves_twice(server: EmbeddedServer, tmp_path: Path) -> None:
    """Killed with -9, so that the last writes lie in the -wal file alone; without it the ledger has forgotten them."""
    keyboard = secretary(server)
    with running(tmp_path, SECRETS) as daemon:
        daemon.logs("watching INBOX")
        asked = asks_for_status(keyboard)
        assert answered(keyboard, asked)
        daemon.logs("worked 1, sent ")
        daemon.process.kill()
        assert daemon.ends() == -signal.SIGKILL
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    for side in ("-wal", "-shm"):
        (tmp_path / f"ledger.db{side}").unlink()
    assert status(url).inbox.by_outcome == {}
    with running(tmp_path, SECRETS) as daemon:
        daemon.logs("The ledger has gone back in time")
        daemon.logs("received 1, worked 1, sent 0")
        assert daemon.told_to_stop() == 0
    assert status(url).inbox.by_outcome == {"command": 1}
    assert answers(server, asked) == 1
    with running(tmp_path, SECRETS) as daemon:
        assert "gone back" not in daemon.logs("watching INBOX")
        assert daemon.told_to_stop() == 0


def test_a_daemon_that_was_stopped_goes_on(server: EmbeddedServer, tmp_path: Path) -> None:
    """SIGSTOP in the middle of its life: what came meanwhile is answered as soon as it is let go on, and once."""
    keyboard = secretary(server)
    with running(tmp_path, SECRETS) as daemon:
        daemon.logs("watching INBOX")
        daemon.process.send_signal(signal.SIGSTOP)
        asked = asks_for_status(keyboard)
        daemon.process.send_signal(signal.SIGCONT)
        assert answered(keyboard, asked)
        assert daemon.told_to_stop() == 0
    assert status(f"sqlite:///{tmp_path / 'ledger.db'}").inbox.by_outcome == {"command": 1}
