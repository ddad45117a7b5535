"""An ordinary day with a curious owner: the daemon runs, a YAML is edited, people look into the ledger, mail comes.

The kind: a process has the ledger open, and something in it touches the file by hand. The root: POSIX locks belong to a
process and a file, so that closing *any* descriptor of the file drops *all* locks SQLite holds on it; the next process
that closes the ledger takes itself for the last one, and deletes the log that the daemon goes on writing to.
Five neighbours, each held by a test: a configuration read anew twice, and a wrong one (here); backup, export and tick
beside the daemon, with the ledger behind a link (here); a new clerk that fails while the former one works, and a ledger
in another place (`tests/cli/test_reload.py`); anything else of ours that opens, copies or renames the file while it is
open (there, and `tests/architecture/test_ledger_file.py`); a process begun by the daemon that inherits it (there).
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.standing import status
from mailbot.rehearsal.keyboard import Keyboard
from mailbot.rehearsal.server import EmbeddedServer
from tests.heartbeat.running import SECRETS, Running, answered, answers, asks_for_status, running, secretary, served

ON_POSTGRESQL = pytest.param("postgres", id="postgres", marks=(pytest.mark.servers, pytest.mark.sweep))
"""No file of its own that somebody could close: played in the long run alone."""
BOTH = (pytest.param("sqlite", id="sqlite"), ON_POSTGRESQL)
DAYS = 2
LOOKS = (("inbox", "list"), ("journal",))
PARTS = ("", "-wal", "-shm")
GOOD, WRONG = "zone: Asia/Jakarta", "zone: Asia/Probolinggo"


@dataclass(slots=True)
class Owner:
    """Whoever sits at the machine, with his office in a folder."""

    folder: Path
    server: EmbeddedServer
    url: str
    env: dict[str, str]
    keyboard: Keyboard
    asked: list[str] = field(default_factory=list)
    per_minute: int = 20

    @property
    def file(self) -> Path | None:
        """Return the ledger's file; None on PostgreSQL."""
        return self.folder / "ledger.db" if self.url.startswith("sqlite") else None

    def edits(self, old: str, new: str) -> None:
        """Change a line of `office.yaml`, in one stroke as editors do."""
        path = self.folder / "kantor" / "office.yaml"
        text = path.read_text()
        assert old in text
        path.with_suffix(".new").write_text(text.replace(old, new, 1))
        path.with_suffix(".new").replace(path)

    def changes_the_pace(self) -> None:
        """Edit a setting that is right and matters to nobody here."""
        self.edits(f"per_minute: {self.per_minute}", f"per_minute: {self.per_minute - 1}")
        self.per_minute -= 1

    def mistypes(self) -> None:
        """Edit a setting so that nothing of it can be used."""
        self.edits(GOOD, WRONG)

    def mends(self) -> None:
        """Put it back as it was."""
        self.edits(WRONG, GOOD)

    def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Type a command of mailbot's in a shell beside the daemon."""
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "mailbot", "--config", "kantor", *words],
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2]), **self.env},
            capture_output=True,
            text=True,
            check=False,
        )

    def looks(self) -> None:
        """Look at what came or at what was done, by turns; a wrong configuration is told of beside it."""
        wrong = WRONG in (self.folder / "kantor" / "office.yaml").read_text()
        ran = self.types(*LOOKS[len(self.asked) % len(LOOKS)])
        assert (ran.returncode, "office.yaml" in ran.stderr) == (0, wrong), ran.stdout + ran.stderr

    def writes_a_mail(self) -> None:
        """Let the Sekretaris ask, and wait for his answer."""
        self.asked.append(asks_for_status(self.keyboard))
        assert answered(self.keyboard, self.asked[-1])

    def finds_everything(self) -> None:
        """Look, with the daemon stopped, for each mail and each answer, and for a ledger that is whole."""
        if self.file is not None:
            with closing(sqlite3.connect(self.file)) as database:
                assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = status(self.url)
        assert (found.inbox.by_outcome, found.inbox.waiting) == ({"command": len(self.asked)}, 0)
        assert found.outbox.in_doubt == 0
        with open_ledger(self.url, marks=self.folder) as ledger:
            assert ledger.journal.verify() is None
        assert [answers(self.server, mail) for mail in self.asked] == [1] * len(self.asked)


