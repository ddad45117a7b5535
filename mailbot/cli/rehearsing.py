"""`mailbot rehearse`: the office's own year, played with invented staff in a sandbox, with a report to be approved."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, settings_of
from mailbot.errors import MailbotError

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from mailbot.core.model.office import Office
    from mailbot.core.opening.plans import CyclePlan
    from mailbot.rehearsal.whole_year.played import Wanted
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings

_NOBODY = "Nobody was written to: mail lay in memory, staff were invented, and your ledger was not opened."
Cycles = Annotated[list[str] | None, typer.Argument(metavar="[CYCLE]...", help="Keys; without one, a whole year.")]
Year = Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Play the cycles that begin in this year.")]
Into = Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder to leave mails, ledger and report in.")]
Calm = Annotated[bool, typer.Option("--calm", help="Let everybody answer at once, and without a mistake.")]
Fast = Annotated[bool, typer.Option("--without-documents", help="Make no PDF and no archive: a year in seconds.")]
Seed = Annotated[int, typer.Option("--seed", metavar="NUMBER", help="Deal the habits of the staff otherwise.")]


def rehearse(
    cycles: Cycles = None,
    year: Year = None,
    config: ConfigOption = None,
    into: Into = Path("rehearsal"),
    calm: Calm = False,
    without_documents: Fast = False,
    seed: Seed = 1,
) -> None:
    """Play a year of your own configuration with invented staff, and write a report of it; nothing leaves here."""
    from rich.console import Console

    from mailbot.cli.planning import planned
    from mailbot.rehearsal.own import fresh
    from mailbot.rehearsal.whole_year.played import Wanted
    from mailbot.settings.sayings.catalogue import speech

    console = Console(highlight=False)
    started = time.monotonic()
    settings = settings_of(config)
    say = speech(settings.language)
    plans, without = _that_promise(console, cycles or [], year, settings.office(), say)
    for plan in plans:
        for text in planned(plan.key, settings):
            console.print(text, soft_wrap=True, markup=False)
    wanted = Wanted(
        plans=plans,
        without=without,
        whole_year=not cycles,
        calm=calm,
        documents=not without_documents,
        seed=seed,
    )
    folder = fresh(into)
    unfinished = _play(console, settings, wanted, folder, into)
    console.print(f"\nThe ledger is {into / 'ledger.db'}; {time.monotonic() - started:.0f} s.", soft_wrap=True)
    if wanted.documents:
        _archives(console, folder, into)
    _ends(console, into, unfinished)


def _ends(console: Console, into: Path, unfinished: tuple[str, ...]) -> None:
    """Say what is to be read now.

    Raises:
        typer.Exit: a cycle was not played to its end.
    """
    console.print(_NOBODY, soft_wrap=True)
    papers = f"{into / 'laporan-gladi.html'}, {into / 'laporan-gladi.pdf'}"
    console.print(f"To be read and approved: {papers}", soft_wrap=True, markup=False)
    if unfinished:
        console.print(f"Not finished, as the report says: {', '.join(unfinished)}", style="red", soft_wrap=True)
        raise typer.Exit(1)


def _play(console: Console, settings: Settings, wanted: Wanted, folder: Path, into: Path) -> tuple[str, ...]:
    """Play in the sandbox, and leave mails and report there; return the cycles that were not finished."""
    from mailbot.cli.demonstrating import begin, stands, tell
    from mailbot.cli.wiring import clerk_on
    from mailbot.ledger.ledger import open_ledger
    from mailbot.rehearsal.clock import HandClock
    from mailbot.rehearsal.own import sandboxed
    from mailbot.rehearsal.whole_year.played import begins, put_together

    inside = sandboxed(settings, folder, wanted.plans)
    office = inside.office()
    clock = HandClock(begins(office, wanted.plans[0]))
    url = inside.database_url.get_secret_value()
    # Without chance in its journal, two rehearsals are the same to the last letter.
    with open_ledger(url, marks=folder) as ledger, clerk_on(ledger, inside, clock) as clerk:
        play = put_together(inside, clerk, clock, wanted)
        console.print()
        begin(console, ", ".join(plan.key for plan in wanted.plans), office, len(office.roster.people))
        try:
            for seen in play.goes_on():
                tell(console, seen, office)
        except (KeyboardInterrupt, MailbotError):
            console.print(f"\nNot played to its end; what was written until then is in {into}.", soft_wrap=True)
            raise
        finally:
            mails = play.leaves_mails(folder)
            console.print(f"\n{len(mails.sent) + mails.came} mails are in {into / 'mail'}.", soft_wrap=True)
            stands(console, inside, clock())
        play.leaves_report(folder, mails, settings.notes())
        unfinished = play.year.open_keys()
    for trouble in play.year.troubles:
        console.print(f"What mailbot could not do: {trouble}", style="red", markup=False, soft_wrap=True)
    return unfinished


def _archives(console: Console, folder: Path, into: Path) -> None:
    """Verify every archive and say what is to be opened in it; end with exit code 1 if one is not as its list says."""
    from mailbot.writing.archive.verify import verify_archive

    wrong = False
    for archive in sorted((folder / "arsip").glob("*")):
        problems = verify_archive(archive)
        wrong |= bool(problems)
        for problem in problems:
            console.print(problem, style="red", markup=False)
        if not problems:
            console.print(f"Archive, verified: {into / 'arsip' / archive.name}", soft_wrap=True, markup=False)
        for text in _papers(into / "arsip" / archive.name):
            console.print(text, soft_wrap=True, markup=False)
    if wrong:
        raise typer.Exit(1)


def _papers(archive: Path) -> list[str]:
    """Return where the report, the recap and the evidence of every figure lie: what is to be opened first."""
    first = next(iter(sorted(folder for folder in archive.iterdir() if folder.is_dir())), archive)
    return ["To be opened:", *(f"  {path}" for path in (*sorted(first.iterdir()), *sorted(archive.rglob("*.html"))))]


def wanted_plans(keys: list[str], year: int | None, office: Office, at: datetime, say: Say) -> tuple[CyclePlan, ...]:
    """Return the cycles that were asked for in the order they begin; unasked, what a year from today brings.

    Where nothing opens then, or nothing is promised for it, those of the first year there is.
    """
    from mailbot.cli.telling.wrong_cycle import wrong_cycle
    from mailbot.core.opening.plans import AROUND, planned, planned_between, promises

    if keys:
        found = {key: planned(key, office) for key in dict.fromkeys(keys)}
        for key, plan in found.items():
            if plan is None:
                raise typer.BadParameter(wrong_cycle(key, office, at, say))
        return tuple(sorted(filter(None, found.values()), key=lambda plan: (plan.starts_on, plan.key)))
    today = office.calendar.local(at).date()
    ahead = planned_between(today, today + AROUND, office) if year is None else ()
    if any(promises(plan, office) for plan in ahead):
        return ahead
    years = (year,) if year is not None else _years(office)
    for wanted in years:
        if plans := planned_between(date(wanted, 1, 1), date(wanted, 12, 31), office):
            return plans
    raise typer.BadParameter(say("cy_none_in", year=year) if year else say("no_cycle_planned"))


def _that_promise(
    console: Console, keys: list[str], year: int | None, office: Office, say: Say
) -> tuple[tuple[CyclePlan, ...], tuple[CyclePlan, ...]]:
    """Return the cycles in which there is something to ask for, and those in which there is not, which it names."""
    from mailbot.cli.options import now
    from mailbot.core.opening.plans import promises

    plans = wanted_plans(keys, year, office, now(), say)
    found = tuple(plan for plan in plans if promises(plan, office))
    without = tuple(plan for plan in plans if plan not in found)
    for plan in without:
        console.print(say("rh_no_target", cycle=plan.key), soft_wrap=True, markup=False)
    if not found:
        raise typer.BadParameter(say("rh_nothing"))
    return found, without


def _years(office: Office) -> tuple[int, ...]:
    """Return the years in which a first cycle can begin, the earliest first."""
    first = [plan.starts_on.year for plan in office.cycles]
    return tuple(sorted({*first, *(one.first_year + later for one in office.recurring for later in (0, 1))}))
