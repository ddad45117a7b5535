"""Tests that share something dear to make do run on one worker, whatever pytest and pytest-xdist make of names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.workers import BY_FILE, FIRST_SEEDS, TOGETHER, shared_by

# Each notes in which process it runs, and the first one on a worker waits until the other worker has begun as well.
FILE = """
import os
from pathlib import Path
from threading import Event
import pytest

@pytest.mark.parametrize("number", range(6))
def test_one(number):
    ran = Path({folder!r})
    (ran / f"{{Path(__file__).stem}} {{number}} {{os.environ['PYTEST_XDIST_WORKER']}}").touch()
    while len({{path.name.rpartition(" ")[2] for path in ran.iterdir()}}) < 2:
        Event().wait(0.01)
"""


@pytest.mark.parametrize("beginning", BY_FILE)
def test_what_runs_by_files_is_there(beginning: str) -> None:
    """A room or a file that has got another name stands in the list under that name."""
    assert (ROOT / beginning.removesuffix("::")).exists()
    name = f"{beginning}test_b" if beginning.endswith("::") else f"{beginning}test_a.py::test_b"
    assert shared_by(name) == name.partition("::")[0]


@pytest.mark.parametrize("beginning", [*TOGETHER, *FIRST_SEEDS])
def test_what_runs_together_is_there(beginning: str) -> None:
    """A file or a test that has got another name has its place in the list under that name."""
    place, _, name = beginning.partition("::")
    assert f"def {name.partition('[')[0] or 'test_'}" in (ROOT / place).read_text(encoding="utf-8")
    assert shared_by(beginning) in {*TOGETHER, FIRST_SEEDS[0]}


def test_what_belongs_together_runs_on_one_worker(tmp_path: Path) -> None:
    """Two workers, both at work: the tests of one file share something, those of the other do not."""
    ran = tmp_path / "ran"
    ran.mkdir()
    for place in (TOGETHER[0].removesuffix("::"), "tests/architecture/test_alone.py"):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FILE.format(folder=str(ran)), encoding="utf-8")
    options = ["-n2", "-p", "xdist.plugin", "-p", "tests.workers", "--rootdir=."]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "tests"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    names = [path.name.split() for path in ran.iterdir()]
    assert len(names) == 12
    workers = {
        kind: {worker for stem, _, worker in names if stem == f"test_{kind}"} for kind in ("installing", "alone")
    }
    assert (len(workers["installing"]), len(workers["alone"])) == (1, 2)
