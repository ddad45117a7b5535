"""The archive: laid out for people, whole or not at all, and any change is found on another machine."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from mailbot.clerk.desk.witnessing import joined_here
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.form import Entry
from mailbot.core.model.office import Office
from mailbot.core.model.sop import Step
from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperKind, PaperReason, PaperSignature
from mailbot.core.papers.filing import Filing
from mailbot.core.papers.kept import KeptPaper
from mailbot.core.remarks.listed import ListedRemark, RemarkAnswer
from mailbot.core.remarks.remark import Remark, RemarkSource
from mailbot.ledger.mapping import dump
from mailbot.writing.archive import figures
from mailbot.writing.archive.archive import lay_out
from mailbot.writing.archive.checking.proving import prove, witnesses_in, witnesses_of_letter
from mailbot.writing.archive.kept import KeptMessage
from mailbot.writing.archive.laying import lay_down
from mailbot.writing.archive.settling import settled
from mailbot.writing.archive.verify import verify_archive
from mailbot.writing.print.flowing import Flow
from mailbot.writing.words.phrases import read_phrases
from tests.writing.archive.closed_cycle import AT, DOCX, archived, form_of, kept, sha256, the_archive, told
from tests.writing.archive.forger import Forger
from tests.writing.print.test_flowing import titles

SIGNED = PaperSignature(signer="Kepala Dinas Contoh", issuer="CA Contoh", signed_at=AT, holds=True)


@pytest.fixture
def archive(tmp_path: Path, office: Office, folders: tuple[Path, ...]) -> Path:
    """Return a freshly written archive."""
    return lay_down(tmp_path / "arsip", "2025", the_archive(office, folders), settled=True)[0]


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
        "1-laporan/versi/LKjIP-2025-versi-1.docx",
        "2-surat-keluar/001_2026-01-23_data_needs-2025-secretary-1.eml",
        "2-surat-keluar/002_2026-01-23_request-2025-dafduk-1.eml",
        "2-surat-keluar/003_2026-01-23_receipt-2025-dafduk-1.eml",
        "2-surat-keluar/004_2026-01-23_submission-2025-bappeda-1.eml",
        f"2-surat-keluar/005_2026-01-23_verdict_noted-2025-{sha256(b'DISAHKAN')[:16]}.eml",
        "3-surat-masuk/001_2026-01-23_tanpa-nama.eml",
        "3-surat-masuk/002_2026-01-23_form.eml",
        "3-surat-masuk/003_2026-01-23_verdict.eml",
        "3-surat-masuk/004_2026-01-23_verdict.eml",
        "3-surat-masuk/005_2026-01-23_verdict.eml",
        "4-form-diterima/CAPIL/CAPIL-kiriman-1-diterima.xlsx",
        "4-form-diterima/DAFDUK/DAFDUK-kiriman-1-diterima.xlsx",
        "4-form-diterima/PIAK/PIAK-kiriman-1-diterima.xlsx",
        "4-form-diterima/SEKRETARIAT/SEKRETARIAT-kiriman-1-diterima.xlsx",
        "4-form-diterima/SEKRETARIAT/data-dukung/01-rekap.pdf",
        "5-riwayat/asal-angka.html",
        "5-riwayat/catatan-dan-tanggapan.txt",
        "5-riwayat/jurnal.jsonl",
        "5-riwayat/keputusan.txt",
        "5-riwayat/pemeriksaan-tanda-tangan.txt",
        "5-riwayat/penetapan-format-data/Form-Isian-DAFDUK-2025.xlsx",
        "5-riwayat/penetapan-format-data/penetapan.txt",
        "5-riwayat/siklus.json",
        "5-riwayat/status-laporan.html",
        "6-data/anggaran.csv",
        "6-data/datapackage.json",
        "6-data/indikator.csv",
        "6-data/narasi.csv",
        "6-data/unit.csv",
        "BACA-DAHULU.txt",
        "berkas-cetak.pdf",
        "bukti-proses.pdf",
        "bukti-proses.xlsx",
        "daftar-isi-berkas.xlsx",
        "manifest.json",
        "verifikasi.py",
    ]


def test_what_came_and_went_is_there_byte_for_byte(archive: Path) -> None:
    """An .eml is the mail itself."""
    sent = kept().letters[1].raw
    assert (archive / "2-surat-keluar/002_2026-01-23_request-2025-dafduk-1.eml").read_bytes() == sent
    assert (archive / "3-surat-masuk/002_2026-01-23_form.eml").read_bytes() == b"From: a\r\n\r\nx"


def test_the_decisions_are_written_out_with_what_they_were_given_on(archive: Path) -> None:
    """Who said which word, when, on which file, and how far he was proved."""
    text = (archive / "5-riwayat/keputusan.txt").read_text(encoding="utf-8")
    assert "2. DISAHKAN - Kepala Dinas (head@example.go.id)" in text
    assert f"Naskah        : versi 2, SHA-256 {sha256(DOCX)}" in text
    assert "keaslian pengirim dipastikan oleh server surel" in text


def test_row_1_s_output_says_by_whom_or_by_whose_silence_the_form_was_settled(
    archive: Path, office: Office, folders: tuple[Path, ...]
) -> None:
    """The form's version, the forms themselves, and the Sekretaris's word, or that he said none until the deadline."""
    text = (archive / "5-riwayat/penetapan-format-data/penetapan.txt").read_text(encoding="utf-8")
    assert "Form Isian Data Kinerja, versi 2" in text
    assert f"SHA-256 {sha256(b'content')}" in text
    whole = kept()
    at = whole.cycle.opened_at
    row = (Step.INFORM, at, at, at)
    silent = replace(whole, cycle=replace(whole.cycle, rows_done=(row,)))
    said = replace(whole.cycle.verdicts[0], step=Step.INFORM)
    spoken = replace(silent, cycle=replace(silent.cycle, verdicts=(said, *whole.cycle.verdicts)))
    for one, words in ((silent, "diam sampai batas waktu berarti setuju"), (spoken, "Ditetapkan dengan persetujuan")):
        phrases = read_phrases(folders, office.calendar)
        (*_, page) = settled(one, office, phrases, folders, "x")
        assert words in page.content.decode()


def test_every_remark_is_written_out_with_what_became_of_it(office: Office, folders: tuple[Path, ...]) -> None:
    """Answered, passed on to a unit, or not answered; the record says the same, and a change of either is named."""
    at, mail = kept().cycle.opened_at, sha256(b"PERBAIKI")

    def said(number: int, text: str) -> ListedRemark:
        remark = Remark(number=number, source=RemarkSource.MAIL, text=text)
        return ListedRemark(
            remark=remark, person="secretary", step=Step.REVIEW, version=1, given_at=at, mail_sha256=mail
        )

    answer = RemarkAnswer(text="diperbaiki, hal. 12", person="planning", given_at=at, mail_sha256=mail)
    listed = (
        replace(said(1, "Tabel 3.2 keliru"), answers=(answer,)),
        replace(said(2, "Data KIA"), passed_to="dafduk"),
        said(3, "Sampul"),
    )
    cycle = replace(kept().cycle, remarks=listed)
    whole = replace(kept(), cycle=cycle, record=dump(Cycle, cycle).encode())
    laid = {one.path: one.content for one in lay_out(whole, office, folders, joined_here)}
    text = laid["5-riwayat/catatan-dan-tanggapan.txt"].decode()
    for words in (
        "1. Tabel 3.2 keliru",
        "diperbaiki, hal. 12",
        "Diteruskan: kepada",
        "3. Sampul",
        "Tanggapan : belum ada",
    ):
        assert words in text
    assert "2. Data KIA" in " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(laid["berkas-cetak.pdf"])).pages
    )
    files = archived(whole, office, folders)
    assert prove(files, []).findings == []
    for place, value, code in (
        (("answers", 0, "text"), "tidak diperbaiki", "remark_recorded_otherwise"),
        (("remark", "text"), "Tabel 3.3 keliru", "remark_recorded_otherwise"),
        (("answers", 0, "person"), "secretary", "remark_told_otherwise"),
    ):
        forger = Forger(files)
        inside: Any = forger.record["remarks"][0]
        for step in place[:-1]:
            inside = inside[step]
        inside[place[-1]] = value
        assert [one.code for one in prove(forger.finish(), []).findings] == [code]


def test_an_archive_is_made_and_whole_whatever_people_have_written(office: Office, folders: tuple[Path, ...]) -> None:
    """Signs that steer, a digest, words without end, no subject, a book, one name for two files: at little cost."""
    odd = f"=HYPERLINK(1)\x0b\u202e {sha256(b'x')} {'a' * 3_000} \N{PILE OF POO}"
    mail = b"Subject: =?utf-8?b?abcde?=\r\n\r\n" + b"http://" + b"x" * 300_000 + b"\r\n" + b"baris\r\n" * 40_000
    cycle = kept().cycle
    verdicts = (replace(cycle.verdicts[0], remarks=(odd,), mail_sha256=sha256(mail)), *cycle.verdicts[1:])
    cycle = replace(cycle, verdicts=verdicts)
    mails = (*kept().mails, KeptMessage(name="verdict", at=AT, raw=mail))
    asked = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"".join(
        b'--b\r\nContent-Disposition: attachment; filename="%s-%d.xlsx"\r\n\r\n%d\r\n' % (b"A" * 90, number, number)
        for number in (1, 2)
    )
    letters = tuple(replace(one, raw=asked) if one.name.startswith("data_needs") else one for one in kept().letters)
    record, began = dump(Cycle, cycle).encode(), time.process_time()
    files = archived(replace(kept(), cycle=cycle, mails=mails, letters=letters, record=record), office, folders)
    assert prove(files, []).findings == []
    assert time.process_time() - began < 10
    assert len(PdfReader(io.BytesIO(files["berkas-cetak.pdf"])).pages) < 60  # a book is not printed


def test_the_figures_are_tables_that_programs_read(archive: Path) -> None:
    """Every column is described, every key is whole, and no text of anybody's is a formula."""
    package = json.loads((archive / "6-data/datapackage.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    rows: dict[str, list[dict[str, str]]] = {}
    for table in package["resources"]:
        content = (archive / "6-data" / table["path"]).read_bytes()
        assert (table["bytes"], table["hash"]) == (len(content), f"sha256:{sha256(content)}")
        rows[table["name"]] = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
        fields = {field["name"]: field["type"] for field in table["schema"]["fields"]}
        assert all(row.keys() == fields.keys() for row in rows[table["name"]])
        for row in rows[table["name"]]:
            for name, value in row.items():
                if value not in table["schema"]["missingValues"] and fields[name] not in {"string", "datetime"}:
                    assert Decimal(value).is_finite()
        keys = [tuple(row[name] for name in table["schema"]["primaryKey"]) for row in rows[table["name"]]]
        assert len(set(keys)) == len(keys)
    units = {row["unit"] for row in rows["unit"]}
    assert {row["unit"] for name in ("indikator", "anggaran", "narasi") for row in rows[name]} <= units
    figures = {row["kode"]: row["realisasi"] for row in rows["indikator"]}
    assert (figures["IKU-02"], len(figures)) == ("98.12", 15)


def test_a_text_that_looks_like_a_formula_stays_a_text(office: Office, folders: tuple[Path, ...]) -> None:
    """A spreadsheet that opens the table computes nothing of anybody's."""
    whole = kept()
    form = next(one for one in whole.cycle.units if one.counting is not None and one.counting.data.indicators)
    sent = form.submissions[0]
    row = replace(sent.data.indicators[0], obstacles=Entry(text='=HYPERLINK("http://x")'))
    data = replace(sent.data, indicators=(row, *sent.data.indicators[1:]))
    cycle = whole.cycle.with_unit(replace(form, submissions=(replace(sent, data=data), *form.submissions[1:])))
    tables = dict(figures.tables(cycle, office, read_phrases(folders, office.calendar)))
    assert b"'=HYPERLINK" in tables["indikator.csv"]


def test_lines_of_other_cycles_show_their_salted_digest_alone(office: Office, folders: tuple[Path, ...]) -> None:
    """The chain can be followed through them, and nobody else's affairs are told."""
    lines = told(the_archive(office, folders))
    foreign = [line for line in lines if "line" not in line]
    assert [set(line) for line in foreign] == [{"number", "hash", "digest"}]
    assert {line["line"]["cycle"] for line in lines if "line" in line} == {"2025"}  # type: ignore[index] # its lines


def test_writing_again_changes_nothing_and_leaves_nothing_beside_it(
    archive: Path, office: Office, folders: tuple[Path, ...]
) -> None:
    """What lies there whole is left; a half-written folder beside it is of no use."""
    written = {name: (archive / name).stat().st_mtime_ns for name in names(archive)}
    (archive.parent / ".2025.new").mkdir()
    assert lay_down(archive.parent, "2025", the_archive(office, folders), settled=True) == (archive, None)
    assert {name: (archive / name).stat().st_mtime_ns for name in names(archive)} == written
    (archive / "BACA-DAHULU.txt").write_text("x")
    again = lay_down(archive.parent, "2025", the_archive(office, folders), settled=False)
    assert (again, verify_archive(archive)) == ((archive, None), ())
    assert sorted(path.name for path in archive.parent.iterdir()) == ["2025"]


def test_what_was_held_back_is_no_contradiction(office: Office, folders: tuple[Path, ...]) -> None:
    """A note with the digest stands in its place: of a form, of evidence, of a mail."""
    evidence = kept().cycle.units[0].evidence[0].file_sha256
    held = frozenset({sha256(form_of("dafduk", 1)), evidence})

    def holds_back(message: KeptMessage) -> bool:
        return message.raw == b"DISAHKAN"

    files = archived(replace(kept(), holds_back=holds_back, held=held), office, folders)
    notes = [path for path in files if path.endswith(".txt") and path[0] in "34"]
    assert len(notes) == 3
    assert prove(files, []).findings == []


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (lambda a: (a / "BACA-DAHULU.txt").unlink(), "missing: BACA-DAHULU.txt"),
        (lambda a: (a / "BACA-DAHULU.txt").write_text("x"), "changed: BACA-DAHULU.txt"),
        (lambda a: (a / "1-laporan/lain.pdf").write_text("x"), "added: 1-laporan/lain.pdf"),
        (lambda a: (a / "tautan").symlink_to("/etc/hosts"), "not a file of the archive but a link or a device: tautan"),
        (lambda a: os.mkfifo(a / "pipa"), "not a file of the archive but a link or a device: pipa"),
    ],
)
def test_every_change_is_found_on_the_disk(archive: Path, harm: Callable[[Path], object], problem: str) -> None:
    """A file taken, changed, added, or what is no file, is named."""
    assert verify_archive(archive) == verify_archive(archive / "manifest.json") == ()
    harm(archive)
    assert problem in verify_archive(archive)


