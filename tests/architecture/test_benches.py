"""The benches are run by hand, so that what they measure may be renamed under them: each can at least be loaded."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import bench

_MODULES = sorted(path.stem for path in Path(bench.__path__[0]).glob("[a-z]*.py"))


@pytest.mark.parametrize("name", _MODULES)
def test_a_bench_can_be_loaded(name: str) -> None:
    """Whatever it imports is still there."""
    assert importlib.import_module(f"bench.{name}").__doc__
