"""Notices a clock that was set: by a wall clock far from what has truly gone by, no letter may leave (F19)."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.cli.moment import now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

LONGEST_JUMP = timedelta(hours=36)


def gone_by() -> float:
    """Return seconds that nobody can set, the machine's sleep included where the system counts it."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class ClockWatch:
    """Compares, look by look, what the wall clock says with the seconds that have gone by."""

    def __init__(self, wall: Callable[[], datetime] = now, counted: Callable[[], float] = gone_by) -> None:
        """Look for the first time.

        Args:
            wall: the clock the office works by.
            counted: seconds since some moment, which nobody sets.
        """
        self._wall = wall
        self._counted = counted
        self._last = (wall(), counted())

    def jump(self) -> timedelta:
        """Return by how much the wall clock was set since the last look, backwards below zero; zero for small steps."""
        before, self._last = self._last, (self._wall(), self._counted())
        told, true = self._last[0] - before[0], timedelta(seconds=self._last[1] - before[1])
        return told - true if abs(told - true) > LONGEST_JUMP else timedelta()
