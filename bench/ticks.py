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
TENTHS = 10
SAMPLE = 1_000
_MS = 1_000
_FIRST_YEAR = 2027
"""The first cycle opens after the last tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted over some passes."""

    statements: int
    objects: int


def main() -> None:
    """Print the first tenth of the looks beside the last, and the slowest."""
    office = _quiet()
    first = _counted(office)
    tenths = [statistics.median(_tick(office) for _ in range(TICKS // TENTHS)) for _ in range(TENTHS)]
    last = _counted(office)
    print(f"Ticks: {TICKS:,} passes in which nothing is to do, cycles that come back; CPU of one core, medians")
    print(f"  {'':>14}{'ms':>8}{'statements':>12}{'objects':>10}")
    print(f"  {'first tenth':>14}{tenths[0]:>8.2f}{first.statements:>12}{first.objects:>10}")
    print(f"  {'slowest tenth':>14}{max(tenths):>8.2f}")
    print(f"  {'last tenth':>14}{tenths[-1]:>8.2f}{last.statements:>12}{last.objects:>10}")
    print(f"  the last against the first: {tenths[-1] / tenths[0]:.2f} times")


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


def _counted(office: ToyOffice) -> Counted:
    """Count what some passes ask the ledger, and what is held after them."""
    with statements_of(office.ledger.engine) as seen:
        for _ in range(SAMPLE):
            _tick(office)
        asked = len(seen)
    gc.collect()
    return Counted(statements=round(asked / SAMPLE), objects=len(gc.get_objects()))
