"""The datagrams by which systemd hears of us (sd_notify): ready, at work, stopping; without it nothing is said."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping

SOCKET, WATCHDOG_USEC, WATCHDOG_PID = "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"
_MICROSECONDS = 1_000_000
_ABSTRACT = "@"
_PATIENCE_SECONDS = 1.0
"""systemd reads what waits for it at once; nobody waits for one that does not."""


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Where systemd listens; an empty address: nobody does."""

    address: str = ""
    watchdog_seconds: float = 0
    """How long it waits for a sign of life before it starts us anew; 0: for ever."""

    def ready(self) -> None:
        """Say that everything is open and the first pass begins."""
        self._say("READY=1\nSTATUS=at work")

    def alive(self) -> None:
        """Say that work goes on."""
        self._say("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that what is under way is finished, and nothing more is begun."""
        self._say("STOPPING=1\nSTATUS=stopping")

    def status(self, words: str) -> None:
        """Say in a line what `systemctl status` shows."""
        self._say(f"STATUS={words}")

    def _say(self, words: str) -> None:
        """Send a datagram; whether somebody hears it is no matter of ours."""
        if not self.address:
            return
        name = "\0" + self.address[1:] if self.address.startswith(_ABSTRACT) else self.address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.settimeout(_PATIENCE_SECONDS)
            line.sendto(words.encode(), name)


def supervisor_in(environment: MutableMapping[str, str]) -> Supervisor:
    """Return who keeps us running, by the environment that he gave; it is taken out, for it is not our children's."""
    address, usec, pid = (environment.pop(name, "") for name in (SOCKET, WATCHDOG_USEC, WATCHDOG_PID))
    if not address.startswith((_ABSTRACT, "/")):
        return Supervisor()
    ours = usec.isdigit() and pid in {"", str(os.getpid())}
    return Supervisor(address, int(usec) / _MICROSECONDS if ours else 0)
