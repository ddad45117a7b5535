"""The operator's morning mail accounts for every mail."""

from __future__ import annotations

from datetime import date, time

from mailbot.clerk.operator_letters import counted
from mailbot.clerk.reconciling import GROUPS
from mailbot.core.model.outcome import MailOutcome
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
    figures = counted(office.ledger)
    assert figures.received == sum(getattr(figures, name) for name in GROUPS)


def test_the_morning_mail_shows_every_open_cycle_at_a_glance() -> None:
    """Row, whose move, until when, and each unit that still owes something; two cycles stand one after the other."""
    office = requested()
    office.sends_form("kabid-piak", "PIAK")
    office.sends_form("kabid-capil", "CAPIL", mistakes=2)
    office.morning()
    text = " ".join(office.letters_to("operator", "morning")[-1].text.split())
    piak, capil, dafduk = (office.office.roster.unit(unit).name for unit in ("PIAK", "CAPIL", "DAFDUK"))
    assert "Laporan Kinerja Tahun 2025 Tahap: pengumpulan form isian" in text
    assert "Form diterima: 1 dari 4 unit" in text
    assert f"Dikembalikan: {capil}" in text
    waiting = text.partition("Belum mengirim: ")[2].partition(" Dikembalikan")[0]
    assert (dafduk in waiting, piak in waiting) == (True, False)
    office.silent_until(office.office.calendar.at(date(2026, 4, 2), time(8)))
    text = " ".join(office.letters_to("operator", "morning")[-1].text.split())
    assert "Laporan Kinerja Triwulan I Tahun 2026" in text
    assert "hari kerja" in text.partition("Laporan Kinerja Tahun 2025")[2]


def test_the_morning_mail_comes_once_a_working_day_in_office_hours() -> None:
    """Three working days, three mails; none at night."""
    office = requested()
    before = len(office.letters_to("operator", "morning"))
    office.days_pass(3)
    office.works()
    assert len(office.letters_to("operator", "morning")) == before + 3
