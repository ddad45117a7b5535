"""Commands that let mailbot work: the daemon, one pass, and opening a cycle by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, folder, settings_of, spelled

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.clerk.opening.withdrawing import ToCancel
    from mailbot.clerk.parts import Books
    from mailbot.core.model.office import Office
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings

_AHEAD = timedelta(minutes=10)
"""So far may the clock be set ahead anywhere."""


def run(config: ConfigOption = None) -> None:
    """Run the daemon until it is told to stop (Ctrl-C or SIGTERM); of a folder of offices, one for all of them."""
    from mailbot.cli.offices.folders import offices_in

    chosen = folder(config)
    if offices_in(chosen):
        from mailbot.cli.offices.running import run_offices

        run_offices(chosen)
        return
    from mailbot.cli.process.running_daemon import run_daemon

    run_daemon(chosen)


def worker(
    config: ConfigOption = None,
    only: Annotated[
        str | None,
        typer.Option(
            "--only", metavar="watch|work|send|tick|render", help="Do one kind of work alone; others do the rest."
        ),
    ] = None,
    concurrency: Annotated[
        int | None, typer.Option("--concurrency", min=1, metavar="N", help="How many of a kind at once.")
    ] = None,
) -> None:
    """Be one of several processes on one PostgreSQL, in place of `run`, until told to stop."""
    from mailbot.clerk.units import Unit
    from mailbot.cli.process.working import run_worker

    try:
        unit = Unit(only) if only is not None else None
    except ValueError:
        raise typer.BadParameter(
            f"{only} is no kind of work; there is {', '.join(Unit)}", param_hint="--only"
        ) from None
    run_worker(folder(config), unit, concurrency)


def tick(
    config: ConfigOption = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="As if it were this time, e.g. 2026-01-12T08:00.")
    ] = None,
) -> None:
    """Make one pass, then exit: receive, work, remind, send."""
    from mailbot.clerk.passing import one_pass
    from mailbot.clerk.sending import take_back
    from mailbot.clerk.watchdog import note_proof
    from mailbot.cli.options import now
    from mailbot.cli.telling.office_hours import leaving_words
    from mailbot.cli.wiring import clerk_of
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    moment = _moment(at, settings.office().calendar.zone) if at else None
    if moment is not None and moment - now() > _AHEAD:
        _refuse_ahead(settings, config)
    with clerk_of(settings, (lambda: moment) if moment else now) as clerk:
        # What a tick that was killed had in hand: nobody else may be there to take it up.
        take_back(clerk.books.ledger, clerk.books.clock())
        passed = one_pass(clerk)
        if moment is None:
            note_proof(clerk.books, clerk.post.boxes)
            _keep_up(clerk.books, settings)
        waits = clerk.books.ledger.letters.counts().queued
    say = speech(settings.language)
    typer.echo(say("tick_done", received=passed.received, worked=passed.worked, sent=passed.sent))
    for words in leaving_words(settings, moment or now()) if waits else ():
        typer.echo(words)
    for trouble in passed.trouble:
        typer.echo(trouble, err=True)
    if passed.trouble:
        raise typer.Exit(1)


def _keep_up(books: Books, settings: Settings) -> None:
    """Make a backup, if one is due; ask once a day what ends by itself; carry files into the object store."""
    from contextlib import closing
    from functools import partial

    from mailbot.clerk.keeping.backing_up import BackupMaker
    from mailbot.clerk.keeping.carrying import Carrier
    from mailbot.clerk.keeping.ends import EndsAsker
    from mailbot.cli.upkeep.backups import backup_plan
    from mailbot.cli.upkeep.ends import asked_ends

    Carrier().look(books)
    EndsAsker().look_if_due(books, partial(asked_ends, settings))
    with closing(BackupMaker()) as maker:
        maker.look(books, backup_plan(settings))
        maker.finish(books)


def _refuse_ahead(settings: Settings, config: Path | None) -> None:
    """Let nobody send the letters of a day to come by trying what that day would bring.

    Raises:
        typer.BadParameter: letters would reach people, or a daemon works on the same ledger.
    """
    from mailbot.cli.alone import is_held

    servers = (settings.imap, settings.smtp, *(further.server for further in settings.further))
    real = next((server.host for server in servers if not is_loopback(server.host)), "")
    daemon = f"a daemon works on {settings.data_folder}" if is_held(settings.data_folder) else ""
    if why := f"{real} is a real server, and its letters would really leave" if real else daemon:
        raise typer.BadParameter(
            f"--at lies more than ten minutes ahead, and {why}. To see what a day brings, use "
            f"{spelled('rehearse', config)} or {spelled('plan', config)}"
        )


def is_loopback(host: str) -> bool:
    """Say whether a server is on this very machine."""
    from ipaddress import ip_address

    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.rstrip(".").rpartition(".")[2].casefold() == "localhost"


def open_cycle(
    cycle: Annotated[str, typer.Argument(help="Its key in cycles.yaml, e.g. 2026-tw1.")], config: ConfigOption = None
) -> None:
    """Open a cycle now, whatever its day."""
    from mailbot.clerk.opening.openings import open_by_hand
    from mailbot.cli.options import now
    from mailbot.cli.telling.office_hours import leaving_words
    from mailbot.cli.telling.wrong_cycle import wrong_cycle
    from mailbot.cli.wiring import clerk_of
    from mailbot.core.opening.plans import planned, promises
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    office, say = settings.office(), speech(settings.language)
    plan = planned(cycle, office)
    if plan is None:
        raise typer.BadParameter(wrong_cycle(cycle, office, now(), say))
    if not promises(plan, office):
        raise typer.BadParameter(say("op_nothing_asked", cycle=cycle))
    with clerk_of(settings) as clerk:
        opened = open_by_hand(clerk.books, clerk.maker, cycle, clerk.books.clock())
    if not opened:
        typer.echo(say("op_before", cycle=cycle, status=spelled("status", config)))
        return
    if opened != cycle:
        typer.echo(say("op_anew", cycle=cycle, opened=opened))
    typer.echo(say("op_open", cycle=opened))
    typer.echo(say("op_next", tick=spelled("tick", config)))
    for words in leaving_words(settings, now()):
        typer.echo(words)


def cancel(
    cycle: Annotated[str, typer.Argument(help="Its key in cycles.yaml, e.g. 2026-tw1.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is told to everybody who was asked, and recorded.")],
    config: ConfigOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is meant.")] = False,
) -> None:
    """Withdraw a cycle that was opened by mistake, or call off one that is still to open."""
    from mailbot.clerk.opening.withdrawing import cancel_cycle, to_cancel
    from mailbot.cli.options import now
    from mailbot.cli.telling.wrong_cycle import wrong_cycle
    from mailbot.cli.wiring import clerk_of
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    office, say = settings.office(), speech(settings.language)
    if not reason.strip():
        raise typer.BadParameter(say("ca_reason"))
    with clerk_of(settings) as clerk:
        try:
            found = to_cancel(clerk.books, cycle)
        except KeyError:
            raise typer.BadParameter(wrong_cycle(cycle, office, now(), say)) from None
        _confirm(cycle, found, office, say, yes=yes)
        at = clerk.books.clock()
        done = cancel_cycle(clerk.books, clerk.maker, cycle, " ".join(reason.split()), "operator", at)
    if not done:
        typer.echo(say("ca_nothing", status=spelled("status", config)))
        return
    if found.cycle is None:
        typer.echo(say("ca_called_off", cycle=cycle, open=spelled(f"open {cycle}", config)))
        return
    typer.echo(say("ca_done", cycle=found.cycle.key, tick=spelled("tick", config)))
    typer.echo(say("ca_anew", open=spelled(f"open {cycle}", config)))


def _confirm(cycle: str, found: ToCancel, office: Office, say: Say, *, yes: bool) -> None:
    """Say what cancelling would come to, and ask whether that is meant."""
    if found.ratified:
        raise typer.BadParameter(say("ca_ratified", cycle=cycle))
    typer.echo(_what_is_cancelled(cycle, found, office, say))
    if not yes:
        typer.confirm(say("ca_sure"), abort=True)


def _what_is_cancelled(key: str, found: ToCancel, office: Office, say: Say) -> str:
    """Say what cancelling would come to."""
    if found.cycle is not None:
        return say(
            "ca_open",
            cycle=found.cycle.key,
            row=office.sop.row(found.cycle.step).sop,
            forms=sum(form.attempts > 0 for form in found.cycle.units),
            units=len(found.cycle.units),
            people=len(found.written_to),
            letters=found.waiting,
        )
    if found.opens is None:
        return say("ca_off_already", cycle=key)
    return say("ca_not_yet", cycle=key, day=f"{office.calendar.local(found.opens):%Y-%m-%d}")


def _moment(text: str, zone: str) -> datetime:
    """Read a time; without a zone it is the office's own."""
    from zoneinfo import ZoneInfo

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} is no time; write it as 2026-01-12T08:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
