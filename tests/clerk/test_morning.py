"""The operator's morning mail accounts for every mail."""

from __future__ import annotations

from mailbot.clerk.morning import counted
from mailbot.clerk.reconciling import GROUPS
from mailbot.core.outcome import MailOutcome
from tests.office import requested


def test_every_final_state_is_added_up_exactly_once() -> None:
    """No state is forgotten, none counted twice."""
    listed = [state for states in GROUPS.values() for state in states]
    assert sorted(listed) == sorted(MailOutcome)


def test_the_morning_mail_adds_up_and_shows_no_difference() -> None:
    """One form, one stranger, one vacation reply: three mails in, three accounted for."""
    office = requested()
    office.sends_form("kabid-piak", "PIAK")
    office.answers("kabid-piak", None, "Halo", address="orang@luar.example")
    office.answers("kabid-dafduk", None, "Cuti", extra=(("Auto-Submitted", "auto-replied"),))
    office.morning()
    mail = office.letters_to("operator", "morning")[-1]
    line = "3 masuk = 1 formulir + 0 balasan + 1 robot + 1 perlu dilihat; server 3, selisih 0."
    assert line in " ".join(mail.text.split())
    figures = counted(office.clerk)
    assert figures["received"] == sum(figures[name] for name in GROUPS)


def test_the_morning_mail_comes_once_a_working_day_in_office_hours() -> None:
    """Three working days, three mails; none at night."""
    office = requested()
    before = len(office.letters_to("operator", "morning"))
    office.days_pass(3)
    office.works()
    assert len(office.letters_to("operator", "morning")) == before + 3
