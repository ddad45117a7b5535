"""The words of one part of a Word file in a row, each kept, new or gone, with the changes and comments upon them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum

from mailbot.core.model.unreadable import Unreadable
from mailbot.core.remarks.remark import PARAGRAPH
from mailbot.reading.workbook.workbook import WorkbookRefused

_MOST_PIECES, _MOST_SIGNS = 400_000, 4_000_000
_AROUND = 70
"""So many signs before and behind a change are shown with it."""
END = "\n"
"""The end of a paragraph; a cell's is a bar."""
CELL = " | "
_ENDS = frozenset({END, CELL})


class Mode(Enum):
    """What tracked changes make of some words."""

    KEPT = "kept"
    NEW = "new"
    GONE = "gone"


class Did(Enum):
    """What somebody did while changes were tracked."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_HERE = "moved_here"
    MOVED_AWAY = "moved_away"

    @property
    def mode(self) -> Mode:
        """Return what it makes of the words."""
        return Mode.GONE if self in {Did.DELETED, Did.MOVED_AWAY} else Mode.NEW


@dataclass(frozen=True, slots=True)
class By:
    """A change that is open where the walk is: what, by whom, when, and the name of the move it belongs to."""

    did: Did
    author: str
    at: str
    move: str = ""


@dataclass(slots=True)
class Change:
    """One change over a stretch of the stream."""

    by: By
    begins: int
    ends: int
    row: bool = False


@dataclass(slots=True)
class Stream:
    """The words of one part, in order."""

    pieces: list[str] = field(default_factory=list)
    modes: list[Mode] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    begun: dict[str, int] = field(default_factory=dict)
    """Where the range of a comment begins, by the comment's id."""
    ended: dict[str, int] = field(default_factory=dict)
    referred: dict[str, int] = field(default_factory=dict)
    """Where a comment is referred to."""
    headings: list[tuple[int, str]] = field(default_factory=list)
    """Where the text of each heading begins, and what it says."""
    _signs: int = 0
    _last: Change | None = None
    """The change that may go on with the next piece."""

    @property
    def here(self) -> int:
        """Return the place where the next words will stand."""
        return len(self.pieces)

    def say(self, words: str, by: By | None) -> None:
        """Add words; raises WorkbookRefused where the document holds more than is read."""
        if not words:
            return
        self._signs += len(words)
        if self.here >= _MOST_PIECES or self._signs > _MOST_SIGNS:
            raise WorkbookRefused(Unreadable.TOO_LARGE, "a document with more text than is read")
        if by is not None:
            self._changed(by)
        self.pieces.append(words)
        self.modes.append(Mode.KEPT if by is None else by.did.mode)

    def _changed(self, by: By) -> None:
        """Let the next piece be a change's: of one that ends here, if the same hand did the same, or a new one's."""
        last = self._last
        same = last is not None and last.ends == self.here and (last.by.did, last.by.author) == (by.did, by.author)
        if last is not None and same and last.by.move == by.move:
            last.ends += 1
        else:
            self._last = Change(by=by, begins=self.here, ends=self.here + 1)
            self.changes.append(self._last)

    def forget(self, known: int) -> None:
        """Take back the changes behind so many."""
        del self.changes[known:]
        self._last = None

    def row(self, by: By, begins: int) -> None:
        """Make all from a place on one change, that of a whole row: what was done in it is part of that."""
        first = len(self.changes)
        while first and self.changes[first - 1].begins >= begins:
            first -= 1
        behind = self.changes[first:]
        inside = [one for one in behind if one.by.did.mode is by.did.mode]
        moved = next((one.by for one in inside if one.by.did in {Did.MOVED_HERE, Did.MOVED_AWAY}), None)
        self.forget(first)
        self.changes.extend(one for one in behind if one.by.did.mode is not by.did.mode)
        for place in range(begins, self.here):
            if self.modes[place] is Mode.KEPT:
                self.modes[place] = by.did.mode
        self.changes.append(Change(by=moved or by, begins=begins, ends=self.here, row=True))

    def heading_at(self, place: int) -> str:
        """Return the heading that a place stands under, or is part of."""
        found = bisect_right(self.headings, place, key=lambda heading: heading[0])
        return self.headings[found - 1][1] if found else ""

    def text(self, begins: int, ends: int, *, without: Mode | None = None) -> str:
        """Return what a stretch says, a paragraph a line; words of one mode may be left out."""
        modes = self.modes
        said = "".join(self.pieces[place] for place in range(begins, ends) if modes[place] is not without)
        return said.strip(f"{END}| ") or (PARAGRAPH if END in said else "")

    def around(self, begins: int, ends: int, between: str) -> str:
        """Return the words before and behind a stretch, in the same paragraph, as they read with all accepted.

        Args:
            begins: where it begins.
            ends: where it ends.
            between: what stands for the stretch itself.
        """
        before, behind = self._line(range(begins - 1, -1, -1)), self._line(range(ends, self.here))
        first = _last_words("".join(reversed(before)))
        then = _first_words("".join(behind))
        return " ".join(f"{first}{between}{then}".split())

    def paragraph(self, place: int) -> str:
        """Return the paragraph that a place stands in, as it reads with all accepted."""
        begins, ends = place, place
        while begins > 0 and self.pieces[begins - 1] not in _ENDS:
            begins -= 1
        while ends < self.here and self.pieces[ends] not in _ENDS:
            ends += 1
        return " ".join(self.text(begins, ends, without=Mode.GONE).split())

    def _line(self, places: range) -> list[str]:
        """Return the pieces along some places that are not gone, up to the paragraph's end or as many as are shown."""
        found: list[str] = []
        signs = 0
        for place in places:
            if self.pieces[place] in _ENDS or signs > _AROUND:
                break
            if self.modes[place] is not Mode.GONE:
                found.append(self.pieces[place])
                signs += len(self.pieces[place])
        return found


def _last_words(text: str) -> str:
    """Return the end of a text, cut between words."""
    if len(text) <= _AROUND:
        return text
    return f"…{text[-_AROUND:].partition(' ')[2]}"


def _first_words(text: str) -> str:
    """Return the beginning of a text, cut between words."""
    if len(text) <= _AROUND:
        return text
    return f"{text[:_AROUND].rpartition(' ')[0]}…"
