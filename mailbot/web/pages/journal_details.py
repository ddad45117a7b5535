"""What stands beside an event of the journal, in words: codes as people call them, moments in the office's time."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.core.language.nik import masked
from mailbot.errors import TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.web.pages.page import Here
    from mailbot.writing.plan.why import Reasons

_MARK_DIGITS = 12
_DIGEST = re.compile(r"[0-9a-f]{16,64}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")
_PEOPLE = frozenset({"to", "of", "deputy", "signer", "before", "posts"})
"""Details that name people by their keys, several with blanks between."""
_CODES = {"step": "step", "role": "role", "proof": "proof"}
"""Details that hold a code, with the group of words that has it (`templates/words.yaml`)."""
_OWN_CODES = {"outcome": "outcomes", "which": "papers"}
"""The same of the board's own words."""


def detail_words(detail: Iterable[tuple[str, str]], titles: dict[str, str], reasons: Reasons, here: Here) -> str:
    """Return the details of one line; what is a number like a NIK is masked.

    Args:
        detail: names and values as the journal holds them.
        titles: key of each person of the list -> what he is called.
        reasons: what letters are called.
        here: who looks.
    """
    names: dict[str, str] = here.words["details"]
    told = (
        f"{names.get(name, name.replace('_', ' '))}: {_value(name, value, titles, reasons, here)}"
        for name, value in detail
        if value
    )
    return masked("; ".join(told))


def _value(name: str, value: str, titles: dict[str, str], reasons: Reasons, here: Here) -> str:
    """Return one value; of a digest its beginning, by which people tell one from another."""
    if _DIGEST.fullmatch(value):
        return value[:_MARK_DIGITS]
    if _MOMENT.fullmatch(value):
        return here.phrases.moment(datetime.fromisoformat(value))
    if name in _PEOPLE:
        return ", ".join(titles.get(key, key) for key in value.split(" "))
    if name == "letter" and "/" in value:
        return _letter(value, reasons)
    if name in _CODES:
        known: dict[str, str] = here.phrases.words[_CODES[name]]
        return known.get(value, value)
    if name in _OWN_CODES:
        own: dict[str, str] = here.words[_OWN_CODES[name]]
        return own.get(value, value)
    yes: dict[str, str] = here.words["answers_given"]
    return yes.get(value, value)


def _letter(key: str, reasons: Reasons) -> str:
    """Return what a letter is called, and the rest of its key, by which it is told from others of its kind."""
    kind, _, rest = key.partition("/")
    try:
        return f"{reasons.letter(kind)} ({rest})"
    except TemplateProblem:
        return key
