"""Tells the operator of a letter held because nobody knows whether it arrived; the report is never sent twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.addressing import holder
from mailbot.core.letters import Letter, LetterKind, letter_key
from mailbot.core.people import Role
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk


def tell_doubts(clerk: Clerk, at: datetime) -> bool:
    """Write to the operator, once for each time a letter is held in doubt; say whether one was (`outbox release KEY`).

    A letter the operator has held by hand has no error beside it and is not told of.
    """
    operator = holder(Role.OPERATOR, clerk.office, at)
    doubted = [one for one in clerk.ledger.letters.listing(LetterState.HELD) if one.last_error]
    if operator is None or not doubted:
        return False
    letters = tuple(
        Letter(
            key=letter_key(LetterKind.ALARM, "in_doubt", one.key, one.fence),
            kind=LetterKind.ALARM,
            to=operator.key,
            address=operator.addresses[0],
            about=(("what", "in_doubt"), ("detail", one.key)),
        )
        for one in doubted
    )
    new = tuple(one for one in letters if clerk.ledger.letters.by_key(one.key) is None)
    if new:
        write_down(clerk, at, lambda: Decision(letters=new))
    return bool(new)