def test_a_folder_that_is_no_archive_is_said_to_be_none(tmp_path: Path) -> None:
    """No folder, no list, or a list that is none."""
    assert verify_archive(tmp_path / "x") == ("the folder cannot be read: No such file or directory",)
    assert verify_archive(tmp_path) == ("it holds no manifest.json: this is no archive, or its list was taken away",)
    (tmp_path / "manifest.json").write_text("[]")
    assert verify_archive(tmp_path) == ("manifest.json cannot be read as an archive's list",)


def test_a_witness_is_read_as_it_is_printed_or_typed() -> None:
    """From a letter as a file, its lines wrapped, or as line and head with a colon between."""
    head = "9f" * 16
    letter = f"Subject: x\r\n\r\nSaksi jurnal: baris 412,\r\nsidik {head}\r\nRujukan: mb1.0123456789abcdef\r\n"
    assert witnesses_of_letter(letter.encode()) == witnesses_in(f"412:{head}") == [(412, head)]
    assert witnesses_in(f"Witness of the journal: line 412, head {head.upper()}") == [(412, head)]
    assert witnesses_of_letter(b"\xff") == witnesses_in("besok") == []


def test_the_binder_holds_everything_behind_separators_and_counts_its_sheets(
    office: Office, folders: tuple[Path, ...]
) -> None:
    """A bookmark for each part and item; the Daftar Isi Berkas names classification, retention, fate and sheets."""
    pdf = Flow("x")
    pdf.heading("LAPORAN KINERJA")
    whole = kept()
    report = pdf.pdf()
    draft = replace(whole.cycle.draft, pdf_sha256=sha256(report)) if whole.cycle.draft else None
    of = replace(
        whole,
        cycle=replace(whole.cycle, draft=draft),
        files=lambda digest: report if digest == sha256(report) else whole.files(digest),
    )
    filed = replace(office, filing=Filing(active_years=2, inactive_years=3, fate="permanent"))
    laid = {one.path: one.content for one in lay_out(of, filed, folders, joined_here)}
    reader = PdfReader(io.BytesIO(laid["berkas-cetak.pdf"]))
    bookmarks = titles(reader.outline)
    assert (bookmarks[0], sum(isinstance(one, str) for one in bookmarks)) == ("Daftar Isi Berkas", 8)
    assert ["LKjIP-2025-disahkan.pdf"] in bookmarks
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert f"Jumlah seluruhnya {len(pages)} lembar" in pages[0]
    for words in ("Kode klasifikasi 000.8.6.3", "2 tahun sejak", "Retensi inaktif 3 tahun", "permanen"):
        assert words in pages[1]
    assert (pages[2].endswith(f"Lembar 3 dari {len(pages)}"), pages[3]) == (True, "x LAPORAN KINERJA 1")
    listed = load_workbook(io.BytesIO(laid["daftar-isi-berkas.xlsx"])).worksheets[0]
    rows = [[str(cell.value or "") for cell in row] for row in listed.iter_rows(min_row=6)]
    assert [(row[4], row[5], row[6]) for row in rows if "disahkan" in row[2]] == [("1", "cetak", "lembar 4")]
    assert next(row[4] for row in rows if row[6] == "folder 5-riwayat").endswith(" berkas")


