"""Holds a filled Word file against its template: no tag was dropped, and what each tag printed stands in the file."""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from mailbot.errors import TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lxml.etree import _Element

_SHOWN = 80
_PRINTED: ContextVar[list[str] | None] = ContextVar("printed", default=None)
"""What the tags of the file that is being filled have printed; None while nobody listens."""
_TAG = re.compile(r"\{\{|\{%")
_MARKUP = re.compile(r"<[^>]+>")


def noted(value: object) -> object:
    """Return a value that a tag prints, as it is, and note its text (`finalize` of the environment)."""
    printed = _PRINTED.get()
    if printed is not None:
        text = getattr(value, "plain", value)
        if isinstance(text, str) and not hasattr(text, "__html__"):
            printed.append(text)
    return value


@contextmanager
def listening(to: list[str] | None) -> Iterator[None]:
    """Note in a list what tags print; None: note nothing, for what is printed now is no text of the document."""
    before = _PRINTED.set(to)
    try:
        yield
    finally:
        _PRINTED.reset(before)


def assert_no_tag_dropped(name: str, stories: Mapping[str, str], ready: Callable[[str], str]) -> None:
    """Count the tags of each story before and after docxtpl made it ready: of two in one place it drops one unsaid.

    Args:
        name: the file's name.
        stories: name of a part -> its XML.
        ready: returns a story's XML as Jinja understands it.

    Raises:
        TemplateProblem: a tag is gone.
    """
    for xml in stories.values():
        text = _MARKUP.sub("", xml)
        if len(_TAG.findall(ready(xml))) < len(_TAG.findall(text)):
            raise TemplateProblem(
                f"{name}: two tags stand where one would take the other's place. A tag that begins with {{{{r, {{{{p, "
                f"{{%p or {{%tr wants a piece of text, a paragraph or a row of its own."
            )


def _assert_pieces_fit(name: str, stories: Iterable[_Element]) -> None:
    """Find no text that holds runs or paragraphs of Word, which no program would open."""
    for text in (text for story in stories for text in story.iter(qn("w:t")) if len(text)):
        letter = "p" if text[0].tag in {qn("w:p"), qn("w:tbl")} else "r"
        paragraph = next(text.iterancestors(qn("w:p")), text)
        words = " ".join("".join(str(piece) for piece in paragraph.itertext()).split())
        raise TemplateProblem(
            f"{name} has a tag that must begin with {{{{{letter}: what it prints is more than text. "
            f"It stands in the paragraph '{words[:_SHOWN]}'"
        )


def assert_nothing_lost(name: str, stories: Iterable[_Element], document: str, printed: list[str]) -> None:
    """Find everything that the tags printed in the text of the filled file, blanks folded.

    Raises:
        TemplateProblem: something is not in the document, or a tag prints a piece and does not begin with its letter.
    """
    _assert_pieces_fit(name, stories)
    lost = [text for text in dict.fromkeys(printed) if " ".join(text.split()) not in document]
    if lost:
        raise TemplateProblem(f"{name} lost {len(lost)} value(s) while it was filled, the first: {lost[0][:_SHOWN]!r}")
