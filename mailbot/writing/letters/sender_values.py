"""Who signs a letter and whom its addressee may call: nobody is written to as from outside, or told to call himself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.people import OUTSIDE, Role
from mailbot.writing.values.cycle_values import role_words, title

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.writing.letters.letter_context import LetterContext

_RUN_IT = frozenset({Role.PLANNING, Role.OPERATOR})
_SENIOR = frozenset({Role.AGENCY_HEAD, Role.SECRETARY})


def sender(here: LetterContext) -> str:
    """Return who signs: to other offices the agency, in the house the unit that runs it all, to that unit mailbot."""
    person = here.addressee
    if person.role in OUTSIDE or here.letter.to == here.letter.address:
        return here.office.letterhead.agency_name
    if person.role in _RUN_IT:
        return here.phrases.word("own_service")
    return role_words(Role.PLANNING, here.office, here.phrases)


def senior(here: LetterContext) -> bool:
    """Say whether the addressee stands above the unit that writes."""
    return here.addressee.role in _SENIOR


def contact(here: LetterContext) -> str:
    """Return whom the addressee may call: the office's contact; the unit that is this contact, its operator."""
    day = here.office.calendar.local(here.written_at).date()
    operator = here.office.roster.holder(Role.OPERATOR, day) if here.addressee.role is Role.PLANNING else None
    if operator is None:
        return here.office.letterhead.contact
    way = "by_phone" if operator.phone else "by_mail"
    return here.phrases.word("contact", way).format(
        title=title(operator), phone=operator.phone, address=operator.addresses[0]
    )


VALUES: dict[str, Callable[[LetterContext], object]] = {"sender": sender, "senior": senior, "contact": contact}
"""Name -> how it is made, for the page of letters and the words that name whom to call."""
