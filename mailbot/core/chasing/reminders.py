"""Reminders as they leave: of whatever one person owes in one letter a day, with what he has to work on enclosed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.chasing.absences import deputy_of
from mailbot.core.chasing.debt import When
from mailbot.core.chasing.debts import HEARD_LATELY, asked_debts, debts
from mailbot.core.chasing.gathering import gathered, reminder_key
from mailbot.core.chasing.superiors import told_above
from mailbot.core.delivery.leaving import report_outward
from mailbot.core.forms.form_owed import form_owed, shown_figures
from mailbot.core.forms.judging import blank_rows
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import Enclosure, LetterKind
from mailbot.core.model.letters_of_rows import Reminder, ReminderToday
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import line, make_letter, on_initiative
from mailbot.core.procedure.row_beginnings import draft_enclosure
from mailbot.core.procedure.word_asked import asked_now
from mailbot.core.remarks.listed import waiting

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.chasing.debt import Debt
    from mailbot.core.chasing.gathering import Gathered
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.facts import TimePassed
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office


def time_passed(cycle: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """Go on where time or sending ends the row, then remind whoever owes something."""
    del fact, office
    return Outcome(cycle=cycle, done=True)


def remind(outcome: Outcome, before: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """Add the reminders that are due at this moment, and what superiors are to hear of.

    They are due when we last heard everybody, for who has answered since then owes nothing; if that is too long ago,
    nobody is reminded before his mail is read.
    """
    del before
    at, heard = fact.at, fact.heard_until
    if heard is None or at - heard > HEARD_LATELY:
        return outcome
    if not (office.calendar.in_office_hours(heard) and office.calendar.in_office_hours(at)):
        return outcome
    owed = asked_debts(outcome.cycle, fact, office)
    if not owed:
        return outcome
    for found in gathered((*owed, *fact.beside), fact.told, heard, office):
        outcome = _reminded(outcome, found, fact, office)
    return told_above(outcome, (*asked_debts(outcome.cycle, fact, office), *fact.beside), fact, office)


def _reminded(outcome: Outcome, found: Gathered, fact: TimePassed, office: Office) -> Outcome:
    """Note that somebody was reminded of what is due in this cycle, and write the letter where it leads."""
    cycle, at = outcome.cycle, fact.at
    notes = []
    for debt in found.due:
        if debt.cycle != cycle.key:
            continue
        cycle = _counted(cycle, debt, at)
        detail = {"to": debt.person.key, "number": str(debt.reminders + 1), "letter": found.lead.cycle}
        kind = LetterKind.REMINDER_TODAY if found.when is When.TODAY else LetterKind.REMINDER
        notes.append(line(at, kind.value, "mailbot", debt.unit, **detail))
    letters = _letters(found, cycle, fact, office) if found.lead.cycle == cycle.key else ()
    return Outcome(cycle=cycle, letters=(*outcome.letters, *letters), journal=(*outcome.journal, *notes))


def _counted(cycle: Cycle, debt: Debt, at: datetime) -> Cycle:
    """Return the cycle with one more reminder of a debt."""
    form = cycle.form_of(debt.unit)
    if form is None:
        return replace(cycle, reminders=debt.reminders + 1, reminded_at=at)
    return cycle.with_unit(replace(form, reminders=debt.reminders + 1, reminded_at=at))


def not_reminded(cycle: Cycle, address: str, decided_at: datetime, at: datetime, office: Office) -> Cycle:
    """Return the cycle with what somebody was reminded of, and still owes, as it was before a letter that never left.

    Args:
        cycle: the cycle as it stands now.
        address: where the letters of its addressee go, in small letters.
        decided_at: when the letter was decided.
        at: now.
        office: the office.
    """
    for debt in debts(cycle, at, office):
        if debt.address != address or debt.reminded_at != decided_at:
            continue
        form, count = cycle.form_of(debt.unit), max(0, debt.reminders - 1)
        if form is None:
            cycle = replace(cycle, reminded_at=None, reminders=count)
        else:
            cycle = cycle.with_unit(replace(form, reminded_at=None, reminders=count))
    return cycle


def _letters(found: Gathered, cycle: Cycle, fact: TimePassed, office: Office) -> tuple[Letter, ...]:
    """Make one reminder, and its copy to who stands in for a unit's absent head."""
    lead, at = found.lead, fact.at
    form = cycle.form_of(lead.unit)
    kind = ReminderToday if found.when is When.TODAY else Reminder
    about = kind(
        state=lead.state,
        step=cycle.step,
        count=lead.reminders + 1,
        late_days=office.calendar.working_days_between(lead.due_at, at),
        version=cycle.draft.version if cycle.draft else None,
        wanting=lead.wanting,
        lines_at=lead.lines_at,
        rival_at=lead.rival_at,
        tomorrow=found.when is When.TOMORROW,
        last=lead.reminders + 1 >= office.policy.most_per_debt,
        reference=lead.reference if _asks_apart(found) else "",
        beside=found.beside,
    )
    letter = _letter(about, found, cycle, at, office)
    return (letter, *_to_deputy(letter, about, lead, form, fact, office))


