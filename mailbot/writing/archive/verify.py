"""Proves an archive on any machine: every file present and unchanged, none added, the journal's chain unbroken."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
_NOTHING_BEFORE = "0" * 64


def verify_archive(path: Path) -> tuple[str, ...]:
    """Return every problem of an archive, in plain English for the operator; nothing if it is whole and unchanged.

    Args:
        path: the archive's folder, or its `manifest.json`.
    """
    folder = path.parent if path.name == MANIFEST else path
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed = {str(entry["path"]): str(entry["sha256"]) for entry in manifest["files"]}
        journal = manifest["journal"]
    except FileNotFoundError:
        return (f"{folder} holds no {MANIFEST}: this is no archive, or its list was taken away",)
    except (ValueError, KeyError, TypeError):
        return (f"{folder / MANIFEST} cannot be read as an archive's list",)
    return (*_file_problems(folder, listed), *_journal_problems(folder, listed, journal))


def _file_problems(folder: Path, listed: dict[str, str]) -> list[str]:
    """Compare the files on the disk with the list."""
    present = {
        str(file.relative_to(folder).as_posix()): file
        for file in sorted(folder.rglob("*"))
        if (file.is_file() or file.is_symlink()) and file != folder / MANIFEST
    }
    problems = [f"missing: {name}" for name in listed if name not in present]
    problems += [f"added: {name}" for name in present if name not in listed]
    problems += [f"not a file of the archive but a link: {name}" for name, file in present.items() if file.is_symlink()]
    for name, sha256 in listed.items():
        file = present.get(name)
        if file is not None and not file.is_symlink() and hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            problems.append(f"changed: {name}")
    return problems


def _journal_problems(folder: Path, listed: dict[str, str], ended: dict[str, Any]) -> list[str]:
    """Follow the chain of hashes through the journal and compare its end with the list."""
    names = [name for name in listed if name.endswith(".jsonl")]
    if len(names) != 1 or not (folder / names[0]).is_file():
        return ["journal: there is none to follow"]
    try:
        entries = [json.loads(line) for line in (folder / names[0]).read_text(encoding="utf-8").splitlines()]
        problems = _chain_problems(entries)
        last = entries[-1] if entries else {"number": 0, "hash": ""}
        if (last["number"], last["hash"]) != (ended.get("lines"), ended.get("head")):
            problems.append("journal: it does not end where the archive's list says")
    except (ValueError, KeyError, TypeError):
        return [f"journal: {names[0]} cannot be read"]
    return problems


def _chain_problems(entries: list[dict[str, Any]]) -> list[str]:
    """Return the lines that do not fit the hash before them.

    A line of another cycle is there with its hash alone: it cannot be checked itself, but what follows hangs on it.
    """
    before = {"number": 0, "hash": _NOTHING_BEFORE, "line": None}
    problems = []
    for previous, entry in pairwise([before, *entries]):
        if entry["number"] != previous["number"] + 1:
            problems.append(f"journal: line {previous['number'] + 1} is missing")
        elif entry["line"] is not None and entry["hash"] != _link(previous["hash"], entry["line"]):
            problems.append(f"journal: line {entry['number']} does not fit the chain")
    return problems


def _link(previous: str, line: dict[str, Any]) -> str:
    """Return a line's hash: SHA-256 over the hash before it and the line's one spelling (as the ledger chains it)."""
    spelled = json.dumps(line, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(bytes.fromhex(previous) + spelled).hexdigest()
