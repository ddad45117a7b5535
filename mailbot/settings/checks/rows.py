"""Questions about `sop.yaml`: is it the whole procedure in its order, can every row end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from mailbot.settings.checks.unique_fields import stands_once
from mailbot.settings.sayings.said import Mistake, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.files.sop import RowBlock
    from mailbot.settings.sections import Items

FITTING = {
    Step.INFORM: (Role.SECRETARY, (DoneWhen.UNOPPOSED, DoneWhen.APPROVED, DoneWhen.AT_ONCE)),
    Step.REQUEST: (Role.PLANNING, (DoneWhen.ALL_SENT,)),
    Step.COLLECT: (Role.DIVISION_HEAD, (DoneWhen.ALL_RECEIVED, DoneWhen.ALL_ACCEPTED)),
    Step.CHECK: (Role.PLANNING, (DoneWhen.ALL_ACCEPTED,)),
    Step.ANALYSE: (Role.PLANNING, (DoneWhen.AT_ONCE,)),
    Step.DRAFT: (Role.PLANNING, (DoneWhen.APPROVED,)),
    Step.REVIEW: (Role.SECRETARY, (DoneWhen.APPROVED,)),
    Step.RATIFY: (Role.AGENCY_HEAD, (DoneWhen.APPROVED,)),
    Step.SUBMIT: (Role.PLANNING_BOARD, (DoneWhen.ACKNOWLEDGED,)),
}
"""Whose move each step can be, and what can end it; anything else would leave a cycle standing for ever."""

_BACK = {Step.CHECK: Step.COLLECT, Step.REVIEW: Step.DRAFT, Step.RATIFY: Step.DRAFT}
"""Where a refusal leads: a form back to its unit, a draft back to its author."""


def every_step_once_in_order(rows: Items[RowBlock]) -> Iterator[Mistake]:
    """Every step has its row, once, in the order of the procedure."""
    order = list(Step)
    furthest: Step | None = None
    seen: set[Step] = set()
    for place, row in rows:
        if row.step in seen:
            yield rows.problem(place, "step", what=said("step_twice", step=row.step))
        elif furthest is not None and order.index(row.step) < order.index(furthest):
            yield rows.problem(place, "step", what=said("step_out_of_order", step=row.step, furthest=furthest))
        else:
            furthest = row.step
        seen.add(row.step)
    for step in order:
        if step not in seen:
            hint = said("steps_in_order", order=", ".join(order))
            yield rows.problem(what=said("step_missing", step=step), hint=hint)


def one_kind_of_time(rows: Items[RowBlock]) -> Iterator[Mistake]:
    """A row has working days or office hours, not both and not neither."""
    for place, row in rows:
        if bool(row.days) is bool(row.hours):
            given = said("both_times" if row.days else "neither_time")
            what = said("row_time", sop=row.sop, step=row.step, given=given)
            yield rows.problem(place, what=what, hint=said("one_of_two"))


def what_ends_a_row_fits_it(rows: Items[RowBlock]) -> Iterator[Mistake]:
    """A row ends by something that can happen in it, and by the one who can do it."""
    for place, row in rows:
        who, endings = FITTING[row.step]
        if row.done_when not in endings:
            what = said("row_ends_badly", sop=row.sop, step=row.step, done_when=row.done_when)
            yield rows.problem(place, "done_when", what=what, hint=said("row_possible", endings=", ".join(endings)))
        if row.who is not who:
            what = said("row_of_wrong_one", sop=row.sop, step=row.step, who=row.who)
            yield rows.problem(place, "who", what=what, hint=said("row_is_of", who=who))


def refusals_lead_back(rows: Items[RowBlock]) -> Iterator[Mistake]:
    """A refusal leads back to the row that makes anew what was refused."""
    for place, row in rows:
        if row.back is None:
            continue
        fitting = _BACK.get(row.step)
        if fitting is None:
            what = said("row_refuses_nothing", sop=row.sop, step=row.step, back=row.back)
            yield rows.problem(place, "back", what=what, hint=said("rows_that_refuse", back=", ".join(_BACK)))
        elif row.back is not fitting:
            what = said("row_leads_badly", sop=row.sop, step=row.step, back=row.back)
            yield rows.problem(place, "back", what=what, hint=said("row_leads_to", fitting=fitting))


def printed_numbers_stand_once(rows: Items[RowBlock]) -> Iterator[Mistake]:
    """A printed number means one row; the second 6 of the signed table is 6b."""
    yield from stands_once(rows, field="sop")
