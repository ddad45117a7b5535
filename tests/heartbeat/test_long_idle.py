"""What a daemon holds after thousands of passes in which nothing is to do: what it held after the first hundreds."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bench.processes import pss_mb
from mailbot.core.opening.plans import Recurring
from tests.office import ToyOffice

WARM = 300
"""After so many passes everything is loaded and remembered that an idle pass needs."""
MOST_MB, MOST_OBJECTS = 3, 300
"""What chance may add, whatever the number of passes."""


def night_after_night(office: ToyOffice) -> Iterator[None]:
    """Make a pass every minute of the hours in which nobody is written to."""
    calendar = office.office.calendar
    while True:
        at = office.clock() + timedelta(minutes=1)
        if calendar.in_office_hours(at):
            at = calendar.closing(calendar.local(at).date()) + timedelta(minutes=1)
        office.clock.set_to(at)
        office.works()
        yield


def held() -> tuple[float, int]:
    """Return what this process holds, in MB (PSS), and how many objects."""
    gc.collect()
    return pss_mb([os.getpid()]), len(gc.get_objects())


@pytest.mark.parametrize("ticks", [5_000, pytest.param(100_000, marks=pytest.mark.sweep)])
def test_memory_is_flat_however_long_nothing_happens(ticks: int) -> None:
    """Cycles come back every quarter and year, and the first is far off."""
    office = ToyOffice()
    recurring = (
        Recurring(key="{year}-tw{quarter}", first_year=2030, quarters=(1, 2, 3, 4)),
        Recurring(key="{year}", first_year=2030, day=5),
    )
    office.has(office=replace(office.office, cycles=(), recurring=recurring))
    passes = night_after_night(office)
    for _ in range(WARM):
        next(passes)
    before, objects = held()
    for _ in range(ticks - WARM):
        next(passes)
    after, more = held()
    assert more - objects < MOST_OBJECTS
    assert after - before < MOST_MB
