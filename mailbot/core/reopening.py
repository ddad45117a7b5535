"""Opening a unit's form again, by the unit's own SALAH or by Subbag Program: back to row 4 (from rows 3 to 6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.collecting import OPEN_FOR_FORMS
from mailbot.core.cycle import Cycle, UnitForm, UnitState
from mailbot.core.deadlines import answer_by
from mailbot.core.rows import enter, then
from mailbot.core.sop import Step

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.office import Office
    from mailbot.core.outcome import Outcome

_REOPENS_IN = OPEN_FOR_FORMS | {Step.ANALYSE, Step.DRAFT}


def may_reopen(cycle: Cycle) -> bool:
    """Say whether a form may be opened again: not once the Sekretaris has the draft."""
    return cycle.step in _REOPENS_IN and not cycle.closed


def reopened(cycle: Cycle, form: UnitForm, at: datetime, office: Office) -> Cycle:
    """Return the cycle with that unit's form no longer counting, and time to send another."""
    opened_again = replace(
        form,
        state=UnitState.RETURNED,
        counted=0,
        accepted_at=None,
        reopened=form.reopened + (1 if form.counted else 0),
        due_at=answer_by(cycle, form, at, office),
    )
    return cycle.with_unit(opened_again)


def back_to_check(outcome: Outcome, at: datetime, office: Office) -> Outcome:
    """Go back to row 4 if the cycle had already gone on; the next draft is a new version."""
    if outcome.cycle.step in OPEN_FOR_FORMS:
        return outcome
    return then(outcome, enter(outcome.cycle, Step.CHECK, at, office))
