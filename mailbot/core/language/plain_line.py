"""One line of a mail as it is compared with words: without edge punctuation, bullet, doubled blanks and case."""

from __future__ import annotations

import re
from functools import lru_cache

from mailbot.core.language.signs import AGREEING

BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)])\s+")
TRIM = " \t\r\n.,;:!\"'*_`“”‘’()[]<>-–—"  # noqa: RUF001 - quotes and dashes as mail programs write them


def plain(line: str) -> str:
    """Return a line reduced to what is compared: without edge punctuation, doubled blanks and case."""
    return re.sub(r"\s+", " ", line.strip(TRIM + AGREEING)).casefold()


def without_bullet(line: str) -> str:
    """Return a line as a remark is kept: without its bullet."""
    return BULLET.sub("", line).strip()


def holds(line: str, phrases: frozenset[str]) -> bool:
    """Say whether one of the phrases stands in a line, as whole words."""
    return bool(phrases) and _any_of(phrases).search(plain(line)) is not None


@lru_cache(maxsize=64)
def _any_of(phrases: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern that finds any of the phrases as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(phrase) for phrase in sorted(phrases))})(?!\w)")
