"""What the daemon keeps an eye on beside its work: mailboxes by IDLE, the machine's clock, and passes that fail."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

from mailbot.clerk.watchdog import notice_of
from mailbot.cli.options import now
from mailbot.errors import MailbotError, PostUnavailable
from mailbot.post.imap import Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.clerk.parts import Clerk
    from mailbot.post.account import Account

_log = logging.getLogger("mailbot")
LONGEST_JUMP = timedelta(hours=36)


def gone_by() -> float:
    """Return seconds that nobody can set, the machine's sleep included where the system counts it."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class MailboxWatch:
    """Watches one mailbox over a connection of its own, kept for all watches so that no mail falls between two.

    It waits for news of one mailbox, by the login and folder that the settings name at that moment.
    """

    def __init__(self, asked: Callable[[], tuple[Account, str]]) -> None:
        """Take what gives login and folder; nothing is opened yet."""
        self._asked = asked
        self._open: Mailbox | None = None
        self._over = Event()

    def __call__(self, seconds: float) -> bool:
        """Wait that long; return whether something may have come.

        A new connection, which cannot know what came before it, calls for a look at once.

        Raises:
            PostUnavailable: the server cannot be watched now.
        """
        account, folder = self._asked()
        try:
            if self._over.is_set():
                return False
            if self._open is not None and self._open.account == account:
                return self._open.wait(seconds, folder)
            self._hang_up()
            self._open = Mailbox(account).__enter__()
            self._open.wait(0, folder)
            _log.info("watching %s at %s", folder, account.where)
        except PostUnavailable:
            self._hang_up()
            raise
        if self._over.is_set():  # let go while it was being opened
            self._hang_up()
        return True

    def let_go(self) -> None:
        """Let a wait under way end, from any thread: this mailbox is not watched any more."""
        self._over.set()
        watched = self._open
        if watched is not None:
            watched.break_off()

    def _hang_up(self) -> None:
        """Let go of a connection to a mailbox that is not ours any more."""
        former, self._open = self._open, None
        if former is not None:
            former.__exit__(None, None, None)


class ClockWatch:
    """Notices a clock that was set: by a wall clock far from what has truly gone by, no letter may leave (F19)."""

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


class Failing:
    """Since when no pass has ended well, and whether that was told: over the second channel alone, and kept in memory.

    For the ledger may be what has failed.
    """

    def __init__(self) -> None:
        """Begin with nothing wrong."""
        self._since: datetime | None = None
        self._told = False

    def failed(self, clerk: Clerk) -> None:
        """Take note of a pass that failed; told once, when that has gone on for `watchdog.after_minutes`."""
        at = clerk.books.clock()
        self._since = self._since or at
        after_minutes = clerk.lookout.watchdog.after_minutes
        if after_minutes and not self._told and at - self._since >= timedelta(minutes=after_minutes):
            self._told = _ring(clerk, self._since, "broken")

    def worked(self, clerk: Clerk) -> None:
        """Take note of a pass that ended well."""
        if self._since is not None and self._told and not _ring(clerk, self._since, "recovered"):
            return
        self._since, self._told = None, False


def _ring(clerk: Clerk, since: datetime, state: str) -> bool:
    """Ring the second channel; False if there is none, or it did not take the notice."""
    ring = clerk.lookout.ring
    if ring is None:
        return False
    try:
        ring(notice_of(clerk.books.office, clerk.lookout, "pass_failed", "", since, state))
    except MailbotError as away:
        _log.warning("%s", away)
        return False
    return True
