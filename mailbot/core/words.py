"""The closed list of reply words, and how a mail's own words are read for them: whole lines, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Word(StrEnum):
    """The words a reply may carry on a line by itself; the value is the canonical spelling."""

    SETUJU = "SETUJU"
    PERBAIKI = "PERBAIKI"
    DISAHKAN = "DISAHKAN"
    DITERIMA = "DITERIMA"
    KEBERATAN = "KEBERATAN"
    TERUSKAN = "TERUSKAN"
    NIHIL = "NIHIL"
    STATUS = "STATUS"
    FORM = "FORM"
    DRAF = "DRAF"
    BANTUAN = "BANTUAN"
    TUNDA = "TUNDA"
    SALAH = "SALAH"
    BENAR = "BENAR"
    TERIMA = "TERIMA"
    KEMBALIKAN = "KEMBALIKAN"
    PERPANJANG = "PERPANJANG"
    ASAL = "ASAL"


VERDICTS = frozenset({Word.SETUJU, Word.PERBAIKI, Word.DISAHKAN, Word.DITERIMA, Word.KEBERATAN, Word.TERUSKAN})
"""Words that decide about a row; they need proof of the sender."""

WITH_ARGUMENTS = frozenset({Word.TUNDA, Word.TERIMA, Word.KEMBALIKAN, Word.PERPANJANG, Word.ASAL})
"""Words that are followed by something on the same line; every other word stands alone."""

WITH_REASON = frozenset({Word.PERBAIKI, Word.KEBERATAN, Word.TERIMA, Word.KEMBALIKAN, Word.SALAH})
"""Words after which the rest of the mail is kept as remarks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a mail's own words come to: one word with what belongs to it, or nothing plain (`word` None)."""

    word: Word | None = None
    arguments: str = ""
    """The rest of the word's line."""
    remarks: tuple[str, ...] = ()
    """Every other own line that says something."""
    unclear: bool = False
    """Something like a decision was written, but not plainly: to be asked back once."""


_SHORT_LINE_WORDS = 4
_THANKS = "kasih"
""""Terima kasih" is no TERIMA."""
_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)])\s+")
_TRIM = " \t\r\n.,;:!\"'*_`~“”‘’()[]<>-–—"  # noqa: RUF001 - quotes and dashes as mail programs write them


def plain(line: str) -> str:
    """Return a line reduced to what is compared: without bullets, edge punctuation, doubled blanks and case."""
    return re.sub(r"\s+", " ", line.strip(_TRIM)).casefold()


def read_words(own_words: str, synonyms: Mapping[str, Word], doubtful: frozenset[str]) -> Said:
    """Read a mail's own words for one reply word.

    A word counts only as a whole line (or, for words with arguments, at the head of its line). Two different words, or
    a doubtful phrase ("acc", "ok", "setuju dengan catatan", as configured) without a plain word, are unclear.

    Args:
        own_words: the newly typed text, quotation removed.
        synonyms: plain spelling -> word; must hold every canonical word.
        doubtful: plain phrases that sound like a decision and are not one.
    """
    lines = [line for line in own_words.splitlines() if plain(line)]
    found: list[tuple[int, Word, str]] = []
    for number, line in enumerate(lines):
        reading = _word_of(line, synonyms)
        if reading is not None:
            found.append((number, *reading))
    words = {word for _, word, _ in found}
    if len(words) == 1:
        number, word, arguments = found[0]
        rest = tuple(_remark(line) for position, line in enumerate(lines) if position not in {hit[0] for hit in found})
        if word in VERDICTS - WITH_REASON and any(_doubts(line, doubtful) for line in rest):
            return Said(remarks=tuple(_remark(line) for line in lines), unclear=True)
        return Said(word=word, arguments=arguments, remarks=rest)
    unclear = len(words) > 1 or any(_doubts(line, doubtful) or _hints(line, synonyms) for line in lines)
    return Said(remarks=tuple(_remark(line) for line in lines), unclear=unclear)


def _word_of(line: str, synonyms: Mapping[str, Word]) -> tuple[Word, str] | None:
    """Return the word a line is, with its arguments, or None."""
    text = plain(line)
    if text in synonyms:
        return synonyms[text], ""
    head, _, tail = text.partition(" ")
    word = synonyms.get(head)
    if word in WITH_ARGUMENTS and tail and tail.partition(" ")[0].strip(_TRIM) != _THANKS:
        kept = re.sub(r"\s+", " ", line.strip(_TRIM)).partition(" ")[2]
        return word, kept.strip()
    before, colon, after = line.partition(":")
    word = synonyms.get(plain(before)) if colon else None
    if word in WITH_REASON and after.strip():
        return word, after.strip()
    return None


def _doubts(line: str, doubtful: frozenset[str]) -> bool:
    """Say whether a line holds one of the phrases that sound like a decision and are not one.

    A phrase of several words counts wherever it stands; a single word ("baik", "lanjut") only at the head of a short
    line, since polite sentences are full of them.
    """
    text = plain(line)
    first, short = text.partition(" ")[0].strip(_TRIM), len(text.split()) <= _SHORT_LINE_WORDS
    return any(
        re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) if " " in phrase else short and first == phrase
        for phrase in doubtful
    )


def _hints(line: str, synonyms: Mapping[str, Word]) -> bool:
    """Say whether a verdict word stands inside a longer line, where it does not count."""
    words = set(plain(line).split())
    return any(spelling in words for spelling, word in synonyms.items() if word in VERDICTS)


def _remark(line: str) -> str:
    """Return a line as a remark, without its bullet."""
    return _BULLET.sub("", line).strip()
