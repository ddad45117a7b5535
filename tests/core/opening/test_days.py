"""What opens when, what is due, and what was missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mailbot.core.opening.arranged import Arranged, arranged_in, arranged_text
from mailbot.core.opening.days import Openings, due, missed, next_key
from tests.core.opening.offices import QUARTERS, returning, wib

BOTH = replace(QUARTERS, quarters=(4,)), replace(QUARTERS, key="{year}", quarters=())
"""A quarter and its year, which open on one day."""
NOTHING: dict[str, Arranged] = {}
OPENS = wib(2026, 4, 6, 7, 30)
"""The third working day after the first quarter, Good Friday being a day off."""
OFFICE = returning(closed=frozenset({date(2026, 4, 3)}))


def opening(at: datetime, openings: Openings | None = None, arranged: dict[str, Arranged] | None = None) -> list[str]:
    """Return what opens at a moment."""
    found = due(at, OFFICE, arranged or NOTHING, lambda: openings or {})
    return [key for key, _ in found]


def arranged(day: date | None, key: str = "2026-tw1") -> dict[str, Arranged]:
    """Return what was said of one opening."""
    return {key: Arranged(key=key, starts_on=day, by="perencanaan", at=wib(2026, 4, 1), reason="Rakor.")}


def test_a_cycle_opens_at_the_first_office_moment_of_its_day_and_for_a_week() -> None:
    """Not a minute before; the machine may be off for a few days; afterwards it is missed."""
    assert opening(OPENS - timedelta(minutes=1)) == []
    assert opening(OPENS) == ["2026-tw1"]
    assert opening(OPENS + timedelta(days=7)) == ["2026-tw1"]
    assert opening(OPENS + timedelta(days=7, minutes=1)) == []
    assert opening(OPENS, {"2026-tw1": None}) == []


def test_what_was_put_off_opens_on_its_other_day() -> None:
    """And not on the day that was planned; a day off moves on to the next working day."""
    off = arranged(date(2026, 4, 11))  # a Saturday
    assert opening(OPENS, arranged=off) == []
    assert opening(wib(2026, 4, 13, 7, 30), arranged=off) == ["2026-tw1"]
    assert opening(OPENS, arranged=arranged(None)) == []
    far = arranged(date(2026, 6, 30))
    assert opening(wib(2026, 6, 30, 7, 30), arranged=far) == ["2026-tw1"]


def told(
    at: datetime, began: datetime, openings: Openings | None = None, said: dict[str, Arranged] | None = None
) -> list[str]:
    """Return what was missed at a moment."""
    found = missed(at, OFFICE, said or NOTHING, began_at=began, openings=openings or {})
    return [one.key for one in found]


def test_a_cycle_that_was_missed_is_told_until_it_is_opened_or_called_off() -> None:
    """A week off, or a year and a half: nothing is forgotten."""
    began = wib(2026, 1, 5)
    assert told(OPENS + timedelta(days=7), began) == []
    assert told(OPENS + timedelta(days=8), began) == ["2026-tw1"]
    assert told(OPENS + timedelta(days=8), began, {"2026-tw1": None}) == []
    assert told(OPENS + timedelta(days=8), began, said=arranged(None)) == []
    assert told(wib(2027, 8, 2), began) == ["2026-tw1", "2026-tw2", "2026-tw3", "2026", "2027-tw1", "2027-tw2"]


def test_what_lay_before_mailbot_began_here_is_not_told() -> None:
    """Whoever sets it up in May hears of no first quarter."""
    assert told(wib(2026, 8, 3), began=wib(2026, 5, 4)) == ["2026-tw2"]


def test_a_cycle_for_which_nothing_is_promised_does_not_open_and_is_told_at_once() -> None:
    """Its forms would be empty; as soon as the targets are there, it opens."""
    bare = replace(OFFICE, indicators=())
    assert due(OPENS, bare, NOTHING, dict) == ()
    (one,) = missed(OPENS, bare, NOTHING, began_at=wib(2026, 1, 5), openings={})
    assert (one.key, one.promised) == ("2026-tw1", False)
    unpaid = replace(OFFICE, budget=tuple(replace(line, budget_idr={}) for line in OFFICE.budget))
    assert due(OPENS, unpaid, NOTHING, dict) == ()


def test_a_cycle_cancelled_before_its_day_still_opens_on_it() -> None:
    """It was opened a month early by mistake; on its day it opens under a key of its own, once."""
    early: Openings = {"2026-tw1": wib(2026, 3, 2)}
    assert opening(OPENS, early) == ["2026-tw1-ulang-1"]
    assert opening(OPENS, {**early, "2026-tw1-ulang-1": None}) == []
    assert opening(OPENS, {**early, "2026-tw1-ulang-1": OPENS}) == []
    assert told(OPENS + timedelta(days=8), wib(2026, 1, 5), early) == ["2026-tw1"]


def test_a_cycle_cancelled_on_its_day_or_later_is_not_opened_again() -> None:
    """Whoever withdraws it wants none; by hand it can still be opened."""
    late: Openings = {"2026-tw1": OPENS + timedelta(hours=2)}
    assert opening(OPENS + timedelta(hours=3), late) == []
    assert told(OPENS + timedelta(days=8), wib(2026, 1, 5), late) == []


@pytest.mark.parametrize(
    ("openings", "key"),
    [
        ({}, "2026"),
        ({"2026": None}, None),
        ({"2026": OPENS}, "2026-ulang-1"),
        ({"2026": OPENS, "2026-ulang-1": None}, None),
        ({"2026": OPENS, "2026-ulang-1": OPENS}, "2026-ulang-2"),
    ],
)
def test_a_cancelled_cycle_keeps_its_key(openings: Openings, key: str | None) -> None:
    """The next one has another: letters and forms that bear the first are never taken for its."""
    assert next_key("2026", openings) == key


def test_several_open_on_one_day() -> None:
    """A quarter and a year, if both are to."""
    office = returning(*BOTH, closed=frozenset({date(2027, 1, 1)}))
    found = due(wib(2027, 1, 6, 7, 30), office, NOTHING, dict)
    assert [key for key, _ in found] == ["2026", "2026-tw4"]


def test_what_was_said_of_openings_survives_as_text() -> None:
    """As the ledger keeps it."""
    both = {**arranged(date(2026, 4, 8)), **arranged(None, "2026")}
    assert arranged_in(arranged_text(both)) == both
    assert arranged_in("") == {}
