"""One remark on a draft, whatever it was written with, and what a document that came back says (SOP rows 6b and 7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a text for what is no words: a picture, a chart."""
PARAGRAPH = "\N{PILCROW SIGN}"
"""Stands in a text for the end of a paragraph, where nothing else was inserted or deleted."""


class RemarkSource(StrEnum):
    """What a remark was written with."""

    MAIL = "mail"
    """A line of the mail itself."""
    COMMENT = "comment"
    REPLY = "reply"
    """Said in answer to a comment that stands in the same document."""
    INSERTED = "inserted"
    DELETED = "deleted"
    REPLACED = "replaced"
    """Words that stand in place of others: one remark for what was deleted and what was inserted there."""
    MOVED = "moved"
    """Words that stand somewhere else now: one remark for the two places."""
    ROW_INSERTED = "row_inserted"
    ROW_DELETED = "row_deleted"
    ANNOTATION = "annotation"
    """A mark on a page of a PDF: a note, a highlight, a strike-through, a stamp, a drawing."""
    PHOTOGRAPH = "photograph"
    """A picture of a marked page: a person has to look at it, so `text` is empty."""
    SCAN = "scan"
    """A PDF whose pages have no text: a person has to look at it, so `text` is empty."""
    REST = "rest"
    """So many more were found in the files than are named (`text`): a person has to look at them."""
    UNREAD = "unread"
    """A file, or a part of one, that could not be read: a person has to look at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark, as it was found; `number` is 0 until it stands in the cycle's list."""

    source: RemarkSource
    text: str = ""
    """What was written, inserted or deleted; empty where the mark alone says it (a highlight, a photograph).

    What is no words stands as `OBJECT` in it, the end of a paragraph as `PARAGRAPH`.
    """
    former: str = ""
    """What stood there before, of a replacement."""
    author: str = ""
    """As the file gives it; empty where it gives none."""
    written_at: str = ""
    """As the file gives it; no zone is certain."""
    around: str = ""
    """The words of the document that it is about, or that stand around it."""
    heading: str = ""
    """The heading it stands under."""
    page: int = 0
    """From 1; 0: not known."""
    resolved: bool = False
    """Somebody has marked it as done in the file."""
    file_sha256: str = ""
    """Of the file it stands in; empty for a line of the mail."""
    file_name: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What the files say that came back with a draft: each remark, and what could not be read of them."""

    remarks: tuple[Remark, ...] = ()
    """In the order of the files, and of each as it reads."""
    more: int = 0
    """So many more were found than are named."""
    damaged: tuple[str, ...] = ()
    """Names of files, or of parts of one, that could not be read."""
    unread_text: bool = False
    """A text is among them, so that nobody knows whether something is marked in it."""


UNMARKED = Marked()
"""No file came back, or nothing is marked in it."""
