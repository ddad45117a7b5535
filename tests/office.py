"""The toy office: the real house on the sample office, with a post in memory and a clock set by hand.

Verbs: `arrives(mail)`, `days_pass(n)`, `hours_pass(n)`, `letters_to(person)`, `answers(...)`, `unit(key)`.
"""

from __future__ import annotations

import email
import email.policy
import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, ClassVar, ParamSpec, cast

from mailbot.clerk.parts import Books, Box, Clerk, Lookout, MailReader, Post
from mailbot.clerk.passing import Passed, one_pass
from mailbot.core.model.cycle import Cycle, UnitForm
from mailbot.core.model.form import ReadForm
from mailbot.core.model.mail import Attachment
from mailbot.core.model.office import Office
from mailbot.core.model.people import Person
from mailbot.errors import Refused
from mailbot.ledger.ledger import Ledger
from mailbot.post.fetched import FetchedMail, Listing, Settled
from mailbot.reading.limits import mail_limits
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.clock import HandClock
from mailbot.rehearsal.filling import Script
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from mailbot.settings.settings import Settings
from mailbot.writing.words.beside_words import with_words
from tests.copied import copy_of, empty_ledger, ledger_from
from tests.given import given
from tests.remembered import RememberingLetterMaker, fill, read_form

SECRET = b"a secret of the tests"
ACCOUNT = "toy"
NOWHERE = Path(os.devnull) / "arsip"
"""A place for archives where none can be written: a story that comes so far says where (`archives_in`)."""
AUTHSERV_ID = "mx.example.go.id"
CYCLE = "2025"


@dataclass(slots=True)
class ToyPost:
    """A mail server in memory: what arrives lies in INBOX with a UID, what is sent lies with its addressee."""

    now: Callable[[], datetime]
    mails: list[FetchedMail] = field(default_factory=list)
    delivered: list[tuple[str, bytes]] = field(default_factory=list)
    """Address and bytes of every letter taken, in order."""
    arrived: list[int] = field(default_factory=list)
    """How many mails had come when each of them was taken."""
    copies: list[bytes] = field(default_factory=list)
    refusals: dict[str, tuple[int, str]] = field(default_factory=dict)
    uid_validity: int = 1
    sent: str | None = None
    """The folder in which the server files what is sent, if it does."""
    made: bool = False
    """Whether a folder for sent mail was made because there was none."""
    seam: Callable[[str], None] = lambda _name: None
    """Called at every place where a machine can die."""

    def arrive(self, raw: bytes) -> None:
        """Let a mail lie in INBOX."""
        self.mails.append(
            FetchedMail(
                folder="INBOX",
                uid_validity=self.uid_validity,
                uid=len(self.mails) + 1,
                size_bytes=len(raw),
                internal_date=self.now(),
                raw=raw,
                truncated=False,
            )
        )

    def list_uids(self, folder: str, *, above: int = 0) -> Listing:
        """List a folder."""
        self.seam("list")
        uids = tuple(mail.uid for mail in self.mails if folder == "INBOX" and mail.uid > above)
        return Listing(folder=folder, uid_validity=self.uid_validity, uids=uids)

    def fetch(self, folder: str, uids: Collection[int], *, size_limit_bytes: int) -> Iterator[FetchedMail]:
        """Fetch mails raw; one over the limit comes as its header block."""
        self.seam("fetch")
        for mail in self.mails:
            if folder == "INBOX" and mail.uid in uids:
                large = mail.size_bytes > size_limit_bytes
                yield replace(mail, raw=mail.raw.split(b"\r\n\r\n")[0], truncated=True) if large else mail

    def settle(self, folder: str, uids: Collection[int], *, uid_validity: int, keep_in: str | None) -> Settled:
        """Leave everything where it is."""
        del folder, uids, uid_validity, keep_in
        return Settled.LEFT

    def append(self, folder: str, raw: bytes) -> None:
        """File a copy of a sent letter."""
        del folder
        self.copies.append(raw)

    def sent_folder(self, *, make: bool = False) -> str | None:
        """Name the folder for sent mail."""
        self.made = self.made or make
        return self.sent or ("Sent" if self.made else None)

    def copies_held(self, folder: str, message_id: str) -> int:
        """Say how many copies of that letter are filed."""
        del folder
        return sum(message_id.encode() in raw for raw in self.copies)

    def send(self, sender: str, recipient: str, raw: bytes, *, before_data: Callable[[], None]) -> str:
        """Take a letter, unless its address refuses."""
        del sender
        self.seam("connect")
        if recipient in self.refusals:
            code, reply = self.refusals[recipient]
            raise Refused(permanent=code >= 500, code=code, reply=reply)
        before_data()
        self.seam("data")
        self.delivered.append((recipient, raw))
        self.arrived.append(len(self.mails))
        if self.sent is not None:
            self.copies.append(raw)
        self.seam("taken")
        return "250 2.0.0 Ok"


