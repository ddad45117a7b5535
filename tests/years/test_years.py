"""Office-years: what must hold on the wire in any year of random events holds, and a planted fault is found."""

from __future__ import annotations

import pytest

from tests.years.planted import FAULTS, Fault
from tests.years.result import Result
from tests.years.sample import settings
from tests.years.year import play

YEARS, AT_A_TIME, MANY = 100, 10, 2000
_WITHIN = 12
"""Within so many years a planted fault has to be found."""


def hold(first: int, count: int) -> None:
    """Play years, and fail with the numbers of those in which a rule was broken; each is told by its number."""
    played = [play(number, settings()) for number in range(first, first + count)]
    broken = [f"python -m tests.years {one.number}: rule {one.breaches[0]}" for one in played if one.breaches]
    assert not broken, "\n".join(broken)
    assert sum(one.closed for one in played) >= count
    assert sum(one.letters["reminder"] + one.letters["reminder_today"] for one in played) > count


@pytest.mark.parametrize("first", range(0, YEARS, AT_A_TIME))
def test_nobody_is_reminded_in_vain_or_forgotten_in_a_hundred_office_years(first: int) -> None:
    """The ten rules of `tests/years/rules.py`, on the wire."""
    hold(first, AT_A_TIME)


@pytest.mark.sweep
@pytest.mark.parametrize("first", range(YEARS, MANY, YEARS))
def test_nobody_is_reminded_in_vain_or_forgotten_in_two_thousand(first: int) -> None:
    """The same, for the long run."""
    hold(first, YEARS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found_by_its_rule(fault: Fault) -> None:
    """A judge that finds nothing would prove nothing."""
    with fault.planted():
        years = (fault.likely, *range(_WITHIN))
        assert any(_finds(fault, play(number, settings(), fault.parts)) for number in years)


def _finds(fault: Fault, result: Result) -> bool:
    """Say whether a year has shown the fault by its rule."""
    return any(breach.startswith(f"{fault.rule}:") for breach in result.breaches)


def test_a_year_is_the_same_whenever_it_is_played() -> None:
    """It is given by its number alone, to be told and mended."""
    assert play(3, settings()) == play(3, settings())
