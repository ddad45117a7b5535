"""The mail server in memory, at both its doors: honest about what it keeps, and with every habit a server can have."""

from __future__ import annotations

import email
import email.policy
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from functools import lru_cache
from typing import TYPE_CHECKING

from mailbot.errors import InDoubt, PostUnavailable, Refused
from mailbot.post.fetched import FetchedMail, Listing, Settled
from tests.simulation.letter_maker import id_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from tests.simulation.seams import Seam
    from tests.simulation.weather import Weather

_GREY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """One mail that lies in a folder."""

    uid: int
    raw: bytes
    date: datetime


@dataclass(slots=True)
class Box:
    """One folder."""

    uid_validity: int = 1
    uid_next: int = 1
    mails: dict[int, Lying] = field(default_factory=dict)

    def put(self, raw: bytes, date: datetime) -> None:
        """Let a mail lie here, under the next UID."""
        self.mails[self.uid_next] = Lying(uid=self.uid_next, raw=raw, date=date)
        self.uid_next += 1

    def renumber(self) -> None:
        """Count anew: another UIDVALIDITY, and every mail another UID (F4)."""
        lying = list(self.mails.values())
        self.uid_validity += 1
        self.uid_next, self.mails = 1, {}
        for mail in lying:
            self.put(mail.raw, mail.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnWire:
    """One letter that a server has taken from us."""

    at: datetime
    recipient: str
    message_id: str
    raw: bytes

    @property
    def subject(self) -> str:
        """Return its subject as a mail program shows it."""
        return _subject_of(self.raw)


@lru_cache(maxsize=512)
def _subject_of(raw: bytes) -> str:
    """Return the subject of a letter."""
    return str(BytesHeaderParser(policy=email.policy.default).parsebytes(raw)["Subject"])


@dataclass(slots=True, kw_only=True)
class Server:
    """Both sides of our provider, for a machine that may die while it talks."""

    now: Callable[[], datetime]
    """The true time, whatever our own clock says."""
    weather: Weather
    seam: Seam
    files_copies: bool
    """The provider itself puts what we send into Sent."""
    moves: bool
    """The server knows MOVE."""
    greylists: bool
    delivered: Callable[[OnWire], None]
    boxes: dict[str, Box] = field(default_factory=dict)
    wire: list[OnWire] = field(default_factory=list)
    down: dict[str, datetime] = field(default_factory=dict)
    """Until when something is away: `imap`, `smtp`, a folder, our `account`, the answer to the final `dot`."""
    put_off: bool = False
    """The way out could not be used at some moment, or put a letter off."""
    refused: list[OnWire] = field(default_factory=list)
    """Letters refused for good."""
    taken: Counter[str] = field(default_factory=Counter)
    """Copies taken, by Message-ID."""
    came_back: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Copies that a report will give back for good, by Message-ID and address."""
    doubted: set[str] = field(default_factory=set)
    """Message-IDs of letters whose handing over ended in doubt."""
    in_hand: str = ""
    """Message-ID of the letter whose bytes were on the line last."""
    trouble: int = 0
    """How often the mailbox would not do what it was asked, in this pass."""
    listed: set[str] = field(default_factory=set)
    """Folders that were listed in this pass."""
    grey: dict[str, datetime] = field(default_factory=dict)

    def box(self, folder: str) -> Box:
        """Return a folder, made if it is missing."""
        return self.boxes.setdefault(folder, Box())

    @contextmanager
    def mailbox(self) -> Iterator[Server]:
        """Log in to the mailbox."""
        self._unless_down("imap", "the IMAP server has been away for long")
        self._unless("imap_away", "the IMAP server is away")
        self._unless("imap_login_refused", "the IMAP login was refused", credentials=True)
        yield self

    @contextmanager
    def courier(self) -> Iterator[Server]:
        """Log in to the way out."""
        self._unless_down("smtp", "the SMTP server has been away for long")
        self._unless("smtp_away", "the SMTP server is away")
        self._unless("smtp_login_refused", "the SMTP login was refused", credentials=True)
        yield self

    def list_uids(self, folder: str, *, above: int = 0) -> Listing:
        """List a folder."""
        self.seam("list")
        self._unless("imap_cut_at_list", "the line broke")
        self._unless_down(folder, "this folder cannot be listed")
        if self.listed:
            self._unless("imap_cut_at_second_folder", "the line broke at the second folder")
        self.listed.add(folder)
        box = self.box(folder)
        uids = sorted(mail.uid for mail in box.mails.values() if mail.uid > above)
        return Listing(folder=folder, uid_validity=box.uid_validity, uids=tuple(uids))

    def fetch(self, folder: str, uids: Collection[int], *, size_limit_bytes: int) -> Iterator[FetchedMail]:
        """Fetch mails raw; one over the limit comes as its header block."""
        self.seam("fetch")
        box = self.box(folder)
        for uid in list(uids):
            if uid in box.mails and self.weather.strikes("imap_expunged_before_fetch"):
                del box.mails[uid]
            self._unless("imap_cut_at_fetch", "the line broke")
            lying = box.mails.get(uid)
            if lying is None:
                continue
            if self.weather.strikes("imap_mail_withheld"):
                self.trouble += 1
                continue
            large = len(lying.raw) > size_limit_bytes
            yield FetchedMail(
                folder=folder,
                uid_validity=box.uid_validity,
                uid=uid,
                size_bytes=len(lying.raw),
                internal_date=lying.date,
                raw=lying.raw.partition(b"\r\n\r\n")[0] if large else lying.raw,
                truncated=large,
            )

    def settle(self, folder: str, uids: Collection[int], *, uid_validity: int, keep_in: str | None) -> Settled:
        """Move kept mails, if this server can; it may fail, and never matters."""
        self.seam("settle")
        box = self.box(folder)
        if self.weather.strikes("imap_settle_failed") or box.uid_validity != uid_validity:
            return Settled.LEFT
        if keep_in is None or not self.moves:
            return Settled.FLAGGED
        for uid in uids:
            lying = box.mails.pop(uid, None)
            if lying is not None:
                self.box(keep_in).put(lying.raw, lying.date)
        return Settled.MOVED

    def append(self, folder: str, raw: bytes) -> None:
        """File a copy of a sent letter."""
        self.seam("append")
        self._unless("imap_append_failed", "the copy was not taken")
        self.box(folder).put(raw, self.now())

    def sent_folder(self, *, make: bool = False) -> str | None:
        """Show the folder for sent mail only once it is asked to be there: the office may have named its own."""
        return "Sent" if make or "Sent" in self.boxes else None

    def copies_held(self, folder: str, message_id: str) -> int:
        """Say how many copies of a letter of ours a folder holds."""
        return sum(id_of(one.raw) == message_id for one in self.box(folder).mails.values())

    def send(self, sender: str, recipient: str, raw: bytes, *, before_data: Callable[[], None]) -> str:
        """Take a letter, or do one of the things servers do instead."""
        del sender
        self.in_hand = ""
        self.seam("connect")
        self._refuse(recipient, raw)
        self._unless("smtp_cut_before_data", "the line broke before the letter")
        before_data()
        self.in_hand = message_id = id_of(raw)
        self.seam("data")
        if self.weather.strikes("smtp_cut_after_data_lost"):
            self._doubt(message_id)
            raise InDoubt("the line broke inside the letter")
        letter = OnWire(at=self.now(), recipient=recipient, message_id=message_id, raw=raw)
        self.wire.append(letter)
        self.taken[message_id] += 1
        if self.files_copies:
            self.box("Sent").put(raw, self.now())
        self.delivered(letter)
        self.seam("taken")
        if self._is_down("dot"):
            self._doubt(message_id)
            raise InDoubt("nobody answered the final dot")
        if self.weather.strikes("smtp_cut_after_data_taken"):
            self._doubt(message_id)
            raise InDoubt("the line broke after the letter")
        return "250 2.0.0 Ok"

    def _doubt(self, message_id: str) -> None:
        """Leave it open whether a letter was taken."""
        self.doubted.add(message_id)
        self.put_off = True

    def _is_down(self, what: str) -> bool:
        """Say whether something is away for long."""
        return self.weather.bad and what in self.down and self.now() < self.down[what]

    def _unless_down(self, what: str, why: str) -> None:
        """Go on unless that is away for long."""
        if self._is_down(what):
            self.trouble += 1
            self.put_off |= what == "smtp"
            raise PostUnavailable(why)

    def _refuse(self, recipient: str, raw: bytes) -> None:
        """Refuse a recipient, or whatever we send, for now or for good."""
        if self._is_down("account"):
            self.weather.befell["account_refused_a_letter"] += 1
            self.put_off = True
            raise Refused(permanent=True, code=550, reply="5.4.5 Daily user sending quota exceeded", command="MAIL")
        if self.weather.strikes("smtp_refused_for_good"):
            self.refused.append(OnWire(at=self.now(), recipient=recipient, message_id=id_of(raw), raw=raw))
            raise Refused(permanent=True, code=550, reply="5.1.1 User unknown", command="RCPT")
        first = self.grey.setdefault(recipient, self.now())
        early = self.greylists and self.weather.bad and self.now() - first < _GREY
        if early or self.weather.strikes("smtp_refused_for_now"):
            self.put_off = True
            self.weather.befell["greylisted"] += early
            raise Refused(permanent=False, code=450, reply="4.2.0 Greylisted, try again later", command="RCPT")

    def _unless(self, fault: str, what: str, *, credentials: bool = False) -> None:
        """Go on unless that fault strikes."""
        if self.weather.strikes(fault):
            self.trouble += 1
            self.put_off |= fault.startswith("smtp")
            raise PostUnavailable(what, credentials=credentials)
