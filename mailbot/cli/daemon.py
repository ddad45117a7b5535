"""`mailbot run`: the heartbeat, with a clerk built anew whenever the configuration has changed for the better."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

from mailbot.clerk.passing import Passed, one_pass
from mailbot.cli.alone import alone
from mailbot.cli.wiring import account_of, clerk_of
from mailbot.errors import ConfigProblem, MailbotError, PostUnavailable, Problem, TemplateProblem
from mailbot.heartbeat import Heartbeat
from mailbot.post.imap import Mailbox
from mailbot.settings.loading import load, reload
from mailbot.writing.lint import lint_templates

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.clerk.clerk import Clerk
    from mailbot.settings.settings import Settings

_log = logging.getLogger("mailbot")


class Daemon:
    """The clerk at work; a configuration edited badly is told of once, and the last good one stays in force."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Open everything.

        Raises:
            LedgerProblem: the database cannot be used.
            ConfigProblem: the key that signs forms cannot be used.
            PostUnavailable: a mail server's settings are unsafe.
        """
        self._folder = folder
        self._settings = settings
        self._told: tuple[Problem, ...] = ()
        self._open = ExitStack()
        self._watched: Mailbox | None = None
        self._clerk = self._begin(settings)
        self._clerk.ledger.outbox.recover(self._clerk.clock(), self._clerk.doubt_wait, self._clerk.name)

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
        if passed.received or passed.worked or passed.sent:
            _log.info("received %d, worked %d, sent %d", passed.received, passed.worked, passed.sent)
        for trouble in passed.trouble:
            _log.warning("%s", trouble)
        return passed

    def wait_for_mail(self, seconds: float) -> bool:
        """Watch the mailbox (IDLE) for that long; return whether something may have come.

        One connection is kept for all watches, so that no mail falls into the gap between two. A new one, which cannot
        know what came before it, calls for a look at once.

        Raises:
            PostUnavailable: the server cannot be watched now.
        """
        account, inbox = account_of(self._settings.imap), self._settings.folders.inbox
        try:
            if self._watched is not None and self._watched.account == account:
                return self._watched.wait(seconds, inbox)
            self._stop_watching()
            self._watched = Mailbox(account).__enter__()
            self._watched.wait(0, inbox)
            _log.info("watching %s at %s", inbox, account.where)
        except PostUnavailable:
            self._watched = None
            raise
        return True

    def close(self) -> None:
        """Close everything; a watch under way ends with the process."""
        self._open.close()

    def _begin(self, settings: Settings) -> Clerk:
        """Build a clerk; only when that has worked is the former one let go."""
        opened = ExitStack()
        clerk = opened.enter_context(clerk_of(settings))
        self._open.close()
        self._open, self._settings = opened, settings
        return clerk

    def _look_at_configuration(self) -> None:
        """Take a changed configuration if it can be used; otherwise say once what is wrong with it and go on."""
        try:
            settings, problems = reload(self._settings, self._folder, os.environ)
            if settings is not self._settings:
                self._clerk = self._begin(settings)
                _log.info("configuration read anew")
        except ConfigProblem as wrong:
            problems = wrong.problems
        except MailbotError as wrong:
            problems = (Problem(file=str(self._folder), line=0, what=str(wrong)),)
        if problems and problems != self._told:
            for one in problems:
                _log.error("%s", one)
            _log.error("the configuration as it was stays in force")
        self._told = problems

    def _stop_watching(self) -> None:
        """Let go of a connection to a mailbox that is not ours any more."""
        watched, self._watched = self._watched, None
        if watched is not None:
            watched.__exit__(None, None, None)


def run_daemon(folder: Path) -> None:
    """Beat until told to stop.

    Raises:
        ConfigProblem: the configuration is wrong; the daemon does not start.
        TemplateProblem: a template is missing or broken; likewise.
        LedgerProblem: the database cannot be used, or another daemon works on it.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    settings = load(folder, os.environ)
    faults = lint_templates(settings.template_folders)
    if faults:
        raise TemplateProblem("\n".join(map(str, faults)))
    with alone(settings.data_folder):
        _introduce(settings)
        daemon = Daemon(folder, settings)
        try:
            Heartbeat(daemon.beat, daemon.wait_for_mail, lambda: daemon.settings.poll_seconds).run()
        finally:
            daemon.close()


def _introduce(settings: Settings) -> None:
    """Say in the log with what we work."""
    for name, value, _ in settings.chosen:
        _log.info("setting %s = %s", name, value)
    for note in settings.notes:
        _log.warning("%s", note)
    missing = settings.missing_secrets()
    if missing:
        _log.warning("not set: %s; logging in will fail", ", ".join(missing))
