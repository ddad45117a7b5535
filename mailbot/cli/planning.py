"""`mailbot plan`: who gets what, when and why, found out by playing the office ahead of time; nothing is sent."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, now, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.indicators import Period
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person, Role
    from mailbot.core.opening.plans import CyclePlan
    from mailbot.rehearsal.foresight.foreseeing import Future
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings
    from mailbot.writing.plan.planned import Plan, Planner

_LINE_CHARS = 100
_UNDER_WAY = timedelta(days=60)
"""A cycle that opened so long ago, and not longer, may still be under way."""
_INDENT = " " * 10
_PageOption = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Also write it as a page.")]
_CalendarOption = Annotated[
    Path | None, typer.Option("--ics", metavar="FILE", help="Also write it as a calendar, as if everybody answered.")
]
_YearOption = Annotated[int | None, typer.Option("--year", help="Every cycle that opens in this year.")]


def plan(
    cycle: Annotated[str | None, typer.Argument(help="Key of one cycle; without it, every cycle.")] = None,
    config: ConfigOption = None,
    year: _YearOption = None,
    html: _PageOption = None,
    ics: _CalendarOption = None,
) -> None:
    """Tell every mail that would go out, to whom, when and why: if everybody answers, and if nobody does."""
    from mailbot.settings.sayings.catalogue import speech
    from mailbot.writing.plan.page import plan_calendar, plan_page

    settings = settings_of(config)
    say = speech(settings.language)
    plans = chosen(settings.office(), now(), cycle, year, say)
    typer.echo(say("pl_reckoning"), err=True)  # ten seconds for a year of an office
    futures = _futures(settings, plans)
    for text in _rows(futures["on_time"].cycles, settings.office(), say):
        typer.echo(text)
    planner = _planner(settings, plans)
    told = {code: _told(planner, code, future) for code, future in futures.items()}
    for one in told.values():
        for text in _table(one, planner):
            typer.echo(text)
    if html is not None:
        html.write_bytes(plan_page(tuple(told.values()), planner.office, planner.folders, planner.words))
        typer.echo(say("pl_written", path=html))
    if ics is not None:
        ics.write_bytes(plan_calendar(told["on_time"], planner.office, planner.words, now()))
        typer.echo(say("pl_written", path=ics))


def planned(key: str, settings: Settings) -> Iterator[str]:
    """Yield the rows of one cycle, as if everybody answered on the day of his deadline."""
    from mailbot.rehearsal.foresight.answering import Answering
    from mailbot.rehearsal.foresight.foreseeing import foresee
    from mailbot.settings.sayings.catalogue import speech

    office = settings.office()
    foreseen = foresee(settings, (office.plan(key),), Answering.ON_TIME)
    yield from _rows(foreseen.cycles, office, speech(settings.language))


def chosen(office: Office, at: datetime, cycle: str | None, year: int | None, say: Say) -> tuple[CyclePlan, ...]:
    """Return the cycles that are asked for; else those that may be under way or open within a year.

    Where none does, every single one and those of the last year are told as what they are: past.
    """
    from mailbot.cli.telling.wrong_cycle import wrong_cycle
    from mailbot.core.opening.plans import AROUND, planned_between, planned_near
    from mailbot.core.opening.plans import planned as plan_of

    if cycle is not None:
        found = plan_of(cycle, office)
        if found is None:
            raise typer.BadParameter(wrong_cycle(cycle, office, at, say))
        return (found,)
    if year is not None:
        opening = planned_between(date(year, 1, 1), date(year, 12, 31), office)
    else:
        today = office.calendar.local(at).date()
        opening = planned_between(today - _UNDER_WAY, today + AROUND, office)
        if not opening and (opening := planned_near(today, office)):
            typer.echo(say("pl_all_past"), err=True)
    if not opening:
        raise typer.BadParameter(say("cy_none_in", year=year))
    return opening


def _futures(settings: Settings, plans: Sequence[CyclePlan]) -> dict[str, Future]:
    """Return what would happen, by how people answer."""
    from mailbot.rehearsal.foresight.answering import Answering
    from mailbot.rehearsal.foresight.foreseeing import foresee

    return {
        answering.value: foresee(settings, plans, answering)
        for answering in (Answering.AT_ONCE, Answering.ON_TIME, Answering.NOBODY)
    }


def _planner(settings: Settings, plans: Sequence[CyclePlan]) -> Planner:
    """Return what puts plans into words."""
    from mailbot.settings.days_off import national_days
    from mailbot.writing.plan.planned import Planner
    from mailbot.writing.words.templates import in_language

    years = {day.year + more for day in (one.starts_on for one in plans) for more in (0, 1)}
    names = {day: name for year in sorted(years) for day, name in national_days(year).items()}
    folders = in_language(settings.template_folders, settings.language)
    return Planner(office=settings.office(), folders=folders, names=names)


def _told(planner: Planner, code: str, future: Future) -> Plan:
    """Put one future into words."""
    from mailbot.rehearsal.foresight.foreseeing import WATCHED_DAYS

    return planner.plan(code, future.mails, future.cycles, WATCHED_DAYS)


def _rows(cycles: Sequence[Cycle], office: Office, say: Say) -> Iterator[str]:
    """Yield each cycle's rows with their deadlines, and who gets a form."""
    from mailbot.core.model.people import Role

    calendar = office.calendar
    for cycle in cycles:
        begin = calendar.local(cycle.opened_at)
        yield say("pl_opens", cycle=cycle.key, day=_day(begin, say), clock=f"{begin:%H.%M} {calendar.zone_label}")
        for step, since, due, _ in cycle.rows_done:
            row = office.sop.row(step)
            mark = f" ({say('st_estimate')})" if calendar.is_estimate(cycle.opened_at, due) else ""
            ends, named = calendar.local(due), say("st_row_name", row=row.sop)
            yield "  " + say("pl_until", row=named, day=_day(ends, say), clock=f"{ends:%H.%M}", mark=mark)
            yield _INDENT + _who(row.who, office, calendar.local(since).date(), say)
            yield _INDENT + shorten(row.title, _LINE_CHARS - len(_INDENT), placeholder=" ...")
        yield "  " + say("pl_forms_go_to")
        for form in cycle.units:
            head = office.roster.holder(Role.DIVISION_HEAD, begin.date(), form.unit)
            people = [*([head] if head else []), *office.roster.section_heads(form.unit, begin.date())]
            yield from _asked(form.unit, cycle.period, office, people, say)


