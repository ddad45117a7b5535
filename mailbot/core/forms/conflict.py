"""Two people of a unit sent forms that differ: the first keeps counting until the Kepala Bidang decides (row 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.forms.judging import differences
from mailbot.core.model.cycle import UnitState, answer_by
from mailbot.core.model.letters import Enclosure, EnclosureKind
from mailbot.core.model.letters_of_rows import Conflict
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder, make_letter, on_initiative

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.facts import FormArrived
    from mailbot.core.model.form import Submission
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office

_DECIDES = frozenset({Role.DIVISION_HEAD, Role.PLANNING})
"""Whose form needs nobody's confirmation: the unit's own head's, and Subbag Program's."""


def conflicts(form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> bool:
    """Say whether a whole form contradicts the one that counts, and comes from somebody else below the unit's head."""
    standing = form.counting if form.state is UnitState.ACCEPTED else None
    if standing is None or not differences(standing, submission):
        return False
    if fact.source.person.role in _DECIDES:
        return False
    return not _one_person(standing.sender, submission.sender, office)


def conflict_letters(
    cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office
) -> tuple[Letter, ...]:
    """Ask the unit's head which of the two forms is right: BENAR for the later one, or the right form itself.

    Subbag Program is told that the cycle waits for him, and can return the unit's form meanwhile.
    """
    head = holder(Role.DIVISION_HEAD, office, fact.at, form.unit)
    planning = holder(Role.PLANNING, office, fact.at)
    first = form.counting or submission
    asked = [(head, (Enclosure(kind=EnclosureKind.FORM, unit=form.unit),), ())] if head is not None else []
    told = [(planning, (), (planning.key,))] if planning is not None else []
    return tuple(
        make_letter(
            Conflict(first=office.roster.named(first.sender), second=office.roster.named(submission.sender)),
            cycle,
            on_initiative(person, office, fact.at),
            form.unit,
            submission.number,
            *parts,
            unit=form.unit,
            due_at=answer_by(cycle, form, fact.at, office),
            submission=submission,
            changes=differences(first, submission),
            enclosures=enclosures,
        )
        for person, enclosures, parts in (*asked, *told)
    )


def _one_person(first: str, second: str, office: Office) -> bool:
    """Say whether two addresses are one person's."""
    if first.casefold() == second.casefold():
        return True
    return any(person.owns(first) and person.owns(second) for person in office.roster.people)
