"""The figures of a Word file, read as an edited draft is read."""

from __future__ import annotations

from mailbot.reading.document.document import read_document
from mailbot.reading.workbook.workbook import WorkbookLimits


def figures_of(docx: bytes) -> tuple[tuple[str, str], ...]:
    """Return the tag and the text of each, body, headers and footers included."""
    return tuple((one.tag, one.text) for one in read_document(docx, WorkbookLimits()).figures)
