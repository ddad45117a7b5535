"""The closed list of reply words, and how a mail's own words are read for them: understood, or asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.language.beside import Beside, Names, not_understood, pieces_of, words_in
from mailbot.core.language.plain_line import BULLET, TRIM, holds, plain, without_bullet
from mailbot.core.language.reservations import asks, not_ticked, unsays
from mailbot.core.language.signs import AGREEING, makes_a_face
from mailbot.core.language.time_asked import time_asked, time_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


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
    BATAL = "BATAL"
    KOREKSI = "KOREKSI"
    NOMOR = "NOMOR"
    ARSIP = "ARSIP"
    TERBIT = "TERBIT"
    PLH = "PLH"
    HAPUS = "HAPUS"
    SIMPAN = "SIMPAN"


VERDICTS = frozenset({Word.SETUJU, Word.PERBAIKI, Word.DISAHKAN, Word.DITERIMA, Word.KEBERATAN, Word.TERUSKAN})
"""Words that decide about a row; they need proof of the sender."""

WITH_ARGUMENTS = frozenset({Word.TUNDA, Word.TERIMA, Word.KEMBALIKAN, Word.PERPANJANG, Word.ASAL, Word.PLH})
WITH_ARGUMENTS |= {Word.NOMOR, Word.ARSIP, Word.TERBIT}
"""Words that are followed by something on the same line; every other word stands alone."""

WITH_REASON = frozenset({Word.PERBAIKI, Word.KEBERATAN, Word.TERIMA, Word.KEMBALIKAN, Word.SALAH})
WITH_REASON |= {Word.BATAL, Word.KOREKSI}
"""Words after which the rest of the mail is kept as remarks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a mail's own words come to: one word with what belongs to it, or nothing plain (`word` None)."""

    word: Word | None = None
    arguments: str = ""  # the rest of the word's line
    also: str = ""  # what TERBIT says, where it stands beside ARSIP (`both_by_hand`)
    remarks: tuple[str, ...] = ()
    """Every other own line that says something."""
    unclear: bool = False
    """Something like a decision was written, but not plainly: to be asked back once."""
    meant: Word | None = None
    """The approving word that would count, stood not `in_the_way` beside it."""
    in_the_way: tuple[str, ...] = ()
    """The lines beside an approving word that are not understood, as they were written."""
    footer: tuple[str, ...] = ()
    """Lines that were passed over, for they stand under all of the sender's mails."""
    casual: bool = False
    """The word is one that agrees to anything (`oke`): it counts only where a decision was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What is known of the ways in which people of one office write."""

    synonyms: Mapping[str, Word]
    """Plain spelling -> word; holds every canonical word."""
    doubtful: frozenset[str] = frozenset()
    """Plain phrases that sound like a decision and are none."""
    casual: frozenset[str] = frozenset()
    """Spellings among the synonyms that agree to anything."""
    units: frozenset[str] = frozenset()
    """Keys of the units, without case; TERIMA, KEMBALIKAN and PERPANJANG (or a day in its place) name one first."""
    beside: Beside = field(default_factory=Beside)
    names: Names = field(default_factory=Names)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A line that says a reply word."""

    word: Word
    arguments: str = ""
    ahead: str = ""  # what stands on the line before the word
    rest: str = ""  # what stands on the line behind the word, and is not its argument
    casual: bool = False

    @property
    def beside(self) -> str:
        """Return all that stands on the line beside the word."""
        return ", ".join(part for part in (self.ahead, self.rest) if part)


_LONGEST_WISH = 3
_LABEL = re.compile(r"[^:]{1,100}:")
_QUOTED = (">", "|")  # how a quoted line begins; should one be left among the own words, it says nothing
APPROVES = (VERDICTS - WITH_REASON) | {Word.BENAR}  # words beside which everything must be understood


def read_words(own_words: str, lexicon: Lexicon, *, doubtful: str = "") -> Said:
    """Read a mail's own words for one reply word.

    A word counts on a line by itself, between commas, or at the head of its line where it takes arguments that fit it;
    an approving one only where everything else is understood. Two different words, an approval with something beside it
    that nobody knows, or what sounds like a decision without a plain word are unclear.

    Args:
        own_words: what is certainly the sender's own, signature included.
        lexicon: how the office's people write.
        doubtful: lines that may be quoted, or may be hidden: no word in them counts, and beside an approving word they
            must be understood like any other.
    """
    own = [line for line in own_words.splitlines() if not line.lstrip().startswith(_QUOTED)]
    found = {place: said for place, line in enumerate(own) if (said := _found_in(line, lexicon)) is not None}
    words = _one_of({said.word for said in found.values()}, found.values())
    filled = [line for line in own if plain(line)]
    everything = tuple(without_bullet(line) for line in filled)
    if len(words) != 1 or (words <= (VERDICTS | APPROVES) and not_ticked(filled)):
        lines = (*filled, *doubtful.splitlines())
        return Said(remarks=everything, unclear=bool(words) or any(_sounds(line, lexicon) for line in lines))
    (word,) = words
    if word in APPROVES and (left := _in_the_way(own, found, lexicon, doubtful.splitlines())):
        return Said(remarks=everything, unclear=True, meant=word, in_the_way=left)
    first = next(said for said in found.values() if said.word is word)
    rests = {place: one.beside for place, one in found.items() if one.word is word}
    beside = (rests.get(place, line) for place, line in enumerate(own))
    return Said(
        word=word,
        arguments=first.arguments,
        remarks=tuple(without_bullet(line) for line in beside if plain(line)),
        casual=all(one.casual for one in found.values()),
    )


def _one_of(words: set[Word], found: Iterable[_Found]) -> set[Word]:
    """Return the words that were said; one that merely agrees says nothing beside another that approves."""
    plainly = {said.word for said in found if not said.casual}
    words = plainly or words
    firmly = words & (APPROVES - {Word.SETUJU})
    return words - {Word.SETUJU} if len(firmly) == 1 and words == firmly | {Word.SETUJU} else words


def _found_in(line: str, lexicon: Lexicon) -> _Found | None:
    """Return the word a line says, with its arguments; None if it says none."""
    line = re.sub(r"\s+", " ", BULLET.sub("", line).strip())
    whole = plain(line)
    if whole in lexicon.synonyms:
        return _Found(word=lexicon.synonyms[whole], casual=whole in lexicon.casual)
    head, _, tail = line.lstrip(TRIM).partition(" ")
    word = lexicon.synonyms.get(plain(head))
    if word is not None and word in WITH_ARGUMENTS:
        given, comma, rest = tail.partition(",") if word is Word.TUNDA else (tail, "", "")
        if _fits(word, given, lexicon.units, shouted=head.isupper()):
            return _Found(word=word, arguments=given, rest=rest.strip() if comma else "")
    if (time := time_asked(line)) is not None:
        return _Found(word=Word.TUNDA, arguments=time[0], rest=time[1])
    before, colon, after = line.partition(":")
    word = lexicon.synonyms.get(plain(before)) if colon else None
    if word is not None and (word in WITH_REASON or (word is Word.NOMOR and _fits(word, after, lexicon.units))):
        return _Found(word=word, arguments=after.strip())
    return _asking_for_repair(line, lexicon) or _among(line, lexicon)


def _asking_for_repair(line: str, lexicon: Lexicon) -> _Found | None:
    """Return PERBAIKI where a line begins by asking for it and goes on: `mohon diperbaiki tabel 3`.

    Not where it names a condition, or holds another word that may decide: `perbaiki tabel 3, lalu disahkan`.
    """
    words = line.split(" ")
    for count in range(1, min(_LONGEST_WISH, len(words) - 1) + 1):
        said, rest = plain(" ".join(words[:count])), " ".join(words[count:])
        wish = said.split(" ")[0] in lexicon.beside.wishes and lexicon.synonyms.get(said) is Word.PERBAIKI
        if wish and not (_sounds(rest, lexicon) or unsays(rest) or asks([rest])):
            tells = any(word not in lexicon.beside.idle for word in words_in(rest))
            return _Found(word=Word.PERBAIKI, arguments=rest if tells else "")
    return None


def _among(line: str, lexicon: Lexicon) -> _Found | None:
    """Return the word that one piece of a line says; several must say the same, or one of them merely agree."""
    if (label := _LABEL.match(line)) is not None and _names_somebody(label[0], lexicon):
        return None
    pieces = [part for piece in pieces_of(line) for part in _parts_of(piece, lexicon)]
    said = {place: found for place, piece in enumerate(pieces) if (found := _deciding(piece, lexicon)) is not None}
    words = _one_of({found.word for found in said.values()}, said.values())
    if len(words) != 1:
        return None
    (word,) = words
    first = min(said)
    ahead = ", ".join(pieces[:first])
    rest = ", ".join(piece for place, piece in enumerate(pieces) if place > first and place not in said)
    if word not in APPROVES:
        # A refusal may go on as it likes, but it begins with its word: "tidak perlu, perbaiki" is no refusal.
        return _Found(word=word, arguments=rest) if not ahead and rest and word in WITH_REASON else None
    return _Found(word=word, ahead=ahead, rest=rest, casual=all(found.casual for found in said.values()))


def _names_somebody(label: str, lexicon: Lexicon) -> bool:
    """Say whether what stands before a colon is a person: what follows is his word, and somebody else's mail."""
    words = words_in(label)
    return bool(words) and all(word in lexicon.beside.persons or word in lexicon.names.all for word in words)


