"""A scanned paper of the office (its signed Perjanjian Kinerja) as pictures in a Word file, page by page."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Cm
from lxml import etree

from mailbot.writing.word.body import qn
from mailbot.writing.word.piece import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH_CM, _HEIGHT_CM = 16.0, 21.5
"""What a page has room for below the head of its annex."""
_MOST_PAGES = 20
_DOTS = "150"
_SECONDS = 120
_KEPT = 2
_NAMED = "pk"
_PDF_HEAD = b"%PDF-"


def scanned_pages(named: str) -> tuple[bytes, ...]:
    """Return the pictures of a scanned paper, one a page; none where the file is missing or cannot be shown.

    A PDF's pages are drawn by `pdftoppm` of Poppler, once for every state of the file.
    """
    path = Path(named)
    if not named or not path.is_file():
        return ()
    return _pages(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=_KEPT)
def _pages(path: Path, _changed_ns: int) -> tuple[bytes, ...]:
    """Return the pictures of one state of a file."""
    content = path.read_bytes()
    if not content.startswith(_PDF_HEAD):
        return (content,)
    drawer = shutil.which("pdftoppm")
    if drawer is None:
        return ()
    with tempfile.TemporaryDirectory(prefix="mailbot-scan-") as folder:
        command = (drawer, "-jpeg", "-r", _DOTS, "-l", str(_MOST_PAGES), str(path.resolve()), f"{folder}/page")
        try:
            subprocess.run(command, check=True, timeout=_SECONDS, capture_output=True)  # noqa: S603 - a program of this machine, and the office's own file
        except (subprocess.SubprocessError, OSError):
            return ()
        return tuple(one.read_bytes() for one in sorted(Path(folder).iterdir()))


def shown_pages(template: Any, pages: Sequence[bytes], alternative: str) -> list[Piece]:  # noqa: ANN401 - docxtpl ships no types
    """Put pictures into an opened template and return the runs that show them; what is no picture is left out.

    Args:
        template: the docxtpl template, opened and not yet filled.
        pages: the pictures.
        alternative: what each is, for who cannot see it; `{page}` is its number.
    """
    shown: list[Piece] = []
    for number, page in enumerate(pages, start=1):
        try:
            inline = template.docx.part.new_pic_inline(io.BytesIO(page))
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError):
            continue
        scale = min(Cm(_WIDTH_CM) / inline.extent.cx, Cm(_HEIGHT_CM) / inline.extent.cy)
        for extent in (inline.extent, inline.graphic.graphicData.pic.spPr.xfrm.find(qn("a:ext"))):
            extent.set("cx", str(round(int(extent.get("cx")) * scale)))
            extent.set("cy", str(round(int(extent.get("cy")) * scale)))
        properties = inline.find(qn("wp:docPr"))
        properties.set("name", f"{_NAMED}{number}")
        properties.set("descr", alternative.format(page=number))
        drawing = etree.tostring(inline, encoding="unicode")
        shown.append(Piece(f"<w:r><w:drawing>{drawing}</w:drawing></w:r>"))
    return shown
