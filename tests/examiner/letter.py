"""A letter of the office as its reader sees it: its kind by its subject, its thread, its words, its files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message

    from tests.examiner.tape import Left

SUBJECTS: dict[str, tuple[str, str]] = {
    # kind: how its subject begins, and a whole one for those who write plain letters
    "data_needs": (r"Mohon arahan kebutuhan data", "Mohon arahan kebutuhan data"),
    "data_needs_objected": (r"Catatan atas Kebutuhan Data", "Catatan atas Kebutuhan Data Kinerja"),
    "paper_shown": (r"Mohon dicermati: (LKjIP|surat) bertanda tangan$", "Mohon dicermati: LKjIP bertanda tangan"),
    "request_copy": (r"Salinan Permintaan\b", "Salinan Permintaan - {unit}"),
    "request": (r"Permintaan Data\b", "Permintaan Data - {unit}"),
    "receipt": (r"Form .+ diterima - terima kasih$", "Form {unit} diterima - terima kasih"),
    "unit_accepted": (r"Form .+ diterima$", "Form {unit} diterima"),
    "digest": (r"(Ringkasan\b|\d+ (masuk|dikembalikan|belum)\b.* - )", "Ringkasan"),
    "returned": (r"Perbaikan Form\b", "Perbaikan Form {unit}"),
    "returned_by_planning": (r"Penyesuaian Form\b", "Penyesuaian Form {unit}"),
    "partial": (r"Form .+ baru sebagian", "Form {unit} baru sebagian"),
    "unreadable": (r"Berkas belum terbaca", "Berkas belum terbaca - {unit}"),
    "late": (r"Form .+ masuk setelah tahap ditutup", "Form {unit} masuk setelah tahap ditutup"),
    "conflict": (r"Mohon penegasan isian\b", "Mohon penegasan isian {unit}"),
    "reopened": (r"Form .+ dibuka kembali", "Form {unit} dibuka kembali"),
    "lines_read": (r"Mohon (konfirmasi|lengkapi) isian\b", "Mohon konfirmasi isian {unit}"),
    "evidence_kept": (r"Data dukung .+ kami simpan", "Data dukung {unit} kami simpan"),
    "reminder_today": (r"Batas waktu hari ini:", "Batas waktu hari ini: {unit}"),
    "reminder": (r"Pengingat (?!ditunda)", "Pengingat isian - {unit}"),
    "escalation": (r"Mohon arahan: |Untuk diketahui: |Pemberitahuan: pejabat", "Mohon arahan: isian - {unit}"),
    "recap": (r"Rekapitulasi Data Kinerja\b", "Rekapitulasi Data Kinerja"),
    "draft": (r"Draf LKjIP( versi \d+)?( - batas .+)?$", "Draf LKjIP"),
    "review": (r"Mohon reviu Draf LKjIP", "Mohon reviu Draf LKjIP"),
    "revision": (r"Catatan atas Draf LKjIP", "Catatan atas Draf LKjIP"),
    "draft_held": (r"Mohon penegasan sebelum draf diteruskan", "Mohon penegasan sebelum draf diteruskan"),
    "ratify": (r"Mohon (arahan )?pengesahan LKjIP", "Mohon pengesahan LKjIP"),
    "number_wanted": (r"Mohon nomor\b", "Mohon nomor Surat Pengantar LKjIP"),
    "paper_wanted": (r"Mohon tanda tangan\b", "Mohon tanda tangan LKjIP"),
    "submission": (r"Penyampaian Laporan Kinerja\b", "Penyampaian Laporan Kinerja"),
    "copy_sent": (r"Tembusan: ", "Tembusan: Laporan Kinerja"),
    "closed": (r"LKjIP .*selesai", "LKjIP selesai"),
    "paper_noted": (r"(Tercatat|Belum sesuai|Diterima): (LKjIP|Surat Pengantar)", "Diterima: LKjIP bertanda tangan"),
    "recall_told": (r"Draf LKjIP ditarik kembali|Mohon perhatian: ", "Draf LKjIP ditarik kembali"),
    "recalled": (r"\S.* ditarik( kembali)?$", "{word} ditarik"),
    "verdict_noted": (r"Tercatat: (?P<word>\S.*?)(?: - .+)?$", "Tercatat: {word}"),
    "unclear": (r"Mohon penegasan jawaban", "Mohon penegasan jawaban"),
    "challenge": (r"Mohon konfirmasi (jawaban|kiriman)\b", "Mohon konfirmasi jawaban {word}"),
    "out_of_turn": (r"\S.* belum dapat dicatat$", "{word} belum dapat dicatat"),
    "unplaced": (r"Pesan Bapak/Ibu kami terima", "Pesan Bapak/Ibu kami terima"),
    "guide": (r"Petunjuk pengisian", "Petunjuk pengisian dan jawaban"),
    "morning": (r"Laporan pagi\b", "Laporan pagi"),
    "undelivered": (r"Surat tidak sampai", "Surat tidak sampai"),
    "cycle_cancelled": (r"Pembatalan permintaan LKjIP\b", "Pembatalan permintaan LKjIP"),
}
"""How anybody tells the office's letters apart; the others are only letters."""

