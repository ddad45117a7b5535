"""Who owes something at this moment, and whether it is time to say so: weekly, on the day itself, to the superior."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.addressing import holder, line, on_initiative, superior
from mailbot.core.beginnings import draft_enclosure
from mailbot.core.collecting import replaced
from mailbot.core.cycle import Cycle, UnitState
from mailbot.core.judging import blank_rows
from mailbot.core.letters import Enclosure, EnclosureKind, LetterKind
from mailbot.core.outcome import Outcome
from mailbot.core.people import Role
from mailbot.core.rows import given_in_row, matter_version
from mailbot.core.sop import Step

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.letters import Letter
    from mailbot.core.office import Office
    from mailbot.core.people import Person

_APART = timedelta(days=6)
"""No two weekly reminders to one debtor lie closer together than this, whatever the clock says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """Something one person owes now: a unit's form, or the word that ends a row."""

    person: Person
    unit: str
    """Empty where the debt is the row's word."""
    asked_at: datetime
    due_at: datetime
    reminders: int
    reminded_at: datetime | None
    snoozed_until: datetime | None
    state: str


def debts(cycle: Cycle, at: datetime, office: Office) -> tuple[Debt, ...]:
    """Return who owes what at this moment: in rows 3 and 4 every unit not accepted, later whoever the row waits for."""
    if cycle.closed:
        return ()
    if cycle.step in {Step.COLLECT, Step.CHECK}:
        return tuple(
            Debt(
                person=head,
                unit=form.unit,
                asked_at=cycle.since,
                due_at=form.due_at or cycle.due_at,
                reminders=form.reminders,
                reminded_at=form.reminded_at,
                snoozed_until=form.snoozed_until,
                state=form.state.value,
            )
            for form in cycle.units
            if form.state is not UnitState.ACCEPTED
            and (head := holder(Role.DIVISION_HEAD, office, at, form.unit)) is not None
        )
    who = whose_move(cycle, office)
    person = holder(who, office, at) if who is not None else None
    waits = cycle.draft is None or cycle.draft.compiled_at is not None
    if person is None or cycle.step in {Step.REQUEST, Step.ANALYSE} or not waits:
        return ()
    return (
        Debt(
            person=person,
            unit="",
            asked_at=cycle.since,
            due_at=cycle.due_at,
            reminders=cycle.reminders,
            reminded_at=cycle.reminded_at,
            snoozed_until=None,
            state=cycle.step.value,
        ),
    )


def whose_move(cycle: Cycle, office: Office) -> Role | None:
    """Return who must act now; None where the cycle is closed, or where silence is an answer (row 1)."""
    if cycle.closed:
        return None
    if cycle.step is Step.INFORM:
        return Role.PLANNING if given_in_row(cycle) is False else None
    return office.sop.row(cycle.step).who


def remind(outcome: Outcome, at: datetime, office: Office) -> Outcome:
    """Add the reminders that are due at this moment, and the word to the superior that goes with one of them."""
    if not office.calendar.in_office_hours(at):
        return outcome
    for debt in debts(outcome.cycle, at, office):
        kind = _due_kind(debt, at, office)
        if kind is not None:
            outcome = _reminded(outcome, debt, kind, at, office)
    return outcome


def _due_kind(debt: Debt, at: datetime, office: Office) -> LetterKind | None:
    """Say which reminder is due: on the day itself, weekly, or none."""
    here = office.calendar.local(at)
    asked, due = office.calendar.local(debt.asked_at).date(), office.calendar.local(debt.due_at).date()
    if debt.snoozed_until is not None and at < debt.snoozed_until:
        return None
    told = office.calendar.local(debt.reminded_at) if debt.reminded_at else None
    if here.date() == due and asked < due:
        return None if told is not None and told.date() == here.date() else LetterKind.REMINDER_TODAY
    # The day of this week's reminder; if the machine was off then, it is made up for until the week is over.
    weekly = here.date() - timedelta(days=here.weekday() - office.policy.reminder_weekday)
    if not asked < weekly <= here.date():
        return None
    same_week = told is not None and told.isocalendar()[:2] == here.isocalendar()[:2]
    too_soon = debt.reminders > 0 and debt.reminded_at is not None and at - debt.reminded_at < _APART
    return None if same_week or too_soon else LetterKind.REMINDER


