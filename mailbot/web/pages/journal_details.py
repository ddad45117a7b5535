"""What stands beside an event of the journal, in words: codes as people call them, moments in the office's time."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.core.codes.letter_kinds import LetterKind
from mailbot.core.language.nik import masked
from mailbot.core.model.form import FaultCode
from mailbot.errors import TemplateProblem
from mailbot.writing.words.form_words import read_fault_words
from mailbot.writing.words.templates import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.web.pages.page import Here
    from mailbot.writing.plan.why import Reasons

_MARK_DIGITS = 12
_DIGEST = re.compile(r"[0-9a-f]{16,64}")
_DIGEST_PART = re.compile(r"[0-9a-f]{8,64}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")
_PEOPLE = frozenset({"to", "of", "deputy", "signer", "before", "posts"})
"""Details that name people by their keys, several with blanks between."""
_CODES = {"step": "step", "role": "role", "proof": "proof"}
"""Details that hold a code, with the group of words that has it (`templates/words.yaml`)."""
_OWN_CODES = {"outcome": "outcomes", "which": "papers", "cause": "causes"}
"""The same of the board's own words."""
_KINDS = frozenset(kind.value for kind in LetterKind)


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
        return letter_words(value, titles, reasons, here)
    if name == "kind":
        return _kind(value, reasons)
    if name == "reason":
        return _reason(value, here)
    if name == "faults":
        return _faults(value, here)
    if name in _CODES:
        known: dict[str, str] = here.phrases.words[_CODES[name]]
        return known.get(value, value)
    if name in _OWN_CODES:
        own: dict[str, str] = here.words[_OWN_CODES[name]]
        return own.get(value, value)
    yes: dict[str, str] = here.words["answers_given"]
    return yes.get(value, value)


def letter_words(key: str, titles: dict[str, str], reasons: Reasons, here: Here) -> str:
    """Return what a letter is called, and by what it is told from others of its kind: cycle, unit, person, number.

    Digests, and why something went back, which stands in a detail of its own, are left out.
    """
    kind, _, rest = key.partition("/")
    if kind not in _KINDS:
        return key
    unread: dict[str, str] = here.words["sent_back"]
    units = _units(here)
    parts = (part for part in rest.split("/") if not _DIGEST_PART.fullmatch(part) and part not in unread)
    told = ", ".join(titles.get(part, part.upper() if part in units else part) for part in parts)
    return f"{_kind(kind, reasons)} ({told})" if told else _kind(kind, reasons)


def _units(here: Here) -> frozenset[str]:
    """Return the keys of units as keys of letters have them, in small letters."""
    return frozenset(unit.key.casefold() for unit in here.office.roster.units)


def _kind(code: str, reasons: Reasons) -> str:
    """Return what a kind of letter is called; of no kind of ours the code."""
    try:
        return reasons.letter(code)
    except TemplateProblem:
        return code


def _reason(code: str, here: Here) -> str:
    """Return why a word, or what came in place of a form, changed nothing; what somebody wrote stays as he wrote it."""
    words: dict[str, str] = here.words["reasons"]
    unread: dict[str, str] = here.words["sent_back"]
    told = words.get(code) or unread.get(code, code)
    return told[:1].lower() + told[1:] if code in unread else told


def _faults(codes: str, here: Here) -> str:
    """Return what was found in a form, by the names of the findings."""
    book = read_fault_words(in_language(here.board.template_folders, here.viewer.language))
    known = {code.value: code for code in FaultCode}
    return ", ".join(book.name(known[code]) if code in known else code for code in codes.split(","))
