"""Questions about `sop.yaml`: is it the whole procedure in its order, can every row end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from mailbot.settings.checks.unique_fields import stands_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.errors import Problem
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


def every_step_once_in_order(rows: Items[RowBlock]) -> Iterator[Problem]:
    """Every step has its row, once, in the order of the procedure."""
    order = list(Step)
    furthest: Step | None = None
    seen: set[Step] = set()
    for place, row in rows:
        if row.step in seen:
            yield rows.problem(place, "step", what=f"step '{row.step}' has two rows")
        elif furthest is not None and order.index(row.step) < order.index(furthest):
            yield rows.problem(place, "step", what=f"step '{row.step}' must stand before '{furthest}'")
        else:
            furthest = row.step
        seen.add(row.step)
    for step in order:
        if step not in seen:
            hint = f"the steps are, in this order: {', '.join(order)}"
            yield rows.problem(what=f"the row of step '{step}' is missing", hint=hint)


def one_kind_of_time(rows: Items[RowBlock]) -> Iterator[Problem]:
    """A row has working days or office hours, not both and not neither."""
    for place, row in rows:
        if bool(row.days) is bool(row.hours):
            said = "both days and hours" if row.days else "neither days nor hours"
            yield rows.problem(place, what=f"row {row.sop} ({row.step}) has {said}", hint="give one of the two")


def what_ends_a_row_fits_it(rows: Items[RowBlock]) -> Iterator[Problem]:
    """A row ends by something that can happen in it, and by the one who can do it."""
    for place, row in rows:
        who, endings = FITTING[row.step]
        if row.done_when not in endings:
            what = f"row {row.sop} ({row.step}) cannot be done when '{row.done_when}'"
            yield rows.problem(place, "done_when", what=what, hint=f"possible: {', '.join(endings)}")
        if row.who is not who:
            what = f"row {row.sop} ({row.step}) cannot be the move of '{row.who}'"
            yield rows.problem(place, "who", what=what, hint=f"it is that of {who}")


def refusals_lead_back(rows: Items[RowBlock]) -> Iterator[Problem]:
    """A refusal leads back to the row that makes anew what was refused."""
    for place, row in rows:
        if row.back is None:
            continue
        fitting = _BACK.get(row.step)
        if fitting is None:
            what = f"row {row.sop} ({row.step}) refuses nothing, so it cannot lead back to '{row.back}'"
            yield rows.problem(place, "back", what=what, hint=f"only these rows do: {', '.join(_BACK)}")
        elif row.back is not fitting:
            what = f"row {row.sop} ({row.step}) cannot lead back to '{row.back}'"
            yield rows.problem(place, "back", what=what, hint=f"it leads back to '{fitting}'")


def printed_numbers_stand_once(rows: Items[RowBlock]) -> Iterator[Problem]:
    """A printed number means one row; the second 6 of the signed table is 6b."""
    yield from stands_once(rows, field="sop")
