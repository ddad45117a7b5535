"""Deadlines of a cycle under way, reckoned anew by a changed configuration; nobody else reckons one a second time.

A deadline is known by how it came about: which reckoning, by the former configuration, gives it. The same reckoning by
the new one gives where it lies now. One that no reckoning gives was set by hand (PERPANJANG, a return): its day stays,
unless the office is closed on it by now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import row_due_at
from mailbot.core.model.sop import Step
from mailbot.core.opening.plans import planned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.office import Office

    Reckoning = Callable[[datetime, Cycle, Office], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One deadline that lies elsewhere by the new configuration; `unit` is empty for that of the row itself."""

    unit: str
    former: datetime
    now: datetime


def replanned(cycle: Cycle, old: Office, new: Office) -> tuple[Cycle, tuple[Moved, ...]]:
    """Return a cycle under way with its deadlines by a new configuration, and those of them that have moved.

    Only what is still owed moves: the present row's, and those of units whose form is not accepted.

    Args:
        cycle: the cycle as it stands.
        old: the configuration its deadlines were reckoned by.
        new: the one to reckon by.
    """
    if cycle.closed:
        return cycle, ()
    plan = planned(cycle.key, new)
    anew = replace(cycle, row_days=plan.row_days if plan is not None else cycle.row_days)
    forms = tuple(_form(cycle, anew, form, old, new) for form in cycle.units)
    anew = replace(anew, units=forms)
    anew = replace(anew, due_at=_row(cycle, anew, old, new))
    return (anew, tuple(_moves(cycle, anew))) if anew != cycle else (cycle, ())


def _moves(cycle: Cycle, anew: Cycle) -> Iterator[Moved]:
    """Give what lies elsewhere now."""
    for before, after in zip(cycle.units, anew.units, strict=True):
        if before.due_at is not None and after.due_at is not None and before.due_at != after.due_at:
            yield Moved(unit=before.unit, former=before.due_at, now=after.due_at)
    if cycle.due_at != anew.due_at:
        yield Moved(unit="", former=cycle.due_at, now=anew.due_at)


def _form(cycle: Cycle, anew: Cycle, form: UnitForm, old: Office, new: Office) -> UnitForm:
    """Return a unit's part with its deadline reckoned anew, where something is owed."""
    if form.due_at is None or form.settled:
        return form
    return replace(form, due_at=_moved(form.due_at, _of_unit(cycle, form), (cycle, old), (anew, new)))


def _of_unit(cycle: Cycle, form: UnitForm) -> Iterator[tuple[datetime, Reckoning]]:
    """Give how a unit's deadline may have come about: by row 3 from the end of row 2, or by row 4 from a return."""
    requested = next((done for done in reversed(cycle.rows_done) if done[0] is Step.REQUEST), None)
    yield (requested[1] if requested is not None else cycle.since), _by_rows_2_and_3
    for start in (cycle.since,) if requested is None else (requested[1], requested[3]):
        yield start, _by_row_3
    for sent in form.submissions:
        yield sent.received_at, partial(_by_row, Step.CHECK)


def _by_rows_2_and_3(start: datetime, cycle: Cycle, office: Office) -> datetime:
    """Reckon row 3 from the end of row 2, which began at a moment."""
    return row_due_at(cycle, Step.COLLECT, row_due_at(cycle, Step.REQUEST, start, office), office)


def _by_row_3(start: datetime, cycle: Cycle, office: Office) -> datetime:
    """Reckon row 3 from the moment at which letters of row 2 could leave."""
    return row_due_at(cycle, Step.COLLECT, office.calendar.next_office_moment(start), office)


def _by_row(step: Step, start: datetime, cycle: Cycle, office: Office) -> datetime:
    """Reckon a row from a moment."""
    return row_due_at(cycle, step, start, office)


def _row(cycle: Cycle, anew: Cycle, old: Office, new: Office) -> datetime:
    """Return the deadline of the present row, reckoned anew; row 3 never ends before what its units were promised."""
    promised = [form.due_at for form in cycle.units if form.due_at is not None]
    if cycle.step is Step.COLLECT and cycle.due_at in promised:
        return max(form.due_at for form in anew.units if form.due_at is not None)
    return _moved(cycle.due_at, _of_row(cycle), (cycle, old), (anew, new))


def _of_row(cycle: Cycle) -> Iterator[tuple[datetime, Reckoning]]:
    """Give how the present row's deadline may have come about: from its entry, or from the end of the row before."""
    yield cycle.since, partial(_by_row, cycle.step)
    if cycle.rows_done:
        yield cycle.rows_done[-1][1], partial(_by_two_rows, cycle.rows_done[-1][0])
    if cycle.step is Step.SUBMIT:
        delivery = cycle.delivery
        for start in (cycle.since, delivery.leaves_at if delivery is not None else None):
            if start is not None:
                yield start, partial(_by_row, Step.SUBMIT)
                yield start, _receipt
                yield start, _answer


def _by_two_rows(before: Step, start: datetime, cycle: Cycle, office: Office) -> datetime:
    """Reckon the present row from the end of the one before it, which began at a moment."""
    return row_due_at(cycle, cycle.step, row_due_at(cycle, before, start, office), office)


def _receipt(start: datetime, cycle: Cycle, office: Office) -> datetime:
    """Reckon until when the receipt of the report is asked for."""
    del cycle
    return office.calendar.add_days(start, office.policy.receipt_days)


def _answer(start: datetime, cycle: Cycle, office: Office) -> datetime:
    """Reckon until when a number or a signed paper is asked for."""
    del cycle
    return office.calendar.add_days(start, office.policy.answer_days)


def _moved(
    due: datetime, ways: Iterable[tuple[datetime, Reckoning]], was: tuple[Cycle, Office], now: tuple[Cycle, Office]
) -> datetime:
    """Return where a deadline lies by the new configuration."""
    for start, way in ways:
        if way(start, *was) == due:
            return way(_carried(start, was[1], now[1]), *now)
    calendar, moved = now[1].calendar, _carried(due, was[1], now[1])
    day = calendar.local(moved).date()
    if calendar.is_working_day(day) or moved != calendar.cut_off(day):
        return moved
    return calendar.cut_off(calendar.next_working_day(day))


def _carried(moment: datetime, old: Office, new: Office) -> datetime:
    """Return a moment as it counts by the new office hours: the end of a day is the end of that day."""
    day = old.calendar.local(moment).date()
    return new.calendar.cut_off(day) if moment == old.calendar.cut_off(day) else moment
