"""Letters of a quick run: no template, but the real Message-ID, token, code, thread, marks and enclosures."""

from __future__ import annotations

import base64
import email
import json
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.clerk.desk.draft_examining import Prepared
from mailbot.core.draft.document import ChangeKind, Difference, DifferenceKind, Examined, TrackedChange
from mailbot.core.model.letters import EnclosureKind, LetterKind
from mailbot.writing.letters.letter import Written, message_id, message_token, name_of, one_time_code
from tests.examiner.letter import plain_subject
from tests.simulation.forms import XLSX, blank_form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Enclosure, Letter
    from mailbot.core.model.office import Office
    from mailbot.writing.archive.kept import Kept, Laid

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN, DIFFERS = b" [terlacak]", b" [beda]"
"""What an edited draft of the simulation says of itself: changes are open in it; it disagrees with the data."""
_BY_DIGEST = frozenset({EnclosureKind.DRAFT, EnclosureKind.REPORT, EnclosureKind.FILE})
_CODE = re.compile(r"(?<![\w.])\d{6}(?![\w.])")
_ID = re.compile(rb"^Message-ID: *\r?\n? *(<[^>\r\n]+>)", re.IGNORECASE | re.MULTILINE)
Part = tuple[str, str, bytes]
"""Name, media type and content of one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainLetterMaker:
    """Makes letters plainly, and quickly."""

    secret: bytes

    def letters(self, books: Books, wanted: Sequence[tuple[Letter, Cycle | None]], at: datetime) -> tuple[Written, ...]:
        """Make letters."""
        return tuple(self.letter(books, letter, cycle, at) for letter, cycle in wanted)

    def letter(self, books: Books, letter: Letter, cycle: Cycle | None, at: datetime) -> Written:
        """Make one letter: its key and words as a line, its code if it asks for one, and its files."""
        own_id = message_id(self.secret, name_of(letter), books.office.mailbox)
        subject = plain_subject(
            letter.kind.value, letter.cycle, letter.unit, str(getattr(letter.about, "word", "") or "")
        )
        row = f"Baris: {cycle.step.value}" if cycle is not None else ""
        said = [letter.key, row, f"Rujukan: {message_token(self.secret, name_of(letter))}", *letter.remarks]
        if letter.kind is LetterKind.CHALLENGE:
            said.append(f"Kode: {one_time_code(self.secret, letter.key)}")
        heads = [
            f"From: {books.office.mailbox}",
            f"To: {letter.address}",
            f"Subject: {subject}",
            f"Date: {at:%d %b %Y %H:%M:%S} +0000",
            f"Auto-Submitted: {'auto-replied' if letter.answers else 'auto-generated'}",
            "X-Mailbot-Loop: 1",
            f"Message-ID: {own_id}",
        ]
        if letter.answers is not None and letter.answers.message_id:
            heads.append(f"In-Reply-To: {letter.answers.message_id}")
        files = [file for enclosure in letter.enclosures for file in self._file(books, letter, enclosure)]
        recap = cycle is not None and any(one.kind is EnclosureKind.RECAP for one in letter.enclosures)
        files += [_figures(cycle)] if cycle is not None and recap else []
        return Written(message_id=own_id, raw=mime(heads, "\r\n".join(said), files), subject=subject)

    def draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Make one version of the report: what it is about, and which forms it rests on."""
        rests_on = " ".join(form.counting.file_sha256 for form in cycle.units if form.counting is not None)
        return f"LKjIP {office.letterhead.agency_short} {cycle.key} {version} {rests_on}".encode()

    def cover_letter(self, office: Office, letter: Letter, cycle: Cycle) -> bytes:
        """Make the Surat Pengantar."""
        del office
        return f"Surat Pengantar {cycle.key} {letter.key}".encode()

    def edited(self, office: Office, cycle: Cycle, docx: bytes, former: bytes) -> Prepared:
        """Make an edited draft the next version; what it says of itself is what is found in it."""
        del office
        version = cycle.draft.version if cycle.draft is not None else 0
        if OPEN in docx:
            change = TrackedChange(kind=ChangeKind.INSERTED, author="", at="", words="kata")
            return Prepared(docx=docx, version=version, examined=Examined(open_changes=(change,)))
        alike = docx == former
        number = version if alike else version + 1
        return Prepared(docx=docx, version=number, examined=replace(_looked_into(docx), same=alike))

    def accepted(self, docx: bytes) -> bytes:
        """Accept all changes."""
        return docx.replace(OPEN, b"")

    def standing(self, office: Office, cycle: Cycle, docx: bytes) -> Examined:
        """Say what a version says of itself."""
        del office, cycle
        return _looked_into(docx)

    def resigned(self, office: Office, cycle: Cycle, docx: bytes) -> Prepared:
        """Stamp a version."""
        del office
        version = cycle.draft.version if cycle.draft is not None else 0
        return Prepared(docx=docx + b" v%d" % version, version=version, examined=_looked_into(docx))

    def renewed(self, office: Office, cycle: Cycle, former: bytes) -> Prepared:
        """Make the report of today; where it rests on the same forms, it is the former one."""
        version = cycle.draft.version if cycle.draft is not None else 0
        fresh = self.draft(office, cycle, version + 1)
        same = fresh.split()[4:] == former.split()[4:]
        if same:
            return Prepared(docx=former, version=version, examined=Examined(same=True))
        return Prepared(docx=fresh, version=version + 1, examined=Examined())

    def as_pdf(self, docx: bytes) -> bytes | None:
        """Make none."""
        del docx
        return None

    def journal_path(self, office: Office) -> str:
        """Name the journal."""
        del office
        return "jurnal.jsonl"

    def binder_path(self, office: Office) -> str:
        """Name the binder, of which there is none."""
        del office
        return "berkas-cetak.pdf"

    def archive(self, office: Office, kept: Kept) -> tuple[Laid, ...]:
        """Lay nothing out; what is kept was gathered by the clerk, and the journal tells of it."""
        del office, kept
        return ()

    def lay_down(self, name: str, files: dict[str, bytes], *, settled: bool) -> tuple[Path, Path | None]:
        """Leave the archive unwritten."""
        del files, settled
        return Path(name), None

    def _file(self, books: Books, letter: Letter, enclosure: Enclosure) -> list[Part]:
        """Return what a plain letter carries: forms, and kept files byte for byte."""
        if enclosure.kind in {EnclosureKind.FORM, EnclosureKind.FILLED_FORM}:
            form = blank_form(books.office, letter.cycle, enclosure.unit, self.secret)
            return [(f"form-{enclosure.unit}.xlsx", XLSX, form)]
        if enclosure.kind in _BY_DIGEST and enclosure.sha256:
            content = books.ledger.files.read(enclosure.sha256)
            pdf = content.startswith(b"%PDF")
            return [("laporan.pdf", "application/pdf", content) if pdf else ("laporan.docx", DOCX, content)]
        if enclosure.kind is EnclosureKind.RETURNED_FORM:
            return [("form-kembali.xlsx", XLSX, books.ledger.files.read(enclosure.sha256))]
        return []


