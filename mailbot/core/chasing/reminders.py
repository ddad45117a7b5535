"""Who owes something at this moment, and whether it is time to say so: weekly, on the day itself, to the superior."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.chasing.absences import deputy_of
from mailbot.core.chasing.not_asked_yet import not_asked_yet
from mailbot.core.chasing.whose_move import whose_move
from mailbot.core.codes.awaited import BY_MACHINE
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.delivery.leaving import report_outward
from mailbot.core.forms.judging import blank_rows
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.form import FaultCode
from mailbot.core.model.letters import Enclosure, EnclosureKind
from mailbot.core.model.letters_of_rows import Escalation, Reminder, ReminderToday
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from mailbot.core.procedure.addressing import holder, line, make_letter, on_initiative, superior, unproved_form
from mailbot.core.procedure.obstacles import own_review
from mailbot.core.procedure.row_beginnings import draft_enclosure
from mailbot.core.procedure.word_asked import asked_now, bound_version, waiting_word
from mailbot.core.remarks.listed import waiting

if TYPE_CHECKING:
    from datetime import date, datetime

    from mailbot.core.codes.awaited import Awaited
    from mailbot.core.model.facts import TimePassed
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

_BY_ITSELF = frozenset({DoneWhen.AT_ONCE, DoneWhen.ALL_SENT})
"""What ends a row in which nobody owes anything."""
_BY_FORMS = frozenset({DoneWhen.ALL_RECEIVED, DoneWhen.ALL_ACCEPTED})
"""What ends a row in which units owe their forms."""
_APART = timedelta(days=6)
"""No two weekly reminders to one debtor lie closer together than this, whatever the clock says."""

HEARD_LATELY = timedelta(hours=1)
"""A pass takes less, from reading the mailboxes to its reminders."""


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
    state: UnitState | Step
    wanting: Awaited | None = None
    """What is owed in place of the row's word."""


