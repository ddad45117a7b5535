"""The clock: cycles open, time ends rows, reminders fall due, and what was given up is told."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.chasing.looking import looks_at_the_clock
from mailbot.clerk.composing import to_operator
from mailbot.clerk.deciding import Decision, changes_something, write_down
from mailbot.clerk.keeping.ends import tell_ends
from mailbot.clerk.keeping.spoilt import note_spoilt
from mailbot.clerk.opening.openings import due_cycles, note_beginning, open_cycle
from mailbot.clerk.operator_letters import tell_doubts
from mailbot.clerk.readdressing import failed
from mailbot.core.model.facts import LetterUndelivered, TimePassed
from mailbot.core.model.letters import AlarmCode
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.procedure.addressing import line
from mailbot.core.procedure.compare import UnderWay
from mailbot.errors import FileSpoilt, FileUnreadable, TemplateProblem, nameable
from mailbot.ledger.files_and_notes import ASKED, BY_HAND
from mailbot.ledger.values import WITHDRAWN, Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books, Box, Lookout, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import OutboxLetter

_GIVEN = f"{WITHDRAWN}: what it reminds of was given before it could leave"
_OVERTAKEN = f"{WITHDRAWN}: a later reminder of the same takes its place"
_REPLACED = f"{WITHDRAWN}: what came since takes its place"
_UNHEARD = timedelta(minutes=15)
"""After so long it is looked again whether a reminder that waits for the mailbox may leave."""


def tick(books: Books, maker: MakesLetters, boxes: Sequence[Box], lookout: Lookout) -> bool:
    """Look at the clock once; return whether anything came of it.

    Raises:
        TemplateProblem: a letter cannot be written; the cycle it belongs to stays as it was, the others went on.
    """
    at, running = books.clock(), frozenset(cycle.key for cycle in books.ledger.cycles.open())
    acts: list[Callable[[], bool]] = [partial(open_cycle, books, maker, key, at) for key in due_cycles(books, at)]
    acts += [
        partial(note_beginning, books, at),
        partial(tell_undelivered, books, maker, at),
        partial(tell_doubts, books, maker, at),
        partial(tell_ends, books, maker, lookout, at),
    ]
    moved, broken = False, list[str]()
    for act in acts:
        moved |= _done(books, act, broken)
    for act in _times_pass(books, maker, boxes, running, at):
        moved |= _done(books, act, broken)
    if broken:
        raise TemplateProblem("\n".join(dict.fromkeys(broken)))
    return moved


def _done(books: Books, act: Callable[[], bool], broken: list[str]) -> bool:
    """Do one act; what keeps its letters from being written keeps nothing else."""
    try:
        return act()
    except (TemplateProblem, FileUnreadable) as problem:
        broken.append(nameable(problem))
        if isinstance(problem, FileSpoilt):
            note_spoilt(books, problem)
        return False


def _by_hand(books: Books) -> tuple[Cycle, ...]:
    """Return the closed cycles of which something is still to be done by hand."""
    found = map(books.ledger.cycles.get, books.ledger.notes.read(BY_HAND).split())
    return tuple(cycle for cycle in found if cycle is not None and cycle.closed)


def _times_pass(
    books: Books, maker: MakesLetters, boxes: Sequence[Box], running: frozenset[str], at: datetime
) -> list[Callable[[], bool]]:
    """Return the acts that tell each cycle what time it is, and up to when we have heard everybody."""
    cycles = (*(cycle for cycle in books.ledger.cycles.open() if cycle.key in running), *_by_hand(books))
    looks = looks_at_the_clock(books, boxes, cycles, at)
    return [partial(_time_passes, books, maker, cycle, looks[cycle.key]) for cycle in cycles]


def _time_passes(books: Books, maker: MakesLetters, cycle: Cycle, fact: TimePassed) -> bool:
    """Tell a cycle what time it is; return whether anything came of it."""
    moves = changes_something(cycle, fact, books.office)
    if moves:
        write_down(books, maker, partial(Decision, beside=Changes(at=fact.at), facts=((cycle.key, fact),)))
    return moves


def under_way(ledger: Ledger) -> tuple[UnderWay, ...]:
    """Return every cycle that is not archived yet, with what was asked and written in it."""
    keys = ledger.cycles.unarchived()
    closed = (cycle for key in keys if (cycle := ledger.cycles.get(key)) is not None)
    return tuple(
        UnderWay(
            cycle=cycle,
            asked={
                unit: tuple(codes) for unit, codes in json.loads(ledger.notes.read(ASKED + cycle.key) or "{}").items()
            },
            written_to=ledger.letters.addressees(cycle.key),
        )
        for cycle in (*ledger.cycles.open(), *closed)
    )


def tell_undelivered(books: Books, maker: MakesLetters, at: datetime) -> bool:
    """Make a fact of every letter the outbox has given up on; return whether there was one."""
    letters = books.ledger.letters.undelivered()
    for letter in letters:
        write_down(books, maker, partial(undelivered, books.office, letter, at))
    return bool(letters)


def undelivered(office: Office, letter: OutboxLetter, at: datetime) -> Decision:
    """Return what is decided of a letter that was given up: a fact of its cycle; outside of every cycle, a letter."""
    if not letter.cycle:
        noted = line(at, "letter_undelivered", letter=letter.key, address=letter.address, status=letter.last_error)
        beside = Changes(at=at, journal=(("", noted),), told=(letter.key,), notes=failed(letter.address, at))
        return Decision(beside=beside, letters=_given_up(office, letter, at))
    fact = LetterUndelivered(
        at=at,
        letter=letter.key,
        kind=letter.kind,
        person=letter.person,
        address=letter.address,
        status=letter.last_error,
        permanent=True,
        received_at=at,
    )
    beside = Changes(at=at, told=(letter.key,), notes=failed(letter.address, at))
    return Decision(beside=beside, facts=((letter.cycle, fact),))


def _given_up(office: Office, letter: OutboxLetter, at: datetime) -> tuple[Letter, ...]:
    """Tell the operator of a letter outside every cycle that was given up; of one to himself it would be in vain."""
    about = Alarm(what=AlarmCode.GIVEN_UP, detail=f"{letter.address}: {letter.key}, {letter.last_error}")
    alarms = to_operator(office, at, about, about.what.value, letter.key)
    return tuple(alarm for alarm in alarms if alarm.to != letter.person)
