"""Story 29: the draft comes back marked, as a Word file, a PDF, a photograph; every remark reaches Subbag Program."""

from __future__ import annotations

from mailbot.core.model.sop import Step
from tests.office import ToyOffice
from tests.reading.marks.pdf_files import marked_pdf
from tests.reading.marks.test_returned import jpeg
from tests.reading.marks.word_files import Comment, anchored, commented
from tests.stories.test_03_secretary_sends_back import drafted, edits
from tests.writing.edited.small_documents import paragraph, run, tracked, with_body

PHOTO = ("IMG_2041.jpg", jpeg(1280, 960) + b"\0" * 50_000)


def files_of(office: ToyOffice, kind: str) -> set[bytes]:
    """Return what Subbag Program's last letter of that kind carries."""
    return {content for _, content in office.letter("perencanaan", kind).files}


def test_a_consent_beside_marks_is_asked_back_and_perbaiki_in_answer_takes_them_along() -> None:
    """The question repeats what was read; nothing is sent twice; the draft saved anew says nothing."""
    office = drafted()
    letter = office.letter("sekretaris", "review")
    name, content = letter.file(".docx")
    body = with_body(content, paragraph(anchored(0, run("Simpulan.")), tracked("ins", run(" Tambahan."))))
    back = commented(body, Comment("Mohon diringkas."))
    office.answers("sekretaris", letter, "SETUJU", (name, back), ("catatan.pdf", marked_pdf()), PHOTO)
    assert office.cycle().step is Step.REVIEW
    asked = office.letter("sekretaris", "unclear")
    for told in ("Mohon diringkas.", "Tambahan.", "Angka ini berbeda dengan SIAK.", "IMG_2041.jpg", "hal. 1"):
        assert told in " ".join(asked.text.split())

    office.answers("sekretaris", asked, "PERBAIKI")
    assert office.cycle().step is Step.DRAFT
    assert {PHOTO[1]} < files_of(office, "revision")
    assert "LKjIP-2025-catatan-IMG_2041.jpg" in [one for one, _ in office.letter("perencanaan", "revision").files]
    listed = office.cycle().remarks
    assert [one.number for one in listed] == list(range(1, len(listed) + 1))
    told = " ".join(office.letter("perencanaan", "revision").text.split())
    for remark in ("Mohon diringkas.", "Tambahan.", "Angka ini berbeda dengan SIAK.", "IMG_2041.jpg"):
        assert remark in told

    edits(office, f"1-{len(listed)}: sudah disesuaikan\n\nTERUSKAN")
    letter = office.letter("sekretaris", "review")
    assert letter.text.count("Tindak lanjut: sudah disesuaikan") == len(listed)
    saved = with_body(letter.file(".docx")[1], "")
    office.answers("sekretaris", letter, "SETUJU", (name, saved))
    assert office.cycle().step is Step.RATIFY


def test_a_marked_pdf_alone_is_a_refusal_and_a_photograph_alone_is_asked_about() -> None:
    """What can be read counts by itself; what only a person can read or hear waits for the word, and is kept for it."""
    office = drafted()
    office.answers("sekretaris", None, "Berikut catatan saya.", PHOTO)
    assert office.cycle().step is Step.REVIEW
    asked = office.letter("sekretaris", "unclear")
    assert "IMG_2041.jpg" in asked.text
    assert "draf versi 1" in " ".join(asked.text.split())
    office.answers("sekretaris", asked, "SETUJU")
    assert office.cycle().step is Step.RATIFY
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN", ("Pesan suara.m4a", b"ftypM4A ada koreksi"))
    assert office.cycle().step is Step.RATIFY
    assert "belum dapat kami baca" in " ".join(office.letter("kadis", "unclear").text.split())
    office.answers("kadis", office.letter("kadis", "ratify"), "", ("draf.pdf", marked_pdf()))
    assert office.cycle().step is Step.DRAFT
    assert marked_pdf() in files_of(office, "revision")
