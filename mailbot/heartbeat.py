"""What makes mailbot move by itself: a pass every so many seconds, sooner when mail arrives, until told to stop.

APScheduler only ticks (one in-memory job, missed ticks folded into one); what is due stands in the ledger, so a tick
that never came is made good by the next one.
"""

from __future__ import annotations

import logging
import queue
import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from mailbot.errors import PostUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_log = logging.getLogger("mailbot")
LOCKED_OUT_SECONDS = 15 * 60.0
"""A server that refuses our credentials is not asked more often than this (F14)."""
_AFTER_FAILURE_SECONDS = 1.0
_LONGEST_WATCH_SECONDS = 300.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_JOB = "beat"
_BEAT, _STOP = True, False


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
        self,
        beat: Callable[[], Result],
        watch: Callable[[float], bool],
        every_seconds: Callable[[], int],
        *,
        locked_out_seconds: float = LOCKED_OUT_SECONDS,
    ) -> None:
        """Set the heart up; `run` lets it beat.

        Args:
            beat: one pass.
            watch: waits so many seconds for news of the mailbox; True if there may be some. In a thread of its own.
            every_seconds: how long to wait at most between beats; asked again after each one.
            locked_out_seconds: how long to leave the servers alone once they refuse our credentials.
        """
        self._beat = beat
        self._watch = watch
        self._every_seconds = every_seconds
        self._locked_out_seconds = locked_out_seconds
        # Unlike an Event, a SimpleQueue may be put to from a signal handler, whatever the main thread does just then.
        self._calls: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._may_watch = threading.Event()
        self._stopped = threading.Event()

    def run(self) -> None:
        """Beat until SIGTERM or SIGINT; the beat under way is finished first. Only the main thread may run it."""
        with self._signals(), self._ticks() as keep_pace:
            threading.Thread(target=self._keep_watch, name="mailbox-watch", daemon=True).start()
            try:
                self._calls.put(_BEAT)
                while self._called():
                    rest = self._strike()
                    keep_pace()
                    if rest and self._told_to_stop_within(rest):
                        break
            finally:
                self._stopped.set()
                self._may_watch.set()
        _log.info("stopped")

    def stop(self) -> None:
        """Stop after the beat under way."""
        self._calls.put(_STOP)

    def _called(self) -> bool:
        """Wait until a beat is wanted, several calls being one; False if told to stop."""
        calls = [self._calls.get()]
        while not self._calls.empty():
            calls.append(self._calls.get())
        return _STOP not in calls

    def _told_to_stop_within(self, seconds: float) -> bool:
        """Rest so long; a call for a beat waits until then. True if told to stop meanwhile."""
        end, called = time.monotonic() + seconds, False
        while (left := end - time.monotonic()) > 0:
            try:
                if self._calls.get(timeout=left) == _STOP:
                    return True
                called = True
            except queue.Empty:
                break
        if called:
            self._calls.put(_BEAT)
        return False

    def _strike(self) -> float:
        """Beat once; return how many seconds to rest before the next beat, whoever calls for it."""
        try:
            result = self._beat()
        except Exception:  # noqa: BLE001 - what a pass did is committed, what it did not waits in the ledger
            _log.exception("this pass failed; the next one tries again")
            return _AFTER_FAILURE_SECONDS
        if result.locked_out:
            self._may_watch.clear()
            _log.error(
                "a mail server refuses our credentials; waiting %d minutes before the next try",
                round(self._locked_out_seconds / 60),
            )
            return self._locked_out_seconds
        self._may_watch.set()
        return 0.0

    def _keep_watch(self) -> None:
        """Ask for a beat whenever the mailbox has news; never while the servers refuse our credentials."""
        while self._may_watch.wait() and not self._stopped.is_set():
            try:
                if self._watch(_LONGEST_WATCH_SECONDS):
                    self._calls.put(_BEAT)
            except PostUnavailable as away:
                _log.warning("the mailbox cannot be watched, it is looked into every so often: %s", away)
                self._stopped.wait(self._every_seconds())

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Let the two signals stop us, and give them back afterwards."""
        former = {number: signal.signal(number, lambda *_: self.stop()) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    @contextmanager
    def _ticks(self) -> Iterator[Callable[[], None]]:
        """Call for a beat every so many seconds; give a function that takes up a rhythm that was changed."""
        scheduler = BackgroundScheduler(timezone="UTC")
        pace = self._every_seconds()
        scheduler.add_job(
            self._calls.put,
            _every(pace),
            args=(_BEAT,),
            id=_JOB,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        scheduler.start()

        def keep_pace() -> None:
            nonlocal pace
            if (wanted := self._every_seconds()) != pace:
                pace = wanted
                scheduler.reschedule_job(_JOB, trigger=_every(pace))

        try:
            yield keep_pace
        finally:
            scheduler.shutdown(wait=False)


def _every(seconds: int) -> IntervalTrigger:
    """Return a trigger that fires every so many seconds."""
    return IntervalTrigger(seconds=seconds, timezone="UTC")
