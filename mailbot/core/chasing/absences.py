"""Somebody is away, as his vacation reply says: until when, and who of his unit stands in for him (rows 3 and 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import line

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.facts import AbsenceNoticed
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person


def stand_in(away: Person, said: str, office: Office, at: datetime) -> str:
    """Return the key of who stands in, as far as the words name a listed person of the same unit; else empty.

    Args:
        away: who is away.
        said: what his vacation reply says of who stands in, as written.
        office: the office.
        at: the moment it came.
    """
    words, day = said.casefold(), office.calendar.local(at).date()
    others = (
        person
        for person in office.roster.people
        if person.unit is not None and person.unit == away.unit and person.in_office(day)
        if not person.owns(away.addresses[0])
    )
    named = (person.key for person in others if any(name in words for name in _names(person)))
    return next(named, "") if words else ""


def _names(person: Person) -> tuple[str, ...]:
    """Return how a person may be named: addresses, name without degrees, post."""
    plain_name = person.name.partition(",")[0]
    return tuple(name.casefold() for name in (*person.addresses, plain_name, person.title) if name)


def absence_noted(cycle: Cycle, fact: AbsenceNoticed, office: Office) -> Outcome:
    """Write an absence down."""
    del office
    returns = fact.returns_on.isoformat() if fact.returns_on else ""
    note = line(fact.at, "absence", fact.person.key, returns=returns, deputy=fact.deputy, said=fact.said)
    return Outcome(cycle=cycle, journal=(note,))


def absence_kept(cycle: Cycle, fact: AbsenceNoticed, office: Office) -> Outcome:
    """Keep an absence as data. The head's reminders go to his stand-in too; where there is none they pause, in limits.

    Only of a unit's head with a known day of return, and once for an absence: what a robot repeats every day is written
    down, as is any other absence.
    """
    noted = absence_noted(cycle, fact, office)
    form = cycle.form_of(fact.person.unit or "")
    if fact.person.role is not Role.DIVISION_HEAD or form is None or fact.returns_on is None:
        return noted
    back_at = office.calendar.opening(fact.returns_on)
    if form.away_until == back_at and form.deputy == fact.deputy:
        return noted
    away = replace(form, away_until=back_at, deputy=fact.deputy)
    if not fact.deputy:
        away = _paused(away, back_at, fact.received_at, office)
    return replace(noted, cycle=cycle.with_unit(away))


def _paused(form: UnitForm, back_at: datetime, at: datetime, office: Office) -> UnitForm:
    """Return the unit's part with its reminders put off until then, within limits; a longer pause stays.

    Never past the unit's deadline: whoever is late is reminded, there or not.
    """
    until = min(back_at, office.calendar.add_days(at, office.policy.snooze_max_days), form.due_at or back_at)
    return replace(form, snoozed_until=max(form.snoozed_until or until, until))


def deputy_of(form: UnitForm | None, office: Office, at: datetime) -> Person | None:
    """Return who stands in for a unit's absent head at that moment, None if nobody does."""
    if form is None or not form.deputy or form.away_until is None or at >= form.away_until:
        return None
    day = office.calendar.local(at).date()
    people = (person for person in office.roster.people if person.in_office(day))
    return next((person for person in people if person.key == form.deputy), None)
