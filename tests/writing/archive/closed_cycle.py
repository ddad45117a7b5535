"""Everything kept of the toy office's closed cycle, with a journal that tells of it, as the ledger hands it over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailbot.clerk.desk.witnessing import joined_here
from mailbot.core.delivery.delivery import Delivery
from mailbot.core.draft.versions import Draft
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Evidence
from mailbot.core.model.office import Office
from mailbot.ledger.mapping import dump
from mailbot.writing.archive.archive import journal_path, lay_out
from mailbot.writing.archive.checking.chain import chained, numbers_digest
from mailbot.writing.archive.checking.spelling import packed, salted_digest
from mailbot.writing.archive.kept import Kept, KeptLine, KeptMessage, KeptVersion, Laid
from mailbot.writing.archive.laying import Whose, root, sealed_files
from tests.writing import sample_cycle
from tests.writing.conftest import written
from tests.writing.sample_letters import full_letter

AT = datetime(2026, 1, 23, 3, 0, tzinfo=UTC)
DOCX, PDF = b"PK\x03\x04 word/document.xml, version 2", b"%PDF-1.7 version 2"
FIRST_DOCX = b"PK\x03\x04 word/document.xml, version 1"
PROVED = b"%PDF-1.4 rekap"
Said = tuple[str, str, str, str, dict[str, str]]
"""Cycle, event, actor, unit, detail of a line."""
BORNE = {"letter", "mail", "form", "evidence", "report", "draft", "cover", "asked", "signed"}


def sha256(content: bytes) -> str:
    """Return the digest of a file."""
    return hashlib.sha256(content).hexdigest()


def form_of(unit: str, number: int) -> bytes:
    """Return a unit's form as it came."""
    return f"PK\x03\x04 xl/workbook.xml {unit} {number}".encode()


def file_of(digest: str) -> bytes:
    """Return a kept file of the sample cycle: the draft is a Word file, its PDF a PDF, anything else a workbook."""
    heads = {"draft 2": b"PK\x03\x04 word/document.xml", "draft 2 as pdf": b"%PDF-1.7"}
    digests = {sha256(name.encode()): head for name, head in heads.items()}
    return digests.get(digest, b"PK\x03\x04 xl/workbook.xml") + digest.encode()


def cycle() -> Cycle:
    """Return the closed cycle; every digest in it is one of a file that is kept."""
    closed = sample_cycle.closed()
    units = tuple(
        replace(
            form,
            submissions=tuple(
                replace(sent, file_sha256=sha256(form_of(form.unit, sent.number))) for sent in form.submissions
            ),
            evidence=(),
        )
        for form in closed.units
    )
    proof = Evidence(file_sha256=sha256(PROVED), file_name="rekap.pdf", mail_sha256=sha256(b"m"), received_at=AT)
    units = (replace(units[0], evidence=(proof,)), *units[1:])
    draft = Draft(version=2, docx_sha256=sha256(DOCX), pdf_sha256=sha256(PDF), compiled_at=AT)
    verdicts = tuple(replace(verdict, docx_sha256=sha256(DOCX)) for verdict in closed.verdicts)
    left = Delivery(version=2, report_sha256=sha256(DOCX), number="900/1/2026", leaves_at=AT, hour_ends=AT)
    return replace(closed, units=units, draft=draft, verdicts=verdicts, delivery=left)


def kept() -> Kept:
    """Return everything that was kept of it."""
    closed = cycle()
    kinds = (LetterKind.DATA_NEEDS, LetterKind.REQUEST, LetterKind.RECEIPT, LetterKind.SUBMISSION)
    letters = tuple(
        KeptMessage(
            name=full_letter(kind).letter.key, at=AT + timedelta(hours=hour), raw=written(full_letter(kind)).raw
        )
        for hour, kind in enumerate(kinds)
    )
    confirmed = KeptMessage(
        name=f"verdict_noted/2025/{sha256(b'DISAHKAN')[:16]}",
        at=AT + timedelta(hours=4),
        raw=b"Content-Type: text/plain\r\n\r\nJawaban: DISAHKAN\r\n",
    )
    mails = (KeptMessage(name="form", at=AT, raw=b"From: a\r\n\r\nx"), KeptMessage(name="", at=AT, raw=b"y"))
    given = tuple(KeptMessage(name="verdict", at=AT, raw=verdict.word.encode()) for verdict in closed.verdicts)
    files = {sha256(content): content for content in (DOCX, PDF, FIRST_DOCX, PROVED)}
    files |= {sent.file_sha256: form_of(form.unit, sent.number) for form in closed.units for sent in form.submissions}
    return Kept(
        cycle=closed,
        record=dump(Cycle, closed).encode(),
        letters=(*letters, confirmed),
        mails=(*mails, *given),
        versions=(
            KeptVersion(version="1", sha256=sha256(FIRST_DOCX)),
            KeptVersion(version="2", sha256=sha256(DOCX)),
            KeptVersion(version="2", sha256=sha256(PDF)),
        ),
        files=files.__getitem__,
    )


