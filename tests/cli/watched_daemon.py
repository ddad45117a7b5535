"""A program for one test: the daemon and the commands in one process, which tells of every hand laid on the ledger.

Python tells an audit hook of every file that it opens, renames, cuts or removes; SQLite's own library does not ask
Python. A hook stays until the process ends: hence a program.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from mailbot.cli.daemon import Daemon
from mailbot.core.model.mail import Attachment
from mailbot.settings.loading import load
from tests.cli.terminal import mailbot
from tests.faults.test_curious_owner import PARTS, descriptors, inodes, locked
from tests.heartbeat.running import SECRETS, asks_for_status, secretary, served

TOUCHING = frozenset({"open", "os.rename", "os.remove", "os.truncate", "os.link"})
COMMANDS = ("status", "journal", "inbox list", "outbox list", "ledger", "check", "export 2025", "backup buku", "tick")
EDITS = (
    ("per_minute: 20", "per_minute: 19"),
    ("per_minute: 19", "per_minute: 18"),
    ("zone: Asia/Jakarta", "zone: Asia/Probolinggo"),
    ("zone: Asia/Probolinggo", "zone: Asia/Jakarta"),
)


class Watch:
    """Writes down who of us touched the ledger's file."""

    def __init__(self, ledger: Path) -> None:
        """Begin."""
        self.parts = [ledger.with_name(ledger.name + part) for part in PARTS]
        self.found: list[str] = []
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: tuple[object, ...]) -> None:
        """Look at what Python is about to do."""
        if event not in TOUCHING or not isinstance(arguments[0], str | bytes | os.PathLike):
            return
        if event == "open" and int(str(arguments[2])) & os.O_EXCL:
            return  # opens nothing that is there
        path = Path(os.fsdecode(arguments[0]))
        if path.exists() and any(part.exists() and part.samefile(path) for part in self.parts):
            where = traceback.extract_stack(limit=4)[0]
            self.found.append(f"{event} {path.name} from {where.filename}:{where.lineno}")


def edited(folder: Path, old: str, new: str) -> None:
    """Change a line of `office.yaml`."""
    path = folder / "kantor" / "office.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def children() -> list[int]:
    """Return the processes that this one has begun."""
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(word) for task in tasks for word in task.read_text().split()]


def still_locked(ledger: Path, after: str) -> None:
    """Hold that this process has its locks on the database and on the index of its log."""
    database, _, index = inodes(ledger)
    assert locked(os.getpid(), ledger) >= {database, index}, f"no lock is left after {after}"


def main(folder: Path) -> None:
    """Print a line for every touch; the last one is our own, to show that the watch is awake."""
    ledger = folder / "ledger.db"
    os.chdir(folder)
    os.environ |= SECRETS
    watch = Watch(ledger)
    with served(folder) as server:
        daemon = Daemon(folder / "kantor", load(folder / "kantor", SECRETS))
        keyboard = secretary(server)
        for old, new in EDITS:
            edited(folder, old, new)
            asks_for_status(keyboard)
            daemon.beat()
            still_locked(ledger, new)
        for words in COMMANDS:
            ran = mailbot("--config", "kantor", *words.split())
            assert ran.code == 0, (words, ran.text)
            still_locked(ledger, words)
        file = Attachment(sha256="", name="a.xlsx", media_type="", size_bytes=2, content=b"PK")
        daemon._clerk.reader.read_forms((file,))  # noqa: SLF001 - begins the process that reads files
        begun = children()
        assert begun
        assert [descriptors(child, ledger) for child in begun] == [[]] * len(begun)
        mapped = {
            line.split()[-1].rpartition("/")[2] for line in Path("/proc/self/maps").read_text().splitlines() if line
        }
        assert len([name for name in mapped if name.startswith("libsqlite3")]) <= 1, "two know nothing of their locks"
        ledger.read_bytes()
        daemon.close()
    with sqlite3.connect(ledger) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    sys.stdout.write("\n".join(watch.found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
