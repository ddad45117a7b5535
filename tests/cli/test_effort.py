"""What a piece of work cost: this process and its child together, also a child that was killed at it."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection

from mailbot.cli.explaining import Meter

MIB = 1024 * 1024


def burn(line: Connection) -> None:
    """Be a child that, each time it is told how many seconds, burns them with 64 MiB in its hands."""
    while True:
        seconds = line.recv()
        held = bytearray(64 * MIB)
        end = time.process_time() + seconds
        while time.process_time() < end:
            held[0] = 1
        line.send(len(held))


def test_the_work_of_a_child_that_lives_is_counted() -> None:
    """Only what it did since; CPU time and memory."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(target=burn, args=(theirs,), daemon=True)
    child.start()
    ours.send(0.5)
    ours.recv()
    idle = Meter().read()
    meter = Meter()
    ours.send(0.3)
    ours.recv()
    worked = meter.read()
    child.kill()
    child.join()
    assert idle.cpu_seconds < 0.2
    assert 0.3 <= worked.cpu_seconds < 0.8
    assert worked.peak_mb > idle.peak_mb + 32


def test_the_work_of_a_child_that_was_killed_is_counted() -> None:
    """It is read from what the system kept of it, without what it had done before."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(target=burn, args=(theirs,), daemon=True)
    child.start()
    ours.send(0.5)
    ours.recv()
    meter = Meter()
    ours.send(0.3)
    ours.recv()
    child.kill()
    child.join()
    assert 0.3 <= meter.read().cpu_seconds < 0.8


def test_our_own_work_is_counted() -> None:
    """Without any child."""
    meter = Meter()
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    effort = meter.read()
    assert 0.2 <= effort.cpu_seconds < 0.6
    assert effort.peak_mb > 5
