"""What systemd hears: signs of life while work gets on, and none once it hangs; nothing where nobody listens."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from mailbot.post.supervisor.notifying import Supervisor, supervisor_in
from mailbot.post.supervisor.pulse import PATIENCE_SECONDS, Pulse, Signs, watched_over
from tests.heartbeat.systemd import listening

NOON = datetime(2026, 1, 5, 5, tzinfo=UTC)


class Seconds:
    """Seconds that go on by hand."""

    def __init__(self) -> None:
        """Begin at none."""
        self.gone = 0.0

    def __call__(self) -> float:
        """Return how many have gone."""
        return self.gone


def test_whoever_asks_for_the_time_gets_on_and_what_hangs_is_seen() -> None:
    """For half an hour nothing need happen; three polls are waited for where they lie further apart."""
    seconds = Seconds()
    pulse = Pulse(lambda: NOON, seconds)
    seconds.gone = PATIENCE_SECONDS - 1
    assert pulse.beats(60)
    assert pulse.clock() == NOON
    seconds.gone += PATIENCE_SECONDS - 1
    assert pulse.beats(60)
    seconds.gone += 1
    assert not pulse.beats(60)
    assert pulse.beats(3600)
    seconds.gone += 3 * 3600
    assert not pulse.beats(3600)


def test_a_pass_that_hangs_gives_no_sign_of_life_and_one_that_goes_on_does(tmp_path: Path) -> None:
    """It is said once; when work gets on after all, so do the signs."""
    seconds = Seconds()
    pulse = Pulse(lambda: NOON, seconds)
    supervisor = Supervisor(str(tmp_path / "notify"))
    signs = Signs(supervisor, pulse, lambda: 60)
    with listening(supervisor.address) as said, watched_over(supervisor, signs):
        signs.give()
        seconds.gone = PATIENCE_SECONDS
        signs.give()
        signs.give()
        pulse.clock()
        signs.give()
    heard = [datagram.splitlines()[0] for datagram in said()]
    assert heard == ["READY=1", "WATCHDOG=1", "STATUS=a pass hangs", "WATCHDOG=1", "STOPPING=1"]


def test_nobody_listens_and_nothing_is_said(tmp_path: Path) -> None:
    """No variable, a place where nobody is, one that is no place, a watchdog of another process."""
    assert supervisor_in({}) == Supervisor()
    Supervisor().ready()
    Supervisor(str(tmp_path / "niemand")).ready()
    assert supervisor_in({"NOTIFY_SOCKET": "vsock:2:1234", "WATCHDOG_USEC": "5"}) == Supervisor()
    given = {"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "2000000", "WATCHDOG_PID": str(os.getpid()), "HOME": "/"}
    assert supervisor_in(given) == Supervisor("@x", 2)
    assert given == {"HOME": "/"}
    assert supervisor_in({"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "2000000", "WATCHDOG_PID": "1"}) == Supervisor(
        "@x", 0
    )
