"""How complete and how punctual each unit was over the last cycles, by its first form and its first deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.calendar.clocks import late_by
from mailbot.core.model.cycle import UnitState
from mailbot.web.pages.marks import Mark, Tone
from mailbot.web.pages.page import path
from mailbot.writing.values.clock_values import late_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.ledger.board.overview import CourseSeen, PartSeen
    from mailbot.web.pages.page import Here

_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One unit over the cycles; None where it was not asked."""

    key: str
    name: str
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeliness:
    """The last cycles, the earliest first."""

    cycles: tuple[tuple[str, str], ...]
    """Short name and address."""
    units: tuple[Kept, ...]
    complete: tuple[str, ...]
    """Of each cycle: how many forms were accepted of how many asked."""


def timeliness(courses: Sequence[CourseSeen], here: Here) -> Timeliness:
    """Return the last cycles that were not cancelled, of the units that the viewer sees."""
    shown = [course for course in courses if not course.cancelled][-_MOST:]
    parts = [{part.unit: part for part in course.parts} for course in shown]
    keys = dict.fromkeys(unit for of_cycle in parts for unit in of_cycle if here.viewer.sees(unit))
    return Timeliness(
        cycles=tuple((course.key, path("cycles", course.key)) for course in shown),
        units=tuple(
            Kept(
                key=unit,
                name=here.office.roster.unit(unit).name,
                marks=tuple(
                    part_mark(of_cycle[unit], course, here) if unit in of_cycle else None
                    for course, of_cycle in zip(shown, parts, strict=True)
                ),
            )
            for unit in keys
        ),
        complete=tuple(_complete(course, here) for course in shown),
    )


def part_mark(part: PartSeen, course: CourseSeen, here: Here) -> Mark:
    """Return how punctual a unit was in one cycle: its first form against the deadline it was told first."""
    due_at, came_at = part.first_due_at or part.due_at, part.first_came_at
    until = came_at or course.closed_at or here.at
    if came_at is None and (course.closed_at is not None or due_at is None):
        return Mark(
            tone=Tone.NOTHING, word=here.told("timeliness", "not_asked" if course.closed_at is None else "none")
        )
    late = late_by(due_at, until, here.office.calendar) if due_at is not None else None
    if late is not None and (late.days or late.hours):
        return Mark(tone=Tone.LATE, word=late_words(late, here.phrases))
    if came_at is None:
        return Mark(tone=Tone.WAITS, word=here.told("timeliness", "waits"))
    return Mark(tone=Tone.GOOD, word=here.phrases.word("clock", "in_time"))


def _complete(course: CourseSeen, here: Here) -> str:
    """Return how many forms were accepted of those that the viewer sees; a dash where none has been asked for yet."""
    seen = [part for part in course.parts if here.viewer.sees(part.unit)]
    if course.closed_at is None and not any(part.due_at or part.came for part in seen):
        return str(here.words["none"])
    return f"{sum(part.state is UnitState.ACCEPTED for part in seen)}/{len(seen)}"
