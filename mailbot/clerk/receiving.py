"""Steps 2 and 3 of the walk: list what is not known, fetch it raw, keep it, commit; only then tidy the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.matters import matter_line
from mailbot.core.procedure.addressing import line
from mailbot.errors import PostUnavailable
from mailbot.ledger.values import Changes, KeptMail
from mailbot.post.fetched import Settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.clerk.parts import Books, Box, MailboxDoor
    from mailbot.ledger.inbox import Place
    from mailbot.ledger.ledger import Ledger
    from mailbot.post.fetched import FetchedMail, Listing

_AT_A_TIME = 100
_BATCH_BYTES = 8 * 1024 * 1024
_COUNTS_ANEW = "mailbox_counts_anew"
_TOLD_FOR = timedelta(days=30)
"""So long the operator need not hear again of a folder that counts anew at each login."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What one look into a mailbox came to."""

    new: int = 0
    """Mails that were not known."""
    away: tuple[PostUnavailable, ...] = ()
    """Why folders could not be looked into, if so."""


def receive(books: Books, box: Box, mailbox: MailboxDoor, *, size_limit_bytes: int) -> Received:
    """Keep everything a mailbox holds and the ledger does not; of a mail over the limit, its header block.

    Every configured folder is compared as a whole, so it does not matter whether somebody has read, flagged or moved a
    mail before us (F6), nor whether the server counts anew (F4). A folder that is missing stops no other.

    Raises:
        LedgerProblem: nothing more could be kept; nothing unkept was moved.
    """
    new = 0
    away: list[PostUnavailable] = []
    for folder in folders_of(box):
        try:
            found = _receive_folder(books, box, mailbox, folder, size_limit_bytes)
            new += found.new
            away.extend(found.away)
        except PostUnavailable as gone:
            away.append(gone)
            if folder == box.folders.inbox:
                break
    return Received(new=new, away=tuple({str(gone): gone for gone in away}.values()))


def folders_of(box: Box) -> tuple[str, ...]:
    """Return the folders of a mailbox that mail comes into, its inbox first."""
    return tuple(dict.fromkeys((box.folders.inbox, *box.folders.extra)))


def _receive_folder(books: Books, box: Box, mailbox: MailboxDoor, folder: str, size_limit_bytes: int) -> Received:
    """Keep what is new in one folder, then move or flag what is kept.

    Whatever did not come is listed, or missed, by later looks: they tell what the server only stumbled over (F8) from
    what is gone (F5).
    """
    inbox = books.ledger.inbox
    looked_at = books.clock()
    listing = mailbox.list_uids(folder)
    place = (box.account, folder, listing.uid_validity)
    wanted = _compared(books.ledger, place, listing, looked_at)
    new, absent = 0, set(wanted)
    for some in _in_parts(books.ledger, place, wanted):
        for batch in _batches(mailbox.fetch(folder, some, size_limit_bytes=size_limit_bytes)):
            # Under another UIDVALIDITY the same number means another mail: the next look lists it as what it is.
            ours = [mail for mail in batch if mail.uid_validity == listing.uid_validity]
            new += inbox.keep([_kept(box, mail, looked_at) for mail in ours], books.clock())
            absent -= {mail.uid for mail in ours}
    if wanted and listing.whole and not absent:
        books.ledger.looks.read_whole(place, looked_at)
    if listing.uids and box.folders.done and folder == box.folders.inbox:
        _tidy(books.ledger, box.folders.done, mailbox, place)
    return Received(new=new, away=() if listing.whole else (_not_whole(box, listing),))


