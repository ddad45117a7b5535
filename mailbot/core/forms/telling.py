"""Who else hears at once of a form that counts: its unit's head, and whoever wrote it (SOP rows 3 and 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.letters_of_rows import Receipt
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.facts import FormArrived
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office


def head_told(answer: Letter, source: Source, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Give the unit's head what somebody else of the unit was answered: the form is his to answer for (row 3)."""
    head = holder(Role.DIVISION_HEAD, office, at, answer.unit)
    if head is None or head.key == source.person.key:
        return ()
    about = answer.about
    copy = replace(
        answer,
        about=replace(about, sender=source.person.key) if isinstance(about, Receipt) else about,
        key=f"{answer.key}/{head.key.casefold()}",
        to=head.key,
        address=head.addresses[0],
        answers=None,
        send_after=office.calendar.next_office_moment(at),
    )
    return (copy,)


def writer_told(receipt: Letter, fact: FormArrived, office: Office) -> tuple[Letter, ...]:
    """Give whoever wrote a form the receipt that its unit's head gets for vouching for it."""
    if not fact.written_by or fact.source.person.owns(fact.written_by):
        return ()
    copy = replace(
        receipt,
        key=f"{receipt.key}/{fact.written_by.casefold()}",
        to=office.roster.named(fact.written_by),
        address=fact.written_by,
        answers=None,
        send_after=office.calendar.next_office_moment(fact.at),
    )
    return (copy,)
