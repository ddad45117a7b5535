"""`mailbot run` itself: answers as mail comes, stops cleanly, starts on nothing bad, keeps the last good settings."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.ledger.standing import status
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.settings.folder import digest_of, read_folder
from tests.cli.terminal import mailbot
from tests.heartbeat.running import SECRETS, answered, asks_for_status, running, secretary, served
from tests.heartbeat.systemd import listening


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedServer]:
    """The sample office in ./kantor, its cycle open, and its mail server."""
    monkeypatch.chdir(tmp_path)
    with served(tmp_path) as running_server:
        yield running_server


def changed(folder: Path, old: str, new: str) -> None:
    """Change a line of `office.yaml`, in one stroke as editors do: a daemon may be reading it."""
    path = folder / "kantor" / "office.yaml"
    text = path.read_text()
    assert old in text
    path.with_suffix(".new").write_text(text.replace(old, new, 1))
    path.with_suffix(".new").replace(path)


@pytest.mark.parametrize(("number", "abstract"), [(signal.SIGTERM, False), (signal.SIGINT, True)])
def test_a_mail_is_answered_long_before_the_next_poll_and_a_signal_ends_it_cleanly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, *, abstract: bool
) -> None:
    """The mailbox is watched: with an hour between polls the answer comes in seconds. Exit code 0.

    systemd hears that it is ready, that it lives, and that it stops, at a socket in a folder or in no folder.
    """
    monkeypatch.chdir(tmp_path)
    place = f"@mailbot-{tmp_path}" if abstract else str(tmp_path / "notify")
    env = {**SECRETS, "NOTIFY_SOCKET": place, "WATCHDOG_USEC": "300000"}
    with listening(place) as said, served(tmp_path, poll_seconds=3600) as server, running(tmp_path, env) as daemon:
        keyboard = secretary(server)
        assert "= 3600" in daemon.logs("imap.poll_seconds")
        daemon.logs("watching INBOX")
        assert answered(keyboard, asks_for_status(keyboard))
        daemon.logs("received 1, worked 1, sent ")
        assert daemon.told_to_stop(number) == 0
    heard = said()
    assert "stopped" in daemon.log[-2]
    assert heard[0].startswith("READY=1")
    assert "WATCHDOG=1" in heard
    assert heard[-1].startswith("STOPPING=1")
    found = status(f"sqlite:///{tmp_path / 'ledger.db'}")
    assert (found.inbox.by_outcome, found.inbox.waiting) == ({"command": 1}, 0)
    assert found.outbox.in_doubt == 0


def test_mail_that_came_while_it_was_off_is_answered_when_it_starts(server: EmbeddedServer, tmp_path: Path) -> None:
    """The first beat does not wait for news."""
    keyboard = secretary(server)
    asked = asks_for_status(keyboard)
    with running(tmp_path, SECRETS) as daemon:
        assert answered(keyboard, asked)
        assert daemon.told_to_stop() == 0


def test_a_configuration_edited_badly_is_told_of_once_and_the_last_good_one_stays(
    server: EmbeddedServer, tmp_path: Path
) -> None:
    """Mail is answered all the while; once mended, it is read anew."""
    changed(tmp_path, "poll_seconds: 60", "poll_seconds: 5")
    keyboard = secretary(server)
    with running(tmp_path, SECRETS) as daemon:
        daemon.logs("watching INBOX")
        changed(tmp_path, "zone: Asia/Jakarta", "zone: Asia/Probolinggo")
        assert answered(keyboard, asks_for_status(keyboard))
        daemon.logs("the configuration as it was stays in force")
        assert answered(keyboard, asks_for_status(keyboard))
        changed(tmp_path, "zone: Asia/Probolinggo", "zone: Asia/Jakarta")
        changed(tmp_path, "per_minute: 20", "per_minute: 19")
        daemon.logs("configuration read anew")
        assert daemon.told_to_stop() == 0
    told = [line for line in daemon.log if "Asia/Probolinggo" in line]
    assert len(told) == 1
    assert "office.yaml:" in told[0]


def test_a_configuration_that_cannot_be_opened_leaves_the_former_one_at_work(
    server: EmbeddedServer, tmp_path: Path
) -> None:
    """Good YAML, and approved, but a ledger in a folder that is not there."""
    changed(tmp_path, "poll_seconds: 60", "poll_seconds: 5")
    keyboard = secretary(server)
    with running(tmp_path, SECRETS) as daemon:
        daemon.logs("watching INBOX")
        changed(tmp_path, "database: sqlite:///ledger.db", "database: sqlite:///tidak/ada/ledger.db")
        daemon.logs("to let it count: mailbot apply")
        mailbot("--config", "kantor", "apply", digest_of(read_folder(tmp_path / "kantor")[0]))
        daemon.logs("tidak/ada/ledger.db cannot be opened")
        daemon.logs("the configuration as it was stays in force")
        assert answered(keyboard, asks_for_status(keyboard))
        assert daemon.told_to_stop() == 0
    assert len([line for line in daemon.log if "tidak/ada/ledger.db cannot be opened" in line]) == 1


def test_it_does_not_start_on_a_bad_configuration(server: EmbeddedServer, tmp_path: Path) -> None:
    """Every problem with file and line, exit code 1, nothing touched."""
    del server
    before = (tmp_path / "ledger.db").read_bytes()
    changed(tmp_path, "zone: Asia/Jakarta", "zone: Asia/Probolinggo")
    with running(tmp_path, SECRETS) as daemon:
        assert daemon.ends() == 1
    assert daemon.log[0].startswith("kantor/office.yaml:")
    assert daemon.log[1] == "1 kesalahan dalam pengaturan; tidak ada yang dijalankan."
    assert (tmp_path / "ledger.db").read_bytes() == before


def test_it_does_not_start_on_a_broken_template(server: EmbeddedServer, tmp_path: Path) -> None:
    """The file is named."""
    del server
    own = tmp_path / "kantor" / "templates" / "letters"
    own.mkdir(parents=True)
    (own / "receipt.j2").write_text("{% set subject %}x{% endset %}{{ opening(to }}")
    with running(tmp_path, SECRETS) as daemon:
        assert daemon.ends() == 1
    assert "receipt.j2" in daemon.log[0]


def test_a_second_one_does_not_start_beside_the_first(server: EmbeddedServer, tmp_path: Path) -> None:
    """It names the first, and the first goes on."""
    keyboard = secretary(server)
    with running(tmp_path, SECRETS) as first:
        first.logs("watching INBOX")
        with running(tmp_path, SECRETS) as second:
            assert second.ends() == 1
        assert f"(proses {first.process.pid})" in second.log[0]
        assert answered(keyboard, asks_for_status(keyboard))
        assert first.told_to_stop() == 0


def test_a_refused_password_is_told_and_the_server_left_alone(server: EmbeddedServer, tmp_path: Path) -> None:
    """It waits a quarter of an hour; a signal ends the waiting at once."""
    del server
    changed(tmp_path, "poll_seconds: 60", "poll_seconds: 5")
    with running(tmp_path, {"MAILBOT_IMAP_PASSWORD": "salah", "MAILBOT_SMTP_PASSWORD": "salah"}) as daemon:
        daemon.logs("a mail server refuses our credentials; waiting 15 minutes before the next try")
        assert daemon.told_to_stop() == 0
    assert len([line for line in daemon.log if "IMAP server" in line]) == 1
