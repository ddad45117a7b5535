"""Story 28: the report leaves with a number from the register, copies go along, and a plain word closes the cycle."""

from __future__ import annotations

import io
from dataclasses import replace

import docx

from mailbot.core.model.sop import Step
from tests.office import ToyOffice
from tests.stories.test_11_code import ratifying

WHOLE = "000.8.6.3/118/425.111/2026"


def awaiting_number(*reserved: str) -> ToyOffice:
    """Return the office in row 8, where numbers are waited for, or taken from these."""
    office = ratifying()
    own = office.office
    numbers = replace(own.letter_numbers, awaited=True, reserved=reserved)
    office.office = replace(own, letter_numbers=numbers, policy=replace(own.policy, receipt_days=3))
    office.has(office=office.office)
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    return office


def cover_of(office: ToyOffice, key: str, kind: str) -> str:
    """Return the whole text of the Surat Pengantar that somebody got."""
    content = next(content for name, content in office.letter(key, kind).files if "pengantar" in name.lower())
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def test_a_number_by_mail_lets_the_report_leave_and_plain_thanks_close_it() -> None:
    """The register's number stands on cover letter, mail and copy; a wrong one is asked back first."""
    office = awaiting_number()
    asked = office.letter("perencanaan", "number_wanted")
    assert "NOMOR 000.8.6.3/…/425.111/2026" in asked.text
    assert (office.letters_to("bappeda"), office.letters_to("inspektur")) == ([], [])
    office.answers("perencanaan", asked, "NOMOR 061/118/425.111/2026")
    assert "NOMOR 000.8.6.3/…/425.111/2026" in office.letter("perencanaan", "unclear").text
    office.answers("perencanaan", asked, f"Nomornya sebagai berikut:\n\n{WHOLE}\n\nTerima kasih")
    assert WHOLE in office.letter("perencanaan", "verdict_noted").text
    for key, kind in (("bappeda", "submission"), ("inspektur", "copy_sent")):
        assert f"Nomor surat: {WHOLE}" in office.letter(key, kind).text
        assert f"Nomor: {WHOLE}" in cover_of(office, key, kind)
        assert "1. Yth. Inspektur Kota Probolinggo\n2. Arsip" in cover_of(office, key, kind)
    office.answers("inspektur", office.letter("inspektur", "copy_sent"), "Sudah kami terima, terima kasih.")
    assert office.cycle().step is Step.SUBMIT
    office.answers("bappeda", office.letter("bappeda", "submission"), "Sudah kami terima, terima kasih.")
    assert office.cycle().closed


def test_two_reports_never_bear_one_number() -> None:
    """The number of the block is noted at the commit; the next cover letter finds it used."""
    office = awaiting_number("0121")
    assert "Nomor: 000.8.6.3/0121/425.111/2026" in cover_of(office, "bappeda", "submission")
    assert dict(office.ledger.notes.beginning("letter_number/2026/")) == {
        "letter_number/2026/0121": "submission/2025/1"
    }
