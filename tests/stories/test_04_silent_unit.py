"""Story 04: a unit stays silent; it is reminded, its superior is told, and nobody else is bothered."""

from __future__ import annotations

from datetime import timedelta

from mailbot.core.model.cycle import UnitState
from tests.office import HEADS, requested


def test_a_silent_unit_is_reminded_and_its_superiors_told_one_after_the_other() -> None:
    """Due Monday 12 January: reminded before it, on it, and after; the Sekretaris hears on the 14th, then the head."""
    office = requested()
    for unit, key in HEADS.items():
        if unit != "DAFDUK":
            office.sends_form(key, unit)
    office.days_pass(3)
    assert len(office.letters_to("kabid-dafduk", "reminder_today")) == 1
    assert office.letters_to("kabid-dafduk", "reminder_today")[0].file(".xlsx")[1].startswith(b"PK")
    office.days_pass(6)
    assert len(office.letters_to("kabid-dafduk", "reminder")) == 3
    assert len(office.letters_to("sekretaris", "escalation")) == 1
    assert len(office.letters_to("kadis", "escalation")) == 1
    for unit, key in HEADS.items():
        if unit != "DAFDUK":
            assert office.letters_to(key, "reminder") == []
            assert office.letters_to(key, "reminder_today") == []

    office.sends_form("kabid-dafduk", "DAFDUK")
    assert office.unit("DAFDUK").state is UnitState.ACCEPTED
    reminders = len(office.letters_to("kabid-dafduk", "reminder"))
    office.days_pass(5)
    assert len(office.letters_to("kabid-dafduk", "reminder")) == reminders


def test_a_machine_that_was_off_for_weeks_reminds_once() -> None:
    """Three Mondays pass in the dark; on return there is one reminder, not three."""
    office = requested()
    office.silent_until(office.clock() + timedelta(days=21))
    office.hours_pass(1)
    assert len(office.letters_to("kabid-dafduk", "reminder")) == 1


def test_no_reminder_leaves_outside_office_hours() -> None:
    """On Saturday and at night nothing leaves by itself."""
    office = requested()
    calendar = office.office.calendar
    sent = len(office.post.delivered)
    office.silent_until(office.clock().replace(hour=1) + timedelta(days=10))
    assert not calendar.in_office_hours(office.clock())
    assert len(office.post.delivered) == sent


def test_a_unit_that_asks_for_days_is_left_alone_for_them() -> None:
    """TUNDA 3 HARI pauses the reminders and is confirmed."""
    office = requested()
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "TUNDA 3 HARI")
    office.days_pass(3)
    assert office.letters_to("kabid-dafduk", "reminder_today") == []
    assert len(office.letters_to("kabid-dafduk", "extended")) == 1
