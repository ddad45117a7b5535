"""`mailbot rebuild`: the ledger is lost, and a new one is made from what the mail servers still hold."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, now, settings_of, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.clerk.parts import Clerk
    from mailbot.clerk.rebuilding.finishing import Rebuilt
    from mailbot.clerk.rebuilding.gathering import Gathered
    from mailbot.clerk.rebuilding.past import Past
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings

_GATHERED = "rebuild-mails"
_EVERY = 200
"""After so many moments it is told how far it is."""
_SHOWN = 10


def rebuild(
    config: ConfigOption = None,
    into: Annotated[
        str | None, typer.Option("--into", metavar="URL", help="A database to make it in, else the office's own.")
    ] = None,
    files: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="Take mails and letters from .eml files instead.")
    ] = None,
) -> None:
    """Make a lost ledger anew from the mailbox and the folder for sent mail; nothing is sent, moved or flagged."""
    from mailbot.cli.alone import alone
    from mailbot.cli.wiring import clerk_on
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    say = speech(settings.language)
    if settings.kept_key() is None:
        raise typer.BadParameter(say("rb_no_key", file=settings.secret_file))
    with alone(settings.data_folder), _ledger(settings, into) as ledger:
        done_until = _begun(ledger, say, config)
        with clerk_on(ledger, settings) as clerk:
            past, gathered = _gathered(clerk, settings, files, say)
            _refuse_hopeless(clerk, past, gathered, say)
            typer.echo(say("rb_gathered", mails=gathered.mails, copies=gathered.copies))
            # What the other offices stand at today is no part of this one's past.
            rebuilt = _played(replace(clerk, neighbours=None), past, settings, done_until, say)
        _tell(settings, into, rebuilt, say, config)
    shutil.rmtree(settings.data_folder / _GATHERED, ignore_errors=True)


@contextmanager
def _ledger(settings: Settings, into: str | None) -> Iterator[Ledger]:
    """Open the ledger that is to be made: a new one."""
    from mailbot.cli.wiring import ledger_of
    from mailbot.ledger.ledger import open_ledger

    if into is None:
        with ledger_of(settings, half_made=True) as ledger:
            yield ledger
        return
    with open_ledger(into, fresh=os.urandom, secret=settings.kept_key()) as ledger:
        yield ledger


def _begun(ledger: Ledger, say: Say, config: Path | None) -> datetime | None:
    """Return how far an earlier rebuilding had come that was broken off; None: this is the first.

    Raises:
        typer.BadParameter: the ledger holds an office's record.
    """
    from mailbot.ledger.files_and_notes import REBUILDING

    if begun := ledger.notes.read(REBUILDING):
        return datetime.fromisoformat(begun)
    if ledger.cycles.keys() or ledger.letters.listing(limit=1) or ledger.inbox.listing(limit=1):
        raise typer.BadParameter(say("rb_has_rows", restore=spelled("restore FILE", config)))
    return None


def _gathered(clerk: Clerk, settings: Settings, files: Path | None, say: Say) -> tuple[Past, Gathered]:
    """Return what the servers, or the files, hold."""
    from mailbot.clerk.rebuilding.gathering import gather, gather_files

    box = clerk.post.boxes[0]
    if files is not None:
        return gather_files(box.account, box.folders.inbox, files.rglob("*.eml"))
    limit, into = clerk.reader.limits.message_bytes, settings.data_folder / _GATHERED

    def told(folder: str, there: int, every: int) -> None:
        """Tell how much of a folder is there."""
        typer.echo(say("rb_fetched", folder=folder, there=there, every=every))

    return gather(clerk.post.boxes, into, limit, told)


def _refuse_hopeless(clerk: Clerk, past: Past, gathered: Gathered, say: Say) -> None:
    """Refuse where nothing tells what had left, or no letter there was made with this key for a planned cycle.

    Raises:
        typer.BadParameter: so it is.
    """
    from mailbot.clerk.rebuilding.fitting import fits

    if not gathered.copies:
        raise typer.BadParameter(say("rb_no_copies"))
    if not fits(clerk.books.office, clerk.reader.secret, past):
        raise typer.BadParameter(say("rb_other_key", copies=gathered.copies))


def _played(clerk: Clerk, past: Past, settings: Settings, done_until: datetime | None, say: Say) -> Rebuilt:
    """Work the past once more."""
    from mailbot.clerk.rebuilding.finishing import finish
    from mailbot.clerk.rebuilding.replaying import Replay
    from mailbot.ledger.files_and_notes import REBUILDING

    replay = Replay(clerk, past, archives=settings.archive_folder)

    def went_on(moment: datetime, done: int, every: int) -> None:
        """Note how far it is."""
        clerk.books.ledger.notes.write(REBUILDING, moment.isoformat())
        if done % _EVERY == 0:
            day = clerk.books.office.calendar.local(moment).date().isoformat()
            typer.echo(say("rb_worked", done=done, every=every, day=day))

    replay.play(done_until, went_on)
    return finish(replay, now())


def _tell(settings: Settings, into: str | None, rebuilt: Rebuilt, say: Say, config: Path | None) -> None:
    """Say what stands, what is held, and what mail could not tell."""
    from mailbot.clerk.rebuilding.finishing import UNTOLD
    from mailbot.cli.configuration.ledger_place import ledger_in_use
    from mailbot.cli.telling.standing_words import standing_words
    from mailbot.ledger.standing import status

    typer.echo(say("rb_stands"))
    found = status(into or ledger_in_use(settings))
    for text in standing_words(found, settings.office(), now(), partial(spelled, config=config), say):
        typer.echo(text)
    typer.echo(say("rb_done", mails=rebuilt.mails, letters=rebuilt.letters))
    for code, some in (
        ("rb_held", rebuilt.held),
        ("rb_unexplained", tuple(f"{one.written_at:%Y-%m-%d} {one.subject}" for one in rebuilt.unexplained)),
        ("rb_gone", rebuilt.gone),
    ):
        if some:
            typer.echo(say(code, count=len(some), release=spelled("outbox release KEY", config)))
        for one in some[:_SHOWN]:
            typer.echo(f"  {one}")
    typer.echo(say("rb_untold"))
    for code in UNTOLD:
        typer.echo(f"  - {say(code)}")
    typer.echo(say("rb_next", list=spelled("outbox list", config), release=spelled("outbox release", config)))
