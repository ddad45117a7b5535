"""Which cycle BATAL is about, where it answers no letter: the one in which its sender spoke last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.procedure.word_asked import waiting_word
from mailbot.core.recall.recalls import is_his

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, Verdict
    from mailbot.core.model.people import Person


def cycle_spoken_in(cycles: Iterable[Cycle], people: Iterable[Person], at: datetime) -> Cycle | None:
    """Return the cycle in which one of these people gave the latest word that can still be taken back, or None."""
    known = tuple(people)

    def his(cycle: Cycle) -> Verdict | None:
        word = waiting_word(cycle, at)
        return word if word is not None and any(is_his(word, person) for person in known) else None

    found = [(word.given_at, cycle) for cycle in cycles if (word := his(cycle)) is not None]
    return max(found, key=lambda one: one[0])[1] if found else None
