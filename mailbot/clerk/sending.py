"""Step 9 of the walk: claim one due letter, hand it over, write down what became of it (R3); file its copy.

A copy of each letter that left goes into the mailbox's own folder for sent mail, where the provider does not file one.
Whether the provider does is looked up before each copy: what is there already is not filed again. A server that files
its own a moment later than we look is known by two copies of the last letter; from then on only its own are left.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.chasing.leaving import stays
from mailbot.clerk.keeping.spoilt import note_spoilt
from mailbot.clerk.logins import OUTGOING, may_try, pause, rest, way_out_fails, way_out_rests, way_out_works
from mailbot.clerk.restoring import mark_what_left
from mailbot.errors import FileSpoilt, FileUnreadable, InDoubt, PostUnavailable, Refused
from mailbot.ledger.looking.decided import LOG
from mailbot.ledger.outbox import next_try
from mailbot.ledger.values import LetterState
from mailbot.post.blame import Blame, blamed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.clerk.parts import Books, Box, CourierDoor, MailboxDoor, Post
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import ClaimedLetter, OutboxLetter

LEASE = timedelta(minutes=15)
"""So long a letter is in one sender's hands."""
DOUBT_WAIT = timedelta(minutes=15)
"""So long evidence is looked for before a letter in doubt goes out again."""
_DOUBTS_IN_A_ROW = 2
"""After so many letters that a server took and never answered for, the others wait for a later pass."""
_HELD_WHEN_IN_DOUBT = ("submission",)
"""Kinds that the operator must release when it is not known whether they arrived: the report to Bappeda."""
_OWED = "copies_owed"
"""Keys of the letters whose copy could not be filed when they left."""
_LAST = "copy_filed"
"""Message-ID of the letter whose copy was filed last."""
_FAILED = "copies_failed_at"
"""When the mailbox last would not take one, in ISO 8601."""
_REST = timedelta(hours=1)
"""What is owed alone is not tried more often: a full mailbox stays full for a while."""
_BY_SERVER = "copies_by_server:"
"""Before a mailbox's name: not empty once its server was seen to file copies by itself."""
_OURS = ("auto", "always")
"""Ways in which mailbot files copies."""
_MOST_OWED = 1000

_UNCLEAR = "refused_unclear"
"""Note: to whom the last letter went that was refused for a reason that may be its own or the account's."""
_TRIES_IN_DOUBT = 4
"""So often is such a letter tried where no other one shows whose fault it is: within half an hour."""


class _ClaimLost(Exception):
    """The lease ran out before the first byte; nothing may be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Which letters left (their keys), and why the server could not be used for the others, if so."""

    keys: tuple[str, ...] = ()
    away: PostUnavailable | None = None


def take_back(ledger: Ledger, at: datetime, who: str = "", *, everybody: bool = False) -> None:
    """Take back what a dead sender had in hand: it is queued again, or in doubt.

    Args:
        ledger: where letters wait.
        at: the moment.
        who: a sender that starts anew.
        everybody: nobody else sends now, so whoever has a letter in hand is dead, or was replaced.
    """
    ledger.outbox.recover(at, DOUBT_WAIT, who, everybody=everybody)


def send_due(books: Books, post: Post, *, restored: bool) -> Sent:
    """Send every letter that is due, over one connection; when the server cannot be used, what was not sent waits."""
    ledger, keys = books.ledger, list[str]()
    if not (restored or ledger.letters.due(books.clock())) or not may_try(ledger, OUTGOING, books.clock()):
        return Sent()
    if ledger.letters.due(books.clock(), (LetterState.IN_DOUBT,)):
        ledger.outbox.resolve(books.clock(), _HELD_WHEN_IN_DOUBT)
    try:
        if restored:
            mark_what_left(books, post.boxes[0])
        with post.open_courier() as courier:
            doubts = 0
            while _may_leave(books) and (letter := _claim(books, post.name)) is not None:
                done = _send(books, post, courier, letter)
                keys.extend(done.keys)
                doubts = doubts + 1 if done.away is not None else 0
                if doubts == _DOUBTS_IN_A_ROW:
                    way_out_fails(ledger, books.clock())
                    return Sent(keys=tuple(keys), away=done.away)
    except PostUnavailable as away:
        if away.credentials:
            pause(ledger, OUTGOING, books.clock())
        elif away.answered:
            rest(ledger, books.clock())
        else:
            way_out_fails(ledger, books.clock())
        return Sent(keys=tuple(keys), away=away)
    return Sent(keys=tuple(keys))


