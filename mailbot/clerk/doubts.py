"""Tells the operator of a letter held because nobody knows whether it arrived; the report is never sent twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.telling import to_operator, unwritten
from mailbot.core.model.letters import AlarmCode
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.letters import Letter
    from mailbot.ledger.values import OutboxLetter


def tell_doubts(clerk: Clerk, at: datetime) -> bool:
    """Write to the operator, once for each time a letter is held in doubt; say whether one was (`outbox release KEY`).

    A letter the operator has held by hand has no error beside it and is not told of.
    """
    doubted = [one for one in clerk.ledger.letters.listing(LetterState.HELD) if one.last_error]
    new = unwritten(clerk, (letter for one in doubted for letter in _doubt(clerk, one, at)))
    if new:
        write_down(clerk, at, lambda: Decision(letters=new))
    return bool(new)


def _doubt(clerk: Clerk, held: OutboxLetter, at: datetime) -> tuple[Letter, ...]:
    """Return what the operator is told of one letter: once for each try that ended in doubt."""
    about = Alarm(what=AlarmCode.IN_DOUBT, detail=held.key)
    return to_operator(clerk, at, about, about.what.value, held.key, held.fence)
