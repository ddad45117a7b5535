"""What a process and everything it started costs, as the kernel counts it: CPU seconds, and fairly shared memory."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")
_CUTIME, _CSTIME = 13, 14
"""Places of the CPU times of ended children in `/proc/PID/stat`, counted behind the command's name."""
_NS = 1_000_000_000
SERVERS = frozenset({"dovecot", "master", "postgres"})
"""Names of the processes under which the servers that a bench starts do their work."""
_PARENT = 1
_KIB_PER_MIB = 1024


def tree(root: int, without: frozenset[str] = frozenset()) -> Iterator[int]:
    """Yield a process and all that descend from it and still live, but for programs of these names and theirs."""
    children: dict[int, list[int]] = {}
    for pid in _numbers():
        if stat := _stat(pid):
            children.setdefault(int(stat[_PARENT]), []).append(pid)
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        if without and _name(pid) in without:
            continue
        yield pid
        waiting.extend(children.get(pid, ()))


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and its descendants so far, ended ones included, servers left out."""
    own = os.getpid()
    ended = os.times()
    living = sum(_nanoseconds(pid) for pid in tree(own, SERVERS) if pid != own) / _NS
    return time.process_time() + ended.children_user + ended.children_system + living


def _nanoseconds(pid: int) -> int:
    """Return how long a process's living threads have run, and what its ended children took; 0 once it is gone."""
    try:
        threads = list((_PROC / str(pid) / "task").iterdir())
        ran = sum(int((thread / "schedstat").read_text(encoding="ascii").split()[0]) for thread in threads)
    except OSError:
        return 0
    stat = _stat(pid)
    return ran + (sum(int(stat[place]) for place in (_CUTIME, _CSTIME)) * _NS // _TICKS if stat else 0)


def cpu_of(pid: int) -> float:
    """Return the CPU seconds that a process and its ended children have taken; 0 once it is gone."""
    return _nanoseconds(pid) / _NS


def pss_mb(pids: Iterable[int]) -> float:
    """Return how much memory these processes hold together, in MiB, each shared page counted in parts."""
    return sum(map(_pss_kib, pids)) / _KIB_PER_MIB


def is_python(pid: int) -> bool:
    """Say whether a process is a Python interpreter."""
    try:
        return "python" in (_PROC / str(pid) / "exe").readlink().name
    except OSError:
        return False


def _numbers() -> Iterator[int]:
    """Yield the numbers of all processes."""
    return (int(place.name) for place in _PROC.iterdir() if place.name.isdigit())


def _name(pid: int) -> str:
    """Return the name of a process's program; empty once it is gone."""
    try:
        return (_PROC / str(pid) / "comm").read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _stat(pid: int) -> list[str]:
    """Return what the kernel tells of a process behind its name; empty once it is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _pss_kib(pid: int) -> int:
    """Return one process's share of memory; 0 once it is gone."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
