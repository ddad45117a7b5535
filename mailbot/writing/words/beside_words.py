"""How people may write the reply words, and what may stand beside one, as `words.yaml` has it for an office."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailbot.core.language.beside import Beside, Kind
from mailbot.core.language.plain_line import plain
from mailbot.core.language.reply_words import Word
from mailbot.errors import TemplateProblem
from mailbot.writing.words.empty_words import with_empty_words
from mailbot.writing.words.templates import read_all_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mailbot.core.model.office import Office


def with_words(office: Office, folders: tuple[Path, ...]) -> Office:
    """Return an office that knows how people write: what `office.yaml` says of a spelling goes before `words.yaml`.

    Raises:
        TemplateProblem: no folder has a `words.yaml`, or what it says of spellings or of `beside` cannot be used.
    """
    words, office = read_all_words(folders), with_empty_words(office, folders)
    doubtful = office.doubtful
    casual = _casual(words) - doubtful
    spellings = {spelling: word for spelling, word in _spellings(words).items() if spelling not in doubtful}
    agree = dict.fromkeys(casual, Word.SETUJU)
    return replace(office, synonyms={**agree, **spellings, **office.synonyms}, casual=casual, beside=beside_of(words))


def beside_of(words: Mapping[str, Any]) -> Beside:
    """Return what may stand beside a deciding word.

    Raises:
        TemplateProblem: a kind is written in a way that cannot be used.
    """
    try:
        table = words["beside"]
        kinds, without = table["kinds"], frozenset((table.get("without") or "").split())
        if unknown := sorted(without - kinds.keys()):
            raise TemplateProblem(f"words.yaml: 'beside.without' names no kind: {', '.join(unknown)}")
        return Beside(
            kinds=tuple(_kind(name, kind) for name, kind in kinds.items() if name not in without),
            phrases=tuple(_phrase(text) for text in (*table["phrases"], *table.get("own_phrases", ()))),
            around=frozenset(table["around"].split()),
            never_under=frozenset(table["never_under"].split()),
            **{name: frozenset(table[name].split()) for name in ("joins", "aims", "wishes", "idle", "persons")},
            posts={role: frozenset(text.split()) for role, text in table["posts"].items()},
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise TemplateProblem(f"words.yaml: 'beside' cannot be used: {error!r}") from error


def _kind(name: str, told: Mapping[str, Any]) -> Kind:
    """Make one kind of what may stand beside a word."""
    needs = tuple(frozenset(need.split()) for need in told["needs"])
    may = frozenset(told.get("may", ()))
    return Kind(
        name=name,
        needs=needs,
        words=frozenset(told["words"].split()).union(*needs),
        titles="titles" in may,
        own="own" in may,
        names_after=frozenset(told.get("names_after", "").split()),
        signs_off="signs_off" in may,
        above="above" in may,
        no_label="no_label" in may,
        free="free" in may,
    )


def _phrase(text: str) -> tuple[tuple[frozenset[str], bool], ...]:
    """Make one phrase: `tidak|tak ada ?lagi catatan` is four places, of which the third may be left out."""
    return tuple(
        (frozenset(word.casefold() for word in place.removeprefix("?").split("|")), not place.startswith("?"))
        for place in text.split()
    )


def _spellings(words: Mapping[str, Any]) -> dict[str, Word]:
    """Return plain spelling -> word."""
    try:
        return {plain(text): Word(word) for word, texts in words["spellings"].items() for text in texts}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise TemplateProblem(f"words.yaml: 'spellings' cannot be used: {error!r}") from error


def _casual(words: Mapping[str, Any]) -> frozenset[str]:
    """Return the plain spellings that agree to anything."""
    return frozenset(plain(text) for text in words.get("casual", ()))
