"""Questions about the office itself: numbers of letters, ratings, reply words."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from mailbot.core.delivery.letter_numbers import PLACES, unknown_places
from mailbot.core.language.plain_line import plain
from mailbot.core.language.reply_words import Word
from mailbot.core.model.form_layout import COLUMNS, FIELDS_BY_HEADER, HEADER_CHARACTERS, header_key
from mailbot.core.papers.checked import Ratified
from mailbot.settings.sayings.said import Mistake, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.files.delivery import LetterNumbersBlock
    from mailbot.settings.files.letters import WordsBlock
    from mailbot.settings.files.office import FormsBlock, RatingBlock
    from mailbot.settings.files.ratified import RatifiedBlock
    from mailbot.settings.sections import Items, Part


def numbers_stand_once(letter_numbers: Part[LetterNumbersBlock]) -> Iterator[Mistake]:
    """A reserved number is given to one letter only, whether that goes out or stays in the house."""
    blocks = (("reserved", letter_numbers.value.reserved), ("reserved_inside", letter_numbers.value.reserved_inside))
    counted = Counter(number for _, block in blocks for number in block)
    for name, block in blocks:
        for number in dict.fromkeys(block):
            if counted.pop(number, 1) > 1:
                times = sum(one.count(number) for _, one in blocks)
                yield letter_numbers.problem(name, what=said("number_reserved_twice", number=number, times=times))


def pattern_is_whole(letter_numbers: Part[LetterNumbersBlock]) -> Iterator[Mistake]:
    """The pattern of a number names its parts alone, and the register's own number is one of them."""
    pattern = letter_numbers.value.pattern
    unknown = unknown_places(pattern)
    known = ", ".join(f"{{{name}}}" for name in PLACES)
    if unknown:
        yield letter_numbers.problem(
            "pattern", what=said("pattern_unknown_part", unknown=unknown[0]), hint=said("pattern_parts", known=known)
        )
    elif pattern.count("{number}") != 1:
        yield letter_numbers.problem("pattern", what=said("pattern_without_number"))


def thresholds_in_order(forms: Part[FormsBlock]) -> Iterator[Mistake]:
    """No achievement is too low and too high at once."""
    low, high = forms.value.explain_below_pct, forms.value.explain_above_pct
    if low > high:
        yield forms.problem("explain_above_pct", what=said("thresholds_crossed", high=high, low=low))


def column_names_are_distinct(forms: Part[FormsBlock]) -> Iterator[Mistake]:
    """A header means one column of a sheet, and is one that can be read as a header."""
    own = {str(column): names for column, names in forms.value.column_names.items()}
    for sheet, columns in COLUMNS.items():
        meant = dict(FIELDS_BY_HEADER[sheet])
        for column in columns:
            for place, name in enumerate(own.get(column.field, ())):
                other = meant.setdefault(header_key(name), column.field)
                if other != column.field:
                    what = said("column_name_of_two", name=name, column=column.field, other=other, sheet=sheet.value)
                    yield forms.problem("column_names", column.field, place, what=what)


def column_names_can_be_read(forms: Part[FormsBlock]) -> Iterator[Mistake]:
    """A header without a letter, or too long for one, is never found."""
    for column, names in forms.value.column_names.items():
        for place, name in enumerate(names):
            if not header_key(name) or len(name) > HEADER_CHARACTERS:
                what = said("column_name_unreadable", name=name, most=HEADER_CHARACTERS)
                yield forms.problem("column_names", column, place, what=what)


def signatures_have_authorities(ratified: Part[RatifiedBlock]) -> Iterator[Mistake]:
    """Whoever wants signed papers says whose certificates count: without that no signature would ever count."""
    block = ratified.value
    for field in ("report", "cover_letter"):
        if getattr(block, field) in {Ratified.SIGNED_PDF, Ratified.SEALED} and not block.certificates:
            yield ratified.problem(
                field,
                what=said("no_authorities", field=field),
                hint=said("put_authorities"),
            )


def ratings_descend(ratings: Items[RatingBlock]) -> Iterator[Mistake]:
    """The scale runs from best to worst and ends at 0, so that every achievement has its word."""
    for (_, better), (place, worse) in pairwise(ratings):
        if worse.at_least >= better.at_least:
            what = said("rating_not_below", label=worse.label, at_least=worse.at_least, better=better.label)
            yield ratings.problem(place, "at_least", what=what)
    last = ratings.items[-1] if ratings.items else None
    if last is not None and last[1].at_least != 0:
        yield ratings.problem(
            last[0], "at_least", what=said("last_rating_not_zero", label=last[1].label, at_least=last[1].at_least)
        )
    if last is None:
        yield ratings.problem(what=said("ratings_empty"), hint=said("remove_ratings"))


def words_are_distinct(words: Part[WordsBlock]) -> Iterator[Mistake]:
    """One spelling means one word, and what is doubtful means none."""
    meant = {plain(word): word for word in Word}
    for word, spellings in words.value.synonyms.items():
        for place, spelling in enumerate(spellings):
            other = meant.setdefault(plain(spelling), word)
            if other is not word:
                what = said("synonym_of_two", spelling=spelling, word=word, other=other)
                yield words.problem("synonyms", word.value, place, what=what)
    for place, phrase in enumerate(words.value.doubtful):
        if plain(phrase) in meant:
            yield words.problem(
                "doubtful", place, what=said("doubtful_and_meant", phrase=phrase, meant=meant[plain(phrase)])
            )
