"""Numbers that look like a NIK: told, taken out of what is kept as data, and not spread (UU 27/2022, SOP row 4)."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from mailbot.core.addressing import holder
from mailbot.core.facts import FormArrived
from mailbot.core.form import BudgetAnswer, Entry, FormData, IndicatorAnswer, Narrative
from mailbot.core.letters import Letter, LetterKind, letter_key
from mailbot.core.people import Role
from mailbot.core.placing import answers_to

if TYPE_CHECKING:
    from mailbot.core.placing import Desk, Sorted

Row = TypeVar("Row", IndicatorAnswer, BudgetAnswer, Narrative)

_NIK_DIGITS = 16
_NUMBER = re.compile(r"\d(?:[ \u00a0.-]?\d)+")
"""Digits as people write long numbers and lists of them, with or without a blank, dot or dash between."""
_GROUP = re.compile(r"\d+")
_BORN = re.compile(r"[1-9]\d{5}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}")
"""Six digits of the place, the day of birth (a woman's plus 40), month, year, and four of the series."""
MASK = "#" * _NIK_DIGITS
"""What stands for a number like a NIK in what is kept."""
_TOLD = (Role.PLANNING, Role.OPERATOR)
"""Who hears of a file that is held back."""


def holds_nik(text: str) -> bool:
    """Say whether a number like a NIK stands in a text."""
    return bool(_niks(text))


def masked(text: str) -> str:
    """Return a text with every number like a NIK made unreadable.

    The rule, for digits that stand together with at most one blank, dot or dash between them:
        sixteen in all are masked, however they are grouped: also `3.574.010.101.900.001`, for an amount of that size
        is a state's and not an office's. Any other amount, a NIP (18 digits) and a list of years stay;
        among more digits, sixteen unbroken ones are masked, unless a dot before them makes them a fraction;
        among more digits, sixteen in groups of one kind (or a fraction) are masked if they have a day of birth in them.
    """
    finished, behind = [], 0
    for start, end in _niks(text):
        if start >= behind:
            finished += [text[behind:start], MASK]
        behind = max(behind, end)
    return "".join((*finished, text[behind:]))


def _niks(text: str) -> list[tuple[int, int]]:
    """Return from where to where numbers like a NIK reach, in order; two of them may overlap."""
    found: list[tuple[int, int]] = []
    for run in _NUMBER.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
        if sum(end - start for start, end in groups) == _NIK_DIGITS:
            found.append(run.span())
        else:
            found += _among(text, groups)
    return found


def _among(text: str, groups: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the numbers like a NIK among neighbouring groups of digits."""
    found = []
    for first, (start, _) in enumerate(groups):
        digits, end, between = "", start, set[str]()
        for begins, ends in groups[first:]:
            if digits:
                between.add(text[end])
            digits, end = digits + text[begins:ends], ends
            if len(digits) >= _NIK_DIGITS:
                break
        if len(digits) != _NIK_DIGITS or len(between) > 1:
            continue
        is_whole = not between and not (first and text[start - 1] == ".")
        if is_whole or _BORN.fullmatch(digits):
            found.append((start, end))
    return found


def masked_data(data: FormData) -> FormData:
    """Return a form's answers as they are kept: what looks like a NIK goes into no receipt, recap or report."""
    return replace(
        data,
        indicators=tuple(map(_masked_row, data.indicators)),
        budget=tuple(map(_masked_row, data.budget)),
        narrative=_masked_row(data.narrative),
        filled_by=masked(data.filled_by),
    )


def _masked_row(row: Row) -> Row:
    """Return a row with every text masked; its figures stay."""
    entries = ((one.name, getattr(row, one.name)) for one in fields(row))
    told: dict[str, Any] = {
        name: replace(entry, text=masked(entry.text))
        for name, entry in entries
        if isinstance(entry, Entry) and entry.value is None
    }
    return replace(row, **told)


def held_letters(desk: Desk, found: Sorted) -> tuple[Letter, ...]:
    """Tell Subbag Program and the operator of files that are held back; the sender too, if no form answers him.

    The letters name the files and the sender, and repeat none of the numbers.
    """
    names = tuple(dict.fromkeys(one.file_name for one in desk.mail.forms if one.personal_data))
    if not names or not desk.people:
        return ()
    about = (
        ("file_name", ", ".join(names)),
        ("sender", desk.mail.sender),
        ("received_at", desk.mail.received_at.isoformat()),
    )
    told = [person for role in _TOLD if (person := holder(role, desk.office, desk.at)) is not None]
    letters = [
        Letter(
            key=letter_key(LetterKind.HELD_BACK, desk.mail.sha256[:16], person.key),
            kind=LetterKind.HELD_BACK,
            to=person.key,
            address=person.addresses[0],
            send_after=desk.office.calendar.next_office_moment(desk.at),
            about=about,
        )
        for person in told
    ]
    if not any(isinstance(fact, FormArrived) for _, fact in found.facts) and desk.people[0] not in told:
        letters.append(
            Letter(
                key=letter_key(LetterKind.HELD_BACK, desk.mail.sha256[:16], desk.people[0].key),
                kind=LetterKind.HELD_BACK,
                to=desk.people[0].key,
                address=desk.mail.sender,
                answers=answers_to(desk.mail),
                about=about,
            )
        )
    return tuple(letters)
