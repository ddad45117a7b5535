"""Answers in lines from a phone, scene by scene, told once and played in memory and on real servers (SOP rows 3, 4)."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from mailbot.core.model.cycle import UnitState
from tests.stories.form_life import AtWork, L, Letter, cell, workbook

FIRST = """Assalamualaikum, berikut isian Bidang Capil TW IV 2025:

*IKU-03*: 98,6%
IKU 03 pendukung = Layanan jemput bola di 12 kecamatan
- IKU-03 data dukung: Laporan pelayanan akta kelahiran 2025
iku-04: 100
iku-04 pendukung: Pemakaian register elektronik
iku-04 data dukung: Register akta kematian 2025
IKK-10: 3.000
IKK-10 faktor pendukung: Verifikasi berkas secara daring
IKK-10 bukti: Rekap waktu layanan 2025
2.12.03.2.01.0001 realisasi: Rp 205.000.000,-
2.12.03.2.01.0002: Rp115.000.000

Dikirim dari HP"""
"""What the head writes on the way; of his 3.000 working days nobody can say whether it is three or three thousand."""


def alone(got: Letter) -> list[str]:
    """Return what stands on a line of its own in a letter, as a word to answer with does."""
    return [line.strip() for line in got.text.splitlines() if line.startswith("    ")]


def the_head_answers_in_lines_from_a_phone(office: AtWork[L]) -> None:
    """One figure can be read two ways: it is asked back with both readings, everything else is kept."""
    office.answers("kabid-capil", office.letter("kabid-capil", "request", 1), FIRST)
    echo = office.letter("kabid-capil", "lines_read", 1)
    assert "dapat dibaca 3 atau 3000" in " ".join(echo.text.split())
    assert "IKK-10:" in alone(echo)
    assert "98,60" in echo.text
    assert "BENAR" not in alone(echo)
    waiting = office.unit("CAPIL").waiting
    assert waiting is not None
    assert [fault.row for fault in waiting.read.faults] == ["IKK-10"]
    assert (office.unit("CAPIL").state, office.unit("CAPIL").attempts) == (UnitState.WAITING, 0)


def one_line_corrects_the_one_fault(office: AtWork[L]) -> None:
    """The other lines need not be sent again; now BENAR is asked for, and the form filled with them lies beside."""
    office.answers("kabid-capil", office.letter("kabid-capil", "lines_read", 1), "IKK-10: 3 hari kerja")
    echo = office.letter("kabid-capil", "lines_read", 2)
    assert "BENAR" in alone(echo)
    book = load_workbook(io.BytesIO(workbook(echo)))
    assert cell(book, "IKK-10", "Realisasi").value == 3
    assert cell(book, "IKU-03", "Realisasi").value == 98.6
    assert cell(book, "IKU-03", "Faktor Pendukung").value == "Layanan jemput bola di 12 kecamatan"
    assert cell(book, "2.12.03.2.01.0001", "Realisasi (Rp)").value == 205_000_000
    assert office.unit("CAPIL").attempts == 0


def benar_to_the_first_reading_confirms_nothing(office: AtWork[L]) -> None:
    """The first letter did not show what would count now; the lines are read back once more."""
    office.answers("kabid-capil", office.letter("kabid-capil", "lines_read", 1), "BENAR")
    assert "BENAR" in alone(office.letter("kabid-capil", "lines_read", 3))
    assert office.unit("CAPIL").attempts == 0


def benar_makes_the_lines_a_form(office: AtWork[L]) -> None:
    """The receipt repeats every figure; Subbag Program sees the unit's form as it sees every form."""
    office.answers("kabid-capil", office.letter("kabid-capil", "lines_read", 3), "benar.")
    form = office.unit("CAPIL")
    assert (form.state, form.counted, form.waiting) == (UnitState.ACCEPTED, 1, None)
    assert form.submissions[0].sender == "kabid.capil@example.go.id"
    receipt = office.letter("kabid-capil", "receipt", 1)
    for figure in ("98,60", "100,00", "Rp205.000.000", "Rp115.000.000"):
        assert figure in receipt.text.replace("Rp ", "Rp"), figure
    kept = office.clerk.books.ledger.files.read(form.submissions[0].file_sha256)
    assert kept.startswith(b"Assalamualaikum, berikut isian Bidang Capil TW IV 2025:")
    assert kept.endswith(b"2.12.03.2.01.0002: Rp115.000.000\n\nIKK-10: 3 hari kerja")


SCENES = (
    the_head_answers_in_lines_from_a_phone,
    one_line_corrects_the_one_fault,
    benar_to_the_first_reading_confirms_nothing,
    benar_makes_the_lines_a_form,
)
