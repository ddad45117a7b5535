"""Commands that let mailbot work: the daemon, one pass, and opening a cycle by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, folder, settings_of, spelled

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.settings.settings import Settings

_AHEAD = timedelta(minutes=10)
"""So far may the clock be set ahead anywhere."""


def run(config: ConfigOption = None) -> None:
    """Run the daemon until it is told to stop (Ctrl-C or SIGTERM)."""
    from mailbot.cli.daemon import run_daemon

    run_daemon(folder(config))


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
    from mailbot.cli.checking.holding import hold_against
    from mailbot.cli.options import now
    from mailbot.cli.wiring import clerk_of

    settings = settings_of(config)
    moment = _moment(at, settings.office().calendar.zone) if at else None
    if moment is not None and moment - now() > _AHEAD:
        _refuse_ahead(settings, config)
    with clerk_of(settings, (lambda: moment) if moment else now) as clerk:
        hold_against(clerk.books.ledger, settings)
        # What a tick that was killed had in hand: nobody else may be there to take it up.
        take_back(clerk.books.ledger, clerk.books.clock())
        passed = one_pass(clerk)
        if moment is None:
            note_proof(clerk.books, clerk.post.boxes)
    typer.echo(f"{passed.received} received, {passed.worked} worked, {passed.sent} sent")
    for trouble in passed.trouble:
        typer.echo(trouble, err=True)
    if passed.trouble:
        raise typer.Exit(1)


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
    from mailbot.clerk.ticking import open_cycle as begin
    from mailbot.cli.checking.holding import hold_against
    from mailbot.cli.wiring import clerk_of

    settings = settings_of(config)
    keys = [plan.key for plan in settings.office().cycles]
    if cycle not in keys:
        raise typer.BadParameter(f"cycles.yaml has no cycle {cycle}; it has: {', '.join(keys)}")
    with clerk_of(settings) as clerk:
        hold_against(clerk.books.ledger, settings)
        opened = begin(clerk.books, clerk.maker, cycle, clerk.books.clock())
    if not opened:
        typer.echo(f"{cycle} was opened before; nothing was changed. See: {spelled('status', config)}")
        return
    typer.echo(f"{cycle} is open.\nNext: {spelled('tick', config)} (or a running daemon) sends its letters.")


def _moment(text: str, zone: str) -> datetime:
    """Read a time; without a zone it is the office's own."""
    from zoneinfo import ZoneInfo

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} is no time; write it as 2026-01-12T08:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
