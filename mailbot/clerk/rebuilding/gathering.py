"""Everything that mail servers still hold, fetched once into a folder, from which it is read as often as needed.

A gathering that broke off goes on where it was: what lies in the folder is not fetched again. Nothing is moved, flagged
or sent on any server.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from mailbot.clerk.rebuilding.past import Came, Past, copy_of
from mailbot.errors import PostUnavailable
from mailbot.post.fetched import FetchedMail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mailbot.clerk.parts import Box, MailboxDoor
    from mailbot.post.fetched import Listing

_AT_A_TIME = 50
_ANY_SIZE = 2**40
"""A letter of ours is fetched whole."""
_WHOLE, _HEAD = "whole", "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """How much was gathered."""

    mails: int
    copies: int
    sent_folders: int
    """How many folders for sent mail were found; without one nothing tells what left."""


def gather(
    boxes: Iterable[Box], into: Path, size_limit_bytes: int, progress: Callable[[str, int, int], None]
) -> tuple[Past, Gathered]:
    """Fetch what the mailboxes hold: what came, wherever mailbot moves it, and copies of what left.

    Args:
        boxes: the first is the one that letters leave from.
        into: folder that keeps what was fetched.
        size_limit_bytes: of a larger mail the head is enough.
        progress: is told the folder, and how many of how many mails of it are there.

    Raises:
        PostUnavailable: a mailbox could not be read whole; what was fetched is kept.
    """
    past, mails, copies, folders = Past(), 0, 0, 0
    for number, box in enumerate(boxes):
        with box.open_mailbox() as mailbox:
            wanted = (box.folders.inbox, *box.folders.extra, *((box.folders.done,) if box.folders.done else ()))
            for folder in dict.fromkeys(wanted):
                listing = mailbox.list_uids(folder)
                found = _fetched(mailbox, box.account, listing, into, size_limit_bytes, progress)
                past.add((box.account, folder), found, listing.uid_validity)
                mails += len(found)
                for one in found:
                    past.speaks(one.read().raw, one.at)
            sent = (box.folders.sent or mailbox.sent_folder()) if number == 0 else None
            if sent is not None:
                folders += 1
                listing = mailbox.list_uids(sent)
                for one in _fetched(mailbox, box.account, listing, into, _ANY_SIZE, progress):
                    copies += _add_copy(past, one)
    return past, Gathered(mails=mails, copies=copies, sent_folders=folders)


def gather_files(account: str, inbox: str, files: Iterable[Path]) -> tuple[Past, Gathered]:
    """Take mails and letters from files instead: a letter of ours is known by its headers, all else came."""
    past, came, copies = Past(), list[Came](), 0
    for number, path in enumerate(sorted(files), 1):
        one = _of_file(path, inbox, number)
        if _add_copy(past, one):
            copies += 1
            continue
        came.append(one)
        past.speaks(one.read().raw, one.at)
    past.add((account, inbox), came)
    return past, Gathered(mails=len(came), copies=copies, sent_folders=int(copies > 0))


def _add_copy(past: Past, one: Came) -> bool:
    """Add a mail to the letters that left; False where it is none of ours."""
    copy = copy_of(one.read().raw, one.at, lambda: one.read().raw)
    if copy is None:
        return False
    past.add_copy(copy)
    return True


def _fetched(
    mailbox: MailboxDoor,
    account: str,
    listing: Listing,
    into: Path,
    size_limit_bytes: int,
    progress: Callable[[str, int, int], None],
) -> list[Came]:
    """Fetch what a folder holds and was not fetched yet; return all of it.

    Raises:
        PostUnavailable: the server listed less than it holds.
    """
    folder, held = listing.folder, frozenset(listing.uids)
    if not listing.whole:
        raise PostUnavailable(f"The server of {account} listed {folder} only in part; nothing was decided.")
    name = hashlib.sha256(f"{account}\0{folder}\0{listing.uid_validity}".encode()).hexdigest()[:24]
    place = into / name
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    there = {int(path.name.partition(".")[0]): path for path in place.glob("*.eml")}
    missing = [uid for uid in listing.uids if uid not in there]
    for first in range(0, len(missing), _AT_A_TIME):
        some = missing[first : first + _AT_A_TIME]
        for mail in mailbox.fetch(folder, some, size_limit_bytes=size_limit_bytes):
            there[mail.uid] = _kept(place, mail)
        progress(folder, len(listing.uids) - len(missing) + first + len(some), len(listing.uids))
    return [_of_place(path, folder, listing.uid_validity) for uid, path in there.items() if uid in held]


def _kept(place: Path, mail: FetchedMail) -> Path:
    """Write one mail down, whole or not at all."""
    kind = _HEAD if mail.truncated else _WHOLE
    path = place / f"{mail.uid}.{int(mail.internal_date.timestamp())}.{mail.size_bytes}.{kind}.eml"
    unfinished = path.with_suffix(".new")
    unfinished.write_bytes(mail.raw)
    unfinished.rename(path)
    return path


def _of_place(path: Path, folder: str, uid_validity: int) -> Came:
    """Return a mail that was written down."""
    uid, moment, size, kind, _ = path.name.split(".")
    at = datetime.fromtimestamp(int(moment), UTC)
    lies = _Lies(path, folder, uid_validity, int(uid), at, int(size), truncated=kind == _HEAD)
    return Came(uid=lies.uid, at=at, read=lies.read)


def _of_file(path: Path, folder: str, number: int) -> Came:
    """Return a mail that somebody has put into a file: it came when its last server says, else at its Date."""
    raw = path.read_bytes()
    lies = _Lies(path, folder, 1, number, _moment(raw), len(raw))
    return Came(uid=number, at=lies.at, read=lies.read)


def _moment(raw: bytes) -> datetime:
    """Return when a mail came, by its own words."""
    head = BytesHeaderParser().parsebytes(raw)
    received = str((head.get_all("Received") or [""])[0]).rpartition(";")[2]
    for said in (received, str(head.get("Date", ""))):
        try:
            return parsedate_to_datetime(said.strip()).astimezone(UTC)
        except (ValueError, TypeError, OverflowError):
            continue
    return datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Lies:
    """A mail that was written down, and what the server said of it."""

    path: Path
    folder: str
    uid_validity: int
    uid: int
    at: datetime
    size_bytes: int
    truncated: bool = False

    def read(self) -> FetchedMail:
        """Read it as it was fetched."""
        return FetchedMail(
            folder=self.folder,
            uid_validity=self.uid_validity,
            uid=self.uid,
            size_bytes=self.size_bytes,
            internal_date=self.at,
            raw=self.path.read_bytes(),
            truncated=self.truncated,
        )
