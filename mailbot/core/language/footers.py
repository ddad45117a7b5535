"""A footer of one's own: a block under the sign-off that came again and was confirmed says nothing about the word.

What nobody knows is asked about, once a mail. For whoever has a motto of his own under every mail that would be once in
every matter, for ever. So the same block, having stood in two proved mails in two matters and been answered with BENAR
both times, is passed over from then on; which lines those are is named where his word is noted.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.beside import is_sign_off, words_in
from mailbot.core.language.plain_line import plain, without_bullet
from mailbot.core.language.reply_words import Said
from mailbot.core.language.reservations import asks, reserves

if TYPE_CHECKING:
    from mailbot.core.language.reply_words import Lexicon

MATTERS = 2
"""In so many matters the same block must have been confirmed."""
_DASHES = re.compile(r"^--\s?$")
_DATED = re.compile(r"\d{1,2}[./-]\d{1,2}")


def footer_of(own: str, said: Said, lexicon: Lexicon) -> str:
    """Return the block that stands in the way of a mail's word, if it may ever become a footer; else an empty text.

    Each line that is not understood must stand below the sign-off; none may reserve, ask for anything or name a day.

    Args:
        own: what the sender certainly wrote.
        said: what it was read as.
        lexicon: how the office's people write.
    """
    lines = own.splitlines()
    ends = (at for at, line in enumerate(lines) if _DASHES.match(line) or is_sign_off(line, lexicon.beside))
    signed = next(ends, None)
    left = [line.strip() for line in said.in_the_way]
    if signed is None or not left or said.meant is None:
        return ""
    written = [without_bullet(line) for line in lines]
    below = written[signed + 1 :]
    if any(line not in below or written.count(line) > 1 or not _is_harmless(line, lexicon) for line in left):
        return ""
    return "\n".join(plain(line) for line in left)


def without_footer(own: str, said: Said, lexicon: Lexicon, footers: frozenset[str]) -> Said:
    """Return what a mail says where the block in its way is a known footer of its sender; else what it said before."""
    if said.meant is None or footer_of(own, said, lexicon) not in footers:
        return said
    return replace(said, word=said.meant, unclear=False, meant=None, in_the_way=(), footer=said.in_the_way)


def _is_harmless(line: str, lexicon: Lexicon) -> bool:
    """Say whether a line reserves nothing, asks for nothing, and names no day."""
    said = lexicon.beside.never_under.intersection(words_in(line))
    return not (said or reserves(line, below=True) or asks([line]) or _DATED.search(line))