def test_signed_papers_lie_there_with_the_report_of_their_check(office: Office, folders: tuple[Path, ...]) -> None:
    """The one that counts is what the binder prints; one that does not says so in its name; another file is named."""
    pages = {"YANG DITANDATANGANI": b"", "BERKAS LAIN": b""}
    for words in pages:
        flow = Flow("x")
        flow.heading(words)
        pages[words] = flow.pdf()
    signed, other = pages.values()
    whole, files = kept(), {sha256(one): one for one in (signed, other)}
    right = PaperCheck(file_sha256=sha256(signed), file_name="LKjIP.pdf", signatures=(SIGNED,))
    wrong = PaperCheck(
        file_sha256=sha256(other), file_name="foto.pdf", reasons=(PaperReason(flaw=PaperFlaw.NO_SIGNATURE),)
    )
    papers = tuple(
        KeptPaper(kind=PaperKind.REPORT, of_sha256=sha256(DOCX), check=check, received_at=AT, counts=check is right)
        for check in (wrong, right)
    )
    cycle = replace(whole.cycle, papers=papers)
    of = replace(
        whole,
        cycle=cycle,
        record=dump(Cycle, cycle).encode(),
        files=lambda digest: files[digest] if digest in files else whole.files(digest),
    )
    made = archived(of, office, folders)
    assert prove(made, []).findings == []
    assert made["1-laporan/bertanda-tangan/02-laporan-LKjIP.pdf"] == signed
    assert made["1-laporan/bertanda-tangan/01-laporan-tidak-berlaku-foto.pdf"] == other
    told_of = made["5-riwayat/pemeriksaan-tanda-tangan.txt"].decode()
    assert "Kepala Dinas Contoh" in told_of
    assert "ya, menurut pemeriksaan" in told_of
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made["berkas-cetak.pdf"])).pages)
    assert ("YANG DITANDATANGANI" in text, "BERKAS LAIN" in text) == (True, False)
    forger = Forger(made)
    forger.files["1-laporan/bertanda-tangan/02-laporan-LKjIP.pdf"] = b"%PDF-1.4 undangan"
    assert "borne_by_nothing" in [one.code for one in prove(forger.finish(), []).findings]


