"""What the operator must mend before a row can end: a post that nobody holds, one who would ratify his own review."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.letters import AlarmCode
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import holder, line, make_letter, on_initiative
from mailbot.core.procedure.word_asked import bound_version

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome
    from mailbot.core.model.people import Person


def hindered(begun: Outcome, at: datetime, office: Office) -> Outcome:
    """Write down what keeps the row from ending, and tell the operator: a vacant post, a reviewer who would ratify."""
    cycle, letters, journal = begun.cycle, begun.letters, begun.journal
    for role, unit in _vacant_posts(cycle, at, office):
        letters += _vacancy_alarm(cycle, role, unit, at, office)
        journal += (line(at, "post_vacant", unit=unit, role=role.value),)
    head = holder(Role.AGENCY_HEAD, office, at) if cycle.step is Step.RATIFY else None
    if head is not None and own_review(cycle, head, office):
        letters += _own_review_alarm(cycle, head, at, office)
        journal += (line(at, AlarmCode.OWN_REVIEW.value, head.key, version=str(bound_version(cycle))),)
    return replace(begun, letters=letters, journal=journal)


def _vacant_posts(cycle: Cycle, at: datetime, office: Office) -> tuple[tuple[Role, str], ...]:
    """Return every post the present row waits for and nobody holds, each with its unit (empty for a single post)."""
    if cycle.step is Step.REQUEST:
        heads = ((form.unit, holder(Role.DIVISION_HEAD, office, at, form.unit)) for form in cycle.units)
        return tuple((Role.DIVISION_HEAD, unit) for unit, head in heads if head is None)
    who = office.sop.row(cycle.step).who
    return () if holder(who, office, at) is not None else ((who, ""),)


def _vacancy_alarm(cycle: Cycle, role: Role, unit: str, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Tell the operator of a post that nobody holds; its letter waits for the first reminder to whoever comes."""
    parts = (cycle.step.value, cycle.round, unit or role.value)
    return _alarm(Alarm(what=AlarmCode.POST_VACANT, role=role), cycle, at, office, *parts, unit=unit)


def own_review(cycle: Cycle, person: Person, office: Office) -> bool:
    """Say whether who would ratify the present version reviewed it, under whichever post or address, and may not.

    The policy `acting_head_may_ratify_own_review` allows it to a Plt. or Plh. (settings: `trust`).
    """
    return not office.policy.acting_head_may_ratify_own_review and reviewed(cycle, person)


def reviewed(cycle: Cycle, person: Person) -> bool:
    """Say whether that person reviewed the present version, under whichever post or address."""
    version = bound_version(cycle)
    return any(
        verdict.step is Step.REVIEW
        and verdict.draft_version == version
        and (verdict.person == person.key or person.owns(verdict.address))
        for verdict in cycle.verdicts
    )


def _own_review_alarm(cycle: Cycle, person: Person, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Tell the operator that row 7 cannot end before somebody else holds the post."""
    about = Alarm(what=AlarmCode.OWN_REVIEW, person=person.key)
    return _alarm(about, cycle, at, office, cycle.step.value, bound_version(cycle))


def _alarm(
    about: Alarm, cycle: Cycle, at: datetime, office: Office, *parts: object, unit: str = ""
) -> tuple[Letter, ...]:
    """Make the letter to the operator, if there is one; its key tells each matter apart by `parts`."""
    operator = holder(Role.OPERATOR, office, at)
    if operator is None:
        return ()
    return (make_letter(about, cycle, on_initiative(operator, office, at), about.what.value, *parts, unit=unit),)
