"""Questions about the office itself: numbers of letters, ratings, reply words."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from mailbot.core.delivery.letter_numbers import PLACES, unknown_places
from mailbot.core.language.plain_line import plain
from mailbot.core.language.reply_words import Word
from mailbot.core.papers.checked import Ratified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.errors import Problem
    from mailbot.settings.files.delivery import LetterNumbersBlock
    from mailbot.settings.files.office import FormsBlock, RatingBlock, WordsBlock
    from mailbot.settings.files.ratified import RatifiedBlock
    from mailbot.settings.sections import Items, Part


def numbers_stand_once(letter_numbers: Part[LetterNumbersBlock]) -> Iterator[Problem]:
    """A reserved number is given to one letter only, whether that goes out or stays in the house."""
    blocks = (("reserved", letter_numbers.value.reserved), ("reserved_inside", letter_numbers.value.reserved_inside))
    counted = Counter(number for _, block in blocks for number in block)
    for name, block in blocks:
        for number in dict.fromkeys(block):
            if counted.pop(number, 1) > 1:
                times = sum(one.count(number) for _, one in blocks)
                yield letter_numbers.problem(name, what=f"the number '{number}' is reserved {times} times")


def pattern_is_whole(letter_numbers: Part[LetterNumbersBlock]) -> Iterator[Problem]:
    """The pattern of a number names its parts alone, and the register's own number is one of them."""
    pattern = letter_numbers.value.pattern
    unknown = unknown_places(pattern)
    known = ", ".join(f"{{{name}}}" for name in PLACES)
    if unknown:
        yield letter_numbers.problem(
            "pattern", what=f"'{unknown[0]}' in 'letter_numbers.pattern' is no part of a number", hint=f"use {known}"
        )
    elif pattern.count("{number}") != 1:
        yield letter_numbers.problem("pattern", what="'letter_numbers.pattern' must hold {number} once")


def thresholds_in_order(forms: Part[FormsBlock]) -> Iterator[Problem]:
    """No achievement is too low and too high at once."""
    low, high = forms.value.explain_below_pct, forms.value.explain_above_pct
    if low > high:
        yield forms.problem(
            "explain_above_pct", what=f"'forms.explain_above_pct' ({high}) is less than explain_below_pct ({low})"
        )


def signatures_have_authorities(ratified: Part[RatifiedBlock]) -> Iterator[Problem]:
    """Whoever wants signed papers says whose certificates count: without that no signature would ever count."""
    block = ratified.value
    for field in ("report", "cover_letter"):
        if getattr(block, field) in {Ratified.SIGNED_PDF, Ratified.SEALED} and not block.certificates:
            yield ratified.problem(
                field,
                what=f"'ratified.{field}' wants a signature, but 'ratified.certificates' names no folder",
                hint="put the certificates of the authorities that count into a folder here, and name it",
            )


def ratings_descend(ratings: Items[RatingBlock]) -> Iterator[Problem]:
    """The scale runs from best to worst and ends at 0, so that every achievement has its word."""
    for (_, better), (place, worse) in pairwise(ratings):
        if worse.at_least >= better.at_least:
            yield ratings.problem(
                place, "at_least", what=f"rating '{worse.label}' ({worse.at_least}) is not below '{better.label}'"
            )
    last = ratings.items[-1] if ratings.items else None
    if last is not None and last[1].at_least != 0:
        yield ratings.problem(
            last[0], "at_least", what=f"the last rating, '{last[1].label}', must begin at 0, not {last[1].at_least}"
        )
    if last is None:
        yield ratings.problem(
            what="'ratings' is empty", hint="remove the key, and the scale of Permendagri 86/2017 holds"
        )


def words_are_distinct(words: Part[WordsBlock]) -> Iterator[Problem]:
    """One spelling means one word, and what is doubtful means none."""
    meant = {plain(word): word for word in Word}
    for word, spellings in words.value.synonyms.items():
        for place, spelling in enumerate(spellings):
            other = meant.setdefault(plain(spelling), word)
            if other is not word:
                yield words.problem(
                    "synonyms", word.value, place, what=f"'{spelling}' cannot mean {word}: it means {other}"
                )
    for place, phrase in enumerate(words.value.doubtful):
        if plain(phrase) in meant:
            yield words.problem(
                "doubtful", place, what=f"'{phrase}' cannot be doubtful: it means {meant[plain(phrase)]}"
            )
