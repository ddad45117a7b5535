"""Lays out the archive of a closed cycle for people, with a manifest by which a machine proves it (row 8)."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import compat32
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mailbot.writing.archive.agreement import root_of
from mailbot.writing.archive.pages import Pages, evidence_page, places_of, proof_page
from mailbot.writing.archive.words import guide, held_back, verdicts
from mailbot.writing.recap.recap import write_recap
from mailbot.writing.words.phrases import DOCX, PDF, XLSX, file_name, media_type_of, read_phrases, safe_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

_NOTE = ".txt"
MANIFEST = "manifest.json"
FORMAT = 1
"""Version of the manifest's layout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMessage:
    """One letter sent or mail received, byte for byte."""

    name: str
    """The letter's key, or what the mail was (`form`, `verdict`, ...)."""
    at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """One line of the journal: the spelling that was hashed, and its hash in the chain (hex)."""

    number: int
    cycle: str
    canonical: bytes
    hash: str
    salt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Everything that is kept of one cycle."""

    cycle: Cycle
    letters: tuple[KeptMessage, ...]
    mails: tuple[KeptMessage, ...]
    journal: Callable[[str], tuple[KeptLine, ...]]
    """Takes one digest of all other files, and returns the whole journal in order, with its own line about that.

    Of other cycles' lines only number and hash go into the archive.
    """
    files: Callable[[str], bytes]
    """Returns a kept file by its SHA-256."""
    holds_back: Callable[[KeptMessage], bool] = lambda _message: False
    """Says whether a letter or mail carries numbers like a NIK: the archive says so in its place, and spreads none.

    It is asked where the archive is written, for it has to read each of them.
    """
    held: frozenset[str] = frozenset()
    """SHA-256 of forms that hold numbers like a NIK."""
    made: tuple[tuple[str, bytes], ...] = ()
    """Papers that `make_papers` has made before; none: they are made now."""


def make_papers(kept: Kept, office: Office, template_folders: tuple[Path, ...]) -> tuple[tuple[str, bytes], ...]:
    """Make the papers that no mail has brought or carried: recap, decisions, where each figure comes from, status.

    Raises:
        TemplateProblem: their words are missing or broken.
    """
    cycle, phrases = kept.cycle, read_phrases(template_folders, office.calendar)
    mails = places_of(_named(kept.mails, kept.holds_back, office, phrases.word("archive_folder", "received")))
    forms = dict(_form_places(kept, phrases))
    report = f"{phrases.word('archive_folder', 'report')}/{file_name(phrases, 'report', DOCX, cycle=cycle.key)}"
    pages = Pages(cycle=cycle, office=office, phrases=phrases, folders=template_folders, mails=mails, forms=forms)
    return (
        ("recap", write_recap(cycle, office, template_folders=template_folders)),
        ("verdicts", verdicts(cycle, office, phrases, template_folders)),
        ("evidence", evidence_page(pages)),
        ("proof", proof_page(pages, report)),
    )


def archive_place(folder: Path, cycle: str) -> Path:
    """Return where the archive of a cycle lies."""
    return folder / safe_name(cycle)


def write_archive(folder: Path, kept: Kept, office: Office, template_folders: tuple[Path, ...]) -> Path:
    """Write `folder`/<cycle>, all of it or nothing; writing it again replaces it.

    Returns:
        The archive's own folder.

    Raises:
        TemplateProblem: the archive's words are missing or broken.
    """
    phrases = read_phrases(template_folders, office.calendar)
    files = dict(_files(kept, office, phrases, template_folders))
    told = kept.journal(root_of({str(path): hashlib.sha256(content).hexdigest() for path, content in files.items()}))
    history = PurePosixPath(phrases.word("archive_folder", "history"))
    files[history / phrases.word("archive_file", "journal")] = _journal(told, kept.cycle.key)
    place = archive_place(folder, kept.cycle.key)
    fresh, old = folder / f".{place.name}.new", folder / f".{place.name}.old"
    for left_over in (fresh, old):
        shutil.rmtree(left_over, ignore_errors=True)
    for path, content in files.items():
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        (fresh / path).write_bytes(content)
    (fresh / MANIFEST).write_bytes(_manifest(kept, told, office, files))
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return place


def _manifest(kept: Kept, told: tuple[KeptLine, ...], office: Office, files: dict[PurePosixPath, bytes]) -> bytes:
    """Return the list of every file with its digest, and where the journal ended."""
    last = told[-1] if told else None
    listed = {
        "format": FORMAT,
        "cycle": kept.cycle.key,
        "office": office.letterhead.agency_name,
        "journal": {"lines": last.number if last else 0, "head": last.hash if last else ""},
        "files": [
            {"path": str(path), "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in sorted(files.items())
        ],
    }
    return json.dumps(listed, indent=2, ensure_ascii=False).encode() + b"\n"


def _files(
    kept: Kept, office: Office, phrases: Phrases, template_folders: tuple[Path, ...]
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield every file of the archive with its place, the journal and the manifest left out."""

    def inside(group: str) -> PurePosixPath:
        return PurePosixPath(phrases.word("archive_folder", group))

    made = dict(kept.made or make_papers(kept, office, template_folders))
    yield from _report(kept, phrases, inside("report"))
    recap = file_name(phrases, "recap", XLSX, cycle=kept.cycle.key)
    yield inside("report") / recap, made["recap"]
    note = partial(held_back, template_folders, phrases)
    yield from _messages(kept.letters, kept.holds_back, office, inside("sent"), note)
    yield from _messages(kept.mails, kept.holds_back, office, inside("received"), note)
    forms = tuple(_forms(kept, phrases, note))
    yield from forms
    for code in ("verdicts", "evidence", "proof"):
        if code in made:
            yield inside("history") / phrases.word("archive_file", code), made[code]
    counts = {"sent": len(kept.letters), "received": len(kept.mails), "forms": len(forms)}
    yield (
        PurePosixPath(phrases.word("archive_file", "guide")),
        guide(kept.cycle, office, phrases, template_folders, counts),
    )