def _in_parts(ledger: Ledger, place: Place, wanted: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield what is to be fetched, some at a time, last what did not come before: it holds up nothing new."""
    look = ledger.looks.at(place) if len(wanted) > 1 else None
    late = look.overdue if look is not None else frozenset[int]()
    for kind in (tuple(uid for uid in wanted if uid not in late), tuple(uid for uid in wanted if uid in late)):
        for first in range(0, len(kind), _AT_A_TIME):
            yield kind[first : first + _AT_A_TIME]


def _not_whole(box: Box, listing: Listing) -> PostUnavailable:
    """Say that a server has listed less than it says it holds."""
    return PostUnavailable(
        f"The server of {box.account} listed only {len(listing.uids)} mails of {listing.folder} and says that it holds "
        f"more. What it listed is kept; the folder does not count as read.",
        answered=True,
    )


def _compared(ledger: Ledger, place: Place, listing: Listing, at: datetime) -> tuple[int, ...]:
    """Write down what a folder shows, and return the UIDs that are not known.

    What an earlier look showed, and good looks have missed since, vanished without having been kept.
    """
    if ledger.looks.is_new(place):
        _begin_count(ledger, place, at)
    found = ledger.looks.compare(place, listing, at)
    if found.gone:
        ledger.inbox.vanished(*place, found.gone, at)
    return found.wanted


def _begin_count(ledger: Ledger, place: Place, at: datetime) -> None:
    """Close the books of a folder that counts anew: what could not be read under an old number has a new one (F4)."""
    account, folder, uid_validity = place
    former = [look for look in ledger.looks.all() if (look.account, look.folder) == (account, folder)]
    for look in former:
        if unread := look.shown - ledger.inbox.known_uids(*look.place):
            ledger.inbox.vanished(*look.place, sorted(unread), at)
    if former:
        noted = line(at, _COUNTS_ANEW, account=account, folder=folder, uid_validity=str(uid_validity))
        told = _again_and_again(ledger, account, folder, at)
        matter = matter_line(at, "counts_anew", f"{account} {folder}")
        notes = ((f"{_COUNTS_ANEW}/{account}/{folder}", at.isoformat()),) if told else ()
        lines = (noted, matter) if told else (noted,)
        ledger.commit(Changes(at=at, journal=tuple(("", one) for one in lines), notes=notes))


def _again_and_again(ledger: Ledger, account: str, folder: str, at: datetime) -> bool:
    """Say whether a folder counts anew for the second time within a day, and the operator has not heard of it lately.

    Once is a mailbox made anew; time and again, all its mails are fetched without end.
    """
    told = ledger.notes.read(f"{_COUNTS_ANEW}/{account}/{folder}")
    if told and at - datetime.fromisoformat(told) < _TOLD_FOR:
        return False
    before = (dict(one.detail) for one in ledger.journal.of_event(_COUNTS_ANEW, at - timedelta(days=1)))
    return any((one.get("account"), one.get("folder")) == (account, folder) for one in before)


def held_now(box: Box) -> tuple[tuple[tuple[str, str, int], frozenset[int]], ...]:
    """Ask the server what each folder holds at this moment, and change nothing anywhere.

    Raises:
        PostUnavailable: it could not be asked.
    """
    with box.open_mailbox() as mailbox:
        listed = [mailbox.list_uids(folder) for folder in folders_of(box)]
    return tuple(((box.account, found.folder, found.uid_validity), frozenset(found.uids)) for found in listed)


def _batches(mails: Iterator[FetchedMail]) -> Iterator[list[FetchedMail]]:
    """Put mails together as they come, as many as are kept in one commit: never more in memory than a batch."""
    batch: list[FetchedMail] = []
    size = 0
    try:
        for mail in mails:
            batch.append(mail)
            size += len(mail.raw)
            if size >= _BATCH_BYTES:
                yield batch
                batch, size = [], 0
    except PostUnavailable:
        # What came before the line broke is kept.
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _kept(box: Box, mail: FetchedMail, looked_at: datetime) -> KeptMail:
    """Make what is kept of what was fetched at that look.

    A mail that lies there now came before now: a server whose clock is ahead cannot put it in the future.
    """
    from mailbot.reading.mime.headers import read_envelope  # noqa: PLC0415 - a quiet pass reads no mail

    message_id, senders = read_envelope(mail.raw)
    return KeptMail(
        account=box.account,
        folder=mail.folder,
        uid_validity=mail.uid_validity,
        uid=mail.uid,
        received_at=min(mail.internal_date, looked_at),
        raw=mail.raw,
        message_id=message_id,
        sender=senders[0].casefold() if len(senders) == 1 else "",
        size_bytes=mail.size_bytes,
        truncated=mail.truncated,
    )


def _tidy(ledger: Ledger, keep_in: str, mailbox: MailboxDoor, place: Place) -> None:
    """Move kept mail out of the inbox, where the office has asked for that; its failure never matters."""
    _, folder, uid_validity = place
    waiting = ledger.inbox.untidied(*place)
    if not waiting:
        return
    uids = [uid for _, uid in waiting]
    if mailbox.settle(folder, uids, uid_validity=uid_validity, keep_in=keep_in) is not Settled.LEFT:
        ledger.inbox.mark_server_done(mail for mail, _ in waiting)
