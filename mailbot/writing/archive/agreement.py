"""Holds an archive's journal against the files beside it: every digest the one names is looked for in the other."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import compat32
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_LAID_OUT = frozenset({"form_accepted", "form_conflict", "form_partial", "form_returned"})
"""Events of a form that lies in the archive."""
_FORMS = _LAID_OUT | {"form_late"}
"""Events that name a form in `file`; one that came after the end is kept with its mail alone."""
_DECIDED = "verdict"
_SEALED = "archived"
_OPENED = "cycle_opened"
_UNIT_DEPTH = 3
"""Forms lie in a folder of their unit, within the folder of the forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of the archive's own cycle."""

    number: int
    event: str
    unit: str
    detail: Mapping[str, str]


def own_lines(entries: list[dict[str, Any]]) -> list[Told]:
    """Return the lines that are told in full.

    Raises:
        KeyError, TypeError, ValueError: a line is none.
    """
    return [
        Told(
            number=int(entry["number"]),
            event=str(entry["line"]["event"]),
            unit=str(entry["line"]["unit"]),
            detail={str(name): str(value) for name, value in entry["line"]["detail"]},
        )
        for entry in entries
        if entry["line"] is not None
    ]


def root_of(digests: Mapping[str, str]) -> str:
    """Return one digest (hex) over many files: of their names with their own digests, in the order of the names."""
    listed = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(digests.items()))
    return hashlib.sha256(listed.encode("utf-8", "surrogateescape")).hexdigest()


def contradictions(files: Mapping[str, bytes], journal: str, lines: list[Told]) -> Iterator[str]:
    """Yield everything the journal of an archive says otherwise than its files.

    Args:
        files: every file of the archive by its name, the manifest left out.
        journal: the name of the journal among them.
        lines: the journal's lines about this cycle, in order.
    """
    papers = _papers(files, journal)
    yield from _untold(lines)
    yield from _seal(papers, lines)
    yield from _forms(papers, lines)
    yield from _report(papers, lines)
    yield from _decisions(papers, lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Papers:
    """The files of an archive, as far as the journal can speak of them."""

    digests: Mapping[str, str]
    """Name -> SHA-256 (hex), the journal left out."""
    forms: Mapping[str, str]
    """The same, of the forms alone."""
    enclosed: frozenset[str]
    """SHA-256 of everything that hangs on a letter or mail."""
    held: frozenset[str]
    """SHA-256 of what was held back, as the notes in their place say."""
    decisions: str
    """The decisions as they are written out for people."""
    answers: Mapping[str, str]
    """First digits of a mail's SHA-256 -> the words of the letter that confirmed the decision in it."""

    def holds(self, sha256: str) -> bool:
        """Say whether a file lies here, hangs on a mail, or was held back."""
        return sha256 in self.digests.values() or sha256 in self.enclosed or sha256 in self.held


def _papers(files: Mapping[str, bytes], journal: str) -> _Papers:
    """Look into every file once."""
    history = PurePosixPath(journal).parent
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != journal}
    enclosed: set[str] = set()
    held: set[str] = set()
    answers: dict[str, str] = {}
    decisions = ""
    for name, content in files.items():
        place = PurePosixPath(name)
        if place.suffix == ".eml":
            words, parts = _mail(content)
            enclosed |= parts
            confirms = re.search(r"_verdict_noted-.*-([0-9a-f]{16})\.eml$", name)
            answers |= {confirms.group(1): words} if confirms else {}
        elif place.suffix == ".txt" and place.parent == history:
            decisions = content.decode("utf-8", "replace")
        elif place.suffix == ".txt":
            held.update(_DIGEST.findall(content.decode("utf-8", "replace")))
    forms = {name: sha256 for name, sha256 in digests.items() if len(PurePosixPath(name).parts) >= _UNIT_DEPTH}
    return _Papers(
        digests=digests,
        forms=forms,
        enclosed=frozenset(enclosed),
        held=frozenset(held),
        decisions=decisions,
        answers=answers,
    )


def _mail(raw: bytes) -> tuple[str, set[str]]:
    """Return a mail's words as plain text, and the digest of every file that hangs on it; nothing of a broken one."""
    words: list[str] = []
    enclosed: set[str] = set()
    try:
        for part in message_from_bytes(raw, policy=compat32).walk():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                enclosed.add(hashlib.sha256(content).hexdigest())
                words += [content.decode("utf-8", "replace")] if part.get_content_type() == "text/plain" else []
    except (AssertionError, LookupError, RecursionError, ValueError):
        return "", enclosed
    return "\n".join(words), enclosed


