"""`mailbot rehearse`: the office's own cycle, played with invented staff in a sandbox."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, settings_of, spelled
from mailbot.errors import MailbotError

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from mailbot.core.model.office import Office
    from mailbot.core.opening.plans import CyclePlan
    from mailbot.settings.settings import Settings

Into = Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder to leave mails, ledger and archive in.")]


def rehearse(
    cycle: Annotated[str | None, typer.Argument(help="Key of one cycle; without it, the first one.")] = None,
    config: ConfigOption = None,
    into: Into = Path("rehearsal"),
) -> None:
    """Play a cycle of your own configuration with invented staff; nothing leaves this machine."""
    from rich.console import Console

    from mailbot.cli.planning import planned
    from mailbot.rehearsal.own import fresh

    console = Console(highlight=False)
    started = time.monotonic()
    settings = settings_of(config)
    plan = _plan(cycle, settings.office())
    for text in planned(plan.key, settings):
        console.print(text, soft_wrap=True, markup=False)
    folder = fresh(into)
    mails = _play(console, settings, plan, folder, into)
    _verify(console, folder / "arsip" / plan.key)
    seconds = time.monotonic() - started
    for text in (
        f"\n{mails} mails are in {into / 'mail'}, the ledger is {into / 'ledger.db'}; {seconds:.0f} s.",
        f"Archive, verified: {into / 'arsip' / plan.key}",
        *_papers(into / "arsip" / plan.key),
        "Nobody was written to: servers and staff were this machine's own, and your ledger was not opened.",
    ):
        console.print(text, soft_wrap=True, markup=False)


def _play(console: Console, settings: Settings, plan: CyclePlan, folder: Path, into: Path) -> int:
    """Play the cycle in the sandbox and leave its mails there, also if it does not end; return how many there are."""
    from mailbot.cli.demonstrating import begin, tell
    from mailbot.cli.wiring import clerk_of
    from mailbot.rehearsal.cast import accounts, cast, read_script
    from mailbot.rehearsal.clock import HandClock
    from mailbot.rehearsal.demo import Rehearsal, leave_mail
    from mailbot.rehearsal.own import sandboxed, script_of
    from mailbot.rehearsal.server import EmbeddedServer

    office = settings.office()
    clock = HandClock(office.calendar.opening(plan.starts_on))
    with EmbeddedServer(accounts(office), now=clock) as server:
        inside = sandboxed(settings, server, folder)
        with clerk_of(inside, clock) as clerk:
            script = script_of(office, plan.period, read_script(settings.template_folders))
            members = cast(office, server, script, clock, thorough=True)
            console.print()
            begin(console, plan.key, office, len(members))
            try:
                for seen in Rehearsal(clerk, clock, members, plan.key).play():
                    tell(console, seen, office)
            except (KeyboardInterrupt, MailbotError):
                console.print(f"\nNot played to its end; what was written until then is in {into}.", soft_wrap=True)
                raise
            finally:
                mails = leave_mail(folder / "mail", clerk.books.ledger)
                _stands(console, inside, clock())
    return mails


def _papers(archive: Path) -> list[str]:
    """Return where the report, the recap and the evidence of every figure lie: what is to be opened first."""
    first = next(iter(sorted(folder for folder in archive.iterdir() if folder.is_dir())), archive)
    return ["To be opened:", *(f"  {path}" for path in (*sorted(first.iterdir()), *sorted(archive.rglob("*.html"))))]


def _plan(cycle: str | None, office: Office) -> CyclePlan:
    """Return the cycle that was asked for, else the first one."""
    from mailbot.cli.options import now
    from mailbot.core.opening.plans import planned, planned_near, wrong_key

    near = planned_near(office.calendar.local(now()).date(), office)
    key = next((plan.key for plan in (*office.cycles, *near)), "") if cycle is None else cycle
    found = planned(key, office)
    if found is None:
        raise typer.BadParameter(wrong_key(key, office, now()))
    return found


def _stands(console: Console, inside: Settings, at: datetime) -> None:
    """Print where the cycle stands, as `mailbot status` does."""
    from mailbot.cli.standing import standing_words
    from mailbot.ledger.standing import status

    console.print()
    found = status(inside.database_url.get_secret_value())
    for text in standing_words(found, inside.office(), at, partial(spelled, config=inside.folder)):
        console.print(text, soft_wrap=True, markup=False)


def _verify(console: Console, archive: Path) -> None:
    """Verify the archive; end with exit code 1 if anything in it is not as its list says."""
    from mailbot.writing.archive.verify import verify_archive

    problems = verify_archive(archive)
    for problem in problems:
        console.print(problem, style="red", markup=False)
    if problems:
        raise typer.Exit(1)
