"""How the tests go to the workers of pytest-xdist: one by one and in order, but those that share something together."""

from __future__ import annotations

import gc

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER = (
    "tests/architecture/test_installing.py::",
    "tests/architecture/test_wheel.py::",
    "tests/reading/test_corpus.py::",
    "tests/reading/test_hostile.py::test_a_hostile_mail_costs_little[",
    "tests/writing/report/test_accountability.py::",
    "tests/writing/report/test_contradictions.py::",
    "tests/writing/report/test_paper.py::",
    "tests/writing/report/test_report.py::",
)
"""Tests that share something dear to make: it is made once if all whose names begin so run on one worker."""
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
    return next((beginning for beginning in TOGETHER if nodeid.startswith(beginning)), nodeid)


class OneByOne(LoadScopeScheduling):  # type: ignore[misc] # pytest-xdist has no types
    """Gives a worker the next test, with all that belong to it.

    pytest-xdist's own way, marks and `--dist loadgroup`, does nothing since pytest 9.2: it writes behind a test's name
    where it belongs, and the name can no longer be changed.
    """

    def _split_scope(self, nodeid: str) -> str:
        """Return what the test belongs to."""
        return shared_by(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneByOne:
    """Say how tests go to the workers."""
    config.option.loadscopereorder = False  # else what belongs together would go before what takes longest
    return OneByOne(config, log)


def pytest_collection_finish() -> None:
    """Keep what is there now out of every later search for garbage: thousands of tests, and they stay to the end."""
    gc.collect()
    gc.freeze()
