"""What a new configuration would take from a cycle under way, and what it may change without taking anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.model.indicators import Period
from mailbot.core.model.office import Office
from mailbot.core.procedure.compare import Lack, Lacking, UnderWay, compare
from tests.core.play import collecting
from tests.offices.small import OFFICE, YEAR

CYCLE = collecting().cycle
ASKED = {form.unit: OFFICE.asked_codes(form.unit, CYCLE.period) for form in CYCLE.units}
NOTED = UnderWay(cycle=CYCLE, asked=ASKED, written_to=frozenset({"kabid-capil", "sekretaris"}))
BEFORE = UnderWay(cycle=CYCLE, asked={}, written_to=frozenset())
"""A cycle opened before that was noted."""


def without(unit: str = "", code: str = "", person: str = "") -> Office:
    """Return the office without these."""
    roster = replace(
        OFFICE.roster,
        units=tuple(one for one in OFFICE.roster.units if one.key != unit),
        people=tuple(one for one in OFFICE.roster.people if one.key != person),
    )
    return replace(OFFICE, roster=roster, indicators=tuple(one for one in OFFICE.indicators if one.code != code))


def lack(what: Lacking, name: str, unit: str = "") -> Lack:
    """Return something that the cycle lacks."""
    return Lack(cycle=YEAR, what=what, name=name, unit=unit)


@pytest.mark.parametrize(
    ("new", "lacks"),
    [
        (OFFICE, ()),
        (without("CAPIL"), (lack(Lacking.UNIT, "CAPIL"),)),
        (without(code="IKU-02"), (lack(Lacking.CODE, "IKU-02", "DAFDUK"),)),
        (without(person="kabid-capil"), (lack(Lacking.PERSON, "kabid-capil"),)),
        (without(person="kabid-piak"), ()),
        (replace(OFFICE, cycles=()), (lack(Lacking.CYCLE, YEAR),)),
        (
            replace(OFFICE, cycles=(replace(OFFICE.plan(YEAR), period=Period(year=2025, quarter=4)),)),
            (lack(Lacking.PERIOD, YEAR),),
        ),
    ],
)
def test_what_a_cycle_under_way_would_lack(new: Office, lacks: tuple[Lack, ...]) -> None:
    """By what was noted when it opened, whatever is in force now; who was never written to may go."""
    assert compare(None, new, [NOTED]) == compare(OFFICE, new, [NOTED]) == lacks
    assert compare(OFFICE, new, []) == ()


def test_of_an_older_cycle_the_configuration_in_force_tells_what_was_asked() -> None:
    """At the start nobody knows."""
    assert compare(OFFICE, without(code="IKU-02"), [BEFORE]) == (lack(Lacking.CODE, "IKU-02", "DAFDUK"),)
    assert compare(None, without(code="IKU-02"), [BEFORE]) == ()


def test_everything_that_is_lacking_is_named() -> None:
    """A unit that is gone hides nothing of the next one; in the order of the cycle's units, then who was written to."""
    new = without("SEKRETARIAT", "IKU-02", "kabid-capil")
    assert compare(OFFICE, new, [NOTED]) == (
        lack(Lacking.UNIT, "SEKRETARIAT"),
        lack(Lacking.CODE, "IKU-02", "DAFDUK"),
        lack(Lacking.PERSON, "kabid-capil"),
    )
    assert compare(OFFICE, new, [NOTED, NOTED]) == 2 * compare(OFFICE, new, [NOTED])
