"""Small things every started server needs: free ports, a wait until a port answers, and a run that must succeed."""

from __future__ import annotations

import errno
import socket
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from secrets import randbelow
from threading import Event
from time import monotonic

# Below the numbers that Linux gives to connections (32768 and up): there, any test that connects somewhere could take a
# port between the moment it is found free and the moment its server opens it.
FIRST_PORT, LAST_PORT = 12_000, 31_999


def free_ports(count: int) -> list[int]:
    """Give ports on loopback that were free just now, all different, which nobody is given by the kernel.

    Several runs of the tests choose at the same time, each at random.
    """
    chosen: list[int] = []
    with ExitStack() as held:
        while len(chosen) < count:
            port = FIRST_PORT + randbelow(LAST_PORT - FIRST_PORT + 1)
            try:
                held.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
            else:
                chosen.append(port)
    return chosen


def wait_for_port(port: int, *, seconds: float, log: Path) -> None:
    """Return as soon as something listens on a port of loopback.

    Raises:
        RuntimeError: nothing did in time; the end of the server's log is in the message.
    """
    deadline = monotonic() + seconds
    pause = Event()
    while monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1.0).close()
        except OSError:
            pause.wait(0.02)
        else:
            return
    tail = log.read_text(errors="replace")[-2000:] if log.exists() else "(no log)"
    raise RuntimeError(f"nothing listens on port {port} after {seconds:g} s:\n{tail}")


def run(*command: str | Path, user: str | None = None) -> str:
    """Run a command to its end and give what it printed.

    Raises:
        RuntimeError: it failed; what it printed is in the message.
    """
    words = _as_user(user, [str(word) for word in command])
    done = subprocess.run(  # noqa: S603  # our own servers with our own arguments
        words, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def start(*command: str | Path, log: Path) -> subprocess.Popen[bytes]:
    """Start a server in the foreground of a process of its own, its output going to a file."""
    with log.open("ab") as out:
        return subprocess.Popen(  # noqa: S603  # our own servers with our own arguments
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _as_user(user: str | None, words: Sequence[str]) -> list[str]:
    return ["/usr/sbin/runuser", "-u", user, "--", *words] if user else list(words)
