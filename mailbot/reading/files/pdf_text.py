"""The text in a PDF, page by page, for a searching look in the reader's own process; a picture in it is no text."""

from __future__ import annotations

import io
import resource
from typing import TYPE_CHECKING

from mailbot.reading.files.damaged_pdf import damaged_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"%PDF-"
_CPU_SECONDS = 5.0
"""Half of what one file may cost: what is not read by then is not searched."""
_PAGES = 500


def pdf_texts(content: bytes) -> Iterator[str]:
    """Give the text of each page; of a locked or damaged PDF, and after too much computing, what can be had.

    Never raises for anything the file holds, as far as Python can tell; what it costs is limited by the process.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - costs time and memory where no PDF comes

    until = _cpu_seconds() + _CPU_SECONDS
    damage = damaged_pdf()
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return
        count = min(len(reader.pages), _PAGES)
    except damage:
        return
    for number in range(count):
        if _cpu_seconds() > until:
            return
        try:
            text = reader.pages[number].extract_text()
        except damage:
            continue
        yield text


def _cpu_seconds() -> float:
    """Return the CPU time this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
