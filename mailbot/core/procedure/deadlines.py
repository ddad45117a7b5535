"""Until when something is due: the deadline of each row, and the time a unit has to mend its form (rows 1 to 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.office import Office


def due_at(cycle: Cycle, step: Step, since: datetime, office: Office) -> datetime:
    """Return the deadline (UTC) of a row whose time runs from `since`, by the cycle's own durations if it has any."""
    row = office.sop.row(step)
    own = dict(cycle.row_days).get(step)
    return office.calendar.add_days(since, own) if own is not None else row.due_at(since, office.calendar)


def answer_by(cycle: Cycle, form: UnitForm, at: datetime, office: Office) -> datetime:
    """Return until when a unit may mend its form: its own deadline, but never less than row 4's time from `at`.

    A form that goes back on the last afternoon cannot be asked for on the same afternoon.
    """
    mended_by = due_at(cycle, Step.CHECK, at, office)
    return max(form.due_at, mended_by) if form.due_at is not None else mended_by