def _untold(lines: list[Told]) -> Iterator[str]:
    """Find lines of this cycle whose words were taken away."""
    if not lines or lines[0].event != _OPENED:
        yield "journal: the line that opened this cycle is not told"
    for line in lines:
        if line.event == _SEALED and "lines" in line.detail:
            counted, told = line.detail["lines"], sum(other.number <= int(line.detail["to"]) for other in lines)
            if str(told) != counted:
                yield f"journal: line {line.number} counts {counted} lines of this cycle, {told} are told"


def _seal(papers: _Papers, lines: list[Told]) -> Iterator[str]:
    """Compare all files with what the last line that sealed an archive of this cycle says of them."""
    seals = [line for line in lines if line.event == _SEALED and "files" in line.detail]
    if seals and seals[-1].detail["files"] != root_of(papers.digests):
        yield f"journal: line {seals[-1].number} sealed other files than these; one was exchanged, and the list with it"


def _forms(papers: _Papers, lines: list[Told]) -> Iterator[str]:
    """Compare each form with the line that tells of its coming: its bytes, its unit, its number."""
    named: dict[str, Told] = {}
    for line in lines:
        sha256 = line.detail.get("file", "") if line.event in _FORMS else ""
        if sha256:
            named.setdefault(sha256, line)
            if line.event in _LAID_OUT and not papers.holds(sha256):
                yield f"journal: line {line.number} names a form that is not here (SHA-256 {sha256})"
    for name, sha256 in papers.forms.items():
        told = named.get(sha256)
        if told is None and not _is_note(name, papers):
            yield f"journal: no line tells of the form {name}"
        elif told is not None and not _is_place_of(told, name, lines):
            yield f"journal: {name} is the form that line {told.number} tells of {told.unit} (exchanged)"


def _is_note(name: str, papers: _Papers) -> bool:
    """Say whether a file stands in the place of one that was held back."""
    return name.endswith(".txt") and bool(papers.held)


def _is_place_of(told: Told, name: str, lines: list[Told]) -> bool:
    """Say whether a form lies in its unit's folder under a number it came with; the same bytes may come twice."""
    place = PurePosixPath(name)
    numbers = {
        line.detail["number"]
        for line in lines
        if line.event in _FORMS and line.detail.get("file") == told.detail["file"] and "number" in line.detail
    }
    written = set(re.findall(r"\d+", place.stem))
    return _plain(place.parent.name) == _plain(told.unit) and (not numbers or not numbers.isdisjoint(written))


def _plain(name: str) -> str:
    """Return a unit's name without what a folder's name cannot hold."""
    return re.sub(r"[^a-z0-9]+", "", unicodedata.normalize("NFKD", name).casefold())


def _report(papers: _Papers, lines: list[Told]) -> Iterator[str]:
    """Look for the report as it was last compiled or decided on, and for its PDF, among the files themselves."""
    named = [line for line in lines if line.detail.get("docx")]
    if not named:
        return
    docx = named[-1].detail["docx"]
    there = set(papers.digests.values())
    if docx not in there:
        yield f"journal: line {named[-1].number} names a report that is not here (SHA-256 {docx})"
    made = [line for line in named if line.detail["docx"] == docx and line.detail.get("pdf")]
    if made and made[-1].detail["pdf"] not in there:
        yield f"journal: line {made[-1].number} names a PDF of the report that is not here"


def _decisions(papers: _Papers, lines: list[Told]) -> Iterator[str]:
    """Compare each decision with the mail it came in, with its written form, and with the letter that confirmed it."""
    given = [line for line in lines if line.event == _DECIDED]
    place = 0
    for line in given:
        word, docx, mail = (line.detail.get(name, "") for name in ("word", "docx", "mail"))
        if mail and not papers.holds(mail):
            yield f"journal: line {line.number} names a mail that is not here (SHA-256 {mail})"
        ends = papers.decisions.find(mail or docx or word, place)
        told = papers.decisions[place : ends + len(mail or docx or word)] if ends >= 0 else ""
        if any(part not in told for part in (word, docx, mail)):
            yield f"journal: line {line.number} ({word}) is not the decision that is written out"
        place = max(place, ends)
        confirmed = papers.answers.get(mail[:16], "") if mail else ""
        if confirmed and word.casefold() not in confirmed.casefold():
            yield f"journal: line {line.number} ({word}) is not the decision that was confirmed to whoever gave it"
    known = {line.detail[name] for line in lines for name in ("docx", "mail") if line.detail.get(name)}
    for sha256 in dict.fromkeys(_DIGEST.findall(papers.decisions)):
        if sha256 not in known:
            yield f"journal: no line tells of what is written out as decided (SHA-256 {sha256})"
