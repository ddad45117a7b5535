"""PERPANJANG tanggal, without a unit: the row's word gets more time, from whoever does not owe it himself.

Whoever may decide has decided then, so that reminders and what superiors hear begin anew, as they do for a unit's form.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.chasing.debts import debts
from mailbot.core.configuration.letters_of_configuration import DeadlineMoved
from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import NotYours, OutOfTurn, Unclear, VerdictNoted
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.orders import commands
from mailbot.core.orders.planning_orders import extend, named_unit, names_a_unit, read_date
from mailbot.core.procedure.addressing import answered, in_answer, line, make_letter, on_initiative

if TYPE_CHECKING:
    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.office import Office

_MAY = (Role.PLANNING, Role.SECRETARY, Role.AGENCY_HEAD)
"""Who gives more time to a word: whoever runs the cycle, and the superiors; nobody gives it to himself."""


def of_who_may(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Is it Subbag Program's, of a unit; or, of the row's word, that of somebody of the house who does not owe it?"""
    owed = _word_owed(cycle, fact, office)
    if owed is None or named_unit(fact.said.arguments, office)[0]:
        return commands.of_planning(cycle, fact, office)
    speaker = fact.source.person.role
    if fact.source.proof is Proof.OPERATOR or (speaker in _MAY and speaker is not owed.person.role):
        return None
    others = tuple(role for role in _MAY if role is not owed.person.role)
    return answered(NotYours(word=fact.spoken, role=others), cycle, fact.source, fact.at)


def names_what(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Does it name a unit that is asked in this cycle, or is the word of the row what it is about?"""
    if _word_owed(cycle, fact, office) is not None and not named_unit(fact.said.arguments, office)[0]:
        return None
    return names_a_unit(cycle, fact, office)


def unit_or_word(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """PERPANJANG before the requests have left: of a unit's form, or of what the row waits for."""
    return (extend if named_unit(fact.said.arguments, office)[0] else prolong)(cycle, fact, office)


def prolong(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """PERPANJANG tanggal: the row's deadline moves to the close of that working day, and who owes the word hears."""
    owed = _word_owed(cycle, fact, office)
    unit, rest = named_unit(fact.said.arguments, office)
    if owed is None or unit:
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.NOTHING_TO_EXTEND), cycle, fact.source, fact.at)
    day = read_date(" ".join((rest, *fact.said.remarks)))
    until = office.calendar.cut_off(day) if day is not None and office.calendar.is_working_day(day) else None
    if until is None or until <= fact.received_at:
        return answered(Unclear(word=fact.spoken, reason=Reason.BAD_DATE), cycle, fact.source, fact.at)
    person, source = owed.person, fact.source
    moved = replace(cycle, due_at=until, reminders=0, told_above=())
    noted = VerdictNoted(word=fact.spoken, step=cycle.step)
    about = DeadlineMoved(former=cycle.due_at, earlier=until < cycle.due_at, by=source.person.key)
    to = on_initiative(person, office, fact.at)
    told = make_letter(about, moved, to, cycle.step.value, person.key, source.mail_sha256[:16], due_at=until)
    letters = (make_letter(noted, moved, in_answer(source), due_at=until), replace(told, asks=None))
    detail = {"former": cycle.due_at.isoformat(), "now": until.isoformat(), "proof": source.proof.value}
    note = line(fact.at, "row_extended", source.person.key, of=person.key, **detail)
    return Outcome(cycle=moved, letters=letters, journal=(note,), done=True)


def _word_owed(cycle: Cycle, fact: CommandGiven, office: Office) -> Debt | None:
    """Return what the row's person owes, if its word is what is waited for."""
    return next((debt for debt in debts(cycle, fact.at, office) if not debt.unit), None)