def _parts_of(piece: str, lexicon: Lexicon) -> list[str]:
    """Return what a piece of a line falls into where it is more than a word in one breath: `disahkan untuk dikirim`."""
    if _deciding(piece, lexicon) is not None:
        return [piece]
    parts: list[list[str]] = [[]]
    for word in piece.split():
        if word.casefold() in lexicon.beside.joins:
            parts.append([])
        elif word.casefold() in lexicon.beside.aims:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts if part]


def _deciding(piece: str, lexicon: Lexicon) -> _Found | None:
    """Return the word a piece of a line is: by itself, or an approving one in one breath with what may stand around."""
    said = plain(piece)
    if said in lexicon.synonyms:
        return _Found(word=lexicon.synonyms[said], casual=said in lexicon.casual)
    if not_ticked([piece]) or makes_a_face(piece) or said.split(" ")[0] in lexicon.beside.aims:
        return None
    words = dict.fromkeys(words_in(piece.strip(TRIM + AGREEING)))
    core = " ".join(word for word in words if word not in lexicon.beside.around)
    word = lexicon.synonyms.get(core)
    return _Found(word=word, casual=core in lexicon.casual) if word in APPROVES else None


def _in_the_way(
    own: Sequence[str], found: Mapping[int, _Found], lexicon: Lexicon, doubtful: Sequence[str]
) -> tuple[str, ...]:
    """Return the lines beside an approving word that are not understood; a question is never understood."""
    first = min(found)
    beside: list[tuple[str, bool]] = []
    for place, line in enumerate(own):
        if place not in found:
            beside.append((line, place >= first))
        else:
            ahead = found[place].ahead + ":" * (":" in line)  # "LKjIP: DISAHKAN" is as little his own as in two lines
            beside += [part for part in ((ahead, place > first), (found[place].rest, True)) if part[0]]
    beside += [("", True), *((line, True) for line in doubtful)]
    unknown = not_understood([(BULLET.sub("", line), below) for line, below in beside], lexicon.beside, lexicon.names)
    questions = (line for line in own if asks([line]))
    qualified = (line for line, _ in beside if holds(line, frozenset(p for p in lexicon.doubtful if " " in p)))
    return tuple(dict.fromkeys(line.strip() for line in (*unknown, *questions, *qualified)))


