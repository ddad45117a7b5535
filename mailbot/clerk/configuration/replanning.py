"""Cycles under way go over to a changed configuration: deadlines, who is told, and letters that have not left yet."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.delivery.letter_numbers import with_its_number
from mailbot.core.configuration.taken import ConfigurationTaken
from mailbot.core.procedure.addressing import line
from mailbot.ledger.values import Changes, LetterState, Readdressed

if TYPE_CHECKING:
    from mailbot.clerk.parts import Clerk
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office

_NOT_LEFT = frozenset({LetterState.QUEUED, LetterState.PUT_OFF})


def replan(now: Clerk, former: Office, digest: str) -> None:
    """Move the deadlines of all cycles under way as the new configuration reckons them.

    Raises:
        TemplateProblem: a letter cannot be written; that cycle stays as it was.
    """
    for running in now.books.ledger.cycles.open():
        made = partial(_taken, now, running.key, former, digest)
        (after,) = write_down(now.books, now.maker, made).cycles
        if after.due_at != running.due_at or after.units != running.units:
            _write_anew(now, after)


def _taken(now: Clerk, cycle: str, former: Office, digest: str) -> Decision:
    """Return the decision that the configuration counts for one cycle, as it stands now."""
    at, waiting = now.books.clock(), frozenset(_waiting(now, cycle))
    fact = ConfigurationTaken(at=at, former=former, digest=digest, waiting=waiting)
    return Decision(beside=Changes(at=at), facts=((cycle, fact),))


def _waiting(now: Clerk, cycle: str) -> tuple[str, ...]:
    """Return the keys of a cycle's letters that have not left, and are in nobody's hands."""
    letters = now.books.ledger.letters
    found = (letters.by_key(key) for key in letters.unsent(cycle))
    return tuple(one.key for one in found if one is not None and one.state in _NOT_LEFT)


def _write_anew(now: Clerk, cycle: Cycle) -> None:
    """Write what asks for something and has not left once more, with the deadline that holds now."""
    from mailbot.core.procedure.table import ROWS  # noqa: PLC0415 - a quiet pass takes no configuration

    books, waiting = now.books, set(_waiting(now, cycle.key))
    at, ledger = books.clock(), books.ledger
    standing = ROWS[cycle.step].stands(cycle, at, books.office)
    wanted = [with_its_number(books, letter) for letter in standing if letter.key in waiting]
    again, journal = [], []
    for letter, written in zip(wanted, now.maker.letters(books, [(one, cycle) for one in wanted], at), strict=True):
        known = ledger.letters.by_key(letter.key)
        if known is not None:
            again.append(Readdressed(key=letter.key, address=known.address, raw=written.raw))
            sent = hashlib.sha256(written.raw).hexdigest()
            detail = {"letter": letter.key, "former": known.address, "to": known.address, "sent": sent}
            journal.append((cycle.key, line(at, "letter_readdressed", unit=letter.unit, **detail)))
    if again:
        ledger.commit(Changes(at=at, readdressed=tuple(again), journal=tuple(journal)))
