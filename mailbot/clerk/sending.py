"""Step 9 of the walk: claim one due letter, hand it over, write down what became of it (R3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.pausing import OUTGOING, may_try, pause, resume
from mailbot.clerk.restoring import is_restored, mark_what_left
from mailbot.clerk.watching import note_way_out
from mailbot.errors import InDoubt, PostUnavailable, Refused
from mailbot.ledger.outbox import next_try
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
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
