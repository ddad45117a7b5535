"""How the tests go to the workers of pytest-xdist: in order, one by one or by files, what shares something together."""

from __future__ import annotations

import gc

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

TOGETHER = (
    "tests/architecture/test_installing.py::",
    "tests/architecture/test_wheel.py::",
    "tests/cli/test_open_cycles.py::",
    "tests/cli/test_setting_up.py::",
)
"""Tests that share something dear to make: it is made once if all whose names begin so run on one worker."""
BY_FILE = (
    "tests/clerk/",
    "tests/core/",
    "tests/ledger/",
    "tests/post/",
    "tests/reading/",
    "tests/settings/",
    "tests/stories/",
    "tests/writing/",
)
"""Hundreds of moments each: to ask for every one takes longer than the test; and what a file makes is made once."""
_SEEDS = "tests/simulation/test_simulation.py::test_"
FIRST_SEEDS = (
    *(f"{_SEEDS}every_invariant_holds_in_five_hundred_seeds[{first}]" for first in range(0, 500, 100)),
    f"{_SEEDS}every_kind_of_fault_befalls_the_first_hundred_seeds",
    f"{_SEEDS}what_must_sometimes_happen_does",
)
"""The same seeds, played once."""


def shared_by(nodeid: str) -> str:
    """Return the name of what a test shares with others, else its own."""
    if nodeid in FIRST_SEEDS:
        return FIRST_SEEDS[0]
    if nodeid.startswith(BY_FILE):
        return nodeid.partition("::")[0]
    return next((beginning for beginning in TOGETHER if nodeid.startswith(beginning)), nodeid)


class OneByOne(LoadScopeScheduling):  # type: ignore[misc] # pytest-xdist has no types
    """Gives a worker the next test, with all that belong to it.

    pytest-xdist's own way, marks and `--dist loadgroup`, does nothing since pytest 9.2: it writes behind a test's name
    where it belongs, and the name can no longer be changed.
    """

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        """Know no test yet."""
        super().__init__(config, log)
        self.numbers: dict[str, int] = {}
        """A test's name -> its number, the same on every worker."""

    def _split_scope(self, nodeid: str) -> str:
        """Return what the test belongs to."""
        return shared_by(nodeid)

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """Forget what a worker has done: pytest-xdist counts all that was ever given to it, after every test."""
        given = self.assigned_work[node]
        name = self.registered_collections[node][item_index]
        scope = shared_by(name)
        if all(done for other, done in given[scope].items() if other != name):
            del given[scope]
            self._reschedule(node)
        else:
            super().mark_test_complete(node, item_index, duration)

    def _assign_work_unit(self, node: WorkerController) -> None:
        """Give a worker the next tests by their numbers, which pytest-xdist seeks through all of them for each."""
        if not self.numbers:
            self.numbers.update((name, number) for number, name in enumerate(self.registered_collections[node]))
        scope, tests = self.workqueue.popitem(last=False)
        self.assigned_work[node][scope] = tests
        node.send_runtest_some([self.numbers[name] for name, done in tests.items() if not done])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneByOne:
    """Say how tests go to the workers."""
    config.option.loadscopereorder = False  # else what belongs together would go before what takes longest
    return OneByOne(config, log)


def pytest_collection_finish() -> None:
    """Keep what is there now out of every later search for garbage: thousands of tests, and they stay to the end."""
    gc.collect()
    gc.freeze()
