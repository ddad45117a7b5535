"""How wide the signs of Helvetica are, and of Arial and Liberation Sans, in thousandths of their size."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_FIRST = 32
_PLAIN = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 "
    "584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 "
    "333 611 556 778 556 556 500 389 280 389 584"
)
_OTHERS = {
    "\u2013": 556,
    "—": 1000,
    "“": 333,
    "”": 333,
    "\u2018": 222,
    "\u2019": 222,
    "•": 350,
    "…": 1000,
    "·": 278,
    "\u00a0": 278,
}
_UNKNOWN = 600
_NARROWEST = 191
"""A sign is at least as wide (`'`)."""
_CODEC = "cp1252"
_WIDTHS = {
    bold: {chr(_FIRST + place): int(width) for place, width in enumerate(table.split())}
    for bold, table in ((False, _PLAIN), (True, _BOLD))
}


def shown(text: str) -> str:
    """Return a text in signs that the font has: what it lacks without its marks, or as a question mark."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    """Return one sign as the font has it."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(one))
    return next((one for one in (letter, plain) if one and _has(one)), "?")


def encoded(text: str) -> bytes:
    """Return a text as the font counts its signs (WinAnsi), to stand in a PDF's brackets."""
    raw = shown(text).encode(_CODEC, "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, in points."""
    table = _WIDTHS[bold]
    total = 0
    for letter in shown(text):
        total += (
            table.get(letter) or _OTHERS.get(letter) or table.get(unicodedata.normalize("NFD", letter)[0], _UNKNOWN)
        )
    return total * size / 1000


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Return a text broken at blanks into lines that fit; what is longer than a line is broken where it must be."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split(" "):
            tried = f"{line} {word}" if line else word
            if width(tried, size, bold=bold) <= room:
                line = tried
                continue
            if line:
                lines.append(line)
            *broken, line = _broken(word, size, room, bold=bold)
            lines += broken
        lines.append(line)
    return lines


def _broken(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    """Return a word in parts that fit on a line each; at least one sign stands in each."""
    parts: list[str] = []
    most = int(room / (size * _NARROWEST / 1000)) + 1  # no line holds more signs, so that no more are looked at
    start = 0
    while start < len(word):
        low, high = 1, min(most, len(word) - start)
        while low < high:
            middle = (low + high + 1) // 2
            if width(word[start : start + middle], size, bold=bold) <= room:
                low = middle
            else:
                high = middle - 1
        parts.append(word[start : start + low])
        start += low
    return parts or [""]


def _has(text: str) -> bool:
    """Say whether the font has a sign, and it is none that steers."""
    try:
        return text.isprintable() and bool(text.encode(_CODEC))
    except UnicodeEncodeError:
        return False
