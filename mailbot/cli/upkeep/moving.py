"""`mailbot files`: says where kept files lie, and carries them into the object store or back into the database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from mailbot.cli.options import ConfigOption, existing_ledger, now, settings_of, spelled

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.ledger.elsewhere.carrying import Whereabouts
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.sayings.catalogue import Say

_MB = 1_000_000
_EVERY = 100
"""After so many files it is said how far it has come."""


def files(
    config: ConfigOption = None,
    move: Annotated[
        Literal["store", "database"] | None,
        typer.Option(help="Carry all large files there; may be broken off and typed again, also beside the daemon."),
    ] = None,
) -> None:
    """Say where kept files lie, in the database or in the object store; with --move carry them."""
    from mailbot.errors import FileUnreadable, StoreUnavailable
    from mailbot.settings.sayings.catalogue import in_words, speech
    from mailbot.settings.sayings.said import Said

    settings = settings_of(config)
    say = speech(settings.language)
    if move is not None and settings.object_store is None:
        raise typer.BadParameter(say("fi_no_store"))
    with existing_ledger(settings) as ledger:
        try:
            if move is not None:
                _moved(ledger, say, move)
        except (StoreUnavailable, FileUnreadable) as away:
            told = away.told
            typer.echo(in_words(told, settings.language) if isinstance(told, Said) else str(away), err=True)
            typer.echo(say("fi_again", command=spelled(f"files --move {move}", config)), err=True)
            raise typer.Exit(1) from away
        finally:
            _tell(say, ledger, config)


def _moved(ledger: Ledger, say: Say, move: Literal["store", "database"]) -> None:
    """Carry everything to one side, and let the daemon keep it there."""
    from mailbot.ledger.elsewhere.carrying import carry_back, carry_out
    from mailbot.ledger.elsewhere.letting_go import sweep
    from mailbot.ledger.files_and_notes import FILES_STAY

    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        if done % _EVERY == 0:
            typer.echo(say("fi_so_far", count=done))

    ledger.notes.write(FILES_STAY, "yes" if move == "database" else "")
    if move == "database":
        carried = carry_back(ledger.engine, one_more)
    else:
        carried = carry_out(ledger.engine, now(), after=timedelta(0), each=one_more)
    swept = sweep(ledger.engine, now(), most=1_000_000)
    sentence = "fi_moved_store" if move == "store" else "fi_moved_database"
    typer.echo(say(sentence, count=carried.files, mb=round(carried.size_bytes / _MB, 1)))
    if swept.left:
        typer.echo(say("fi_not_deleted", count=swept.left, why=swept.why), err=True)


def _tell(say: Say, ledger: Ledger, config: Path | None) -> None:
    """Say where files lie."""
    from mailbot.ledger.elsewhere.carrying import whereabouts
    from mailbot.ledger.elsewhere.store import store_of

    found: Whereabouts = whereabouts(ledger.engine)
    typer.echo(say("fi_here", count=found.here, mb=round(found.here_bytes / _MB, 1)))
    elsewhere = store_of(ledger.engine)
    if elsewhere is not None or found.elsewhere:
        where = elsewhere.store.where if elsewhere is not None else "?"
        mb = round(found.elsewhere_bytes / _MB, 1)
        typer.echo(say("fi_elsewhere", count=found.elsewhere, mb=mb, where=where))
    if found.elsewhere:
        typer.echo(say("fi_backup", command=spelled("files --move database", config)))
    if found.to_delete:
        typer.echo(say("fi_to_delete", count=found.to_delete))
