"""`mailbot board`: the status board as files, for an office without a server for it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mailbot.cli.options import ConfigOption, existing_ledger, now, settings_of

_OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write it into; it is made afresh.")]
_TOLD_EVERY = 25


def board(out: _OutOption, config: ConfigOption = None) -> None:
    """Write the status board as files that a browser opens without a server; they show all that the ledger holds."""
    from mailbot.settings.sayings.catalogue import speech
    from mailbot.web.board import Board
    from mailbot.web.files_of_pages import write_board

    settings = settings_of(config)
    office, at, say = settings.office(), now(), speech(settings.language)
    with existing_ledger(settings) as ledger:
        shown = Board(
            office=lambda: office,
            ledger=ledger,
            clock=lambda: at,
            template_folders=settings.template_folders,
            archive_folder=settings.archive_folder,
        )
        count = 0
        for count in write_board(shown, out, settings.language):
            if sys.stderr.isatty() and count % _TOLD_EVERY == 0:
                typer.echo(f"\r{say('bd_pages', count=count)}", nl=False, err=True)
    typer.echo(say("bd_written", count=count, path=out / "index.html"))
