"""What 100,000 looks at the clock cost in which nothing is to do: milliseconds, statements, objects, first and last.

Cycles come back every quarter and year; the clock stands in hours in which nobody is written to. The post is in memory.
"""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass, replace
from datetime import timedelta

from bench.growth import statements_of
from mailbot.core.opening.plans import Recurring
from tests.office import ToyOffice

TICKS = 100_000
SAMPLE = 1_000
_MS = 1_000
_FIRST_YEAR = 2027
"""The first cycle opens after the last tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What some passes cost."""

    ms: float
    statements: int
    objects: int


def main() -> None:
    """Print the first thousand looks beside the last."""
    office = _quiet()
    first = _sample(office, SAMPLE)
    for _ in range(TICKS - 2 * SAMPLE):
        _tick(office)
    last = _sample(office, SAMPLE)
    print(f"Ticks: {TICKS:,} passes in which nothing is to do, cycles that come back; CPU, median of {SAMPLE:,}")
    print(f"  {'':>10}{'ms':>8}{'statements':>12}{'objects':>10}")
    for name, one in (("first", first), ("last", last)):
        print(f"  {name:>10}{one.ms:>8.2f}{one.statements:>12}{one.objects:>10}")
    print(f"  the last against the first: {last.ms / first.ms:.2f} times")


def _quiet() -> ToyOffice:
    """Return the office with nothing but cycles that come back."""
    office = ToyOffice()
    recurring = (
        Recurring(key="{year}-tw{quarter}", first_year=_FIRST_YEAR, quarters=(1, 2, 3, 4)),
        Recurring(key="{year}", first_year=_FIRST_YEAR, day=5),
    )
    office.has(office=replace(office.office, cycles=(), recurring=recurring))
    return office


def _tick(office: ToyOffice) -> float:
    """Make a pass a minute later, at night; return its CPU in milliseconds."""
    calendar, at = office.office.calendar, office.clock() + timedelta(minutes=1)
    if calendar.in_office_hours(at):
        at = calendar.closing(calendar.local(at).date()) + timedelta(minutes=1)
    office.clock.set_to(at)
    began = time.process_time()
    office.works()
    return (time.process_time() - began) * _MS


def _sample(office: ToyOffice, count: int) -> Sample:
    """Measure some passes."""
    with statements_of(office.ledger.engine) as seen:
        took = [_tick(office) for _ in range(count)]
        asked = len(seen)
    gc.collect()
    return Sample(ms=statistics.median(took), statements=round(asked / count), objects=len(gc.get_objects()))
