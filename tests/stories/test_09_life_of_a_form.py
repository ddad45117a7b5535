"""Story 09: the life of a form, from three faults at once to a form that comes after the lock."""

from __future__ import annotations

from pathlib import Path

from mailbot.clerk.archiving import archive
from mailbot.core.cycle import UnitState
from mailbot.core.form import FaultCode
from mailbot.reading.personal_data import holds_personal_data
from mailbot.reading.workbook_grid import USUAL_LIMITS
from mailbot.writing.verifying import verify_archive
from tests.office import CYCLE, requested
from tests.stories.form_life import SCENES, filled, plain, sends, told, typed


def test_the_life_of_a_form() -> None:
    """One cycle, four units, every way a form can go; the same scenes are played on real servers."""
    office = requested()
    for scene in SCENES:
        office.hours_pass(0.01)
        scene(office)


def test_evidence_with_personal_data_is_held_and_not_spread(tmp_path: Path) -> None:
    """The form counts; the list of names with NIK beside it reaches neither Subbag Program nor the archive."""
    office = requested()
    office.archives_in(tmp_path)
    nik = "3574016408900001"
    request = office.letter("kabid-capil", "request")
    files = (("form.xlsx", filled(office, request)), ("daftar pemohon.csv", f"nama;nik\r\nA;{nik}\r\n".encode()))
    office.answers("kabid-capil", request, "Terlampir form dan data dukung.", *files)
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    assert "“daftar pemohon.csv” memuat nomor yang menyerupai NIK" in plain(
        office.letter("kabid-capil", "receipt").text
    )
    for key in ("perencanaan", "operator"):
        told = office.letter(key, "held_back")
        assert "daftar pemohon.csv" in told.text
        assert nik not in told.text

    archive(office.clerk, office.cycle())
    kept = [path for path in (tmp_path / CYCLE).rglob("*") if path.is_file()]
    assert [path for path in kept if nik.encode() in path.read_bytes()] == []
    (note,) = [path for path in kept if path.parent.name == "3-surat-masuk"]
    assert "memuat nomor yang menyerupai NIK" in plain(note.read_text(encoding="utf-8"))
    assert verify_archive(tmp_path / CYCLE) == ()


def test_a_nik_in_the_form_itself_goes_back_and_stands_in_no_later_paper(tmp_path: Path) -> None:
    """Even where Subbag Program accepts the form as it is, the recap and the report have it masked."""
    office = requested()
    office.archives_in(tmp_path)
    nik = "3574016408900001"
    request = office.letter("kabid-capil", "request")
    form = filled(office, request, typed("IKU-03", "Faktor Pendukung", f"Layanan khusus a.n. {nik}"))
    sends(office, "kabid-capil", request, form)
    assert told(office.unit("CAPIL")) == {(FaultCode.PERSONAL_DATA, "Indikator!M8")}
    assert nik not in office.letter("kabid-capil", "returned").text
    office.answers("perencanaan", office.letter("perencanaan", "held_back"), "TERIMA CAPIL\nSudah dijelaskan.")
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    archive(office.clerk, office.cycle())
    kept = [path for path in (tmp_path / CYCLE).rglob("*") if path.is_file()]
    assert not any(holds_personal_data(path.read_bytes(), USUAL_LIMITS) for path in kept)
    assert (tmp_path / CYCLE / "4-form-diterima" / "CAPIL").is_dir()
