"""One mail as read, before anybody has judged what it means: whose it is, what it says, what it carries as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.language.nik import MASK
from mailbot.core.model.unreadable import Unreadable

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.form import ReadForm, ReadLines
    from mailbot.core.model.letters import Answers
    from mailbot.core.model.people import Person


class Proof(StrEnum):
    """How far the sender is proved, from nothing to a decision's worth."""

    FAILED = "failed"
    """Our own mail server found that the mail does not come from the domain in From (DMARC): less than nothing."""
    NONE = "none"
    """The From address is only what the mail says of itself."""
    AUTHENTICATED = "authenticated"
    """Our own mail server found DMARC, or aligned DKIM, in order; or we verified an aligned DKIM signature."""
    CODE = "code"
    """The one-time code that was sent to the registered address came back."""
    OPERATOR = "operator"
    """Given at the office's own machine, by command."""

    @property
    def holds(self) -> bool:
        """Say whether anything proves the sender at all."""
        return self not in {Proof.NONE, Proof.FAILED}


class Automatic(StrEnum):
    """Why a mail counts as written by a robot; such a mail is never answered and never decides anything."""

    BOUNCE = "bounce"
    DELAY = "delay"
    DELIVERED = "delivered"
    READ_RECEIPT = "read_receipt"
    VACATION = "vacation"
    LIST = "list"
    OWN = "own"
    """Our own mail come back to us."""
    ROBOT = "robot"
    """Any other automatic mail."""


