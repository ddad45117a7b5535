"""Which cycle BATAL is about, where it answers no letter: the one in which its sender spoke last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.procedure.word_asked import waiting_word
from mailbot.core.recall.orders import last_order
from mailbot.core.recall.recalls import is_his, number_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person


def cycle_spoken_in(cycles: Iterable[Cycle], people: Iterable[Person], at: datetime, office: Office) -> Cycle | None:
    """Return the cycle in which one of these people said last what can still be taken back, or None."""
    known = tuple(people)
    found = [(moment, cycle) for cycle in cycles for person in known for moment in _said(cycle, person, at, office)]
    return max(found, key=lambda one: one[0])[1] if found else None


def _said(cycle: Cycle, person: Person, at: datetime, office: Office) -> Iterator[datetime]:
    """Yield when somebody gave the word, the order, the number or the name of a deputy that he can still take back."""
    word, form = waiting_word(cycle, at), last_order(cycle, person, at, office)
    if word is not None and is_his(word, person):
        yield word.given_at
    if form is not None and form.ordered is not None:
        yield form.ordered.given_at
    told = number_told(cycle, person)
    if told is not None:
        yield told.given_at
    today = office.calendar.local(at).date()
    for one in cycle.deputies:
        if person.key in one.principals and one.ended_at is None and today <= one.until and one.last_at is not None:
            yield one.last_at
