"""The clock: cycles open, time ends rows, reminders fall due, and what waited is looked at again as it leaves."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.composing import to_operator
from mailbot.clerk.deciding import Decision, changes_something, write_down
from mailbot.clerk.opening.openings import due_cycles, note_beginning, open_cycle
from mailbot.clerk.opening.withdrawing import AS_ANSWER, CANCELLED
from mailbot.clerk.operator_letters import tell_doubts, tell_permissions
from mailbot.clerk.readdressing import failed
from mailbot.clerk.receiving import folders_of
from mailbot.core.chasing.reminders import HEARD_LATELY
from mailbot.core.chasing.still_owed import CHASES, LAYS, REMINDS, due_anew, overtaken, still_owed
from mailbot.core.model.facts import LetterUndelivered, TimePassed
from mailbot.core.model.letters import AlarmCode, LetterKind
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import holder, line
from mailbot.core.procedure.compare import UnderWay
from mailbot.errors import TemplateProblem
from mailbot.ledger.files_and_notes import ASKED, BY_HAND
from mailbot.ledger.values import WITHDRAWN, Changes, LetterState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books, Box, Lookout, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import ClaimedLetter, OutboxLetter

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
    at, running = books.clock(), books.ledger.cycles.open()
    acts: list[Callable[[], bool]] = [partial(open_cycle, books, maker, key, at) for key in due_cycles(books, at)]
    acts += [
        partial(note_beginning, books, at),
        partial(tell_undelivered, books, maker, at),
        partial(tell_doubts, books, maker, at),
        partial(tell_permissions, books, maker, lookout, at),
    ]
    acts += [partial(_time_passes, books, maker, boxes, cycle, at) for cycle in (*running, *_by_hand(books))]
    moved, broken = False, []
    for act in acts:
        try:
            moved |= act()
        except TemplateProblem as problem:
            broken.append(str(problem))
    if broken:
        raise TemplateProblem("\n".join(dict.fromkeys(broken)))
    return moved


def _by_hand(books: Books) -> tuple[Cycle, ...]:
    """Return the closed cycles of which something is still to be done by hand."""
    found = map(books.ledger.cycles.get, books.ledger.notes.read(BY_HAND).split())
    return tuple(cycle for cycle in found if cycle is not None and cycle.closed)


def _time_passes(books: Books, maker: MakesLetters, boxes: Sequence[Box], cycle: Cycle, at: datetime) -> bool:
    """Tell a cycle what time it is, and up to when we have heard everybody; return whether anything came of it."""
    lost = books.ledger.letters.never_left(cycle.key)
    wanted = tuple(letter.key for letter in lost if not letter.unit or _awaited(cycle, letter.unit))
    fact = TimePassed(
        at=at,
        heard_until=heard_until(books, boxes),
        unsent=(*books.ledger.letters.unsent(cycle.key), *wanted),
        unasked=frozenset(
            letter.asks or letter.unit for letter in lost if letter.asks or letter.kind == LetterKind.REQUEST.value
        ),
        asked_at=_asked_at(books, cycle) if cycle.step is Step.INFORM else None,
        untold=_untold(books, cycle, at) if cycle.step is Step.INFORM else False,
    )
    moves = changes_something(cycle, fact, books.office)
    if moves:
        write_down(books, maker, partial(Decision, beside=Changes(at=at), facts=((cycle.key, fact),)))
    return moves


def heard_until(books: Books, boxes: Sequence[Box]) -> datetime | None:
    """Return up to when all that was written to us has been read and worked; None: never yet."""
    return books.ledger.looks.heard_until((box.account, folder) for box in boxes for folder in folders_of(box))


def _asked_at(books: Books, cycle: Cycle) -> datetime | None:
    """Return when the letter that began row 1, this time, left; None if it has not."""
    kind = LetterKind.DATA_NEEDS.value
    asked = [one.key for one in books.office.roster.people if one.role is Role.SECRETARY]
    sent = (one for person in asked for one in books.ledger.letters.to_person(kind, person, cycle.since))
    return max((one.sent_at for one in sent if one.cycle == cycle.key and one.sent_at is not None), default=None)


def _untold(books: Books, cycle: Cycle, at: datetime) -> bool:
    """Say whether whoever is Sekretaris now was never written to about row 1: somebody else was, or nobody."""
    person = holder(Role.SECRETARY, books.office, at)
    if person is None:
        return False
    told = books.ledger.letters.to_person(LetterKind.DATA_NEEDS.value, person.key, cycle.since)
    return not any(one.cycle == cycle.key for one in told)


def _awaited(cycle: Cycle, unit: str) -> bool:
    """Say whether nothing has come from a unit: whoever sends a form has got his request, by whatever way."""
    form = cycle.form_of(unit)
    return form is not None and not form.attempts


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
        write_down(books, maker, partial(_undelivered, books.office, letter, at))
    return bool(letters)


def _undelivered(office: Office, letter: OutboxLetter, at: datetime) -> Decision:
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


def stays(books: Books, boxes: Sequence[Box], letter: ClaimedLetter) -> bool:
    """Look again, as a letter is about to leave, whether it still should; True if it does not leave now.

    It may have waited: a reminder of what was given meanwhile is withdrawn, so is an older version of the report, and
    what was not asked for by a mail that it answers leaves in office hours. Nobody is reminded before his mail was
    read. Only what tells the operator of the machinery leaves at any hour.
    """
    at, office, ledger = books.clock(), books.office, books.ledger
    chases, is_open = letter.kind in CHASES, office.calendar.in_office_hours(at)
    of_cycle = bool(letter.cycle) and letter.kind != AS_ANSWER
    asked = of_cycle or chases or letter.kind in LAYS or not (is_open or _of_machinery(letter, office))
    known = ledger.letters.by_key(letter.key) if asked else None
    if known is None:
        return False
    why = _withdrawn(ledger, known, at, office)
    if why:
        if ledger.outbox.give_up(letter, why, told=True):
            noted = line(at, "letter_withdrawn", unit=letter.unit, letter=letter.key)
            ledger.commit(Changes(at=at, journal=((letter.cycle, noted),)))
        return True
    heard = heard_until(books, boxes) if chases else at
    if heard is None or at - heard > HEARD_LATELY:
        return ledger.outbox.put_back(letter, known.last_error, at + _UNHEARD)
    return not (is_open or known.is_answer) and ledger.outbox.put_back(
        letter, known.last_error, office.calendar.next_office_moment(at)
    )


def _withdrawn(ledger: Ledger, letter: OutboxLetter, at: datetime, office: Office) -> str:
    """Return why a letter that has waited is not to leave any more; empty: it is."""
    cycle = ledger.cycles.get(letter.cycle) if letter.cycle and letter.kind != AS_ANSWER else None
    if cycle is not None and cycle.cancelled is not None:
        return CANCELLED
    if cycle is None or letter.kind not in CHASES | LAYS:
        return ""
    if letter.kind in LAYS:
        return _REPLACED if overtaken(cycle, letter.kind, letter.key, letter.asks, office) else ""
    if not still_owed(cycle, letter.key, letter.unit, letter.asks, at, office):
        return _GIVEN
    return _OVERTAKEN if _overtaken(ledger, letter, cycle, at, office) else ""


def _overtaken(ledger: Ledger, letter: OutboxLetter, cycle: Cycle, at: datetime, office: Office) -> bool:
    """Say whether a later reminder of the same was written, or is due: of those that waited, the latest leaves."""
    if letter.kind not in REMINDS or due_anew(cycle, letter.unit, at, office):
        return letter.kind in REMINDS
    later = (one for kind in REMINDS for one in ledger.letters.to_person(kind, letter.person, letter.queued_at))
    same = (one for one in later if (one.cycle, one.unit, one.asks) == (letter.cycle, letter.unit, letter.asks))
    return any(one.id > letter.id and one.state is not LetterState.GIVEN_UP for one in same)


def _of_machinery(letter: ClaimedLetter, office: Office) -> bool:
    """Say whether a letter is about no cycle, and to the operator."""
    operators = (one.key for one in office.roster.people if one.role is Role.OPERATOR)
    return not letter.cycle and letter.person in operators