@cache
def _settings(folder: Path) -> Settings:
    """Load an office once: settings cannot be changed, and an office that starts anew a hundred times asks."""
    return load(folder, {})


@cache
def _office(folder: Path) -> Office:
    """Return its people and rules, likewise; a word stands at once, row 8 waits for nothing, all is told daily."""
    settings = _settings(folder)
    own = with_words(settings.office(), settings.template_folders)
    return replace(
        own,
        letter_numbers=replace(own.letter_numbers, awaited=False),
        policy=replace(own.policy, recall_minutes=0, receipt_days=0, morning="daily", head_weekly=False),
    )


@cache
def _script(folder: Path) -> Script:
    """Return what its staff know and write, likewise."""
    return read_script(_settings(folder).template_folders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A letter as its reader sees it."""

    address: str
    kind: str
    subject: str
    message_id: str
    text: str
    files: tuple[tuple[str, bytes], ...]
    raw: bytes

    def file(self, ending: str) -> tuple[str, bytes]:
        """Return the first enclosure whose name ends so."""
        return next(one for one in self.files if one[0].lower().endswith(ending))


DRIVES: ContextVar[Callable[[Clerk], Passed]] = ContextVar("drives", default=one_pass)
"""What a pass is: mailbot's own, or the same by tasks (`tests.tasks`)."""


class ToyOffice:
    """The sample office on one machine's memory; the cycle of 2025 begins on Monday, 5 January 2026, at 07.30 WIB."""

    folder: ClassVar[Path] = sample_folder()
    """Its configuration; another office is another class."""

    def __init__(
        self, ledger: Ledger | None = None, post: ToyPost | None = None, clock: HandClock | None = None
    ) -> None:
        """Open the office; a ledger, a post and a clock of an earlier life go on where they stood."""
        settings = _settings(self.folder)
        self.office = _office(self.folder)
        self._kinds: dict[str, str] = {}
        opens = self.office.calendar.at(self.office.plan(CYCLE).starts_on, self.office.calendar.opens)
        self.clock = clock or HandClock(opens)
        self.post = post or ToyPost(self.clock)
        self.ledger = ledger or empty_ledger()
        self.script = _script(self.folder)
        # The clock stands still while a story is told, so a minute has to hold more than a minute's letters.
        pacing = settings.pacing.but(per_minute=1000)
        templates = settings.template_folders
        box = Box(account=ACCOUNT, folders=settings.folders, open_mailbox=self._door)
        reader = MailReader(
            limits=mail_limits(settings.limits),
            secret=SECRET,
            believed={ACCOUNT: (AUTHSERV_ID,)},
            read_forms=self._read_forms,
        )
        self.clerk = Clerk(
            books=Books(office=self.office, pacing=pacing, ledger=self.ledger, clock=self.clock),
            maker=RememberingLetterMaker(
                secret=SECRET, template_folders=templates, archive_folder=NOWHERE, reader=reader
            ),
            post=Post(name="toy", boxes=(box,), open_courier=self._door),
            reader=reader,
            lookout=Lookout(template_folders=templates),
        )

    def _door(self) -> AbstractContextManager[ToyPost]:
        return nullcontext(self.post)

    def _read_forms(self, files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
        return tuple(read_form(one.content, one.name, self.office, SECRET) for one in files)

    def has(self, **named: Any) -> None:  # noqa: ANN401 - values of every part
        """Let the clerk work with other values: `has(pacing=...)`, `has(read_forms=...)`, `has(office=...)`."""
        self.clerk = given(self.clerk, **named)

    def archives_in(self, folder: Path) -> None:
        """Let archives be written into that folder."""
        self.has(archive_folder=folder)

    def works(self) -> Passed:
        """Make one pass, or what drives the office in its place."""
        return DRIVES.get()(self.clerk)

    def hours_pass(self, hours: float) -> None:
        """Let that many hours pass, then make a pass."""
        self.clock.set_to(self.clock() + timedelta(hours=hours))
        self.works()

    def days_pass(self, days: int) -> None:
        """Let working days pass: a pass in the morning, one at noon and one after closing, on each."""
        calendar = self.office.calendar
        for _ in range(days):
            self.morning()
            self.clock.set_to(calendar.at(calendar.local(self.clock()).date(), calendar.closes) + timedelta(minutes=5))
            self.works()

    def morning(self) -> None:
        """Go to the next working day: a pass when the office opens, one at half past eleven."""
        calendar = self.office.calendar
        day = calendar.next_working_day(calendar.local(self.clock()).date())
        for hours in (0, 4):
            self.clock.set_to(calendar.at(day, calendar.opens) + timedelta(hours=hours))
            self.works()

    def silent_until(self, moment: datetime) -> None:
        """Let the machine be off until that moment, then make one pass."""
        self.clock.set_to(moment)
        self.works()

    def arrives(self, raw: bytes) -> None:
        """Let a mail arrive and be worked at once."""
        self.post.arrive(raw)
        self.works()

    def person(self, key: str) -> Person:
        """Return one of the office's people."""
        return self.office.roster.person(key)

    def letters_to(self, key: str, kind: str | None = None) -> list[Seen]:
        """Return the letters somebody has received, of that kind, in order."""
        return [
            letter
            for address, raw in self.post.delivered
            if self.person(key).owns(address) and (kind is None or kind == self._kind(raw))
            for letter in [self.seen(address, raw)]
        ]

    def letter(self, key: str, kind: str, number: int = 0) -> Seen:
        """Return somebody's letter of that kind: the last one, or the one of that number from 1."""
        return self.letters_to(key, kind)[number - 1]

    def answers(
        self,
        key: str,
        letter: Seen | None,
        words: str,
        *files: tuple[str, bytes],
        proved: bool = True,
        address: str = "",
        extra: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Let somebody answer a letter (or write anew) with these words and files."""
        self.arrives(self.mail(key, letter, words, *files, proved=proved, address=address, extra=extra))

    def mail(
        self,
        key: str,
        letter: Seen | None,
        words: str,
        *files: tuple[str, bytes],
        proved: bool = True,
        address: str = "",
        extra: tuple[tuple[str, str], ...] = (),
    ) -> bytes:
        """Write a mail as somebody's mail program would, as our own server delivers it."""
        sender = address or self.person(key).addresses[0]
        mail = EmailMessage(policy=email.policy.SMTP)
        if proved:
            mail["Authentication-Results"] = f"{AUTHSERV_ID}; dmarc=pass header.from={sender.rpartition('@')[2]}"
        mail["Received"] = f"from client by {AUTHSERV_ID}; Mon, 5 Jan 2026 08:00:00 +0700"
        mail["From"] = sender
        mail["To"] = self.office.mailbox
        mail["Subject"] = f"Re: {letter.subject}" if letter else "Pertanyaan"
        number = len(self.post.mails) + 1
        mail["Message-ID"] = f"<{number}.{sender.partition('@')[0]}@example.go.id>"
        if letter:
            mail["In-Reply-To"] = letter.message_id
            mail["References"] = letter.message_id
        for name, value in extra:
            mail[name] = value
        quoted = "\n".join(f"> {line}" for line in letter.text.splitlines()) if letter else ""
        mail.set_content(f"{words}\n\nPada Sen, 5 Jan 2026 pukul 08.00 DISDUKCAPIL menulis:\n\n{quoted}\n")
        for name, content in files:
            mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        if files:
            # Else drawn by chance: our answer's token and code follow from the bytes of the mail it answers.
            mail.set_boundary(f"=_{number}")
        return mail.as_bytes()

    def filled(self, unit: str, *, mistakes: int = 0) -> tuple[str, bytes]:
        """Return a unit's own form, as it was sent out, filled in."""
        head = next(one for one in self.office.roster.people if one.unit == unit and one.role.value == "division_head")
        name, form = self.letter(head.key, "request").file(".xlsx")
        return name, fill(form, self.script, mistakes=mistakes)

    def sends_form(self, key: str, unit: str, *, mistakes: int = 0) -> None:
        """Let somebody answer the request with the unit's form."""
        self.answers(key, self.letter(key, "request"), "Terlampir form isian.", self.filled(unit, mistakes=mistakes))

    def cycle(self) -> Cycle:
        """Return the cycle as it stands."""
        found = self.ledger.cycles.get(CYCLE)
        assert found is not None
        return found

    def unit(self, key: str) -> UnitForm:
        """Return one unit's part."""
        return self.cycle().unit(key)

    def letter_keys(self) -> list[str]:
        """Return the keys of all letters, in the order they were queued."""
        return [letter.key for letter in sorted(self.ledger.letters.listing(limit=1000), key=lambda one: one.id)]

    def _kind(self, raw: bytes) -> str:
        message_id = _message_id(raw)
        if message_id not in self._kinds:
            found = self.ledger.letters.by_message_id((message_id,))
            assert found is not None
            self._kinds[message_id] = found.kind
        return self._kinds[message_id]

    def seen(self, address: str, raw: bytes) -> Seen:
        """Return a letter of ours as its reader at that address sees it."""
        return replace(_opened(raw), address=address, kind=self._kind(raw))


@lru_cache(maxsize=5000)
def _message_id(raw: bytes) -> str:
    """Return what a letter of ours is called, looked for once in a process, for a story asks for its letters again."""
    return str(BytesHeaderParser().parsebytes(raw)["Message-ID"])


@lru_cache(maxsize=500)
def _opened(raw: bytes) -> Seen:
    """Return what a letter of ours shows, whoever reads it, likewise."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    assert body is not None
    return Seen(
        address="",
        kind="",
        subject=re.sub(r"\s+", " ", str(mail["Subject"])),
        message_id=str(mail["Message-ID"]),
        text=body.get_content().replace("\r\n", "\n"),
        files=tuple((part.get_filename() or "", _content(part)) for part in mail.iter_attachments()),
        raw=raw,
    )


def _content(part: EmailMessage) -> bytes:
    """Return an enclosed file; a text is one as well."""
    text = part.get_content_maintype() == "text"
    content: bytes = cast("bytes", part.get_payload(decode=True)) if text else part.get_content()
    return content


HEADS = {"SEKRETARIAT": "umum", "DAFDUK": "kabid-dafduk", "CAPIL": "kabid-capil", "PIAK": "kabid-piak"}
"""Unit -> key of who submits for it."""


Told = ParamSpec("Told")


def told_once(begin: Callable[Told, ToyOffice]) -> Callable[Told, ToyOffice]:
    """Tell how a story begins once in a process: whoever asks gets an office of his own that stands where it ends.

    It is opened anew, as after a machine has started: what `has` gave it is left behind.
    """
    told: dict[object, tuple[ToyOffice, bytes]] = {}

    @wraps(begin)
    def once_more(*of: Told.args, **named: Told.kwargs) -> ToyOffice:
        key = (of, tuple(named.items()))
        if key not in told:
            office = begin(*of, **named)
            told[key] = office, copy_of(office.ledger)
        former, copy = told[key]
        clock = HandClock(former.clock())
        post = replace(
            former.post,
            now=clock,
            mails=list(former.post.mails),
            delivered=list(former.post.delivered),
            arrived=list(former.post.arrived),
            copies=list(former.post.copies),
            refusals=dict(former.post.refusals),
        )
        return type(former)(ledger=ledger_from(copy), post=post, clock=clock)

    return once_more


@told_once
def requested() -> ToyOffice:
    """Return the office on Wednesday, 7 January 2026, before noon: the requests have left, every unit owes its form."""
    office = ToyOffice()
    office.works()
    office.days_pass(1)
    office.morning()
    return office


def collected(office: ToyOffice) -> None:
    """Let every unit answer with a form in order."""
    for unit, key in HEADS.items():
        office.sends_form(key, unit)


@told_once
def laid() -> ToyOffice:
    """Return the office with every form in and the first draft before Subbag Program."""
    office = requested()
    collected(office)
    return office
