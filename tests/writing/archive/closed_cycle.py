"""Everything kept of the toy office's closed cycle, with a journal that tells of it, as the ledger hands it over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailbot.core.draft.versions import Draft
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.letters import LetterKind
from mailbot.writing.archive.archive import Kept, KeptLine, KeptMessage
from tests.writing import sample_cycle
from tests.writing.conftest import written
from tests.writing.sample_letters import full_letter

AT = datetime(2026, 1, 23, 3, 0, tzinfo=UTC)
DOCX, PDF = b"PK\x03\x04 word/document.xml, version 2", b"%PDF-1.7 version 2"
Said = tuple[str, str, str, dict[str, str]]
"""Cycle, event, unit, detail of a line."""


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
        )
        for form in closed.units
    )
    draft = Draft(version=2, docx_sha256=sha256(DOCX), pdf_sha256=sha256(PDF), compiled_at=AT)
    verdicts = tuple(replace(verdict, docx_sha256=sha256(DOCX)) for verdict in closed.verdicts)
    return replace(closed, units=units, draft=draft, verdicts=verdicts)


def said(of: Cycle) -> Iterator[Said]:
    """Yield what the journal tells of a cycle, among lines of others."""
    yield of.key, "cycle_opened", "", {"cycle": of.key}
    yield "", "mail_settled", "", {"mail": "ab"}
    for form in of.units:
        for sent in form.submissions:
            yield of.key, "form_accepted", form.unit, {"file": sent.file_sha256, "number": str(sent.number)}
    yield "2026-tw1", "row_entered", "", {"step": "inform"}
    yield of.key, "draft_compiled", "", {"version": "2", "docx": sha256(DOCX), "pdf": sha256(PDF)}
    for verdict in of.verdicts:
        detail = {"word": verdict.word, "docx": verdict.docx_sha256, "mail": verdict.mail_sha256}
        yield of.key, "verdict", "", detail
    yield of.key, "cycle_closed", "", {"cycle": of.key}


def journal(of: Cycle, files: str = "") -> tuple[KeptLine, ...]:
    """Return the journal of a cycle chained, with a line that seals its files at the end."""
    lines = list(said(of))
    own = sum(key == of.key for key, *_ in lines)
    seal = {"cycle": of.key, "files": files, "lines": str(own), "to": str(len(lines))}
    return chained([*lines, (of.key, "archived", "", seal)])


def chained(lines: list[Said]) -> tuple[KeptLine, ...]:
    """Chain lines as the ledger does."""
    before, made = "0" * 64, []
    for number, (key, event, unit, detail) in enumerate(lines, start=1):
        line = {"actor": "mailbot", "at": AT.isoformat(), "cycle": key, "event": event, "number": number, "unit": unit}
        line |= {"detail": [list(pair) for pair in detail.items()]}
        canonical = json.dumps(line, sort_keys=True, separators=(",", ":")).encode()
        before = sha256(bytes.fromhex(before) + canonical)
        made.append(KeptLine(number=number, cycle=key, canonical=canonical, hash=before))
    return tuple(made)


def kept() -> Kept:
    """Return everything that was kept of it."""
    closed = cycle()
    kinds = (LetterKind.REQUEST, LetterKind.RECEIPT, LetterKind.SUBMISSION)
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
    files = {sha256(content): content for content in (DOCX, PDF)}
    files |= {sent.file_sha256: form_of(form.unit, sent.number) for form in closed.units for sent in form.submissions}
    return Kept(
        cycle=closed,
        letters=(*letters, confirmed),
        mails=(*mails, *given),
        journal=lambda sealed: journal(closed, sealed),
        files=files.__getitem__,
    )
