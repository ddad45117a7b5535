"""Story 09: the life of a form, from three faults at once to a form that comes after the lock."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.clerk.desk.archiving import archive
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.form import FaultCode
from mailbot.reading.files.personal_data import holds_personal_data
from mailbot.writing.archive.verify import verify_archive
from tests.office import CYCLE, ToyOffice, requested
from tests.reading.pdfs import pdf
from tests.stories.form_life import SCENES, filled, plain, sends, told, typed

NIK = "3574016408900001"


def test_the_life_of_a_form() -> None:
    """One cycle, four units, every way a form can go; the same scenes are played on real servers."""
    office = requested()
    for scene in SCENES:
        office.hours_pass(0.01)
        scene(office)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("daftar pemohon.csv", f"nama;nik\r\nA;{NIK}\r\n".encode()),
        ("daftar pemohon.pdf", pdf(("Daftar pemohon",), (f"1  A  {NIK}",))),
    ],
    ids=["csv", "pdf"],
)
def test_evidence_with_personal_data_is_held_and_not_spread(tmp_path: Path, name: str, listed: bytes) -> None:
    """The form counts; the list of names with NIK beside it reaches neither Subbag Program nor the archive."""
    office = requested()
    office.archives_in(tmp_path)
    nik = NIK
    request = office.letter("kabid-capil", "request")
    files = (("form.xlsx", filled(office, request)), (name, listed))
    office.answers("kabid-capil", request, "Terlampir form dan data dukung.", *files)
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    assert f"“{name}” memuat nomor yang menyerupai NIK" in plain(office.letter("kabid-capil", "receipt").text)
    for key in ("perencanaan", "operator"):
        told = office.letter(key, "held_back")
        assert name in told.text
        assert nik not in told.text
        assert listed not in [content for _, content in told.files]
    assert [(one.file_name, one.held) for one in office.unit("CAPIL").evidence] == [(name, True)]

    archive(office.clerk.books, office.clerk.maker, office.clerk.reader, office.cycle())
    kept = [path for path in (tmp_path / CYCLE).rglob("*") if path.is_file()]
    assert [path for path in kept if nik.encode() in path.read_bytes()] == []
    (note,) = [path for path in kept if path.parent.name == "3-surat-masuk"]
    assert "memuat nomor yang menyerupai NIK" in plain(note.read_text(encoding="utf-8"))
    assert listed not in [path.read_bytes() for path in kept]
    assert verify_archive(tmp_path / CYCLE) == ()


def test_a_nik_in_the_form_itself_goes_back_and_stands_in_no_later_paper(tmp_path: Path) -> None:
    """Even where Subbag Program accepts the form as it is, the recap and the report have it masked."""
    office = requested()
    office.archives_in(tmp_path)
    nik = NIK
    request = office.letter("kabid-capil", "request")
    form = filled(office, request, typed("IKU-03", "Faktor Pendukung", f"Layanan khusus a.n. {nik}"))
    sends(office, "kabid-capil", request, form)
    assert told(office.unit("CAPIL")) == {(FaultCode.PERSONAL_DATA, "Indikator!M8")}
    assert nik not in office.letter("kabid-capil", "returned").text
    office.answers("perencanaan", office.letter("perencanaan", "held_back"), "TERIMA CAPIL\nSudah dijelaskan.")
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    archive(office.clerk.books, office.clerk.maker, office.clerk.reader, office.cycle())
    kept = [path for path in (tmp_path / CYCLE).rglob("*") if path.is_file()]
    assert not any(holds_personal_data(path.read_bytes()) for path in kept)
    assert (tmp_path / CYCLE / "4-form-diterima" / "CAPIL").is_dir()


REKAP = ("Rekap DKB.pdf", pdf(("Rekapitulasi 1.250 pemohon",)))


def wants_evidence() -> ToyOffice:
    """Return an office that wants the evidence named in a form attached."""
    office = requested()
    policy = replace(office.office.policy, evidence_attached=True)
    office.has(office=replace(office.office, policy=policy))
    return office


def test_evidence_is_asked_for_once_whatever_mends_the_form() -> None:
    """It came with the form that went back; one line and BENAR mend it, and the receipt says what is kept."""
    office = wants_evidence()
    request = office.letter("kabid-capil", "request")
    form = filled(office, request, typed("IKU-03", "Realisasi", "1.234"))
    office.answers("kabid-capil", request, "Terlampir.", ("form.xlsx", form), REKAP)
    assert told(office.unit("CAPIL")) == {(FaultCode.AMBIGUOUS_NUMBER, "Indikator!K8")}
    returned = office.letter("kabid-capil", "returned")
    assert "sehingga tidak perlu dikirim kembali: Rekap DKB.pdf: Rabu, 7 Januari 2026" in plain(returned.text)
    office.answers("kabid-capil", returned, "IKU-03: 98,61")
    read = office.letter("kabid-capil", "lines_read")
    office.answers("kabid-capil", read, "BENAR")
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    assert "Rekap DKB.pdf: Rabu, 7 Januari 2026" in plain(office.letter("kabid-capil", "receipt").text)
    (kept,) = office.unit("CAPIL").evidence
    first = office.ledger.inbox.listing()[-1]
    assert office.ledger.files.read(kept.file_sha256) == REKAP[1]
    assert kept.mail_sha256 == first.sha256


def test_the_missing_evidence_may_come_alone() -> None:
    """The form that lacked nothing else counts; what comes later is thanked for, and kept."""
    office = wants_evidence()
    request = office.letter("kabid-capil", "request")
    office.answers("kabid-capil", request, "Terlampir.", ("form.xlsx", filled(office, request)))
    assert {code for code, _ in told(office.unit("CAPIL"))} == {FaultCode.EVIDENCE_NOT_ATTACHED}
    returned = office.letter("kabid-capil", "returned")
    assert "bila formnya sudah benar, berkasnya saja cukup" in plain(returned.text)
    office.answers("kabid-capil", returned, "Mohon maaf, data dukung terlampir.", REKAP)
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    receipt = office.letter("kabid-capil", "receipt")
    office.answers("kabid-capil", receipt, "Ini tambahannya.", ("Foto kegiatan.pdf", pdf(("Foto",))))
    thanks = plain(office.letter("kabid-capil", "evidence_kept").text)
    assert "Berkas: Foto kegiatan.pdf" in thanks
    assert [one.file_name for one in office.unit("CAPIL").evidence] == ["Rekap DKB.pdf", "Foto kegiatan.pdf"]


def test_a_figure_that_was_accepted_unread_is_shown_as_it_was_written() -> None:
    """Subbag Program takes the form as it is; nobody is told that the cell was empty."""
    office = requested()
    request = office.letter("kabid-capil", "request")
    form = filled(office, request, typed("IKU-04", "Realisasi", "sekitar 98"))
    sends(office, "kabid-capil", request, form)
    office.answers("perencanaan", None, "TERIMA CAPIL\nOke.")
    said = plain(office.letter("kabid-capil", "unit_accepted").text)
    assert "Realisasi: “sekitar 98” (belum terbaca sebagai angka), lembar Indikator, sel K9" in said
