"""What waited is looked at again as it leaves: whether it should still, and whether it says what holds now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.chasing.looking import heard_until, looks_at_the_clock
from mailbot.clerk.opening.withdrawing import AS_ANSWER, CANCELLED
from mailbot.core.chasing.debts import HEARD_LATELY, asked_debts
from mailbot.core.chasing.reminders import not_reminded
from mailbot.core.chasing.still_owed import CHASES, LAYS, REMINDS, overtaken, says_what_holds
from mailbot.core.chasing.superiors import not_told
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import line
from mailbot.errors import StaleCycle
from mailbot.ledger.values import WITHDRAWN, Changes, CycleChange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books, Box
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import ClaimedLetter, OutboxLetter

_STALE = f"{WITHDRAWN}: what it says holds no more; what is still owed is said anew"
_REPLACED = f"{WITHDRAWN}: what came since takes its place"
_ENDED = f"{WITHDRAWN}: the link in it lets nobody in any more"
_LINK_HOLDS = timedelta(hours=1)
"""Longer holds no link to the board (`board.link_minutes`)."""
_AFTER_THE_END = frozenset({AS_ANSWER, LetterKind.UNDELIVERED.value})
"""What leaves of a cycle that was cancelled: that it was, and whom that did not reach."""
_UNHEARD = timedelta(minutes=15)
"""After so long it is looked again whether a reminder that waits for the mailbox may leave."""


def stays(books: Books, boxes: Sequence[Box], letter: ClaimedLetter) -> bool:
    """Look again, as a letter is about to leave, whether it still should; True if it does not leave now.

    It may have waited: a reminder that says what holds no more is withdrawn, and what is still owed is said anew; so is
    an older version of the report, and what was not asked for by a mail that it answers leaves in office hours. Nobody
    is reminded before his mail was read. Only what tells the operator of the machinery leaves at any hour.
    """
    at, office, ledger = books.clock(), books.office, books.ledger
    chases, is_open = letter.kind in CHASES, office.calendar.in_office_hours(at)
    of_cycle = bool(letter.cycle) and letter.kind not in _AFTER_THE_END
    if letter.kind == LetterKind.BOARD_LINK.value:
        return _over(books, letter, at)
    asked = of_cycle or chases or letter.kind in LAYS or not (is_open or _of_machinery(letter, office))
    known = ledger.letters.by_key(letter.key) if asked else None
    if known is None:
        return False
    if of_cycle and _cancelled(ledger, letter.cycle):
        return withdrawn(books, letter, known, CANCELLED, at)
    later = None if is_open or known.is_answer else office.calendar.next_office_moment(at)
    if chases:
        heard = heard_until(books, boxes)
        if heard is None or at - heard > HEARD_LATELY:
            later = later or at + _UNHEARD
        elif later is None and not _holds(books, boxes, known, at):
            return withdrawn(books, letter, known, _STALE, at)
    elif letter.kind in LAYS and _overtaken(ledger, known, office):
        return withdrawn(books, letter, known, _REPLACED, at)
    return later is not None and ledger.outbox.put_back(letter, known.last_error, later)


def _over(books: Books, letter: ClaimedLetter, at: datetime) -> bool:
    """Withdraw a link to the board that has waited for so long that it lets nobody in; any other leaves at any hour."""
    return at - letter.queued_at > _LINK_HOLDS and books.ledger.outbox.give_up(letter, _ENDED, told=True)


def _holds(books: Books, boxes: Sequence[Box], letter: OutboxLetter, at: datetime) -> bool:
    """Say whether a reminder, or a word to a superior, says what holds at this moment."""
    person, running = _person(books.office, letter), books.ledger.cycles.open()
    if person is None or all(cycle.key != letter.cycle for cycle in running):
        return False
    looks = looks_at_the_clock(books, boxes, running, at)
    owed = [debt for cycle in running for debt in asked_debts(cycle, looks[cycle.key], books.office)]
    return says_what_holds(letter.key, person, owed, at, books.office)


def _cancelled(ledger: Ledger, key: str) -> bool:
    """Say whether the cycle of a letter was withdrawn meanwhile."""
    cycle = ledger.cycles.get(key)
    return cycle is not None and cycle.cancelled is not None


def _overtaken(ledger: Ledger, letter: OutboxLetter, office: Office) -> bool:
    """Say whether what a letter lays before somebody has been overtaken while it waited."""
    cycle = ledger.cycles.get(letter.cycle)
    return cycle is not None and overtaken(cycle, letter.kind, letter.key, letter.asks, office)


def withdrawn(books: Books, letter: ClaimedLetter, known: OutboxLetter, why: str, at: datetime) -> bool:
    """Withdraw a letter, and forget that anybody was reminded or told by it."""
    ledger = books.ledger
    forgotten = _forgotten(books, known, at) if letter.kind in CHASES else ()
    if forgotten:
        try:
            ledger.commit(Changes(at=at, cycles=forgotten))
        except StaleCycle:  # it was moved meanwhile, and is looked at again
            return ledger.outbox.put_back(letter, known.last_error, at)
    if ledger.outbox.give_up(letter, why, told=True):
        noted = line(at, "letter_withdrawn", unit=letter.unit, letter=letter.key)
        ledger.commit(Changes(at=at, journal=((letter.cycle, noted),)))
    return True


def _forgotten(books: Books, letter: OutboxLetter, at: datetime) -> tuple[CycleChange, ...]:
    """Return the cycles without the reminding, or the telling, that a letter that never left was to do."""
    person, office = _person(books.office, letter), books.office
    if person is None:
        return ()
    day, address = office.calendar.local(letter.queued_at).date(), person.addresses[0].casefold()
    changes = []
    for cycle in books.ledger.cycles.open():
        if letter.kind in REMINDS:
            without = not_reminded(cycle, address, letter.queued_at, at, office)
        else:
            without = not_told(cycle, person.key, day)
        if without is not cycle:
            changes.append(CycleChange(before=cycle, after=without))
    return tuple(changes)


def _person(office: Office, letter: OutboxLetter) -> Person | None:
    """Return to whom a letter goes, as the list has him now."""
    return next((one for one in office.roster.people if one.key == letter.person), None)


def _of_machinery(letter: ClaimedLetter, office: Office) -> bool:
    """Say whether a letter is about no cycle, and to the operator."""
    operators = (one.key for one in office.roster.people if one.role is Role.OPERATOR)
    return not letter.cycle and letter.person in operators
