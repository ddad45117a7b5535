"""The one sentence in which the books are held against the server, for the morning mail and for `mailbot ledger`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.writing.words.phrases import Phrases

_NAMED_IF_ANY = ("copies", "waiting")
"""Figures that most days are 0 and are then left out."""


def ledger_sentence(figures: Mapping[str, str], phrases: Phrases) -> str:
    """Return `42 masuk = 31 formulir + ...; server 42, selisih 0`, as `words.yaml` has it.

    Args:
        figures: the figures of `clerk.reconciling.Proof` by name, as text; one that is missing or empty is 0.
        phrases: the office's words.

    Raises:
        TemplateProblem: `words.yaml` lacks a part of the sentence.
    """
    names = ("received", "forms", "replies", "robots", "to_look_at", *_NAMED_IF_ANY, "on_server", "difference")
    given = {name: figures.get(name) or "0" for name in names}
    more = "".join(phrases.word("ledger", name).format(**given) for name in _NAMED_IF_ANY if given[name] != "0")
    return phrases.word("ledger", "sentence").format(**given, more=more)
