"""What mail servers still hold: mails that came, copies of letters that left, and a mailbox as it was then."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from mailbot.post.fetched import FetchedMail, Listing, Settled

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

_REFERENCE = re.compile(rb"mb1\.[0-9a-f]{16}")

Place = tuple[str, str]
"""Name of an account, and a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One mail that lies in a folder."""

    uid: int
    at: datetime
    """When it came, by the server's clock (INTERNALDATE)."""
    read: Callable[[], FetchedMail]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The copy of one letter of ours in the folder for sent mail."""

    message_id: str
    written_at: datetime
    """Its Date: when it was decided, by the clock of the machine of then."""
    left_at: datetime
    """When it, or its copy, came to lie there."""
    raw: Callable[[], bytes]
    answers: str = ""
    """Message-ID of the mail that it answers."""
    subject: str = ""
    to: str = ""


def copy_of(raw: bytes, lies_since: datetime, read: Callable[[], bytes]) -> Copy | None:
    """Read a mail of the folder for sent mail; None where it is no letter of mailbot's."""
    head = BytesHeaderParser().parsebytes(raw)
    if head.get("X-Mailbot-Loop") is None or not (message_id := str(head.get("Message-ID", "")).strip()):
        return None
    try:
        written = parsedate_to_datetime(str(head.get("Date", ""))).astimezone(UTC)
    except (ValueError, TypeError):
        written = lies_since
    answers = str(head.get("In-Reply-To", "")).strip()
    return Copy(
        message_id=message_id,
        written_at=written,
        left_at=max(lies_since, written),
        raw=read,
        answers=answers if str(head.get("Auto-Submitted", "")).startswith("auto-replied") else "",
        subject=str(head.get("Subject", "")),
        to=str(head.get("To", "")),
    )


@dataclass(slots=True)
class Past:
    """Everything that is still there."""

    mails: dict[Place, list[Came]] = field(default_factory=dict)
    """By folder, in the order they came."""
    copies: dict[str, Copy] = field(default_factory=dict)
    """By Message-ID; of several copies the one that left first."""
    answered: dict[str, datetime] = field(default_factory=dict)
    """By Message-ID of a mail that a letter which left answers: when that letter was written."""
    spoken: dict[str, datetime] = field(default_factory=dict)
    """By reference (`mb1.` and sixteen signs): when the first mail came that could only know it from a letter."""
    validity: dict[Place, int] = field(default_factory=dict)
    """The UIDVALIDITY of each folder."""
    seen: dict[Place, list[datetime]] = field(default_factory=dict, repr=False)

    def add(self, place: Place, mails: Iterable[Came], uid_validity: int = 1) -> None:
        """Add what a folder holds."""
        self.validity[place] = uid_validity
        self.mails[place] = sorted((*self.mails.get(place, ()), *mails), key=lambda one: (one.at, one.uid))
        self.seen[place] = [one.at for one in self.mails[place]]

    def add_copy(self, copy: Copy) -> None:
        """Add a letter that left."""
        former = self.copies.get(copy.message_id)
        if former is None or (copy.left_at, copy.written_at) < (former.left_at, former.written_at):
            self.copies[copy.message_id] = copy
        if copy.answers:
            former_at = self.answered.get(copy.answers, copy.written_at)
            self.answered[copy.answers] = min(copy.written_at, former_at)

    def speaks(self, raw: bytes, at: datetime) -> None:
        """Note which letters of ours a mail speaks of."""
        for found in _REFERENCE.findall(raw):
            reference = found.decode()
            self.spoken[reference] = min(at, self.spoken.get(reference, at))

    def left_by(self, message_id: str) -> datetime | None:
        """Return by when a letter had left: its copy lay there, or a mail spoke of it; None: nothing tells."""
        copy, spoken = self.copies.get(message_id), self.spoken.get(reference(message_id))
        told = (copy.left_at if copy is not None else None, spoken)
        return min((one for one in told if one is not None), default=None)

    def moments(self) -> tuple[datetime, ...]:
        """Return every moment at which something came, was decided or left, in order."""
        came = {one.at for mails in self.mails.values() for one in mails}
        decided = {one.written_at for one in self.copies.values()}
        return tuple(sorted(came | decided | {one.left_at for one in self.copies.values()}))

    def until(self, place: Place, moment: datetime) -> list[Came]:
        """Return what a folder held at a moment, of what it holds today."""
        return self.mails.get(place, [])[: bisect_right(self.seen.get(place, []), moment)]


@dataclass(slots=True)
class PastMailbox:
    """A mailbox as it was at a moment: what came later has not come. It changes nothing anywhere."""

    account: str
    past: Past
    now: Callable[[], datetime]

    def list_uids(self, folder: str, *, above: int = 0) -> Listing:
        """List a folder as it was."""
        place = (self.account, folder)
        held = self.past.until(place, self.now())
        return Listing(
            folder=folder,
            uid_validity=self.past.validity.get(place, 1),
            uids=tuple(sorted(one.uid for one in held if one.uid > above)),
        )

    def fetch(self, folder: str, uids: Collection[int], *, size_limit_bytes: int) -> Iterator[FetchedMail]:
        """Give mails, in the order they came."""
        for one in self.past.until((self.account, folder), self.now()):
            if one.uid in uids:
                found = one.read()
                whole = len(found.raw) <= size_limit_bytes or found.truncated
                yield found if whole else _its_head(found)

    def settle(self, folder: str, uids: Collection[int], *, uid_validity: int, keep_in: str | None) -> Settled:
        """Leave everything where it lies."""
        del folder, uids, uid_validity, keep_in
        return Settled.LEFT

    def append(self, folder: str, raw: bytes) -> None:
        """File nothing."""
        del folder, raw

    def sent_folder(self, *, make: bool = False) -> str | None:
        """Name none."""
        del make
        return None

    def copies_held(self, folder: str, message_id: str) -> int:
        """Say whether a letter of ours has left."""
        del folder
        return int(message_id in self.past.copies)


def _its_head(mail: FetchedMail) -> FetchedMail:
    """Return a mail that is too large as its header block."""
    return FetchedMail(
        folder=mail.folder,
        uid_validity=mail.uid_validity,
        uid=mail.uid,
        size_bytes=mail.size_bytes,
        internal_date=mail.internal_date,
        raw=mail.raw.partition(b"\r\n\r\n")[0],
        truncated=True,
    )


def reference(message_id: str) -> str:
    """Return the reference in a Message-ID of ours."""
    return message_id.strip("<>").partition("@")[0]
