"""Looks into mails and files for numbers like a NIK before they are archived or passed on (UU 27/2022)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mailbot.core.language.nik import MASK, holds_nik
from mailbot.core.model.mail import Attachment

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.parts import MailReader

_EMPTY = hashlib.sha256(b"").hexdigest()
"""Of a file that came without a byte."""


class Looked:
    """What was looked into for numbers like a NIK: each content once, however many mails carry it."""

    def __init__(self, reader: MailReader) -> None:
        """Begin with nothing looked at; files are looked into where every file is read, apart."""
        self._reader = reader
        self._found: dict[str, bool] = {}
        self._mails: dict[tuple[str, datetime], bool] = {}

    def holds_nik(self, file: Attachment) -> bool:
        """Say whether a number like a NIK stands in a file, or in its name."""
        if not file.content and file.sha256 != _EMPTY:
            return True  # it was held back, and destroyed
        if file.sha256 not in self._found:
            (read,) = self._reader.read_forms((file,))
            self._found[file.sha256] = read.personal_data or MASK in file.name
        return self._found[file.sha256]

    def holds_back(self, raw: bytes, at: datetime) -> bool:
        """Say whether a mail or a letter of that moment carries one, in its words or a file: then it is not spread."""
        if not raw:
            return True  # it was held back, and destroyed
        known = (hashlib.sha256(raw).hexdigest(), at)
        if known not in self._mails:
            self._mails[known] = self._holds_back(raw, at)
        return self._mails[known]

    def _holds_back(self, raw: bytes, at: datetime) -> bool:
        """Look into a mail."""
        from mailbot.reading.mail import read_mail  # noqa: PLC0415 - a quiet pass reads no mail

        mail = read_mail(
            raw,
            received_at=at,
            own_addresses=(),
            authserv_ids=(),
            limits=self._reader.limits,
        )
        return holds_nik(f"{mail.subject}\n{mail.own_words}") or any(map(self.holds_nik, mail.attachments))


def kept_file(sha256: str, name: str, content: bytes) -> Attachment:
    """Return a kept file as a mail carries it."""
    return Attachment(
        sha256=sha256, name=name, media_type="application/octet-stream", size_bytes=len(content), content=content
    )
