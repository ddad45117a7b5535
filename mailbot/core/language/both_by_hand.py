"""ARSIP and TERBIT in one mail: one letter asks for both, so both may be said at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word, read_words

if TYPE_CHECKING:
    from mailbot.core.language.reply_words import Lexicon, Said


def both_by_hand(own_words: str, lexicon: Lexicon) -> Said | None:
    """Return what a mail's own words say that say ARSIP on one line and TERBIT on another; None for any other mail.

    What stands on further lines belongs to ARSIP: it says where the binder lies.
    """
    lines = own_words.splitlines()
    words = [read_words(line, lexicon).word for line in lines]
    if words.count(Word.TERBIT) != 1 or set(words) - {None} != {Word.ARSIP, Word.TERBIT}:
        return None
    place = words.index(Word.TERBIT)
    filed = read_words("\n".join((*lines[:place], *lines[place + 1 :])), lexicon)
    return replace(filed, also=read_words(lines[place], lexicon).arguments)
