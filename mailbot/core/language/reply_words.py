"""The closed list of reply words, and how a mail's own words are read for them: whole lines, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from mailbot.core.language.reservations import asks, not_ticked, reserves

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


_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)])\s+")
_TRIM = " \t\r\n.,;:!\"'*_`“”‘’()[]<>-–—"  # noqa: RUF001 - quotes and dashes as mail programs write them
_QUOTED = (">", "|")
"""How a quoted line begins; should one be left among the own words, it says nothing."""
_CODE = re.compile(r"\W*(?:kode\W*)?(\d{6})\W*", re.IGNORECASE)
_DAYS = re.compile(r"\d{1,2}(?: hari(?: kerja)?)?")
_APPROVES = (VERDICTS - WITH_REASON) | {Word.BENAR}
"""Words beside which a reservation means that nothing is approved yet."""
_AGREEING = (
    "\U0001f44d\U0001f64f\U0001f44c\U0001f91d\U0001f64c\U0001f44f\U0001f4af\u2705\u2714\u2611"
    "\U0001f60a\U0001f642\U0001f600\U0001f601\U0001f603\U0001f604\u263a\U0001f607\u2764"
    "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff\ufe0f\u200d\u200b\u2060\ufeff"
)
"""What phones put beside a word and nobody means as a word: thumbs up, folded hands, ticks, smiles, their colours."""


def plain(line: str) -> str:
    """Return a line reduced to what is compared: without edge punctuation, doubled blanks and case."""
    return re.sub(r"\s+", " ", line.strip(_TRIM + _AGREEING)).casefold()


def without_codes(own_words: str, codes: tuple[str, ...]) -> str:
    """Return a mail's own words without the lines that hold nothing but one of these one-time codes."""
    lines = own_words.splitlines()
    return "\n".join(line for line in lines if not ((code := _CODE.fullmatch(line)) and code.group(1) in codes))


def read_words(
    own_words: str, synonyms: Mapping[str, Word], doubtful: frozenset[str], units: frozenset[str] = frozenset()
) -> Said:
    """Read a mail's own words for one reply word.

    A word counts only as a whole line, or at the head of its line where it takes arguments that fit it. Two different
    words, an approval with a reservation beside it, or what sounds like a decision without a plain word (`doubtful`:
    "acc", "setuju dengan catatan"; or a deciding word inside a sentence) are unclear.

    Args:
        own_words: the newly typed text, quotation removed.
        synonyms: plain spelling -> word; must hold every canonical word.
        doubtful: plain phrases that sound like a decision and are not one.
        units: keys of the units, without case; TERIMA, KEMBALIKAN and PERPANJANG name one first.
    """
    own = [line for line in own_words.splitlines() if not line.lstrip().startswith(_QUOTED)]
    lines = [line for line in own if plain(line)]
    found = [
        (place, *said) for place, line in enumerate(lines) if (said := _word_of(line, synonyms, units)) is not None
    ]
    words = {word for _, word, _ in found}
    places = {place for place, _, _ in found}
    rest = [line for place, line in enumerate(lines) if place not in places]
    everything = tuple(_remark(line) for line in lines)
    if len(words) != 1 or (words <= (VERDICTS | _APPROVES) and not_ticked(lines)):
        sounds = any(_sounds(line, synonyms, doubtful) for line in lines)
        return Said(remarks=everything, unclear=bool(words) or sounds)
    _, word, arguments = found[0]
    first = min(places)
    beside = [(line, place > first) for place, line in enumerate(lines) if place not in places]
    reserved = any(_reserves(line, synonyms, doubtful, below=below) for line, below in beside)
    if word in _APPROVES and (reserved or asks(own)):
        return Said(remarks=everything, unclear=True)
    return Said(word=word, arguments=arguments, remarks=tuple(_remark(line) for line in rest))


def _word_of(line: str, synonyms: Mapping[str, Word], units: frozenset[str]) -> tuple[Word, str] | None:
    """Return the word a line is, with its arguments, or None."""
    line = re.sub(r"\s+", " ", _BULLET.sub("", line).strip())
    if plain(line) in synonyms:
        return synonyms[plain(line)], ""
    head, _, tail = line.lstrip(_TRIM).partition(" ")
    word = synonyms.get(plain(head))
    if word is not None and word in WITH_ARGUMENTS and _fits(word, tail, units, shouted=head.isupper()):
        return word, tail
    before, colon, after = line.partition(":")
    word = synonyms.get(plain(before)) if colon else None
    return (word, after.strip()) if word is not None and word in WITH_REASON else None


def _fits(word: Word, tail: str, units: frozenset[str], *, shouted: bool) -> bool:
    """Say whether what follows a word on its line belongs to it, or the line is a sentence that begins with it.

    A word in capitals is meant as one, whatever follows: what does not fit is then asked back. Not so for thanks.
    """
    first, _, more = plain(tail).partition(" ")
    if first == _OF_THANKS:
        return False
    match word:
        case Word.TUNDA:
            fits = _DAYS.fullmatch(plain(tail)) is not None
        case Word.ASAL:
            fits = not more and any(sign.isdigit() for sign in first)
        case _:
            fits = first.strip(_TRIM) in units
    return fits or (shouted and bool(first))


_OF_THANKS = "kasih"
"""What makes TERIMA the first half of a thank-you."""


def _sounds(line: str, synonyms: Mapping[str, Word], doubtful: frozenset[str]) -> bool:
    """Say whether a line holds a doubtful phrase, or a deciding word where it does not count."""
    return _holds(line, doubtful | {spelling for spelling, word in synonyms.items() if word in VERDICTS})


def _reserves(line: str, synonyms: Mapping[str, Word], doubtful: frozenset[str], *, below: bool) -> bool:
    """Say whether a line beside an approval takes some of it back.

    A doubtful phrase of one word ("ok", "siap") merely agrees; one of several ("setuju dengan catatan") qualifies.
    """
    refusing = frozenset(spelling for spelling, word in synonyms.items() if word in VERDICTS & WITH_REASON)
    qualifying = frozenset(phrase for phrase in doubtful if " " in phrase)
    return reserves(line, below=below) or _holds(line, refusing | qualifying)


def _holds(line: str, phrases: frozenset[str]) -> bool:
    """Say whether one of the phrases stands in a line, as whole words."""
    return _any_of(phrases).search(plain(line)) is not None


@lru_cache(maxsize=64)
def _any_of(phrases: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern that finds any of the phrases as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(phrase) for phrase in sorted(phrases))})(?!\w)")


def _remark(line: str) -> str:
    """Return a line as a remark, without its bullet."""
    return _BULLET.sub("", line).strip()
