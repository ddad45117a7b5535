"""What the styles of a Word file say of a paragraph: that it is a heading, or a line of a list of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.reading.document.styles import attribute, heading_levels, local

if TYPE_CHECKING:
    from lxml import etree

_CONTENTS = re.compile(r"(?:toc|contents|daftar isi)\s*\d|table of figures|daftar (?:gambar|tabel)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles that matter, by their ids; none where they cannot be read."""

    levels: dict[str, int] = field(default_factory=dict)
    contents: frozenset[str] = frozenset()

    def level(self, style: str) -> int:
        """Return the level of a heading, 0 for any other paragraph."""
        return self.levels.get(style, 0)

    def is_contents(self, style: str) -> bool:
        """Say whether a paragraph is a line of a list of contents, which programs work out."""
        return style in self.contents


def styles_in(root: etree._Element) -> Styles:
    """Return what the styles say; they are known by their names."""
    contents = {
        attribute(style, "styleId")
        for style in root.iter("{*}style")
        for child in style
        if local(child) == "name" and _CONTENTS.fullmatch(attribute(child, "val").strip())
    }
    return Styles(heading_levels(root), frozenset(contents))