def _report(kept: Kept, phrases: Phrases, folder: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the ratified report, the signed one, and the cover letter as it was sent."""
    cycle = kept.cycle
    draft = cycle.draft
    digests = (("report", draft.docx_sha256), ("report", draft.pdf_sha256)) if draft else ()
    for code, sha256 in (*digests, ("shown_file", cycle.signed_pdf_sha256)):
        if sha256:
            content = kept.files(sha256)
            yield folder / file_name(phrases, code, media_type_of(content), cycle=cycle.key), content
    for letter in kept.letters:
        if letter.name.split("/", 1)[0] == "submission":
            yield from ((folder / name, content) for name, content in _cover_letters(letter.raw, phrases, cycle.key))


def _cover_letters(raw: bytes, phrases: Phrases, cycle: str) -> Iterator[tuple[str, bytes]]:
    """Yield the Surat Pengantar out of a sent letter."""
    stem = file_name(phrases, "report_cover", PDF, cycle=cycle).removesuffix(".pdf")
    for part in message_from_bytes(raw, policy=compat32).walk():
        name, content = part.get_filename() or "", part.get_payload(decode=True)
        if name.startswith(stem) and isinstance(content, bytes):
            yield safe_name(name), content


def _messages(
    messages: tuple[KeptMessage, ...],
    holds_back: Callable[[KeptMessage], bool],
    office: Office,
    folder: PurePosixPath,
    note: Callable[..., bytes],
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield letters or mails in order of time, `003_2026-01-08_returned-2025-dafduk-1.eml`; of a held one a note."""
    for name, message in _named(messages, holds_back, office, str(folder)):
        if name.endswith(_NOTE):
            sha256 = hashlib.sha256(message.raw).hexdigest()
            eml = f"{PurePosixPath(name).name.removesuffix(_NOTE)}.eml"
            yield PurePosixPath(name), note(name=eml, at=message.at, sha256=sha256)
        else:
            yield PurePosixPath(name), message.raw


def _named(
    messages: tuple[KeptMessage, ...], holds_back: Callable[[KeptMessage], bool], office: Office, folder: str
) -> Iterator[tuple[str, KeptMessage]]:
    """Yield letters or mails in order of time with their places; the one of a note, for those that are held back."""
    ordered = sorted(messages, key=lambda message: (message.at, message.name))
    for number, message in enumerate(ordered, start=1):
        day = office.calendar.local(message.at).date().isoformat()
        suffix = _NOTE if holds_back(message) else ".eml"
        yield f"{folder}/{number:03d}_{day}_{safe_name(message.name)}{suffix}", message


def _forms(kept: Kept, phrases: Phrases, note: Callable[..., bytes]) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield every form as it was received, unit by unit; the one that counts says so in its name."""
    places = dict(_form_places(kept, phrases))
    for form in kept.cycle.units:
        for sent in form.submissions:
            place = PurePosixPath(places[form.unit, sent.number])
            if sent.file_sha256 in kept.held:
                suffix = PurePosixPath(safe_name(sent.file_name)).suffix
                yield place, note(name=f"{place.stem}{suffix}", at=sent.received_at, sha256=sent.file_sha256)
            else:
                yield place, kept.files(sent.file_sha256)


def _form_places(kept: Kept, phrases: Phrases) -> Iterator[tuple[tuple[str, int], str]]:
    """Yield unit and number of every form with its place; that of a note, for one that is held back."""
    counted, folder = phrases.word("counted_form"), phrases.word("archive_folder", "forms")
    for form in kept.cycle.units:
        for sent in form.submissions:
            name = file_name(phrases, "received_form", XLSX, unit=form.unit, number=sent.number).removesuffix(".xlsx")
            mark = f"-{counted}" if sent.number == form.counted else ""
            suffix = _NOTE if sent.file_sha256 in kept.held else PurePosixPath(safe_name(sent.file_name)).suffix
            yield (form.unit, sent.number), f"{folder}/{safe_name(form.unit.upper())}/{name}{mark}{suffix}"


def _journal(told: tuple[KeptLine, ...], cycle: str) -> bytes:
    """Return the journal, a JSON object a line: this cycle's lines in full, of the others the hash alone."""
    lines = []
    for line in told:
        ours = line.cycle == cycle
        entry = {"number": line.number, "hash": line.hash, "line": json.loads(line.canonical) if ours else None}
        entry |= {"salt": line.salt} if ours else {}
        lines.append(json.dumps(entry, ensure_ascii=True, sort_keys=True))
    return "".join(f"{line}\n" for line in lines).encode()
