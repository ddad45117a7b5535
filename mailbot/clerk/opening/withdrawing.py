"""`mailbot cancel`: a cycle that is open is withdrawn; one that is still to open, or was missed, is called off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.opening.openings import arrangements
from mailbot.core.model.letters import LetterKind
from mailbot.core.opening.arranged import Arranged, arranged_text
from mailbot.core.opening.cancelling import ratified
from mailbot.core.opening.days import opens_at
from mailbot.core.opening.opening_facts import CycleCancelled
from mailbot.core.opening.plans import again
from mailbot.core.procedure.addressing import line
from mailbot.ledger.files_and_notes import ARRANGED
from mailbot.ledger.values import WITHDRAWN, Changes, HeldWhy, LetterState

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.values import OutboxLetter

CANCELLED = f"{WITHDRAWN}: its cycle was cancelled"
AS_ANSWER = LetterKind.CYCLE_CANCELLED.value
"""What still leaves of a cycle that was cancelled."""
_WAITING = frozenset({LetterState.QUEUED, LetterState.PUT_OFF, LetterState.HELD})
_STAYED = frozenset({LetterState.QUEUED, LetterState.PUT_OFF, LetterState.GIVEN_UP})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCancel:
    """What cancelling a cycle of that key would come to."""

    cycle: Cycle | None
    """The open cycle that is withdrawn; None: it is called off before it opens."""
    written_to: frozenset[str] = frozenset()
    """Keys of the people whom a letter of it has reached, or may have, or who wait for an answer of it."""
    waiting: int = 0
    """How many of its letters wait, and will not leave."""
    ratified: bool = False
    """Its report is ratified or closed: it cannot be cancelled."""
    opens: datetime | None = None
    """When it opens by itself, as long as nobody has said otherwise."""


def to_cancel(books: Books, key: str) -> ToCancel:
    """Look what a key stands for: the last cycle that was opened under it, else the plan.

    Raises:
        KeyError: `cycles.yaml` plans no such cycle, and none was opened.
    """
    found, ledger = _last_opened(books, key), books.ledger
    if found is not None and found.cancelled is None:
        letters = ledger.letters.of_cycle(found.key)
        reached = frozenset(letter.person for letter in letters if _may_have_left(letter) or _is_owed(letter))
        waiting = sum(letter.state in _WAITING for letter in letters)
        return ToCancel(cycle=found, written_to=reached, waiting=waiting, ratified=ratified(found))
    plan = books.office.plan(key)
    return ToCancel(cycle=None, opens=opens_at(plan, books.office, arrangements(books)))


def _may_have_left(letter: OutboxLetter) -> bool:
    """Say whether a letter has reached somebody, or may have."""
    return letter.state not in _STAYED and letter.held_why is not HeldWhy.BY_HAND


def _is_owed(letter: OutboxLetter) -> bool:
    """Say whether somebody waits for it who wrote to us: it will not leave, so the end is all the answer he gets."""
    return letter.is_answer and letter.state in _WAITING


def _last_opened(books: Books, key: str) -> Cycle | None:
    """Return the cycle that was opened last under a planned key, None if none was."""
    found, number = books.ledger.cycles.get(key), 0
    while found is not None and found.cancelled is not None:
        number += 1
        anew = books.ledger.cycles.get(again(key, number))
        if anew is None:
            break
        found = anew
    return found


def cancel_cycle(books: Books, maker: MakesLetters, key: str, reason: str, by: str, at: datetime) -> bool:
    """Withdraw the open cycle of that key, or call off its opening; return whether that changed anything.

    Args:
        books: where it stands.
        maker: makes the letters to who was asked.
        key: as it is planned, or as it is open.
        reason: why; it is told, and recorded.
        by: key of the person who orders it.
        at: now.
    """
    found = to_cancel(books, key)
    if found.cycle is None:
        return _called_off(books, key, reason, by, at)
    if found.ratified:
        return False
    fact = CycleCancelled(at=at, reason=reason, by=by, written_to=found.written_to)
    opened = found.cycle.key
    write_down(books, maker, lambda: Decision(beside=Changes(at=at), facts=((opened, fact),)))
    books.ledger.outbox.withdraw(opened, CANCELLED, besides=AS_ANSWER)
    return True


def _called_off(books: Books, key: str, reason: str, by: str, at: datetime) -> bool:
    """Let a cycle not open by itself, and be told of no more; it can still be opened by hand."""
    arranged = arrangements(books)
    if key in arranged and arranged[key].starts_on is None:
        return False
    said = Arranged(key=key, starts_on=None, by=by, at=at, reason=reason)
    note = line(at, "opening_called_off", by, cycle=key, reason=reason)
    text = arranged_text({**arranged, key: said})
    books.ledger.commit(Changes(at=at, notes=((ARRANGED, text),), journal=(("", note),)))
    return True
