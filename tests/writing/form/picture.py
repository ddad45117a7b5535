"""A workbook as it is seen: LibreOffice makes it a PDF, poppler makes pictures, and coloured fields are looked for."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.writing.form.office_program import saved_again

REASON = "poppler (pdftoppm) is not installed"
_DPI = "60"
_LEAST_PIXELS = 60
"""What is smaller is the seam between two cells, or a letter's edge."""

Pixel = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Field:
    """One coloured field of a page, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a picture: rows of RGB bytes."""

    width: int
    rows: tuple[bytes, ...]

    def fields(self, colour: str) -> list[Field]:
        """Return the fields of exactly that colour (RRGGBB), from top to bottom and left to right."""
        wanted = bytes.fromhex(colour)
        left = {(x, y) for y, row in enumerate(self.rows) for x in _places(row, wanted)}
        found = []
        while left:
            field = _grown(left, next(iter(left)))
            if len(field) >= _LEAST_PIXELS:
                across, down = [x for x, _ in field], [y for _, y in field]
                found.append(Field(min(across), min(down), max(across), max(down)))
        return sorted(found, key=lambda word: (word.top // 4, word.left))


def pages(content: bytes, folder: Path) -> list[Page]:
    """Return a workbook's printed pages."""
    pdf = folder / "seen.pdf"
    pdf.write_bytes(saved_again(content, folder, "pdf"))
    program = shutil.which("pdftoppm")
    if program is None:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(f"{REASON} (CI is set, so this is a failure)")
        pytest.skip(REASON)
    command = [program, "-r", _DPI, "-aa", "no", "-aaVector", "no", str(pdf), str(folder / "page")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - a fixed command on our file
    return [_page(path.read_bytes()) for path in sorted(folder.glob("page*.ppm"))]


def _page(content: bytes) -> Page:
    """Read a picture in the portable pixmap format (P6)."""
    magic, size, depth, pixels = content.split(b"\n", 3)
    assert (magic, depth) == (b"P6", b"255")
    width, height = map(int, size.split())
    return Page(width=width, rows=tuple(pixels[row * width * 3 : (row + 1) * width * 3] for row in range(height)))


def _places(row: bytes, colour: bytes) -> list[int]:
    """Return where in a row of pixels a colour stands."""
    found, at = [], row.find(colour)
    while at >= 0:
        if at % 3 == 0:
            found.append(at // 3)
        at = row.find(colour, at + 1)
    return found


def _grown(left: set[Pixel], start: Pixel) -> set[Pixel]:
    """Take the whole field around a pixel out of what is left, and return it."""
    field, edge = {start}, [start]
    left.discard(start)
    while edge:
        x, y = edge.pop()
        for near in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if near in left:
                left.discard(near)
                field.add(near)
                edge.append(near)
    return field
