"""Proves an archive: reads it, asks every question in order, and says what was found, and where the journal ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailbot.writing.archive.checking.agreement import contradictions
from mailbot.writing.archive.checking.chain import Journal, read_journal, seal_findings, witness_findings
from mailbot.writing.archive.checking.facts import fact_findings
from mailbot.writing.archive.checking.holding import Holding, holding, parts_of
from mailbot.writing.archive.checking.listing import (
    MANIFEST,
    Listing,
    listing_findings,
    read_folder,
    read_listing,
)
from mailbot.writing.archive.checking.record import is_closed, quoted_in, read_record, record_findings
from mailbot.writing.archive.checking.spelling import UNREADABLE, Finding, finding, printable
from mailbot.writing.archive.checking.tables import figure_findings, package_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

WITNESS = re.compile(r"([0-9]{1,12})\s*[,:]\s*(?:sidik|head)?\s*([0-9a-f]{16,64})\b", re.IGNORECASE)
TABLES = ("anggaran.csv", "indikator.csv", "narasi.csv", "unit.csv")
"""Tables that hold what units wrote, and where each stood."""

_UNTOLD = "_untold"
"""How findings end that miss a line: where words were taken out, one of those lines may be it, and is named itself."""


class Proof(NamedTuple):
    """What was found in an archive."""

    findings: list[Finding]
    cycle: str
    lines: int
    """How many lines the journal has up to the end of the archive; 0 where there is none."""
    head: str
    """The hash of the last."""
    sealed: bool
    bare: int
    """Up to which line there were no salts: what other cycles' lines say there is not bound; 0 where all is."""
    files: int
    letters: int
    mails: int
    decisions: int
    witnesses: int
    """How many of what letters have printed agree with the journal."""


def prove_folder(folder: str, witnesses: list[tuple[int, str]]) -> Proof:
    """Prove the archive in a folder; whatever lies there, it ends in an answer."""
    try:
        files, odd = read_folder(folder)
    except (OSError, MemoryError) as problem:
        return _nothing(finding("folder_unreadable", why=getattr(problem, "strerror", "") or type(problem).__name__))
    try:
        proof = prove(files, witnesses)
    except Exception as problem:  # noqa: BLE001 - whatever somebody has laid there, the answer is no traceback
        return _nothing(finding("archive_senseless", why=type(problem).__name__))
    unread = {one.values["path"] for one in odd if one.code == "file_unreadable"}
    found = [one for one in proof.findings if one.code != "missing" or one.values["path"] not in unread]
    return proof._replace(findings=[*odd, *found])


def prove(files: dict[str, bytes], witnesses: list[tuple[int, str]]) -> Proof:
    """Prove an archive.

    Args:
        files: everything that lies in its folder, by name.
        witnesses: number of a line and how its hash begins, as letters have printed them.
    """
    raw = files.get(MANIFEST)
    if raw is None:
        return _nothing(finding("no_list"))
    try:
        listing, odd = read_listing(raw)
        found = [*odd, *listing_findings(files, raw, listing)]
    except UNREADABLE:
        return _nothing(finding("list_unreadable"))
    held = holding(files, listing)
    journal, chain = _journal(files, listing)
    found += chain
    agreeing = 0
    if journal is not None:
        found += [one for one in _told(journal, held, listing) if not (journal.removed and one.code.endswith(_UNTOLD))]
        odd = list(witness_findings(journal, witnesses))
        found += odd
        agreeing = len(witnesses) - len(odd)
    return Proof(
        findings=found,
        cycle=listing.cycle,
        lines=max(journal.hashes) if journal is not None else 0,
        head=printable(journal.hashes[max(journal.hashes)]) if journal is not None else "",
        sealed=journal is not None and any(line.event == "archived" for line in journal.lines),
        bare=max(journal.bare, default=0) if journal is not None else 0,
        files=len(held.content),
        letters=len(held.of("letter")),
        mails=len(held.of("mail")),
        decisions=sum(line.event == "verdict" for line in journal.lines) if journal is not None else 0,
        witnesses=agreeing,
    )


def witnesses_in(text: str) -> list[tuple[int, str]]:
    """Return what a letter, or somebody who copies it, says of the journal: numbers of lines and heads."""
    return list(dict.fromkeys((int(number), head.lower()) for number, head in WITNESS.findall(text)))


def witnesses_of_letter(raw: bytes) -> list[tuple[int, str]]:
    """Return the same of a letter as a file (.eml), and of one that hangs on it."""
    return witnesses_in(parts_of(raw)[0])


def _nothing(why: Finding) -> Proof:
    """Return what is said of a folder that is no archive."""
    return Proof([why], "", 0, "", sealed=False, bare=0, files=0, letters=0, mails=0, decisions=0, witnesses=0)


def _journal(files: dict[str, bytes], listing: Listing) -> tuple[Journal | None, list[Finding]]:
    """Read the journal, if there is one that can be read."""
    path = str(listing.journal["path"])
    if path not in files:
        return None, []
    try:
        return read_journal(files[path], listing.journal, listing.cycle)
    except UNREADABLE:
        return None, [finding("journal_unreadable")]


def _told(journal: Journal, held: Holding, listing: Listing) -> Iterator[Finding]:
    """Hold journal, record, files and figures against each other."""
    record, odd = _record(held)
    yield from odd
    yield from seal_findings(journal, listing.root(), closed=record is not None and is_closed(record))
    try:
        yield from contradictions(held, journal.lines, quoted_in(record or {}))
        if record is not None:
            yield from record_findings(record, journal.lines, held, listing.cycle)
            yield from fact_findings(record, journal.lines, held)
            yield from figure_findings(record, dict(_tables(held)))
        data = {path.rpartition("/")[2]: held.content[path] for path in held.of("data")}
        yield from package_findings(data, taken_out=held.taken_out)
    except UNREADABLE as problem:
        yield finding("record_senseless", why=type(problem).__name__)


def _record(held: Holding) -> tuple[dict[str, object] | None, list[Finding]]:
    """Read the record, if there is one that can be read."""
    paths = held.of("record")
    if len(paths) != 1:
        return None, [] if held.taken_out else [finding("no_record")]
    try:
        return read_record(held.content[paths[0]])
    except UNREADABLE:
        return None, [finding("record_unreadable")]


def _tables(held: Holding) -> Iterator[tuple[str, bytes]]:
    """Yield the tables of what units wrote: name, and bytes."""
    for path in held.of("data"):
        name = path.rpartition("/")[2]
        if name in TABLES:
            yield name.partition(".")[0], held.content[path]
