"""`mailbot rehearse`: the office's own cycle with invented staff in a sandbox; with seeds, a simulation with faults."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from mailbot.cli.options import ConfigOption, settings_of

Into = Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder to leave mails, ledger and archive in.")]
Seed = Annotated[int | None, typer.Option("--seed", help="Simulate with faults: the first seed.")]
Count = Annotated[int | None, typer.Option("--count", min=1, help="Simulate with faults: how many seeds.")]
Faithful = Annotated[bool, typer.Option("--faithful", help="Simulate with real letters, workbooks, report, archive.")]


def rehearse(
    cycle: Annotated[str | None, typer.Argument(help="Key of one cycle; without it, the first one.")] = None,
    config: ConfigOption = None,
    into: Into = Path("rehearsal"),
    seed: Seed = None,
    count: Count = None,
    faithful: Faithful = False,
) -> None:
    """Play a cycle of your own configuration with invented staff; nothing leaves this machine.

    With --seed or --count: play whole cycles with faults of every kind instead, each wholly given by its seed.
    """
    if seed is None and count is None and not faithful:
        _rehearse(cycle, config, into)
        return
    _simulate(0 if seed is None else seed, count or 1, config, faithful=faithful)


def _rehearse(cycle: str | None, config: Path | None, into: Path) -> None:
    """Tell who would get what, then play it."""
    from rich.console import Console

    from mailbot.cli.demonstrating import begin, tell
    from mailbot.cli.planning import planned
    from mailbot.cli.wiring import clerk_of
    from mailbot.rehearsal.cast import accounts, cast, read_script
    from mailbot.rehearsal.clock import HandClock
    from mailbot.rehearsal.demo import Rehearsal, leave_mail
    from mailbot.rehearsal.own import fresh, sandboxed, script_of
    from mailbot.rehearsal.server import EmbeddedServer

    settings = settings_of(config)
    office = settings.office()
    keys = [plan.key for plan in office.cycles]
    key = cycle or next(iter(keys), "")
    if key not in keys:
        raise typer.BadParameter(f"cycles.yaml has no cycle {key}; it has: {', '.join(keys)}")
    console = Console(highlight=False)
    for text in planned(key, office):
        console.print(text, soft_wrap=True)
    folder, plan = fresh(into), office.plan(key)
    clock = HandClock(office.calendar.at(plan.starts_on, office.calendar.opens))
    with (
        EmbeddedServer(accounts(office), now=clock) as server,
        clerk_of(sandboxed(settings, server, folder), clock) as clerk,
    ):
        script = script_of(office, plan.period, read_script(settings.template_folders))
        members = cast(office, server, script, clock)
        console.print()
        begin(console, key, clerk, len(members))
        for seen in Rehearsal(clerk, clock, members, key).play():
            tell(console, seen, office)
        mails = leave_mail(folder / "mail", clerk)
    console.print(
        f"\n{mails} mails are in {into / 'mail'}, the archive is in {into / 'arsip' / key}. Nobody was written to."
    )


def _simulate(first: int, count: int, config: Path | None, *, faithful: bool) -> None:
    """Play seeds, and print what they came to."""
    from mailbot.rehearsal.simulation.sweep import Totals, play, play_faithfully, told

    settings = settings_of(config)
    started = time.monotonic()
    totals = Totals()
    for result in (play_faithfully if faithful else play)(range(first, first + count), settings):
        totals.add(result)
        for text in told(result) if result.broken else ():
            typer.echo(text)
    seconds = time.monotonic() - started
    for text in totals.lines():
        typer.echo(text)
    typer.echo(f"seeds {first} to {first + count - 1}, {seconds:.0f} s, {seconds / count * 1000:.0f} ms a cycle")
    if totals.failed:
        raise typer.Exit(1)
