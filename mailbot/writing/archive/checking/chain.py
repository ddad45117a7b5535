"""The journal of an archive: each line hangs on the one before by its salted digest, from the first to the seal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mailbot.writing.archive.checking.spelling import (
    Finding,
    finding,
    is_digest,
    packed,
    salted_digest,
    sha256_of,
    text_of,
    unpacked,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENED, CLOSED, SEALED = "cycle_opened", "cycle_closed", "archived"
_KINDS: tuple[frozenset[str], ...] = (
    frozenset({"digest"}),  # a line of another cycle
    frozenset({"digest", "line", "salt"}),  # a line of this one
    frozenset({"digest", "removed"}),  # one of this cycle whose words were taken out
    frozenset(),  # from before there were salts: of another cycle
    frozenset({"line", "salt"}),  # from before there were salts: of this one
)
"""What a line of the file holds beside its number and its hash."""
_WORDS = frozenset({"actor", "at", "cycle", "detail", "event", "number", "unit"})


class Told(NamedTuple):
    """One line of this cycle that is told in full."""

    number: int
    event: str
    actor: str
    unit: str
    at: str
    detail: dict[str, str]


class Journal(NamedTuple):
    """The journal, read."""

    hashes: dict[int, str]
    """Of every line, and of the one before the first."""
    lines: list[Told]
    removed: list[int]
    """Lines of this cycle whose words were taken out."""
    bare: list[int]
    """Lines from before there were salts: of those of other cycles nothing tells whether they fit the chain."""

    @property
    def own(self) -> list[int]:
        """Return the numbers of this cycle's lines."""
        return sorted([*(line.number for line in self.lines), *self.removed])


def numbers_digest(numbers: list[int]) -> str:
    """Return one digest over the numbers of lines: which they are, and how many."""
    return sha256_of(packed(numbers))


def read_journal(raw: bytes, ends: dict[str, Any], cycle: str) -> tuple[Journal, list[Finding]]:
    """Follow the chain through the journal's file, and compare its ends with the list.

    Args:
        raw: the file.
        ends: what the list says of it.
        cycle: whose lines are told in full.

    Raises:
        KeyError, TypeError, ValueError: it is no journal.
    """
    entries = [unpacked(line) for line in raw.splitlines()]
    odd = [] if raw == b"".join(spelled(entry) for entry in entries) else [finding("journal_respelled")]
    before, number = text_of(ends["before"]), whole(ends["first"])
    journal = Journal({number - 1: before}, [], [], [])
    for entry in entries:
        if whole(entry["number"]) != number:
            odd.append(finding("line_missing", number=number))
            number = entry["number"]
        elif not _hangs(entry, before):
            odd.append(finding("line_unchained", number=number))
        odd += _taken(journal, entry, cycle)
        before = journal.hashes[number] = text_of(entry["hash"])
        number += 1
    if (number - 1, before) != (whole(ends["last"]), ends["head"]) or not entries:
        odd.append(finding("journal_ends_elsewhere"))
    return journal, [*odd, *_bared(journal)]


def _bared(journal: Journal) -> Iterator[Finding]:
    """Find lines without a digest among those that have one: what stands before such a line could be rewritten.

    The line that sealed the archive says up to where there were no salts yet; where none does, there always were.
    """
    seals = [line for line in journal.lines if line.event == SEALED]
    until = int(seals[-1].detail.get("bare", "0")) if seals else max(journal.bare, default=0)
    for number in journal.bare:
        if number > until:
            yield finding("line_bare", number=number)


def spelled(entry: dict[str, Any]) -> bytes:
    """Return one line of the journal's file."""
    return packed(entry) + b"\n"


def chained(before: str, digest: str) -> str:
    """Return a line's hash: SHA-256 over the hash before it and the line's salted digest."""
    return sha256_of(bytes.fromhex(before + digest))


def _hangs(entry: dict[str, Any], before: str) -> bool:
    """Say whether a line fits the hash before it, and its digest its words.

    Raises:
        KeyError, TypeError, ValueError: it is no line.
    """
    if not is_digest(before) or not is_digest(entry["hash"]):
        return False
    if "digest" not in entry:
        if "line" not in entry:
            return True  # nothing to be checked by: what follows hangs on it
        return entry["salt"] == "" and bool(entry["hash"] == sha256_of(bytes.fromhex(before) + packed(entry["line"])))
    if not is_digest(entry["digest"]) or entry["hash"] != chained(before, entry["digest"]):
        return False
    return "line" not in entry or bool(entry["digest"] == salted_digest(entry["salt"], packed(entry["line"])))


def _taken(journal: Journal, entry: dict[str, Any], cycle: str) -> Iterator[Finding]:
    """Take a line's words into the journal, and find what is odd in them."""
    number = entry["number"]
    parts = frozenset(entry) - {"number", "hash"}
    if parts not in _KINDS or not {"number", "hash"} <= set(entry) or entry.get("removed", True) is not True:
        yield finding("line_respelled", number=number)
    if "digest" not in entry:
        journal.bare.append(number)
    if "removed" in entry:
        journal.removed.append(number)
        yield finding("line_removed", number=number)
    if "line" in entry:
        line = entry["line"]
        if set(line) != _WORDS or whole(line["number"]) != number:
            yield finding("line_respelled", number=number)
        elif line["cycle"] != cycle:
            yield finding("line_of_another", number=number)
        detail = {str(name): str(value) for name, value in line["detail"]}
        journal.lines.append(
            Told(number, str(line["event"]), str(line["actor"]), str(line["unit"]), str(line["at"]), detail)
        )


def seal_findings(journal: Journal, root: str, *, closed: bool) -> Iterator[Finding]:
    """Compare the archive with the line that sealed it: all files, and how many lines of the cycle there were.

    Args:
        journal: the journal.
        root: of the files as the list has them.
        closed: the record says that the cycle is closed.
    """
    if not journal.lines or journal.lines[0].event != OPENED:
        yield finding("opening_untold")
    seals = [line for line in journal.lines if line.event == SEALED]
    closings = [line for line in journal.lines if line.event == CLOSED]
    if not seals:
        if closed or closings:
            yield finding("unsealed")
        return
    seal = seals[-1]
    before = [number for number in journal.own if number < seal.number]
    if seal.detail.get("files") != root:
        yield finding("seal_differs", number=seal.number)
    if seal.detail.get("lines") != str(len(before)):
        yield finding("lines_differ", number=seal.number, counted=seal.detail.get("lines", "?"), told=len(before))
    elif seal.detail.get("own") != numbers_digest(before):
        yield finding("other_lines", number=seal.number)
    if seal.number != max(journal.own):
        yield finding("lines_after_seal", number=seal.number)
    if not closings:
        yield finding("closing_untold")


def witness_findings(journal: Journal, witnesses: list[tuple[int, str]]) -> Iterator[Finding]:
    """Compare what letters have printed of the journal with it: number of a line, and how its hash begins."""
    for number, head in witnesses:
        known = journal.hashes.get(number)
        if known is None:
            yield finding("witness_outside", number=number)
        elif not known.startswith(head):
            yield finding("witness_differs", number=number, printed=head, known=known)
