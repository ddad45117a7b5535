"""Commands by which Subbag Program's own orders are given at the machine, and by which the ledger leaves or returns."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, settings_of
from mailbot.core.words import Said, Word

if TYPE_CHECKING:
    from mailbot.clerk.clerk import Clerk

Unit = Annotated[str, typer.Argument(help="Key of the unit, e.g. DAFDUK.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is recorded, and told to the unit.")]
CycleOption = Annotated[str | None, typer.Option("--cycle", help="Key of the cycle; not needed if one is open.")]


def return_unit(unit: Unit, reason: Reason, config: ConfigOption = None, cycle: CycleOption = None) -> None:
    """Send a unit's form back for a reason no check can see."""
    _order(config, Word.KEMBALIKAN, f"{unit} {reason}", cycle)


def accept(unit: Unit, reason: Reason, config: ConfigOption = None, cycle: CycleOption = None) -> None:
    """Accept a unit's newest form in spite of its faults."""
    _order(config, Word.TERIMA, f"{unit} {reason}", cycle)


def extend(
    unit: Unit,
    date: Annotated[str, typer.Argument(help="New last day, e.g. 2026-01-15.")],
    config: ConfigOption = None,
    cycle: CycleOption = None,
) -> None:
    """Give a unit more time."""
    _order(config, Word.PERPANJANG, f"{unit} {date}", cycle)


def _order(config: Path | None, word: Word, arguments: str, key: str | None) -> None:
    """Put an order into the one door every fact goes through, and say what came of it."""
    from mailbot.cli.wiring import clerk_of

    with clerk_of(settings_of(config)) as clerk:
        running = [one.key for one in clerk.ledger.cycles.open()]
        if key is None and len(running) != 1:
            raise typer.BadParameter(f"name the cycle with --cycle; open are: {', '.join(running) or 'none'}")
        chosen = key or running[0]
        if chosen not in running:
            raise typer.BadParameter(f"cycle {chosen} is not open; open are: {', '.join(running) or 'none'}")
        before = clerk.ledger.cycles.get(chosen)
        _decide(clerk, chosen, word, arguments)
        after = clerk.ledger.cycles.get(chosen)
    if before == after:
        typer.echo(
            "Nothing was changed: the unit is not known, or the row does not allow it. See: mailbot status", err=True
        )
        raise typer.Exit(1)
    typer.echo("Done. Next: mailbot tick (or a running daemon) sends the letters.")


def _decide(clerk: Clerk, cycle: str, word: Word, arguments: str) -> None:
    """Decide the order as a fact of its own and write it down."""
    from mailbot.clerk.deciding import Decision, write_down
    from mailbot.core.addressing import holder
    from mailbot.core.facts import CommandGiven, Source
    from mailbot.core.letters import Answers
    from mailbot.core.mail import Proof
    from mailbot.core.people import Role

    at = clerk.clock()
    planning = holder(Role.PLANNING, clerk.office, at)
    if planning is None:
        raise typer.BadParameter("recipients.yaml has nobody in the role planning today")
    state = clerk.ledger.cycles.get(cycle)
    mark = hashlib.sha256(f"{cycle}/{state.version if state else 0}/{word}/{arguments}".encode()).hexdigest()
    source = Source(
        mail_sha256=mark,
        answers=Answers(message_id=""),
        address=planning.addresses[0],
        person=planning,
        proof=Proof.OPERATOR,
    )
    fact = CommandGiven(at=at, source=source, said=Said(word=word, arguments=arguments))
    write_down(clerk, at, lambda: Decision(facts=((cycle, fact),)))


def export(cycle: Annotated[str, typer.Argument(help="Key of the cycle.")], config: ConfigOption = None) -> None:
    """Write a cycle's archive folder now, closed or not."""
    from mailbot.clerk.archiving import archive
    from mailbot.cli.wiring import clerk_of

    with clerk_of(settings_of(config)) as clerk:
        found = clerk.ledger.cycles.get(cycle)
        if found is None:
            keys = ", ".join(one.key for one in clerk.ledger.cycles.all()) or "none"
            raise typer.BadParameter(f"there is no cycle {cycle} in the ledger; there are: {keys}")
        folder = archive(clerk, found)
    typer.echo(f"{folder}\nNext: mailbot verify {folder}")


def verify(path: Annotated[Path, typer.Argument(help="An archive folder, arsip/<cycle>.")]) -> None:
    """Prove that an archive is whole and unchanged; needs nothing but the folder."""
    from mailbot.writing.verifying import verify_archive

    problems = verify_archive(path)
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{path}: whole and unchanged.")


def backup(file: Annotated[Path, typer.Argument(help="File to write.")], config: ConfigOption = None) -> None:
    """Copy the ledger into one file while the daemon may run."""
    from mailbot.ledger.backup import backup as copy

    copy(settings_of(config).database_url.get_secret_value(), file)
    typer.echo(f"{file} holds everything. Keep secret.key with it, apart from the configuration.")


def restore(file: Annotated[Path, typer.Argument(help="A file made by backup.")], config: ConfigOption = None) -> None:
    """Put a backup in the ledger's place; the former ledger is moved aside, never deleted."""
    from mailbot.ledger.backup import restore as put_back

    aside = put_back(settings_of(config).database_url.get_secret_value(), file)
    typer.echo(f"restored; the former ledger is {aside}" if aside else "restored")
