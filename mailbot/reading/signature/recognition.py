"""The text on the pages of a scan (rows 7, 8): Poppler draws them, Tesseract reads, where this machine has both."""

from __future__ import annotations

import shutil
import tempfile
import time
from functools import cache
from pathlib import Path

from mailbot.reading.signature.programs import Limits, run

_DOTS = "150"
_MEMORY_BYTES = 1_000_000_000
_WRITTEN_BYTES = 100_000_000
_AT_MOST_SECONDS = 30.0
"""For one page, by either program."""
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}


def texts_of_scan(content: bytes, pages: tuple[int, ...], seconds: float) -> tuple[str, ...] | None:
    """Return what is recognised on pages of a scan, in their order; None where this machine recognises nothing.

    Args:
        content: the PDF.
        pages: their numbers.
        seconds: how long all of it may take; a page that is not reached is left out.
    """
    draws, reads = shutil.which("pdftoppm"), shutil.which("tesseract")
    if draws is None or reads is None or not (known := _languages(reads)):
        return None
    until = time.monotonic() + seconds
    texts: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mailbot-scan-") as made:
        folder = Path(made)
        paper = folder / "paper.pdf"
        paper.write_bytes(content)
        for number in pages:
            left = min(until - time.monotonic(), _AT_MOST_SECONDS)
            if left <= 0:
                break
            limits = Limits(seconds=left, memory_bytes=_MEMORY_BYTES, written_bytes=_WRITTEN_BYTES, alone=True)
            page = (draws, "-r", _DOTS, "-gray", "-singlefile", "-f", str(number), "-l", str(number))
            run((*page, str(paper), str(folder / "page")), folder, limits)
            picture = folder / "page.pgm"
            if not picture.exists():
                texts.append("")
                continue
            read = run((reads, str(picture), "stdout", *known), folder, limits, _ONE_THREAD)
            texts.append(read.out.decode("utf-8", "replace") if read.code == 0 else "")
            picture.unlink()
    return tuple(texts)


@cache
def _languages(reads: str) -> tuple[str, ...]:
    """Return what Tesseract is told: the office's language where it knows it, and to turn pages that lie askew."""
    limits = Limits(seconds=_AT_MOST_SECONDS, memory_bytes=_MEMORY_BYTES, written_bytes=_WRITTEN_BYTES, alone=True)
    with tempfile.TemporaryDirectory(prefix="mailbot-scan-") as folder:
        known = set(run((reads, "--list-langs"), Path(folder), limits).out.decode("utf-8", "replace").split())
    language = next((one for one in ("ind", "eng") if one in known), "")
    return ("-l", language, "--psm", "1" if "osd" in known else "3") if language else ()
