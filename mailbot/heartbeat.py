"""What makes mailbot move by itself: a pass every so many seconds, sooner when mail arrives, until told to stop.

APScheduler only ticks (one in-memory job, missed ticks folded into one); what is due stands in the ledger, so a tick
that never came is made good by the next one.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
import time
from contextlib import contextmanager
from contextvars import copy_context
from typing import TYPE_CHECKING, Protocol

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from mailbot.errors import PostUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_log = logging.getLogger("mailbot")
_AFTER_FAILURE_SECONDS = 1.0
_LONGEST_WATCH_SECONDS = 300.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_JOB = "beat"
_BEAT, _STOP = True, False


class Watch(Protocol):
    """Waits for news of one mailbox; two that are equal watch the same."""

    def __call__(self, seconds: float, /) -> bool:
        """Wait so many seconds at most; True if there may be news.

        Raises:
            PostUnavailable: the mailbox cannot be watched now.
        """

    def __hash__(self) -> int:
        """Equal watches have equal hashes."""


class Heartbeat:
    """Strikes until a signal comes; a beat that fails is logged, and the next one comes all the same."""

    def __init__(
        self,
        beat: Callable[[], object],
        watches: Callable[[], Collection[Watch]],
        every_seconds: Callable[[], int],
    ) -> None:
        """Set the heart up; `run` lets it beat.

        Args:
            beat: one pass.
            watches: what to wait with for news, each of a mailbox and in a thread of its own; asked again after each
                beat, so that a mailbox may come or go.
            every_seconds: how long to wait at most between beats; asked again after each one.
        """
        self._beat = beat
        self._watches = watches
        self._watching: dict[Watch, threading.Thread] = {}
        self._every_seconds = every_seconds
        # Unlike an Event, a SimpleQueue may be put to from a signal handler, whatever the main thread does just then.
        self._calls: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._stopped = threading.Event()

    def run(self) -> None:
        """Beat until SIGTERM or SIGINT; the beat under way is finished first. Only the main thread may run it."""
        with self._signals(), self._ticks() as keep_pace:
            self._go_on(keep_pace)
        _log.info("stopped")

    def run_among_others(self) -> None:
        """Beat until `stop`, in any thread: one heart of several in a process, whose main thread hears the signals.

        No scheduler of its own ticks; what is waited for in vain for so many seconds is a beat by itself.
        """
        self._go_on(None)

    def _go_on(self, keep_pace: Callable[[], None] | None) -> None:
        """Beat until told to stop.

        Args:
            keep_pace: takes up a rhythm that was changed; None: nothing ticks, the pace is kept by waiting.
        """
        try:
            self._calls.put(_BEAT)
            while self._called(None if keep_pace is not None else float(self._every_seconds())):
                rest = self._strike()
                if keep_pace is not None:
                    keep_pace()
                self._begin_watches()
                if rest and self._told_to_stop_within(rest):
                    break
        finally:
            self._stopped.set()

    def stop(self) -> None:
        """Stop after the beat under way."""
        self._calls.put(_STOP)

    def wait_for_watches(self, seconds: float) -> None:
        """Wait for the threads of the watches, each so long at most, once it has stopped and they were let go."""
        for thread in self._watching.values():
            thread.join(seconds)

    def _called(self, within: float | None) -> bool:
        """Wait until a beat is wanted, several calls being one, or so many seconds; False if told to stop."""
        try:
            calls = [self._calls.get(timeout=within)]
        except queue.Empty:
            return True
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
            self._beat()
        except Exception:  # noqa: BLE001 - what a pass did is committed, what it did not waits in the ledger
            _log.exception("this pass failed; the next one tries again")
            return _AFTER_FAILURE_SECONDS
        return 0.0

    def _begin_watches(self) -> None:
        """Give every mailbox that is not watched yet a thread; one that is ours no more ends by itself."""
        self._watching = {watch: thread for watch, thread in self._watching.items() if thread.is_alive()}
        for watch in self._watches():
            if watch not in self._watching:
                told = copy_context().run, self._keep_watch, watch  # whose log it is stays known in its thread
                thread = threading.Thread(target=told[0], args=told[1:], name="mailbox-watch", daemon=True)
                self._watching[watch] = thread
                thread.start()

    def _keep_watch(self, watch: Watch) -> None:
        """Ask for a beat whenever a mailbox has news."""
        while not self._stopped.is_set() and watch in self._watches():
            try:
                if watch(_LONGEST_WATCH_SECONDS):
                    self._calls.put(_BEAT)
            except PostUnavailable as away:
                if self._stopped.is_set():
                    return
                _log.warning("a mailbox cannot be watched, it is looked into every so often: %s", away)
                self._stopped.wait(self._every_seconds())

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Let the two signals stop us, and give them back afterwards.

        A handler in Python runs only once the main thread goes on; one that was just about to wait, or beside which
        another thread took the signal, does not. So the system's own handler writes to a pipe that a thread reads.
        """
        told, tells = os.pipe()
        os.set_blocking(tells, False)
        former = {number: signal.signal(number, lambda *_: self.stop()) for number in _SIGNALS}
        former_pipe = signal.set_wakeup_fd(tells)
        listener = threading.Thread(target=self._listen, args=(told,), name="signals", daemon=True)
        listener.start()
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(former_pipe)
            os.close(tells)
            listener.join()
            os.close(told)

    def _listen(self, told: int) -> None:
        """Stop at the first signal that the pipe brings; it ends with the pipe."""
        while os.read(told, 1):
            self.stop()

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
