"""A program of this machine, run on a file that came from outside: its own folder, no environment, no shell, limits."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_SHUT_IN = """
import ctypes, os, resource, sys
seconds, memory, written, alone = map(int, sys.argv[1:5])
kernel = ctypes.CDLL(None)
kernel.prctl(1, 9)  # whoever asked for it was killed: it ends too
if alone:
    if kernel.unshare(0x40000000) != 0:
        kernel.unshare(0x50000000)
for limit, most in (
    (resource.RLIMIT_CPU, seconds),
    (resource.RLIMIT_AS, memory),
    (resource.RLIMIT_FSIZE, written),
    (resource.RLIMIT_CORE, 0),
):
    try:
        resource.setrlimit(limit, (most, most))
    except ValueError:
        pass
env = {name: value for name, value in os.environ.items() if name != "LC_CTYPE"}  # Python's own
try:
    os.execve(sys.argv[5], sys.argv[5:], env)
except OSError as error:
    print(error.strerror, file=sys.stderr)
    sys.exit(127)
"""
"""What gives up what the program must not have, and becomes it: in a process of its own, for limits are for good."""
_OUT, _ERR = "out", "err"
_TOLD_BYTES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a program may go."""

    seconds: float
    memory_bytes: int
    written_bytes: int
    """The largest file it may write."""
    alone: bool = False
    """It gets no network, where the machine lets an unprivileged process do without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a program ended."""

    code: int | None
    """None: it was ended, for its time was over."""
    out: bytes = b""
    told: str = ""
    """The end of what it said of itself."""


def run(command: Sequence[str], folder: Path, limits: Limits, env: Mapping[str, str] | None = None) -> Ran:
    """Run a program in a folder that is its own, and return how it ended; whatever it started ends with it.

    Args:
        command: the absolute path of the program, and its arguments.
        folder: where it works; what it says is kept there too.
        limits: how far it may go.
        env: its whole environment; none by default.

    Raises:
        OSError: the folder cannot be written.
    """
    numbers = (int(limits.seconds) + 1, limits.memory_bytes, limits.written_bytes, int(limits.alone))
    with (folder / _OUT).open("wb") as out, (folder / _ERR).open("wb") as err:
        running = subprocess.Popen(  # noqa: S603 - no shell; the admin named the program, or it is one of ours
            [sys.executable, "-I", "-S", "-c", _SHUT_IN, *map(str, numbers), *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=dict(env or {}),
            start_new_session=True,
        )
        code: int | None = None
        try:
            code = running.wait(limits.seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end(running)
    told = (folder / _ERR).read_bytes()[-_TOLD_BYTES:].decode("utf-8", "replace")
    return Ran(code=code, out=(folder / _OUT).read_bytes(), told=told.strip())


def _end(running: subprocess.Popen[bytes]) -> None:
    """End a program with all that it has started."""
    with contextlib.suppress(ProcessLookupError):  # all of it has ended
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
