"""F19: a clock that jumps a year ahead, goes back a day, or belongs to a machine of another zone."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.cli.daemon import Daemon
from mailbot.cli.watching import ClockWatch
from mailbot.ledger.values import LetterState
from mailbot.rehearsal.clock import HandClock
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.settings.loading import load
from tests.heartbeat.running import SECRETS, asks_for_status, secretary, served
from tests.office import CYCLE, ToyOffice, requested

MONDAY = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def reminded(office: ToyOffice) -> int:
    """Return how many reminders people have got."""
    return len([one for one in office.ledger.letters.listing(LetterState.SENT, limit=1000) if "remind" in one.kind])


def test_a_year_ahead_brings_no_storm_of_letters() -> None:
    """Every unit is reminded once at most, whatever number of weeks the clock has passed over."""
    office = requested()
    sent = len(office.post.delivered)
    office.silent_until(office.clock() + timedelta(days=365))
    first = len(office.post.delivered) - sent
    for _ in range(5):
        office.works()
    assert len(office.post.delivered) - sent == first
    keys = office.letter_keys()
    assert len(keys) == len(set(keys))
    people = [letter.person for letter in office.ledger.letters.listing(limit=1000) if "remind" in letter.kind]
    assert len(people) == len(set(people))


def test_a_day_back_sends_nothing_and_nothing_again() -> None:
    """What has left stays left; the clock catches up, and the story goes on."""
    office = requested()
    sent, cycle = list(office.post.delivered), office.cycle()
    # A clock set by hand only goes forward; this one is set wrong.
    office.clock.moment -= timedelta(days=1)
    office.works()
    assert office.post.delivered == sent
    assert office.cycle() == cycle
    office.clock.moment += timedelta(days=1)
    office.works()
    assert office.post.delivered == sent


@pytest.fixture(params=["Asia/Tokyo", "America/New_York", "UTC"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine whose own zone is not the office's, two of the three with another day at the same moment."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_the_zone_of_the_machine_means_nothing(zone: str) -> None:
    """The cycle opens at half past seven in Jakarta, and its first deadline is the same to the minute."""
    office = ToyOffice()
    assert office.clock() == MONDAY
    office.clock.moment -= timedelta(minutes=1)
    office.works()
    assert office.ledger.cycles.get(CYCLE) is None, zone
    office.silent_until(MONDAY)
    assert office.cycle().due_at == datetime(2026, 1, 6, 9, 0, tzinfo=UTC), zone


def test_a_leap_day_and_the_end_of_a_year_are_days_like_others() -> None:
    """A working day is counted from one day to the next, over both."""
    calendar = ToyOffice().office.calendar
    for moment, following in (
        (datetime(2028, 2, 28, 3, 0, tzinfo=UTC), (2028, 2, 29)),
        (datetime(2028, 2, 29, 3, 0, tzinfo=UTC), (2028, 3, 1)),
        (datetime(2026, 12, 31, 3, 0, tzinfo=UTC), (2027, 1, 4)),
    ):
        day = calendar.next_working_day(calendar.local(moment).date())
        assert (day.year, day.month, day.day) == following


@pytest.mark.parametrize(
    ("told", "true", "jump"),
    [
        (HOUR, 3600.0, timedelta()),
        (35 * HOUR, 0.0, timedelta()),
        (37 * HOUR, 0.0, 37 * HOUR),
        (-48 * HOUR, 0.0, -48 * HOUR),
        (48 * HOUR, 48 * 3600.0, timedelta()),
    ],
)
def test_only_a_clock_that_was_set_by_days_is_a_jump(told: timedelta, true: float, jump: timedelta) -> None:
    """A correction is none, nor is a machine that was off for two days."""
    wall, counted = HandClock(MONDAY), [0.0]
    watch = ClockWatch(wall, lambda: counted[0])
    wall.moment += told
    counted[0] += true
    assert watch.jump() == jump
    assert watch.jump() == timedelta()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedServer]:
    """The sample office in ./kantor and its mail server."""
    monkeypatch.chdir(tmp_path)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    with served(tmp_path) as running_server:
        yield running_server


def test_a_daemon_whose_clock_was_set_holds_its_letters_until_the_operator_says_so(
    server: EmbeddedServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Mail is read and decided as ever; the answer waits."""
    settings = load(tmp_path / "kantor", SECRETS)
    wall = HandClock(MONDAY)
    daemon = Daemon(tmp_path / "kantor", settings, ClockWatch(wall, lambda: 0.0))
    try:
        daemon.beat()
        wall.set_to(MONDAY + timedelta(days=365))
        asks_for_status(secretary(server))
        with caplog.at_level(logging.ERROR, logger="mailbot"):
            passed = daemon.beat()
        assert (passed.worked, passed.sent) == (1, 0)
        assert "set by +8760 hours" in caplog.text
        daemon._clerk.books.ledger.outbox.release_all()  # noqa: SLF001 - as `mailbot outbox release` does beside it
        assert daemon.beat().sent >= 1
    finally:
        daemon.close()