_KINDS = [(kind, re.compile(beginning)) for kind, (beginning, _) in SUBJECTS.items()]
_TOKEN = re.compile(r"\s*\[[^\]/]+(?:/(?P<cycle>[^\]]+))?\]$")
REFERENCE = re.compile(r"\bmb1\.[0-9a-f]{16}\b")
_CODE = re.compile(r"(?<![\w.])\d{6}(?![\w.])")
FRUITLESS = frozenset({"unplaced", "guide", "unclear", "out_of_turn", "unreadable", "cycle_cancelled", ""})
_IDS = re.compile(r"<[^<>\s]+>")
File = tuple[str, bytes]


def kind_of(subject: str) -> str:
    """Return which kind of letter a subject belongs to, empty if that does not matter."""
    matter = _TOKEN.sub("", subject)
    return next((kind for kind, beginning in _KINDS if beginning.match(matter)), "")


def plain_subject(kind: str, cycle: str, unit: str = "", word: str = "") -> str:
    """Return the subject of a letter that is written plainly, for runs without templates."""
    matter = SUBJECTS.get(kind, ("", kind))[1].format(unit=unit or "seluruh unit", word=word or "-")
    return f"{matter} [LKJIP/{cycle}]" if cycle else f"{matter} [LKJIP]"


@dataclass(frozen=True)
class Letter:
    """One letter, opened."""

    left: Left

    @property
    def at(self) -> datetime:
        """Return when it left."""
        return self.left.at

    @property
    def to(self) -> str:
        """Return whom it went to."""
        return self.left.to.lower()

    @cached_property
    def message(self) -> Message:
        """Return it, parsed."""
        return message_from_bytes(self.left.raw)

    @cached_property
    def written(self) -> datetime:
        """Return the moment it was written, as its Date says."""
        return moment_of(self.message)

    @cached_property
    def subject(self) -> str:
        """Return its subject."""
        return decoded(self.message["Subject"] or "")

    @cached_property
    def cycle(self) -> str:
        """Return the cycle that its subject names, empty if it names none."""
        found = _TOKEN.search(self.subject)
        return (found["cycle"] or "") if found else ""

    @cached_property
    def kind(self) -> str:
        """Return which kind it is."""
        return kind_of(self.subject)

    @cached_property
    def word(self) -> str:
        """Return the word that it says was noted."""
        found = re.match(SUBJECTS["verdict_noted"][0], _TOKEN.sub("", self.subject))
        return found["word"] if found else ""

    @cached_property
    def message_id(self) -> str:
        """Return its Message-ID."""
        return next(iter(_IDS.findall(self.message["Message-ID"] or "")), "")

    @cached_property
    def answers(self) -> str:
        """Return the Message-ID of the mail it answers, empty if it answers none."""
        return next(iter(_IDS.findall(self.message["In-Reply-To"] or "")), "")

    @cached_property
    def text(self) -> str:
        """Return its words."""
        return plain_text(self.message)

    @cached_property
    def code(self) -> str:
        """Return the one-time code that it gives to its reader, if it is such a letter."""
        found = _CODE.search(self.text) if self.kind == "challenge" else None
        return found.group() if found else ""

    @cached_property
    def files(self) -> tuple[File, ...]:
        """Return what it encloses."""
        return files_of(self.message)

    @property
    def document(self) -> bytes:
        """Return the Word file that it lays before its reader: of several, the report."""
        return self._report(".docx")

    @property
    def printed(self) -> bytes:
        """Return the PDF that it lays before its reader, likewise."""
        return self._report(".pdf")

    def _report(self, suffix: str) -> bytes:
        files = [(name, content) for name, content in self.files if name.lower().endswith(suffix)]
        reports = [content for name, content in files if not name.startswith("Surat-Pengantar")]
        return next(iter(reports or [content for _, content in files]), b"")


def decoded(text: str) -> str:
    """Return a header's text on one line."""
    return " ".join(str(make_header(decode_header(text))).split())


def plain_text(message: Message) -> str:
    """Return the first plain text of a message."""
    for part in message.walk():
        if part.get_content_type() == "text/plain" and not part.get_filename():
            content = part.get_payload(decode=True)
            charset = part.get_content_charset("utf-8")
            return content.decode(charset, errors="replace") if isinstance(content, bytes) else ""
    return ""


def files_of(message: Message) -> tuple[File, ...]:
    """Return name and content of every file."""
    return tuple(
        (name, content)
        for part in message.walk()
        if (name := part.get_filename()) and isinstance(content := part.get_payload(decode=True), bytes)
    )


def moment_of(message: Message) -> datetime:
    """Return the moment that a message bears in its Date."""
    found = parsedate_to_datetime(message["Date"])
    return found if found.tzinfo else found.replace(tzinfo=timezone(timedelta()))
