"""What can happen to a delivery: the cover letter is made, and Subbag Program says what a paper is (SOP rows 7, 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.mail import OfMail

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.language.reply_words import Word
    from mailbot.core.model.mail import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverMade:
    """The cover letter that is to be signed was made and kept, with that number and for that signer."""

    at: datetime
    number: str
    signer: str
    docx_sha256: str
    pdf_sha256: str
    """Empty where no PDF could be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMade:
    """The archive of a closed cycle was laid down in that folder, with what is to be printed of it."""

    at: datetime
    folder: str
    binder_sha256: str = ""
    """The binder, kept; empty where none was made."""
    sheets: int = 0
    enclosed: bool = False
    """The binder is small enough for a mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLooked(OfMail):
    """Somebody said BENAR or SALAH to our question whether a paper that came back is the signed one."""

    at: datetime
    source: Source
    paper: str
    """How the digest of the file begins."""
    word: Word

    @property
    def spoken(self) -> Word:
        """Return the word that the answer repeats."""
        return self.word
