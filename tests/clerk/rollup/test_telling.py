"""The overseer hears once a week how all offices stand, and of none of them anything but its figures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from mailbot.ledger.files_and_notes import SUMMARY, SUMMARY_MADE
from tests.clerk.rollup.three_offices import OVERSEER, SECRET, ThreeOffices
from tests.office import Seen, requested


@pytest.fixture(scope="module")
def offices() -> ThreeOffices:
    """Tell two weeks: in two of three offices a form comes, in the second one after a form that went back."""
    three = ThreeOffices()
    beta = three.all["beta"]
    name, form = beta.filled("PIAK", mistakes=1)
    words = f"Terlampir, {SECRET}."
    beta.answers("kabid-piak", beta.letter("kabid-piak", "request"), words, (f"{SECRET} {name}", form))
    for key in ("alfa", "beta"):
        for head, unit in (("kabid-piak", "PIAK"), ("kabid-capil", "CAPIL"), ("kabid-dafduk", "DAFDUK")):
            three.all[key].sends_form(head, unit)
        three.all[key].sends_form("umum", "SEKRETARIAT")
    three.days_pass(10)
    return three


def letters(offices: ThreeOffices) -> list[Seen]:
    """Return what the overseer got."""
    return offices.first.letters_to(OVERSEER)


def words(letter: Seen) -> str:
    """Return a letter's text on one line."""
    return " ".join(letter.text.split())


def test_a_letter_comes_in_the_first_office_hours_of_a_week(offices: ThreeOffices) -> None:
    """The first one as soon as there is an overseer, then each Monday."""
    days = [str(key).rpartition("/")[0] for key in offices.first.letter_keys() if key.startswith("rollup/")]
    assert days == ["rollup/2026-w02", "rollup/2026-w03", "rollup/2026-w04"]
    assert [one.kind for one in letters(offices)] == ["rollup"] * 3


def test_the_late_one_is_named_first_with_its_row_whose_move_and_since_when(offices: ThreeOffices) -> None:
    """Two offices have all their forms, and their draft is not handed on yet; the third has none."""
    text = words(letters(offices)[-1])
    assert "dari 3 perangkat daerah, 3 melewati jadwal." in text
    late = text.partition("melewati jadwal: 1. ")[2]
    first = "Dinas Gama: pengumpulan form isian, menunggu Kepala Bidang, sejak 7 Jan 2026; lewat 4 hari kerja"
    assert late.startswith(first)
    assert "Ketepatan waktu, median: 100,00%" in text
    assert "Di bawah median: Dinas Gama 0,00%" in text


def test_nothing_of_any_person_unit_or_file_stands_in_letter_workbook_or_note(offices: ThreeOffices) -> None:
    """Each of those names holds the secret."""
    assert SECRET in offices.all["beta"].letter("perencanaan", "draft").text
    for letter in letters(offices):
        own = letter.text.partition("Dinas Kependudukan")[0]
        assert SECRET not in own.casefold()
        for part in _texts(letter):
            assert SECRET not in part.casefold()
    for office in offices.all.values():
        note = office.ledger.notes.read(SUMMARY)
        assert "Dinas" in note
        assert SECRET not in note.casefold()


def _texts(letter: Seen) -> Iterator[str]:
    """Give what the workbook holds, part by part."""
    name, book = letter.file(".xlsx")
    assert name.startswith("Rekap-Perangkat-Daerah-2026-")
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        for part in parts.namelist():
            yield parts.read(part).decode()


def test_no_other_office_tells_of_its_neighbours(offices: ThreeOffices) -> None:
    """Each has an overseer on its own list; only the one that the folder names writes to him, and no one else of it."""
    for key, office in offices.all.items():
        sent = [raw.decode("ascii") for _, raw in office.post.delivered]
        others = [f"Dinas {other.title()}" for other in offices.all if other != key]
        told = [address for address, _ in office.post.delivered if address == "organisasi@example.go.id"]
        assert bool(told) is (office is offices.first)
        seen = [office.seen(address, raw) for address, raw in office.post.delivered if address not in told]
        assert len(sent) > len(told)
        assert not [one.subject for one in seen for other in others if other in one.text]


def test_an_office_that_cannot_be_read_is_named_and_stops_nothing() -> None:
    """Its place in the list is kept."""
    three = ThreeOffices()
    three.spoilt.add("gama")
    three.days_pass(4)
    text = words(letters(three)[-1])
    assert "belum dapat dibaca: Dinas Gama." in text
    assert "dari 2 perangkat daerah" in text


def test_an_office_alone_writes_no_summary() -> None:
    """It costs it nothing."""
    office = requested()
    office.days_pass(1)
    assert office.ledger.notes.several((SUMMARY, SUMMARY_MADE)) == {}


def test_a_summary_is_written_at_most_once_an_hour_and_only_when_something_is_new() -> None:
    """A mail that moves the cycle within the hour is told after it."""
    three = ThreeOffices(("alfa",))
    office = three.first
    office.works()
    first = office.ledger.notes.read(SUMMARY_MADE)
    office.hours_pass(2)
    assert office.ledger.notes.read(SUMMARY_MADE) == first
    office.sends_form("kabid-piak", "PIAK")
    office.hours_pass(0.5)
    second = office.ledger.notes.read(SUMMARY_MADE)
    assert second != first
    office.sends_form("kabid-capil", "CAPIL")
    assert office.ledger.notes.read(SUMMARY_MADE) == second
    office.hours_pass(1)
    assert office.ledger.notes.read(SUMMARY_MADE) not in {first, second}