def _reminded(outcome: Outcome, debt: Debt, kind: LetterKind, at: datetime, office: Office) -> Outcome:
    """Add one reminder, count it if it is a weekly one, and tell the superior when the count is reached."""
    cycle = outcome.cycle
    counts = debt.reminders + (kind is LetterKind.REMINDER)
    if debt.unit:
        kept = replace(cycle.unit(debt.unit), reminders=counts, reminded_at=at)
        moved = replaced(cycle, kept)
    else:
        moved = replace(cycle, reminders=counts, reminded_at=at)
    letters = [_letter(kind, debt, moved, counts, at, office)]
    above = superior(debt.person.role, office, at)
    if kind is LetterKind.REMINDER and counts == office.policy.escalate_after and above is not None:
        letters.append(_escalation(debt, moved, above, at, office))
    note = line(at, kind.value, "mailbot", debt.unit, to=debt.person.key, number=str(counts))
    return Outcome(cycle=moved, letters=(*outcome.letters, *letters), journal=(*outcome.journal, note))


def _matter(debt: Debt, cycle: Cycle) -> tuple[object, ...]:
    """Return the parts of a key that say what a reminder is about."""
    return (debt.unit,) if debt.unit else (cycle.step.value, cycle.round)


def _letter(kind: LetterKind, debt: Debt, cycle: Cycle, counts: int, at: datetime, office: Office) -> Letter:
    """Make one reminder, with the form or the draft and the open points enclosed; its key holds the week."""
    year, week, _ = office.calendar.local(at).isocalendar()
    late_days = office.calendar.working_days_between(debt.due_at, at)
    form = cycle.unit(debt.unit) if debt.unit else None
    last = form.submissions[-1] if form is not None and form.submissions else None
    tail: tuple[object, ...] = () if debt.unit else (matter_version(cycle),)
    enclosures: tuple[Enclosure, ...] = ()
    if debt.unit:
        enclosures = (Enclosure(kind=EnclosureKind.FORM, unit=debt.unit),)
    elif cycle.draft is not None and cycle.step is not Step.SUBMIT:
        enclosures = (draft_enclosure(cycle),)
    return on_initiative(
        kind,
        debt.person,
        office,
        cycle,
        at,
        *_matter(debt, cycle),
        f"{year}-w{week:02d}",
        *tail,
        unit=debt.unit,
        due_at=debt.due_at,
        submission=last,
        faults=last.faults if last is not None and debt.state == UnitState.RETURNED else (),
        remarks=blank_rows(last.data, last.faults) if last is not None and debt.state == UnitState.PARTIAL else (),
        about=(
            ("state", debt.state),
            ("step", cycle.step.value),
            ("count", str(counts)),
            ("late_days", str(late_days)),
            ("version", str(cycle.draft.version if cycle.draft else 0)),
        ),
        enclosures=enclosures,
    )


def _escalation(debt: Debt, cycle: Cycle, above: Person, at: datetime, office: Office) -> Letter:
    """Tell the superior, with the dates, that reminders brought nothing."""
    return on_initiative(
        LetterKind.ESCALATION,
        above,
        office,
        cycle,
        at,
        *_matter(debt, cycle),
        office.policy.escalate_after,
        unit=debt.unit,
        due_at=debt.due_at,
        about=(
            ("person", debt.person.key),
            ("count", str(office.policy.escalate_after)),
            ("state", debt.state),
            ("step", cycle.step.value),
            ("since", debt.asked_at.isoformat()),
            ("late_days", str(office.calendar.working_days_between(debt.due_at, at))),
        ),
    )
