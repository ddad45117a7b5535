"""Debts to try the words of reminders and of letters to superiors on, with all that may be said of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.chasing.debt import Debt, ToldAbove, Why
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

_COUNT = 2


def _one_of_each(office: Office, cycle: Cycle) -> tuple[Person, ...]:
    """Return one of each post of which a superior may hear, as far as it is held."""
    roles = (Role.DIVISION_HEAD, Role.PLANNING, Role.AGENCY_HEAD, Role.PLANNING_BOARD)
    held = (office.roster.holder(role, office.calendar.local(cycle.since).date()) for role in roles)
    return tuple(person for person in held if person is not None)


def sample_debt(person: Person, cycle: Cycle) -> Debt:
    """Return what somebody owes, with all that may be said of it."""
    return Debt(
        cycle=cycle.key,
        period=cycle.period,
        person=person,
        unit=cycle.units[0].unit,
        step=Step.REVIEW,
        state=cycle.units[0].state,
        asked_at=cycle.since,
        due_at=cycle.due_at,
        reminders=_COUNT,
        reminded_at=cycle.due_at,
        snoozed_until=None,
        came=_COUNT,
        returns=_COUNT,
        lines_at=cycle.due_at,
        away_until=cycle.due_at,
        deputy=person.key,
        reference="mb1.0123456789abcdef",
    )


def sample_told(office: Office, cycle: Cycle) -> tuple[ToldAbove, ...]:
    """Return what superiors may hear of: each reason, of each post."""
    return tuple(
        ToldAbove(debt=replace(sample_debt(one, cycle), unit=one.unit or ""), why=(why,), late_days=_COUNT)
        for one in _one_of_each(office, cycle)
        for why in Why
    )
