"""One office's quarter as it really runs: rehearsed whole in a process of its own, by size, without and with documents.

What a rehearsal does beside (invented staff who fill in forms, mail servers in memory, its own report) is counted in.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.large_office import enlarge
from mailbot.settings.packaged import init

ROOT = Path(__file__).parents[1]
QUARTER = "2026-tw1"
_KIB_PER_MIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one office's quarter came to."""

    units: int
    cpu: float
    """Seconds, of all its processes."""
    wall: float
    peak_mb: float
    """The largest of its processes."""
    ledger_bytes: int
    letters: int
    mails: int


def run(folder: Path, units: int, *, documents: bool, seed: int = 1) -> Run:
    """Rehearse one quarter of an office with so many units."""
    config, into = folder / f"office-{units}", folder / "rehearsal"
    if not config.exists():
        init(config)
        enlarge(config, units)
    command = [sys.executable, "-m", "mailbot", "rehearse", QUARTER, "--config", str(config), "--into", str(into)]
    command += ["--seed", str(seed), *(() if documents else ("--without-documents",))]
    before, began = os.times(), time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - mailbot itself
    after, wall = os.times(), time.perf_counter() - began
    letters, mails = _counted(into / "ledger.db")
    return Run(
        units=units,
        cpu=after.children_user + after.children_system - before.children_user - before.children_system,
        wall=wall,
        peak_mb=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _KIB_PER_MIB,
        ledger_bytes=(into / "ledger.db").stat().st_size,
        letters=letters,
        mails=mails,
    )


def _counted(ledger: Path) -> tuple[int, int]:
    """Return how many letters left, and how many mails came."""
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as database:
        (letters,) = database.execute("SELECT count(*) FROM outbox").fetchone()
        (mails,) = database.execute("SELECT count(*) FROM inbox").fetchone()
    return letters, mails