def _who(role: Role, office: Office, day: date, say: Say) -> str:
    """Return who has a row in his hands on a day: his title, or the role of those who are many."""
    from mailbot.cli.telling.standing_words import role_words
    from mailbot.core.model.people import Role

    holder = None if role is Role.DIVISION_HEAD else office.roster.holder(role, day)
    return role_words(role, say) if holder is None else holder.title


def _day(moment: datetime, say: Say) -> str:
    """Return a day with its weekday."""
    return f"{say('pl_weekdays').split()[moment.weekday()]} {moment:%Y-%m-%d}"


def _asked(unit: str, period: Period, office: Office, people: list[Person], say: Say) -> Iterator[str]:
    """Yield what a unit is asked for, and who gets its form."""
    asked = len(office.asked_indicators(unit, period)), len(office.asked_budget(unit, period))
    told = say("pl_asked", unit=unit, indicators=asked[0], budget=asked[1])
    yield f"    {told}{'' if people else say('pl_nobody')}"
    yield from (f"      {person.title} <{person.addresses[0]}>" for person in people)


def _table(told: Plan, planner: Planner) -> Iterator[str]:
    """Yield one plan as lines: each mail, and below it why."""
    words = planner.words
    yield ""
    yield told.title.upper()
    yield told.about
    for line in told.lines:
        mark = f" {words['mark']}" if line.estimate else ""
        cycle = f" [{line.cycle}]" if line.cycle else ""
        head = f"{line.when}{mark}  {line.who}: {line.letter}{cycle}"
        yield from wrap(head, _LINE_CHARS, initial_indent="  ", subsequent_indent=_INDENT)
        yield from wrap(line.because, _LINE_CHARS, initial_indent=_INDENT, subsequent_indent=_INDENT)
    if any(line.estimate for line in told.lines):
        yield words["estimates"].format(mark=words["mark"])
    yield from told.daily
    yield from told.ends
    if told.days_off:
        yield f"{words['days_off']}:"
        yield from (f"  {day}" for day in told.days_off)
    yield f"{words['totals']}:"
    yield from (f"  {count:>4}  {who}" for who, count in told.totals)
    yield f"  {sum(count for _, count in told.totals):>4}  {words['total']}"
