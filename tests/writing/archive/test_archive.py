"""The archive: laid out for people, whole or not at all, and any change is found on another machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mailbot.core.model.office import Office
from mailbot.writing.archive.archive import write_archive
from mailbot.writing.archive.verify import verify_archive
from tests.writing.archive.closed_cycle import DOCX, kept, sha256


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
        "1-laporan/LKjIP-2025-disahkan.docx",
        "1-laporan/LKjIP-2025-disahkan.pdf",
        "1-laporan/Rekap-Kinerja-2025.xlsx",
        "1-laporan/Surat-Pengantar-LKjIP-2025.pdf",
        "2-surat-keluar/001_2026-01-23_request-2025-dafduk-1.eml",
        "2-surat-keluar/002_2026-01-23_receipt-2025-dafduk-1.eml",
        "2-surat-keluar/003_2026-01-23_submission-2025-bappeda-1.eml",
        f"2-surat-keluar/004_2026-01-23_verdict_noted-2025-{sha256(b'DISAHKAN')[:16]}.eml",
        "3-surat-masuk/001_2026-01-23_tanpa-nama.eml",
        "3-surat-masuk/002_2026-01-23_form.eml",
        "3-surat-masuk/003_2026-01-23_verdict.eml",
        "3-surat-masuk/004_2026-01-23_verdict.eml",
        "3-surat-masuk/005_2026-01-23_verdict.eml",
        "4-form-diterima/CAPIL/CAPIL-kiriman-1-diterima.xlsx",
        "4-form-diterima/DAFDUK/DAFDUK-kiriman-1-diterima.xlsx",
        "4-form-diterima/PIAK/PIAK-kiriman-1-diterima.xlsx",
        "4-form-diterima/SEKRETARIAT/SEKRETARIAT-kiriman-1-diterima.xlsx",
        "5-riwayat/asal-angka.html",
        "5-riwayat/jurnal.jsonl",
        "5-riwayat/keputusan.txt",
        "5-riwayat/status-laporan.html",
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
    assert f"Naskah        : versi 2, SHA-256 {sha256(DOCX)}" in text
    assert "keaslian pengirim dipastikan oleh server surel" in text


def test_lines_of_other_cycles_show_their_hash_alone(archive: Path) -> None:
    """The chain can be followed, and nobody else's affairs are told."""
    lines = [json.loads(line) for line in (archive / "5-riwayat/jurnal.jsonl").read_text().splitlines()]
    told = [line["line"] and line["line"]["cycle"] for line in lines]
    assert told == ["2025", None, *["2025"] * 4, None, *["2025"] * 6]


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
    journal_file.write_text(journal_file.read_text().replace("cycle_opened", "cycle_open", 1))
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
        (lambda a: _cut(a / "5-riwayat/jurnal.jsonl", 12), "journal: it does not end where the archive's list says"),
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
