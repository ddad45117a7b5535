"""What mail does not tell in so many words, and what its letters show: guessed, and kept where the letters say so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.chasing.leaving import withdrawn
from mailbot.clerk.opening.openings import open_by_hand
from mailbot.clerk.opening.withdrawing import cancel_cycle
from mailbot.clerk.ticking import undelivered
from mailbot.core.chasing.still_owed import CHASES
from mailbot.errors import TemplateProblem
from mailbot.ledger.values import WITHDRAWN, ClaimedLetter, LetterState

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.clerk.rebuilding.replaying import Replay

NO_COPY = "no copy; what came after shows that it left"
"""How a letter is marked of which there is no copy."""
_NEVER_LEFT = f"{WITHDRAWN}: nothing shows that it left"
_MOST, _WHO = 10_000, "rebuild"
_HOLDS_UP = frozenset({"data_needs", "data_needs_objected", "request", "request_copy"})
"""Kinds of letters that rows 1 and 2 wait to see leave."""


def opened_by_hand(replay: Replay) -> bool:
    """A cycle was opened by hand."""
    books, done = replay.clerk.books, False
    for plan in books.office.cycles:
        try:
            done |= bool(open_by_hand(books, replay.maker, plan.key, replay.at))
        except TemplateProblem:
            continue
    return done


def cancelled(replay: Replay) -> bool:
    """A cycle was cancelled by hand."""
    books, done = replay.clerk.books, False
    for cycle in books.ledger.cycles.open():
        try:
            done |= cancel_cycle(books, replay.maker, cycle.key, "", "operator", replay.at)
        except TemplateProblem:
            continue
    return done


def left_already(replay: Replay) -> bool:
    """A letter had left whose copy was filed later."""
    ledger, done = replay.clerk.books.ledger, False
    for state in (LetterState.QUEUED, LetterState.PUT_OFF):
        for letter in ledger.letters.listing(state, limit=_MOST):
            copy = replay.past.copies.get(letter.message_id)
            if copy is not None and copy.written_at <= replay.at:
                done |= ledger.outbox.found(letter.message_id, "Sent", replay.at)
    return done


def left_without_copy(replay: Replay) -> bool:
    """A letter that holds up a row had left, and no copy of it is there."""
    ledger, done = replay.clerk.books.ledger, False
    closed = {cycle.key for cycle in ledger.cycles.all() if cycle.closed}
    for state in (LetterState.QUEUED, LetterState.PUT_OFF):
        for letter in ledger.letters.listing(state, limit=_MOST):
            if letter.kind in _HOLDS_UP or letter.cycle in closed:
                done |= ledger.outbox.found(letter.message_id, NO_COPY, replay.at)
    return done


def given_up(replay: Replay) -> bool:
    """A letter was given up: the letter that tells so left."""
    books, done = replay.clerk.books, False
    for state in (LetterState.QUEUED, LetterState.PUT_OFF):
        for letter in books.ledger.letters.listing(state, limit=_MOST):
            if replay.told_now(undelivered(books.office, letter, replay.at)):
                done |= _give_up(replay, letter.key)
    return done


def _give_up(replay: Replay, key: str) -> bool:
    """Give a letter up that waits."""
    outbox = replay.clerk.books.ledger.outbox
    letter = _claimed(replay, key)
    return letter is not None and outbox.give_up(letter, "told by a letter of then")


def withdraw_chasers(replay: Replay) -> None:
    """Withdraw what was to remind somebody, came due, and never left, as it was then; nobody counts as reminded."""
    ledger, at = replay.clerk.books.ledger, replay.at
    for state in (LetterState.QUEUED, LetterState.PUT_OFF):
        for letter in ledger.letters.listing(state, limit=_MOST):
            waits = letter.kind in CHASES and letter.due_at <= at and letter.queued_at < at
            if waits and replay.past.left_by(letter.message_id) is None:
                claimed = _claimed(replay, letter.key)
                if claimed is not None:
                    withdrawn(replay.clerk.books, claimed, letter, _NEVER_LEFT, at)


def _claimed(replay: Replay, key: str) -> ClaimedLetter | None:
    """Take one letter that is due, None if it is not."""
    outbox, at = replay.clerk.books.ledger.outbox, replay.at
    others, found = list[ClaimedLetter](), None
    while found is None and (claimed := outbox.claim_due(at, _WHO, timedelta(minutes=15))) is not None:
        if claimed.key == key:
            found = claimed
        else:
            others.append(claimed)
    for other in others:
        outbox.put_back(other, "")
    return found


def unseen(replay: Replay) -> bool:
    """Something was decided whose letters left no copy."""
    replay.maker.lenient = True
    try:
        return replay.chores_once()
    finally:
        replay.maker.lenient = False


def other_words(replay: Replay) -> bool:
    """A mail was answered in words that come to something else today."""
    replay.maker.any_answer = True
    try:
        return replay.work()
    finally:
        replay.maker.any_answer = False


GUESSES: tuple[Callable[[Replay], bool], ...] = (
    given_up,
    cancelled,
    opened_by_hand,
    left_already,
    left_without_copy,
    unseen,
    other_words,
)
"""In this order, until the letters of a moment are explained."""
