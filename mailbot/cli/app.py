"""The list of commands; each lives in the file of its group and imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from mailbot import __version__
from mailbot.cli import (
    acting,
    demonstrating,
    explaining,
    keeping,
    logging_in,
    looking,
    reckoning,
    rehearsing,
    running,
    setting_up,
    standing,
)
from mailbot.cli.options import ConfigOption, remember

app = typer.Typer(
    name="mailbot",
    help="Runs an office's reporting cycle over plain email.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # the boxes of rich cost 0.1 s, and stand in the way of whoever reads a log
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        typer.echo(f"mailbot {__version__}")
        raise typer.Exit


@app.callback()
def every(
    config: ConfigOption = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,  # noqa: ARG001 - its callback prints it
) -> None:
    """Take the options that stand before the command."""
    remember(config)


app.command()(setting_up.init)
app.command()(setting_up.check)
app.command()(setting_up.schema)
app.command()(logging_in.login)
app.command()(running.run)
app.command()(running.tick)
app.command(name="open")(running.open_cycle)
app.command()(standing.status)
app.command()(looking.plan)
app.command()(looking.journal)
app.command()(reckoning.ledger)
app.add_typer(looking.inbox, name="inbox")
app.add_typer(looking.outbox, name="outbox")
app.command(name="return")(acting.return_unit)
app.command()(acting.accept)
app.command()(acting.extend)
app.command()(keeping.export)
app.command()(keeping.verify)
app.command()(keeping.backup)
app.command()(keeping.restore)
app.command()(explaining.explain)
app.command()(demonstrating.demo)
app.command()(rehearsing.rehearse)
