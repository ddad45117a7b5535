"""The letters that leave next of a running cycle if nobody answers, in the words of `mailbot plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.chasing.ahead import letters_ahead, moments_ahead
from mailbot.web.pages.sight import whose_boxes
from mailbot.writing.plan.planned import Coming, Planner
from mailbot.writing.words.templates import in_language

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.chasing.ahead import Ahead
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.ledger.board.boxes import Whose
    from mailbot.web.pages.page import Here
    from mailbot.writing.plan.planned import PlanLine

    Moments = tuple[tuple[datetime, datetime], ...]

DAYS = 10
"""So many working days are looked ahead."""
_NOBODY = "nobody"
_KEPT = 4
"""Of so many cycles what was found is kept."""
_found: list[tuple[Cycle, Office, Moments, tuple[Ahead, ...]]] = []
"""What was found last, with all that it depends on: the cycle as it stood, the office, and the moments looked at."""


def lines_ahead(cycle: Cycle, here: Here) -> tuple[PlanLine, ...]:
    """Return the letters of the next working days, of those that the viewer sees."""
    whose = whose_boxes(here)
    coming = [one for one in _ahead(cycle, here) if _seen(one, whose)]
    folders = in_language(here.board.template_folders, here.viewer.language)
    planner = Planner(office=here.office, folders=folders, names={})
    mails = [Coming(at=one.at, letter=one.letter, cycle=one.cycle) for one in coming]
    return planner.plan(_NOBODY, mails, (), DAYS).lines


def _ahead(cycle: Cycle, here: Here) -> tuple[Ahead, ...]:
    """Return the letters ahead; days are let pass anew only for a cycle that moved, or when an office hour has come.

    The ledger gives the very same cycle until it is written, and settings the very same office until they change.
    """
    moments = tuple(moments_ahead(here.at, here.office.calendar, DAYS))
    for known, office, looked_at, ahead in _found:
        if known is cycle and office is here.office and looked_at == moments:
            return ahead
    ahead = letters_ahead(cycle, here.at, here.office, DAYS)
    _found[:] = [(cycle, here.office, moments, ahead), *_found[: _KEPT - 1]]
    return ahead


def _seen(one: Ahead, whose: Whose | None) -> bool:
    """Say whether a letter is to somebody, and about a unit, that the viewer sees."""
    return whose is None or (one.letter.to in whose.people and one.letter.unit in whose.units | {""})
