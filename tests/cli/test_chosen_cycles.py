"""Which cycles `plan` and `rehearse` take where nobody names one: what is under way or to come, nothing past."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailbot.cli.planning import chosen
from mailbot.cli.rehearsing import wanted_plans
from mailbot.core.codes.languages import Language
from mailbot.core.model.office import Office
from mailbot.core.opening.plans import Recurring
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from mailbot.settings.sayings.catalogue import speech

SAY = speech(Language.ENGLISH)
QUARTERS = Recurring(key="{year}-tw{quarter}", first_year=2026, quarters=(1, 2, 3))
YEARS = Recurring(key="{year}", first_year=2026, day=5)


def office(*recurring: Recurring) -> Office:
    """Return the sample office, whose own cycles open in January and April 2026, with these beside them."""
    return replace(load(sample_folder(), {}).office(), recurring=recurring)


def keys(known: Office, at: datetime) -> list[str]:
    """Return what `plan` takes."""
    return [plan.key for plan in chosen(known, at, None, None, SAY)]


def test_plan_tells_what_is_under_way_and_to_come(capsys: pytest.CaptureFixture[str]) -> None:
    """On the last of November the quarters of the year are over; in November the third may still be under way."""
    known = office(QUARTERS, YEARS)
    to_come = ["2026", "2027-tw1", "2027-tw2", "2027-tw3"]
    assert keys(known, datetime(2026, 12, 7, tzinfo=UTC)) == to_come
    assert keys(known, datetime(2026, 11, 2, tzinfo=UTC)) == ["2026-tw3", *to_come]
    assert capsys.readouterr().err == ""


def test_where_nothing_is_to_come_the_past_is_told_as_the_past(capsys: pytest.CaptureFixture[str]) -> None:
    """The sample office, whenever it is looked at."""
    assert keys(office(), datetime(2026, 12, 7, tzinfo=UTC)) == ["2025", "2026-tw1"]
    assert "past" in capsys.readouterr().err


def test_rehearse_plays_what_a_year_from_today_brings() -> None:
    """Where no target is promised for it, the first year there is."""
    known = office(QUARTERS, YEARS)
    at = datetime(2026, 11, 30, tzinfo=UTC)
    (first, *_) = wanted_plans([], None, known, at, SAY)
    assert first.key == "2026"
    later = datetime(2031, 11, 30, tzinfo=UTC)
    assert [plan.key for plan in wanted_plans([], None, office(), later, SAY)] == ["2025", "2026-tw1"]
    assert [plan.key for plan in wanted_plans([], 2026, known, at, SAY)][:2] == ["2025", "2026-tw1"]
