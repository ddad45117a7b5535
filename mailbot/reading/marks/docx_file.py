"""A returned Word file: what is marked in each part, read by itself, so that a damaged one loses no other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from mailbot.core.remarks.remark import Marked, RemarkSource
from mailbot.core.remarks.returned import ReturnedFile, ReturnedKind
from mailbot.reading.marks.comments import Threads, comments_in, threads_in
from mailbot.reading.marks.remarks_of import commented, tracked
from mailbot.reading.marks.style_names import Styles, styles_in
from mailbot.reading.marks.walk import Walk
from mailbot.reading.workbook.package import Package
from mailbot.reading.workbook.workbook import WorkbookRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from mailbot.core.remarks.returned import Passage
    from mailbot.reading.marks.comments import Comment
    from mailbot.reading.marks.stream import Stream
    from mailbot.reading.workbook.package import Relation
    from mailbot.reading.workbook.workbook import WorkbookLimits

T = TypeVar("T")

NOT_OURS = ("", "")
"""We have marked nothing ourselves."""
_STORIES = ("header", "footer", "footnotes", "endnotes")
_CHANGES = frozenset({RemarkSource.INSERTED, RemarkSource.DELETED, RemarkSource.MOVED, RemarkSource.REPLACED})
"""Where one of these says nothing, nothing but blanks was changed."""
_MOST_MEMBERS = 2_000
"""A chart brings five parts of its own."""
_MOST_REMARKS = 200
"""So many remarks of one file are named; who makes more has written the document anew."""


def read_docx(content: bytes, limits: WorkbookLimits, ours: tuple[str, str] = NOT_OURS) -> ReturnedFile:
    """Return what is marked in a Word file; of a part that cannot be read its name is all.

    Args:
        content: the file.
        limits: how far it is unpacked.
        ours: author and moment of the changes that we have marked ourselves; they read as accepted.
    """
    nothing = ReturnedFile(kind=ReturnedKind.DOCX, file_sha256="", unread=True)
    try:
        package = Package(content, replace(limits, members=_MOST_MEMBERS))
        main = next((found.part for found in package.related("") if found.kind == "officeDocument"), "")
        reading = _Reading(package, package.related(main), ours)
    except WorkbookRefused:
        return nothing
    return reading.all_of(main) if main else nothing


@dataclass(slots=True)
class _Reading:
    """One file as it is read, part by part."""

    package: Package
    related: list[Relation]
    ours: tuple[str, str]
    streams: list[Stream] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    def all_of(self, main: str) -> ReturnedFile:
        """Return what is marked in all parts."""
        styles = self._of("styles", styles_in, Styles())
        body = Walk(styles, ours=self.ours)
        read = self._walked(body, main)
        for part in dict.fromkeys(found.part for found in self.related if found.kind in _STORIES):
            self._walked(Walk(styles, notes=body.notes, ours=self.ours, counts=False), part)
        comments: tuple[Comment, ...] = self._of("comments", comments_in, ())
        threads = self._of("commentsExtended", threads_in, Threads())
        placed = [*commented(comments, threads, self.streams), *tracked(self.streams)]
        ordered = (remark for _, remark in sorted(placed, key=itemgetter(0)))
        found = [one for one in ordered if one.text or one.source not in _CHANGES]
        return ReturnedFile(
            kind=ReturnedKind.DOCX,
            file_sha256="",
            marked=Marked(
                remarks=tuple(found[:_MOST_REMARKS]),
                more=max(0, len(found) - _MOST_REMARKS),
                damaged=tuple(self.damaged),
            ),
            passages=tuple(self.passages) if read else (),
            unread=not read and not found,
        )

    def _walked(self, walk: Walk, part: str) -> bool:
        """Walk through a part; say whether it could be read to the end."""
        try:
            walk.part(self.package.tree(part))
        except WorkbookRefused:
            self.damaged.append(part)
        self.streams.append(walk.stream)
        self.passages.extend(walk.passages)
        return part not in self.damaged

    def _of(self, kind: str, read: Callable[[etree._Element], T], nothing: T) -> T:
        """Return what is read from the part of a kind, nothing where there is none or it is damaged."""
        part = next((found.part for found in self.related if found.kind == kind), "")
        try:
            return read(self.package.tree(part)) if part else nothing
        except WorkbookRefused:
            self.damaged.append(part)
            return nothing
