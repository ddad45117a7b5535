"""When a planned cycle opens, what is due, what was missed: one answer for `plan`, `status`, the letters and the clock.

It opens at the first office moment of its day. What was said of that (TUNDA, BATAL) is an `Arranged`. A cycle whose
moment passed more than `opens_within_days` ago does not open by itself: nobody expects its letters any more. It is
missed, and told until somebody opens it or calls it off. What lay before mailbot began to work here is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.opening.plans import again, planned, planned_between, promises

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from mailbot.core.model.indicators import Period
    from mailbot.core.model.office import Office
    from mailbot.core.opening.arranged import Arranged
    from mailbot.core.opening.plans import CyclePlan

_DAYS_OFF = timedelta(days=21)
"""A day that is planned on a day off opens at most so much later."""


def opens_at(plan: CyclePlan, office: Office, arranged: Mapping[str, Arranged]) -> datetime | None:
    """Return the moment at which a cycle opens by itself (UTC); None if its opening was called off."""
    said = arranged.get(plan.key)
    day = plan.starts_on if said is None else said.starts_on
    if day is None:
        return None
    return office.calendar.next_office_moment(office.calendar.opening(day))


def last_day(plan: CyclePlan, office: Office) -> date:
    """Return the last working day to which the opening of a cycle may be put off, counted from the day planned."""
    first = opens_at(plan, office, {})
    day = plan.starts_on if first is None else office.calendar.local(first).date()
    return working_days_after(day, office.policy.opening_put_off_days, office)


def working_days_after(day: date, count: int, office: Office) -> date:
    """Return the working day so many working days after another."""
    for _ in range(count):
        day = office.calendar.next_working_day(day)
    return day


def coming(
    first: datetime, last: datetime, office: Office, arranged: Mapping[str, Arranged]
) -> tuple[tuple[datetime, CyclePlan], ...]:
    """Return every cycle that opens by itself from one moment to another, with its moment, the earliest first."""
    calendar = office.calendar
    days = calendar.local(first).date() - _DAYS_OFF, calendar.local(last).date()
    near = {plan.key: plan for plan in planned_between(*days, office)}
    put_off = (plan for key in arranged if key not in near and (plan := planned(key, office)) is not None)
    plans = (*near.values(), *put_off)
    moments = ((opens, plan) for plan in plans if (opens := opens_at(plan, office, arranged)) is not None)
    found = [(opens, plan) for opens, plan in moments if first <= opens <= last]
    return tuple(sorted(found, key=lambda one: (one[0], one[1].key)))


Openings = dict[str, "datetime | None"]
"""Key of every cycle that was ever opened -> when it was cancelled, None if it was not."""


def next_key(key: str, openings: Openings) -> str | None:
    """Return the key under which a planned cycle opens next; None if it is open, or closed in good order.

    What was cancelled keeps its key, with the letters and forms that bear it: it is opened anew under another.
    """
    tries = (again(key, number) for number in range(len(openings) + 1))
    last = next(one for one in tries if openings.get(one) is None)
    return None if last in openings else last


def still_to_open(plan: CyclePlan, opens: datetime, openings: Openings) -> bool:
    """Say whether a cycle's opening is still to come about: one cancelled before its day was opened too early."""
    if next_key(plan.key, openings) is None:
        return False
    cancelled = (openings.get(again(plan.key, number)) for number in range(len(openings)))
    return all(at < opens for at in cancelled if at is not None)


def due(
    at: datetime, office: Office, arranged: Mapping[str, Arranged], openings: Callable[[], Openings]
) -> tuple[tuple[str, CyclePlan], ...]:
    """Return the cycles whose moment has come, and is not long gone, each with the key under which it opens.

    One for whose period nothing is promised does not open: its forms would be empty.

    Args:
        at: now.
        office: the office.
        arranged: what was said of openings.
        openings: tells which cycles were ever opened; asked only where one may be due.
    """
    lately = timedelta(days=office.policy.opens_within_days)
    found = coming(at - lately, at, office, arranged)
    opened = openings() if found else {}
    return tuple(
        (next_key(plan.key, opened) or plan.key, plan)
        for opens, plan in found
        if still_to_open(plan, opens, opened) and promises(plan, office)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A cycle that should have opened and did not."""

    key: str
    period: Period
    since: datetime
    promised: bool
    """Whether anything is promised for its period; if not, it waits for its targets."""


def missed(
    at: datetime, office: Office, arranged: Mapping[str, Arranged], *, began_at: datetime, openings: Openings
) -> tuple[Missed, ...]:
    """Return the cycles that should have opened since mailbot began to work here and did not, the earliest first.

    Args:
        at: now.
        office: the office.
        arranged: what was said of openings.
        began_at: when mailbot began to work for this office.
        openings: which cycles were ever opened.
    """
    lately = timedelta(days=office.policy.opens_within_days)
    return tuple(
        Missed(key=plan.key, period=plan.period, since=opens, promised=promised)
        for opens, plan in coming(began_at, at, office, arranged)
        if still_to_open(plan, opens, openings)
        and ((promised := promises(plan, office)) is False or opens < at - lately)
    )
