"""The benches are run by hand, so that what they measure may be renamed under them: each can at least be loaded."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import bench
from bench.__main__ import JOBS
from bench.figures import PAGE

_MODULES = sorted(path.stem for path in Path(bench.__path__[0]).glob("[a-z]*.py"))


@pytest.mark.parametrize("name", _MODULES)
def test_a_bench_can_be_loaded(name: str) -> None:
    """Whatever it imports is still there."""
    assert importlib.import_module(f"bench.{name}").__doc__


@pytest.mark.parametrize("job", JOBS)
def test_what_is_measured_has_its_place_on_the_page(job: str) -> None:
    """`make bench` writes the page whole: each block under the heading that names its command."""
    assert f"`python -m bench {job}`" in PAGE.read_text(encoding="utf-8")
