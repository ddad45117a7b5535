"""The text of a line of a Word document as it grows: whole, and without what no hand has written in it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.core.draft.document import STAMPED
from mailbot.reading.document.styles import attribute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

FIELDS = frozenset({"fldChar", "instrText"})
"""What a field is made of that stands in runs."""
WRAPS = frozenset({"fldSimple", "hyperlink"})
"""What wraps runs."""
_PAGES = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
"""Fields that every program works out anew: what they say is nobody's edit."""


@dataclass(slots=True)
class LineText:
    """A text as it grows: whole, and plain, which is without what we stamp and without the numbers of pages."""

    whole: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    marks: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Bookmarks of ours that are still open: by their number the tag, and where its text begins."""
    _fields: list[str] = field(default_factory=list)
    """What the fields that are open here tell a program to do."""
    _links: list[bool] = field(default_factory=list)
    """Of each link within the document that is open here, whether a tab stood in it: a page's number follows."""

    def say(self, words: str) -> None:
        """Add words."""
        self.whole.append(words)
        if words == "\t" and self._links:
            self._links[-1] = True
        pages = any(self._links) or any(_PAGES.match(told) for told in self._fields)
        if not pages and not any(tag in STAMPED for tag, _ in self.marks.values()):
            self.plain.append(words)

    def field(self, element: etree._Element) -> None:
        """Open or close a field, or hear what it is to do."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()
        elif not kind and self._fields:
            self._fields[-1] += element.text or ""

    @contextmanager
    def inside(self, element: etree._Element) -> Iterator[None]:
        """Let what is said within one of `WRAPS` be a link's to a place of the document, or a field's."""
        if attribute(element, "anchor"):
            self._links.append(False)
            yield
            self._links.pop()
        else:
            self._fields.append(attribute(element, "instr"))
            yield
            self._fields.pop()
