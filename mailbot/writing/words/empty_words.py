"""The words that explain nothing, as `words.yaml` has them for an office."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.saying import EmptyWords
from mailbot.errors import TemplateProblem
from mailbot.writing.words.templates import read_all_words

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.model.office import Office


def with_empty_words(office: Office, folders: tuple[Path, ...]) -> Office:
    """Return an office that knows which words explain nothing.

    Raises:
        TemplateProblem: no folder has a `words.yaml`, or it does not say which.
    """
    kinds = read_all_words(folders).get("empty_words")
    if not isinstance(kinds, dict) or not all(isinstance(kinds.get(kind), str) for kind in ("silent", "pointing")):
        raise TemplateProblem("words.yaml has no word for empty_words.silent, or none for empty_words.pointing")
    words = (kinds[kind].casefold().split() for kind in ("silent", "pointing"))
    silent, pointing = map(frozenset, words)
    return replace(office, empty_words=EmptyWords(silent=silent, pointing=pointing))
