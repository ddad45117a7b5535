"""The clock: cycles open on their day, time ends rows, reminders fall due, and letters that came back are told of."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, changes_something, write_down
from mailbot.clerk.doubts import tell_doubts
from mailbot.clerk.permissions import tell_permissions
from mailbot.clerk.telling import to_operator
from mailbot.core.model.facts import CycleOpened, LetterUndelivered, TimePassed
from mailbot.core.model.letters import AlarmCode
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.procedure.addressing import line
from mailbot.errors import TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.letters import Letter
    from mailbot.ledger.values import OutboxLetter


def tick(clerk: Clerk) -> bool:
    """Look at the clock once; return whether anything came of it.

    Raises:
        TemplateProblem: a letter cannot be written; the cycle it belongs to stays as it was, the others went on.
    """
    at = clerk.clock()
    acts: list[Callable[[], bool]] = [partial(open_cycle, clerk, key, at) for key in due_cycles(clerk, at)]
    acts += [
        partial(tell_undelivered, clerk, at),
        partial(tell_doubts, clerk, at),
        partial(tell_permissions, clerk, at),
    ]
    acts += [partial(_time_passes, clerk, cycle, at) for cycle in clerk.ledger.cycles.open()]
    moved, broken = False, []
    for act in acts:
        try:
            moved |= act()
        except TemplateProblem as problem:
            broken.append(str(problem))
    if broken:
        raise TemplateProblem("\n".join(dict.fromkeys(broken)))
    return moved


def _time_passes(clerk: Clerk, cycle: Cycle, at: datetime) -> bool:
    """Tell a cycle what time it is; return whether anything came of it."""
    fact = TimePassed(at=at, unsent=clerk.ledger.letters.unsent(cycle.key))
    moves = changes_something(cycle, (fact,), clerk)
    if moves:
        write_down(clerk, at, partial(Decision, facts=((cycle.key, fact),)))
    return moves


def due_cycles(clerk: Clerk, at: datetime) -> tuple[str, ...]:
    """Return the cycles whose day has come and that are not open yet; a day long gone by is left to `mailbot open`."""
    known = {cycle.key for cycle in clerk.ledger.cycles.all()}
    latest = timedelta(days=clerk.office.policy.opens_within_days)
    calendar = clerk.office.calendar
    return tuple(
        plan.key
        for plan in clerk.office.cycles
        if plan.key not in known
        and (start := calendar.next_office_moment(calendar.at(plan.starts_on, calendar.opens))) <= at <= start + latest
    )


def open_cycle(clerk: Clerk, key: str, at: datetime) -> bool:
    """Open a cycle, if it is not open; return whether it was opened now."""
    if clerk.ledger.cycles.get(key) is not None:
        return False
    fact: Fact = CycleOpened(at=at, cycle=key)
    write_down(clerk, at, lambda: Decision(facts=((key, fact),)))
    return True


def _given_up(clerk: Clerk, letter: OutboxLetter, at: datetime) -> tuple[Letter, ...]:
    """Tell the operator of a letter outside every cycle that was given up; of one to himself it would be in vain."""
    about = Alarm(what=AlarmCode.GIVEN_UP, detail=f"{letter.address}: {letter.key}, {letter.last_error}")
    told = to_operator(clerk, at, about, about.what.value, letter.key)
    return tuple(one for one in told if one.to != letter.person)


def tell_undelivered(clerk: Clerk, at: datetime) -> bool:
    """Make a fact of every letter the outbox has given up on; return whether there was one."""
    letters = clerk.ledger.letters.undelivered()
    for letter in letters:
        if not letter.cycle:
            noted = line(at, "letter_undelivered", letter=letter.key, address=letter.address, status=letter.last_error)
            told = _given_up(clerk, letter, at)
            write_down(clerk, at, partial(Decision, letters=told, journal=(("", noted),), told=(letter.key,)))
            continue
        fact = LetterUndelivered(
            at=at,
            letter=letter.key,
            kind=letter.kind,
            person=letter.person,
            address=letter.address,
            status=letter.last_error,
            permanent=True,
        )
        write_down(clerk, at, partial(Decision, facts=((letter.cycle, fact),), told=(letter.key,)))
    return bool(letters)
