"""The one place where a reporting cycle moves (R1): a fact goes in, the new cycle, letters and journal lines come out.

Rules that hold for every case:
- the same cycle and the same fact always give the same outcome; the time stands in the fact (R4);
- a fact that does not fit the row changes nothing, and is answered;
- a closed cycle never moves again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from mailbot.core.addressing import holder, in_answer, line, on_initiative
from mailbot.core.beginnings import draft_letter, request_letter
from mailbot.core.collecting import form_arrived, replaced, unreadable_arrived
from mailbot.core.commands import command_given
from mailbot.core.facts import (
    AbsenceNoticed,
    AnswerUnclear,
    CommandGiven,
    CycleOpened,
    DraftCompiled,
    FormArrived,
    LetterUndelivered,
    MailUnplaced,
    TimePassed,
    UnreadableArrived,
    VerdictGiven,
)
from mailbot.core.letters import LetterKind
from mailbot.core.outcome import Outcome
from mailbot.core.people import Role
from mailbot.core.reminders import remind
from mailbot.core.rows import advance, enter, opened
from mailbot.core.sop import Step
from mailbot.core.verdicts import verdict_given

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.cycle import Cycle
    from mailbot.core.facts import Fact
    from mailbot.core.letters import Letter
    from mailbot.core.office import Office


def decide(cycle: Cycle | None, fact: Fact, office: Office) -> Outcome:
    """Decide one fact.

    Args:
        cycle: the cycle the fact is about; None only for `CycleOpened`.
        fact: what happened.
        office: the office's frozen knowledge.

    Raises:
        ValueError: a fact other than `CycleOpened` came without a cycle; a fault of the program.
    """
    if isinstance(fact, CycleOpened):
        return opened(fact.cycle, fact.at, office) if cycle is None else Outcome(cycle=cycle)
    if cycle is None:
        message = f"{type(fact).__name__} needs a cycle"
        raise ValueError(message)
    return _decided(cycle, fact, office)


def _decided(cycle: Cycle, fact: Fact, office: Office) -> Outcome:
    """Send each fact to where it is decided."""
    match fact:
        case CycleOpened():
            return Outcome(cycle=cycle)
        case TimePassed():
            return _time_passed(cycle, fact, office)
        case FormArrived():
            return form_arrived(cycle, fact, office)
        case UnreadableArrived():
            return unreadable_arrived(cycle, fact, office)
        case VerdictGiven():
            return verdict_given(cycle, fact, office)
        case CommandGiven():
            return command_given(cycle, fact, office)
        case AnswerUnclear():
            return _unclear(cycle, fact)
        case MailUnplaced():
            return _unplaced(cycle, fact)
        case LetterUndelivered():
            return _undelivered(cycle, fact, office)
        case AbsenceNoticed():
            return _absent(cycle, fact, office)
        case DraftCompiled():
            return _compiled(cycle, fact, office)
        case _ as never:
            assert_never(never)


def _time_passed(cycle: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """Go on where time or sending ends a row, and remind whoever owes something."""
    if cycle.closed:
        return Outcome(cycle=cycle)
    return remind(advance(Outcome(cycle=cycle), fact.at, office, unsent=fact.unsent), fact.at, office)


def _compiled(cycle: Cycle, fact: DraftCompiled, office: Office) -> Outcome:
    """Row 6: the wanted version is there; it goes to Subbag Program, or on if they had already passed it on."""
    draft = cycle.draft
    if draft is None or draft.version != fact.version or draft.compiled_at is not None or cycle.step is not Step.DRAFT:
        return Outcome(cycle=cycle)
    made = replace(draft, docx_sha256=fact.docx_sha256, pdf_sha256=fact.pdf_sha256, compiled_at=fact.at)
    moved = replace(cycle, draft=made)
    note = line(fact.at, "draft_compiled", version=str(fact.version), docx=fact.docx_sha256, pdf=fact.pdf_sha256)
    if not made.passed_on:
        return Outcome(cycle=moved, letters=draft_letter(moved, fact.at, office), journal=(note,))
    then = enter(moved, Step.REVIEW, fact.at, office)
    return Outcome(cycle=then.cycle, letters=then.letters, journal=(note, *then.journal))


def _unclear(cycle: Cycle, fact: AnswerUnclear) -> Outcome:
    """Ask once for the exact word."""
    answer = in_answer(
        LetterKind.UNCLEAR,
        fact.source,
        cycle,
        remarks=fact.said.remarks,
        about=(("reason", "unclear"), ("word", ""), ("step", cycle.step.value)),
    )
    return Outcome(cycle=cycle, letters=(answer,), journal=(line(fact.at, "answer_unclear", fact.source.person.key),))


def _unplaced(cycle: Cycle, fact: MailUnplaced) -> Outcome:
    """Say kindly that nothing could be made of the mail, and what can be sent."""
    answer = in_answer(LetterKind.UNPLACED, fact.source, cycle, about=(("step", cycle.step.value),))
    return Outcome(cycle=cycle, letters=(answer,), journal=(line(fact.at, "mail_unplaced", fact.source.person.key),))


def _undelivered(cycle: Cycle, fact: LetterUndelivered, office: Office) -> Outcome:
    """Tell the operator and Subbag Program of a letter that did not arrive; try a request's second address."""
    note = line(
        fact.at, "letter_undelivered", fact.person, letter=fact.letter, address=fact.address, status=fact.status
    )
    if not fact.permanent or fact.kind == LetterKind.UNDELIVERED:
        return Outcome(cycle=cycle, journal=(note,))
    told = [holder(role, office, fact.at) for role in (Role.OPERATOR, Role.PLANNING)]
    letters = [
        on_initiative(
            LetterKind.UNDELIVERED,
            person,
            office,
            cycle,
            fact.at,
            *fact.letter.split("/"),
            person.key,
            about=(
                ("letter_key", fact.letter),
                ("kind", fact.kind),
                ("person", fact.person),
                ("address", fact.address),
                ("reply", fact.status),
            ),
        )
        for person in told
        if person is not None and person.addresses[0] != fact.address
    ]
    return Outcome(cycle=cycle, letters=(*letters, *_second_try(cycle, fact, fact.at, office)), journal=(note,))


def _second_try(cycle: Cycle, fact: LetterUndelivered, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Send a request once more, to the second address, if there is one and it has not been tried."""
    people = [person for person in office.roster.people if person.key == fact.person]
    if fact.kind != LetterKind.REQUEST or not people or cycle.closed:
        return ()
    person = people[0]
    forms = [form for form in cycle.units if form.unit == person.unit]
    if not forms or not person.second_address or fact.address == person.second_address:
        return ()
    return (request_letter(cycle, forms[0], person, at, office, address=person.second_address),)


def _absent(cycle: Cycle, fact: AbsenceNoticed, office: Office) -> Outcome:
    """Keep a vacation's return date as data: reminders to that unit's head pause until then."""
    note = line(fact.at, "absence", fact.person.key, returns=fact.returns_on.isoformat() if fact.returns_on else "")
    forms = [form for form in cycle.units if form.unit == fact.person.unit]
    if fact.person.role is not Role.DIVISION_HEAD or not forms or fact.returns_on is None or cycle.closed:
        return Outcome(cycle=cycle, journal=(note,))
    latest = office.calendar.add_days(fact.at, office.policy.snooze_max_days)
    until = min(office.calendar.at(fact.returns_on, office.calendar.opens), latest)
    return Outcome(cycle=replaced(cycle, replace(forms[0], snoozed_until=until)), journal=(note,))
