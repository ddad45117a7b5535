"""The machine of a run: the daemon's life from one death to the next, its clock, and the old copy of its ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mailbot.clerk.parts import Books, Box, Clerk, Lookout, MailReader, MakesLetters, Post
from mailbot.clerk.sending import take_back
from mailbot.ledger.files_and_notes import RESTORED
from mailbot.ledger.values import LetterState
from mailbot.reading.limits import mail_limits
from tests.simulation.forms import PlainForms
from tests.simulation.letter_maker import ListenedLetterMaker, PlainLetterMaker
from tests.simulation.mails import AUTHSERV_ID
from tests.simulation.paper_checker import plain_papers
from tests.simulation.seams import Seam, seamed

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.model.office import Office
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.files.mailbox import Filing, Folders
    from mailbot.settings.settings import Settings
    from tests.simulation.disk import AnyDisk
    from tests.simulation.forms import Forms
    from tests.simulation.server import Server

SECRET = b"a secret of the simulation"
_NAME = "simulated"
_PLAIN = PlainLetterMaker(secret=SECRET)


def _plain_forms(office: Office) -> Forms:
    """Return the small forms of a quick run."""
    return PlainForms(office=office, secret=SECRET)


def _as_built(clerk: Clerk) -> Clerk:
    """Return the clerk unchanged."""
    return clerk


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a run is built from; a test of the watch gives it a part that is sabotaged."""

    ledger: Callable[[Ledger, Seam], Ledger] = seamed
    maker: MakesLetters = _PLAIN
    clerk: Callable[[Clerk], Clerk] = _as_built
    forms: Callable[[Office], Forms] = _plain_forms
    goes_on: bool = False
    """The run goes on when an invariant is broken: somebody else is to find it."""


@dataclass(slots=True, kw_only=True)
class Machine:
    """The computer the daemon runs on. What outlives its deaths: the disk, the server, and the true time."""

    settings: Settings
    office: Office
    folders: Folders
    disk: AnyDisk
    parts: Parts
    seam: Seam
    server: Server
    maker: ListenedLetterMaker
    forms: Forms
    now: Callable[[], datetime]
    """The true time."""
    off_until: datetime
    filing: Filing = "auto"
    """Who files copies of what leaves."""
    skew: timedelta = timedelta()
    """How wrong its own clock is."""
    copy: Any = None
    clerk: Clerk = field(init=False)

    def __post_init__(self) -> None:
        """Start for the first time."""
        self.clerk = self.start()

    @property
    def ledger(self) -> Ledger:
        """The bare ledger, read anew every time."""
        return self.disk.ledger

    def start(self) -> Clerk:
        """Start the daemon, and take back what a former life had in its hands."""
        self.disk.opened_anew()
        settings = self.settings
        pacing = settings.pacing.but(per_minute=1000, per_day=5000, answers_per_day=8)
        ledger = self.parts.ledger(self.ledger, self.seam)
        box = Box(account=_NAME, folders=self.folders, open_mailbox=self.server.mailbox, filing=self.filing)
        clerk = Clerk(
            books=Books(office=self.office, pacing=pacing, ledger=ledger, clock=lambda: self.now() + self.skew),
            maker=self.maker,
            post=Post(name=_NAME, boxes=(box,), open_courier=self.server.courier),
            reader=MailReader(
                limits=mail_limits(settings.limits),
                secret=SECRET,
                believed={_NAME: (AUTHSERV_ID,)},
                read_forms=self.forms.read,
                papers=plain_papers(),
            ),
            lookout=Lookout(template_folders=settings.template_folders),
        )
        take_back(self.ledger, clerk.books.clock(), _NAME)
        self.clerk = self.parts.clerk(clerk)
        return self.clerk

    def starts_anew(self) -> None:
        """Start after a death; a letter whose bytes were on the line is now in doubt."""
        sending = {one.message_id for one in self.ledger.letters.listing(LetterState.SENDING)}
        self.server.doubted |= sending & {self.server.in_hand}
        self.start()

    def back_up(self) -> None:
        """Copy the ledger."""
        self.copy = self.disk.copied()

    def restore(self) -> bool:
        """Put the last copy of the ledger back, marked as one as every backup is, and start; False if there is none."""
        if self.copy is None:
            return False
        self.disk.put_back(self.copy)
        self.ledger.notes.write(RESTORED, "yes")
        self.start()
        return True

    def is_well(self) -> None:
        """Put an end to everything that was wrong with it."""
        self.skew, self.off_until, self.seam.left = timedelta(), self.now(), 0
