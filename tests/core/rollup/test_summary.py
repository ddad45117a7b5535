"""What leaves an office: where its cycles stand, in figures, and nothing that anybody wrote or is called."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from mailbot.core.model.sop import Step
from mailbot.core.opening.opening_facts import Cancelled
from mailbot.core.rollup.summary import CycleSummary
from mailbot.core.rollup.summing_up import summary_of
from tests.core.play import Play, closed, collecting
from tests.core.small_forms import faulty, whole
from tests.offices.small import OFFICE, wib


def summary(play: Play) -> CycleSummary:
    """Return the one cycle's."""
    (found,) = summary_of("dukcapil", play.office, (play.cycle,), play.at).cycles
    return found


def test_before_a_deadline_only_who_has_sent_something_counts_for_punctuality() -> None:
    """Two units are silent, and not late yet."""
    play = collecting()
    play.at = wib(7, 9)
    play.sends("DAFDUK")
    found = summary(play)
    assert (found.step, found.asked, found.due, found.in_time, found.in_time_pct) == (
        Step.COLLECT,
        3,
        1,
        1,
        Decimal(100),
    )
    assert (found.accepted, found.forms, found.returned, found.returned_pct) == (1, 1, 0, Decimal(0))


def test_once_a_deadline_is_over_who_is_silent_was_not_in_time() -> None:
    """One of three sent; a form that went back was in time all the same."""
    play = collecting()
    play.at = wib(7, 9)
    play.sends("DAFDUK", faulty("DAFDUK"))
    assert summary(play).returned_pct == 100
    play.sends("DAFDUK", whole("DAFDUK"))
    play.at = wib(23, 9)
    found = summary(play)
    assert (found.due, found.in_time, found.in_time_pct) == (3, 1, Decimal("33.33"))
    assert (found.forms, found.returned, found.returned_pct) == (2, 1, Decimal(50))
    assert found.late_days > 0


def test_a_closed_cycle_is_never_late_and_keeps_its_figures() -> None:
    """A year after its close nothing of it has changed."""
    play = closed()
    then = summary(play)
    play.at = wib(20, month=6)
    assert summary(play) == then
    assert then.late_days == 0
    assert {indicator.code for indicator in then.indicators} == {indicator.code for indicator in OFFICE.indicators}
    assert all(indicator.actual is not None for indicator in then.indicators)


def test_nothing_asked_yet_is_no_share_of_anything() -> None:
    """None, and not nought percent: a cycle that has just begun is not the worst of all."""
    play = Play().opens()
    found = summary(play)
    assert (found.asked, found.in_time_pct, found.returned_pct) == (0, None, None)


def test_a_cancelled_cycle_is_none() -> None:
    """It was opened by mistake, and says nothing of the office."""
    play = collecting()
    cancelled = replace(play.cycle, cancelled=Cancelled(at=play.at, reason="salah buka", by="operator"))
    assert summary_of("dukcapil", OFFICE, (cancelled,), play.at).cycles == ()


def test_no_person_and_no_unit_and_no_word_of_theirs_leaves_an_office() -> None:
    """Whatever the office holds of people is not in it, in any spelling."""
    play = collecting()
    play.sends("DAFDUK")
    said = repr(summary_of("dukcapil", play.office, (play.cycle,), play.at))
    roster = play.office.roster
    of_people = {value for person in roster.people for value in (person.key, person.name, *person.addresses)}
    of_units = {value for unit in roster.units for value in (unit.key, unit.name)}
    words = {play.cycle.unit("DAFDUK").submissions[0].data.narrative.analysis.text, "Kepala Bidang"}
    assert not [one for one in of_people | of_units | words if re.search(rf"\b{re.escape(one)}\b", said)]
