"""Small things every started server needs: free ports, a wait until a port answers, and a run that must succeed."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

BOOT_SECONDS = 120.0
"""A server that is not up by then never will be, on a machine however busy; usually it takes less than one."""


@contextmanager
def held_ports(count: int) -> Iterator[list[int]]:
    """Give ports of loopback, all different, on which our servers can listen and nobody else is let in meanwhile.

    A socket that is bound and does not listen keeps the kernel from giving its port to anybody: to a connection, or to
    whoever asks for any free port. Servers open it all the same, for they and we allow that an address is used again.
    """
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            each.bind(("127.0.0.1", 0))
        yield [int(each.getsockname()[1]) for each in sockets]


def wait_for_port(port: int, *, log: Path) -> None:
    """Return as soon as something listens on a port of loopback.

    Raises:
        RuntimeError: nothing did in time; the end of the server's log is in the message.
    """
    deadline = monotonic() + BOOT_SECONDS
    pause = Event()
    while monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1.0).close()
        except OSError:
            pause.wait(0.02)
        else:
            return
    tail = log.read_text(errors="replace")[-2000:] if log.exists() else "(no log)"
    raise RuntimeError(f"nothing listens on port {port} after {BOOT_SECONDS:g} s:\n{tail}")


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
