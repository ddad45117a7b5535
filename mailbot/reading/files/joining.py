"""PDFs joined into one, with a bookmark for each; what cannot be read as one is left out, and has no page."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PdfReader

_FAULTS = (Exception, RecursionError, MemoryError)
"""What a parser raises of a stranger's file."""


class Part(NamedTuple):
    """One PDF that is joined to others: its bookmark, and how deep that stands; without a title it has none."""

    title: str
    level: int
    pdf: bytes


def pages_of(parts: Sequence[Part]) -> tuple[int, ...]:
    """Return how many pages each part has; 0: it cannot be read."""
    return tuple(len(reader.pages) if (reader := _opened(part.pdf)) is not None else 0 for part in parts)


def joined(parts: Sequence[Part]) -> bytes:
    """Return all parts as one PDF, the same bytes for the same parts."""
    from pypdf import PdfWriter  # noqa: PLC0415 - an archive in a while joins some

    writer = PdfWriter()
    above: dict[int, Any] = {}
    for part in parts:
        reader, start = _opened(part.pdf), len(writer.pages)
        if reader is None:
            continue
        try:
            writer.append(reader, import_outline=False)
        except _FAULTS:
            continue
        if part.title:
            above[part.level] = writer.add_outline_item(
                title=part.title, page_number=start, parent=above.get(part.level - 1)
            )
    if not writer.pages:
        return b""
    writer.page_mode = "/UseOutlines"
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _opened(pdf: bytes) -> PdfReader | None:
    """Return a PDF that can be read to its last page; None: it cannot, or is locked."""
    from pypdf import PdfReader  # noqa: PLC0415 - an archive in a while joins some

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(pdf))
        locked = reader.is_encrypted and not reader.decrypt("")
        return (
            None
            if locked or not all(page.mediabox is not None for page in reader.pages) or not reader.pages
            else reader
        )
    except _FAULTS:
        return None
