"""A letter that did not arrive: the operator and Subbag Program hear of it, and the second address is tried once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_to_operator import Undelivered
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder, line, make_letter, on_initiative

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import LetterUndelivered
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office


def letter_undelivered(cycle: Cycle, fact: LetterUndelivered, office: Office) -> Outcome:
    """Note what is only delayed; tell of what is refused for good."""
    note = line(
        fact.at, "letter_undelivered", fact.person, letter=fact.letter, address=fact.address, status=fact.status
    )
    if not fact.permanent or fact.kind == LetterKind.UNDELIVERED:
        return Outcome(cycle=cycle, journal=(note,))
    told = [holder(role, office, fact.at) for role in (Role.OPERATOR, Role.PLANNING)]
    letters = [
        _notice(cycle, fact, person.key, office)
        for person in told
        if person is not None and person.addresses[0] != fact.address
    ]
    return Outcome(cycle=cycle, letters=tuple(letters), journal=(note,), done=True)


def _notice(cycle: Cycle, fact: LetterUndelivered, person: str, office: Office) -> Letter:
    """Tell one person which letter did not arrive, and what the server said."""
    about = Undelivered(
        letter_key=fact.letter,
        kind=LetterKind(fact.kind),
        person=fact.person,
        address=fact.address,
        reply=fact.status,
    )
    return make_letter(about, cycle, on_initiative(office.roster.person(person), office, fact.at), fact.letter, person)


def second_try(standing: tuple[Letter, ...], fact: LetterUndelivered, office: Office) -> tuple[Letter, ...]:
    """Send a letter once more, to the addressee's second address, if it is one of those that still stand."""
    same = [letter for letter in standing if letter.key == fact.letter]
    second = [person.second_address for person in office.roster.people if person.key == fact.person]
    if not same or not any(second) or fact.address in second:
        return ()
    head, _, last = fact.letter.rpartition("/")
    return (replace(same[0], key=f"{head}/second/{last}", address=second[0]),)
