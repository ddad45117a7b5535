"""Opening an accepted form again, and answering a command without moving anything (rows 3 to 6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.addressing import in_answer, line
from mailbot.core.collecting import OPEN_FOR_FORMS, replaced
from mailbot.core.cycle import Cycle, UnitForm, UnitState
from mailbot.core.outcome import Outcome
from mailbot.core.rows import enter
from mailbot.core.sop import Step

if TYPE_CHECKING:
    from mailbot.core.facts import CommandGiven
    from mailbot.core.letters import LetterKind
    from mailbot.core.office import Office

REOPENS_IN = OPEN_FOR_FORMS | {Step.ANALYSE, Step.DRAFT}
"""Rows in which an accepted form may still be opened again; once the Sekretaris has the draft, it may not."""


def answered(kind: LetterKind, cycle: Cycle, fact: CommandGiven, reason: str, *about: tuple[str, str]) -> Outcome:
    """Answer without moving anything."""
    word = str(fact.said.word or "")
    letter = in_answer(
        kind,
        fact.source,
        cycle,
        unit=fact.unit,
        about=(("word", word), ("reason", reason), ("step", cycle.step.value), *about),
    )
    note = line(fact.at, "command", fact.source.person.key, fact.unit, word=word, reason=reason)
    return Outcome(cycle=cycle, letters=(letter,), journal=(note,))


def reopen(cycle: Cycle, form: UnitForm) -> Cycle:
    """Return the cycle with that unit's form no longer counting."""
    return replaced(
        cycle,
        replace(form, state=UnitState.RETURNED, counted=0, accepted_at=None, reopened=form.reopened + 1),
    )


def back_to_check(outcome: Outcome, fact: CommandGiven, office: Office) -> Outcome:
    """Go back to row 4 if the cycle had already gone on; the next draft is a new version."""
    if outcome.cycle.step in OPEN_FOR_FORMS:
        return outcome
    back = enter(outcome.cycle, Step.CHECK, fact.at, office)
    return Outcome(cycle=back.cycle, letters=outcome.letters + back.letters, journal=outcome.journal + back.journal)