def test_the_evidence_pack_says_who_was_asked_answered_returned_and_approved(
    office: Office, folders: tuple[Path, ...]
) -> None:
    """As a workbook and as pages; what a file is called computes nothing; several remarks have numbers."""
    whole = kept()
    first, *others = whole.cycle.verdicts
    verdicts = (replace(first, remarks=("Tabel 3.2 keliru.", "Sampul.")), *others)
    laid = {
        one.path: one.content
        for one in lay_out(replace(whole, cycle=replace(whole.cycle, verdicts=verdicts)), office, folders, joined_here)
    }
    book = load_workbook(io.BytesIO(laid["bukti-proses.xlsx"]))
    assert book.sheetnames == [
        *("Permintaan", "Kiriman", "Persetujuan", "Tahapan SOP"),
        *("Waktu per Tahap", "Waktu per Unit"),
    ]
    decided = [[cell.value for cell in row] for row in book["Persetujuan"].iter_rows(min_row=6)]
    assert [row[0] for row in decided if row[0]] == ["SETUJU", "DISAHKAN", "DITERIMA"]
    assert [row[7] for row in decided if row[0]] == ["1. Tabel 3.2 keliru.\n2. Sampul.", "-", "-"]
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(laid["bukti-proses.pdf"])).pages)
    assert "DISAHKAN" in text
    assert "tepat waktu" in text
