"""A power cut, played afterwards: what a process wrote and synced is recorded, and what a disk may have kept is laid.

A disk owes what was synced: of a file its bytes, of a folder which files are in it. Of everything written since, to
each file, it may have kept nothing, all, some, or half of the last piece.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,unlink"
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)")
_TO_FILE = re.compile(r'^\d+<([^>]*)>(?:, "((?:[^"\\]|\\.)*)", (\d+))?(?:, (\d+))?')
_OPENED = re.compile(r'"([^"]*)", ([A-Z_|]+)')


class Kept(StrEnum):
    """What the disk has kept of the writes after a file's last sync."""

    NOTHING = "nothing"
    ALL = "all"
    EVERY_OTHER = "every other"
    HALF_OF_THE_LAST = "half of the last"


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a file: bytes at a place, or (without bytes) a new length."""

    at: int
    data: bytes | None = None

    def apply(self, content: bytearray) -> None:
        """Make it."""
        if self.data is None:
            content[self.at :] = b"" if len(content) > self.at else b"\0" * (self.at - len(content))
            return
        if len(content) < self.at:
            content.extend(b"\0" * (self.at - len(content)))
        content[self.at : self.at + len(self.data)] = self.data


@dataclass(slots=True)
class OnDisk:
    """One file: what is owed, and what was written since; None while it does not exist."""

    owed: bytearray | None = None
    since: list[Change] = field(default_factory=list)
    linked: bool = False
    """The folder was synced since the file was made."""
    removed: bool = False

    def sync(self) -> None:
        """Owe everything written so far."""
        self.owed = self._with(self.since)
        self.since = []

    def after(self, kept: Kept) -> bytearray | None:
        """Return the file as the disk shows it when the power is back."""
        match kept:
            case Kept.NOTHING:
                return self.owed if self.linked else None
            case Kept.ALL:
                return None if self.removed else self._with(self.since)
            case Kept.EVERY_OTHER:
                return self._with(self.since[::2]) if self.since[::2] else self.owed
            case Kept.HALF_OF_THE_LAST:
                *whole, last = self.since or [Change(0, b"")]
                torn = Change(last.at, last.data[: len(last.data) // 2]) if last.data else last
                return self._with([*whole, torn]) if self.since else self.owed

    def _with(self, changes: Sequence[Change]) -> bytearray:
        content = bytearray(self.owed or b"")
        for change in changes:
            change.apply(content)
        return content


@dataclass(slots=True)
class Disk:
    """The files of one folder, as a recording goes on."""

    folder: Path
    files: dict[str, OnDisk] = field(default_factory=dict)
    told: int = 0
    """How many commits the process had been promised, and told of."""

    def lay(self, where: Path, kept: Kept) -> None:
        """Write the files as they are after the cut."""
        for name, file in self.files.items():
            content = file.after(kept)
            (where / name).unlink(missing_ok=True)
            if content is not None:
                (where / name).write_bytes(content)

    def happens(self, line: str) -> bool:
        """Take up one recorded call; True if it changed anything here."""
        call = _CALL.match(line)
        if call is None or int(call[3]) < 0:
            return False
        name, words = call[1], call[2]
        if name == "openat":
            opened = _OPENED.search(words)
            return opened is not None and self._opened(opened[1], opened[2])
        if name == "unlink":
            file = self.files.get(self._ours(words.strip('"')))
            if file is not None:
                file.removed = True
            return file is not None
        found = _TO_FILE.match(words)
        return found is not None and self._written(name, found)

    def _opened(self, path: str, flags: str) -> bool:
        name = self._ours(path)
        if not name or "O_CREAT" not in flags:
            return False
        file = self.files.get(name)
        if file is None or file.removed:
            self.files[name] = OnDisk()
        return True

    def _written(self, call: str, found: re.Match[str]) -> bool:
        name = self._ours(found[1])
        if found[1] == str(self.folder):
            self._folder_is_synced()
        if found[1].endswith("/told"):
            self.told += 1
        if name not in self.files:
            return False
        file = self.files[name]
        match call:
            case "fsync" | "fdatasync":
                file.sync()
            case "pwrite64":
                file.since.append(Change(int(found[4]), ast.literal_eval(f'b"{found[2]}"')))
            case "ftruncate":
                file.since.append(Change(int(re.findall(r"\d+", found.string)[-1])))
            case _:
                return False
        return True

    def _folder_is_synced(self) -> None:
        """Owe which files there are: those made stay, those removed are gone."""
        self.files = {name: file for name, file in self.files.items() if not file.removed}
        for file in self.files.values():
            file.linked = True

    def _ours(self, path: str) -> str:
        """Return the name of a file of the ledger that has to outlive a cut; empty for any other."""
        own = Path(path)
        wanted = own.parent == self.folder and own.name.startswith("ledger.db") and not own.name.endswith("-shm")
        return own.name if wanted else ""


def moments(record: Path, folder: Path) -> Iterator[Disk]:
    """Give the disk after each recorded call that changed it."""
    disk = Disk(folder)
    for line in record.read_text(encoding="latin-1").splitlines():
        before = disk.told
        if disk.happens(line) or disk.told > before:
            yield disk