def debts(cycle: Cycle, at: datetime, office: Office) -> tuple[Debt, ...]:
    """Return who owes what at this moment: every unit that is waited for its form, else whoever says the row's word."""
    ending = office.sop.row(cycle.step).done_when
    if cycle.closed or ending in _BY_ITSELF:
        return ()
    if ending in _BY_FORMS:
        return tuple(
            _form_debt(cycle, form, head)
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
    return () if wanting in BY_MACHINE else (replace(_word_debt(cycle, person), wanting=wanting),)


def _form_debt(cycle: Cycle, form: UnitForm, head: Person) -> Debt:
    """Return what a unit's head owes: the form, or his word which of two is right, by the end of the row."""
    return Debt(
        person=head,
        unit=form.unit,
        asked_at=cycle.since,
        due_at=cycle.due_at if form.rival is not None else form.due_at or cycle.due_at,
        reminders=form.reminders,
        reminded_at=form.reminded_at,
        snoozed_until=form.snoozed_until,
        state=form.state,
    )


def _word_debt(cycle: Cycle, person: Person) -> Debt:
    """Return what the row's person owes: the word that ends it."""
    return Debt(
        person=person,
        unit="",
        asked_at=cycle.since,
        due_at=cycle.due_at,
        reminders=cycle.reminders,
        reminded_at=cycle.reminded_at,
        snoozed_until=None,
        state=cycle.step,
    )


def time_passed(cycle: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """Go on where time or sending ends the row, then remind whoever owes something."""
    del fact, office
    return Outcome(cycle=cycle, done=True)


def remind(outcome: Outcome, before: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """Add the reminders that are due at this moment, and the word to the superior that goes with one of them.

    They are due when we last heard everybody, for who has answered since then owes nothing; if that is too long ago,
    nobody is reminded before his mail is read.
    """
    del before
    at, heard = fact.at, fact.heard_until
    if heard is None or at - heard > HEARD_LATELY:
        return outcome
    if not (office.calendar.in_office_hours(heard) and office.calendar.in_office_hours(at)):
        return outcome
    for debt in debts(outcome.cycle, at, office):
        kind = due_kind(debt, heard, office)
        asked = bool(debt.unit) or not not_asked_yet(outcome.cycle.step, debt.wanting, fact.unsent)
        if kind is not None and asked and (debt.unit or asked_now(outcome.cycle)) not in fact.unasked:
            outcome = _reminded(outcome, debt, kind, at, office)
    return outcome


def due_kind(debt: Debt, at: datetime, office: Office) -> type[Reminder] | None:
    """Say which reminder is due: on the day itself, weekly, or none; never on the day the thing was asked for."""
    calendar = office.calendar
    today, due = calendar.local(at).date(), calendar.local(debt.due_at).date()
    asked = calendar.local(calendar.next_office_moment(debt.asked_at)).date()
    told = calendar.local(debt.reminded_at).date() if debt.reminded_at is not None else None
    snoozed = debt.snoozed_until is not None and at < debt.snoozed_until
    if snoozed or today <= asked or told == today:
        return None
    if today == due:
        return ReminderToday
    in_time = told is None or (told < _weekly(today, office) and today - told >= _APART)
    return Reminder if in_time and asked < _weekly(today, office) <= today else None


def _weekly(today: date, office: Office) -> date:
    """Return the day of the weekly reminder in the week of `today`: the office's weekday, or the next day it works."""
    day = today + timedelta(days=office.policy.reminder_weekday - today.weekday())
    return day if office.calendar.is_working_day(day) else office.calendar.next_working_day(day)


def _reminded(outcome: Outcome, debt: Debt, kind: type[Reminder], at: datetime, office: Office) -> Outcome:
    """Add one reminder, count it if it is a weekly one, and tell the superior when the count is reached."""
    cycle = outcome.cycle
    weekly = kind is Reminder
    counts = debt.reminders + weekly
    form = cycle.form_of(debt.unit)
    moved = (
        cycle.with_unit(replace(form, reminders=counts, reminded_at=at))
        if form is not None
        else replace(cycle, reminders=counts, reminded_at=at)
    )
    about = _about(kind, debt, moved, counts, at, office)
    unmet = waiting(cycle) if debt.state is Step.DRAFT else ()
    letters = [replace(_letter(about, debt, moved, at, office), numbers=unmet)]
    letters += _to_deputy(letters[0], about, debt, form, at, office)
    above = superior(debt.person, office, at)
    if weekly and counts == office.policy.escalate_after and above is not None:
        letters.append(_escalation(debt, moved, above, at, office))
    note = line(at, kind.letter_kind.value, "mailbot", debt.unit, to=debt.person.key, number=str(counts))
    return Outcome(cycle=moved, letters=(*outcome.letters, *letters), journal=(*outcome.journal, note))


def _to_deputy(
    letter: Letter, about: Reminder, debt: Debt, form: UnitForm | None, at: datetime, office: Office
) -> tuple[Letter, ...]:
    """Return the reminder's copy to who stands in for a unit's absent head."""
    deputy = deputy_of(form, office, at)
    if deputy is None or form is None or form.away_until is None:
        return ()
    copy = replace(
        letter,
        key=f"{letter.key}/{deputy.key.casefold()}",
        to=deputy.key,
        address=deputy.addresses[0],
        about=replace(about, person=debt.person.key, until=form.away_until),
    )
    return (copy,)


def _about(kind: type[Reminder], debt: Debt, cycle: Cycle, counts: int, at: datetime, office: Office) -> Reminder:
    """Return what one reminder says of the debt."""
    form = cycle.form_of(debt.unit)
    return kind(
        state=debt.state,
        step=cycle.step,
        count=counts,
        late_days=office.calendar.working_days_between(debt.due_at, at),
        version=cycle.draft.version if cycle.draft else None,
        wanting=debt.wanting,
        lines_at=form.waiting.read.received_at if form is not None and form.waiting else None,
        rival_at=form.rival.received_at if form is not None and form.rival else None,
    )


def _letter(about: Reminder, debt: Debt, cycle: Cycle, at: datetime, office: Office) -> Letter:
    """Make one reminder, with the form or the draft and the open points enclosed; its key holds the week or the day."""
    form = cycle.form_of(debt.unit)
    counting = form.counting if form is not None else None
    last = form.submissions[-1] if form is not None and form.submissions else None
    returned = debt.state is UnitState.RETURNED
    return make_letter(
        about,
        cycle,
        on_initiative(debt.person, office, at),
        *_reminder_parts(about, debt, cycle, at, office),
        asks=None if debt.unit or debt.wanting is not None else asked_now(cycle),
        unit=debt.unit,
        due_at=debt.due_at,
        submission=counting or last,
        faults=last.faults if last is not None and returned else (),
        open_rows=blank_rows(counting.data, counting.faults) if counting is not None else (),
        enclosures=_enclosed(debt, cycle, office),
    )


def _reminder_parts(about: Reminder, debt: Debt, cycle: Cycle, at: datetime, office: Office) -> tuple[object, ...]:
    """Return the parts of a reminder's key: what it is about and when; the row's word also by row and version."""
    today = office.calendar.local(at).date()
    year, week, _ = today.isocalendar()
    when = today.isoformat() if isinstance(about, ReminderToday) else f"{year}-w{week:02d}"
    if debt.wanting is not None:
        return (when, cycle.step.value, cycle.round, debt.wanting.value)
    return (debt.unit, when) if debt.unit else (when, cycle.round, cycle.step.value, bound_version(cycle))


def _form_owed(debt: Debt, cycle: Cycle, office: Office) -> Enclosure:
    """Return the form that a reminder carries: the one that went back, marked; a fresh one where none did.

    One that nobody has vouched for, or that holds a NIK, is not sent on.
    """
    form = cycle.unit(debt.unit)
    last = form.submissions[-1] if form.submissions else None
    went_back = debt.state is UnitState.RETURNED and last is not None and not last.accepted
    private = last is not None and any(fault.code is FaultCode.PERSONAL_DATA for fault in last.faults)
    if last is None or not went_back or private or unproved_form(last, office):
        return Enclosure(kind=EnclosureKind.FORM, unit=debt.unit)
    return Enclosure(kind=EnclosureKind.RETURNED_FORM, unit=debt.unit, sha256=last.file_sha256)


def _enclosed(debt: Debt, cycle: Cycle, office: Office) -> tuple[Enclosure, ...]:
    """Return what a reminder carries: the form that is owed, the draft to be judged, the report to be acknowledged."""
    if debt.unit:
        return (_form_owed(debt, cycle, office),)
    if cycle.step is Step.SUBMIT:
        return () if debt.wanting is not None else report_outward(cycle, office)
    return (draft_enclosure(cycle),) if cycle.draft is not None else ()


def _escalation(debt: Debt, cycle: Cycle, above: Person, at: datetime, office: Office) -> Letter:
    """Tell the superior, with the dates, that reminders brought nothing."""
    what: tuple[object, ...] = (debt.unit,) if debt.unit else (cycle.step.value, cycle.round)
    what += (debt.wanting.value,) if debt.wanting is not None else ()
    about = Escalation(
        wanting=debt.wanting,
        person=debt.person.key,
        count=office.policy.escalate_after,
        state=debt.state,
        step=cycle.step,
        since=debt.asked_at,
        late_days=office.calendar.working_days_between(debt.due_at, at),
    )
    return make_letter(
        about,
        cycle,
        on_initiative(above, office, at),
        *what,
        office.policy.escalate_after,
        unit=debt.unit,
        due_at=debt.due_at,
    )
