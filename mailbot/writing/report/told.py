"""Sentences with figures in their anchors, codes that lead to their row, and texts of units line by line."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from mailbot.writing.word.word_file import ANCHOR, Figure, Marked, clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.writing.report.marks import Report

Run = Figure | Marked
"""What a template prints by `{{r name }}`."""
_FILLED, _MISSING = "Terisi", "BelumDiisi"
_LONGEST_NAME = 40
"""So many signs Word lets a bookmark's name have."""
_FIRST_PLACE = 70000
"""Numbers of these bookmarks begin above those of anchors and of the contents."""


class Told(Marked):
    """A sentence made of a pattern and its parts; the figures among them keep their anchors."""

    def __init__(self, pattern: str, **parts: Run | str) -> None:
        """Put words and parts together.

        Raises:
            KeyError: the pattern names a part that is not there.
        """
        super().__init__("", _FILLED)
        for words, name, _, _ in Formatter().parse(pattern):
            self._add(words)
            if name:
                self._add(parts[name])

    def _add(self, part: Run | str) -> None:
        """Add one piece."""
        if isinstance(part, str):
            part = clean(part)
            self.plain += part
            if part:
                self.add(part)
        else:
            self.plain += part.plain
            self.add(part)


def joined(sentences: Sequence[Run]) -> Told:
    """Return several sentences as one text."""
    names = [f"s{at}" for at in range(len(sentences))]
    return Told(" ".join(f"{{{name}}}" for name in names), **dict(zip(names, sentences, strict=True)))


class Link(Marked):
    """A text that leads to a place within the document."""

    def __init__(self, text: str, place: str) -> None:
        """Keep the words and wrap their run."""
        super().__init__(text, _FILLED)
        self.xml: str = f'<w:hyperlink w:anchor={quoteattr(place)} w:history="1">{self.xml}</w:hyperlink>'


class PlaceMark(Marked):
    """A place within the document that links lead to; it says nothing."""

    def __init__(self, place: str, number: int) -> None:
        """Make the bookmark."""
        super().__init__("", _FILLED)
        edge = f'w:id="{_FIRST_PLACE + number}"'
        self.xml: str = f"<w:bookmarkStart {edge} w:name={quoteattr(place)}/><w:bookmarkEnd {edge}/>"


def place_of(code: str) -> str:
    """Return the name of the place where an indicator's figures are listed: `asal_IKU_05`."""
    return re.sub(r"\W", "_", f"asal_{code}")[:_LONGEST_NAME]


def figure(text: str, code: str, field: str, report: Report) -> Figure:
    """Return a figure in its anchor; where there is none, the mark of what is missing in the same anchor."""
    tag = f"{ANCHOR}{code}:{field}"
    return Figure(text, tag) if text else Figure(report.phrases.word("missing"), tag, _MISSING)
