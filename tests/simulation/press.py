"""Letters of a quick run: no template, but the real Message-ID, token, code, thread, marks and enclosures."""

from __future__ import annotations

import base64
import email
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.clerk.press import Press
from mailbot.core.model.letters import EnclosureKind, LetterKind
from mailbot.writing.letters.letter import Written, message_id, message_token, one_time_code
from tests.simulation.forms import XLSX, blank_form

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Enclosure, Letter
    from mailbot.writing.archive.archive import Kept

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BY_DIGEST = frozenset({EnclosureKind.DRAFT, EnclosureKind.REPORT, EnclosureKind.FILE})
_CODE = re.compile(r"(?<![\d.])\d{6}(?![\d.])")
_ID = re.compile(rb"^Message-ID: *\r?\n? *(<[^>\r\n]+>)", re.IGNORECASE | re.MULTILINE)
Part = tuple[str, str, bytes]
"""Name, media type and content of one file."""


class PlainPress(Press):
    """Prints plainly, and quickly."""

    def letter(self, clerk: Clerk, letter: Letter, cycle: Cycle | None, at: datetime) -> Written:
        """Make one letter: its key and words as a line, its code if it asks for one, and its files."""
        own_id = message_id(clerk.secret, letter.key, clerk.office.mailbox)
        subject = f"{letter.kind.value} {letter.cycle}"
        row = f"Baris: {cycle.step.value}" if cycle is not None else ""
        said = [letter.key, row, f"Rujukan: {message_token(clerk.secret, letter.key)}", *letter.remarks]
        if letter.kind is LetterKind.CHALLENGE:
            said.append(f"Kode: {one_time_code(clerk.secret, letter.key)}")
        heads = [
            f"From: {clerk.office.mailbox}",
            f"To: {letter.address}",
            f"Subject: {subject}",
            f"Date: {at:%d %b %Y %H:%M:%S} +0000",
            f"Auto-Submitted: {'auto-replied' if letter.answers else 'auto-generated'}",
            "X-Mailbot-Loop: 1",
            f"Message-ID: {own_id}",
        ]
        if letter.answers is not None and letter.answers.message_id:
            heads.append(f"In-Reply-To: {letter.answers.message_id}")
        files = [file for one in letter.enclosures for file in _file(clerk, letter, one)]
        return Written(message_id=own_id, raw=mime(heads, "\r\n".join(said), files), subject=subject)

    def draft(self, clerk: Clerk, cycle: Cycle, version: int) -> bytes:
        """Make one version of the report: what it is about, and which forms it rests on."""
        rests_on = " ".join(one.file_sha256 for form in cycle.units if (one := form.counting) is not None)
        return f"LKjIP {clerk.office.letterhead.agency_short} {cycle.key} {version} {rests_on}".encode()

    def archive(self, clerk: Clerk, kept: Kept) -> Path:
        """Leave the archive unwritten; what is kept was gathered by the clerk."""
        return clerk.archive_folder / kept.cycle.key


def _file(clerk: Clerk, letter: Letter, enclosure: Enclosure) -> list[Part]:
    """Return what a plain letter carries: forms, and kept files byte for byte."""
    if enclosure.kind in {EnclosureKind.FORM, EnclosureKind.FILLED_FORM}:
        form = blank_form(clerk.office, letter.cycle, enclosure.unit, clerk.secret)
        return [(f"form-{enclosure.unit}.xlsx", XLSX, form)]
    if enclosure.kind in _BY_DIGEST and enclosure.sha256:
        return [("laporan.docx", DOCX, clerk.ledger.files.read(enclosure.sha256))]
    if enclosure.kind is EnclosureKind.RETURNED_FORM:
        return [("form-kembali.xlsx", XLSX, clerk.ledger.files.read(enclosure.sha256))]
    return []


def mime(heads: list[str], text: str, files: list[Part]) -> bytes:
    """Put a mail together: plain text in UTF-8, files in base64."""
    heads = [*heads, "MIME-Version: 1.0"]
    body = text.encode()
    plain = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    if not files:
        return "\r\n".join(heads).encode() + b"\r\n" + plain + body + b"\r\n"
    parts = [b"\r\n".join(["\r\n".join(heads).encode(), b'Content-Type: multipart/mixed; boundary="=_b"', b"", b""])]
    parts.append(b"--=_b\r\n" + plain + body + b"\r\n")
    for name, media_type, content in files:
        head = (
            f"--=_b\r\nContent-Type: {media_type}\r\nContent-Transfer-Encoding: base64\r\n"
            f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
        )
        parts.append(head.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n"))
    return b"".join((*parts, b"--=_b--\r\n"))


class ListenedPress(Press):
    """A press whose letters are remembered: staff then know what they hold in their hands without a ledger."""

    def __init__(self, press: Press) -> None:
        """Listen to that press."""
        self._press = press
        self.printed: dict[str, Letter] = {}
        """By Message-ID."""

    def letter(self, clerk: Clerk, letter: Letter, cycle: Cycle | None, at: datetime) -> Written:
        """Make one letter."""
        written = self._press.letter(clerk, letter, cycle, at)
        self.printed[written.message_id] = letter
        return written

    def draft(self, clerk: Clerk, cycle: Cycle, version: int) -> bytes:
        """Compile one version of the report."""
        return self._press.draft(clerk, cycle, version)

    def archive(self, clerk: Clerk, kept: Kept) -> Path:
        """Write the archive."""
        return self._press.archive(clerk, kept)


def id_of(raw: bytes) -> str:
    """Return the Message-ID of a letter, empty if it has none."""
    found = _ID.search(raw)
    return found.group(1).decode() if found else ""


def files_of(raw: bytes) -> list[tuple[str, bytes]]:
    """Return name and content of every file a letter carries."""
    parts = email.message_from_bytes(raw).walk()
    return [
        (name, content)
        for part in parts
        if (name := part.get_filename()) and isinstance(content := part.get_payload(decode=True), bytes)
    ]


def code_of(raw: bytes) -> str:
    """Return the six digits that a letter asks back, as its reader finds them."""
    for part in email.message_from_bytes(raw).walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/plain" else None
        if isinstance(content, bytes) and (found := _CODE.search(content.decode(errors="replace"))):
            return found.group()
    return ""
