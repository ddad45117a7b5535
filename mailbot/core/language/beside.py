"""What may stand beside a deciding word and says nothing about it: greetings, thanks, small print.

A list of what may be, not of what must not be: whatever no line of the list knows is asked about. The
lists themselves are the office's words (`beside` in `templates/words.yaml`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from mailbot.core.language.reservations import reserves
from mailbot.core.language.signs import makes_a_face

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NUMBER, CALLED, LINK, PLACE = "0", "00", "@", "@/"
"""How a number, one of a telephone's length, an address or a site's front page, and any other link stand for words."""
_HEADED = re.compile(r"\W*[^\W\d]+(?:\s[^\W\d]+)?\s*:")
"""What begins with a heading: "Visi: ..."."""
_PATH = re.compile(r"\w/[^\s>]")
_APOSTROPHES = re.compile(r"['’‘`ʻʼ]")  # noqa: RUF001 - as keyboards write them
_HASHTAG = re.compile(r"#(\w+)")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORDS = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:id|com|org|net)(?![\w])(?:/\S*)?"
    r"|(?<![\w.])@\w[\w.]*)|(?P<word>[^\W\d_]+)|(?P<called>\+?\(?\d[\d() .-]{5,}\d)|(?P<number>\d+)",
    re.IGNORECASE,
)
_PIECES = (re.compile(r"[.!?;|•·\u2022]+(?=\s|$)|\s[|•·/]\s|\n"), re.compile(r"[,:()\[\]\u2013\u2014\u00a6]+|\s-+\s"))
"""Where a line falls into sentences, then a sentence into what stands between commas."""
_COLONS = (":", "\uff1a")
_AND = re.compile(r"\s(?:dan|serta|and)\s", re.IGNORECASE)
_MOST_WORDS = 400
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of what may stand beside a word: every word of it is known, and some of them make it what it is."""

    name: str
    needs: tuple[frozenset[str], ...]
    """Of each of these at least one word stands there; of none: any word does."""
    words: frozenset[str]
    """Every word that may stand there."""
    titles: bool = False
    """Names and titles of the office's people may stand there, too."""
    own: bool = False
    """The sender's own name and title, and the office's, may stand there, too."""
    names_after: frozenset[str] = frozenset()
    """After these words some may stand that nobody knows, in capitals: the name of a street, of a telephone."""
    free: bool = False
    """Anything may follow that takes nothing back: "Visi: ..." is in every office's own words."""
    signs_off: bool = False
    """Below it stands who wrote, and what stands under all of his mails."""
    above: bool = False
    """Only above the deciding word: "Setelah kami pelajari" begins a letter, and below it would be a condition."""
    no_label: bool = False
    """In no line with a colon: "Pengesahan LKjIP" heads what was written, "LKjIP:" and "Dari: LKjIP" a quotation."""

    def may_stand(self, line: str, *, below: bool) -> bool:
        """Say whether it may stand in a line, by where that is and by its shape."""
        return not (self.above and below) and not (self.no_label and any(colon in line for colon in _COLONS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """All that an office lets stand beside a deciding word."""

    kinds: tuple[Kind, ...] = ()
    phrases: tuple[tuple[tuple[frozenset[str], bool], ...], ...] = ()
    """Whole sentences, word for word: the words that may stand in each place, and whether one must."""
    around: frozenset[str] = frozenset()
    """Words that may stand in one breath with the deciding word: `Saya setuju, Pak`."""
    never_under: frozenset[str] = frozenset()
    """Words that ask for something or name a day: no line with one of them becomes a footer of somebody's own."""
    joins: frozenset[str] = frozenset()
    """Words at which what lies between two commas falls apart: `sudah saya baca dan setuju`."""
    aims: frozenset[str] = frozenset()
    """Words with which begins what a thing is for: nothing behind one is said of the draft (`diteruskan untuk ...`)."""
    wishes: frozenset[str] = frozenset()
    """How a line begins that asks for repair and goes on; `revisi sudah baik` begins with a thing."""
    idle: frozenset[str] = frozenset()
    """Words behind such a wish that name nothing to be repaired."""
    persons: frozenset[str] = frozenset()
    """How one speaks of somebody, beside his name and post."""
    posts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Role -> how people write the post: `Kadis`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Words that are names: of whoever wrote, and of everybody in the office."""

    own: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Sentence:
    """One sentence of a paragraph while it is looked at."""

    words: tuple[str, ...]
    capitals: frozenset[str]
    text: str
    below: bool
    fits: set[str] = field(default_factory=set)


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared; numbers and links stand as `NUMBER` and `LINK`."""
    return _words(text)[0]


def pieces_of(line: str) -> Iterator[str]:
    """Give what stands between full stops and commas of a line, empty pieces left out."""
    for sentence in _PIECES[0].split(line):
        for piece in _PIECES[1].split(sentence):
            if piece.strip():
                yield piece.strip()


def is_sign_off(line: str, beside: Beside) -> bool:
    """Say whether a line ends what was written: `Hormat saya,`."""
    words, capitals = _words(line)
    return bool(words) and any(
        _is_one(kind, frozenset(words)) and _fits(words, capitals, line, kind, Names())
        for kind in beside.kinds
        if kind.signs_off
    )


def not_understood(lines: Sequence[tuple[str, bool]], beside: Beside, names: Names) -> tuple[str, ...]:
    """Return the lines that nothing on the list explains, as they were written.

    Args:
        lines: line by line, empty ones too, with whether it stands below the deciding word.
        beside: what may stand there.
        names: whose names may stand there.
    """
    left: list[str] = []
    for filled, paragraph in groupby(lines, key=lambda line: bool(line[0].strip())):
        if filled:
            left += _left_of(list(paragraph), beside, names)
    return tuple(left)


def _left_of(paragraph: list[tuple[str, bool]], beside: Beside, names: Names) -> list[str]:
    """Return the lines of one paragraph that are not explained: alone, or as part of a kind that goes on over it."""
    known = [not makes_a_face(line) and _explained(line, beside, names, below=below) for line, below in paragraph]
    if all(known):
        return []
    going_on = _going_on(paragraph, beside, names)
    return [
        line
        for (line, _), plain, part in zip(paragraph, known, going_on, strict=True)
        if not plain and (not part or makes_a_face(line))
    ]


def _explained(line: str, beside: Beside, names: Names, *, below: bool) -> bool:
    """Say whether a line, its sentences, or what stands between its commas are all known."""
    kinds = tuple(kind for kind in beside.kinds if kind.may_stand(line, below=below))
    return _known(line, beside, kinds, names) or all(
        _known(sentence, beside, kinds, names)
        or all(
            _known(piece, beside, kinds, names) or all(_known(part, beside, kinds, names) for part in _AND.split(piece))
            for piece in pieces_of(sentence)
        )
        for sentence in _PIECES[0].split(line)
    )


def _known(text: str, beside: Beside, kinds: Sequence[Kind], names: Names) -> bool:
    """Say whether a text as a whole is a phrase of the list, or of one of the kinds that may stand in its line."""
    words, capitals = _words(text)
    if not words:
        return True
    if len(words) > _MOST_WORDS:
        return False
    if any(_matches(words, phrase) for phrase in beside.phrases):
        return True
    held = frozenset(words)
    return any(_is_one(kind, held) and _fits(words, capitals, text, kind, names) for kind in kinds)


def _is_one(kind: Kind, words: frozenset[str]) -> bool:
    """Say whether words hold what makes a kind; a kind that needs nothing is made by any word of more than a letter."""
    if not kind.needs:
        return any(word.isalpha() and len(word) > 1 for word in words)
    return all(need & words for need in kind.needs)


def _fits(words: tuple[str, ...], capitals: frozenset[str], text: str, kind: Kind, names: Names) -> bool:
    """Say whether every word may stand in a kind; a word that is only a name must not take anything back."""
    strange = [
        place
        for place, word in enumerate(words)
        if not (word in kind.words or (kind.titles and word in names.all) or (kind.own and word in names.own))
    ]
    if not strange:
        return True
    if not (kind.free and _HEADED.match(text)):
        led = {place for place, word in enumerate(words, start=1) if word in kind.names_after}
        for place in strange:
            if words[place] not in capitals or not (place in led or place - 1 in led):
                return False
            led.add(place)
        if len(strange) > _MOST_NAMES:
            return False
    return not reserves(text, below=True)


def _going_on(paragraph: list[tuple[str, bool]], beside: Beside, names: Names) -> list[bool]:
    """Say for each line whether it belongs to a kind that the paragraph's other lines make plain (small print)."""
    part = [False] * len(paragraph)
    read = [_words(line) for line, _ in paragraph]
    for kind in beside.kinds:
        fitting = [
            bool(words) and kind.may_stand(line, below=below) and _fits(words, capitals, line, kind, names)
            for (words, capitals), (line, below) in zip(read, paragraph, strict=True)
        ]
        together = {word for (words, _), fits in zip(read, fitting, strict=True) if fits for word in words}
        if _is_one(kind, frozenset(together)):
            part = [was or fits for was, fits in zip(part, fitting, strict=True)]
    return part


def _matches(words: tuple[str, ...], phrase: tuple[tuple[frozenset[str], bool], ...]) -> bool:
    """Say whether words are a phrase, place by place; a place that need not be filled may be left out."""
    at = {0}
    for allowed, must in phrase:
        taken = {place + 1 for place in at if place < len(words) and words[place] in allowed}
        at = taken if must else at | taken
        if not at:
            return False
    return len(words) in at


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words of a text as they are compared, and those of them that begin with a capital letter."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    plain = _HASHTAG.sub(lambda tag: _HUMPS.sub(" ", tag[1]), plain)
    found: list[str] = []
    capitals: set[str] = set()
    for match in _WORDS.finditer(plain):
        if match["word"] is None:
            link = match["link"]
            if link is None:
                found.append(CALLED if match["called"] is not None else NUMBER)
            else:
                found.append(PLACE if _PATH.search(link) else LINK)
            continue
        found.append(match["word"].casefold())
        if match["word"][0].isupper():
            capitals.add(match["word"].casefold())
    return tuple(found), frozenset(capitals)