def _claim(books: Books, who: str) -> ClaimedLetter | None:
    """Take the letter that is due first, None if none is; one without its bytes waits, and the next is taken."""
    ledger = books.ledger
    while True:
        try:
            return ledger.outbox.claim_due(books.clock(), who, LEASE)
        except FileUnreadable as unread:
            if isinstance(unread, FileSpoilt):
                note_spoilt(books, unread)
            if not ledger.outbox.wait(unread.of, books.clock() + _REST, str(unread)):
                raise


def _may_leave(books: Books) -> bool:
    """Say whether another letter is due, and the pace per minute and per day allows it."""
    pace, pacing = books.ledger.letters.pace(books.clock()), books.pacing
    return pace.due and pace.in_minute < pacing.per_minute and pace.in_day < pacing.per_day


def _log_letter(letter: ClaimedLetter, came_to: str, level: int = logging.INFO) -> None:
    """Log what became of a letter, by its key alone: the server's words may name whom it was for."""
    LOG.log(level, "handed over", extra={"told": {"letters": (letter.key,), "outcome": (came_to,)}})


def _send(books: Books, post: Post, courier: CourierDoor, letter: ClaimedLetter) -> Sent:
    """Hand one letter over and write down what became of it: it left, or it did not, or nobody knows (`away`)."""
    ledger, outbox = books.ledger, books.ledger.outbox
    if stays(books, post.boxes, letter):
        return Sent()

    def before_data() -> None:
        """Write the phase down before the first byte leaves."""
        if not outbox.mark_data(letter):
            raise _ClaimLost

    try:
        reply = courier.send(books.office.mailbox, letter.address, letter.raw, before_data=before_data)
    except _ClaimLost:
        return Sent()
    except Refused as refusal:
        _refused(books, letter, refusal)
        return Sent()
    except InDoubt as doubt:
        outbox.doubt(letter, books.clock() + DOUBT_WAIT, str(doubt))
        _log_letter(letter, "in_doubt", logging.WARNING)
        return Sent(away=doubt)
    except PostUnavailable as away:
        outbox.put_back(letter, str(away))
        raise
    outbox.mark_sent(letter, reply, books.clock())
    _log_letter(letter, "sent")
    way_out_works(ledger)
    _note_unclear(ledger, "")
    return Sent(keys=(letter.key,))


def _refused(books: Books, letter: ClaimedLetter, refusal: Refused) -> None:
    """Write down a refusal: against the letter, where it is the letter's fault.

    Raises:
        PostUnavailable: it is the account that is refused; nothing is held against this letter, or any other.
    """
    ledger, outbox, blame = books.ledger, books.ledger.outbox, blamed(refusal)
    before = ledger.notes.read(_UNCLEAR)
    alike = before not in {"", letter.address} or way_out_rests(ledger)
    if blame is Blame.ACCOUNT or (blame is Blame.UNCLEAR and refusal.permanent and alike):
        outbox.put_back(letter, str(refusal))
        raise PostUnavailable(
            f"The way out takes no letter from {books.office.mailbox} at present: {refusal}. Nothing is given up for "
            f"that: letters wait, and one is tried every so often.",
            answered=True,
        )
    if blame is Blame.LETTER:
        way_out_works(ledger)
    taken_since = not before and letter.tries > 1
    shown_soon = letter.tries < _TRIES_IN_DOUBT or ledger.letters.due(books.clock())
    in_doubt = refusal.permanent and blame is Blame.UNCLEAR and shown_soon and not taken_since
    later = None if refusal.permanent and not in_doubt else next_try(letter.tries)
    if in_doubt:
        _note_unclear(ledger, letter.address)
    if later is None:
        outbox.give_up(letter, str(refusal))
    else:
        outbox.put_off(letter, books.clock() + later, str(refusal))
    _log_letter(letter, "given_up" if later is None else "put_off", logging.WARNING)


