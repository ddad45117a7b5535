"""Who owes something at this moment: every unit that is waited for its form, else whoever says the row's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.chasing.debt import Debt
from mailbot.core.chasing.not_asked_yet import not_asked_yet
from mailbot.core.chasing.whose_move import whose_move
from mailbot.core.codes.awaited import BY_MACHINE
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from mailbot.core.procedure.addressing import holder
from mailbot.core.procedure.obstacles import own_review
from mailbot.core.procedure.word_asked import asked_now, bound_version, waiting_word

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.codes.awaited import Awaited
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.facts import TimePassed
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

_BY_ITSELF = frozenset({DoneWhen.AT_ONCE, DoneWhen.ALL_SENT})
"""What ends a row in which nobody owes anything."""
_BY_FORMS = frozenset({DoneWhen.ALL_RECEIVED, DoneWhen.ALL_ACCEPTED})
"""What ends a row in which units owe their forms."""

HEARD_LATELY = timedelta(hours=1)
"""A pass takes less, from reading the mailboxes to its reminders."""


def debts(cycle: Cycle, at: datetime, office: Office) -> tuple[Debt, ...]:
    """Return who owes what at this moment: every unit that is waited for its form, else whoever says the row's word."""
    ending = office.sop.row(cycle.step).done_when
    if cycle.closed or ending in _BY_ITSELF:
        return ()
    if ending in _BY_FORMS:
        return tuple(
            _form_debt(cycle, form, head, at, office)
            for form in cycle.units
            if not form.settled and (head := holder(Role.DIVISION_HEAD, office, at, form.unit)) is not None
        )
    who = whose_move(cycle, office)
    person = holder(who, office, at) if who is not None else None
    compiled = cycle.draft is None or cycle.draft.compiled_at is not None
    if person is None or not compiled or waiting_word(cycle, at - HEARD_LATELY) is not None:
        return ()
    if cycle.step is Step.RATIFY and own_review(cycle, person, office):
        return ()  # nothing he could say would count; the operator has been told, and sees it every morning
    wanting = awaited(cycle, office)
    return () if wanting in BY_MACHINE else (_word_debt(cycle, person, wanting, office),)


def asked_debts(cycle: Cycle, fact: TimePassed, office: Office) -> tuple[Debt, ...]:
    """Return the debts that were asked for by a letter that left: nobody is reminded of what never reached him."""
    references = dict(fact.references)
    return tuple(
        replace(debt, reference=references.get(debt.unit, "")) if references else debt
        for debt in debts(cycle, fact.at, office)
        if (debt.unit or asked_now(cycle)) not in fact.unasked
        and (debt.unit or not not_asked_yet(cycle.step, debt.wanting, (*fact.unsent, *fact.asked_lately)))
    )


def in_force(due_at: datetime, office: Office) -> datetime:
    """Return when a deadline is over that may lie on a day which was declared closed later: the next working day's."""
    calendar = office.calendar
    day = calendar.local(due_at).date()
    if calendar.is_working_day(day):
        return due_at
    return calendar.cut_off(calendar.next_working_day(day))


def _form_debt(cycle: Cycle, form: UnitForm, head: Person, at: datetime, office: Office) -> Debt:
    """Return what a unit's head owes: the form, or his word which of two is right, by the end of the row."""
    due_at = cycle.due_at if form.rival is not None else form.due_at or cycle.due_at
    lines_at = form.waiting.read.received_at if form.waiting is not None else None
    came = (sent.received_at for sent in form.submissions)
    away = form.away_until if form.away_until is not None and at < form.away_until else None
    return Debt(
        cycle=cycle.key,
        period=cycle.period,
        person=head,
        unit=form.unit,
        step=cycle.step,
        state=form.state,
        asked_at=cycle.since,
        answered_at=max((*came, *([lines_at] if lines_at else [])), default=None),
        due_at=in_force(due_at, office),
        reminders=form.reminders,
        reminded_at=form.reminded_at,
        snoozed_until=form.snoozed_until,
        told_above=form.told_above,
        came=form.attempts,
        returns=form.returned,
        lines_at=lines_at,
        rival_at=form.rival.received_at if form.rival is not None else None,
        away_until=away,
        deputy=form.deputy if away is not None else "",
    )


def _word_debt(cycle: Cycle, person: Person, wanting: Awaited | None, office: Office) -> Debt:
    """Return what the row's person owes: the word that ends it, or what is wanting first."""
    return Debt(
        cycle=cycle.key,
        period=cycle.period,
        person=person,
        unit="",
        step=cycle.step,
        state=cycle.step,
        asked_at=cycle.since,
        due_at=in_force(cycle.due_at, office),
        reminders=cycle.reminders,
        reminded_at=cycle.reminded_at,
        snoozed_until=None,
        told_above=cycle.told_above,
        wanting=wanting,
        asks_version=bound_version(cycle),
    )
