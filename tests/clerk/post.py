"""A post with the oddities of real ones: mails that vanish or are not given, folders, breaks at every phase."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace

from mailbot.errors import PostUnavailable
from mailbot.post.fetched import FetchedMail, Listing, Settled
from tests.office import ToyOffice, ToyPost


@dataclass(slots=True)
class OddPost(ToyPost):
    """A mail server in memory that does what a test orders."""

    stumbles_over: set[int] = field(default_factory=set)
    """UIDs the server lists and holds, and will not give."""
    breaks_at: set[int] = field(default_factory=set)
    """UIDs at which the line breaks while they are fetched."""
    takes_away: set[int] = field(default_factory=set)
    """UIDs that somebody deletes after they were listed."""
    settled: list[tuple[tuple[int, ...], str | None]] = field(default_factory=list)
    """What was asked to be moved where, in order."""
    offered: list[str] = field(default_factory=list)
    """Addresses of the letters somebody began to hand over, in order."""
    breaks: dict[str, list[Exception]] = field(default_factory=dict)
    """By address: what happens before the first byte of the next letters."""
    doubts: dict[str, list[tuple[Exception, bool]]] = field(default_factory=dict)
    """By address: what happens after the first byte, and whether the letter arrived all the same."""
    mailbox_away: PostUnavailable | None = None
    missing_folders: set[str] = field(default_factory=set)
    hides: set[int] = field(default_factory=set)
    """UIDs that the server holds, and does not list."""
    lists_whole: bool = True
    """Whether it lists as many as it says it holds."""

    def arrives_in(self, folder: str, raw: bytes) -> None:
        """Let a mail lie in another folder."""
        self.arrive(raw)
        self.mails[-1] = replace(self.mails[-1], folder=folder)

    def counts_anew(self) -> None:
        """Be a mailbox that was made anew: the same mails, other UIDs."""
        self.uid_validity += 1
        self.mails = [
            replace(mail, uid_validity=self.uid_validity, uid=mail.uid + 1000) for mail in reversed(self.mails)
        ]

    def list_uids(self, folder: str, *, above: int = 0) -> Listing:
        """List a folder."""
        if self.mailbox_away is not None:
            raise self.mailbox_away
        if folder in self.missing_folders:
            raise PostUnavailable(f"no folder {folder}", answered=True)
        uids = sorted(mail.uid for mail in self.mails if mail.folder == folder and mail.uid > above)
        shown = tuple(uid for uid in uids if uid not in self.hides)
        return Listing(folder=folder, uid_validity=self.uid_validity, uids=shown, whole=self.lists_whole)

    def fetch(self, folder: str, uids: Collection[int], *, size_limit_bytes: int) -> Iterator[FetchedMail]:
        """Fetch what is given."""
        self.mails = [mail for mail in self.mails if mail.uid not in self.takes_away]
        for mail in self.mails:
            if mail.folder == folder and mail.uid in uids and mail.uid in self.breaks_at:
                raise PostUnavailable("the line broke")
            if mail.folder == folder and mail.uid in uids and mail.uid not in self.stumbles_over:
                large = mail.size_bytes > size_limit_bytes
                yield replace(mail, raw=mail.raw.split(b"\r\n\r\n")[0], truncated=True) if large else mail

    def settle(self, folder: str, uids: Collection[int], *, uid_validity: int, keep_in: str | None) -> Settled:
        """Move mails."""
        self.settled.append((tuple(sorted(uids)), keep_in))
        self.mails = [
            replace(mail, folder=keep_in or folder) if mail.folder == folder and mail.uid in uids else mail
            for mail in self.mails
        ]
        return Settled.MOVED

    def append(self, folder: str, raw: bytes) -> None:
        """File a copy."""
        if self.mailbox_away is not None:
            raise self.mailbox_away
        self.copies.append(raw)

    def send(self, sender: str, recipient: str, raw: bytes, *, before_data: Callable[[], None]) -> str:
        """Take a letter, unless something is ordered to happen."""
        self.offered.append(recipient)
        if self.breaks.get(recipient):
            raise self.breaks[recipient].pop(0)
        if self.doubts.get(recipient):
            error, arrived = self.doubts[recipient].pop(0)
            before_data()
            if arrived:
                self.delivered.append((recipient, raw))
            raise error
        # By its name: a dataclass with slots is made anew, and a bare super() would still mean the first one.
        return ToyPost.send(self, sender, recipient, raw, before_data=before_data)


def odd_office() -> tuple[ToyOffice, OddPost]:
    """Return the toy office on its first morning with an odd post."""
    office = ToyOffice()
    post = OddPost(office.clock)
    office.post = post
    return office, post


def letter_from(address: str, words: str = "Halo.", *, size_bytes: int = 0) -> bytes:
    """Return a small mail, or one filled up to a size."""
    filler = "x" * 70 + "\r\n"
    body = words + "\r\n" + filler * (size_bytes // len(filler))
    return f"From: {address}\r\nSubject: Perihal\r\nMessage-ID: <{len(body)}.{words[:5]}@x>\r\n\r\n{body}".encode()
