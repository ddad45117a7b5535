"""When the heart beats: at once, on news, at its interval, after a beat that failed."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mailbot.errors import LedgerProblem, PostUnavailable
from mailbot.heartbeat import Heartbeat

AN_HOUR = 3600
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What a beat of these tests comes to."""

    trouble: tuple[str, ...] = ()


@dataclass(slots=True)
class Heart:
    """A heart whose beats do what a test says, one after the other, and that stops after the last."""

    beats: list[Callable[[], Came]]
    every_seconds: int = AN_HOUR
    watch: Callable[[float], bool] | None = None
    struck: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def runs(self) -> None:
        """Let it beat, and give it up after a while."""
        heart = Heartbeat(
            self._beat,
            lambda: [self.watch or self._sees_nothing],
            lambda: self.every_seconds,
        )
        self.stop = heart.stop
        given_up = threading.Timer(PATIENCE_SECONDS, heart.stop)
        given_up.start()
        try:
            heart.run()
        finally:
            in_time = given_up.is_alive()
            given_up.cancel()
            self.over.set()
        assert in_time, "it did not stop by itself"

    stop: Callable[[], None] = lambda: None

    def _beat(self) -> Came:
        self.struck += 1
        came = self.beats[self.struck - 1]()
        if self.struck == len(self.beats):
            self.stop()
        return came

    def _sees_nothing(self, seconds: float) -> bool:
        """Watch a mailbox to which nothing comes."""
        self.over.wait(seconds)
        return False


def breaks() -> Came:
    """Be a beat during which the disk is full."""
    raise LedgerProblem("the disk is full")


def goes_wrong() -> Came:
    """Be a beat with a fault of the program in it."""
    raise KeyError("nobody thought of this")


def test_the_first_beat_comes_at_once() -> None:
    """A daemon that was just started does not wait for its interval."""
    heart = Heart([Came])
    heart.runs()
    assert heart.struck == 1


def test_it_beats_at_its_interval_without_any_news() -> None:
    """With a second between beats, three beats come of themselves."""
    heart = Heart([Came, Came, Came], every_seconds=1)
    heart.runs()
    assert heart.struck == 3


def test_an_interval_that_was_changed_holds_from_the_next_beat_on() -> None:
    """The office shortened `poll_seconds` while the daemon ran."""
    heart = Heart([Came, Came, Came], every_seconds=AN_HOUR)

    def shortened() -> Came:
        heart.every_seconds = 1
        return Came()

    heart.beats[0] = shortened
    heart.runs()
    assert heart.struck == 3


def test_news_of_the_mailbox_bring_a_beat_long_before_the_interval() -> None:
    """The watch says once that something came."""
    news = [True]
    heart = Heart([Came, Came])

    def watch(seconds: float) -> bool:
        if news:
            return news.pop()
        heart.over.wait(seconds)
        return False

    heart.watch = watch
    heart.runs()
    assert heart.struck == 2


@pytest.mark.parametrize("failing", [breaks, goes_wrong])
def test_a_beat_that_fails_is_logged_and_the_next_one_comes(
    failing: Callable[[], Came], caplog: pytest.LogCaptureFixture
) -> None:
    """Trouble of the world and faults of the program alike."""
    heart = Heart([failing, Came], every_seconds=1)
    with caplog.at_level(logging.ERROR, logger="mailbot"):
        heart.runs()
    assert heart.struck == 2
    assert [record.getMessage() for record in caplog.records] == ["this pass failed; the next one tries again"]
    assert caplog.records[0].exc_info is not None


def test_a_failing_beat_is_not_tried_again_before_its_time() -> None:
    """A full disk does not make the heart race: an hour's interval stays an hour."""
    heart = Heart([breaks, Came])
    threading.Timer(2.0, lambda: heart.stop()).start()  # noqa: PLW0108 - `stop` is only there once it runs
    heart.runs()
    assert heart.struck == 1


def test_a_watch_that_breaks_is_told_of_and_taken_up_again(caplog: pytest.LogCaptureFixture) -> None:
    """The line to the mailbox breaks once; the next watch brings the news."""
    broke: list[bool] = []
    heart = Heart([Came, Came])

    def watch(seconds: float) -> bool:
        if not broke:
            broke.append(True)
            heart.every_seconds = 1
            raise PostUnavailable("the line broke")
        return True

    heart.watch = watch
    with caplog.at_level(logging.WARNING, logger="mailbot"):
        heart.runs()
    assert heart.struck == 2
    assert "the line broke" in caplog.text


def test_every_mailbox_is_watched_and_one_that_breaks_stops_no_other() -> None:
    """The first watch is broken for good, the second brings news; one that comes later is watched from then on."""
    over, news, late = threading.Event(), threading.Event(), threading.Event()
    struck: list[int] = []

    def broken(seconds: float) -> bool:
        raise PostUnavailable("the line broke")

    def watch(seconds: float) -> bool:
        if not news.is_set():
            news.set()
            return True
        over.wait(seconds)
        return False

    def come_later(seconds: float) -> bool:
        if not late.is_set():
            late.set()
            return True
        over.wait(seconds)
        return False

    def beat() -> Came:
        struck.append(len(struck) + 1)
        if len(struck) == 3:
            heart.stop()
        return Came()

    heart = Heartbeat(beat, lambda: [broken, watch, *([come_later] if len(struck) > 1 else [])], lambda: AN_HOUR)
    given_up = threading.Timer(PATIENCE_SECONDS, heart.stop)
    given_up.start()
    heart.run()
    given_up.cancel()
    over.set()
    assert (struck, news.is_set(), late.is_set()) == ([1, 2, 3], True, True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_beat_under_way_finish(number: signal.Signals) -> None:
    """The signal comes in the middle of a beat; what the beat still does is done, and no other beat begins."""
    done: list[str] = []

    def interrupted() -> Came:
        signal.raise_signal(number)
        done.append("finished")
        return Came()

    before = signal.getsignal(number)
    heart = Heart([interrupted, Came], every_seconds=1)
    heart.runs()
    assert done == ["finished"]
    assert heart.struck == 1
    assert signal.getsignal(number) is before


def test_a_signal_that_does_not_wake_the_main_thread_stops_us_all_the_same() -> None:
    """Another thread takes it while the main thread waits, just as when it comes in the moment before the wait."""
    taken = threading.Event()

    def watch(_seconds: float) -> bool:
        if not taken.is_set() and _waits(threading.main_thread()):
            taken.set()
            signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
        heart.over.wait(0.01)
        return False

    heart = Heart([Came, Came], watch=watch)
    heart.runs()
    assert (heart.struck, taken.is_set()) == (1, True)


def _waits(thread: threading.Thread) -> bool:
    """Say whether the heart, which this thread runs, sleeps until it is called."""
    state = Path(f"/proc/self/task/{thread.native_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    at = sys._current_frames()[thread.ident or 0].f_code.co_name  # noqa: SLF001 - nothing else tells where one stands
    return (state, at) == ("S", "_called")
