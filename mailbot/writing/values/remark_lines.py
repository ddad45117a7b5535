"""Remarks on a draft in words, each in a line: where it stands, what it says, about what, by whom (rows 6b and 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.remarks.remark import OBJECT, PARAGRAPH, RemarkSource

if TYPE_CHECKING:
    from mailbot.core.remarks.remark import Marked, Remark
    from mailbot.writing.words.phrases import Phrases

_MOST_LINES = 60
_LONGEST, _LONGEST_QUOTE, _LONGEST_PLACE = 600, 120, 60
_LONGEST_OF_MAIL = 10_000
"""A line of a mail stands in full: unlike a file, the mail is not passed on with the list."""
_ABOUT_WORDS = frozenset({RemarkSource.COMMENT, RemarkSource.ANNOTATION, RemarkSource.REPLY})
"""Of these the words around are what the remark is about; of changes they show the place."""


def marked_lines(marked: Marked, phrases: Phrases) -> tuple[str, ...]:
    """Return the remarks of files in a line each, and what is not named."""
    lines = [remark_line(one, phrases) for one in marked.remarks[:_MOST_LINES]]
    left = max(0, len(marked.remarks) - _MOST_LINES) + marked.more
    more = (phrases.word("remark", "more").format(count=left),) if left else ()
    unread = (phrases.word("remark", "not_read").format(names=", ".join(marked.damaged)),) if marked.damaged else ()
    return (*lines, *more, *unread)


def remark_line(remark: Remark, phrases: Phrases) -> str:
    """Return one remark in a line: `BAB III, hal. 12: Mohon dicek. (pada “69,50”, oleh Sekretaris)`."""
    place = ", ".join(part for part in (_cut(remark.heading, _LONGEST_PLACE), _page(remark, phrases)) if part)
    said = _said(remark, phrases)
    behind = ", ".join(part for part in (_around(remark, phrases), _by(remark, phrases)) if part)
    line = f"{place}: {said}" if place else said
    return f"{line} ({behind})" if behind else line


def _said(remark: Remark, phrases: Phrases) -> str:
    """Return what a remark says, or what it is where it says nothing."""
    text = _shown(remark.text, phrases, _LONGEST if remark.file_sha256 else _LONGEST_OF_MAIL)
    code = remark.source.value if text or remark.source in _SEEN else "mark_alone"
    former = _shown(remark.former, phrases, _LONGEST)
    return phrases.word("remark", code).format(text=text, former=former, file=remark.file_name)


_SEEN = frozenset({RemarkSource.PHOTOGRAPH, RemarkSource.SCAN, RemarkSource.REST, RemarkSource.UNREAD})


def _around(remark: Remark, phrases: Phrases) -> str:
    """Return the words that a remark is about, or that show where a change stands."""
    around = _shown(remark.around, phrases, _LONGEST_QUOTE)
    code = "answers" if remark.source is RemarkSource.REPLY else "about" if remark.source in _ABOUT_WORDS else "place"
    return phrases.word("remark", code).format(around=around) if around else ""


def _by(remark: Remark, phrases: Phrases) -> str:
    """Return who wrote it, as the file says."""
    return phrases.word("remark", "by").format(author=_cut(remark.author, _LONGEST_PLACE)) if remark.author else ""


def _page(remark: Remark, phrases: Phrases) -> str:
    """Return on which page it stands, where that is known."""
    return phrases.word("remark", "page").format(page=remark.page) if remark.page else ""


def _shown(text: str, phrases: Phrases, most: int) -> str:
    """Return words on one line, with words for what is none."""
    named = text.replace(OBJECT, phrases.word("remark", "object"))
    return _cut(named.replace(PARAGRAPH, phrases.word("remark", "paragraph")) if text == PARAGRAPH else named, most)


def _cut(text: str, most: int) -> str:
    """Return words on one line, and not too many of them."""
    folded = " ".join(text.split())
    return folded if len(folded) <= most else f"{folded[:most]}…"
