"""How long each row of the SOP and each unit took, beside what the SOP gives them, in working days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.calendar.clocks import clocks, late_by
from mailbot.writing.archive.printed import Table
from mailbot.writing.values.clock_values import late_words, row_times, unit_times

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.writing.rehearsed.told import Rehearsed

_TITLE_SIGNS = 64
_UNIT_COLUMNS = (0, 1, 3, 5, 6, 7, 8, 9)
"""Of what is known of a unit's time: name, asked, deadline, accepted, returns, late, hours with the unit, with us."""


def time_tables(told: Rehearsed) -> Iterator[Table]:
    """Yield two tables for each cycle: its rows, with their time by the SOP, by the cycle and as it was; its units."""
    words = told.words["waktu"]
    for cycle in told.cycles:
        at = cycle.closed_at or told.until
        period = told.period(cycle.key)
        rows = [tuple(_short(str(cell)) for cell in cells) for cells in row_times(cycle, at, told.office, told.phrases)]
        yield Table(
            name=words["baris"].format(period=period),
            headers=tuple(words["kolom_baris"]),
            rows=tuple(rows),
            shares=(6, 40, 8, 13, 12, 8, 9, 18),
        )
        units = [
            tuple(str(cells[column]) for column in _UNIT_COLUMNS)
            for cells in unit_times(cycle, at, told.office, told.phrases)
        ]
        yield Table(
            name=words["unit"].format(period=period),
            headers=tuple(words["kolom_unit"]),
            rows=tuple(units),
            shares=(28, 14, 14, 14, 9, 18, 9, 9),
        )


def spent_days(cycle: Cycle, told: Rehearsed) -> int:
    """Return how many working days a cycle took, from its opening to its close, or to the end of the rehearsal."""
    gone = clocks(cycle, cycle.closed_at or told.until, told.office.sop, told.office.calendar)
    return gone.whole.days


def sop_words(told: Rehearsed) -> str:
    """Return the time of the whole SOP, `13 hari 1 jam`."""
    rows = told.office.sop.rows
    return str(told.words["waktu"]["sop"].format(days=sum(row.days for row in rows), hours=sum(r.hours for r in rows)))


def lateness(at: datetime, due: datetime | None, told: Rehearsed) -> str:
    """Return whether something was in time, and by how much it was not."""
    return late_words(late_by(due or at, at, told.office.calendar), told.phrases)


def _short(text: str) -> str:
    """Return a row's title as it fits a table."""
    if len(text) <= _TITLE_SIGNS:
        return text
    return f"{text[:_TITLE_SIGNS].rsplit(' ', 1)[0]}…"
