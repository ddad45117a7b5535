"""Story 02: a form comes back twice before it is in order; each return names every fault at once, by cell."""

from __future__ import annotations

from mailbot.core.model.cycle import UnitState
from tests.office import requested


def test_a_form_is_returned_twice_with_every_fault_and_then_accepted() -> None:
    """The sender's own workbook comes back each time; the third form counts."""
    office = requested()
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    first = office.letter("kabid-capil", "returned")
    assert office.unit("CAPIL").state is UnitState.RETURNED
    assert "IKU-03" in first.text
    assert "Pendukung" in first.text
    assert first.file(".xlsx")[1].startswith(b"PK")

    office.sends_form("kabid-capil", "CAPIL", mistakes=2)
    second = office.letter("kabid-capil", "returned")
    assert second.message_id != first.message_id
    assert "2.12.03.2.01.0001" in second.text

    office.sends_form("kabid-capil", "CAPIL")
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    assert office.unit("CAPIL").counted == 3
    assert len(office.letters_to("kabid-capil", "receipt")) == 1
    assert [key for key in sorted(office.letter_keys()) if key.startswith("returned/")] == [
        "returned/2025/capil/1",
        "returned/2025/capil/2",
    ]


def test_the_third_return_asks_subbag_program_for_help() -> None:
    """After three returns a person is asked to help, with the history."""
    office = requested()
    for mistakes in (1, 2, 1):
        office.hours_pass(0.1)
        office.sends_form("kabid-capil", "CAPIL", mistakes=mistakes)
    assert len(office.letters_to("perencanaan", "help_wanted")) == 1


def test_a_later_bad_form_never_harms_a_good_one() -> None:
    """What counts stays accepted; the bad one is answered all the same."""
    office = requested()
    office.sends_form("kabid-capil", "CAPIL")
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    assert office.unit("CAPIL").counted == 1
    assert len(office.letters_to("kabid-capil", "returned")) == 1


def test_the_same_faulty_form_once_more_is_told_so_and_is_no_new_try() -> None:
    """Its own answer, the marked form once more; the deadline stays, and the reminder brings that form again."""
    office = requested()
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    due_at = office.unit("CAPIL").due_at
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    answer = office.letter("kabid-capil", "returned")
    assert (office.unit("CAPIL").attempts, office.unit("CAPIL").due_at) == (1, due_at)
    assert "sama dengan kiriman ke-1 yang telah kami kembalikan" in " ".join(answer.text.split())
    assert "IKU-03" in answer.text
    assert answer.file(".xlsx") == office.letter("kabid-capil", "returned", 1).file(".xlsx")
    office.days_pass(3)
    assert office.letter("kabid-capil", "reminder_today").file(".xlsx") == answer.file(".xlsx")
