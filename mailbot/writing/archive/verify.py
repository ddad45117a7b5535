"""Proves an archive on any machine: every file present and unchanged, none added, the journal unbroken and true."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from mailbot.writing.archive.agreement import contradictions, own_lines

MANIFEST = "manifest.json"
_NOTHING_BEFORE = "0" * 64
_UNREADABLE = (AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError)
"""What comes of JSON that is none, is nested too deep, or holds something else than it should."""


def verify_archive(path: Path) -> tuple[str, ...]:
    """Return every problem of an archive, in plain English for the operator; nothing if it is whole and unchanged.

    Args:
        path: the archive's folder, or its `manifest.json`.
    """
    folder = path.parent if path.name == MANIFEST else path
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed = {str(entry["path"]): str(entry["sha256"]) for entry in manifest["files"]}
        journal = dict(manifest["journal"])
    except (FileNotFoundError, NotADirectoryError):
        return (f"{folder} holds no {MANIFEST}: this is no archive, or its list was taken away",)
    except _UNREADABLE:
        return (f"{folder / MANIFEST} cannot be read as an archive's list",)
    try:
        files, problems = _files_of(folder, listed)
    except OSError as error:
        return (f"{folder} cannot be read: {error.strerror}",)
    return tuple(map(_printable, (*problems, *_journal_problems(files, listed, journal))))


def _files_of(folder: Path, listed: dict[str, str]) -> tuple[dict[str, bytes], list[str]]:
    """Read the files on the disk, and compare them with the list."""
    present = {
        str(file.relative_to(folder).as_posix()): file
        for file in sorted(folder.rglob("*"))
        if (file.is_file() or file.is_symlink()) and file != folder / MANIFEST
    }
    problems = [f"missing: {name}" for name in listed if name not in present]
    problems += [f"added: {name}" for name in present if name not in listed]
    problems += [f"not a file of the archive but a link: {name}" for name, file in present.items() if file.is_symlink()]
    files = {name: file.read_bytes() for name, file in present.items() if not file.is_symlink()}
    for name, content in files.items():
        if name in listed and hashlib.sha256(content).hexdigest() != listed[name]:
            problems.append(f"changed: {name}")
    return files, problems


def _journal_problems(files: dict[str, bytes], listed: dict[str, str], ended: dict[str, Any]) -> list[str]:
    """Follow the chain of hashes through the journal, compare its end with the list, and the files with its lines."""
    names = [name for name in listed if name.endswith(".jsonl")]
    if len(names) != 1 or names[0] not in files:
        return ["journal: there is none to follow"]
    try:
        entries = [json.loads(line) for line in files[names[0]].decode().splitlines()]
        problems = _chain_problems(entries)
        last = entries[-1] if entries else {"number": 0, "hash": ""}
        if (last["number"], last["hash"]) != (ended.get("lines"), ended.get("head")):
            problems.append("journal: it does not end where the archive's list says")
        problems += contradictions(files, names[0], own_lines(entries))
    except _UNREADABLE:
        return [f"journal: {names[0]} cannot be read"]
    return problems


def _printable(problem: str) -> str:
    """Return a sentence that any terminal takes, whatever a file's name holds."""
    return problem.encode("utf-8", "backslashreplace").decode()


def _chain_problems(entries: list[dict[str, Any]]) -> list[str]:
    """Return the lines that do not fit the hash before them.

    A line of another cycle is there with its hash alone: it cannot be checked itself, but what follows hangs on it.
    """
    before = {"number": 0, "hash": _NOTHING_BEFORE, "line": None}
    problems = []
    for previous, entry in pairwise([before, *entries]):
        if entry["number"] != previous["number"] + 1:
            problems.append(f"journal: line {previous['number'] + 1} is missing")
        elif entry["line"] is not None and entry["hash"] != _link(
            previous["hash"], entry.get("salt", ""), entry["line"]
        ):
            problems.append(f"journal: line {entry['number']} does not fit the chain")
    return problems


def _link(previous: str, salt: str, line: dict[str, Any]) -> str:
    """Return a line's hash: SHA-256 over the hash before it and the line's salted digest (as the ledger chains it)."""
    spelled = json.dumps(line, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    told = hashlib.sha256(bytes.fromhex(salt) + spelled).digest() if salt else spelled
    return hashlib.sha256(bytes.fromhex(previous) + told).hexdigest()
