"""What a piece of work costs: CPU time and peak memory, this process and the one that reads workbooks together."""

from __future__ import annotations

import os
import resource
import time
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_KIB_PER_MIB = 1024
_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What was spent."""

    cpu_seconds: float
    peak_mb: float
    """The highest memory of both processes, added up, in MiB: at no moment was it more."""


class Meter:
    """Measures from where it is made to `read`; on Linux by /proc, elsewhere of this process alone."""

    def __init__(self) -> None:
        """Begin."""
        self._children = {pid: _cpu_seconds(pid) for pid in _child_pids()}
        for pid in (os.getpid(), *self._children):
            _forget_peak(pid)
        self._own = time.process_time()
        self._ended = _ended_seconds()

    def read(self) -> Effort:
        """Return what was spent since the beginning; a child that was killed meanwhile counts as well."""
        now = {pid: _cpu_seconds(pid) for pid in _child_pids()}
        # A child that ended is accounted for as a whole, what it had spent before included.
        before = sum(spent for pid, spent in self._children.items() if pid not in now)
        ended = max(0.0, _ended_seconds() - self._ended - before)
        alive = sum(spent - self._children.get(pid, 0.0) for pid, spent in now.items())
        peak = sum(_peak_mb(pid) for pid in (os.getpid(), *now))
        return Effort(
            cpu_seconds=round(time.process_time() - self._own + alive + ended, 4),
            peak_mb=round(peak or _own_peak_mb(), 1),
        )


def _child_pids() -> tuple[int, ...]:
    """Return the processes we have started and that live."""
    try:
        lists = [task.read_text() for task in (_PROC / "self" / "task").glob("*/children")]
    except OSError:
        return ()
    return tuple(int(pid) for line in lists for pid in line.split())


def _cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process, all its threads together; 0 where it cannot be told."""
    try:
        threads = [one.read_text() for one in (_PROC / str(pid) / "task").glob("*/schedstat")]
    except OSError:
        return 0.0
    return sum(int(thread.split()[0]) for thread in threads) / _NANOSECONDS


def _ended_seconds() -> float:
    """Return the CPU time of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _forget_peak(pid: int) -> None:
    """Let the system count a process's peak of memory anew, where it can."""
    try:
        (_PROC / str(pid) / "clear_refs").write_text("5")
    except OSError:
        return


def _peak_mb(pid: int) -> float:
    """Return a process's peak of memory since it was last forgotten, in MiB; 0 where it cannot be told."""
    try:
        for line in (_PROC / str(pid) / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / _KIB_PER_MIB
    except OSError:
        return 0.0
    return 0.0


def _own_peak_mb() -> float:
    """Return this process's peak of memory since it began, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MIB
