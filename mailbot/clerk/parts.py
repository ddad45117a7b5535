"""What the clerk works with, part by part: a function takes the parts it needs, and only the pass knows them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from mailbot.settings.files.watchdog import Watchdog

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.desk.draft_examining import Prepared
    from mailbot.clerk.rollup.neighbours import Neighbours
    from mailbot.core.draft.document import Examined
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.form import ReadForm
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Attachment, Mail
    from mailbot.core.model.office import Office
    from mailbot.core.remarks.returned import ReturnedFile
    from mailbot.ledger.ledger import Ledger
    from mailbot.post.fetched import FetchedMail, Listing, Settled
    from mailbot.post.second_channel import Notice
    from mailbot.reading.limits import MailLimits
    from mailbot.reading.signature.checking import PaperChecker
    from mailbot.reading.signature.sealing import Sealer
    from mailbot.settings.files.mailbox import Filing, Folders, Pacing
    from mailbot.writing.archive.kept import Kept, Laid
    from mailbot.writing.letters.letter import Written
    from mailbot.writing.word.pdf import PdfMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What every decision is made with: who we are, what was kept and decided before, and what time it is."""

    office: Office
    pacing: Pacing
    ledger: Ledger
    clock: Callable[[], datetime]


class MakesLetters(Protocol):
    """What the clerk asks of whoever makes its papers; `composing.LetterMaker` is the real one."""

    def letters(self, books: Books, wanted: Sequence[tuple[Letter, Cycle | None]], at: datetime) -> tuple[Written, ...]:
        """Make letters, with the files they enclose, into the bytes that will leave: all that are decided together.

        Raises:
            TemplateProblem: the words or documents of one cannot be made.
            PdfAwaited: a PDF cannot be made now, and the office wants no letter without it.
        """

    def draft(self, office: Office, cycle: Cycle, version: int) -> bytes:
        """Compile one version of the report as DOCX.

        Raises:
            TemplateProblem: the report's template is missing or broken.
        """

    def cover_letter(self, office: Office, letter: Letter, cycle: Cycle) -> bytes:
        """Make the Surat Pengantar that a letter encloses, as DOCX.

        Raises:
            TemplateProblem: its Word file is missing or broken, or nobody holds the post that signs.
        """

    def edited(self, office: Office, cycle: Cycle, docx: bytes, former: bytes) -> Prepared:
        """Make a version of a draft that somebody has edited, `former` being the present one.

        Raises:
            TemplateProblem: as `draft`.
            ReadingStalled: it could not be looked into, for the machine is too busy.
        """

    def accepted(self, docx: bytes) -> bytes:
        """Make a draft in which all tracked changes are accepted."""

    def standing(self, office: Office, cycle: Cycle, docx: bytes) -> Examined:
        """Say where the present version disagrees with the data by now; raises as `edited`."""

    def resigned(self, office: Office, cycle: Cycle, docx: bytes) -> Prepared:
        """Make the present version of a draft with nothing but our anchors stamped anew; raises as `edited`."""

    def renewed(self, office: Office, cycle: Cycle, former: bytes) -> Prepared:
        """Make the report of today as the next version, or the present one where it says the same.

        Raises:
            TemplateProblem, ReadingStalled: as `edited`.
        """

    def as_pdf(self, docx: bytes) -> bytes | None:
        """Make a PDF of a Word file; None where this machine makes none.

        Raises:
            PdfAwaited: as `letters`.
        """

    def journal_path(self, office: Office) -> str:
        """Return where the journal lies in an archive.

        Raises:
            TemplateProblem: its words are missing.
        """

    def binder_path(self, office: Office) -> str:
        """Return where the binder lies in an archive that has one.

        Raises:
            TemplateProblem: its words are missing.
        """

    def archive(self, office: Office, kept: Kept) -> tuple[Laid, ...]:
        """Lay the archive of a cycle out: every file but its journal and its list.

        Raises:
            TemplateProblem: the archive's words are missing or broken.
        """

    def lay_down(self, name: str, files: dict[str, bytes], *, settled: bool) -> tuple[Path, Path | None]:
        """Write an archive into its folder; what else lay in its place is moved aside, and never lost if `settled`.

        Returns:
            The folder, and where something else that lay in its place is now, if something did.

        Raises:
            OSError: the folder cannot be written.
        """


class MailboxDoor(Protocol):
    """What the clerk asks of a mailbox; `post.imap.Mailbox` is the real one."""

    def list_uids(self, folder: str, *, above: int = 0) -> Listing:
        """List a folder."""

    def fetch(self, folder: str, uids: Collection[int], *, size_limit_bytes: int) -> Iterator[FetchedMail]:
        """Fetch mails raw."""

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
    """One mailbox the office is reached at: under which name the ledger keeps it, its folders, its door."""

    account: str
    folders: Folders
    filing: Filing = "auto"
    """Who files copies of the letters that leave; nobody where none leaves."""
    open_mailbox: Callable[[], AbstractContextManager[MailboxDoor]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The mailboxes, and the way out."""

    name: str
    """Who claims letters; the same after a restart."""
    boxes: tuple[Box, ...]
    """Every mailbox that is read. Letters leave from the first, and their copies are filed there."""
    open_courier: Callable[[], AbstractContextManager[CourierDoor]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReader:
    """What mails are read by, and by what it is known who wrote them."""

    limits: MailLimits
    secret: bytes
    """The office's: known by it are the one-time codes that come back."""
    believed: Mapping[str, tuple[str, ...]]
    """By account: whose Authentication-Results count on mail that came there, its own server's; elsewhere nobody's."""
    read_forms: Callable[[tuple[Attachment, ...]], tuple[ReadForm, ...]]
    """Reads attachments as forms, in a process of its own."""
    read_mail: Callable[..., Mail] | None = None
    """Reads a mail as `reading.mail.read_mail` does, in that process, under its limits; None: in this one."""
    papers: PaperChecker | None = None
    """Checks signed papers; None: what comes is not checked, and is shown to a person."""
    read_returned: Callable[[Attachment, tuple[str, str]], ReturnedFile | None] | None = None
    """Reads what is marked in a file that came back with a draft, likewise; None: in this process."""
    look_up_txt: Callable[[str], str] | None = None
    """Asks the DNS for a key, for a check of signatures by ourselves; None: the office wants none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookout:
    """What is watched beside the mail itself, and how the operator hears of it where no letter can leave."""

    template_folders: tuple[Path, ...]
    """Where the words of a notice are, the office's own folder first."""
    watchdog: Watchdog = field(default_factory=Watchdog)
    ring: Callable[[Notice], None] | None = None
    """Tells the operator over the second channel; None: there is none."""
    free_bytes: Callable[[], int] | None = None
    """How much room there is where the ledger lies; None: nobody knows."""
    permissions: Callable[[], tuple[tuple[str, datetime], ...]] = tuple
    """Gives the accounts whose permission to log in ends at a known moment, each with that moment."""
    pdf: PdfMaker | None = None
    """What makes PDFs, and knows whether it can; None: this machine makes none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealsPapers:
    """What has papers sealed by the office's own service, and looks at what comes back."""

    sealer: Sealer
    checker: PaperChecker
    signers: tuple[str, ...]
    """Names that the service's certificate may bear; none: any that is trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """All parts of a pass, put together by the command line (or by a test) and nowhere else."""

    books: Books
    maker: MakesLetters
    post: Post
    reader: MailReader
    lookout: Lookout
    seals: SealsPapers | None = None
    """None: this office has no such service, and its papers wait."""
    neighbours: Neighbours | None = None
    """None: it stands alone."""
