"""What happens to a filled report before anybody sees it: lists of contents, units' lines, words that fit."""

from __future__ import annotations

from mailbot.writing.word.body import packed, parsed
from mailbot.writing.word.contents import set_contents
from mailbot.writing.word.lines import set_lines
from mailbot.writing.word.typesetting import set_words


def finished(docx: bytes) -> bytes:
    """Return a filled report with its lists of contents, the units' lists line by line, and nothing broken amiss."""
    root = parsed(docx)
    set_lines(root)
    set_contents(root)
    set_words(root)
    return packed(docx, root)
