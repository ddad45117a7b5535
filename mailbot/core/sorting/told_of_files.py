"""Files of a mail that nobody has opened are named in its answer, whatever it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.configuration.taken import ConfigurationTaken
from mailbot.core.delivery.delivery_facts import ArchiveMade, CoverMade
from mailbot.core.draft.draft_facts import DraftCompiled, SignerChanged
from mailbot.core.model.facts import (
    AbsenceNoticed,
    CycleOpened,
    EvidenceArrived,
    FormArrived,
    LetterUndelivered,
    TimePassed,
    UnreadableArrived,
)
from mailbot.core.model.mail import too_large_in
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.opening.opening_facts import CycleCancelled
from mailbot.core.papers.paper_facts import PaperSealed

if TYPE_CHECKING:
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.letters import Answers
    from mailbot.core.sorting.placing import Desk, Sorted

_BY_NO_MAIL = (
    CycleOpened,
    CycleCancelled,
    TimePassed,
    LetterUndelivered,
    AbsenceNoticed,
    DraftCompiled,
    SignerChanged,
    PaperSealed,
    CoverMade,
    ArchiveMade,
    ConfigurationTaken,
)


def told_of_unopened(desk: Desk, found: Sorted) -> Sorted:
    """Return what a mail is, with its unopened files in every answer that does not name them by itself."""
    unopened, large = desk.mail.unopened, too_large_in(desk.mail)
    named = any(isinstance(fact, FormArrived | EvidenceArrived) for _, fact in found.facts)
    if named or not (unopened or large):
        return found

    def told(answers: Answers, *, names_large: bool = False) -> Answers:
        return replace(answers, unopened=unopened, too_large=() if names_large else large)

    def fact_told(fact: Fact) -> Fact:
        if isinstance(fact, _BY_NO_MAIL):
            return fact
        names_large = isinstance(fact, UnreadableArrived) and fact.reason is Unreadable.TOO_LARGE
        return replace(fact, source=replace(fact.source, answers=told(fact.source.answers, names_large=names_large)))

    return replace(
        found,
        facts=tuple((key, fact_told(fact)) for key, fact in found.facts),
        letters=tuple(
            letter if letter.answers is None else replace(letter, answers=told(letter.answers))
            for letter in found.letters
        ),
    )
