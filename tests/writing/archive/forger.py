"""Somebody with time, and with the program: changes an archive, then puts right what he thinks of, and no more."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from mailbot.writing.archive.checking.chain import chained, numbers_digest
from mailbot.writing.archive.checking.listing import root_of
from mailbot.writing.archive.checking.spelling import packed, salted_digest, spread
from tests.writing.archive.closed_cycle import salt, sha256

JOURNAL, RECORD, DECISIONS = "5-riwayat/jurnal.jsonl", "5-riwayat/siklus.json", "5-riwayat/keputusan.txt"
Line = dict[str, Any]


class Forger:
    """An archive in the hands of a forger."""

    def __init__(self, files: dict[str, bytes]) -> None:
        """Take the files of a whole archive."""
        self.files = dict(files)
        self.list: Line = json.loads(files["manifest.json"])
        self.lines: list[Line] = [json.loads(line) for line in files[JOURNAL].splitlines()]
        self.record: Line = json.loads(files[RECORD])
        self._recorded = copy.deepcopy(self.record)

    def listed(self, path: str) -> Line:
        """Return what the list says of a file."""
        return next(entry for entry in self.list["files"] if entry["path"] == path)

    def told(self, event: str, number: int = 0, **detail: str) -> Line:
        """Return a line of an event, the first or a later one, of those that say so."""
        found = [
            line["line"]
            for line in self.lines
            if line.get("line", {}).get("event") == event and detail.items() <= dict(line["line"]["detail"]).items()
        ]
        line: Line = found[number]
        return line

    def entry(self, event: str, number: int = 0) -> Line:
        """Return the entry of a line of an event."""
        return [line for line in self.lines if line.get("line", {}).get("event") == event][number]

    def says(self, line: Line, **detail: str) -> None:
        """Rewrite what a line says."""
        line["detail"] = [[name, detail.get(name, value)] for name, value in line["detail"]]

    def add(self, path: str, kind: str, content: bytes) -> None:
        """Lay a file down, and list it."""
        self.files[path] = content
        self.list["files"].append({"path": path, "kind": kind, "salt": salt(path)})

    def drop(self, path: str) -> None:
        """Take a file away, and off the list."""
        del self.files[path]
        self.list["files"].remove(self.listed(path))

    def exchange(self, one: str, other: str) -> None:
        """Put two files in each other's place."""
        self.files[one], self.files[other] = self.files[other], self.files[one]

    def writes(self, path: str, old: bytes, new: bytes) -> None:
        """Change words in a file."""
        assert old in self.files[path], old
        self.files[path] = self.files[path].replace(old, new, 1)

    def finish(self, *, papers: bool = True, seal: bool = True, chain: bool = True) -> dict[str, bytes]:
        """Put right what papers the journal tells of, what its seal says, its chain, and always the list."""
        if self._recorded != self.record:
            self.files[RECORD] = spread(self.record)
        self._list()
        if papers:
            for line in self.lines:
                told = dict(line["line"]["detail"]) if line.get("line", {}).get("event") == "paper_made" else {}
                if told.get("paper") in self.files:
                    self.says(line["line"], made=sha256(self.files[told["paper"]]))
        if seal:
            self._seal()
        if chain:
            self._chain()
        self.files[JOURNAL] = b"".join(packed(line) + b"\n" for line in self.lines)
        ends = {"bytes": len(self.files[JOURNAL]), "sha256": sha256(self.files[JOURNAL])}
        ends |= {"last": self.lines[-1]["number"], "head": self.lines[-1]["hash"]} if self.lines else {}
        self.list["journal"] |= ends
        self.files["manifest.json"] = spread(self.list)
        return self.files

    def _list(self) -> None:
        """List every file as it is now."""
        for entry in self.list["files"]:
            if "removed" not in entry and entry["path"] in self.files:
                content = self.files[entry["path"]]
                digest = salted_digest(entry["salt"], content)
                entry |= {"bytes": len(content), "sha256": sha256(content), "digest": digest}
        self.list["files"].sort(key=lambda entry: entry["path"])

    def _seal(self) -> None:
        """Let the line that sealed the archive say what fits."""
        own = [line["number"] for line in self.lines if "line" in line or "removed" in line]
        seals = [line["line"] for line in self.lines if line.get("line", {}).get("event") == "archived"]
        files = [(entry["path"], entry["kind"], entry["digest"]) for entry in self.list["files"]]
        for seal in seals:
            before = [number for number in own if number < seal["number"]]
            sealed = root_of(self.list["cycle"], self.list["office"], files)
            self.says(seal, files=sealed, lines=str(len(before)), own=numbers_digest(before), to=str(before[-1]))

    def _chain(self) -> None:
        """Chain every line anew."""
        before = self.list["journal"]["before"]
        for line in self.lines:
            if "line" in line:
                line["digest"] = salted_digest(line["salt"], packed(line["line"]))
            line["hash"] = before = chained(before, line["digest"])

    def renumber(self) -> None:
        """Let the lines count without a gap."""
        for number, line in enumerate(self.lines, start=self.list["journal"]["first"]):
            line["number"] = number
            if "line" in line:
                line["line"]["number"] = number

    def twin(self, entry: Line) -> Line:
        """Put a copy of a line behind it, and return that."""
        copied = copy.deepcopy(entry)
        self.lines.insert(self.lines.index(entry) + 1, copied)
        self.renumber()
        return copied


Forgery = Callable[[Forger], object]
