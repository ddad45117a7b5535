"""The archive: laid out for people, whole or not at all, and any change is found on another machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.office import Office
from mailbot.writing.archive.archive import Kept, KeptLine, KeptMessage, write_archive
from mailbot.writing.archive.verify import verify_archive
from tests.writing import sample_cycle
from tests.writing.conftest import written
from tests.writing.sample_letters import full_letter

AT = datetime(2026, 1, 23, 3, 0, tzinfo=UTC)


def journal(*cycles: str) -> tuple[KeptLine, ...]:
    """Return a chained journal, one line for each cycle named."""
    before, lines = "0" * 64, []
    for number, cycle in enumerate(cycles, start=1):
        line = {"actor": "mailbot", "at": AT.isoformat(), "cycle": cycle, "detail": [], "event": "x", "number": number}
        canonical = json.dumps({**line, "unit": ""}, sort_keys=True, separators=(",", ":")).encode()
        before = hashlib.sha256(bytes.fromhex(before) + canonical).hexdigest()
        lines.append(KeptLine(number=number, cycle=cycle, canonical=canonical, hash=before))
    return tuple(lines)


def file_of(sha256: str) -> bytes:
    """Return a kept file: the draft is a Word file, its PDF a PDF, anything else a workbook."""
    heads = {"draft 2": b"PK\x03\x04 word/document.xml", "draft 2 as pdf": b"%PDF-1.7"}
    digests = {hashlib.sha256(name.encode()).hexdigest(): head for name, head in heads.items()}
    return digests.get(sha256, b"PK\x03\x04 xl/workbook.xml") + sha256.encode()


def kept() -> Kept:
    """Return everything that was kept of the toy office's closed cycle."""
    kinds = (LetterKind.REQUEST, LetterKind.RECEIPT, LetterKind.SUBMISSION)
    letters = tuple(
        KeptMessage(
            name=full_letter(kind).letter.key, at=AT + timedelta(hours=hour), raw=written(full_letter(kind)).raw
        )
        for hour, kind in enumerate(kinds)
    )
    mails = (KeptMessage(name="form", at=AT, raw=b"From: a\r\n\r\nx"), KeptMessage(name="", at=AT, raw=b"y"))
    lines = journal("2025", "", "2025", "2026-tw1", "2025")
    return Kept(cycle=sample_cycle.closed(), letters=letters, mails=mails, journal=lines, files=file_of)


@pytest.fixture
def archive(tmp_path: Path, office: Office, folders: tuple[Path, ...]) -> Path:
    """Return a freshly written archive."""
    return write_archive(tmp_path / "arsip", kept(), office, folders)


def names(folder: Path) -> list[str]:
    """Return every file of an archive."""
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_the_archive_is_laid_out_for_people(archive: Path) -> None:
    """Report first, then letters and mails in the order of time, forms by unit, the journal, the manifest."""
    assert archive.name == "2025"
    assert names(archive) == [
        "1-laporan/LKjIP-2025.docx",
        "1-laporan/LKjIP-2025.pdf",
        "1-laporan/Rekap-Kinerja-2025.xlsx",
        "1-laporan/Surat-Pengantar-LKjIP-2025.pdf",
        "2-surat-keluar/001_2026-01-23_request-2025-dafduk-1.eml",
        "2-surat-keluar/002_2026-01-23_receipt-2025-dafduk-1.eml",
        "2-surat-keluar/003_2026-01-23_submission-2025-bappeda-1.eml",
        "3-surat-masuk/001_2026-01-23_tanpa-nama.eml",
        "3-surat-masuk/002_2026-01-23_form.eml",
        "4-form-diterima/CAPIL/CAPIL-kiriman-1-diterima.xlsx",
        "4-form-diterima/DAFDUK/DAFDUK-kiriman-1-diterima.xlsx",
        "4-form-diterima/PIAK/PIAK-kiriman-1-diterima.xlsx",
        "4-form-diterima/SEKRETARIAT/SEKRETARIAT-kiriman-1-diterima.xlsx",
        "5-riwayat/jurnal.jsonl",
        "5-riwayat/keputusan.txt",
        "BACA-DAHULU.txt",
        "manifest.json",
    ]


def test_what_came_and_went_is_there_byte_for_byte(archive: Path) -> None:
    """An .eml is the mail itself."""
    sent = kept().letters[0].raw
    assert (archive / "2-surat-keluar/001_2026-01-23_request-2025-dafduk-1.eml").read_bytes() == sent
    assert (archive / "3-surat-masuk/002_2026-01-23_form.eml").read_bytes() == b"From: a\r\n\r\nx"


