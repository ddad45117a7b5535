"""return, accept and extend: the SOP's own orders, given at the machine, go the way of every fact."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mailbot.core.model.cycle import UnitState
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import CYCLE, ToyOffice

DONE = "It is written down, for CAPIL. Next: mailbot --config kantor tick (or a running daemon) sends its letters."


@pytest.fixture
def office(here: Path) -> ToyOffice:
    """The office with one faulty form, of CAPIL."""
    office_in(here)
    office = worked_in(here)
    office.works()
    office.days_pass(1)
    office.morning()
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    return office


def later(office: ToyOffice) -> ToyOffice:
    """Let the daemon pass once, after the order was given."""
    office.clock.set_to(max(office.clock(), datetime.now(UTC)))
    office.clock.set_to(office.office.calendar.next_office_moment(office.clock()))
    office.works()
    return office


def last_line(office: ToyOffice, event: str) -> dict[str, str]:
    """Return the details of the journal's last line of that event."""
    return dict(
        next(entry.line for entry in reversed(office.ledger.journal.read()) if entry.line.event == event).detail
    )


def test_a_faulty_form_is_accepted_with_a_reason_that_is_recorded_and_told(office: ToyOffice) -> None:
    """The newest form counts; the unit's head and Subbag Program each get a letter."""
    ran = mailbot("--config", "kantor", "accept", "capil", "--reason", "sudah dikonfirmasi lewat telepon")
    assert (ran.code, ran.text[: len(DONE)], ran.err) == (0, DONE, "")
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    assert last_line(office, "unit_accepted") == {"reason": "sudah dikonfirmasi lewat telepon", "proof": "operator"}
    later(office)
    assert "sudah dikonfirmasi lewat telepon" in office.letter("kabid-capil", "unit_accepted").text
    confirmed = office.letter("perencanaan", "verdict_noted")
    assert b"\nIn-Reply-To: <thread." in confirmed.raw
    assert confirmed.subject.strip()


def test_an_accepted_form_is_sent_back_for_a_reason_no_check_can_see(office: ToyOffice) -> None:
    """The unit's form is open again, and its head has the reason."""
    office.sends_form("kabid-capil", "CAPIL")
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    ran = mailbot("--config", "kantor", "return", "CAPIL", "--reason", "angka triwulan lalu", "--cycle", CYCLE)
    assert (ran.code, ran.text[: len(DONE)]) == (0, DONE)
    assert office.unit("CAPIL").state is UnitState.RETURNED
    later(office)
    assert "angka triwulan lalu" in office.letter("kabid-capil", "returned_by_planning").text


def test_more_time_is_given_to_the_close_of_that_day(office: ToyOffice) -> None:
    """The unit's deadline moves, and its head is told."""
    calendar = office.office.calendar
    day = calendar.next_working_day(date(datetime.now(UTC).year + 1, 3, 1))
    ran = mailbot("--config", "kantor", "extend", "DAFDUK", f"{day.day}/{day.month}/{day.year}")
    told = f"It is written down: DAFDUK has time until {day:%A}, {day.day} {day:%B} {day.year}. Next: "
    assert (ran.code, ran.text[: len(told)]) == (0, told)
    assert office.unit("DAFDUK").due_at == calendar.closing(day)
    later(office)
    assert len(office.letters_to("kabid-dafduk", "extended")) == 1


def test_an_order_that_changes_nothing_writes_nothing_down(office: ToyOffice) -> None:
    """No letter, no line: Subbag Program is not mailed an answer to what somebody mistyped at a terminal."""
    before = (office.letter_keys(), office.ledger.journal.head(), office.cycle())
    ran = mailbot("--config", "kantor", "return", "PIAK", "--reason", "x")
    assert ran.code == 1
    assert (office.letter_keys(), office.ledger.journal.head(), office.cycle()) == before


def test_with_two_cycles_open_the_cycle_must_be_named(office: ToyOffice) -> None:
    """Nothing is guessed."""
    assert mailbot("--config", "kantor", "open", "2026-tw1").code == 0
    ran = mailbot("--config", "kantor", "accept", "CAPIL", "--reason", "x")
    assert ran.code == 2
    assert "name the cycle with --cycle; open are: 2025, 2026-tw1" in ran.text
    assert mailbot("--config", "kantor", "accept", "CAPIL", "--reason", "x", "--cycle", CYCLE).code == 0
