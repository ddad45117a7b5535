"""Commands by which the record leaves the machine or comes back: export, verify, backup, restore."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from mailbot.cli.options import ConfigOption, ledger_url, settings_of


def export(cycle: Annotated[str, typer.Argument(help="Key of the cycle.")], config: ConfigOption = None) -> None:
    """Write a cycle's archive folder now, closed or not; the archive of a closed one is never replaced."""
    from mailbot.clerk.papers import archive, is_archived
    from mailbot.cli.wiring import clerk_of
    from mailbot.writing.archive.archive import archive_place
    from mailbot.writing.archive.verify import verify_archive

    settings = settings_of(config)
    ledger_url(settings)
    with clerk_of(settings) as clerk:
        ledger = clerk.books.ledger
        found = ledger.cycles.get(cycle)
        if found is None:
            keys = ", ".join(known.key for known in ledger.cycles.all()) or "none"
            raise typer.BadParameter(f"there is no cycle {cycle} in the ledger; there are: {keys}")
        place = archive_place(settings.archive_folder, cycle)
        if is_archived(ledger, found) and place.exists():
            if not verify_archive(place):
                typer.echo(
                    f"{place}: written when the cycle closed, whole and unchanged; it is left as it is. "
                    f"Mails that came later are in the ledger."
                )
                return
            aside = next(
                free for number in count(1) if not (free := place.with_name(f"{place.name}.{number}")).exists()
            )
            place.rename(aside)
            typer.echo(f"{place} had been changed since it was written; it is now {aside}")
        folder = archive(clerk.books, clerk.maker, clerk.reader, found)
    typer.echo(f"{folder}\nNext: mailbot verify {folder}")


def verify(path: Annotated[Path, typer.Argument(help="An archive folder, arsip/<cycle>.")]) -> None:
    """Prove that an archive is whole and unchanged; needs nothing but the folder."""
    from mailbot.writing.archive.verify import verify_archive

    problems = verify_archive(path)
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{path}: whole and unchanged.")


def backup(file: Annotated[Path, typer.Argument(help="File to write.")], config: ConfigOption = None) -> None:
    """Copy the ledger into one file while the daemon may run."""
    from mailbot.ledger.backup import backup as copy

    copy(ledger_url(settings_of(config)), file)
    typer.echo(f"{file} holds everything. Keep secret.key with it, apart from the configuration.")


def restore(file: Annotated[Path, typer.Argument(help="A file made by backup.")], config: ConfigOption = None) -> None:
    """Put a backup in the ledger's place; the former ledger is moved aside, never deleted."""
    from mailbot.cli.alone import alone
    from mailbot.ledger.backup import restore as put_back

    settings = settings_of(config)
    with alone(settings.data_folder):
        aside = put_back(settings.database_url.get_secret_value(), file)
    typer.echo(f"restored; the former ledger is {aside}" if aside else "restored")