def _note_unclear(ledger: Ledger, address: str) -> None:
    """Write down whose letter was refused for a reason that may be the account's; empty once another was taken."""
    if ledger.notes.read(_UNCLEAR) != address:
        ledger.notes.write(_UNCLEAR, address)


def look_for_doubted(books: Books, box: Box, mailbox: MailboxDoor, doubted: Sequence[OutboxLetter]) -> int:
    """Look into the folder for sent mail for letters in doubt; what is found there was sent. Return how many were.

    Where the office names no folder, it is the one that the server shows.
    """
    ledger = books.ledger
    folder = (box.folders.sent or mailbox.sent_folder()) if doubted else None
    if folder is None:
        return 0
    there = [letter for letter in doubted if mailbox.copies_held(folder, letter.message_id)]
    return sum(ledger.outbox.found(letter.message_id, folder, books.clock()) for letter in there)


def file_copies(books: Books, box: Box, keys: Sequence[str]) -> PostUnavailable | None:
    """File copies of these letters, and of those still owed; return why the mailbox could not be used, if so.

    A copy that is missing never matters: that a letter left is written in the ledger, and its bytes are kept there.
    """
    notes = books.ledger.notes
    noted = notes.read(_OWED)
    owed = list(dict.fromkeys((*noted.split(), *keys)))[-_MOST_OWED:]
    if not owed or box.filing not in _OURS or _server_does(books.ledger, box):
        return None
    away = None
    if may_try(books.ledger, box.account, books.clock()) and (keys or _rested(books)):
        try:
            with box.open_mailbox() as mailbox:
                _file(books.ledger, box, mailbox, owed)
        except PostUnavailable as gone:
            away = gone
            notes.write(_FAILED, books.clock().isoformat())
    if (left := "\n".join(owed)) != noted:
        notes.write(_OWED, left)
    return away


def _file(ledger: Ledger, box: Box, mailbox: MailboxDoor, owed: list[str]) -> None:
    """File the copies one by one, each leaving the list as soon as it is there.

    Raises:
        PostUnavailable: the mailbox could not be used; the list holds what is still owed.
    """
    folder = box.folders.sent or mailbox.sent_folder(make=True)
    if folder is None:
        owed.clear()
        return
    last = ledger.notes.read(_LAST)
    if box.filing == "auto" and last and mailbox.copies_held(folder, last) > 1:
        ledger.notes.write(f"{_BY_SERVER}{box.account}", folder)
        owed.clear()
    while owed:
        letter = ledger.letters.by_key(owed[0])
        if letter is not None and not mailbox.copies_held(folder, letter.message_id):
            with suppress(FileUnreadable):  # a copy that is missing never matters
                mailbox.append(folder, ledger.letters.raw(letter.key))
                last = letter.message_id
        del owed[0]
    ledger.notes.write(_LAST, last)


def notes_of_copies(box: Box) -> tuple[str, ...]:
    """Return the names of the notes by which it is known which copies are filed, and by whom."""
    return (_OWED, _LAST, f"{_BY_SERVER}{box.account}")


def _rested(books: Books) -> bool:
    """Say whether the last copy that was not taken is long enough ago."""
    failed = books.ledger.notes.read(_FAILED)
    return not failed or books.clock() - datetime.fromisoformat(failed) >= _REST


def _server_does(ledger: Ledger, box: Box) -> bool:
    """Say whether the server was seen to file copies by itself."""
    return box.filing == "auto" and bool(ledger.notes.read(f"{_BY_SERVER}{box.account}"))
