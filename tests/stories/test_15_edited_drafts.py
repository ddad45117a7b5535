"""Story 15: Subbag Program sends an edited draft, whatever stands beside it; what goes on is what they sent."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from mailbot.core.draft.versions import Draft
from mailbot.core.language.reply_words import Word
from mailbot.core.model.sop import Step
from mailbot.writing.word.passive_document import passive_document
from tests.core.play import drafting
from tests.office import AUTHSERV_ID, Seen, ToyOffice, laid
from tests.stories.verbatim import reads
from tests.writing.edited.small_documents import members_of, packed

CASES = Path(__file__).parents[1] / "cases"
TABLES = (CASES / "expect.tsv", CASES / "own.tsv")
EDITED = tuple(
    name
    for table in TABLES
    for name, must in (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if line)
    if must == "draft"
)


def docx_of(mail: EmailMessage) -> tuple[str, bytes]:
    """Return the name and the bytes of the Word file in a mail."""
    part = next(part for part in mail.iter_attachments() if (part.get_filename() or "").endswith(".docx"))
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return part.get_filename() or "", content


def as_it_goes_on(content: bytes) -> bytes:
    """Return a file without what its program wrote into it of whoever saved it; not a letter of it is another."""
    clean = passive_document(content)
    before, after = (members_of(package)["word/document.xml"] for package in (content, clean))
    assert re.findall(rb"<w:t[ >][^<]*", before) == re.findall(rb"<w:t[ >][^<]*", after)
    return clean


def in_answer_to(raw: bytes, letter: Seen) -> tuple[bytes, str, bytes]:
    """Return a mail of the table as it comes in answer to that letter, with its file's name and bytes."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    for name in ("In-Reply-To", "References"):
        mail.replace_header(name, letter.message_id)
    proof = f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from=example.go.id\r\n".encode()
    taken = f"Received: from client by {AUTHSERV_ID}; Thu, 15 Jan 2026 09:00:00 +0700\r\n".encode()
    return proof + taken + mail.as_bytes(policy=email.policy.SMTP), *docx_of(mail)


def passes_on(office: ToyOffice) -> None:
    """Let Subbag Program pass a draft on in which no figure can be checked: it is asked about once."""
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    office.answers("perencanaan", office.letter("perencanaan", "draft_held"), "TERUSKAN")


def edited(words: str = "TERUSKAN") -> tuple[ToyOffice, str]:
    """Return the office after an edited draft beside these words, and the digest of what was sent."""
    office = laid()
    letter = office.letter("perencanaan", "draft")
    content = packed(members_of(edited_otherwise(letter.file(".docx")[1])))
    office.answers("perencanaan", letter, words, ("Draf sunting.docx", content))
    return office, drafted(office).docx_sha256


def _mail(name: str) -> EmailMessage:
    mail = email.message_from_bytes((CASES / name).read_bytes(), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


@pytest.mark.parametrize("name", EDITED)
def test_an_edited_draft_is_the_next_version_whatever_stands_beside_it(name: str) -> None:
    """The answer names the file; the draft comes back to its author, and goes on only with TERUSKAN."""
    office = laid()
    raw, file, content = in_answer_to((CASES / name).read_bytes(), office.letter("perencanaan", "draft"))
    office.arrives(raw)
    draft = office.cycle().draft
    assert draft is not None
    assert (office.cycle().step, draft.version) == (Step.DRAFT, 2)
    assert draft.docx_sha256 == hashlib.sha256(as_it_goes_on(content)).hexdigest()
    noted = office.letter("perencanaan", "verdict_noted")
    assert f"Berkas: {file}" in noted.text
    assert "versi 2" in office.letter("perencanaan", "draft").subject
    assert not office.letters_to("perencanaan", "unclear")
    assert not office.letters_to("perencanaan", "not_yours")
    passes_on(office)
    assert office.letter("sekretaris", "review").file(".docx")[1] == as_it_goes_on(content)


def test_teruskan_beside_an_edited_draft_is_bound_to_what_goes_on() -> None:
    """Version and digest, recorded and echoed, are those of the file that the Sekretaris gets."""
    office, sha256 = edited()
    cycle = office.cycle()
    assert cycle.step is Step.REVIEW
    verdict = cycle.verdicts[-1]
    assert (verdict.word, verdict.draft_version, verdict.docx_sha256) == ("TERUSKAN", 2, sha256)
    review = office.letter("sekretaris", "review")
    assert hashlib.sha256(review.file(".docx")[1]).hexdigest() == sha256
    noted = office.letter("perencanaan", "verdict_noted")
    # It is made from the mail it answers, and so from the report that was edited.
    reference = noted.text.split("Rujukan: ")[1].strip()
    reads(
        noted,
        "Tercatat: TERUSKAN",
        f"""
        Yth. Bapak/Ibu Kepala Sub Bagian Perencanaan dan Keuangan

        Dengan hormat,

        Permintaan Bapak/Ibu untuk meneruskan Laporan Kinerja Tahun 2025 versi 2
        telah kami catat.

        Jawaban: TERUSKAN
        Dicatat pada: Rabu, 7 Januari 2026 pukul 11.30 WIB
        Berkas: Draf sunting.docx
        Sidik berkas (SHA-256): {sha256[:12]}

        Apabila jawaban tersebut bukan dari Bapak/Ibu, mohon segera menghubungi
        Pranata Komputer, surel operator.disdukcapil@example.go.id.

        Demikian disampaikan, atas perhatian dan kerja sama Bapak/Ibu kami ucapkan
        terima kasih.

        Layanan Surel Laporan Kinerja

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Pranata Komputer, surel operator.disdukcapil@example.go.id
        Rujukan: {reference}
        """,
    )


def test_a_word_that_is_not_done_beside_an_edited_draft_is_said_to_be_so() -> None:
    """KEMBALIKAN beside an edited draft: the draft is taken, and the word is asked for by itself."""
    office, _ = edited("KEMBALIKAN DAFDUK\nAngka IKU-01 janggal.")
    assert office.cycle().step is Step.DRAFT
    noted = office.letter("perencanaan", "verdict_noted").text
    assert "Kata KEMBALIKAN yang tertulis di samping berkas itu tidak kami jalankan." in noted


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Draf sunting.docx", b"PK\x03\x04 putus"),
        ("Draf.doc", b"\xd0\xcf\x11\xe0" + bytes(600)),
        ("Draf.odt", b"PK odt"),
    ],
)
def test_teruskan_beside_a_text_that_cannot_be_read_does_not_send_the_former_version_on(
    name: str, content: bytes
) -> None:
    """It is asked for as DOCX; without it the word may be said once more."""
    office = laid()
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN", (name, content))
    assert office.cycle().step is Step.DRAFT
    asked = office.letter("perencanaan", "unclear")
    assert name in asked.text
    office.answers("perencanaan", asked, "TERUSKAN")
    assert office.cycle().step is Step.REVIEW