def _letter(about: Reminder, found: Gathered, cycle: Cycle, at: datetime, office: Office) -> Letter:
    """Make one reminder, with what its addressee works on and the open points."""
    lead = found.lead
    form = cycle.form_of(lead.unit)
    counting = form.counting if form is not None else None
    last = form.submissions[-1] if form is not None and form.submissions else None
    returned = lead.state is UnitState.RETURNED
    day = office.calendar.local(at).date()
    one_word = not lead.unit and lead.wanting is None and not _asks_apart(found)
    letter = make_letter(
        about,
        cycle,
        on_initiative(lead.person, office, at),
        asks=asked_now(cycle) if one_word else None,
        unit=lead.unit,
        due_at=lead.due_at,
        submission=shown_figures(form, office) or counting or last,
        faults=last.faults if last is not None and returned else (),
        open_rows=blank_rows(counting.data, counting.faults) if counting is not None else (),
        enclosures=_enclosed(found, cycle, office),
    )
    key = reminder_key(lead, found.beside, about.letter_kind, day)
    return replace(letter, key=key, numbers=waiting(cycle) if lead.state is Step.DRAFT else ())


def _asks_apart(found: Gathered) -> bool:
    """Say whether a word in answer to one letter would not say which of two things is meant."""
    return sum(not debt.unit and debt.wanting is None for debt in (found.lead, *found.beside)) > 1


def _to_deputy(
    letter: Letter, about: Reminder, debt: Debt, form: UnitForm | None, fact: TimePassed, office: Office
) -> tuple[Letter, ...]:
    """Return the reminder's copy to who stands in for a unit's absent head, unless he had a reminder today."""
    deputy = deputy_of(form, office, fact.at)
    if deputy is None or form is None or form.away_until is None or deputy.addresses[0].casefold() in fact.told:
        return ()
    copy = replace(
        letter,
        key=f"{letter.key}/{deputy.key.casefold()}",
        to=deputy.key,
        address=deputy.addresses[0],
        about=replace(about, person=debt.person.key, until=form.away_until, beside=()),
    )
    return (copy,)


def _enclosed(found: Gathered, cycle: Cycle, office: Office) -> tuple[Enclosure, ...]:
    """Return what a reminder carries: the forms owed in this cycle, the draft to be judged, the report to be got."""
    own = [debt for debt in (found.lead, *found.beside) if debt.cycle == cycle.key]
    forms = tuple(form_owed(cycle.unit(debt.unit), office) for debt in own if debt.unit)
    if found.lead.unit:
        return forms
    if cycle.step is Step.SUBMIT:
        return (*(() if found.lead.wanting is not None else report_outward(cycle, office)), *forms)
    return (*((draft_enclosure(cycle),) if cycle.draft is not None else ()), *forms)
