"""Whether the name in a certificate is that of a person of the office: titles and degrees are written by some only."""

from __future__ import annotations

import re
import unicodedata

_TITLES = frozenset({"dr", "drs", "dra", "ir", "h", "hj", "prof", "rr", "rd"})
_LETTERS = re.compile(r"[^\W\d_]+")


def is_named(certified: str, known: str) -> bool:
    """Say whether a certificate's name is the person's: the same words, titles and what follows a comma aside."""
    wanted = _words(known)
    return bool(wanted) and _words(certified) == wanted


def _words(name: str) -> list[str]:
    """Return the words of a bare name."""
    plain = unicodedata.normalize("NFKC", name).casefold().split(",", maxsplit=1)[0]
    return [word for word in _LETTERS.findall(plain) if word not in _TITLES]
