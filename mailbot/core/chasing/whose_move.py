"""Whose move it is in a row: whoever says its word, or is asked for what it waits for first (rows 1 to 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import whose
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from mailbot.core.procedure.word_asked import given_in_row

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office

_BY_MAILBOT = frozenset({DoneWhen.AT_ONCE, DoneWhen.ALL_SENT})
"""What ends a row that waits for nobody: its letters leave by themselves."""


def whose_move(cycle: Cycle, office: Office) -> Role | None:
    """Return who must act now; None where the cycle is closed, silence is consent (row 1), or mailbot itself acts."""
    if cycle.closed:
        return None
    row, wanting = office.sop.row(cycle.step), awaited(cycle, office)
    if wanting is not None:
        return whose(wanting)
    if cycle.step is Step.INFORM and given_in_row(cycle) is False:
        return Role.PLANNING
    if row.done_when in _BY_MAILBOT:
        return None
    return None if row.done_when is DoneWhen.UNOPPOSED and not cycle.undecided else row.who
