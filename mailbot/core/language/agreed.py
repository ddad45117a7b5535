"""What the renderings of a mail come to together, each read for itself, and without the one-time codes in them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.plain_line import plain
from mailbot.core.language.reply_words import Said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailbot.core.language.reply_words import Word

_CODE = re.compile(r"\W*(?:kode\W*)?(\d{6})\W*", re.IGNORECASE)
_CODE_BESIDE = re.compile(r"(\D{2,40}?)\W{1,5}(?:kode\W*)?(\d{6})\W*", re.IGNORECASE)
_VERSION = re.compile(r"(\D{2,60}?)[\s,(]+versi\s+(\d{1,3})[\s).!]*", re.IGNORECASE)


def without_version(own_words: str, version: int) -> str:
    """Return a mail's own words without the version that was asked about, where a line ends with it.

    What stands before it is read by itself; any other version is left, and stands in a word's way.
    """
    kept = []
    for line in own_words.splitlines():
        named = _VERSION.fullmatch(line)
        kept.append(named[1] if named is not None and int(named[2]) == version else line)
    return "\n".join(kept)


def without_codes(own_words: str, codes: tuple[str, ...], synonyms: Mapping[str, Word] | None = None) -> str:
    """Return a mail's own words without these one-time codes, alone on a line or beside one of the spellings."""
    kept = []
    for line in own_words.splitlines():
        code = _CODE.fullmatch(line)
        if code is not None and code[1] in codes:
            continue
        beside = _CODE_BESIDE.fullmatch(line)
        said = beside is not None and beside[2] in codes and plain(beside[1]) in (synonyms or {})
        kept.append(beside[1] if beside is not None and said else line)
    return "\n".join(kept)


def agreed(readings: Sequence[Said]) -> Said:
    """Return what every rendering of a mail comes to; where they differ, nothing is plain.

    What a refusal or an order says beside its word may be laid out in two ways; an approval is understood in both.
    """
    first = readings[0]
    if len({(said.word, plain(said.arguments), plain(said.also)) for said in readings}) == 1:
        unclear = next((said for said in readings if said.unclear), first)
        longest = max(readings, key=lambda said: len(said.in_the_way))
        return replace(unclear, meant=longest.meant, in_the_way=longest.in_the_way)
    told = max(readings, key=lambda said: len(said.remarks))
    meant = {said.word or said.meant for said in readings}
    left = tuple(dict.fromkeys(line for said in readings for line in said.in_the_way))
    return Said(
        remarks=told.remarks, unclear=True, meant=meant.pop() if left and len(meant) == 1 else None, in_the_way=left
    )
