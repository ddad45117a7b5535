"""The addresses of the report's figures, and texts that stand under them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailbot.writing.report.marks import marked
from mailbot.writing.word.word_file import ANCHOR, Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.writing.report.marks import Report, Values


_BETWEEN_CELLS = re.compile(r"(?<=\w)\t")
"""Between the cells of a table that somebody pasted; behind the mark of an item it is only a gap."""


def anchored(text: str, code: str, field: str) -> Figure:
    """Return a figure under its address; the same address stands for the same text wherever it is printed."""
    return Figure(text, f"{ANCHOR}{code}:{field}")


def all_anchored(texts: Mapping[str, str], code: str = "") -> Values:
    """Return figures of one thing (the whole report where no code is given) by name, each under its address."""
    return {name: anchored(text, code, name) for name, text in texts.items()}


def listed(items: tuple[str, ...], report: Report) -> Values:
    """Return the points of the office's own words, or in their place the mark of what is missing."""
    kept = [one.strip() for one in items if one.strip()]
    return {"items": kept, "missing": "" if kept else marked("", report)}


def shortened(text: str, longest: int) -> str:
    """Return words that fit a narrow place: on one line, cut behind a whole word."""
    words = " ".join(_BETWEEN_CELLS.sub(" | ", text).split())
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
