"""How wide the signs of Helvetica are, and of Arial and Liberation Sans, in thousandths of their size."""

from __future__ import annotations

import re
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
_NARROWEST = 191
"""A sign is at least as wide (`'`)."""
_UNKNOWN = 556
_LIKE = str.maketrans(
    {
        **dict.fromkeys("→⇒➔➜►▶", "->"),
        **dict.fromkeys("←⇐◀", "<-"),
        **dict.fromkeys("↔⇔", "<->"),
        **dict.fromkeys("≥⩾", ">="),
        **dict.fromkeys("≤⩽", "<="),
        **dict.fromkeys("≈\u223c\u223d", "~"),
        **dict.fromkeys("\u2212\u2010\u2011\u2043", "-"),
        **dict.fromkeys("✓✔☑✅", "v"),
        **dict.fromkeys("✗✘☒❌✖", "x"),
        **dict.fromkeys("■□▪▫●○◦‣\u2043∙\u2217★☆\uf0b7\uf0a7\uf0d8", "•"),
        **dict.fromkeys("\u2032\u02bc\u02bb\u02b9\u201b", "'"),
        **dict.fromkeys("\u2033\u301d\u301e", '"'),
        **dict.fromkeys(
            "\t\n\x0b\x0c\r\u2028\u2029\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
            " ",
        ),
        "≠": "=/=",
        "\u2044": "/",
        "―": "—",
        "☐": "[ ]",
        "đ": "d",
        "Đ": "D",
        "ł": "l",
        "Ł": "L",
        "\u0131": "i",
        "ħ": "h",
        "Ħ": "H",
        "ŋ": "ng",
        "ə": "e",
    }
)
"""What the font lacks, and what may stand for it."""
LACKED = "¤"
"""Stands for one or several signs in a row that the font lacks, and nothing is like."""
_ROW = re.compile(f"{LACKED}+")
_STEERS = frozenset({"Cf", "Cc", "Mn", "Me", "Sk"})
"""Kinds of sign that show nothing of their own: joiners, marks, tones of skin."""
_CODEC = "cp1252"
_WIDTHS = {
    bold: {chr(_FIRST + place): int(width) for place, width in enumerate(table.split())}
    for bold, table in ((False, _PLAIN), (True, _BOLD))
}


def shown(text: str) -> str:
    """Return a text in signs that the font has: what it lacks without its marks, as its like, or as `LACKED`."""
    if text.isascii() and text.isprintable():
        return text
    return _ROW.sub(LACKED, "".join(map(_shown, unicodedata.normalize("NFC", text).translate(_LIKE))))


@lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    """Return one sign as the font has it; nothing for one that shows nothing."""
    if _has(letter):
        return letter
    plain = "".join(one for one in unicodedata.normalize("NFKD", letter).translate(_LIKE) if _has(one))
    return plain or ("" if unicodedata.category(letter) in _STEERS else LACKED)


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
        part = word[start : start + low]
        parts.append(part[: _parting(part)] if start + low < len(word) else part)
        start += len(parts[-1])
    return parts or [""]


def _parting(part: str) -> int:
    """Return after how many signs a line of a long word ends: rather where an address or a file's name parts."""
    places = (max(part.rfind(sign) for sign in signs) for signs in ("@", "/_-."))
    return next((place + 1 for place in places if place >= len(part) // 3), len(part))


def _has(text: str) -> bool:
    """Say whether the font has a sign, and it is none that steers."""
    try:
        return text.isprintable() and bool(text.encode(_CODEC))
    except UnicodeEncodeError:
        return False
