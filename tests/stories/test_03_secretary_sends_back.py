"""Story 03: the Sekretaris sends the draft back with remarks, the Kepala Dinas once more."""

from __future__ import annotations

from mailbot.core.model.sop import Step
from tests.office import ToyOffice, collected, requested
from tests.writing.edited.small_documents import paragraph, run, with_body


def drafted() -> ToyOffice:
    """Return the office with the first draft before the Sekretaris."""
    office = requested()
    collected(office)
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    return office


def edits(office: ToyOffice) -> None:
    """Let Subbag Program answer the remarks with an edited draft, and pass it on."""
    revision = office.letter("perencanaan", "revision")
    content = with_body(revision.file(".docx")[1], paragraph(run(f"Suntingan ke-{len(office.cycle().verdicts)}.")))
    office.answers("perencanaan", revision, "TERUSKAN", ("Draf sunting.docx", content))


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

    edits(office)
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    assert office.cycle().step is Step.RATIFY
    office.answers("kadis", office.letter("kadis", "ratify"), "PERBAIKI: Sampul belum mencantumkan tahun.")
    assert office.cycle().step is Step.DRAFT
    assert "Sampul belum mencantumkan tahun." in office.letter("perencanaan", "revision").text


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
