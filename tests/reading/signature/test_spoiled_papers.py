"""Signed papers spoiled at random: whatever is done to one, it never passes for what it was, and nothing is raised."""

from __future__ import annotations

import io
import random
import shutil
import subprocess

import pytest
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from mailbot.core.papers.checked import PaperVerdict
from mailbot.reading.signature.pages import compared
from mailbot.reading.signature.paper import Question, examine
from tests.reading.signature.authority import AT, signed, trusted
from tests.reading.signature.plain_pdf import REPORT, STAMP, document, pdf_of, text_of
from tests.servers.fixtures import insist

OURS = document()
QUESTION = Question(trusted=trusted(), at=AT, against=OURS)


def spoiled(content: bytes, dice: random.Random) -> bytes:
    """Return a file with some bytes changed, taken out, put in, or moved."""
    at, length = dice.randrange(len(content)), dice.choice([1, 1, 2, 8, 64, 700])
    match dice.randrange(5):
        case 0:
            changed = bytes(byte ^ (1 << dice.randrange(8)) for byte in content[at : at + length])
            return content[:at] + changed + content[at + length :]
        case 1:
            return content[:at] + content[at + length :]
        case 2:
            return content[:at] + dice.randbytes(length) + content[at:]
        case 3:
            return content[:at] + content[at + length :] + content[at : at + length]
        case _:
            return content[:at] if dice.random() < 0.3 else content + content[at : at + length]


def outside(content: bytes) -> tuple[bytes, bytes]:
    """Return what a signature covers: all but the place where it stands itself."""
    start = content.index(b"/Contents <") + len(b"/Contents <")
    return content[:start], content[content.index(b">", start) :]


@pytest.mark.parametrize(
    ("first", "count"), [(0, 80), pytest.param(80, 4_000, marks=pytest.mark.sweep)], ids=["some", "thousands"]
)
def test_a_spoiled_paper_never_passes(first: int, count: int) -> None:
    """Where one still passes, nothing but the room behind the signature itself was touched."""
    given = signed(OURS, box=STAMP, page=2)
    verdicts = set()
    for seed in range(first, first + count):
        content = spoiled(given, random.Random(seed))  # noqa: S311 - chance with a seed
        verdict = examine("ttd.pdf", content, QUESTION).check.verdict
        verdicts.add(verdict)
        assert verdict is not PaperVerdict.SIGNED or outside(content) == outside(given), seed
    assert verdicts >= {PaperVerdict.INVALID, PaperVerdict.ALTERED, PaperVerdict.DAMAGED}


@pytest.mark.sweep
def test_what_passes_for_the_same_page_looks_the_same() -> None:
    """Bits of drawing language put anywhere: where nothing is found, the page is drawn pixel by pixel as it was."""
    contents = [text_of(REPORT[0]) + b" 0.5 g 72 500 200 40 re f q 1 0 0 1 10 10 cm 0 0 1 rg 72 400 99 20 re f Q"]
    ours = pdf_of(contents)
    drawn, known, passed = pixels(ours), PdfReader(io.BytesIO(ours)), 0
    for seed in range(2_000):
        dice = random.Random(seed)  # noqa: S311 - chance with a seed
        blanks = [place for place, byte in enumerate(contents[0]) if byte == ord(" ")]
        at = dice.choice(blanks) + 1
        other = pdf_of([contents[0][:at] + dice.choice(BITS) + b" " + contents[0][at:]])
        try:
            found = compared(PdfReader(io.BytesIO(other)), known)
        except (ValueError, TypeError, IndexError, PyPdfError):
            continue  # such a page is told to be damaged
        passed += not found
        assert found or pixels(other) == drawn, seed
    assert passed


def pixels(pdf: bytes) -> bytes:
    """Return a page as it is drawn."""
    insist(None if shutil.which("pdftoppm") else "Poppler is not installed; run .ci/packages as root")
    command = [shutil.which("pdftoppm") or "", "-r", "40", "-gray", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout  # noqa: S603 - as named


BITS = (
    *(b"0", b"1", b"9", b"-", b"0.5", b"g", b"q", b"Q", b"n", b"f", b"T*", b"1 g", b"1 0 0 rg", b"3 Tr", b"2 Tz"),
    *(b"200 Tz", b"99 Ts", b"5 Tc", b"5 Tw", b"9 w", b"W n", b"0 0 5 5 re W n", b"/OC /x BDC", b"(x) Tj", b"% x\n"),
)
"""Numbers and operators, whole and alone."""
