"""What Subbag Program is told of openings: the working day before, and once a week of those that were missed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import row_ends_at
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.opening.days import coming, last_day, next_key, still_to_open
from mailbot.core.opening.letters_of_opening import Coming, OpeningAhead, OpeningMissed
from mailbot.core.opening.plans import promises
from mailbot.core.procedure.addressing import holder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from mailbot.core.model.office import Office
    from mailbot.core.opening.arranged import Arranged
    from mailbot.core.opening.days import Missed, Openings
    from mailbot.core.opening.plans import CyclePlan


def foreseen(plan: CyclePlan, opens_at: datetime, office: Office) -> Coming:
    """Return a cycle to come with its days, as if every row took its full time."""
    units = plan.units or tuple(unit.key for unit in office.roster.units)
    due: dict[Step, datetime] = {}
    since = opens_at
    for row in office.sop.rows:
        since = due[row.step] = row_ends_at(plan.row_days, row.step, since, office)
    return Coming(
        key=plan.key,
        period=plan.period,
        opens_at=opens_at,
        units=units,
        forms_due_at=due[Step.COLLECT],
        ends_at=since,
        promised=promises(plan, office),
    )


def ahead(
    at: datetime, office: Office, arranged: Mapping[str, Arranged], openings: Callable[[], Openings]
) -> tuple[Letter, ...]:
    """Return the letter about what opens on the next working day; none where nothing does, or nobody is to be told.

    It is one letter however many cycles open that day, and its key is that day.
    """
    planning, calendar = holder(Role.PLANNING, office, at), office.calendar
    if planning is None or not office.policy.openings_announced or not calendar.in_office_hours(at):
        return ()
    day = calendar.next_working_day(calendar.local(at).date())
    found = opening_on(day, at, office, arranged)
    opened = openings() if found else {}
    named = tuple(
        foreseen(replace(plan, key=next_key(plan.key, opened) or plan.key), opens, office)
        for opens, plan in found
        if still_to_open(plan, opens, opened)
    )
    if not named:
        return ()
    return (
        Letter(
            key=letter_key(LetterKind.OPENING_AHEAD, day.isoformat()),
            about=OpeningAhead(openings=named, latest=_latest(named, office)),
            to=planning.key,
            address=planning.addresses[0],
        ),
    )


def _latest(named: tuple[Coming, ...], office: Office) -> datetime | None:
    """Return the last day to which all of these may be put off; None where they may not be at all."""
    lasts = [last_day(office.plan(one.key), office) for one in named]
    days = [day for day, one in zip(lasts, named, strict=True) if day > office.calendar.local(one.opens_at).date()]
    return office.calendar.opening(min(days)) if len(days) == len(named) else None


def opening_on(
    day: date, at: datetime, office: Office, arranged: Mapping[str, Arranged]
) -> tuple[tuple[datetime, CyclePlan], ...]:
    """Return what opens by itself on a day, after a moment; each with its own moment."""
    last = office.calendar.closing(day)
    return tuple((opens, plan) for opens, plan in coming(at, last, office, arranged))


def reminded(missed: tuple[Missed, ...], at: datetime, office: Office) -> tuple[Letter, ...]:
    """Return this week's letter to Subbag Program about cycles that were missed; none where none was."""
    planning = holder(Role.PLANNING, office, at)
    if not missed or planning is None:
        return ()
    year, week, _ = office.calendar.local(at).isocalendar()
    return (
        Letter(
            key=letter_key(LetterKind.OPENING_MISSED, f"{year}-w{week:02d}"),
            about=OpeningMissed(openings=in_words(missed)),
            to=planning.key,
            address=planning.addresses[0],
        ),
    )


def in_words(missed: tuple[Missed, ...]) -> tuple[Coming, ...]:
    """Return cycles that were missed as a letter names them."""
    return tuple(Coming(key=one.key, period=one.period, opens_at=one.since, promised=one.promised) for one in missed)
