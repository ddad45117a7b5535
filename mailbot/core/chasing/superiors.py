"""What a superior hears of debts: one letter a day, over units and cycles, each reason once for each rung."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.chasing.ladder import due_above, marks, told_on, without
from mailbot.core.model.letters import LetterKind, letter_key
from mailbot.core.model.letters_of_rows import Escalation
from mailbot.core.model.outcome import Outcome
from mailbot.core.procedure.addressing import line, make_letter, on_initiative

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from mailbot.core.chasing.debt import Debt, ToldAbove
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import TimePassed
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person


def told_above(outcome: Outcome, owed: Sequence[Debt], fact: TimePassed, office: Office) -> Outcome:
    """Add the letters to superiors that are due; they are written in the cycle of the most urgent debt.

    Args:
        outcome: what was decided so far.
        owed: every debt that was asked for, those of other cycles among them.
        fact: the look at the clock.
        office: the office.
    """
    for told in _by_person(owed, fact.at, office).values():
        person = told[0][0]
        if person.addresses[0].casefold() not in fact.told_above and not _told_today(owed, person, fact.at, office):
            outcome = _noted(outcome, person, [one for _, one in told], fact.at, office)
    return outcome


def digest_key(cycle: str, person: str, told: Iterable[ToldAbove], day: date) -> str:
    """Return the key of a letter to a superior: to whom, on which day, and of what it speaks."""
    said = (f"{one.debt.cycle} {one.debt.unit} {one.debt.step} {one.debt.due_at.isoformat()} {one.why}" for one in told)
    standing = hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()[:8]
    return letter_key(LetterKind.ESCALATION, cycle, person, day.isoformat(), standing)


def told_today(owed: Iterable[Debt], person: Person, at: datetime, office: Office) -> tuple[ToldAbove, ...]:
    """Return what a superior was told today of debts that are owed still, the most urgent first."""
    day = office.calendar.local(at).date()
    found = (told_on(debt, person, day, at, office) for debt in sorted(owed, key=lambda debt: debt.urgency))
    return tuple(one for one in found if one is not None)


def not_told(cycle: Cycle, person: str, day: date) -> Cycle:
    """Return the cycle as if a superior had heard nothing of it on a day: the letter never left."""
    for form in cycle.units:
        left = without(form.told_above, person, day)
        cycle = cycle.with_unit(replace(form, told_above=left)) if left != form.told_above else cycle
    left = without(cycle.told_above, person, day)
    return replace(cycle, told_above=left) if left != cycle.told_above else cycle


def _by_person(owed: Iterable[Debt], at: datetime, office: Office) -> dict[str, list[tuple[Person, ToldAbove]]]:
    """Return what is to be told above, by whom it is told; each the most urgent first."""
    found: dict[str, list[tuple[Person, ToldAbove]]] = {}
    for debt in sorted(owed, key=lambda debt: debt.urgency):
        for person, told in due_above(debt, at, office):
            found.setdefault(person.addresses[0].casefold(), []).append((person, told))
    return found


def _told_today(owed: Iterable[Debt], person: Person, at: datetime, office: Office) -> bool:
    """Say whether a superior was told something today already."""
    return bool(told_today(owed, person, at, office))


def _noted(outcome: Outcome, person: Person, told: Sequence[ToldAbove], at: datetime, office: Office) -> Outcome:
    """Note what a superior hears of this cycle's debts, and write the letter where it leads."""
    cycle, day = outcome.cycle, office.calendar.local(at).date()
    notes = []
    for one in told:
        debt = one.debt
        if debt.cycle != cycle.key:
            continue
        form, new = cycle.form_of(debt.unit), marks(one, person, day, at, office)
        if form is None:
            cycle = replace(cycle, told_above=(*cycle.told_above, *new))
        else:
            cycle = cycle.with_unit(replace(form, told_above=(*form.told_above, *new)))
        why = " ".join(reason.value for reason in one.why)
        notes.append(line(at, "escalation", "mailbot", debt.unit, to=person.key, of=debt.person.key, why=why))
    if not notes:
        return outcome
    letters = outcome.letters
    if told[0].debt.cycle == cycle.key:
        about = Escalation(told=tuple(told))
        made = make_letter(about, cycle, on_initiative(person, office, at))
        letters = (*letters, replace(made, key=digest_key(cycle.key, person.key, told, day)))
    return Outcome(cycle=cycle, letters=letters, journal=(*outcome.journal, *notes))
