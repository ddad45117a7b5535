"""Story 07: two cycles at once; each mail finds its own, by stamp or by thread."""

from __future__ import annotations

from mailbot.clerk.opening.openings import open_cycle
from mailbot.core.model.cycle import UnitState
from mailbot.rehearsal.filling import fill
from tests.office import requested


def test_forms_of_two_cycles_reach_each_its_own() -> None:
    """The quarter's form does not count for the year, nor the other way round, even when sent in one mail."""
    office = requested()
    open_cycle(office.clerk.books, office.clerk.maker, "2026-tw1", office.clock())
    office.days_pass(3)
    requests = office.letters_to("kabid-piak", "request")
    year = next(letter for letter in requests if "/2025]" in letter.subject)
    quarter = next(letter for letter in requests if "/2026-TW1]" in letter.subject)
    files = []
    for letter in (year, quarter):
        name, form = letter.file(".xlsx")
        files.append((name, fill(form, office.script)))
    office.answers("kabid-piak", quarter, "Terlampir dua form.", *files)
    quarterly = office.ledger.cycles.get("2026-tw1")
    assert quarterly is not None
    assert office.unit("PIAK").state is UnitState.ACCEPTED
    assert quarterly.unit("PIAK").attempts == 1
    assert quarterly.unit("CAPIL").attempts == 0
