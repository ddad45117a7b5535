"""The list of an archive (`manifest.json`): what it names is there, unchanged, and nothing else is."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from mailbot.writing.archive.checking.spelling import (
    UNREADABLE,
    Finding,
    finding,
    is_digest,
    packed,
    salted_digest,
    sha256_of,
    spread,
    text_of,
    unpacked,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
FORMAT = 2
"""Version of the list's layout."""
_TOP = {"cycle", "files", "format", "journal", "office"}
_OF_JOURNAL = {"before", "bytes", "first", "head", "last", "path", "sha256"}
_NUMBERS = {"bytes", "first", "last"}
_OF_FILE = {"bytes", "digest", "kind", "path", "salt", "sha256"}
_TAKEN_OUT = {"digest", "kind", "path", "removed"}


_LARGEST, _LARGEST_LIST = 2_000_000_000, 200_000_000
"""Bytes; no file of an archive comes near, and no list."""


class ListedFile(NamedTuple):
    """One file as the list names it; of one that was taken out only the salted digest is left."""

    path: str
    kind: str
    digest: str
    sha256: str
    size: int
    removed: bool


class Listing(NamedTuple):
    """The list, read."""

    cycle: str
    office: str
    journal: dict[str, Any]
    files: list[ListedFile]

    def root(self) -> str:
        """Return one digest over everything the list says of files and whose they are."""
        return root_of(self.cycle, self.office, [(file.path, file.kind, file.digest) for file in self.files])


def root_of(cycle: str, office: str, files: list[tuple[str, str, str]]) -> str:
    """Return one digest over an archive: its cycle, its office, and path, kind and salted digest of each file."""
    bound = {"cycle": cycle, "files": [list(file) for file in sorted(files)], "format": FORMAT, "office": office}
    return sha256_of(packed(bound))


def read_folder(folder: str) -> tuple[dict[str, bytes], list[Finding]]:
    """Return every file below a folder by its name, and what lies there and is no file, or cannot be read.

    Of a file no more is read than it takes to see that it is larger than the list says: somebody may have laid down
    one without end.

    Raises:
        OSError: the folder cannot be read.
    """
    files: dict[str, bytes] = {}
    odd: list[Finding] = []
    sizes = _sizes(folder)
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(os.path.join(folder, inside)) as entries:  # noqa: PTH118 - the same on every machine
            for entry in sorted(entries, key=lambda one: one.name):
                name = f"{inside}/{entry.name}" if inside else entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(name)
                elif entry.is_file(follow_symlinks=False):
                    try:
                        files[name] = _read(entry.path, sizes.get(name, 0))
                    except OSError as problem:
                        odd.append(finding("file_unreadable", path=name, why=problem.strerror))
                else:
                    odd.append(finding("not_a_file", path=name))
    return files, odd


def _read(path: str, size: int) -> bytes:
    """Return a file, or, of one that is larger than it should be, so much that it shows."""
    with open(path, "rb") as file:  # noqa: PTH123 - the same on every machine
        return file.read(min(size, _LARGEST) + 1)


def _sizes(folder: str) -> dict[str, int]:
    """Return how large the list says each file is; nothing where it cannot be read."""
    sizes = {MANIFEST: _LARGEST_LIST}
    try:
        listing, _ = read_listing(_read(os.path.join(folder, MANIFEST), _LARGEST_LIST))  # noqa: PTH118 - as above
    except UNREADABLE:
        return sizes
    listed = {file.path: file.size for file in listing.files}
    return {**listed, listing.journal["path"]: listing.journal["bytes"], **sizes}


def read_listing(raw: bytes) -> tuple[Listing, list[Finding]]:
    """Return what a list says, and what is odd in how it is spelled.

    Raises:
        KeyError, TypeError, ValueError: it is no list of an archive.
    """
    told = unpacked(raw)
    if set(told) != _TOP or whole(told["format"]) != FORMAT or set(told["journal"]) != _OF_JOURNAL:
        raise ValueError("no list of this format")
    files = [_listed(entry) for entry in told["files"]]
    odd = [] if spread(told) == raw else [finding("list_respelled")]
    names = [file.path for file in files]
    odd += [finding("listed_twice", path=name) for name, times in sorted(Counter(names).items()) if times > 1]
    if names != sorted(names):
        odd.append(finding("list_respelled"))
    journal = {name: (whole if name in _NUMBERS else text_of)(value) for name, value in told["journal"].items()}
    return Listing(text_of(told["cycle"]), text_of(told["office"]), journal, files), odd


def _listed(entry: dict[str, Any]) -> ListedFile:
    """Return one line of the list.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    path, kind, digest = (text_of(entry[name]) for name in ("path", "kind", "digest"))
    if set(entry) == _TAKEN_OUT and entry["removed"] is True:
        return ListedFile(path, kind, digest, "", 0, removed=True)
    if set(entry) != _OF_FILE:
        raise ValueError("no line of a list")
    return ListedFile(path, kind, digest, text_of(entry["sha256"]), whole(entry["bytes"]), removed=False)


def listing_findings(files: dict[str, bytes], raw: bytes, listing: Listing) -> Iterator[Finding]:
    """Compare the files with the list, field by field."""
    journal = listing.journal
    salts = {entry["path"]: entry.get("salt") for entry in unpacked(raw)["files"]}
    names = set(salts) | {journal["path"], MANIFEST}
    for name in sorted(set(files) - names):
        yield finding("added", path=name)
    for file in listing.files:
        if file.removed:
            yield from _of_removed(file, files)
        elif file.path not in files:
            yield finding("missing", path=file.path)
        else:
            yield from _of_file(file, salts[file.path], files[file.path])
    content = files.get(journal["path"])
    if content is None:
        yield finding("no_journal")
    elif journal["sha256"] != sha256_of(content) or journal["bytes"] != len(content):
        yield finding("changed", path=journal["path"])


def _of_removed(file: ListedFile, files: dict[str, bytes]) -> Iterator[Finding]:
    """Say of a file that it was taken out; it must not be there all the same."""
    yield finding("removed", path=file.path)
    if file.path in files:
        yield finding("removed_and_there", path=file.path)


def _of_file(file: ListedFile, salt: Any, content: bytes) -> Iterator[Finding]:  # noqa: ANN401 - JSON may be anything
    """Compare one file with what the list says of it."""
    try:
        salted = salted_digest(salt, content)
    except UNREADABLE:
        salted = ""
    if file.size != len(content) or file.sha256 != sha256_of(content):
        yield finding("changed", path=file.path)
    elif not is_digest(file.digest) or file.digest != salted:
        yield finding("digest_differs", path=file.path)
