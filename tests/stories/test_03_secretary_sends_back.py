"""Story 03: the Sekretaris sends the draft back with remarks, the Kepala Dinas once more."""

from __future__ import annotations

from mailbot.core.model.sop import Step
from tests.office import ToyOffice, laid, told_once
from tests.writing.edited.small_documents import paragraph, run, with_body


@told_once
def drafted() -> ToyOffice:
    """Return the office with the first draft before the Sekretaris."""
    office = laid()
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    return office


def edits(office: ToyOffice, words: str = "TERUSKAN") -> None:
    """Let Subbag Program answer the remarks with an edited draft, and pass it on."""
    revision = office.letter("perencanaan", "revision")
    content = with_body(revision.file(".docx")[1], paragraph(run(f"Suntingan ke-{len(office.cycle().verdicts)}.")))
    office.answers("perencanaan", revision, words, ("Draf sunting.docx", content))


def test_remarks_lead_back_to_a_new_draft_and_reach_subbag_program_numbered() -> None:
    """PERBAIKI with two remarks: row 6 again, both remarks told; the version stays until somebody edits it."""
    office = drafted()
    remarks = "PERBAIKI\n1. Ikhtisar eksekutif terlalu panjang.\n2. Tabel anggaran mohon dicek."
    office.answers("sekretaris", office.letter("sekretaris", "review"), remarks)
    cycle = office.cycle()
    assert cycle.step is Step.DRAFT
    assert cycle.draft is not None
    assert cycle.draft.version == 1
    told = office.letter("perencanaan", "revision").text
    assert "1. Ikhtisar eksekutif terlalu panjang." in told
    assert "2. Tabel anggaran mohon dicek." in told

    office.answers("perencanaan", office.letter("perencanaan", "revision"), "1: dipersingkat menjadi dua halaman")
    noted = office.letter("perencanaan", "answers_noted").text
    assert "Catatan nomor 2 masih menunggu jawaban." in noted
    assert "Tindak lanjut: dipersingkat menjadi dua halaman" in noted
    edits(office, "2: sudah dicek, hal. 12\n\nTERUSKAN\n\nTerima kasih")
    brief = office.letter("sekretaris", "review").text
    assert brief.startswith("Mohon reviu draf Laporan Kinerja Tahun 2025 versi 2")
    told = "Ikhtisar eksekutif terlalu panjang.\n   Tindak lanjut: dipersingkat menjadi dua halaman\n2. Tabel anggaran"
    assert f"Catatan Bapak/Ibu dan tindak lanjutnya\n\n1. {told}" in brief
    assert "Tindak lanjut: sudah dicek, hal. 12" in brief
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    assert office.cycle().step is Step.RATIFY
    assert "tindak lanjutnya" not in office.letter("kadis", "ratify").text
    office.answers("kadis", office.letter("kadis", "ratify"), "PERBAIKI: Sampul belum mencantumkan tahun.")
    assert office.cycle().step is Step.DRAFT
    assert "3. Sampul belum mencantumkan tahun." in office.letter("perencanaan", "revision").text
    edits(office)
    brief = " ".join(office.letter("sekretaris", "review").text.split())
    assert "3. Sampul belum mencantumkan tahun. Tindak lanjut: naskah telah disunting (versi 3)" in brief


def test_a_refusal_without_a_reason_is_asked_back() -> None:
    """PERBAIKI alone changes nothing."""
    office = drafted()
    office.answers("sekretaris", office.letter("sekretaris", "review"), "PERBAIKI")
    assert office.cycle().step is Step.REVIEW
    assert len(office.letters_to("sekretaris", "unclear")) == 1


def test_consent_with_reservations_is_no_consent() -> None:
    """'Setuju dengan catatan' is asked back, never guessed."""
    office = drafted()
    office.answers("sekretaris", office.letter("sekretaris", "review"), "Setuju dengan catatan, tabel 3 dicek lagi.")
    assert office.cycle().step is Step.REVIEW
    assert len(office.letters_to("sekretaris", "unclear")) == 1


def test_a_word_on_an_older_version_is_void() -> None:
    """Answering the letter of version 1 when version 2 stands decides nothing."""
    office = drafted()
    old = office.letter("sekretaris", "review")
    office.answers("sekretaris", old, "PERBAIKI\nMohon dirapikan.")
    edits(office)
    office.answers("sekretaris", old, "SETUJU")
    assert office.cycle().step is Step.REVIEW
    assert len(office.letters_to("sekretaris", "out_of_turn")) == 1


def test_the_objection_to_the_data_needs_goes_to_subbag_program() -> None:
    """Row 1: an objection stops the request until Subbag Program passes the matter on again."""
    office = ToyOffice()
    office.works()
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "KEBERATAN\nIKU-14 belum dapat diminta.")
    office.days_pass(3)
    assert office.cycle().step is Step.INFORM
    objected = office.letter("perencanaan", "data_needs_objected")
    assert "IKU-14 belum dapat diminta." in objected.text
    office.answers("perencanaan", objected, "TERUSKAN")
    office.morning()
    assert len(office.letters_to("sekretaris", "data_needs")) == 2
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU")
    assert office.cycle().step in {Step.REQUEST, Step.COLLECT}


def test_an_objection_without_a_reason_holds_the_requests_back() -> None:
    """Row 1 would end by silence: nobody who objected is asked to explain himself before it counts."""
    office = ToyOffice()
    office.works()
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "KEBERATAN")
    assert "belum disertai catatan" in office.letter("perencanaan", "data_needs_objected").text
    office.days_pass(10)
    assert office.cycle().step is Step.INFORM
    assert office.letters_to("kabid-dafduk") == []