def said(of: Kept, laid: Iterable[Laid]) -> Iterator[Said]:
    """Yield what the journal tells of a cycle, among lines of others."""
    key = of.cycle.key
    yield "", "mail_settled", "mailbot", "", {"mail": "ab"}
    yield key, "cycle_opened", "mailbot", "", {"cycle": key}
    for letter in of.letters:
        yield key, "letter_written", "mailbot", "", {"letter": letter.name, "sent": sha256(letter.raw)}
    yield "2026-tw1", "row_entered", "mailbot", "", {"step": "inform"}
    for mail in of.mails:
        yield key, "mail_kept", "mailbot", "", {"mail": sha256(mail.raw), "outcome": mail.name}
    for form in of.cycle.units:
        for sent in form.submissions:
            detail = {"file": sent.file_sha256, "number": str(sent.number), "sender": sent.sender}
            yield key, "form_accepted" if sent.accepted else "form_returned", "kabid", form.unit, detail
    yield key, "draft_compiled", "mailbot", "", {"version": "1", "docx": sha256(FIRST_DOCX), "pdf": ""}
    yield key, "draft_compiled", "mailbot", "", {"version": "2", "docx": sha256(DOCX), "pdf": sha256(PDF)}
    for verdict in of.cycle.verdicts:
        named = {"word": verdict.word, "docx": verdict.docx_sha256, "mail": verdict.mail_sha256}
        detail = {**named, "step": verdict.step.value, "proof": verdict.proof.value}
        yield key, "verdict", verdict.person, "", detail
    for answer in (answer for remark in of.cycle.remarks for answer in remark.answers):
        yield key, "remarks_answered", answer.person, "", {"numbers": "1", "mail": answer.mail_sha256}
    yield key, "report_submitted", "mailbot", "", {"version": "2", "number": "900/1/2026", "hour_ends": AT.isoformat()}
    yield key, "cycle_closed", "mailbot", "", {"cycle": key}
    for paper in laid:
        if paper.kind not in BORNE:
            yield key, "paper_made", "mailbot", "", {"paper": paper.path, "made": sha256(paper.content)}


def salt(name: object) -> str:
    """Return a salt as the ledger makes one."""
    return sha256(f"salt of {name}".encode())[:32]


def linked(lines: Iterable[Said]) -> tuple[KeptLine, ...]:
    """Chain lines as the ledger does, with the line before the first of all in front."""
    moments = {"cycle_opened": cycle().opened_at, "cycle_closed": cycle().closed_at}
    made = [KeptLine(number=0, cycle="", canonical=b"", hash="0" * 64)]
    for number, (key, event, actor, unit, detail) in enumerate(lines, start=1):
        at = moments.get(event) or AT
        line = {"actor": actor, "at": at.isoformat(), "cycle": key, "event": event, "number": number, "unit": unit}
        spelling = packed(line | {"detail": [list(pair) for pair in detail.items()]})
        digest = salted_digest(salt(number), spelling)
        hashed = chained(made[-1].hash, digest)
        made.append(KeptLine(number=number, cycle=key, canonical=spelling, hash=hashed, salt=salt(number)))
    return tuple(made)


def archived(of: Kept, office: Office, folders: tuple[Path, ...], *, seals: bool = True) -> dict[str, bytes]:
    """Return every file of an archive, as the clerk makes it."""
    laid, key = lay_out(of, office, folders, joined_here), of.cycle.key
    whose = Whose(cycle=key, office=office.letterhead.agency_name, salt=salt)
    lines = list(said(of, laid))
    numbers = [number for number, line in enumerate(lines, start=1) if line[0] == key]
    counted = {"lines": str(len(numbers)), "own": numbers_digest(numbers), "to": str(numbers[-1]), "bare": "0"}
    if seals:
        lines.append((key, "archived", "mailbot", "", {"cycle": key, "files": root(laid, whose), **counted}))
    chain = linked(lines)
    return sealed_files(laid, chain[1:], journal_path(office, folders), whose)


_MADE: dict[str, dict[str, bytes]] = {}


def the_archive(office: Office, folders: tuple[Path, ...]) -> dict[str, bytes]:
    """Return a copy of the archive of the closed cycle, which is made once in a process."""
    if not _MADE:
        _MADE.update({"whole": archived(kept(), office, folders)})
    return dict(_MADE["whole"])


def told(files: dict[str, bytes]) -> list[dict[str, object]]:
    """Return the journal's lines."""
    return [json.loads(line) for line in files["5-riwayat/jurnal.jsonl"].splitlines()]
