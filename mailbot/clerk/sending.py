"""Step 9 of the walk: claim one due letter, hand it over, write down what became of it (R3); file its copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.restoring import is_restored, mark_what_left
from mailbot.clerk.watchdog import OUTGOING, may_try, note_way_out, pause, resume
from mailbot.errors import InDoubt, PostUnavailable, Refused
from mailbot.ledger.outbox import next_try
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.clerk.parts import Clerk, CourierDoor, MailboxDoor
    from mailbot.ledger.values import ClaimedLetter

_A_MINUTE, _A_DAY = timedelta(minutes=1), timedelta(days=1)
_HELD_WHEN_IN_DOUBT = ("submission",)
"""Kinds that the operator must release when it is not known whether they arrived: the report to Bappeda."""


class _ClaimLost(Exception):
    """The lease ran out before the first byte; nothing may be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Which letters left (their keys), and why the server could not be used for the others, if so."""

    keys: tuple[str, ...] = ()
    away: PostUnavailable | None = None


def send_due(clerk: Clerk) -> Sent:
    """Send every letter that is due, over one connection; when the server cannot be used, what was not sent waits."""
    keys: list[str] = []
    if not may_try(clerk, OUTGOING):
        return Sent()
    clerk.ledger.outbox.resolve(clerk.clock(), _HELD_WHEN_IN_DOUBT)
    try:
        if is_restored(clerk):
            mark_what_left(clerk)
        with clerk.open_courier() as courier:
            while _may_send(clerk) and (letter := _claim(clerk)) is not None:
                if _send(clerk, courier, letter):
                    keys.append(letter.key)
    except PostUnavailable as away:
        if away.credentials:
            pause(clerk, OUTGOING)
        else:
            note_way_out(clerk, works=False)
        return Sent(keys=tuple(keys), away=away)
    return Sent(keys=tuple(keys))


def _may_send(clerk: Clerk) -> bool:
    """Say whether the pace per minute and per day allows another letter."""
    now = clerk.clock()
    letters = clerk.ledger.letters
    return (
        letters.sent_since(now - _A_MINUTE) < clerk.pacing.per_minute
        and letters.sent_since(now - _A_DAY) < clerk.pacing.per_day
    )


def _claim(clerk: Clerk) -> ClaimedLetter | None:
    """Take the letter that is due first."""
    return clerk.ledger.outbox.claim_due(clerk.clock(), clerk.name, clerk.lease)


def _send(clerk: Clerk, courier: CourierDoor, letter: ClaimedLetter) -> bool:
    """Hand one letter over and write down what became of it; True if the server took it."""
    outbox = clerk.ledger.outbox

    def before_data() -> None:
        """Write the phase down before the first byte leaves."""
        if not outbox.mark_data(letter):
            raise _ClaimLost

    def answered() -> None:
        """Write down that the server answers, whatever it said of this letter."""
        resume(clerk.ledger, [OUTGOING])
        note_way_out(clerk, works=True)

    try:
        reply = courier.send(clerk.office.mailbox, letter.address, letter.raw, before_data=before_data)
    except _ClaimLost:
        return False
    except Refused as refusal:
        answered()
        pause = None if refusal.permanent else next_try(letter.tries)
        if pause is None:
            outbox.give_up(letter, str(refusal))
        else:
            outbox.put_off(letter, clerk.clock() + pause, str(refusal))
        return False
    except InDoubt as doubt:
        outbox.doubt(letter, clerk.clock() + clerk.doubt_wait, str(doubt))
        return False
    except PostUnavailable as away:
        outbox.put_back(letter, str(away))
        raise
    outbox.mark_sent(letter, reply, clerk.clock())
    answered()
    return True


def look_for_doubted(clerk: Clerk, mailbox: MailboxDoor) -> int:
    """Look into the folder for sent mail for letters in doubt; what is found there was sent. Return how many were.

    Where the office names no folder, it is the one that the server shows.
    """
    doubted = clerk.ledger.letters.listing(LetterState.IN_DOUBT)
    folder = (clerk.folders.sent or mailbox.sent_folder()) if doubted else None
    if folder is None:
        return 0
    there = [one for one in doubted if mailbox.copies_held(folder, one.message_id)]
    return sum(clerk.ledger.outbox.found(one.message_id, folder, clerk.clock()) for one in there)


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


def file_copies(clerk: Clerk, keys: Sequence[str]) -> PostUnavailable | None:
    """File copies of these letters, and of those still owed; return why the mailbox could not be used, if so.

    A copy that is missing never matters: that a letter left is written in the ledger, and its bytes are kept there.
    """
    noted = clerk.ledger.notes.read(_OWED)
    owed = list(dict.fromkeys((*noted.split(), *keys)))[-_MOST_OWED:]
    if not owed or clerk.folders.sent_copies not in _OURS or _server_does(clerk):
        return None
    away = None
    if may_try(clerk, clerk.account) and (keys or _rested(clerk)):
        try:
            with clerk.open_mailbox() as mailbox:
                _file(clerk, mailbox, owed)
        except PostUnavailable as gone:
            away = gone
            clerk.ledger.notes.write(_FAILED, clerk.clock().isoformat())
    if (left := "\n".join(owed)) != noted:
        clerk.ledger.notes.write(_OWED, left)
    return away


def _file(clerk: Clerk, mailbox: MailboxDoor, owed: list[str]) -> None:
    """File the copies one by one, each leaving the list as soon as it is there.

    Raises:
        PostUnavailable: the mailbox could not be used; the list holds what is still owed.
    """
    folder = clerk.folders.sent or mailbox.sent_folder(make=True)
    if folder is None:
        owed.clear()
        return
    last = clerk.ledger.notes.read(_LAST)
    if clerk.folders.sent_copies == "auto" and last and mailbox.copies_held(folder, last) > 1:
        clerk.ledger.notes.write(f"{_BY_SERVER}{clerk.account}", folder)
        owed.clear()
    while owed:
        letter = clerk.ledger.letters.by_key(owed[0])
        if letter is not None and not mailbox.copies_held(folder, letter.message_id):
            mailbox.append(folder, clerk.ledger.letters.raw(letter.key))
            last = letter.message_id
        del owed[0]
    clerk.ledger.notes.write(_LAST, last)


def _rested(clerk: Clerk) -> bool:
    """Say whether the last copy that was not taken is long enough ago."""
    failed = clerk.ledger.notes.read(_FAILED)
    return not failed or clerk.clock() - datetime.fromisoformat(failed) >= _REST


def _server_does(clerk: Clerk) -> bool:
    """Say whether the server was seen to file copies by itself."""
    return clerk.folders.sent_copies == "auto" and bool(clerk.ledger.notes.read(f"{_BY_SERVER}{clerk.account}"))
