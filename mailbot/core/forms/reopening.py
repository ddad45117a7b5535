"""Opening a unit's form again, by the unit's own SALAH or by Subbag Program: back to row 4 (from rows 3 to 6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import Cycle, UnitForm, UnitState, answer_by
from mailbot.core.model.letters_of_rows import Reopened
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder, make_letter, on_initiative

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office


def reopened(cycle: Cycle, form: UnitForm, at: datetime, office: Office) -> Cycle:
    """Return the cycle with that unit's form no longer counting, and time to send another."""
    opened_again = replace(
        form,
        state=UnitState.RETURNED,
        counted=0,
        accepted_at=None,
        reopened=form.reopened + (1 if form.counted else 0),
        due_at=answer_by(cycle, form, at, office),
        reminders=0,
        told_above=(),
    )
    return cycle.with_unit(opened_again)


def pulled_back_told(cycle: Cycle, answer: Letter, fact: CommandGiven, office: Office) -> tuple[Letter, ...]:
    """Tell Subbag Program that a unit's SALAH stops the work on the report (rows 5 and 6)."""
    planning = holder(Role.PLANNING, office, fact.at)
    if planning is None:
        return ()
    told = make_letter(
        Reopened(person=fact.source.person.key, step=cycle.step),
        cycle,
        on_initiative(planning, office, fact.at),
        fact.source.mail_sha256[:16],
        planning.key,
        unit=answer.unit,
        due_at=answer.due_at,
        remarks=answer.remarks,
    )
    return (told,)
