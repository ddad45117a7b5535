"""Passes that fail one after the other: told over the second channel alone, for the ledger may be what has failed."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.watchdog import notice_of
from mailbot.errors import MailbotError

if TYPE_CHECKING:
    from mailbot.clerk.parts import Clerk

_log = logging.getLogger("mailbot")


class Failing:
    """Since when no pass has ended well, and whether that was told; kept in memory, since the ledger may be full."""

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
