"""The tape of the demo: one whole cycle over real SMTP and IMAP sockets, recorded by the mail server itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.cli.wiring import clerk_of
from mailbot.rehearsal.cast import PASSWORD, accounts, cast, read_script
from mailbot.rehearsal.clock import HandClock
from mailbot.rehearsal.demo import Rehearsal
from mailbot.rehearsal.sandbox import fresh_folder, point_at
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.settings.loading import load
from tests.examiner.office import read_office
from tests.examiner.tape import Came, Left, Tape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from mailbot.rehearsal.submission import Proof
    from tests.examiner.office import Office

_AUTHSERV_ID = "mail.example.go.id"
CYCLE = "2025"


class RecordingServer(EmbeddedServer):
    """The demo's mail server, which writes down what it delivers."""

    def __init__(self, accounts: Mapping[str, str], *, now: Callable[[], datetime], mailbox: str) -> None:
        """Prepare the server; `mailbox` is the office's."""
        super().__init__(accounts, now=now)
        self._mailbox = mailbox
        self.came: list[Came] = []
        self.left: list[Left] = []

    async def _deliver(self, raw: bytes, sender: str, recipient: str, proof: Proof) -> None:
        now = self._now()
        if recipient == self._mailbox:
            self.came.append(Came(at=now, raw=raw, proved=proof.dmarc == "pass"))
        elif sender == self._mailbox:
            self.left.append(Left(at=now, to=recipient, raw=raw))
        await super()._deliver(raw, sender, recipient, proof)


def demo_tape(folder: Path) -> tuple[Tape, Office]:
    """Play the demo in a folder; return its tape, and the office as its YAML files tell it."""
    config = fresh_folder(folder)
    office = load(config, {}).office()
    clock = HandClock(office.calendar.at(office.plan(CYCLE).starts_on, office.calendar.opens))
    with RecordingServer(accounts(office), now=clock, mailbox=office.mailbox) as server:
        point_at(config, server, _AUTHSERV_ID)
        settings = load(config, {"MAILBOT_IMAP_PASSWORD": PASSWORD, "MAILBOT_SMTP_PASSWORD": PASSWORD})
        with clerk_of(settings, clock) as clerk:
            members = cast(clerk.books.office, server, read_script(settings.template_folders), clock)
            for _ in Rehearsal(clerk, clock, members, CYCLE).play():
                continue
    tape = Tape(came=tuple(server.came), left=tuple(server.left), cycle=CYCLE, finished=True)
    return tape, read_office(config, CYCLE)
