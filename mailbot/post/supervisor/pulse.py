"""Signs of life that are earned: none is given once a pass has not got on for so long that nothing can explain it.

A pass may take long: a flood of mail, an opening with a hundred PDFs, an archive. But it asks for the time at each
mail, each letter, each chore; whoever does so gets on. What hangs, asks no more.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailbot.post.supervisor.notifying import Supervisor

_log = logging.getLogger("mailbot")
PATIENCE_SECONDS = 1800.0
"""Longer than any one step takes: LibreOffice, reading a file and a server's silence each have shorter limits."""
_POLLS = 3
_SIGNS = 3
"""So many signs are given in the time in which one is wanted."""


class Pulse:
    """When work last got on; safe to use from several threads."""

    def __init__(self, clock: Callable[[], datetime], elapsed: Callable[[], float]) -> None:
        """Begin now.

        Args:
            clock: tells the time of day.
            elapsed: tells seconds that go on evenly (`time.monotonic`).
        """
        self._clock, self._elapsed, self._felt = clock, elapsed, elapsed()

    def clock(self) -> datetime:
        """Return the time of day; who asks for it gets on."""
        self._felt = self._elapsed()
        return self._clock()

    def beats(self, poll_seconds: int) -> bool:
        """Say whether work has got on lately, where a pass is due every so many seconds."""
        return self._elapsed() - self._felt < max(PATIENCE_SECONDS, _POLLS * poll_seconds)


class Signs:
    """Signs of life for a supervisor."""

    def __init__(self, supervisor: Supervisor, pulse: Pulse, poll_seconds: Callable[[], int]) -> None:
        """Take who wants them, what they are earned by, and how many seconds lie between two passes at most."""
        self._supervisor, self._pulse, self._poll_seconds = supervisor, pulse, poll_seconds
        self._hangs = False

    def give(self) -> None:
        """Give one if work gets on; that it does not is said once."""
        if self._pulse.beats(self._poll_seconds()):
            self._hangs = False
            self._supervisor.alive()
        elif not self._hangs:
            self._hangs = True
            _log.error("nothing has got on for a long time: a pass hangs, and systemd may start mailbot anew")
            self._supervisor.status("a pass hangs")


@contextmanager
def watched_over(supervisor: Supervisor, signs: Signs) -> Iterator[None]:
    """Say that we are ready, give signs of life while work gets on, and say at the end that we stop."""
    over = threading.Event()

    def give_signs() -> None:
        """Give a sign now and then, until the end."""
        while not over.wait(supervisor.watchdog_seconds / _SIGNS):
            signs.give()

    supervisor.ready()
    if supervisor.watchdog_seconds:
        threading.Thread(target=give_signs, name="signs-of-life", daemon=True).start()
    try:
        yield
    finally:
        over.set()
        supervisor.stopping()
