"""What an edit of the settings changes, as sentences: to the operator, in the journal, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from textwrap import shorten
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.core.configuration.change import Change
    from mailbot.core.configuration.difference import Value
    from mailbot.writing.words.phrases import Phrases

_LONGEST = 300
"""A value that is longer is cut: whoever edited it has it before him."""


def sentences(changes: Iterable[Change], phrases: Phrases) -> tuple[str, ...]:
    """Return a sentence for every change, in their order.

    Raises:
        TemplateProblem: `words.yaml` lacks one.
    """
    return tuple(_sentence(change, phrases) for change in changes)


def _sentence(change: Change, phrases: Phrases) -> str:
    """Return the sentence of one change."""
    former, now = (value_words(value, phrases) for value in (change.former, change.now))
    words = phrases.word("settings_edit", change.what.value).format(
        whom=change.whom,
        former=former,
        now=now,
        cycle=change.cycle,
        file=f"{change.path[0]}.yaml" if change.path else "",
        key=".".join(change.path[1:]),
        last=change.path[-1] if change.path else "",
    )
    return " ".join(words.split()).removesuffix("..") + "." * words.endswith("..")


def value_words(value: Value, phrases: Phrases) -> str:
    """Return what a file says at one place, as people read it; several values with semicolons between."""
    if isinstance(value, tuple):
        words = "; ".join(value_words(one, phrases) for one in value)
    elif isinstance(value, Mapping):
        words = "; ".join(f"{key}: {value_words(one, phrases)}" for key, one in value.items())
    else:
        words = _scalar(value, phrases)
    return shorten(words, _LONGEST, placeholder=" …") or phrases.word("settings_value", "nothing")


def _scalar(value: Value, phrases: Phrases) -> str:
    """Return one scalar in words; empty for nothing."""
    if isinstance(value, bool):
        return phrases.word("settings_value", "yes" if value else "no")
    if isinstance(value, datetime):
        return phrases.moment(value)
    if isinstance(value, date):
        return phrases.day(value)
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, Decimal):
        return phrases.number(value, 0)
    return "" if value is None else str(value)
