"""Whether the letter that asks for a row's word still waits to leave: nobody is reminded of what he was not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import Awaited
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

_ASK = {
    Step.INFORM: (LetterKind.DATA_NEEDS, LetterKind.DATA_NEEDS_OBJECTED),
    Step.DRAFT: (LetterKind.DRAFT, LetterKind.REVISION, LetterKind.DRAFT_HELD),
    Step.REVIEW: (LetterKind.REVIEW,),
    Step.RATIFY: (LetterKind.RATIFY,),
    Step.SUBMIT: (LetterKind.SUBMISSION,),
}
"""The letters that ask for a row's word."""
_ASK_FIRST = {
    Awaited.NUMBER: (LetterKind.NUMBER_WANTED,),
    Awaited.SIGNED_REPORT: (LetterKind.PAPER_WANTED,),
    Awaited.SIGNED_COVER: (LetterKind.PAPER_WANTED,),
    Awaited.LOOK: (LetterKind.PAPER_SHOWN,),
}
"""The letters that ask for what a row waits for before its word."""


def not_asked_yet(step: Step, wanting: Awaited | None, unsent: Iterable[str]) -> bool:
    """Say whether what somebody owes beside forms is asked for by a letter that has not left.

    Args:
        step: the row.
        wanting: what is owed in place of the row's word; None: the word.
        unsent: keys of the cycle's letters that wait to leave.
    """
    return any(key.split("/", 1)[0] in asking(step, wanting) for key in unsent)


def asking(step: Step, wanting: Awaited | None) -> tuple[LetterKind, ...]:
    """Return the kinds of letter that ask for a row's word, or for what it waits for first."""
    return _ASK.get(step, ()) if wanting is None else _ASK_FIRST.get(wanting, ())
