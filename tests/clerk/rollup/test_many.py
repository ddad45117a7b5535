"""A thousand offices fit a letter, and when the last one has closed a period it is told at once, and once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mailbot.core.rollup.summary import CycleSummary, OfficeSummary
from tests.clerk.rollup.three_offices import OVERSEER, ThreeOffices
from tests.core.rollup.test_rolling_up import PLAIN
from tests.office import ToyOffice


@dataclass
class Folder:
    """Offices whose figures the test writes."""

    found: list[OfficeSummary] = field(default_factory=list)
    key: str = "alfa"
    oversees: bool = True

    def summaries(self) -> list[OfficeSummary]:
        """Give them."""
        return self.found


def told(office: ToyOffice, folder: Folder, *cycles: CycleSummary) -> None:
    """Let offices stand so, and an hour pass."""
    folder.found = [
        OfficeSummary(key=f"pd-{number:04}", name=f"PD {number:04}", at=office.clock(), cycles=(cycle,))
        for number, cycle in enumerate(cycles)
    ]
    office.hours_pass(1)


def opened() -> tuple[ToyOffice, Folder]:
    """Return an overseer's office, on a morning."""
    office, folder = ThreeOffices(("alfa",)).first, Folder()
    office.has(neighbours=folder)
    office.morning()
    return office, folder


def test_of_a_thousand_offices_the_twenty_latest_are_named_and_the_workbook_has_all() -> None:
    """The letter stays one that is read on a phone."""
    office, folder = opened()
    office.days_pass(4)
    told(office, folder, *(replace(PLAIN, late_days=number % 40) for number in range(1000)))
    office.days_pass(3)
    office.morning()
    letter = office.letters_to(OVERSEER)[-1]
    assert letter.text.count("lewat 39 hari kerja") == 20
    assert "masih ada 955 perangkat daerah" in " ".join(letter.text.split())
    assert " dan 980 lainnya." in " ".join(letter.text.split())
    assert len(letter.text) < 5000


def test_the_last_office_to_close_is_told_of_once() -> None:
    """Between two Mondays."""
    office, folder = opened()
    told(office, folder, PLAIN, replace(PLAIN, closed_at=office.clock()))
    before = len(office.letters_to(OVERSEER))
    ended = replace(PLAIN, closed_at=office.clock())
    for _ in range(3):
        told(office, folder, ended, ended)
    (letter,) = office.letters_to(OVERSEER)[before:]
    assert letter.subject == "Rekap kinerja: Triwulan I Tahun 2026 selesai [Dinas Alfa-LKJIP]"
