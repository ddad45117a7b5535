"""Whether what a reminder asks for is still owed when it leaves: it may have waited, and been answered meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.chasing.reminders import debts, due_kind
from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.sop import Step
from mailbot.core.procedure.word_asked import current

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Asked
    from mailbot.core.model.office import Office

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
        key: the letter's; that of a word to the superior about a row's word names row and round.
        unit: the unit whose form it is about; empty where it is about a row's word.
        asks: the word it asks for, if it asks for one.
        at: the moment it is to leave.
        office: the office.
    """
    owed = debts(cycle, at, office)
    if unit:
        return any(debt.unit == unit for debt in owed)
    same_row = current(cycle, asks) if asks is not None else f"/{cycle.step.value}/{cycle.round}/" in key
    wanting = next((what for what in Awaited if f"/{cycle.step.value}/{cycle.round}/{what.value}" in key), None)
    return same_row and any(not debt.unit and debt.wanting is wanting for debt in owed)


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


def due_anew(cycle: Cycle, unit: str, at: datetime, office: Office) -> bool:
    """Say whether a reminder of the same is due at that moment: it is about to be written, and says what holds now."""
    owed = (debt for debt in debts(cycle, at, office) if debt.unit == unit)
    return any(due_kind(debt, at, office) is not None for debt in owed)
