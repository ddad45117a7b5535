"""`mailbot run`: the heartbeat, with a clerk built anew whenever the configuration has changed for the better."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

from mailbot.clerk.passing import Passed, one_pass
from mailbot.cli.wiring import account_of, clerk_of
from mailbot.errors import ConfigProblem, PostUnavailable
from mailbot.heartbeat import Heartbeat
from mailbot.post.imap import Mailbox
from mailbot.settings.loading import load, reload

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.clerk.clerk import Clerk
    from mailbot.errors import Problem
    from mailbot.settings.settings import Settings

_log = logging.getLogger("mailbot")


class Daemon:
    """The clerk at work; a configuration edited badly is told of once, and the last good one stays in force."""

    def __init__(self, folder: Path) -> None:
        """Load the configuration and open everything.

        Raises:
            ConfigProblem: the configuration is wrong; the daemon does not start.
            LedgerProblem: the database cannot be used.
        """
        self._folder = folder
        self._settings = load(folder, os.environ)
        missing = self._settings.missing_secrets()
        if missing:
            _log.warning("not set: %s; logging in will fail", ", ".join(missing))
        for name, value, _ in self._settings.chosen:
            _log.info("setting %s = %s", name, value)
        self._told: tuple[Problem, ...] = ()
        self._open = ExitStack()
        self._watched: Mailbox | None = None
        self._clerk = self._begin(self._settings)
        self._clerk.ledger.outbox.recover(self._clerk.clock(), self._clerk.doubt_wait, self._clerk.name)

    def _begin(self, settings: Settings) -> Clerk:
        """Build a clerk in place of the former one."""
        self._open.close()
        self._open = ExitStack()
        return self._open.enter_context(clerk_of(settings))

    @property
    def settings(self) -> Settings:
        """Return the settings in force."""
        return self._settings

    def beat(self) -> Passed:
        """Make one pass with the configuration as it is now."""
        self._look_at_configuration()
        self._clerk.ledger.outbox.recover(self._clerk.clock(), self._clerk.doubt_wait)
        passed = one_pass(self._clerk)
        self._clerk.ledger.notes.write("last_pass", self._clerk.clock().isoformat())
        if passed.received or passed.sent:
            _log.info("received %d, worked %d, sent %d", passed.received, passed.worked, passed.sent)
        for trouble in passed.trouble:
            _log.warning("%s", trouble)
        return passed

    def wait_for_mail(self, seconds: float) -> bool:
        """Watch the mailbox (IDLE) for that long; return whether something may have come.

        One connection is kept for all watches, so that no mail falls into the gap between two; a broken one is replaced.

        Raises:
            PostUnavailable: the server cannot be watched now.
        """
        try:
            if self._watched is None:
                self._watched = Mailbox(account_of(self._settings.imap)).__enter__()
            return self._watched.wait(seconds, self._settings.folders.inbox)
        except PostUnavailable:
            self._watched = None
            raise

    def close(self) -> None:
        """Close everything; a watch under way ends with the process."""
        self._open.close()

    def _look_at_configuration(self) -> None:
        """Take a changed configuration if it is good; otherwise say once what is wrong with it and go on."""
        try:
            settings, problems = reload(self._settings, self._folder, os.environ)
        except ConfigProblem as problem:
            settings, problems = self._settings, problem.problems
        if problems and problems != self._told:
            for one in problems:
                _log.error("%s", one)
            _log.error("the configuration as it was stays in force")
        self._told = problems
        if settings is not self._settings:
            self._settings = settings
            self._clerk = self._begin(settings)
            _log.info("configuration read anew")


def run_daemon(folder: Path) -> None:
    """Beat until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    daemon = Daemon(folder)
    try:
        Heartbeat(daemon.beat, daemon.wait_for_mail, lambda: daemon.settings.poll_seconds).run()
    finally:
        daemon.close()
