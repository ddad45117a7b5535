"""A look at the clock, cycle by cycle, with what is owed in the others, and who was reminded today already."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.receiving import folders_of
from mailbot.core.chasing.debts import asked_debts
from mailbot.core.chasing.ladder import due_above
from mailbot.core.chasing.not_asked_yet import asking
from mailbot.core.chasing.rhythm import due_now, may_be_spoken_of
from mailbot.core.chasing.still_owed import CHASES, REMINDS
from mailbot.core.model.facts import TimePassed
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import holder
from mailbot.core.procedure.word_asked import asked_now
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books, Box
    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.ledger.values import OutboxLetter

_ASKS_A_UNIT = frozenset({*REMINDS, LetterKind.REQUEST.value, LetterKind.RETURNED.value, LetterKind.PARTIAL.value})
"""Kinds of letter in answer to which a unit's form comes."""
_ABOVE = (LetterKind.ESCALATION.value,)
_WAITS = frozenset({LetterState.QUEUED, LetterState.PUT_OFF, LetterState.SENDING, LetterState.IN_DOUBT})
"""Letters in these states may leave by themselves."""
_LOOKED_BACK = timedelta(days=90)
"""A letter that has waited longer is forgotten."""


def looks_at_the_clock(
    books: Books, boxes: Sequence[Box], cycles: Sequence[Cycle], at: datetime
) -> dict[str, TimePassed]:
    """Return what every cycle is told of the clock at a moment, by its key.

    Each look knows what is owed in the other open cycles, and who of those to be reminded had a reminder today.
    """
    heard = heard_until(books, boxes)
    looks = {cycle.key: _look(books, cycle, heard, at) for cycle in cycles}
    running = [cycle for cycle in cycles if not cycle.closed]
    looks |= {cycle.key: _with_asked_lately(books, cycle, looks[cycle.key]) for cycle in running}
    looks |= {cycle.key: _with_references(books, cycle, looks[cycle.key]) for cycle in _shared(books, running, looks)}
    owed = {cycle.key: asked_debts(cycle, looks[cycle.key], books.office) for cycle in running}
    every = [debt for debts in owed.values() for debt in debts]
    told, above = _reminded_today(books, every, at), _told_above_today(books, every, at)
    return {
        key: replace(
            look,
            beside=tuple(debt for debt in every if debt.cycle != key),
            told=told,
            told_above=above,
        )
        for key, look in looks.items()
    }


def heard_until(books: Books, boxes: Sequence[Box]) -> datetime | None:
    """Return up to when all that was written to us has been read and worked; None: never yet."""
    return books.ledger.looks.heard_until((box.account, folder) for box in boxes for folder in folders_of(box))


def _look(books: Books, cycle: Cycle, heard: datetime | None, at: datetime) -> TimePassed:
    """Return what one cycle is told of the clock, and of its letters."""
    lost = books.ledger.letters.never_left(cycle.key)
    wanted = tuple(letter.key for letter in lost if not letter.unit or _awaited(cycle, letter.unit))
    return TimePassed(
        at=at,
        heard_until=heard,
        unsent=(*books.ledger.letters.unsent(cycle.key), *wanted),
        unasked=frozenset(
            letter.asks or letter.unit
            for letter in lost
            # What answers his own mail asks once more for what another letter has asked him for.
            if letter.kind == LetterKind.REQUEST.value
            or (letter.asks and letter.kind not in CHASES and not letter.is_answer)
        ),
        asked_at=_asked_at(books, cycle) if cycle.step is Step.INFORM else None,
        untold=_untold(books, cycle, at) if cycle.step is Step.INFORM else False,
    )


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


def _with_asked_lately(books: Books, cycle: Cycle, look: TimePassed) -> TimePassed:
    """Return a look that knows which letters asked just now for a word that a reminder would speak of."""
    keys = tuple(
        letter.key
        for debt in asked_debts(cycle, look, books.office)
        if not debt.unit and may_be_spoken_of(debt, look.at, books.office)
        for kind in asking(cycle.step, debt.wanting)
        for letter in books.ledger.letters.to_person(kind.value, debt.person.key, look.at - _LOOKED_BACK)
        if letter.cycle == cycle.key and _just_now(letter, debt, look.at, books.office)
    )
    again = _asked_again(books, cycle, look)
    return replace(look, asked_lately=keys, unasked=look.unasked | again) if keys or again else look


