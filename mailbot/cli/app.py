"""The list of commands; each lives in the file of its group and imports what it needs when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailbot import __version__
from mailbot.cli import (
    acting,
    boarding,
    demonstrating,
    explaining,
    keeping,
    logging_in,
    looking,
    planning,
    reckoning,
    rehearsing,
    running,
    setting_up,
    standing,
)
from mailbot.cli.configuration import applying
from mailbot.cli.door import serving
from mailbot.cli.founding import new_office
from mailbot.cli.offices.one_or_all import for_offices
from mailbot.cli.options import ConfigOption, remember
from mailbot.cli.personal import breaching, pruning, recording
from mailbot.cli.personal import subject as on_subject
from mailbot.cli.telling import metrics, why
from mailbot.cli.upkeep import moving, rebuilding

if TYPE_CHECKING:
    from collections.abc import Callable

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
    language: Annotated[
        str,
        typer.Option(
            "--language",
            metavar="id|en",
            help="Language of what is printed (default: that of the office, id).",
        ),
    ] = "",
    office: Annotated[
        str, typer.Option("--office", metavar="KEY", help="Of a folder of several offices: which one is meant.")
    ] = "",
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,  # noqa: ARG001 - its callback prints it
) -> None:
    """Take the options that stand before the command."""
    remember(config, language, office)


COMMANDS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("init", new_office.init),
    ("check", setting_up.check),
    ("schema", setting_up.schema),
    ("login", logging_in.login),
    ("run", running.run),
    ("worker", running.worker),
    ("tick", running.tick),
    ("open", running.open_cycle),
    ("cancel", running.cancel),
    ("apply", applying.apply),
    ("status", standing.status),
    ("metrics", metrics.metrics),
    ("board", boarding.board),
    ("plan", planning.plan),
    ("why", why.why),
    ("journal", looking.journal),
    ("ledger", reckoning.ledger),
    ("return", acting.return_unit),
    ("accept", acting.accept),
    ("extend", acting.extend),
    ("export", keeping.export),
    ("verify", keeping.verify),
    ("redact", keeping.redact),
    ("backup", keeping.backup),
    ("restore", keeping.restore),
    ("files", moving.files),
    ("rebuild", rebuilding.rebuild),
    ("prune", pruning.prune),
    ("record", recording.record),
    ("subject", on_subject.subject),
    ("breach", breaching.breach),
    ("web", serving.web),
    ("signin", serving.signin),
    ("explain", explaining.explain),
    ("demo", demonstrating.demo),
    ("rehearse", rehearsing.rehearse),
)
"""Every command but those of the two groups, as an office comes to use them."""
GROUPS = (
    ("inbox", "What came in.", looking.INBOX),
    ("outbox", "What goes out.", (*looking.OUTBOX, ("show", why.outbox_show))),
)


def _add(group: typer.Typer, commands: tuple[tuple[str, Callable[..., None]], ...], within: str = "") -> None:
    """Add commands to a group; named here, the first sentence of each is not cut short in the list of commands."""
    for name, command in commands:
        words = (command.__doc__ or "").partition("\n")[0]
        group.command(name, short_help=words)(for_offices(f"{within} {name}".strip(), command))


_add(app, COMMANDS)
for _group, _what, _commands in GROUPS:
    _inside = typer.Typer(help=_what, no_args_is_help=True, rich_markup_mode=None)
    _add(_inside, _commands, _group)
    app.add_typer(_inside, name=_group)
