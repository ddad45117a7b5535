"""The archive on the disk: the journal as a file, the list that binds all to it, everything written or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from mailbot.writing.archive.checking.chain import spelled
from mailbot.writing.archive.checking.listing import FORMAT, MANIFEST, root_of
from mailbot.writing.archive.checking.spelling import salted_digest, spread
from mailbot.writing.words.phrases import safe_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from mailbot.writing.archive.kept import KeptLine, Laid


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose archive it is, and what salts its digests."""

    cycle: str
    office: str
    salt: Callable[[str], str]
    """Gives the salt (hex) of a path."""


def root(files: Iterable[Laid], whose: Whose) -> str:
    """Return the one digest over all files by which the journal seals an archive."""
    listed = [(file.path, file.kind, salted_digest(whose.salt(file.path), file.content)) for file in files]
    return root_of(whose.cycle, whose.office, listed)


def sealed_files(files: Iterable[Laid], lines: tuple[KeptLine, ...], journal: str, whose: Whose) -> dict[str, bytes]:
    """Return every file of an archive by its path, the journal and the list with them.

    Args:
        files: what was laid out.
        lines: the journal from the line before the cycle's first on, that one only for its hash.
        journal: where the journal lies.
        whose: whose archive it is.
    """
    laid = {file.path: file for file in files}
    history = journal_file(lines[1:], whose.cycle)
    listed = [
        {
            "path": path,
            "kind": file.kind,
            "bytes": len(file.content),
            "sha256": hashlib.sha256(file.content).hexdigest(),
            "salt": whose.salt(path),
            "digest": salted_digest(whose.salt(path), file.content),
        }
        for path, file in sorted(laid.items())
    ]
    ends = {
        "path": journal,
        "bytes": len(history),
        "sha256": hashlib.sha256(history).hexdigest(),
        "before": lines[0].hash,
        "first": lines[0].number + 1,
        "last": lines[-1].number,
        "head": lines[-1].hash,
    }
    told = {"format": FORMAT, "cycle": whose.cycle, "office": whose.office, "journal": ends, "files": listed}
    return {path: file.content for path, file in laid.items()} | {journal: history, MANIFEST: spread(told)}


def journal_file(lines: Iterable[KeptLine], cycle: str) -> bytes:
    """Return the journal, a JSON object a line: this cycle's lines in full, of the others the salted digest alone."""
    return b"".join(spelled(_entry(line, own=line.cycle == cycle)) for line in lines)


def _entry(line: KeptLine, *, own: bool) -> dict[str, object]:
    """Return one line of the file; one from before there were salts has no digest of its own."""
    entry: dict[str, object] = {"number": line.number, "hash": line.hash}
    if line.digest:
        return entry | {"digest": line.digest, **({"removed": True} if own else {})}
    if line.salt:
        entry["digest"] = salted_digest(line.salt, line.canonical)
    return entry | ({"salt": line.salt, "line": json.loads(line.canonical)} if own else {})


def without(files: dict[str, bytes], paths: Collection[str], lines: Collection[int]) -> dict[str, bytes]:
    """Return an archive without some files, and without the words of some lines of its journal.

    Their salted digests stay, so that the seal, the chain and everything else is proved as before; bytes, words and
    salts go, so that nobody can find out what they were.

    Raises:
        KeyError: there is no such file, or no such line of this cycle that has a salt.
    """
    told = json.loads(files[MANIFEST])
    ends = told["journal"]
    listed = {entry["path"]: entry for entry in told["files"] if "removed" not in entry}
    entries = [json.loads(line) for line in files[ends["path"]].splitlines()]
    own = {entry["number"]: entry for entry in entries if entry.get("salt")}
    for path in paths:
        entry = listed[path]
        digest, kind = entry["digest"], entry["kind"]
        entry.clear()
        entry.update(path=path, kind=kind, digest=digest, removed=True)
    for number in lines:
        del own[number]["line"], own[number]["salt"]
        own[number]["removed"] = True
    history = b"".join(map(spelled, entries))
    ends.update(bytes=len(history), sha256=hashlib.sha256(history).hexdigest())
    left = {path: content for path, content in files.items() if path not in paths}
    return left | {ends["path"]: history, MANIFEST: spread(told)}


def archive_place(folder: Path, name: str) -> Path:
    """Return where the archive of that name lies."""
    return folder / safe_name(name)


def lay_down(folder: Path, name: str, files: dict[str, bytes], *, settled: bool) -> tuple[Path, Path | None]:
    """Write an archive's folder, all of it or nothing, unless just these files lie there.

    Args:
        folder: where archives lie.
        name: whose it is.
        files: every file by its path.
        settled: the cycle is closed: what lies in the place is moved aside and stays; else it is a former state of one
            that still runs, and goes.

    Returns:
        The folder, and where something else that lay in its place is now, if something did.

    Raises:
        OSError: it cannot be written.
    """
    place = archive_place(folder, name)
    if _lies_whole(place, files):
        return place, None
    fresh, old = folder / f".{place.name}.new", folder / f".{place.name}.old"
    for left_over in (fresh, old):
        shutil.rmtree(left_over, ignore_errors=True)
    for path, content in files.items():
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        (fresh / path).write_bytes(content)
    aside = _beside(place) if settled else old
    there = place.exists() or place.is_symlink()
    if there:
        place.rename(aside)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return place, aside if there and settled else None


def _lies_whole(place: Path, files: dict[str, bytes]) -> bool:
    """Say whether just these files lie in a folder."""
    if not place.is_dir() or place.is_symlink():
        return False
    there = {one.relative_to(place).as_posix(): one for one in place.rglob("*") if one.is_symlink() or not one.is_dir()}
    return there.keys() == files.keys() and all(
        not one.is_symlink() and one.is_file() and one.read_bytes() == files[name] for name, one in there.items()
    )


def _beside(place: Path) -> Path:
    """Return the first free place beside one."""
    return next(free for number in count(1) if not (free := place.with_name(f"{place.name}.{number}")).exists())
