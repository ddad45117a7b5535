"""Faults in how a finished report is put together: captions, references, empty pages, codes where names belong."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tests.writing.report.ground import codes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.writing.report.finished import Finished
    from tests.writing.report.ground import Ground

_EMPTY_LINES = 12
"""So many lines without a word push what follows onto another page."""
_COMPARISONS = 8


def _captions(finished: Finished, _: Ground) -> Iterator[str]:
    """A number that stands above two tables, or below two pictures."""
    counted = Counter(block.caption for block in finished.blocks if block.caption)
    yield from (" ".join(caption) for caption, times in counted.items() if caption and times > 1)


def _references(finished: Finished, _: Ground) -> Iterator[str]:
    """A table or picture that is spoken of and is nowhere."""
    there = {block.caption for block in finished.blocks if block.caption}
    for block in finished.blocks:
        if block.caption is None:
            found = re.findall(r"\b(Tabel|Gambar) (L?\d+(?:\.\d+)?)\b", block.text)
            yield from (block.text for one in found if one not in there)


def _sources(finished: Finished, _: Ground) -> Iterator[str]:
    """A table or picture without its source."""
    for place, block in enumerate(finished.blocks):
        if block.caption is None:
            continue
        behind = finished.blocks[place + 1 :]
        end = next((at for at, one in enumerate(behind) if one.caption or one.level), len(behind))
        if not any(one.text.startswith("Sumber:") and len(one.text) > len("Sumber: ") for one in behind[:end]):
            yield block.text


def _pages(finished: Finished, _: Ground) -> Iterator[str]:
    """A page without a word."""
    empty, broken = 0, False
    for block in finished.blocks:
        said = bool(block.text.strip()) or block.drawn
        if broken and not said and block.breaks:
            yield "two page breaks with nothing between them"
        if broken and block.level == 1:
            yield f"a page break before {block.text!r}, which begins a page itself"
        empty = 0 if said else empty + 1
        if empty == _EMPTY_LINES:
            yield f"{_EMPTY_LINES} empty lines"
        broken = bool(block.breaks) or (broken and not said)


def _codes(finished: Finished, ground: Ground) -> Iterator[str]:
    """A code where a name belongs: in a picture, a heading, a caption."""
    codes = codes_of(ground.office)
    for picture in finished.pictures:
        yield from (category for category in picture.categories if category in codes)
    for block in finished.blocks:
        if (block.level and block.text.strip(" .0123456789") in codes) or (block.level and block.text.strip() in codes):
            yield block.text
        if block.caption and block.caption[0] == "Gambar" and set(block.text.split()[2:3]) & codes:
            yield block.text


def _comparisons(finished: Finished, ground: Ground) -> Iterator[str]:
    """An indicator that lacks one of its comparisons."""
    for code in ground.results:
        found = list(finished.under(f"{code} "))
        heads = [block.text for _, blocks in found[:1] for block in blocks if block.level]
        numbers = [head.split(".")[0] for head in heads]
        if numbers != [str(number) for number in range(1, _COMPARISONS + 1)]:
            yield f"{code}: {heads}"


def _tags(finished: Finished, _: Ground) -> Iterator[str]:
    """What a template or a program left standing."""
    yield from re.findall(r"\{[{%].*?[}%]\}|\{\w+\}|\bNone\b|\bNaN\b|\bDecimal\(", finished.text)


FORM_RULES: dict[str, Callable[[Finished, Ground], Iterator[str]]] = {
    "caption twice": _captions,
    "reference to nothing": _references,
    "no source": _sources,
    "empty page": _pages,
    "code instead of a name": _codes,
    "comparison left out": _comparisons,
    "tag left standing": _tags,
}
