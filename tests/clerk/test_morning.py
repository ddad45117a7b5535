"""The operator's morning mail accounts for every mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Literal

import pytest

from mailbot.clerk.operator_letters import COUNTED, counted
from mailbot.clerk.reconciling import GROUPS
from mailbot.core.model.outcome import MailOutcome
from tests.clerk.test_told_in_the_morning import NDR as REPORTS
from tests.office import ToyOffice, requested


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
    line = "3 masuk = 1 formulir + 0 balasan + 1 surat otomatis + 1 perlu dilihat; server 3, selisih 0."
    assert line in " ".join(mail.text.split())
    figures = counted(office.ledger)
    assert figures.received == sum(getattr(figures, name) for name in GROUPS)


def test_before_the_units_are_asked_none_is_named_as_owing() -> None:
    """In row 1 the secretary is waited for, and nobody else."""
    office = ToyOffice()
    office.works()
    office.morning()
    text = " ".join(office.letters_to("operator", "morning")[-1].text.split())
    assert "Laporan Kinerja Tahun 2025 Tahap: " in text
    assert ("Belum mengirim" in text, "Form diterima" in text) == (False, False)


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


def told(rhythm: Literal["weekly", "daily", "trouble"]) -> ToyOffice:
    """Return the office on the Wednesday of its first week, told so often."""
    office = requested()
    office.has(office=replace(office.office, policy=replace(office.office.policy, morning=rhythm)))
    return office


@pytest.mark.parametrize(("rhythm", "letters"), [("daily", 5), ("weekly", 1), ("trouble", 0)])
def test_the_morning_mail_comes_as_often_as_the_office_wants(
    rhythm: Literal["weekly", "daily", "trouble"], letters: int
) -> None:
    """From Thursday to the next Wednesday; the books are held against the servers on each of these days."""
    office = told(rhythm)
    before, began = len(office.letters_to("operator", "morning")), office.clock()
    office.days_pass(5)
    assert len(office.letters_to("operator", "morning")) == before + letters
    assert len(office.ledger.journal.of_event(COUNTED, began)) == 5


def test_the_weekly_mail_tells_the_count_of_each_day_and_when_the_next_one_comes() -> None:
    """What came on Wednesday is counted on Thursday; the next letter is expected on the next Monday."""
    office = told("weekly")
    office.sends_form("kabid-piak", "PIAK")
    office.days_pass(3)
    text = " ".join(office.letter("operator", "morning").text.split())
    assert "1. Kamis, 8 Januari 2026: 1 pesan baru, 1 seluruhnya; server 1, selisih 0" in text
    assert "3. Senin, 12 Januari 2026: 0 pesan baru, 1 seluruhnya; server 1, selisih 0" in text
    assert "Laporan berikutnya kami sampaikan pada hari Senin, 19 Januari 2026" in text


def test_what_needs_a_look_does_not_wait_for_the_week() -> None:
    """A report without proof is named on the next working morning, and the calm week goes on from there."""
    office = told("trouble")
    office.arrives((REPORTS / "laporan-tanpa-surat-asal.eml").read_bytes())
    before = len(office.letters_to("operator", "morning"))
    office.days_pass(2)
    assert len(office.letters_to("operator", "morning")) == before + 1
    assert "tanpa bukti" in office.letter("operator", "morning").text
