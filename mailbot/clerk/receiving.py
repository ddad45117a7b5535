"""Steps 2 and 3 of the walk: list what is not known, fetch it raw, keep it, commit; only then tidy the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.clerk.morning import DIFFERENCE, ON_SERVER
from mailbot.ledger.values import KeptMail
from mailbot.post.fetched import Settled
from mailbot.reading.message_id import read_message_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.clerk.clerk import Clerk, MailboxDoor
    from mailbot.post.fetched import FetchedMail

_AT_A_TIME = 50
_BATCH_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """What one look at a folder came to."""

    new: int
    on_server: int
    """Mails the folder holds, those found vanished left out."""
    unknown: int
    """Mails it holds that could not be kept now; the next pass tries them again."""


def receive(clerk: Clerk, mailbox: MailboxDoor) -> int:
    """Keep everything the server holds and the ledger does not; return how many mails were new.

    Every configured folder is compared as a whole, so it does not matter whether somebody has read, flagged or moved a
    mail before us (F6), nor whether the server counts anew (F4).

    Raises:
        PostUnavailable: the server could not be used; what was kept stays kept.
        LedgerProblem: nothing more could be kept; nothing unkept was moved.
    """
    folders = dict.fromkeys((clerk.folders.inbox, *clerk.folders.extra))
    taken = [_receive_folder(clerk, mailbox, folder) for folder in folders]
    _account(clerk, on_server=sum(one.on_server for one in taken), unknown=sum(one.unknown for one in taken))
    return sum(one.new for one in taken)


def _account(clerk: Clerk, *, on_server: int, unknown: int) -> None:
    """Note how many mails the server holds, and how many of them the ledger does not know: it should be none."""
    for name, figure in ((ON_SERVER, str(on_server)), (DIFFERENCE, str(unknown))):
        if clerk.ledger.notes.read(name) != figure:
            clerk.ledger.notes.write(name, figure)


def _receive_folder(clerk: Clerk, mailbox: MailboxDoor, folder: str) -> _Taken:
    """Keep what is new in one folder, then move or flag what is kept."""
    listing = mailbox.list_uids(folder)
    known = clerk.ledger.inbox.known_uids(clerk.account, folder, listing.uid_validity)
    wanted = [uid for uid in listing.uids if uid not in known]
    new, absent = 0, set(wanted)
    for first in range(0, len(wanted), _AT_A_TIME):
        some = wanted[first : first + _AT_A_TIME]
        for batch in _batches(mailbox.fetch(folder, some, size_limit_bytes=clerk.limits.message_bytes)):
            new += clerk.ledger.inbox.keep([_kept(clerk, mail) for mail in batch], clerk.clock())
            absent -= {mail.uid for mail in batch}
    # What the server only stumbled over is fetched at the next pass; vanished is what it no longer has (F5).
    held = mailbox.still_there(folder, absent, uid_validity=listing.uid_validity) if absent else frozenset()
    gone = sorted(absent - held)
    if gone:
        clerk.ledger.inbox.vanished(clerk.account, folder, listing.uid_validity, gone, clerk.clock())
    _tidy(clerk, mailbox, folder, listing.uid_validity)
    return _Taken(new=new, on_server=len(listing.uids) - len(gone), unknown=len(held))


def _batches(mails: Iterator[FetchedMail]) -> Iterator[list[FetchedMail]]:
    """Put mails together as they come, as many as are kept in one commit: never more in memory than a batch."""
    batch: list[FetchedMail] = []
    size = 0
    for mail in mails:
        batch.append(mail)
        size += len(mail.raw)
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _kept(clerk: Clerk, mail: FetchedMail) -> KeptMail:
    """Make what is kept of what was fetched."""
    return KeptMail(
        account=clerk.account,
        folder=mail.folder,
        uid_validity=mail.uid_validity,
        uid=mail.uid,
        received_at=mail.internal_date,
        raw=mail.raw,
        message_id=read_message_id(mail.raw),
        size_bytes=mail.size_bytes,
        truncated=mail.truncated,
    )


def _tidy(clerk: Clerk, mailbox: MailboxDoor, folder: str, uid_validity: int) -> None:
    """Move kept mail out of the inbox, where the office has asked for that; its failure never matters."""
    if not clerk.folders.done or folder != clerk.folders.inbox:
        return
    waiting = clerk.ledger.inbox.untidied(clerk.account, folder, uid_validity)
    if not waiting:
        return
    uids = [uid for _, uid in waiting]
    if mailbox.settle(folder, uids, uid_validity=uid_validity, keep_in=clerk.folders.done) is not Settled.LEFT:
        clerk.ledger.inbox.mark_server_done(mail for mail, _ in waiting)
