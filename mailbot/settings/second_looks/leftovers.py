"""What an office has kept of the sample: names of another office, addresses of nobody, texts nobody there wrote."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mailbot.settings.blank.answers import NO_CODE
from mailbot.settings.packaged import sample_folder
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.second_looks.places import texts_of
from mailbot.settings.source import read_source
from mailbot.settings.wrongness import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailbot.settings.files.office import LetterheadBlock, OfficeFile
    from mailbot.settings.source import Loc, Source

_MARKS = (
    "DISDUKCAPIL",
    "Dukcapil",
    "Kependudukan dan Pencatatan Sipil",
    "Probolinggo",
    "Mastrip",
    "4438894",
    "425.111",
)
"""What names the sample's office wherever it stands."""
_DOMAIN = re.compile(r"(?:^|[@.])example\.go\.id$", re.IGNORECASE)
_OWN_WORDS = (
    *(("profile", part) for part in ("background", "purposes", "task", "functions", "overview", "strategic_aspects")),
    *(("profile", "vision"), ("profile", "missions"), ("profile", "actions")),
    *(("people", "nip"), ("strategic_issues",), ("indicators", "name"), ("indicators", "definition")),
)
"""Places whose whole text is an office's own: the sample's very words there were forgotten."""
_EXAMPLE = "(contoh)"
_WHERE_EXAMPLES = frozenset(
    {"text", "name", "rank", "numerator", "denominator", "government", "place", "address_line", "contact"}
)
"""Settings that `init` writes with the mark behind them."""
_OFFICE_CODE = ("letter_numbers", "office_code")
"""Printed in every letter's number, and too short for the mark."""
_SHORTEST = 28
_SHOWN = 3


def leftovers(office: OfficeFile, sources: Sequence[Source]) -> Iterator[Mistake]:
    """Name what is left of the sample in the files of an office that is another.

    Args:
        office: the office, which says whose words are its own.
        sources: the five files.
    """
    own_mailbox = not is_nobodys(office.mailbox.address)
    another = office.letterhead.agency_name != _sample_agency()
    for source in sources:
        if another:
            yield from _marks(source, _foreign(office.letterhead))
            yield from _copied(source)
            yield from _examples(source)
            yield from _no_code(source)
        if own_mailbox:
            yield from _domain(source)


def is_nobodys(address: str) -> bool:
    """Say whether an address is under the sample's domain."""
    return _DOMAIN.search(address) is not None


def _foreign(letterhead: LetterheadBlock) -> re.Pattern[str]:
    """Return what finds the sample's names, those apart that are the office's own as well."""
    own = f"{letterhead.government} {letterhead.agency_name} {letterhead.agency} {letterhead.agency_short}".casefold()
    marks = [mark for mark in _MARKS if mark.casefold() not in own]
    return re.compile(rf"\w*(?:{'|'.join(map(re.escape, marks))})\w*" if marks else "(?!)", re.IGNORECASE)


def _marks(source: Source, foreign: re.Pattern[str]) -> Iterator[Mistake]:
    """Name every text in which the sample's office is named."""
    for loc, text in texts_of(source):
        if (found := foreign.search(text)) is not None:
            what = said("names_the_sample", name=named(loc, source), word=found[0])
            yield source.problem(loc, what, said("write_your_own"))


def _domain(source: Source) -> Iterator[Mistake]:
    """Name every address and every server under the sample's domain, which is nobody's."""
    for loc, text in texts_of(source):
        if is_nobodys(text):
            what = said("address_of_the_sample", name=named(loc, source), text=text)
            yield source.problem(loc, what, said("write_your_own"))


def _copied(source: Source) -> Iterator[Mistake]:
    """Name the texts of a file that are the sample's, word for word; one sentence a file."""
    taken = _sample_texts(source.file.rpartition("/")[2])
    places = [loc for loc, text in texts_of(source) if len(text) >= _SHORTEST and text in taken and _is_own(loc)]
    if places:
        names = [named(loc, source) for loc in places]
        shown = ", ".join(names[:_SHOWN])
        more = len(names) - _SHOWN
        what = said("copied_and_more", names=shown, more=more) if more > 0 else said("copied", names=shown)
        yield source.problem(places[0], what, said("write_your_own"))


def _examples(source: Source) -> Iterator[Mistake]:
    """Count the texts that `init` marked as examples; one sentence a file, at the first of them."""
    places = [
        loc
        for loc, text in texts_of(source)
        if text.casefold().endswith(_EXAMPLE) and loc[-1] in _WHERE_EXAMPLES and "benchmarks" not in loc
    ]
    if places:
        what = said("still_examples", count=len(places), name=named(places[0], source))
        yield source.problem(places[0], what, said("still_examples_way", mark=_EXAMPLE))


def _no_code(source: Source) -> Iterator[Mistake]:
    """Name the code that stands in every letter's number until the office writes its own."""
    if dict(texts_of(source)).get(_OFFICE_CODE) == NO_CODE:
        what = said("no_office_code", name=named(_OFFICE_CODE, source), code=NO_CODE)
        yield source.problem(_OFFICE_CODE, what, said("no_office_code_way"))


def _is_own(loc: Loc) -> bool:
    """Say whether a text at that place is an office's own."""
    path = tuple(part for part in loc if isinstance(part, str))
    return any(path[: len(place)] == place for place in _OWN_WORDS)


@lru_cache(maxsize=1)
def _sample_sources() -> dict[str, Source]:
    """Return the sample's files, by name."""
    return {path.name: read_source(path.name, path.read_bytes())[0] for path in sample_folder().glob("*.yaml")}


@lru_cache(maxsize=8)
def _sample_texts(name: str) -> frozenset[str]:
    """Return every text of one file of the sample."""
    source = _sample_sources().get(name)
    return frozenset(text for _, text in texts_of(source)) if source is not None else frozenset()


def _sample_agency() -> str:
    """Return the name of the sample's office."""
    texts = dict(texts_of(_sample_sources()["office.yaml"]))
    return texts["letterhead", "agency_name"]
