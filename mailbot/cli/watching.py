"""One mailbox watched by IDLE: a connection of its own, kept for all watches, so that no mail falls between two."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from mailbot.errors import PostUnavailable
from mailbot.post.imap import Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.post.account import Account

_log = logging.getLogger("mailbot")


class MailboxWatch:
    """Waits for news of one mailbox, by the login and folder that the settings name at that moment."""

    def __init__(self, asked: Callable[[], tuple[Account, str]]) -> None:
        """Take what gives login and folder; nothing is opened yet."""
        self._asked = asked
        self._open: Mailbox | None = None

    def __call__(self, seconds: float) -> bool:
        """Wait that long; return whether something may have come.

        A new connection, which cannot know what came before it, calls for a look at once.

        Raises:
            PostUnavailable: the server cannot be watched now.
        """
        account, folder = self._asked()
        try:
            if self._open is not None and self._open.account == account:
                return self._open.wait(seconds, folder)
            self._hang_up()
            self._open = Mailbox(account).__enter__()
            self._open.wait(0, folder)
            _log.info("watching %s at %s", folder, account.where)
        except PostUnavailable:
            self._open = None
            raise
        return True

    def _hang_up(self) -> None:
        """Let go of a connection to a mailbox that is not ours any more."""
        former, self._open = self._open, None
        if former is not None:
            former.__exit__(None, None, None)