def test_the_decisions_are_written_out_with_what_they_were_given_on(archive: Path) -> None:
    """Who said which word, when, on which file, and how far he was proved."""
    text = (archive / "5-riwayat/keputusan.txt").read_text(encoding="utf-8")
    assert "2. DISAHKAN - Kepala Dinas (head@example.go.id)" in text
    assert f"Naskah        : versi 2, SHA-256 {hashlib.sha256(b'draft 2').hexdigest()}" in text
    assert "keaslian pengirim dipastikan oleh server surel" in text


def test_lines_of_other_cycles_show_their_hash_alone(archive: Path) -> None:
    """The chain can be followed, and nobody else's affairs are told."""
    lines = [json.loads(line) for line in (archive / "5-riwayat/jurnal.jsonl").read_text().splitlines()]
    assert [line["line"] and line["line"]["cycle"] for line in lines] == ["2025", None, "2025", None, "2025"]


def test_a_whole_archive_verifies_and_so_does_its_second_writing(
    archive: Path, office: Office, folders: tuple[Path, ...]
) -> None:
    """Writing again replaces the archive by the same one and leaves nothing beside it."""
    before = {name: (archive / name).read_bytes() for name in names(archive)}
    assert verify_archive(archive) == ()
    assert verify_archive(archive / "manifest.json") == ()
    (archive.parent / ".2025.new").mkdir()
    write_archive(archive.parent, kept(), office, folders)
    assert {name: (archive / name).read_bytes() for name in names(archive)} == before
    assert [one.name for one in archive.parent.iterdir()] == ["2025"]


def _cut(journal_file: Path, line: int) -> None:
    """Take one line out of a journal, and put the list right again."""
    lines = journal_file.read_text().splitlines(keepends=True)
    journal_file.write_text("".join(lines[:line] + lines[line + 1 :]))
    _relist(journal_file)


def _relist(journal_file: Path) -> None:
    """Write a changed journal's new digest into the list, as a forger would."""
    manifest = journal_file.parent.parent / "manifest.json"
    listed = json.loads(manifest.read_text())
    for entry in listed["files"]:
        if entry["path"].endswith(".jsonl"):
            entry["sha256"] = hashlib.sha256(journal_file.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(listed))


def _reword(journal_file: Path) -> None:
    """Change what a line says, and put the list right again."""
    journal_file.write_text(journal_file.read_text().replace('"event": "x"', '"event": "y"', 1))
    _relist(journal_file)


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (lambda a: (a / "BACA-DAHULU.txt").unlink(), "missing: BACA-DAHULU.txt"),
        (lambda a: (a / "BACA-DAHULU.txt").write_text("x"), "changed: BACA-DAHULU.txt"),
        (lambda a: (a / "1-laporan/lain.pdf").write_text("x"), "added: 1-laporan/lain.pdf"),
        (lambda a: (a / "tautan").symlink_to("/etc/hosts"), "added: tautan"),
        (lambda a: _reword(a / "5-riwayat/jurnal.jsonl"), "journal: line 1 does not fit the chain"),
        (lambda a: _cut(a / "5-riwayat/jurnal.jsonl", 1), "journal: line 2 is missing"),
        (lambda a: _cut(a / "5-riwayat/jurnal.jsonl", 4), "journal: it does not end where the archive's list says"),
        (lambda a: (a / "5-riwayat/jurnal.jsonl").write_text("{"), "journal: 5-riwayat/jurnal.jsonl cannot be read"),
        (lambda a: (a / "5-riwayat/jurnal.jsonl").unlink(), "journal: there is none to follow"),
    ],
)
def test_every_change_is_found(archive: Path, harm: Callable[[Path], object], problem: str) -> None:
    """A file taken, changed, added or swapped for a link, and a journal reworded or cut, are named."""
    harm(archive)
    assert problem in verify_archive(archive)


def test_a_folder_that_is_no_archive_is_said_to_be_none(tmp_path: Path) -> None:
    """No list, or a list that is none."""
    assert verify_archive(tmp_path) == (
        f"{tmp_path} holds no manifest.json: this is no archive, or its list was taken away",
    )
    (tmp_path / "manifest.json").write_text("[]")
    assert verify_archive(tmp_path) == (f"{tmp_path / 'manifest.json'} cannot be read as an archive's list",)
