"""A Word document as values: its blocks, the figures that stand in anchors, the tracked changes that are still open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

VERSION = "mb::version"
STAMPED = (VERSION, "mb::date", "mb::signer_name", "mb::signer_title", "mb::signer_rank", "mb::signer_nip")
"""Anchors whose text is ours in every version, whoever edited it: which version it is, from when, and who signs it."""


_COLON = re.compile("%(?:25)*3A")
_BOOKMARK = re.compile(r"(mb:[^:]*:[^:%]+)(?::\d*|%[\dA-F]*)")


def tag_in(bookmark: str) -> str:
    """Return the tag in the name of a bookmark of ours, `mb:IKU-05:actual:17`; empty for any other.

    LibreOffice writes colons as `%3A`, and each time that it saves the file again the percent signs as `%25`; what is
    longer than 40 signs then it cuts, so that the number at the end may be gone.
    """
    ours = _BOOKMARK.fullmatch(name_of(bookmark))
    return ours[1] if ours is not None else ""


def name_of(bookmark: str) -> str:
    """Return the name of a bookmark as it was before LibreOffice wrote it."""
    return _COLON.sub(":", bookmark)


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CELL = "cell"
    HEADER = "header"
    FOOTER = "footer"
    NOTE = "note"
    """A footnote or an endnote."""
    TEXT_BOX = "text_box"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, or one cell of a table, as it reads with every tracked change accepted."""

    kind: BlockKind
    text: str
    plain: str
    """The same without what stands in the anchors that we stamp: two versions are the same where this is."""
    level: int = 0
    """Of a heading, 1 to 9."""
    heading: str = ""
    """The heading it stands under."""
    table: str = ""
    """What the caption of its table says, or that caption's number where it has one: `Tabel 3.2`."""
    table_number: int = 0
    """Which table of the document it is a cell of, from 1; 0: of none."""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRead:
    """One text that stands in an anchor (`mb:IKU-05:actual`), and in which block."""

    tag: str
    text: str
    block: int


class ChangeKind(StrEnum):
    """What somebody did while changes were tracked; formatting is none."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_HERE = "moved_here"
    MOVED_AWAY = "moved_away"
    ROW_INSERTED = "row_inserted"
    ROW_DELETED = "row_deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedChange:
    """One change that nobody has accepted or rejected."""

    kind: ChangeKind
    author: str
    at: str
    """As the file gives it; no zone is certain."""
    words: str
    heading: str = ""
    """The heading it stands under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A Word document as read."""

    blocks: tuple[Block, ...] = ()
    figures: tuple[FigureRead, ...] = ()
    changes: tuple[TrackedChange, ...] = ()
    pictures: tuple[str, ...] = ()
    """Digests of its pictures and charts, in order."""
    damaged: tuple[str, ...] = ()
    """Names of parts that could not be read; what the others say is there."""


class DifferenceKind(StrEnum):
    """How an edited draft and the data of today disagree."""

    DIFFERS = "differs"
    GONE = "gone"
    """The anchor is no more, so that nobody can check the figure."""
    FOREIGN = "foreign"
    """A table names codes that this office has not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One disagreement: `code` is the indicator's or the budget line's, `table` where it stands."""

    kind: DifferenceKind
    code: str
    table: str = ""
    heading: str = ""
    in_draft: str = ""
    in_data: str = ""
    count: int = 1
    """In how many places."""


class EditKind(StrEnum):
    """What became of a piece of a document from one version to the next."""

    FIGURE = "figure"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change from one version to the next."""

    kind: EditKind
    heading: str = ""
    code: str = ""
    """Of a figure."""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found in a version of the draft before anything is decided about it."""

    differences: tuple[Difference, ...] = ()
    more: int = 0
    """So many more differences were found than are named."""
    open_changes: tuple[TrackedChange, ...] = ()
    unstamped: tuple[str, ...] = ()
    """Which of our anchors are gone, so that version, date or signatory stand as somebody left them."""
    same: bool = False
    """Words, figures and pictures are those of the version before, apart from what we stamp."""
    damaged: tuple[str, ...] = ()
    """Names of its parts that could not be read, as of a `Document`."""
    of_version: str = ""
    """The version that it says it is, where that is not the present one and something of the present one is gone."""


UNEXAMINED = Examined()
"""Nothing was looked into, or nothing found."""