def inodes(file: Path) -> list[int]:
    """Return which files the ledger consists of at this moment."""
    return [file.with_name(file.name + part).stat().st_ino for part in PARTS]


def descriptors(process: int, file: Path) -> list[str]:
    """Return what a process has open of a ledger; a file that was deleted says so."""
    links = []
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since the folder was listed
            links.append(str(descriptor.readlink()))
    return [link for link in links if link.startswith(str(file.resolve()))]


def locked(process: int, file: Path) -> set[int]:
    """Return the inodes of a ledger's parts on which a process holds a lock, as the kernel knows it."""
    lines = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    held = {int(words[5].rpartition(":")[2]) for words in lines if words[1] == "POSIX" and int(words[4]) == process}
    return held & set(inodes(file))


def hold(daemon: Running, file: Path, at_first: list[int]) -> None:
    """Hold that the daemon still works on the files that it began with, and that they are locked as SQLite wants."""
    process = daemon.process.pid
    assert inodes(file) == at_first
    assert [link for link in descriptors(process, file) if "(deleted)" in link] == []
    database, _, index = at_first
    assert locked(process, file) >= {database, index}


@pytest.fixture(params=BOTH)
def owner(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Owner]:
    """The sample office on either database; mail wakes the daemon, no poll does."""
    monkeypatch.chdir(tmp_path)
    env, url = dict(SECRETS), f"sqlite:///{tmp_path / 'ledger.db'}"
    if request.param == "postgres":
        url = str(request.getfixturevalue("postgres_url"))
        env["MAILBOT_DATABASE_URL"] = url
    with served(tmp_path, env) as server:
        owner = Owner(tmp_path, server, url, env, secretary(server))
        owner.edits("poll_seconds: 60", "poll_seconds: 3600")
        yield owner


def test_a_ledger_survives_its_owners_curiosity(owner: Owner) -> None:
    """Run, mail, edit, look, mail; edit again, wrongly too; stop, start, all again: no mail is lost or done twice."""
    for _ in range(DAYS):
        with running(owner.folder, owner.env) as daemon:
            daemon.logs("watching INBOX")
            owner.writes_a_mail()
            at_first = inodes(owner.file) if owner.file is not None else []
            for edit, told in (
                (owner.changes_the_pace, "configuration read anew"),
                (owner.changes_the_pace, "configuration read anew"),
                (owner.mistypes, "the configuration as it was stays in force"),
                (owner.mends, ""),
            ):
                edit()
                owner.writes_a_mail()
                daemon.logs(told)
                owner.looks()
                if owner.file is not None:
                    hold(daemon, owner.file, at_first)
            assert daemon.told_to_stop() == 0
        owner.finds_everything()


@pytest.mark.parametrize("owner", ["sqlite"], indirect=True)
def test_commands_beside_the_daemon_leave_it_its_files(owner: Owner) -> None:
    """After a configuration read anew: backup, check, status, export, tick; the ledger is reached by a link."""
    file, elsewhere = owner.folder / "ledger.db", owner.folder / "disk"
    elsewhere.mkdir()
    for part in owner.folder.glob("ledger.db*"):
        part.rename(elsewhere / part.name)
    file.symlink_to(elsewhere / file.name)
    with running(owner.folder, owner.env) as daemon:
        daemon.logs("watching INBOX")
        owner.writes_a_mail()
        at_first = inodes(elsewhere / file.name)
        owner.changes_the_pace()
        owner.writes_a_mail()
        daemon.logs("configuration read anew")
        for words in (("backup", "buku"), ("check",), ("status",), ("export", "2025"), ("tick",), ("ledger",)):
            ran = owner.types(*words)
            assert ran.returncode == 0, ran.stdout + ran.stderr
        assert "mailbot sudah berjalan di" in owner.types("restore", "buku").stderr
        owner.writes_a_mail()
        hold(daemon, elsewhere / file.name, at_first)
        assert daemon.told_to_stop() == 0
    owner.finds_everything()
