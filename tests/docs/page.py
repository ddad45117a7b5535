"""What the made pages have in common: the line that says who made them, cells of tables, one section an item."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOP = Path(__file__).parents[2]
DOCS = TOP / "docs"
REFERENCE = DOCS / "reference"
MARK = "<!-- From here on made from the source by `python -m tests.docs.make`. -->\n"
"""The line of a page under which everything is made; what stands above it is written by hand."""


def contents(names: Iterable[str]) -> str:
    """Return a line that leads to each section of a page."""
    return "\n" + ", ".join(f"[{name}](#{name.lower().replace(' ', '-')})" for name in names) + "\n"


def cell(text: object) -> str:
    """Return a text as it may stand in a cell of a table: on one line, without a bar or a tag of HTML."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def table(columns: str, rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Give the lines of a table.

    Args:
        columns: its header, the columns with a bar between them.
        rows: its rows, in the order of the columns.
    """
    names = [name.strip() for name in columns.split("|")]
    yield f"| {' | '.join(names)} |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield f"| {' | '.join(cell(one) for one in row)} |"


def section(title: str, *lines: str, level: int = 2) -> str:
    """Return one section: its heading is what a link names, so it is the item's own name."""
    return f"\n{'#' * level} {title}\n\n" + "\n".join(lines) + "\n"


def shortened(text: str, longest: int = 70) -> str:
    """Return a text that fits a cell, cut behind a whole word."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0] + " …"
