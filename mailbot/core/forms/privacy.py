"""Numbers that look like a NIK: told, taken out of what is kept as data, and not spread (UU 27/2022, SOP row 4)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from mailbot.core.language.nik import masked
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import BudgetAnswer, Entry, Fault, FormData, IndicatorAnswer, Narrative
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.letters_to_operator import HeldBack
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder
from mailbot.core.sorting.placing import answers_to

if TYPE_CHECKING:
    from mailbot.core.sorting.placing import Desk, Sorted

Row = TypeVar("Row", IndicatorAnswer, BudgetAnswer, Narrative)

_TOLD = (Role.PLANNING, Role.OPERATOR)
"""Who hears of a file that is held back."""


def masked_fault(fault: Fault) -> Fault:
    """Return a finding that repeats no number like a NIK."""
    return replace(fault, given=masked(fault.given), expected=masked(fault.expected), other=masked(fault.other))


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
    about = HeldBack(file_name=", ".join(names), sender=desk.mail.sender, received_at=desk.mail.received_at)
    told = [person for role in _TOLD if (person := holder(role, desk.office, desk.at)) is not None]
    letters = [
        Letter(
            key=letter_key(LetterKind.HELD_BACK, desk.mail.sha256[:16], person.key),
            about=about,
            to=person.key,
            address=person.addresses[0],
            send_after=desk.office.calendar.next_office_moment(desk.at),
        )
        for person in told
    ]
    if not any(isinstance(fact, FormArrived) for _, fact in found.facts) and desk.people[0] not in told:
        letters.append(
            Letter(
                key=letter_key(LetterKind.HELD_BACK, desk.mail.sha256[:16], desk.people[0].key),
                about=about,
                to=desk.people[0].key,
                address=desk.mail.sender,
                answers=answers_to(desk.mail),
            )
        )
    return tuple(letters)
