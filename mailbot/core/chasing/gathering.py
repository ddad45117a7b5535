"""Who is reminded in which letter: one a day at most to one person, of all that he owes, led by what is most urgent.

A person is known by where his letters go, since one may hold two posts. What he owes in other cycles is known to the
clock (`TimePassed.beside`): the letter is written in the cycle of the most urgent debt of which a reminder is due; in
the others it is only noted that he was reminded.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.chasing.debt import When
from mailbot.core.chasing.rhythm import due_now, may_be_spoken_of
from mailbot.core.model.letters import LetterKind, letter_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All of which one person is reminded at a moment."""

    lead: Debt
    """The most urgent debt of which a reminder is due."""
    when: When
    due: tuple[Debt, ...]
    """The debts of which a reminder is due, the lead among them."""
    beside: tuple[Debt, ...]
    """Whatever else he owes."""


def gathered(owed: Iterable[Debt], told: frozenset[str], at: datetime, office: Office) -> tuple[Gathered, ...]:
    """Gather debts, over units and cycles, into what each person is reminded of at a moment.

    Args:
        owed: every debt that was asked for.
        told: addresses to which a reminder has left today, or waits to leave.
        at: up to when everybody was heard.
        office: the office.
    """
    found = []
    for address, debts in _by_person(owed).items():
        due = [debt for debt in debts if due_now(debt, at, office) is not None]
        if not due or address in told or any(_told_today(debt, at, office) for debt in debts):
            continue
        lead = min(due, key=lambda debt: debt.urgency)
        when = due_now(lead, at, office) or When.LATE
        found.append(Gathered(lead=lead, when=when, due=tuple(due), beside=beside(lead, debts, at, office)))
    return tuple(found)


def beside(lead: Debt, owed: Iterable[Debt], at: datetime, office: Office) -> tuple[Debt, ...]:
    """Return what the person of a debt owes beside it and may be spoken of, the most urgent first."""
    others = (debt for debt in owed if debt.address == lead.address and _named(debt) != _named(lead))
    return tuple(sorted((one for one in others if may_be_spoken_of(one, at, office)), key=lambda debt: debt.urgency))


def reminder_key(lead: Debt, others: tuple[Debt, ...], kind: LetterKind, day: date) -> str:
    """Return the key of a reminder: what it is about, on which day, and how everything stood that it speaks of.

    A letter whose key is another one by now says what holds no more.
    """
    what: tuple[object, ...] = (lead.unit,) if lead.unit else (lead.step.value, lead.asks_version)
    if lead.wanting is not None:
        what += (lead.wanting.value,)
    standing = hashlib.sha256("\n".join(map(_standing, (lead, *others))).encode()).hexdigest()[:8]
    return letter_key(kind, lead.cycle, *what, day.isoformat(), standing)


def _by_person(owed: Iterable[Debt]) -> dict[str, list[Debt]]:
    """Return debts by whose they are."""
    found: dict[str, list[Debt]] = {}
    for debt in owed:
        found.setdefault(debt.address, []).append(debt)
    return found


def _told_today(debt: Debt, at: datetime, office: Office) -> bool:
    """Say whether there was a reminder of a debt today, or by a clock that was set back since."""
    local = office.calendar.local
    return debt.reminded_at is not None and local(at).date() <= local(debt.reminded_at).date()


def _named(debt: Debt) -> tuple[str, str]:
    """Return which debt it is."""
    return debt.cycle, debt.unit


def _standing(debt: Debt) -> str:
    """Return what a letter says of how a debt stands, as text."""
    parts = (debt.cycle, debt.unit, debt.step, debt.state, debt.wanting, debt.asks_version, debt.came)
    moments = (debt.due_at, debt.lines_at, debt.rival_at, debt.away_until)
    return " ".join((*map(str, parts), *(moment.isoformat() if moment else "-" for moment in moments), debt.deputy))
