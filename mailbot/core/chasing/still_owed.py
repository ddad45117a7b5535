"""Whether what a reminder asks for is still owed when it leaves: it may have waited, and been answered meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.chasing.debts import debts
from mailbot.core.chasing.gathering import beside, reminder_key
from mailbot.core.chasing.rhythm import may_be_spoken_of
from mailbot.core.chasing.superiors import digest_key, told_today
from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.sop import Step
from mailbot.core.procedure.word_asked import current

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Asked
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person

REMINDS = (LetterKind.REMINDER.value, LetterKind.REMINDER_TODAY.value)
CHASES = frozenset({*REMINDS, LetterKind.ESCALATION.value})
"""Kinds of letter that only make sense while something is owed."""
_COPY = LetterKind.COPY_SENT.value
_LAID = frozenset(
    {LetterKind.DRAFT.value, LetterKind.REVIEW.value, LetterKind.RATIFY.value, LetterKind.SUBMISSION.value}
)
_AGAIN = frozenset({LetterKind.DRAFT.value, LetterKind.REVIEW.value, LetterKind.RATIFY.value})
"""Of these, the kinds whose keys tell a version from the same version after it came back to its author."""
_WANTS = {
    LetterKind.NUMBER_WANTED.value: frozenset({Awaited.NUMBER}),
    LetterKind.PAPER_WANTED.value: frozenset({Awaited.SIGNED_REPORT, Awaited.SIGNED_COVER}),
}
LAYS = _LAID | _WANTS.keys() | {_COPY}
"""Kinds of letter that lay a version of the report before somebody, or ask for what it wants before it may leave."""


def still_owed(cycle: Cycle, key: str, unit: str, asks: Asked | None, at: datetime, office: Office) -> bool:
    """Say whether what a reminder, or the word to a superior, is about is still owed at that moment.

    Args:
        cycle: the cycle as it stands now.
        key: the letter's; that of a reminder of a row's word names row, version, and what is wanted in its place.
        unit: the unit whose form it is about; empty where it is about a row's word.
        asks: the word it asks for, if it asks for one.
        at: the moment it is to leave.
        office: the office.
    """
    owed = debts(cycle, at, office)
    if key.startswith(f"{LetterKind.ESCALATION.value}/"):
        return any(f"/{person}/" in mark for debt in owed for mark in debt.told_above for person in _named_in(key))
    if unit:
        return any(debt.unit == unit for debt in owed)
    words = [debt for debt in owed if not debt.unit]
    if asks is not None:
        return current(cycle, asks) and any(debt.wanting is None for debt in words)
    return any(key.split("/")[1:-2] == _word_named(debt) for debt in words)


def _named_in(key: str) -> tuple[str, ...]:
    """Return the part of a key that names to whom a word to a superior goes."""
    return tuple(key.split("/")[2:3])


def _word_named(debt: Debt) -> list[str]:
    """Return how the key of a reminder names a row's word, between its kind and the day."""
    wanting = [debt.wanting.value] if debt.wanting is not None else []
    return [debt.cycle.casefold(), debt.step.value, str(debt.asks_version), *wanting]


def says_what_holds(letter: str, person: Person, owed: Sequence[Debt], at: datetime, office: Office) -> bool:
    """Say whether a reminder, or a word to a superior, that waited says at this moment what holds.

    Where not, it is withdrawn and what is still owed is said anew, with the days, deadlines and figures of now.

    Args:
        letter: its key, which names the day, and how everything stood that it speaks of.
        person: to whom it goes; who stands in for an absent head gets a copy.
        owed: what everybody owes now, in every open cycle.
        at: the moment it is to leave.
        office: the office.
    """
    day = office.calendar.local(at).date()
    kind = LetterKind(letter.split("/", 1)[0])
    if kind is LetterKind.ESCALATION:
        told = told_today(owed, person, at, office)
        return bool(told) and letter == digest_key(told[0].debt.cycle, person.key, told, day)
    for lead in owed:
        key = reminder_key(lead, beside(lead, owed, at, office), kind, day)
        own = lead.address == person.addresses[0].casefold()
        if letter == key if own else letter.startswith(f"{key}/{person.key.casefold()}"):
            return may_be_spoken_of(lead, at, office)
    return False


def overtaken(cycle: Cycle, kind: str, key: str, asks: Asked | None, office: Office) -> bool:
    """Say whether what a letter lays before somebody, or wants of him for it, has been overtaken while it waited.

    Args:
        cycle: the cycle as it stands now.
        kind: the letter's, one of `LAYS`.
        key: the letter's; that of a copy for others names the version.
        asks: the word it asks for, if it asks for one.
        office: the office.
    """
    if kind in _WANTS and awaited(cycle, office) not in _WANTS[kind]:
        return True
    if kind == _COPY:
        version = cycle.draft.version if cycle.draft is not None else 0
        return cycle.step is not Step.SUBMIT or f"/{version}/" not in key
    return asks is not None and (_replaced(cycle, asks) or _laid_again(cycle, kind, key))


def _laid_again(cycle: Cycle, kind: str, key: str) -> bool:
    """Say whether the same version came back to its author since, and a letter of its own lays it before him."""
    draft = cycle.draft
    if draft is None or kind not in _AGAIN or not draft.again:
        return False
    version, again, *_ = [*key.partition(f"/{cycle.key}/".casefold())[2].split("/"), "0"]
    return version == str(draft.version) and again != str(draft.again)


def _replaced(cycle: Cycle, asks: Asked) -> bool:
    """Say whether a later version of the report, or another file of it, has taken the place of what a letter lays.

    So it has where the cycle was taken back to a row before the one that the letter asks in.
    """
    draft = cycle.draft
    if cycle.step.is_before(asks.step):
        return True
    if draft is None or draft.version < asks.version:
        return False
    return draft.version > asks.version or asks.docx_sha256 not in {"", draft.docx_sha256}
