"""The wording of an indicator, a unit's name and its head change in row 3: what was said stays, what follows is new."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from mailbot.core.model.cycle import UnitState
from mailbot.writing.recap.recap import write_recap
from tests.core.configuration.middle import Edit
from tests.stories.form_life import filled, plain, sends, typed, workbook
from tests.stories.test_32_a_configuration_that_lives import LivingOffice

OLD, NEW = "Persentase kepemilikan akta kelahiran 0-18 tahun", "Persentase anak yang memiliki akta kelahiran"
WORDING: Edit = (
    "indicators",
    f"name: {OLD}",
    f"name: {NEW}",
)
UNIT: Edit = ("recipients", "name: Bidang Pelayanan Pencatatan Sipil", "name: Bidang Pencatatan Sipil")
HEAD: Edit = ("recipients", "name: Kepala Bidang Capil", "name: Drs. Pengganti")


@pytest.fixture
def office() -> LivingOffice:
    """CAPIL's form went back under the former names."""
    office = LivingOffice()
    request = office.letter("kabid-capil", "request")
    sends(office, "kabid-capil", request, filled(office, request, typed("IKU-03", "Realisasi", "banyak sekali")))
    assert office.unit("CAPIL").state is UnitState.RETURNED
    return office


def test_what_was_said_under_the_former_names_stays_and_what_follows_bears_the_new(office: LivingOffice) -> None:
    """Letters, journal and the form that went back; the mended form of then counts, and the receipt names the new."""
    before, journal = list(office.post.delivered), office.ledger.journal.read()
    returned = office.letter("kabid-capil", "returned")
    settings = office.is_edited(WORDING, UNIT, HEAD)
    office.answers("operator", office.asked(), "BENAR")
    office.counts(settings)
    assert office.post.delivered[: len(before)] == before
    assert office.ledger.journal.read()[: len(journal)] == journal

    office.answers("kabid-capil", returned, "FORM")
    assert NEW in wordings(workbook(office.letter("kabid-capil", "form_again")))
    came = filled(office, returned, typed("IKU-03", "Realisasi", 98.5))
    assert OLD in wordings(came)
    sends(office, "kabid-capil", returned, came)
    form = office.unit("CAPIL")
    assert form.state is UnitState.ACCEPTED
    assert OLD in wordings(office.ledger.files.read(form.submissions[-1].file_sha256))
    receipt = plain(office.letter("kabid-capil", "receipt").text)
    assert (NEW in receipt, OLD in receipt) == (True, False)
    assert "Bidang Pencatatan Sipil" in receipt
    recap = write_recap(office.cycle(), office.office, template_folders=office.clerk.lookout.template_folders)
    assert (NEW in wordings(recap), OLD in wordings(recap)) == (True, False)
    assert "Bidang Pencatatan Sipil" in wordings(recap)


def wordings(content: bytes) -> set[str]:
    """Return every text of a workbook."""
    book = load_workbook(io.BytesIO(content))
    return {str(one.value) for sheet in book.worksheets for row in sheet.iter_rows() for one in row if one.value}
