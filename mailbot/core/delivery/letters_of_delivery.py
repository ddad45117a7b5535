"""What the letters about delivery say, each kind in a class of its own (SOP rows 7 and 8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from mailbot.core.codes.letter_kinds import LetterKind
from mailbot.core.model.letters import About
from mailbot.core.model.letters_of_rows import ReportSubmitted
from mailbot.core.papers.checked import PaperKind, Ratified


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWanted(About):
    """Row 8, to Subbag Program: the cover letter wants its number."""

    letter_kind: ClassVar = LetterKind.NUMBER_WANTED
    example: str
    """A whole number with a gap where the register's own belongs."""
    used_up: bool = False
    """Numbers were set aside for letters that go out, and none is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWanted(About):
    """Rows 7 and 8, to the Kepala Dinas: that paper wants his signature, in that way."""

    letter_kind: ClassVar = LetterKind.PAPER_WANTED
    which: PaperKind
    by: Ratified
    again: bool = False
    """What came was looked at, and is not the signed paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNoted(About):
    """Rows 7 and 8, answer to a paper that came back, or to the word on one: what it is, and what becomes of it."""

    letter_kind: ClassVar = LetterKind.PAPER_NOTED
    which: PaperKind
    counts: bool = False
    shown: bool = False
    """It is not sure, and Subbag Program is asked to look."""
    looked: Literal["", "yes", "no"] = ""
    """What Subbag Program has said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperShown(About):
    """Rows 7 and 8, to Subbag Program: is what that person sent the signed paper?"""

    letter_kind: ClassVar = LetterKind.PAPER_SHOWN
    which: PaperKind
    person: str
    proved: bool = True
    """Nothing speaks against it that he has sent it; else somebody may have written in his name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptUnproved(About):
    """Row 8, to Subbag Program: from that address came a receipt, and nothing proves who wrote it."""

    letter_kind: ClassVar = LetterKind.RECEIPT_UNPROVED
    person: str
    address: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HardCopyWanted(About):
    """After row 8, to Subbag Program: the archive still wants to be printed and filed, of so many sheets (ARSIP).

    Where the report is to be published too (`publishes`, at `where`), the same letter asks for that.
    """

    letter_kind: ClassVar = LetterKind.HARD_COPY_WANTED
    sheets: int = 0
    folder: str = ""
    publishes: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationWanted(About):
    """After row 8, to Subbag Program: when and where is the report published? `where` is what the office has said."""

    letter_kind: ClassVar = LetterKind.PUBLICATION_WANTED
    where: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySent(ReportSubmitted):
    """Row 8, to who gets a copy (tembusan): cover letter and report as Bappeda Litbang got them."""

    letter_kind: ClassVar = LetterKind.COPY_SENT
