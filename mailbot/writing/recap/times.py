"""Rows of the recap's two sheets about time: each row of the SOP against what it may take, and each unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.recap.plans import Row
from mailbot.writing.values.clock_values import row_times, unit_times

if TYPE_CHECKING:
    from mailbot.writing.recap.plans import Recap


def sop_time_rows(recap: Recap) -> list[Row]:
    """Return how long each row took until the present one began; the last row of the sheet is the sum."""
    cycle = recap.cycle
    rows = list(row_times(cycle, cycle.closed_at or cycle.since, recap.office, recap.phrases))
    return [Row(values=values, total=number == len(rows)) for number, values in enumerate(rows, start=1)]


def unit_time_rows(recap: Recap) -> list[Row]:
    """Return how the time of each unit's form went by."""
    cycle = recap.cycle
    found = unit_times(cycle, cycle.closed_at or cycle.since, recap.office, recap.phrases)
    return [Row(values=(number, *values)) for number, values in enumerate(found, start=1)]
