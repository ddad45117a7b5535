"""`plan`: who gets what and by when, computed from the SOP, the calendar and the lists, before anything is sent."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from mailbot.core.decide import decide
from mailbot.core.model.cycle import row_due_at
from mailbot.core.model.facts import CycleOpened
from mailbot.core.model.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

_LINE_CHARS = 80
_INDENT = " " * 10


def planned(key: str, office: Office) -> Iterator[str]:
    """Yield the plan of one cycle, as if every row took its full time."""
    plan, calendar = office.plan(key), office.calendar
    begin = calendar.next_office_moment(calendar.at(plan.starts_on, calendar.opens))
    cycle = decide(None, CycleOpened(at=begin, cycle=key), office).cycle
    yield f"Cycle {key}: opens {calendar.local(begin):%a %d %b %Y %H.%M} {calendar.zone_label}"
    since = begin
    for row in office.sop.rows:
        due = row_due_at(cycle, row.step, since, office)
        who = office.roster.holder(row.who, calendar.local(since).date())
        name = who.title if who is not None and row.who is not Role.DIVISION_HEAD else row.who.value.replace("_", " ")
        yield f"  row {row.sop:<3} until {calendar.local(due):%a %d %b %Y %H.%M}"
        yield _INDENT + name
        yield _INDENT + shorten(row.title, _LINE_CHARS - len(_INDENT), placeholder=" ...")
        since = due
    yield "  forms go to:"
    for form in cycle.units:
        day = calendar.local(begin).date()
        head = office.roster.holder(Role.DIVISION_HEAD, day, form.unit)
        asked = len(office.asked_indicators(form.unit, cycle.period)), len(office.asked_budget(form.unit, cycle.period))
        people: list[Person] = [*([head] if head else []), *office.roster.section_heads(form.unit, day)]
        yield f"    {form.unit:<12} {asked[0]} indicators, {asked[1]} budget lines{'' if people else ' -> NOBODY'}"
        yield from (f"      {person.title} <{person.addresses[0]}>" for person in people)