class Gesture(StrEnum):
    """What somebody clicked on instead of writing: it is never a word, and never answered as one."""

    REACTION = "reaction"
    """A thumb, or another sign, under a letter of ours."""
    INVITATION = "invitation"
    """An answer to an invitation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """What a delivery report says of one recipient."""

    recipient: str
    status: str
    """Enhanced status such as `5.1.1`; empty if the report gives none."""
    permanent: bool
    message_id: str = ""
    """Message-ID of the letter it is about, if the report carries it."""
    returned: tuple[tuple[str, str], ...] = ()
    """Header fields of that letter that the report gives back, by name; none: it only says what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file found at any depth of a mail; `name` is cleaned for display and never used as a path.

    A number like a NIK in the name is masked, as `core.nik` masks it.
    """

    sha256: str
    name: str
    media_type: str
    size_bytes: int
    content: bytes


class Paper(StrEnum):
    """A document that decisions are about, by its media type."""

    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """One rendering of a mail without what is certainly quoted, signature and small print included."""

    own: str
    """What the sender certainly wrote, or his mail program under his name."""
    doubtful: str = ""
    """What may be quoted, and what may be out of sight: no word in it decides, and nothing in it is passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One arrived mail as a value; nothing in it is a judgement about the cycle."""

    sha256: str
    """Of the raw bytes."""
    message_id: str
    received_at: datetime
    """When the server took it (INTERNALDATE), never the Date header, and never later than it was first seen."""
    senders: tuple[str, ...]
    """Addresses in From; anything but exactly one is not a person we know."""
    subject: str
    in_reply_to: tuple[str, ...]
    """Message-IDs this mail says it answers, nearest first (In-Reply-To, then References from the end)."""
    own_words: str
    """Newly typed text, quotation and signature removed."""
    subject_beside: str = ""
    """What its sender put into the subject beside that of the letter of ours which he answers; the caller's to say."""
    sent_by: str = ""
    """Who sent it in the name of whoever stands in From, if somebody did: the address in Sender."""
    own_texts: tuple[OwnText, ...] = ()
    """Each rendering whole, as a decision is read from it; empty: `own_words` is all there is."""
    quotes: bool = False
    """Something else stands there that is, or may be, quoted."""
    renderings_agree: bool = True
    """False when the text and the HTML part say different things: such a mail decides nothing."""
    tokens: tuple[str, ...] = ()
    """Letter tokens of ours found anywhere in the mail, quoted or not."""
    codes: tuple[str, ...] = ()
    """Six-digit one-time codes among the own words."""
    proof: Proof = Proof.NONE
    words_of_body: str | None = None
    """The own words as the body alone gives them, where nothing that is proved says how it is to be read; None: it is
    read as its header says."""
    automatic: Automatic | None = None
    through_list: bool = False
    """Nothing but a mailing list that it came through makes it automatic: from a listed person it is a person's."""
    returns_on: str = ""
    """What a vacation reply says about the return, ISO date, if readable."""
    stands_in: str = ""
    """What a vacation reply says of who stands in, as written."""
    bounces: tuple[Bounce, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    unopened: tuple[str, ...] = ()
    """Names of the files beyond the number that is opened; workbooks go first."""
    forms: tuple[ReadForm, ...] = ()
    """Every attachment that is, or pretends to be, a form."""
    lines: ReadLines | None = None
    """Answers in lines among the own words (`IKU-02: 99,12`), if there are any."""
    cloud_links: tuple[str, ...] = ()
    oversize: bool = False
    """Only its head was fetched, for it is larger than is taken: nobody has seen what it says."""
    gesture: Gesture | None = None
    """A mail program made it of a click: nobody wrote it."""
    defects: tuple[str, ...] = ()

    @property
    def sender(self) -> str:
        """Return the one From address, or an empty string if there is not exactly one."""
        return self.senders[0] if len(self.senders) == 1 else ""


MEANT_AS_FORM = frozenset({Unreadable.PASSWORD, Unreadable.BROKEN, Unreadable.TOO_LARGE, Unreadable.EMPTY_FILE})
"""Why a file cannot be read that was meant as a form: a PDF, a picture or another table beside a form is evidence."""

MAY_BE_EVIDENCE = frozenset(
    {
        Unreadable.PDF,
        Unreadable.PICTURE,
        Unreadable.TEXT_DOCUMENT,
        Unreadable.OLD_DOCUMENT,
        Unreadable.ARCHIVE,
        Unreadable.MESSAGE,
        Unreadable.NUMBERS,
        Unreadable.WEB_PAGE,
        Unreadable.NOT_A_FORM,
    }
)
"""Why a file cannot be read that need not be meant as a form."""


BESIDE_THE_POINT = frozenset({"text/calendar", "text/vcard"})
"""Files that mail programs add, and that are neither a form nor evidence: invitations, calling cards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One file of evidence, and the mail it came in; the file itself is kept under its digest."""

    file_sha256: str
    """Empty for one that came before digests were noted."""
    file_name: str
    mail_sha256: str
    received_at: datetime
    held: bool = False
    """It holds a number like a NIK: kept, and spread nowhere."""


def too_large_in(mail: Mail) -> tuple[str, ...]:
    """Return the names of files that were too large to be opened."""
    large = (form.file_name for form in mail.forms if form.unreadable is Unreadable.TOO_LARGE)
    return tuple(name for name in large if name)


def shortcuts_in(mail: Mail) -> tuple[str, ...]:
    """Return the names of what came in place of a file and is only the way to it."""
    return tuple(form.file_name for form in mail.forms if form.unreadable is Unreadable.SHORTCUT)


def evidence_in(mail: Mail) -> tuple[Evidence, ...]:
    """Return the files of a mail that are no form, nor meant as one, nor only the way to a file.

    One whose name showed a NIK is held back, too.
    """
    none = MEANT_AS_FORM | {None, Unreadable.SHORTCUT}
    forms = {form.file_sha256 for form in mail.forms if form.unreadable in none}
    personal = {form.file_sha256 for form in mail.forms if form.personal_data}
    return tuple(
        Evidence(
            file_sha256=file.sha256,
            file_name=file.name,
            mail_sha256=mail.sha256,
            received_at=mail.received_at,
            held=file.sha256 in personal or MASK in file.name,
        )
        for file in mail.attachments
        if file.sha256 not in forms and file.media_type not in BESIDE_THE_POINT
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The mail a fact comes from: for the thread, for the record, and for where the answer goes."""

    mail_sha256: str
    answers: Answers
    address: str
    person: Person
    proof: Proof
    received_at: datetime
    """When the mail reached our server: windows, days and posts are judged by it, whenever the mail is worked."""


class OfMail:
    """A fact that a mail brought: it counts as of the moment that the mail was received."""

    __slots__ = ()
    source: Source

    @property
    def received_at(self) -> datetime:
        """Return when the mail reached our server."""
        return self.source.received_at
