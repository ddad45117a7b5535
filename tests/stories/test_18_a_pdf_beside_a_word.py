"""Story 18: a PDF hangs on a word; it is kept and shown to Subbag Program, and nobody passes it on as signed."""

from __future__ import annotations

from mailbot.core.model.sop import Step
from tests.office import ToyOffice
from tests.reading.pdfs import pdf
from tests.stories.test_03_secretary_sends_back import drafted
from tests.stories.test_11_code import ratifying

INVITATION = ("Undangan rapat.pdf", b"%PDF-1.4\nundangan\n%%EOF\n")


def carrying(office: ToyOffice, content: bytes) -> set[str]:
    """Return who got a letter that carries these bytes."""
    people = {person.key for person in office.office.roster.people}
    return {key for key in people for letter in office.letters_to(key) if content in {one[1] for one in letter.files}}


def test_an_invitation_beside_disahkan_does_not_go_to_bappeda() -> None:
    """Not as the signed report, and not otherwise; the Kepala Dinas hears what became of it."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN", INVITATION)
    assert office.cycle().step is Step.SUBMIT
    assert office.letters_to("bappeda", "submission")
    office.answers("bappeda", office.letter("bappeda", "submission"), "DITERIMA")
    office.days_pass(1)
    assert office.cycle().closed
    assert carrying(office, INVITATION[1]) == {"perencanaan"}
    assert "Undangan rapat.pdf" in office.letter("kadis", "verdict_noted").text
    shown = office.letter("perencanaan", "file_shown")
    assert "Berkas: Undangan rapat.pdf" in shown.text
    assert "Tanda tangan di dalam berkas itu belum kami periksa." in shown.text


def test_a_scan_beside_perbaiki_goes_with_the_remarks() -> None:
    """He has written on the printed draft: the scan is the reason, and Subbag Program gets it."""
    office = drafted()
    office.answers("sekretaris", office.letter("sekretaris", "review"), "PERBAIKI", INVITATION)
    assert office.cycle().step is Step.DRAFT
    assert INVITATION[1] in {content for _, content in office.letter("perencanaan", "revision").files}
    assert carrying(office, INVITATION[1]) == {"perencanaan"}


def test_a_receipt_beside_diterima_is_shown() -> None:
    """Bappeda Litbang's scanned receipt reaches Subbag Program."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    office.answers("bappeda", office.letter("bappeda", "submission"), "DITERIMA", INVITATION)
    assert office.cycle().closed
    assert office.letters_to("perencanaan", "file_shown")


def test_a_pdf_with_a_nik_in_it_is_held_back() -> None:
    """It is told of, and travels nowhere."""
    office = ratifying()
    content = pdf(("Pemohon 3574016408900001",))
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN", ("Laporan.pdf", content))
    assert office.cycle().step is Step.SUBMIT
    assert carrying(office, content) == set()
    assert office.letters_to("perencanaan", "held_back")
