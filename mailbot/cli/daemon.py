"""`mailbot run`: the heartbeat, with a clerk built anew whenever the configuration has changed for the better."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.passing import Passed, one_pass
from mailbot.clerk.pausing import logins_of, resume
from mailbot.clerk.watching import note_proof
from mailbot.cli.alone import alone
from mailbot.cli.clock_watch import ClockWatch
from mailbot.cli.failing import Failing
from mailbot.cli.watching import MailboxWatch
from mailbot.cli.wiring import account_of, clerk_of, ledger_account
from mailbot.errors import ConfigProblem, MailbotError, Problem, TemplateProblem
from mailbot.heartbeat import Heartbeat
from mailbot.ledger.notes import PASSED_AT
from mailbot.settings.loading import load, reload
from mailbot.writing.selfcheck.lint import lint_templates

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.clerk.clerk import Clerk
    from mailbot.post.account import Account
    from mailbot.settings.settings import Settings

_log = logging.getLogger("mailbot")


class Daemon:
    """The clerk at work; a configuration edited badly is told of once, and the last good one stays in force."""

    def __init__(self, folder: Path, settings: Settings, clock_watch: ClockWatch | None = None) -> None:
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
        self._watches: dict[str, MailboxWatch] = {}
        self._paused: frozenset[str] = frozenset()
        self._failing = Failing()
        self._clock_watch = clock_watch or ClockWatch()
        self._clerk = self._begin(settings)
        self._clerk.ledger.outbox.recover(self._clerk.clock(), self._clerk.doubt_wait, self._clerk.name)

    @property
    def settings(self) -> Settings:
        """Return the settings in force."""
        return self._settings

    def beat(self) -> Passed:
        """Make one pass with the configuration as it is now; passes that keep failing are told of."""
        try:
            passed = self._pass()
        except Exception:
            self._failing.failed(self._clerk)
            raise
        self._failing.worked(self._clerk)
        return passed

    def _pass(self) -> Passed:
        """Make one pass."""
        self._look_at_configuration()
        self._look_at_clock()
        self._clerk.ledger.outbox.recover(self._clerk.clock(), self._clerk.doubt_wait)
        passed = one_pass(self._clerk)
        note_proof(self._clerk)
        self._clerk.ledger.notes.write(PASSED_AT, self._clerk.clock().isoformat())
        if passed.received or passed.worked or passed.sent:
            _log.info("received %d, worked %d, sent %d", passed.received, passed.worked, passed.sent)
        for trouble in passed.trouble:
            _log.warning("%s", trouble)
        if passed.locked_out:
            _log.error("a mail server refuses our credentials; waiting 15 minutes before the next try")
        self._paused = frozenset(passed.paused)
        if self._clerk.pdf is not None:
            self._clerk.pdf.rest()
        return passed

    def watches(self) -> tuple[MailboxWatch, ...]:
        """Return a watch for every mailbox whose server lets us in, the same one from beat to beat."""
        logins = {"": self._settings.imap} | {one.key: one.server for one in self._settings.further}
        keys = [key for key, server in logins.items() if ledger_account(server) not in self._paused]
        self._watches = {key: self._watches.get(key) or MailboxWatch(partial(self._watched, key)) for key in keys}
        return tuple(self._watches.values())

    def _watched(self, key: str) -> tuple[Account, str]:
        """Return login and inbox of a mailbox (the first one for an empty key), by the settings in force."""
        further = next((one for one in self._settings.further if one.key == key), None)
        if further is not None:
            return account_of(further.server), further.folders.inbox
        return account_of(self._settings.imap), self._settings.folders.inbox

    def close(self) -> None:
        """Close everything; a watch under way ends with the process."""
        self._open.close()

    def _begin(self, settings: Settings) -> Clerk:
        """Build a clerk; only when that has worked is the former one let go."""
        opened = ExitStack()
        clerk = opened.enter_context(clerk_of(settings))
        self._open.close()
        self._open, self._settings = opened, settings
        # Whoever starts the daemon or changes its settings may have mended a login.
        resume(clerk.ledger, logins_of(clerk))
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

    def _look_at_clock(self) -> None:
        """Hold the outbox if the clock was set by days: letters of a wrong day cannot be called back."""
        if jump := self._clock_watch.jump():
            self._clerk.ledger.outbox.hold_all()
            _log.error(
                "the clock of this machine was set by %+.0f hours; nothing leaves until you have looked at it and at "
                "`mailbot outbox list`, and have said `mailbot outbox release`",
                jump.total_seconds() / 3600,
            )


def run_daemon(folder: Path) -> None:
    """Beat until told to stop.

    Raises:
        ConfigProblem: the configuration is wrong; the daemon does not start.
        TemplateProblem: a template is missing or broken; likewise.
        LedgerProblem: the database cannot be used, or another daemon works on it.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("apscheduler", "alembic.runtime.plugins"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    settings = load(folder, os.environ)
    faults = lint_templates(settings.template_folders)
    if faults:
        raise TemplateProblem("\n".join(map(str, faults)))
    with alone(settings.data_folder):
        _introduce(settings)
        daemon = Daemon(folder, settings)
        try:
            Heartbeat(daemon.beat, daemon.watches, lambda: daemon.settings.poll_seconds).run()
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
