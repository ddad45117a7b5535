"""`status` tells the machine's own watchers when a mailbox has been silent for too long, and passes that fail ring."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.cli.watching import Failing
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.files.watchdog import Watchdog
from tests.clerk.test_watchdog import Bell
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.given import given
from tests.office import ToyOffice


@pytest.fixture
def office(here: Path) -> ToyOffice:
    """The office on the day it opens, its ledger in a file."""
    office_in(here)
    return worked_in(here)


def proved(office: ToyOffice, minutes_ago: float) -> None:
    """Let the silent mailbox have answered so long ago."""
    at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    office.ledger.notes.write("proved_poll", at.isoformat())


@pytest.mark.parametrize("words", [("status",), ("status", "--json")])
def test_status_ends_with_1_when_the_last_proved_poll_is_too_old(office: ToyOffice, words: tuple[str, ...]) -> None:
    """After half an hour, unless the office says otherwise; before anything ran in earnest nothing is too old."""
    assert mailbot("--config", "kantor", *words).code == 0
    proved(office, 29)
    assert mailbot("--config", "kantor", *words).code == 0
    proved(office, 31)
    ran = mailbot("--config", "kantor", *words)
    assert ran.code == 1
    assert "31 minutes ago: does mailbot run, and its mail server?" in ran.err


def test_the_time_is_the_offices_own(office: ToyOffice) -> None:
    """Zero minutes: never too old."""
    path = Path("kantor/office.yaml")
    proved(office, 31)
    for minutes, code in ((0, 0), (30, 1), (60, 0)):
        write_settings(path, {"watchdog.after_minutes": minutes})
        assert mailbot("--config", "kantor", "status").code == code


def test_passes_that_keep_failing_are_told_once_over_the_second_channel() -> None:
    """The ledger may be what fails, so this is kept in memory; the first good pass after it is told as well."""
    office = ToyOffice()
    bell = Bell()
    clerk = given(office.clerk, ring=bell.ring, watchdog=Watchdog(after_minutes=30))
    failing = Failing()
    failing.worked(clerk)
    for minutes in (0, 10, 29):
        office.clock.set_to(office.clock() + timedelta(minutes=minutes and 10))
        failing.failed(clerk)
    assert bell.heard == []
    for _ in range(5):
        office.clock.set_to(office.clock() + timedelta(minutes=10))
        failing.failed(clerk)
    failing.worked(clerk)
    failing.worked(clerk)
    assert bell.heard == [("broken", "pass_failed"), ("recovered", "pass_failed")]