def test_a_draft_that_is_still_to_be_compiled_does_not_go_on_by_the_clock() -> None:
    """The word stands on the edited version: row 6 ends when that version is there, and not before."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, document="e" * 64)
    play.clock(play.at)
    assert play.step() is Step.DRAFT
    play.compiles()
    assert play.step() is Step.REVIEW


def drafted(office: ToyOffice) -> Draft:
    """Return the present version of the draft."""
    draft = office.cycle().draft
    assert draft is not None
    return draft


def edited_otherwise(content: bytes) -> bytes:
    """Return a Word file with another edit in it."""
    document = Document(BytesIO(content))
    document.add_paragraph("Catatan tambahan.")
    document.core_properties.modified = datetime(2026, 1, 7, tzinfo=UTC)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def one_file() -> tuple[str, bytes]:
    """Return an edited draft."""
    return "Draf sunting.docx", docx_of(_mail("draft/a-baik.eml"))[1]


@pytest.mark.parametrize("words", ["Terlampir draf hasil sunting.", "TERUSKAN", "", "Baik, terlampir."])
def test_an_edited_draft_in_answer_to_no_letter_is_asked_back_and_goes_on_once_it_answers_one(words: str) -> None:
    """It is not taken for a form that is missing, nor does TERUSKAN beside it send the old version on."""
    office = laid()
    office.answers("perencanaan", None, words, one_file())
    (asked,) = office.letters_to("perencanaan", "unclear")
    assert "Draf sunting.docx" in asked.text
    assert (office.cycle().step, drafted(office).version) == (Step.DRAFT, 1)
    office.answers("perencanaan", asked, words, one_file())
    assert drafted(office).docx_sha256 == hashlib.sha256(as_it_goes_on(one_file()[1])).hexdigest()


@pytest.mark.parametrize("words", ["Terlampir draf hasil sunting.", "TERUSKAN"])
def test_of_two_edited_drafts_none_is_taken_before_it_is_said_which(words: str) -> None:
    """The first of them may be the one that was sent by mistake."""
    office = laid()
    name, content = one_file()
    other = ("Draf sunting (2).docx", edited_otherwise(content))
    office.answers("perencanaan", office.letter("perencanaan", "draft"), words, (name, content), other)
    (asked,) = office.letters_to("perencanaan", "unclear")
    assert name in asked.text
    assert other[0] in asked.text
    assert (office.cycle().step, drafted(office).version) == (Step.DRAFT, 1)
    office.answers("perencanaan", asked, words, other)
    assert drafted(office).docx_sha256 == hashlib.sha256(as_it_goes_on(other[1])).hexdigest()


def test_the_same_file_twice_is_one_edited_draft() -> None:
    """A phone attaches it twice."""
    office = laid()
    name, content = one_file()
    letter = office.letter("perencanaan", "draft")
    office.answers("perencanaan", letter, "Terlampir.", (name, content), ("salinan.docx", content))
    assert drafted(office).version == 2


def test_an_edited_draft_in_answer_to_the_remarks_of_the_reviewer_is_not_passed_over() -> None:
    """It comes in the thread of the letter that told of them."""
    office = laid()
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    office.answers("sekretaris", office.letter("sekretaris", "review"), "PERBAIKI\nBab III tabel 2 keliru.")
    office.answers("perencanaan", office.letter("perencanaan", "revision"), "Terlampir perbaikannya.", one_file())
    assert drafted(office).docx_sha256 == hashlib.sha256(as_it_goes_on(one_file()[1])).hexdigest()
