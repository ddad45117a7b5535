"""What a deciding word is about: the present row and version, and which of our letters speak of it (rows 1, 6 to 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle

SPEAKS_OF: dict[str, Step] = {
    LetterKind.DATA_NEEDS: Step.INFORM,
    LetterKind.DATA_NEEDS_OBJECTED: Step.INFORM,
    LetterKind.DRAFT: Step.DRAFT,
    LetterKind.REVISION: Step.DRAFT,
    LetterKind.REVIEW: Step.REVIEW,
    LetterKind.RATIFY: Step.RATIFY,
    LetterKind.SUBMISSION: Step.SUBMIT,
}
"""Kinds of letter that ask for the word of one row; the last part of their key is the version they are about."""

_ASK_AGAIN = frozenset({LetterKind.REMINDER, LetterKind.REMINDER_TODAY, LetterKind.UNCLEAR, LetterKind.CHALLENGE})
"""Kinds that ask again for the word of any row; the last two parts of their key are that row and the version."""


def matter_version(cycle: Cycle) -> int:
    """Return the version a verdict of the present row is bound to: from row 6 on the draft's, before it the round."""
    if cycle.draft is None or cycle.step.is_before(Step.DRAFT):
        return cycle.round
    return cycle.draft.version


def matter_of(key: str) -> tuple[Step, int] | None:
    """Return which row and version the letter of that key asks a word about, None where it asks for none."""
    kind, *parts = key.split("/")
    if not parts or not parts[-1].isdecimal():
        return None
    if kind in SPEAKS_OF:
        return SPEAKS_OF[kind], int(parts[-1])
    named = parts[-2] if kind in _ASK_AGAIN and len(parts) > 1 else ""
    return next(((step, int(parts[-1])) for step in Step if step.value == named), None)


def current(cycle: Cycle, key: str) -> bool:
    """Say whether the letter of that key speaks of this cycle's present row and version."""
    return key.split("/")[1:2] == [cycle.key.casefold()] and matter_of(key) == (cycle.step, matter_version(cycle))


def given_in_row(cycle: Cycle) -> bool | None:
    """Return what was decided in the present row and round: approved, refused, or nothing yet (None)."""
    version = matter_version(cycle)
    for verdict in reversed(cycle.verdicts):
        if verdict.step is cycle.step and verdict.given_at >= cycle.since and verdict.draft_version == version:
            return verdict.approved
    return None
