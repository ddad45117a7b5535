"""`mailbot web`: the status board beside a daemon; and a way in for the day on which mail is down."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, environment, now, settings_of, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.model.office import Office
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.settings import Settings
    from mailbot.web.board import Board
    from mailbot.web.gate.asking import LinkToMail

_log = logging.getLogger("mailbot.web")
_LOOKS_EVERY = timedelta(seconds=5)


def web(config: ConfigOption = None) -> None:
    """Serve the status board until told to stop (Ctrl-C or SIGTERM), beside a running daemon."""
    try:
        from mailbot.web.gate.doorkeeper import guarded_board
        from mailbot.web.machine import with_machine_room
        from mailbot.web.serving import serve
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in {"starlette", "uvicorn"}:
            raise
        from mailbot.cli.checking.speaking import say

        say("web_extra", config, err=True)
        raise typer.Exit(1) from None
    from mailbot.cli.door.hands import LedgersHands
    from mailbot.cli.log.beginning import logging_by
    from mailbot.cli.telling.metrics import machine_room
    from mailbot.settings.sayings.catalogue import speech

    with _in_force(config) as counting, logging_by(counting.settings):
        settings = counting.settings.files.office.board
        if counting.edit_waits():
            typer.echo(speech(counting.settings.language)("web_edit_waits", command=spelled("apply", config)), err=True)
        if not settings.listen.startswith(("127.", "localhost", "[::1]")):
            _log.warning(
                "the board listens on %s, which is not this machine alone; see docs/running.md", settings.listen
            )
        hands = LedgersHands(ledger=counting.ledger, settings=lambda: counting.settings)
        board = guarded_board(counting.board(), settings, counting.mail, os.urandom, hands)
        serve(
            with_machine_room(board, machine_room(lambda: counting.settings)),
            settings.listen,
            lambda: _log.info("the board is opened at %s, and listens on %s", settings.url, settings.listen),
        )
        _log.info("stopped")


def signin(
    address: Annotated[str, typer.Argument(help="Address of somebody in recipients.yaml.")],
    config: ConfigOption = None,
) -> None:
    """Print a link that signs somebody in to the board once, in any browser: for the day on which mail is down."""
    from mailbot.settings.sayings.catalogue import speech
    from mailbot.web.gate.asking import Asking
    from mailbot.web.gate.rates import Rates

    with _in_force(config) as counting:
        settings = counting.settings.files.office.board
        asking = Asking(
            board=counting.board(),
            fresh=os.urandom,
            url=settings.url,
            life=settings.link_life,
            rates=Rates(),
            mail=counting.mail,
        )
        link = asking.by_hand(address)
        say = speech(counting.settings.language)
    if not link:
        raise typer.BadParameter(say("si_nobody", address=address))
    typer.echo(link)
    typer.echo(say("si_link", minutes=settings.link_minutes))


@dataclass(slots=True)
class _InForce:
    """The settings that count: an edit that was accepted meanwhile is seen within seconds."""

    ledger: Ledger
    lying_there: Settings
    """Those in the folder when it was opened; where they were wrong, those last accepted."""
    settings: Settings
    _looked_at: datetime | None = None
    _known: Office | None = None
    """The office as it was when it was looked at last."""
    _lock: Lock = field(default_factory=Lock)

    def office(self) -> Office:
        """Return the office as it counts now."""
        with self._lock:
            at = now()
            if self._looked_at is None or not self._looked_at <= at < self._looked_at + _LOOKS_EVERY:
                self._look()
                self._looked_at, self._known = at, self._with_deputies()
            return self._known or self.settings.office()

    def _with_deputies(self) -> Office:
        """Return the office, with the deputies named by mail where one may decide here in another's place."""
        from mailbot.clerk.desk.remembering import with_deputies
        from mailbot.clerk.parts import Books

        office = self.settings.office()
        if not self.settings.files.office.board.decisions:
            return office
        books = Books(office=office, pacing=self.settings.pacing, ledger=self.ledger, clock=now)
        return with_deputies(books).office

    def _look(self) -> None:
        """Go on by what was accepted since; what cannot be read leaves all as it was."""
        from mailbot.clerk.configuration.waiting import accepted_digest
        from mailbot.errors import MailbotError
        from mailbot.settings.loading import load

        if accepted_digest(self.ledger) in {"", self.settings.digest}:
            return
        try:
            self.settings = _counting(load(self.lying_there.folder, environment()), self.ledger)
        except MailbotError as wrong:
            _log.warning("the settings as they were stay in force for the board: %s", wrong)

    def edit_waits(self) -> bool:
        """Say whether what lies in the folder is another configuration than the one that counts."""
        from mailbot.clerk.configuration.waiting import accepted_digest, accepted_whole
        from mailbot.settings.folder import counts_as_it_lies

        contents, whole = self.lying_there.contents, accepted_whole(self.ledger)
        return not counts_as_it_lies(accepted_digest(self.ledger), contents, whole=whole)

    def board(self) -> Board:
        """Return the office whose board it is."""
        from mailbot.cli.door.bell import somebody_listens
        from mailbot.web.board import Board, Daemon
        from mailbot.web.viewer import Act

        decides = (Act.DECIDE,) if self.settings.files.office.board.decisions else ()
        return Board(
            office=self.office,
            ledger=self.ledger,
            clock=now,
            template_folders=self.settings.template_folders,
            archive_folder=self.settings.archive_folder,
            acts=frozenset({Act.HOLD, Act.REPLAY, Act.ORDER, *decides}),
            daemon=Daemon(
                told=True,
                runs=lambda: somebody_listens(self.settings.data_folder),
                silence_minutes=lambda: self.settings.watchdog.after_minutes,
            ),
        )

    def mail(self, link: LinkToMail, at: datetime) -> None:
        """Put the letter with a link into the outbox, and wake the daemon, which alone hands letters over."""
        from mailbot.clerk.board.link_letter import AskedLink, mail_link
        from mailbot.cli.door.bell import ring
        from mailbot.cli.wiring import clerk_on

        asked = AskedLink(
            to=link.to,
            address=link.address,
            link_sha256=link.link_sha256,
            link=link.link,
            code=link.code,
            minutes=self.settings.files.office.board.link_minutes,
            browser=link.browser,
            network=link.network,
        )
        with clerk_on(self.ledger, self.settings) as clerk:
            mail_link(clerk.books, clerk.maker, asked, at)
        _log.info("a link to the board was mailed", extra={"told": {"by": (link.to.key,)}})
        if not ring(self.settings.data_folder):
            _log.warning("no daemon works on %s: the link leaves once mailbot run does", self.settings.data_folder)


def _counting(lying_there: Settings, ledger: Ledger) -> Settings:
    """Return the settings that count; raises ConfigProblem."""
    from mailbot.cli.configuration.judging import in_force
    from mailbot.settings.loading import as_it_counts

    return as_it_counts(in_force(ledger, lying_there, environment()))


@contextmanager
def _in_force(config: Path | None) -> Iterator[_InForce]:
    """Open the ledger, and give the settings that count on it.

    Raises:
        ConfigProblem: they cannot be read.
        LedgerProblem: the database cannot be used.
    """
    from mailbot.cli.wiring import ledger_of

    lying_there = settings_of(config)
    with ledger_of(lying_there) as ledger:
        yield _InForce(ledger=ledger, lying_there=lying_there, settings=_counting(lying_there, ledger))
