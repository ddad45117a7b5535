"""The ladder: which superior hears of a debt, after how many working days, and what he was told already.

A unit's head and Subbag Program: the Sekretaris, then the Kepala Dinas. The Sekretaris: the Kepala Dinas. Bappeda is
nobody's subordinate, and Subbag Program hears, who can ask there. Nobody is above the Kepala Dinas; of his silence the
Sekretaris gets one kind note, as late as the Kepala Dinas hears of others, and once the reminders have ended both he
and Subbag Program hear what can be done; status and morning mail show it.
Nobody's superior hears that something is late before he himself was reminded of it, on an earlier day.
That somebody is away is told where another one stands in for him, or where he is not back by the deadline.
Where nobody holds a rung, or whoever holds it owes the thing himself, the next one takes its place and its day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.chasing.debt import Debt, ToldAbove, Why
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder

if TYPE_CHECKING:
    from datetime import date, datetime

    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

_LADDER: dict[Role, tuple[Role, ...]] = {
    Role.DIVISION_HEAD: (Role.SECRETARY, Role.AGENCY_HEAD),
    Role.PLANNING: (Role.SECRETARY, Role.AGENCY_HEAD),
    Role.SECRETARY: (Role.AGENCY_HEAD,),
    Role.PLANNING_BOARD: (Role.PLANNING,),
    Role.AGENCY_HEAD: (Role.SECRETARY, Role.PLANNING),
}
_TIMES_HELPED = 2
"""A superior hears of a form that goes back after so many times as many returns as Subbag Program is first asked."""


def rungs(silent: Person, office: Office, at: datetime) -> tuple[Person, ...]:
    """Return who hears of what somebody owes, the nearest first."""
    known = {silent.addresses[0].casefold()}
    found: list[Person] = []
    for person in (holder(role, office, at) for role in _LADDER.get(silent.role, ())):
        if person is not None and person.addresses[0].casefold() not in known:
            known.add(person.addresses[0].casefold())
            found.append(person)
    return tuple(found)


def due_above(debt: Debt, at: datetime, office: Office) -> tuple[tuple[Person, ToldAbove], ...]:
    """Return who is to be told of a debt at a moment and was not told yet, with why; each reason once for each rung."""
    late = office.calendar.working_days_between(debt.due_at, at)
    found = []
    for rung, person in enumerate(rungs(debt.person, office, at)):
        reasons = _reasons(debt, rung, at, office)
        new = tuple(why for why in reasons if not _told(debt, f"{_matter(why, debt)}/{rung}/"))
        if new:
            found.append((person, ToldAbove(debt=debt, why=new, late_days=late)))
    return tuple(found)


def marks(told: ToldAbove, person: Person, day: date, at: datetime, office: Office) -> tuple[str, ...]:
    """Return how it is written down that somebody was told of a debt on a day."""
    rung = rungs(told.debt.person, office, at).index(person)
    return tuple(f"{_matter(why, told.debt)}/{rung}/{person.key}/{day.isoformat()}" for why in told.why)


def told_on(debt: Debt, person: Person, day: date, at: datetime, office: Office) -> ToldAbove | None:
    """Return what somebody was told of a debt on a day, as it would be said now; None: nothing."""
    ending = f"/{person.key}/{day.isoformat()}"
    matters = {mark.partition("/")[0] for mark in debt.told_above if mark.endswith(ending)}
    why = tuple(one for one in Why if _matter(one, debt) in matters)
    late = office.calendar.working_days_between(debt.due_at, at)
    return ToldAbove(debt=debt, why=why, late_days=late) if why else None


def without(marked: tuple[str, ...], person: str, day: date) -> tuple[str, ...]:
    """Return what was told above without what a letter said on a day that never left."""
    return tuple(mark for mark in marked if not mark.endswith(f"/{person}/{day.isoformat()}"))


def _reasons(debt: Debt, rung: int, at: datetime, office: Office) -> tuple[Why, ...]:
    """Return why whoever stands on a rung is to know of a debt by now."""
    policy, between = office.policy, office.calendar.working_days_between
    late = between(debt.due_at, at) if _reminded_before(debt, at, office) else 0
    since = between(debt.reminded_at, at) if debt.reminded_at is not None else 0
    all_sent = debt.reminders >= policy.most_per_debt and since >= policy.late_every_days
    of_head = debt.person.role is Role.AGENCY_HEAD
    first = policy.agency_head_after_days if of_head else policy.superior_after_days
    if rung and of_head:
        return (Why.STOPPED,) if all_sent else ()
    if rung:
        return (Why.LATE,) if late >= policy.agency_head_after_days else ()
    fitting = (
        (Why.LATE, late >= first),
        (Why.RETURNS, debt.returns >= _TIMES_HELPED * policy.help_after_returns),
        (Why.STOPPED, all_sent),
        (Why.AWAY, debt.away_until is not None and (bool(debt.deputy) or debt.away_until > debt.due_at)),
    )
    return tuple(why for why, fits in fitting if fits)


def _reminded_before(debt: Debt, at: datetime, office: Office) -> bool:
    """Say whether who owes something was reminded on an earlier day: before that, no superior hears that it is late."""
    local = office.calendar.local
    if debt.reminders > 1:
        return True  # once a day at most: of several, one was on an earlier day
    return debt.reminded_at is not None and local(debt.reminded_at).date() < local(at).date()


def _told(debt: Debt, matter: str) -> bool:
    """Say whether a superior was told that already."""
    return any(mark.startswith(matter) for mark in debt.told_above)


def _matter(why: Why, debt: Debt) -> str:
    """Return the reason as it is written down; each absence is one of its own."""
    return f"{why.value} {debt.away_until:%Y-%m-%d}" if why is Why.AWAY and debt.away_until else why.value
