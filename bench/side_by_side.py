"""Measures several ways of one job in one run: each way in every round, shuffled, ratios paired in the round."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

ROUNDS = 15
_SECONDS_IN_MS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of doing a job, and how often it is done in one measurement."""

    name: str
    work: Callable[[], object]
    times: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """CPU milliseconds of one way, and how many times faster than the first way it is (median, and the middle half)."""

    name: str
    cpu_ms: float
    faster: float
    quartiles: tuple[float, float]


def measure(ways: tuple[Way, ...], *, seed: int = 1, rounds: int = ROUNDS) -> tuple[Measured, ...]:
    """Return what each way takes, in the order given; the first one is what the others are compared with."""
    order = Random(seed)  # noqa: S311 - only the order of the rounds
    seen: dict[str, list[float]] = {way.name: [] for way in ways}
    for way in ways:
        way.work()
    for _ in range(rounds):
        for way in order.sample(ways, len(ways)):
            seen[way.name].append(_cpu_ms(way))
    plain = seen[ways[0].name]
    found = []
    for way in ways:
        ratios = [theirs / ours for theirs, ours in zip(plain, seen[way.name], strict=True)]
        low, _, high = statistics.quantiles(ratios, n=4)
        found.append(
            Measured(
                name=way.name,
                cpu_ms=statistics.median(seen[way.name]),
                faster=statistics.median(ratios),
                quartiles=(low, high),
            )
        )
    return tuple(found)


def table(title: str, measured: tuple[Measured, ...]) -> str:
    """Return the figures of one job as a table."""
    lines = [title, f"  {'way':<46}{'cpu ms':>9}{'x faster':>10}   middle half"]
    lines += [
        f"  {one.name:<46}{one.cpu_ms:>9.2f}{one.faster:>10.1f}   {one.quartiles[0]:.1f} - {one.quartiles[1]:.1f}"
        for one in measured
    ]
    return "\n".join(lines)


def _cpu_ms(way: Way) -> float:
    """Return the CPU milliseconds of doing the work once, from several times; what another way left is swept before."""
    gc.collect()
    began = time.process_time()
    for _ in range(way.times):
        way.work()
    return (time.process_time() - began) / way.times * _SECONDS_IN_MS