def _fits(word: Word, tail: str, units: frozenset[str], *, shouted: bool = False) -> bool:
    """Say whether what follows a word on its line belongs to it, or the line is a sentence that begins with it.

    A word in capitals is meant as one, whatever follows: what does not fit is then asked back. Not so for thanks.
    """
    first, _, more = plain(tail).partition(" ")
    if first == _OF_THANKS:
        return False
    match word:
        case Word.TUNDA:
            fits = time_in(tail)
        case Word.ASAL | Word.NOMOR | Word.TERBIT:
            fits = (not more or word is Word.TERBIT) and any(sign.isdigit() for sign in first)
        case Word.PLH:
            return more != "" and any(sign.isdigit() for sign in more)  # else it is how somebody signs
        case _:  # PERPANJANG may name a day alone
            fits = first.strip(TRIM) in units or (word is Word.PERPANJANG and first[:1].isdigit())
    return fits or (shouted and bool(first))


_OF_THANKS = "kasih"  # what makes TERIMA the first half of a thank-you


def _sounds(line: str, lexicon: Lexicon) -> bool:
    """Say whether a line holds a doubtful phrase, or a deciding word where it does not count."""
    deciding = frozenset(spelling for spelling, word in lexicon.synonyms.items() if word in VERDICTS)
    return holds(line, lexicon.doubtful | deciding)
