"""Who comes to a post while a draft lies with it gets that draft: a successor, a Plh., who is back (rows 6 to 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.chasing import reminders
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import holder
from mailbot.core.procedure.row_beginnings import draft_laid, ratification, review
from mailbot.core.procedure.word_asked import last_word

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import TimePassed
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome

_LAYS = {Step.DRAFT: draft_laid, Step.REVIEW: review, Step.RATIFY: ratification}


def laid_and_reminded(outcome: Outcome, before: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """Lay the draft before who has come to the post since, then add the reminders that are due at this moment.

    Who holds the post is asked of the day up to which all mail was read: who left may have written on his last one.
    """
    cycle, lays = outcome.cycle, _LAYS.get(outcome.cycle.step)
    draft, today = cycle.draft, min(fact.at, fact.heard_until) if fact.heard_until is not None else None
    if lays is None or draft is None or today is None or cycle.closed:
        return reminders.remind(outcome, before, fact, office)
    person = holder(office.sop.row(cycle.step).who, office, today)
    known = person is None or any((one.person, one.version) == (person.key, draft.version) for one in cycle.seen)
    if known or draft.compiled_at is None or last_word(cycle) is not None or _meant(outcome, cycle):
        return reminders.remind(outcome, before, fact, office)
    letters = tuple(replace(one, key=f"{one.key}/{one.to}") for one in lays(cycle, today, office))
    return reminders.remind(replace(outcome, letters=(*outcome.letters, *letters)), before, fact, office)


def _meant(outcome: Outcome, cycle: Cycle) -> bool:
    """Say whether the row has begun by this very look at the clock: its letters are meant already."""
    return any(letter.asks is not None and letter.asks.step is cycle.step for letter in outcome.letters)