def _looked_into(docx: bytes) -> Examined:
    """Return what a plain draft says of itself: that it disagrees with the data, or not."""
    other = Difference(kind=DifferenceKind.DIFFERS, code="IKU-01", in_draft="1", in_data="2")
    return Examined(differences=(other,)) if DIFFERS in docx else Examined()


def _figures(cycle: Cycle) -> Part:
    """Return the recap as a small file: every figure that counts."""
    counting = [form.counting.data for form in cycle.units if form.counting is not None]
    shown = {
        "indicators": {row.code: {"actual": row.actual.text} for data in counting for row in data.indicators},
        "budget": {row.code: row.spent_idr.text for data in counting for row in data.budget},
    }
    return "rekap.xlsx", XLSX, json.dumps(shown, separators=(",", ":")).encode()


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


@dataclass(frozen=True, slots=True)
class ListenedLetterMaker:
    """A maker whose letters are remembered: staff then know what they hold in their hands without a ledger."""

    maker: MakesLetters
    printed: dict[str, Letter] = field(default_factory=dict)
    """By Message-ID."""

    def letters(self, books: Books, wanted: Sequence[tuple[Letter, Cycle | None]], at: datetime) -> tuple[Written, ...]:
        """Make letters."""
        made = self.maker.letters(books, wanted, at)
        self.printed.update((written.message_id, letter) for written, (letter, _) in zip(made, wanted, strict=True))
        return made

    def draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Compile one version of the report."""
        return self.maker.draft(office, cycle, version)

    def cover_letter(self, office: Office, letter: Letter, cycle: Cycle) -> bytes:
        """Make the Surat Pengantar."""
        return self.maker.cover_letter(office, letter, cycle)

    def edited(self, office: Office, cycle: Cycle, docx: bytes, former: bytes) -> Prepared:
        """Make a version of an edited draft."""
        return self.maker.edited(office, cycle, docx, former)

    def accepted(self, docx: bytes) -> bytes:
        """Accept all changes."""
        return self.maker.accepted(docx)

    def standing(self, office: Office, cycle: Cycle, docx: bytes) -> Examined:
        """Say where a version disagrees with the data."""
        return self.maker.standing(office, cycle, docx)

    def resigned(self, office: Office, cycle: Cycle, docx: bytes) -> Prepared:
        """Stamp a version."""
        return self.maker.resigned(office, cycle, docx)

    def renewed(self, office: Office, cycle: Cycle, former: bytes) -> Prepared:
        """Make the report of today."""
        return self.maker.renewed(office, cycle, former)

    def as_pdf(self, docx: bytes) -> bytes | None:
        """Make a PDF of a Word file."""
        return self.maker.as_pdf(docx)

    def journal_path(self, office: Office) -> str:
        """Name the journal."""
        return self.maker.journal_path(office)

    def binder_path(self, office: Office) -> str:
        """Name the binder."""
        return self.maker.binder_path(office)

    def archive(self, office: Office, kept: Kept) -> tuple[Laid, ...]:
        """Lay the archive out."""
        return self.maker.archive(office, kept)

    def lay_down(self, name: str, files: dict[str, bytes], *, settled: bool) -> tuple[Path, Path | None]:
        """Write the archive."""
        return self.maker.lay_down(name, files, settled=settled)


@lru_cache(maxsize=512)
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
