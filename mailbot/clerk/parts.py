"""What the clerk works with: office, ledger, the doors to the post, and what only the outside can give."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from mailbot.clerk.composing import Press
from mailbot.settings.watchdog import Watchdog

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.model.form import ReadForm
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.office import Office
    from mailbot.ledger.ledger import Ledger
    from mailbot.post.fetched import FetchedMail, Listing, Settled
    from mailbot.post.second_channel import Notice
    from mailbot.settings.settings import Folders, Limits, Pacing, Trust
    from mailbot.writing.word.pdf import PdfMaker


class MailboxDoor(Protocol):
    """What the clerk asks of a mailbox; `post.imap.Mailbox` is the real one."""

    def list_uids(self, folder: str, *, above: int = 0) -> Listing:
        """List a folder."""

    def fetch(self, folder: str, uids: Collection[int], *, size_limit_bytes: int) -> Iterator[FetchedMail]:
        """Fetch mails raw."""

    def still_there(self, folder: str, uids: Collection[int], *, uid_validity: int) -> frozenset[int]:
        """Say which of these mails the folder still holds."""

    def settle(self, folder: str, uids: Collection[int], *, uid_validity: int, keep_in: str | None) -> Settled:
        """Move or flag kept mails."""

    def append(self, folder: str, raw: bytes) -> None:
        """Put a copy of a sent letter into a folder."""

    def sent_folder(self, *, make: bool = False) -> str | None:
        """Name the server's folder for sent mail, if it has one; with `make` it has one afterwards."""

    def copies_held(self, folder: str, message_id: str) -> int:
        """Say how many copies of a letter of ours a folder holds."""


class CourierDoor(Protocol):
    """What the clerk asks of the way out; `post.smtp.Courier` is the real one."""

    def send(self, sender: str, recipient: str, raw: bytes, *, before_data: Callable[[], None]) -> str:
        """Hand one letter over and return the server's reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One mailbox the office is reached at: under which name it is kept, its folders, whom it believes, its door."""

    account: str
    folders: Folders
    authserv_ids: tuple[str, ...]
    """Whose Authentication-Results are believed of mail that came here: those of this mailbox's own server."""
    open_mailbox: Callable[[], AbstractContextManager[MailboxDoor]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Everything a pass needs, built by the command line (or by a test) and nowhere else."""

    name: str
    """Who claims letters; the same after a restart."""
    account: str
    """Name of our mailbox at its server."""
    office: Office
    ledger: Ledger
    folders: Folders
    pacing: Pacing
    trust: Trust
    limits: Limits
    secret: bytes
    template_folders: tuple[Path, ...]
    archive_folder: Path
    clock: Callable[[], datetime]
    open_mailbox: Callable[[], AbstractContextManager[MailboxDoor]]
    open_courier: Callable[[], AbstractContextManager[CourierDoor]]
    read_forms: Callable[[tuple[Attachment, ...]], tuple[ReadForm, ...]]
    """Reads attachments as forms, in a process of its own."""
    press: Press = field(default_factory=Press)
    """What letters, drafts and archives are made by."""
    look_up_txt: Callable[[str], str] | None = None
    """Asks the DNS for a key, for a check of signatures by ourselves; None: the office wants none."""
    watchdog: Watchdog = field(default_factory=Watchdog)
    ring: Callable[[Notice], None] | None = None
    """Tells the operator over the second channel; None: there is none."""
    free_bytes: Callable[[], int] | None = None
    """How much room there is where the ledger lies; None: nobody knows."""
    further: tuple[Box, ...] = ()
    """Mailboxes that are read as well; letters leave from the first one alone."""
    permissions: Callable[[], tuple[tuple[str, datetime], ...]] = tuple
    """Gives the accounts whose permission to log in ends at a known moment, each with that moment."""
    pdf: PdfMaker | None = None
    """None: this machine makes no PDF."""
    attempts: int = 3
    """A mail that fails this often is set aside."""
    lease: timedelta = timedelta(minutes=15)
    doubt_wait: timedelta = timedelta(minutes=15)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Return every mailbox that is read, the one that letters leave from first."""
        main = Box(
            account=self.account,
            folders=self.folders,
            authserv_ids=self.trust.authserv_ids,
            open_mailbox=self.open_mailbox,
        )
        return (main, *self.further)

    def believes(self, account: str) -> tuple[str, ...]:
        """Return whose Authentication-Results count on mail of that account; nobody's, if it is ours no more."""
        return next((box.authserv_ids for box in self.boxes if box.account == account), ())
