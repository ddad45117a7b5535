"""What a letter carries: each kind of enclosure becomes its files, under names people can read, from state alone."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from mailbot.core.model.letters import Enclosure, EnclosureKind, LetterKind
from mailbot.core.model.office import Office
from mailbot.writing.covers import write_covers
from mailbot.writing.enclose import enclose
from mailbot.writing.letters.mime import Attached
from mailbot.writing.word.pdf import PdfMaker
from mailbot.writing.word.word_file import text_of
from mailbot.writing.words.phrases import DOCX, OTHER, PDF, XLSX, media_type_of, safe_name
from tests.offices.long_names import SECRET
from tests.writing import sample_cycle
from tests.writing.archive.closed_cycle import file_of
from tests.writing.sample_letters import full_letter

E = EnclosureKind
DRAFT = hashlib.sha256(b"draft 2").hexdigest()
WORKBOOK = hashlib.sha256(b"dafduk/1").hexdigest()


def enclosed(
    office: Office, folders: tuple[Path, ...], kind: LetterKind, *enclosures: Enclosure, pdf: PdfMaker | None = None
) -> tuple[Attached, ...]:
    """Return what a sample letter of that kind carries with these enclosures."""
    sample = full_letter(kind)
    letter = replace(sample.letter, enclosures=enclosures)
    (cover,) = write_covers([(letter, sample.cycle)], office, template_folders=folders, pdf=pdf)
    return enclose(letter, sample.cycle, office, files=file_of, secret=SECRET, template_folders=folders, cover=cover)


def named(attached: tuple[Attached, ...]) -> list[tuple[str, str]]:
    """Return name and media type of each file."""
    return [(one.name, one.media_type) for one in attached]


@pytest.mark.parametrize(
    ("kind", "enclosure", "expected"),
    [
        (LetterKind.REQUEST, Enclosure(kind=E.FORM, unit="dafduk"), [("Form-Isian-DAFDUK-2025.xlsx", XLSX)]),
        (
            LetterKind.RECEIPT,
            Enclosure(kind=E.FILLED_FORM, unit="dafduk"),
            [("Form-Isian-DAFDUK-2025-terisi.xlsx", XLSX)],
        ),
        (
            LetterKind.RETURNED,
            Enclosure(kind=E.RETURNED_FORM, unit="dafduk", sha256=WORKBOOK),
            [("Form-Isian-DAFDUK-2025-perlu-disesuaikan.xlsx", XLSX)],
        ),
        (
            LetterKind.REQUEST,
            Enclosure(kind=E.COVER_LETTER, unit="dafduk"),
            [("Surat-Pengantar-DAFDUK-2025.docx", DOCX)],
        ),
        (LetterKind.SUBMISSION, Enclosure(kind=E.COVER_LETTER), [("Surat-Pengantar-LKjIP-2025.docx", DOCX)]),
        (LetterKind.RECAP, Enclosure(kind=E.RECAP), [("Rekap-Kinerja-2025.xlsx", XLSX)]),
        (
            LetterKind.REVIEW,
            Enclosure(kind=E.DRAFT, sha256=DRAFT),
            [("LKjIP-2025-versi-2.docx", DOCX), ("LKjIP-2025-versi-2.pdf", PDF)],
        ),
        (LetterKind.DRAFT_AGAIN, Enclosure(kind=E.DRAFT), [("Draf-LKjIP-2025-berjalan.docx", DOCX)]),
        (
            LetterKind.SUBMISSION,
            Enclosure(kind=E.REPORT, sha256=DRAFT),
            [("LKjIP-2025-disahkan.docx", DOCX), ("LKjIP-2025-disahkan.pdf", PDF)],
        ),
        (
            LetterKind.REVISION,
            Enclosure(kind=E.FILE, sha256=DRAFT, name="marked_draft"),
            [("LKjIP-2025-catatan.docx", DOCX)],
        ),
        (LetterKind.REVISION, Enclosure(kind=E.FILE, sha256=WORKBOOK, name="../x"), [("Lampiran-2025.xlsx", XLSX)]),
    ],
)
def test_each_enclosure_becomes_its_files(
    office: Office,
    folders: tuple[Path, ...],
    kind: LetterKind,
    enclosure: Enclosure,
    expected: list[tuple[str, str]],
) -> None:
    """The right file under a short ASCII name."""
    assert named(enclosed(office, folders, kind, enclosure)) == expected


def test_the_ratified_report_leaves_byte_for_byte(office: Office, folders: tuple[Path, ...]) -> None:
    """What was approved is what is sent."""
    sent = enclosed(office, folders, LetterKind.SUBMISSION, Enclosure(kind=E.REPORT, sha256=DRAFT))
    assert sent[0].content == file_of(DRAFT)


def test_a_draft_without_a_digest_is_the_report_as_it_stands(office: Office, folders: tuple[Path, ...]) -> None:
    """DRAF is answered at any hour."""
    sent = enclosed(office, folders, LetterKind.DRAFT_AGAIN, Enclosure(kind=E.DRAFT))
    assert "Dari 15 indikator kinerja Tahun 2025" in text_of(sent[0].content)


def test_a_returned_form_carries_its_marks(office: Office, folders: tuple[Path, ...]) -> None:
    """A file that cannot be marked goes back as a fresh form with the list of what to mend in front."""
    sent = enclosed(
        office, folders, LetterKind.RETURNED, Enclosure(kind=E.RETURNED_FORM, unit="dafduk", sha256=WORKBOOK)
    )
    book = openpyxl.load_workbook(io.BytesIO(sent[0].content))
    assert "98,l2" in " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)


def test_enclosures_keep_the_letters_order_and_their_bytes(office: Office, folders: tuple[Path, ...]) -> None:
    """A letter composed again carries the same."""
    both = (Enclosure(kind=E.COVER_LETTER, unit="dafduk"), Enclosure(kind=E.FORM, unit="dafduk"))
    first = enclosed(office, folders, LetterKind.REQUEST, *both)
    assert [one.name for one in first] == ["Surat-Pengantar-DAFDUK-2025.docx", "Form-Isian-DAFDUK-2025.xlsx"]
    assert first == enclosed(office, folders, LetterKind.REQUEST, *both)


def test_a_pdf_stands_beside_the_cover_letter_where_one_can_be_made(office: Office, folders: tuple[Path, ...]) -> None:
    """Where LibreOffice is installed there are two files, elsewhere the Word file alone."""
    maker = PdfMaker()
    cover = Enclosure(kind=E.COVER_LETTER, unit="dafduk")
    names = [one.name for one in enclosed(office, folders, LetterKind.REQUEST, cover, pdf=maker)]
    assert names == ["Surat-Pengantar-DAFDUK-2025.docx", *["Surat-Pengantar-DAFDUK-2025.pdf"] * maker.available()]


def test_a_letter_without_cycle_or_enclosures_carries_nothing(office: Office, folders: tuple[Path, ...]) -> None:
    """Nothing is made for it."""
    letter = full_letter(LetterKind.STATUS).letter
    for cycle in (None, sample_cycle.collecting()):
        assert enclose(letter, cycle, office, files=file_of, secret=SECRET, template_folders=folders) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("Form (1) fix final.xlsx", "Form-1-fix-final.xlsx"),
        ("Próbolinggo é", "Probolinggo-e"),
        ("...", "tanpa-nama"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_file_name_is_never_a_path(text: str, name: str) -> None:
    """Whatever somebody called a file."""
    assert safe_name(text) == name


def test_bytes_tell_what_they_are() -> None:
    """By their beginning and their parts, never by a name."""
    assert media_type_of(b"%PDF-1.7") == PDF
    assert media_type_of(b"PK\x03\x04..word/document.xml") == DOCX
    assert media_type_of(b"PK\x03\x04..xl/workbook.xml") == XLSX
    assert media_type_of(b"PK\x03\x04..other") == OTHER
    assert media_type_of(b"\xd0\xcf\x11\xe0") == OTHER
