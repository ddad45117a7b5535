"""A configuration read anew: the ledger stays open or is left whole, and nobody lays a hand on its file meanwhile."""

from __future__ import annotations

import email
import email.policy
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.cli.daemon import Daemon
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.settings.folder import digest_of, read_folder
from mailbot.settings.loading import load
from tests.cli.terminal import mailbot
from tests.cli.watched_daemon import edited
from tests.heartbeat.running import SECRETS, asks_for_status, secretary, served

PROGRAM = Path(__file__).with_name("watched_daemon.py")
PLACE = "database: sqlite:///ledger.db"


@pytest.fixture
def server(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedServer]:
    """The sample office in ./kantor and its mail server."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    with served(here) as running_server:
        yield running_server


@pytest.fixture
def daemon(server: EmbeddedServer, here: Path) -> Iterator[Daemon]:
    """The daemon, in this process, that has made its first pass."""
    del server
    daemon = Daemon(here / "kantor", load(here / "kantor", SECRETS))
    daemon.beat()
    yield daemon
    daemon.close()


def test_nobody_lays_a_hand_on_the_ledger_while_it_is_open(tmp_path: Path) -> None:
    """Daemon, edits and every command in one process: the only touch is the one that shows the watch awake."""
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, PROGRAM, tmp_path], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (touch,) = ran.stdout.splitlines()
    assert touch.startswith("open ledger.db from ")


def test_the_ledger_stays_open_from_one_configuration_to_the_next(daemon: Daemon, here: Path) -> None:
    """Nothing of it is opened a second time, however its place is spelled."""
    ledger = daemon._clerk.books.ledger  # noqa: SLF001 - whether it is the very same cannot be seen from outside
    edited(here, "per_minute: 20", "per_minute: 19")
    daemon.beat()
    (here / "tautan.db").symlink_to(here / "ledger.db")
    edited(here, PLACE, "database: sqlite:///tautan.db")
    daemon.beat()
    assert daemon._clerk.books.ledger is ledger  # noqa: SLF001 - the same
    assert daemon.settings.pacing.per_minute == 19


def test_a_ledger_in_another_place_is_told_of_and_the_former_is_left_whole(
    daemon: Daemon, here: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is another ledger; nothing moves over by itself, and it takes a word, for an empty one would let all in."""
    edited(here, PLACE, "database: sqlite:///baru.db")
    daemon.beat()
    assert daemon.settings.database_url.get_secret_value().endswith("/ledger.db")
    assert not (here / "baru.db").exists()
    digest = digest_of(read_folder(here / "kantor")[0])
    assert mailbot("--config", "kantor", "apply", digest).code == 0
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="mailbot"):
        daemon.beat()
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert f"the ledger is now sqlite:///{here}/baru.db; what stands in sqlite:///{here}/ledger.db" in told[0]
    assert not (here / "ledger.db-wal").exists()
    assert (here / "baru.db-wal").exists()


def test_a_mistake_while_it_runs_is_told_to_the_operator_once_and_once_when_it_is_mended(
    daemon: Daemon, here: Path
) -> None:
    """Two mistakes one after the other are one matter, and a daemon that starts anew tells nothing again."""

    def told() -> list[str]:
        listed = daemon._clerk.books.ledger.letters.listing(limit=99)  # noqa: SLF001 - what was written to whom
        return [letter.key.split("/")[1] for letter in reversed(listed) if letter.kind == "alarm"]

    edited(here, "per_minute: 20", "per_minute: dua")
    for _ in range(3):
        daemon.beat()
    assert told() == ["config_wrong"]
    edited(here, "per_minute: dua", "per_menit: 20")
    daemon.beat()
    assert told() == ["config_wrong"]
    ledger = daemon._clerk.books.ledger  # noqa: SLF001 - as above
    letter = next(one for one in ledger.letters.listing(limit=99) if one.kind == "alarm")
    words = email.message_from_bytes(ledger.letters.raw(letter.key), policy=email.policy.default).get_body(("plain",))
    assert words is not None
    assert "office.yaml" in words.get_content()
    assert "dua" in words.get_content()
    edited(here, "per_menit: 20", "per_minute: 19")
    for _ in range(2):
        daemon.beat()
    assert told() == ["config_wrong", "recovered"]


def test_a_clerk_that_cannot_begin_leaves_the_former_one_and_its_ledger_at_work(
    daemon: Daemon, server: EmbeddedServer, here: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The key that signs forms was damaged meanwhile: the settings in force are the former ones, and mail is worked."""
    key = here / "secret.key"
    kept = key.read_text()
    key.write_text("rusak")
    edited(here, "per_minute: 20", "per_minute: 19")
    asks_for_status(secretary(server))
    with caplog.at_level(logging.ERROR, logger="mailbot"):
        assert daemon.beat().worked == 1
    assert "the configuration as it was stays in force" in caplog.text
    assert daemon.settings.pacing.per_minute == 20
    key.write_text(kept)
    daemon.beat()
    assert daemon.settings.pacing.per_minute == 19
