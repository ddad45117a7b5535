"""Entering and leaving the rows of the SOP: what each row sends when it begins, and when it is over (rows 1 to 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.letters import AlarmCode, LetterKind
from mailbot.core.model.letters_of_rows import Closed
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from mailbot.core.procedure.addressing import holder, line, on_initiative
from mailbot.core.procedure.deadlines import due_at
from mailbot.core.procedure.obstacles import own_review, own_review_told, vacancy_told, vacant_posts
from mailbot.core.procedure.row_beginnings import BEGIN, report_enclosures
from mailbot.core.procedure.word_asked import given_in_row, matter_version

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.office import Office

_REQUESTS = frozenset({LetterKind.REQUEST.value, LetterKind.REQUEST_COPY.value})
"""Kinds of letter that row 2 waits to see leave."""


def opened(key: str, at: datetime, office: Office) -> Outcome:
    """Open a cycle of `cycles.yaml`: every asked unit waits, and row 1 begins.

    Raises:
        KeyError: `cycles.yaml` names no such cycle; a fault of the program, which opens only what is named there.
    """
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
    begun = _begun(cycle, at, at, office)
    return replace(begun, journal=(line(at, "cycle_opened", cycle=key), *begun.journal))


def enter(
    cycle: Cycle,
    step: Step,
    at: datetime,
    office: Office,
    *,
    since: datetime | None = None,
    counts_from: datetime | None = None,
) -> Outcome:
    """Leave the present row and begin another (or begin the same one anew); its letters are meant here.

    Args:
        cycle: the cycle as it stands in the row it leaves.
        step: the row to begin.
        at: the moment of the fact.
        office: the office.
        since: when the row counts as entered, where that is not `at`.
        counts_from: from when the row's time runs, where that is not `since`.
    """
    since = since or at
    moved = replace(
        cycle,
        step=step,
        since=since,
        rows_done=(*cycle.rows_done, (cycle.step, cycle.since, cycle.due_at, since)),
        reminders=0,
        reminded_at=None,
    )
    return _begun(moved, at, counts_from or since, office)


def _begun(cycle: Cycle, at: datetime, counts_from: datetime, office: Office) -> Outcome:
    """Begin the row that the cycle now stands in: its round, its deadline, its letters."""
    rounds = 1 + sum(left is cycle.step for left, *_ in cycle.rows_done)
    moved = replace(cycle, round=rounds, due_at=due_at(cycle, cycle.step, counts_from, office))
    moved, letters = BEGIN[cycle.step](moved, at, office)
    note = line(at, "row_entered", step=moved.step.value, round=str(rounds), due=moved.due_at.isoformat())
    begun = Outcome(cycle=moved, letters=letters, journal=(note,))
    return _hindered(begun, at, office)


def _hindered(begun: Outcome, at: datetime, office: Office) -> Outcome:
    """Write down what keeps the row from ending, and tell the operator: a vacant post, a reviewer who would ratify."""
    cycle, letters, journal = begun.cycle, begun.letters, begun.journal
    for role, unit in vacant_posts(cycle, at, office):
        letters += vacancy_told(cycle, role, unit, at, office)
        journal += (line(at, "post_vacant", unit=unit, role=role.value),)
    head = holder(Role.AGENCY_HEAD, office, at) if cycle.step is Step.RATIFY else None
    if head is not None and own_review(cycle, head, office):
        letters += own_review_told(cycle, head, at, office)
        journal += (line(at, AlarmCode.OWN_REVIEW.value, head.key, version=str(matter_version(cycle))),)
    return replace(begun, letters=letters, journal=journal)


def advance(outcome: Outcome, at: datetime, office: Office, *, unsent: tuple[str, ...] | None = None) -> Outcome:
    """Go on to the following rows for as long as the present one is over.

    A row left by silence was over at its deadline, even if the clock was looked at later. A row that is over at once
    leaves its time to the next one: Subbag Program has the days of rows 5 and 6 for the draft.

    Args:
        outcome: what was decided so far.
        at: the moment of the fact.
        office: the office.
        unsent: keys of the cycle's letters that have not left yet; None where that is not known.
    """
    while not outcome.cycle.closed and _over(outcome.cycle, at, office, unsent):
        cycle = outcome.cycle
        following = office.sop.after(cycle.step)
        if following is None:
            return _close(outcome, at, office)
        ending = _done_when(cycle, office)
        silent = ending is DoneWhen.UNOPPOSED and given_in_row(cycle) is None
        left_at = cycle.due_at if silent else at
        counts_from = cycle.due_at if ending is DoneWhen.AT_ONCE else left_at
        outcome = then(outcome, enter(cycle, following.step, at, office, since=left_at, counts_from=counts_from))
        unsent = None
    return outcome


def then(first: Outcome, second: Outcome) -> Outcome:
    """Join two outcomes, the second decided on the cycle of the first."""
    return Outcome(cycle=second.cycle, letters=first.letters + second.letters, journal=first.journal + second.journal)


def _over(cycle: Cycle, at: datetime, office: Office, unsent: tuple[str, ...] | None) -> bool:
    """Say whether the present row is over."""
    match _done_when(cycle, office):
        case DoneWhen.AT_ONCE:
            return True
        case DoneWhen.UNOPPOSED:
            verdict = given_in_row(cycle)
            return verdict if verdict is not None else at >= cycle.due_at
        case DoneWhen.ALL_SENT:
            return unsent is not None and not any(key.split("/", 1)[0] in _REQUESTS for key in unsent)
        case DoneWhen.ALL_RECEIVED:
            return all(form.attempts or form.state is UnitState.ACCEPTED for form in cycle.units)
        case DoneWhen.ALL_ACCEPTED:
            return all(form.state is UnitState.ACCEPTED for form in cycle.units)
        case DoneWhen.APPROVED | DoneWhen.ACKNOWLEDGED:
            return given_in_row(cycle) is True
        case _ as never:
            assert_never(never)


def _done_when(cycle: Cycle, office: Office) -> DoneWhen:
    """Return what ends the present row."""
    return office.sop.row(cycle.step).done_when


def _close(outcome: Outcome, at: datetime, office: Office) -> Outcome:
    """Close the cycle: the report is acknowledged; everybody who carried it is told, and who must print and file."""
    cycle = outcome.cycle
    closed = replace(cycle, closed_at=at, rows_done=(*cycle.rows_done, (cycle.step, cycle.since, cycle.due_at, at)))
    people = [holder(role, office, at) for role in (Role.PLANNING, Role.SECRETARY, Role.AGENCY_HEAD)]
    letters = tuple(
        on_initiative(Closed(), person, office, closed, at, person.key, enclosures=report_enclosures(closed))
        for person in people
        if person is not None
    )
    return Outcome(
        cycle=closed,
        letters=outcome.letters + letters,
        journal=(*outcome.journal, line(at, "cycle_closed", cycle=cycle.key)),
    )
