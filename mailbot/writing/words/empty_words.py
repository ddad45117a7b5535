"""The words that explain nothing, as `words.yaml` has them for an office."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.saying import EmptyWords
from mailbot.writing.words.phrases import read_phrases

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.model.office import Office


def with_empty_words(office: Office, folders: tuple[Path, ...]) -> Office:
    """Return an office that knows which words explain nothing.

    Raises:
        TemplateProblem: no folder has a `words.yaml`, or it does not say which.
    """
    phrases = read_phrases(folders, office.calendar)
    words = (phrases.word("empty_words", kind).casefold().split() for kind in ("silent", "pointing"))
    silent, pointing = map(frozenset, words)
    return replace(office, empty_words=EmptyWords(silent=silent, pointing=pointing))