def _asked_again(books: Books, cycle: Cycle, look: TimePassed) -> frozenset[str]:
    """Return the units of which a reminder is due, and whose request left just now: the first one had come back."""
    return frozenset(
        debt.unit
        for debt in asked_debts(cycle, look, books.office)
        if debt.unit and due_now(debt, look.at, books.office) is not None
        for letter in books.ledger.letters.to_person(LetterKind.REQUEST.value, debt.person.key, debt.asked_at)
        if (letter.cycle, letter.unit) == (cycle.key, debt.unit) and _just_now(letter, debt, look.at, books.office)
    )


def _just_now(letter: OutboxLetter, debt: Debt, at: datetime, office: Office) -> bool:
    """Say whether a letter that asks for something left today, or on the working day before and it is not due yet."""
    calendar = office.calendar
    today, asked = calendar.local(at).date(), calendar.local(letter.sent_at or letter.queued_at).date()
    due = calendar.local(debt.due_at).date()
    return today <= asked or (today < due and today <= calendar.next_working_day(asked))


def _shared(books: Books, cycles: Sequence[Cycle], looks: dict[str, TimePassed]) -> tuple[Cycle, ...]:
    """Return the cycles in which somebody owes something who owes another thing beside it."""
    owed = {cycle.key: asked_debts(cycle, looks[cycle.key], books.office) for cycle in cycles}
    owing = Counter(debt.address for debts in owed.values() for debt in debts)
    return tuple(cycle for cycle in cycles if any(owing[debt.address] > 1 for debt in owed[cycle.key]))


def _with_references(books: Books, cycle: Cycle, look: TimePassed) -> TimePassed:
    """Return a look that knows by which reference an answer finds the letter that asked for each debt."""
    letters = books.ledger.letters.of_cycle(cycle.key)
    found: dict[str, str] = {}
    for debt in asked_debts(cycle, look, books.office):
        asked = next((one for one in reversed(letters) if _asks(one, debt, cycle)), None)
        if asked is not None:
            found[debt.unit] = asked.message_id.strip("<>").partition("@")[0]
    return replace(look, references=tuple(found.items()))


def _asks(letter: OutboxLetter, debt: Debt, cycle: Cycle) -> bool:
    """Say whether a letter to somebody asks for what he owes, so that an answer to it finds cycle and unit."""
    if letter.person != debt.person.key or letter.state is LetterState.GIVEN_UP:
        return False
    if debt.unit:
        return letter.unit == debt.unit and letter.kind in _ASKS_A_UNIT
    return letter.asks == asked_now(cycle)


def _reminded_today(books: Books, owed: Sequence[Debt], at: datetime) -> frozenset[str]:
    """Return the addresses of those to be reminded now to whom a reminder of today has left, or waits to leave."""
    due = {debt.address for debt in owed if due_now(debt, at, books.office) is not None}
    deputies = {debt.deputy for debt in owed if debt.address in due and debt.deputy}
    people = {debt.person.key for debt in owed if debt.address in due} | deputies
    return _written_to_today(books, REMINDS, people, at)


def _told_above_today(books: Books, owed: Sequence[Debt], at: datetime) -> frozenset[str]:
    """Return the addresses of those to hear of others now who have heard, or are about to hear, today."""
    people = {person.key for debt in owed for person, _ in due_above(debt, at, books.office)}
    return _written_to_today(books, _ABOVE, people, at)


def _written_to_today(books: Books, kinds: Iterable[str], people: Iterable[str], at: datetime) -> frozenset[str]:
    """Return to which of these people, in any post, a letter of a kind was decided today, or still waits to leave.

    While one waits, no other is decided: it says what holds when it leaves, or is withdrawn.
    """
    roster, calendar = books.office.roster.people, books.office.calendar
    own = {one.key: one.addresses[0].casefold() for one in roster}
    addresses = {own[key] for key in people if key in own}
    if not addresses:
        return frozenset()
    midnight = calendar.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return frozenset(
        own[person.key]
        for person in roster
        if own[person.key] in addresses
        for kind in kinds
        for letter in books.ledger.letters.to_person(kind, person.key, at - _LOOKED_BACK)
        if letter.state in _WAITS or (letter.state is LetterState.SENT and letter.queued_at >= midnight)
    )
