"""A plugin of pytest that lets tasks drive the toy office in every test; `python -m tests.tasks` takes it in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tasks.by_tasks import by_tasks

OF_PASSES = ("test_a_long_scan_holds_nobody_else_up",)
"""Asks what a single pass leaves undone; by tasks the pages of a long scan are read turn by turn, in one go."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Put the other driver in place."""
    with by_tasks():
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what is told of passes alone."""
    items[:] = [item for item in items if item.name not in OF_PASSES]
