"""What makes mailbot move by itself: a pass every so many seconds, sooner when mail arrives, until told to stop.

APScheduler only ticks (one in-memory job, missed ticks folded into one); what is due stands in the ledger, so a tick
that never came is made good by the next one.
"""

from __future__ import annotations

import logging
import signal
import threading
from typing import TYPE_CHECKING, Protocol

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from mailbot.errors import MailbotError, PostUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger("mailbot")
_LOCKED_OUT_SECONDS = 15 * 60
"""A server that refuses our credentials is not asked more often than this (F14)."""
_LONGEST_WATCH_SECONDS = 300.0
_JOB = "beat"


class Result(Protocol):
    """What a beat comes to."""

    @property
    def trouble(self) -> tuple[str, ...]:
        """What the servers would not do."""

    @property
    def locked_out(self) -> bool:
        """Whether a server refused our credentials."""


class Heartbeat:
    """Strikes until a signal comes; a beat that fails is logged, and the next one comes all the same."""

    def __init__(
        self, beat: Callable[[], Result], watch: Callable[[float], bool], every_seconds: Callable[[], int]
    ) -> None:
        """Take what to do at each beat, how to watch the mailbox, and how long to wait at most between beats."""
        self._beat = beat
        self._watch = watch
        self._every_seconds = every_seconds
        self._wanted = threading.Event()
        self._stopped = threading.Event()

    def run(self) -> None:
        """Beat until SIGTERM or SIGINT; the beat under way is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        scheduler = BackgroundScheduler(timezone="UTC")
        scheduler.add_job(
            self._wanted.set,
            IntervalTrigger(seconds=self._every_seconds(), timezone="UTC"),
            id=_JOB,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        scheduler.start()
        watcher = threading.Thread(target=self._keep_watch, name="mailbox-watch", daemon=True)
        watcher.start()
        self._wanted.set()
        try:
            while not self._stopped.is_set():
                self._wanted.wait()
                self._wanted.clear()
                if not self._stopped.is_set():
                    self._strike()
        finally:
            scheduler.shutdown(wait=False)
            _log.info("stopped")

    def stop(self) -> None:
        """Stop after the beat under way."""
        self._stopped.set()
        self._wanted.set()

    def _strike(self) -> None:
        """Beat once; rest longer where a server refuses our credentials."""
        try:
            result = self._beat()
        except MailbotError:
            _log.exception("this pass failed; the next one tries again")
            self._stopped.wait(1)
            return
        if result.locked_out:
            _log.error("a mail server refuses our credentials; waiting %d minutes", _LOCKED_OUT_SECONDS // 60)
            self._stopped.wait(_LOCKED_OUT_SECONDS)

    def _keep_watch(self) -> None:
        """Ask for a beat whenever the mailbox has news."""
        while not self._stopped.is_set():
            try:
                if self._watch(_LONGEST_WATCH_SECONDS):
                    self._wanted.set()
                    self._stopped.wait(1)
            except PostUnavailable as away:
                _log.debug("the watch on the mailbox broke: %s", away)
                self._stopped.wait(self._every_seconds())
