"""Entering and leaving the rows of the SOP: what each row sends when it begins, and when it is over (rows 1 to 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.addressing import holder, line, on_initiative
from mailbot.core.beginnings import BEGIN, due_at, report_enclosures
from mailbot.core.cycle import Cycle, UnitForm, UnitState
from mailbot.core.letters import LetterKind
from mailbot.core.outcome import Outcome
from mailbot.core.people import Role
from mailbot.core.sop import DoneWhen, Step

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.office import Office


def opened(key: str, at: datetime, office: Office) -> Outcome:
    """Open a cycle of `cycles.yaml`: every asked unit waits, and row 1 begins."""
    plan = office.plan(key)
    units = plan.units or tuple(unit.key for unit in office.roster.units)
    cycle = Cycle(
        key=key,
        period=plan.period,
        step=office.sop.rows[0].step,
        since=at,
        due_at=at,
        opened_at=at,
        units=tuple(UnitForm(unit=unit) for unit in units),
        row_days=plan.row_days,
    )
    begun = enter(cycle, office.sop.rows[0].step, at, office, first=True)
    return replace(begun, journal=(line(at, "cycle_opened", cycle=key), *begun.journal))


def enter(
    cycle: Cycle, step: Step, at: datetime, office: Office, *, first: bool = False, since: datetime | None = None
) -> Outcome:
    """Leave the present row and begin another (or begin the same one anew); its letters are meant here.

    `since` is when the row counts as entered, where that is not `at`: a row left by silence was over at its deadline,
    even if the clock was looked at later.
    """
    since = since or at
    done = cycle.rows_done if first else (*cycle.rows_done, (cycle.step, cycle.since, cycle.due_at, since))
    rounds = 1 + sum(left is step for left, *_ in done)
    moved = replace(
        cycle,
        step=step,
        since=since,
        due_at=due_at(cycle, step, since, office),
        round=rounds,
        rows_done=done,
        reminders=0,
        reminded_at=None,
    )
    moved, letters = BEGIN[step](moved, at, office)
    return Outcome(
        cycle=moved,
        letters=letters,
        journal=(line(at, "row_entered", step=step.value, round=str(rounds), due=moved.due_at.isoformat()),),
    )


def advance(outcome: Outcome, at: datetime, office: Office, *, unsent: tuple[str, ...] | None = None) -> Outcome:
    """Go on to the following rows for as long as the present one is over.

    Args:
        outcome: what was decided so far.
        at: the moment of the fact.
        office: the office.
        unsent: keys of the cycle's letters that have not left yet; None where that is not known.
    """
    while not outcome.cycle.closed and _over(outcome.cycle, at, office, unsent):
        following = office.sop.after(outcome.cycle.step)
        if following is None:
            return _close(outcome, at, office)
        silent = given_in_row(outcome.cycle) is None and _done_when(outcome.cycle, office) is DoneWhen.UNOPPOSED
        since = outcome.cycle.due_at if silent else at
        then = enter(outcome.cycle, following.step, at, office, since=since)
        outcome = Outcome(
            cycle=then.cycle, letters=outcome.letters + then.letters, journal=outcome.journal + then.journal
        )
        unsent = None
    return outcome


def _over(cycle: Cycle, at: datetime, office: Office, unsent: tuple[str, ...] | None) -> bool:
    """Say whether the present row is over."""
    match _done_when(cycle, office):
        case DoneWhen.AT_ONCE:
            return True
        case DoneWhen.UNOPPOSED:
            verdict = given_in_row(cycle)
            return verdict if verdict is not None else at >= cycle.due_at
        case DoneWhen.ALL_SENT:
            kinds = (LetterKind.REQUEST.value, LetterKind.REQUEST_COPY.value)
            return unsent is not None and not any(key.split("/", 1)[0] in kinds for key in unsent)
        case DoneWhen.ALL_RECEIVED:
            return all(form.attempts or form.state is UnitState.ACCEPTED for form in cycle.units)
        case DoneWhen.ALL_ACCEPTED:
            return all(form.state is UnitState.ACCEPTED for form in cycle.units)
        case DoneWhen.APPROVED | DoneWhen.ACKNOWLEDGED:
            return given_in_row(cycle) is True


def _done_when(cycle: Cycle, office: Office) -> DoneWhen:
    """Return what ends the present row."""
    return office.sop.row(cycle.step).done_when


def given_in_row(cycle: Cycle) -> bool | None:
    """Return what was decided in the present row and round: approved, refused, or nothing yet (None)."""
    version = matter_version(cycle)
    for verdict in reversed(cycle.verdicts):
        if verdict.step is cycle.step and verdict.given_at >= cycle.since and verdict.draft_version == version:
            return verdict.approved
    return None


def matter_version(cycle: Cycle) -> int:
    """Return the version a verdict of the present row is bound to: the draft's, or the round before there is one."""
    if cycle.step in {Step.DRAFT, Step.REVIEW, Step.RATIFY, Step.SUBMIT} and cycle.draft is not None:
        return cycle.draft.version
    return cycle.round


def _close(outcome: Outcome, at: datetime, office: Office) -> Outcome:
    """Close the cycle: the report is acknowledged; everybody who carried it is told, and who must print and file."""
    cycle = outcome.cycle
    closed = replace(cycle, closed_at=at, rows_done=(*cycle.rows_done, (cycle.step, cycle.since, cycle.due_at, at)))
    people = [holder(role, office, at) for role in (Role.PLANNING, Role.SECRETARY, Role.AGENCY_HEAD)]
    letters = tuple(
        on_initiative(LetterKind.CLOSED, person, office, closed, at, person.key, enclosures=report_enclosures(closed))
        for person in people
        if person is not None
    )
    return Outcome(
        cycle=closed,
        letters=outcome.letters + letters,
        journal=(*outcome.journal, line(at, "cycle_closed", cycle=cycle.key)),
    )
