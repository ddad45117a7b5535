"""One file as it came back with a draft: what is marked in it, and how it read before (SOP rows 6b and 7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailbot.core.remarks.remark import UNMARKED, Marked


class ReturnedKind(StrEnum):
    """What a file is that came back."""

    DOCX = "docx"
    PDF = "pdf"
    PHOTOGRAPH = "photograph"
    TEXT = "text"
    """A file of another kind in which somebody may say something (DOC, a workbook, a voice message): it is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One paragraph or cell as it read before anybody tracked a change in it."""

    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedFile:
    """What was found in one file."""

    kind: ReturnedKind
    file_sha256: str
    file_name: str = ""
    marked: Marked = UNMARKED
    passages: tuple[Passage, ...] = ()
    """Of a Word file, in order."""
    unread: bool = False
    """It is locked, damaged or of a kind that is not read: nobody knows what is marked in it."""
    scanned: bool = False
    """A PDF without any text: what is written on its pages a person has to see."""
