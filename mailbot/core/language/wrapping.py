"""Lines that a mail program has broken become whole again, so that one remark is one remark (SOP rows 6b and 7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LEAST = 55
"""A line shorter than this was ended by whoever wrote it."""
_WIDTH = 72
"""Mail programs break lines at 72 signs or later: a word that would have fitted there begins a line of its own."""
_BEGINS = re.compile(
    r"\s*(?:[-*\u2022\u2013>|]|\(?\d{1,4}\s*[.):=-]|\(?[a-z][.)]\s|(?:catatan|nomor|no\.?|butir|poin)\s*\d)",
    re.IGNORECASE,
)
"""What begins an item of a list, or a quotation."""


def goes_on(line: str, following: str) -> bool:
    """Say whether a mail program has broken a line there: its next word would not have fitted any more."""
    first = following.split(maxsplit=1)
    if not first or len(line.rstrip()) < _LEAST or _BEGINS.match(following):
        return False
    return len(line.rstrip()) + 1 + len(first[0]) > _WIDTH


def unwrapped(text: str, by_itself: Callable[[str], bool]) -> str:
    """Return a text with broken lines joined.

    Args:
        text: what was written, line by line.
        by_itself: says of a line that it stands by itself, wherever it stands: a reply word.
    """
    lines: list[str] = []
    last = ""
    for line in text.splitlines():
        if lines and goes_on(last, line) and not by_itself(line) and not by_itself(last):
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line)
        last = line
    return "\n".join(lines)
