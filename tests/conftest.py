"""For all rooms: the real servers, the same examples in every run, and the longest tests first."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.servers.fixtures", "tests.workers"]

# A build says the same of the same source twice, and a busy machine is no fault: `make sweep` looks for new examples.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("searching", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

WAITING = (
    "tests/faults/test_curious_owner",
    "tests/faults/test_cut_anywhere",
    "tests/faults/test_disk_and_database",
    "tests/faults/test_killed",
    "tests/faults/test_two_daemons",
    "tests/cli/test_demo",
    "tests/servers/",
    "tests/heartbeat/",
    "tests/cli/test_rehearse",
    "tests/stories/test_13_libreoffice_away",
)
"""Wait for servers and for other programs much of their time."""
COMPUTING = ("tests/simulation/", "tests/examined/", "tests/years/", "tests/stories/")
"""Want a core for themselves: so many that there are some for as long as others wait."""
LONGEST: tuple[str | tuple[str, ...], ...] = (
    "tests/crash/test_every_seam.py::test_a_death_at_some_seams_changes_nothing_on_postgresql",
    "tests/architecture/test_installing",
    "tests/crash/",
    WAITING + COMPUTING,
    "tests/faults/",
)
"""Begun first, in this order, lest one of them be all that is left to a single worker at the end."""


def pytest_configure() -> None:
    """Let programs that tests start hear Ctrl-C, in a background run too, and let the servers' users read our files."""
    os.umask(0o022)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests, those that compute among those that wait; what is not marked as slow comes last."""
    shares: dict[pytest.Item, float] = {}
    for kind in (WAITING, COMPUTING):
        found = [item for beginning in kind for item in items if item.nodeid.startswith(beginning)]
        shares |= {item: number / len(found) for number, item in enumerate(found)}
    items.sort(key=lambda item: (_place(item), shares.get(item, 0.0)))


def _place(item: pytest.Item) -> int:
    """Return how late a test begins."""
    for number, beginning in enumerate(LONGEST):
        if item.nodeid.startswith(beginning):
            return number
    slow = item.get_closest_marker("slow") or item.get_closest_marker("servers")
    return len(LONGEST) if slow else len(LONGEST) + 1
