"""`mailbot plan`: who gets what and by when, computed from SOP, calendar and lists before anything is sent."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.indicators import Period
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

_LINE_CHARS = 80
_INDENT = " " * 10


def plan(
    cycle: Annotated[str | None, typer.Argument(help="Key of one cycle; without it, every cycle.")] = None,
    config: ConfigOption = None,
) -> None:
    """Tell who would get what, and by when, if every row of a cycle took its full time."""
    office = settings_of(config).office()
    from mailbot.cli.options import now
    from mailbot.core.opening import plans

    if cycle is not None and plans.planned(cycle, office) is None:
        raise typer.BadParameter(plans.wrong_key(cycle, office, now()))
    near = plans.planned_near(office.calendar.local(now()).date(), office)
    for key in [cycle] if cycle else [plan.key for plan in near]:
        for text in planned(key, office):
            typer.echo(text)


def planned(key: str, office: Office) -> Iterator[str]:
    """Yield the plan of one cycle, as if every row took its full time."""
    from mailbot.core.decide import decide
    from mailbot.core.model.cycle import row_due_at
    from mailbot.core.model.facts import CycleOpened
    from mailbot.core.model.people import Role

    calendar = office.calendar
    begin = calendar.next_office_moment(calendar.opening(office.plan(key).starts_on))
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
        people = [*([head] if head else []), *office.roster.section_heads(form.unit, day)]
        yield from _asked(form.unit, cycle.period, office, people)


def _asked(unit: str, period: Period, office: Office, people: list[Person]) -> Iterator[str]:
    """Yield what a unit is asked for, and who gets its form."""
    asked = len(office.asked_indicators(unit, period)), len(office.asked_budget(unit, period))
    yield f"    {unit:<12} {asked[0]} indicators, {asked[1]} budget lines{'' if people else ' -> NOBODY'}"
    yield from (f"      {person.title} <{person.addresses[0]}>" for person in people)
