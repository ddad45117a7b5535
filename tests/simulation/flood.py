"""A flood: dozens of tiny mails within minutes, from strangers, in somebody's name, or as robots write them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from tests.simulation.mails import Sheet

if TYPE_CHECKING:
    from mailbot.core.model.office import Office
    from tests.simulation.dice import Dice
    from tests.simulation.phrases import Phrases


class Shore(Protocol):
    """Where a flood comes."""

    office: Office
    dice: Dice
    phrases: Phrases

    def post(self, sheet: Sheet, *, after: timedelta, in_office: bool = True) -> None:
        """Let a mail arrive after that time."""


def flood(shore: Shore) -> bool:
    """Let it come: all from strangers, or all in the name of one person of the list."""
    dice, office = shore.dice, shore.office
    forged = dice.chance(0.5)
    sender = dice.one_of(office.roster.people).addresses[0] if forged else "banjir{}@luar.example"
    for number in range(dice.number(20, 50)):
        words = dice.one_of(shore.phrases.some("orang_luar"))
        sheet = Sheet(sender=sender.format(number), to=office.mailbox, words=words, failed=dice.chance(0.5))
        shore.post(sheet, after=timedelta(seconds=dice.number(0, 900)), in_office=False)
    return True
