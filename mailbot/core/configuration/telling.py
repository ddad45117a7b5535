"""Deadlines that moved with the configuration: the cycle takes them over, and whoever owes something hears of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.chasing.debts import debts
from mailbot.core.configuration.letters_of_configuration import DeadlineMoved
from mailbot.core.configuration.replanning import replanned
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import holder, line, make_letter, on_initiative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailbot.core.configuration.replanning import Moved
    from mailbot.core.configuration.taken import ConfigurationTaken
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

_ASKED = frozenset({Step.REQUEST, Step.COLLECT, Step.CHECK})
"""Rows in which units owe their forms, be it that some requests are still on their way."""


def concerned(cycle: Cycle, moves: tuple[Moved, ...], at: datetime, office: Office) -> Iterator[tuple[Person, Moved]]:
    """Give who owes what has another deadline now, each with its move; who owes nothing is not disturbed."""
    for move in moves:
        if move.unit and cycle.step in _ASKED:
            form, head = cycle.form_of(move.unit), holder(Role.DIVISION_HEAD, office, at, move.unit)
            if form is not None and not form.settled and head is not None:
                yield head, move
        elif not move.unit and cycle.step not in _ASKED:
            yield from ((debt.person, move) for debt in debts(cycle, at, office))


def deadlines_taken(cycle: Cycle, fact: ConfigurationTaken, office: Office) -> Outcome:
    """Take deadlines over as the new configuration reckons them, and tell whoever owes what they are about."""
    anew, moves = replanned(cycle, fact.former, office)
    told = [
        (person, move)
        for person, move in concerned(anew, moves, fact.at, office)
        if not any(_asks_for(key, cycle, move) for key in fact.waiting)
    ]
    letters = tuple(_letter(anew, person, move, fact, office) for person, move in told)
    journal = tuple(
        line(fact.at, "deadline_moved", unit=move.unit, former=move.former.isoformat(), now=move.now.isoformat())
        for move in moves
    )
    return Outcome(cycle=anew, letters=letters, journal=journal)


def _asks_for(key: str, cycle: Cycle, move: Moved) -> bool:
    """Say whether a letter that has not left is the one that asks for what is due: it will bear the new deadline."""
    kind, of_cycle, *rest = key.split("/")
    if of_cycle != cycle.key.casefold():
        return False
    if move.unit:
        return kind == LetterKind.REQUEST.value and rest[:1] == [move.unit.casefold()]
    return kind in _OF_ROW.get(cycle.step, ())


_OF_ROW = {
    Step.INFORM: ("data_needs",),
    Step.DRAFT: ("draft",),
    Step.REVIEW: ("review",),
    Step.RATIFY: ("ratify",),
}
"""Kinds of letter that lay what a row is about before whoever decides it."""


def _letter(cycle: Cycle, person: Person, move: Moved, fact: ConfigurationTaken, office: Office) -> Letter:
    """Tell one person from when to when his deadline moves."""
    about = DeadlineMoved(former=move.former, earlier=move.now < move.former)
    parts = (move.unit or cycle.step.value, person.key, fact.digest[:16])
    letter = make_letter(about, cycle, on_initiative(person, office, fact.at), *parts, unit=move.unit, due_at=move.now)
    return replace(letter, asks=None)
