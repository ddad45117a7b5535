"""What happens to a filled report before anybody sees it: lists of contents, units' lines, words that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.word.contents import set_contents
from mailbot.writing.word.lines import set_lines
from mailbot.writing.word.typesetting import set_words

if TYPE_CHECKING:
    from lxml.etree import _Element


def finish(root: _Element) -> None:
    """Give a filled report's body its lists of contents, the units' lists line by line, and let nothing break amiss."""
    set_lines(root)
    set_contents(root)
    set_words(root)
