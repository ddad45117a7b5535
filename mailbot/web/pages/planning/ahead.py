"""The letters that leave next of a running cycle if nobody answers, in the words of `mailbot plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.chasing.ahead import letters_ahead
from mailbot.web.pages.sight import whose_boxes
from mailbot.writing.plan.planned import Coming, Planner
from mailbot.writing.words.templates import in_language

if TYPE_CHECKING:
    from mailbot.core.chasing.ahead import Ahead
    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.board.boxes import Whose
    from mailbot.web.pages.page import Here
    from mailbot.writing.plan.planned import PlanLine

DAYS = 10
"""So many working days are looked ahead."""
_NOBODY = "nobody"


def lines_ahead(cycle: Cycle, here: Here) -> tuple[PlanLine, ...]:
    """Return the letters of the next working days, of those that the viewer sees."""
    whose = whose_boxes(here)
    coming = [one for one in letters_ahead(cycle, here.at, here.office, DAYS) if _seen(one, whose)]
    folders = in_language(here.board.template_folders, here.viewer.language)
    planner = Planner(office=here.office, folders=folders, names={})
    mails = [Coming(at=one.at, letter=one.letter, cycle=one.cycle) for one in coming]
    return planner.plan(_NOBODY, mails, (), DAYS).lines


def _seen(one: Ahead, whose: Whose | None) -> bool:
    """Say whether a letter is to somebody, and about a unit, that the viewer sees."""
    return whose is None or (one.letter.to in whose.people and one.letter.unit in whose.units | {""})
