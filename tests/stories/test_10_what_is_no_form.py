"""Story 10: what comes in place of a form gets its own kind answer, with the form enclosed and time to send it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from mailbot.core.model.cycle import UnitState
from tests.office import Seen, ToyOffice, requested
from tests.reading.workbook.cases_files import ole
from tests.reading.workbook.edits import csv, members, table
from tests.stories.form_life import changed, filled, plain, workbook

Files = tuple[tuple[str, bytes], ...]
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def locked(content: bytes) -> bytes:
    """Return a workbook behind a password, as Excel locks it."""
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt("rahasia", target)
    return target.getvalue()


def last_year(content: bytes) -> bytes:
    """Return last year's form as the office had it before mailbot: no stamp, and another year in its heading."""

    def change(book: Workbook) -> None:
        del book["mailbot"]
        for name in ("Petunjuk", "Indikator", "Anggaran", "Narasi"):
            for row in book[name].iter_rows(max_row=6):
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace("2025", "2024")

    return changed(content, change)


WEBLOC = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
    b'"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0"><dict><key>URL</key>'
    b"<string>https://contoh.example.go.id/</string></dict></plist>"
)


def outlook(within: bytes) -> bytes:
    """Return the beginning of a message of Outlook with a file in it: the class of its root says what it is."""
    head = bytearray(1024 + 128)
    head[:8] = within[:8]
    head[30:32] = (9).to_bytes(2, "little")
    head[48:52] = (1).to_bytes(4, "little")
    head[1024 + 80 : 1024 + 96] = bytes.fromhex("0b0d020000000000c000000000000046")
    return bytes(head) + within


SENT: dict[str, tuple[Callable[[ToyOffice, Seen], Files], str]] = {
    "a password": (lambda _, got: (("Form.xlsx", locked(workbook(got))),), "dilindungi kata sandi"),
    "a PDF": (lambda _, __: (("Form.pdf", PDF),), "berupa PDF"),
    "a scan": (lambda _, __: (("Scan0001.tif", b"II*\x00" + bytes(60_000)),), "berupa gambar atau hasil pindai"),
    "a photo": (
        lambda _, __: (("IMG-20260107-WA0003.jpg", b"\xff\xd8\xff\xe0" + bytes(60_000)),),
        "berupa gambar atau hasil pindai",
    ),
    "an old Word file": (lambda _, __: (("Form.doc", ole("WordDocument")),), "format dokumen lama"),
    "a Word file": (
        lambda _, __: (("Form.docx", members(word__document_dot_xml="<w/>")()),),
        "berupa dokumen teks, bukan form isian",
    ),
    "an empty file": (lambda _, __: (("Form.xlsx", b""),), "dalam keadaan kosong"),
    "a workbook with nothing in it": (lambda _, __: (("Form.xlsx", table()()),), "dalam keadaan kosong"),
    "a broken file": (lambda _, got: (("Form.xlsx", workbook(got)[:5000]),), "rusak dan tidak dapat dibuka"),
    "too large a file": (
        lambda _, __: (("Form.xlsx", b"PK\x03\x04" + bytes(11_000_000)),),
        "lebih besar daripada yang dapat kami terima",
    ),
    "a message of Outlook": (lambda _, __: (("Form PIAK.msg", ole("__substg1.0_")),), "berupa pesan Outlook (.msg)"),
    "a message with a workbook in it": (
        lambda _, __: (("pesan.bin", outlook(ole("Workbook"))),),
        "berkas form itu sendiri (.xlsx) yang dilampirkan",
    ),
    "a shortcut of Google Drive": (
        lambda _, __: (("Form PIAK.gsheet", b'{"doc_id": "1AbC", "email": "a@example.go.id"}'),),
        "hanya berupa pintasan",
    ),
    "a shortcut of Windows to a site": (
        lambda _, __: (("Form PIAK.url", b"[InternetShortcut]\r\nURL=https://contoh.example.go.id/\r\n"),),
        "hanya berupa pintasan",
    ),
    "a shortcut of Windows to a file": (
        lambda _, __: (("Form PIAK.xlsx - Shortcut.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(500)),),
        "hanya berupa pintasan",
    ),
    "a shortcut of a Mac": (
        lambda _, __: (("Form PIAK.webloc", WEBLOC),),
        "hanya berupa pintasan",
    ),
    "a table of Numbers": (
        lambda _, __: (("Form.numbers", members(Index__Document_dot_iwa="x")()),),
        "aplikasi Apple (Numbers)",
    ),
    "a table of an older Numbers": (
        lambda _, __: (("F.zip", members(F_dot_numbers__Index_dot_zip="x", F_dot_numbers__Metadata__a="y")()),),
        "aplikasi Apple (Numbers)",
    ),
    "a web page called a workbook": (
        lambda _, __: (("Form.xls", b"<html><table><tr><td>IKU-01</td></tr></table></html>"),),
        "isinya berupa halaman web atau XML",
    ),
    "a web page in UTF-16 called a workbook": (
        lambda _, __: (("Form.xls", "\ufeff<style>td{}</style><table>".encode("utf-16-le")),),
        "isinya berupa halaman web atau XML",
    ),
    "XML as Excel wrote it in 2003": (
        lambda _, __: (("Form.xml", b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>'),),
        "isinya berupa halaman web atau XML",
    ),
    "another workbook": (
        lambda _, __: (("Daftar hadir.xlsx", table(("No", "Nama"), (1, "Peserta"))()),),
        "bukan form isian yang kami kenali",
    ),
    "a RAR": (
        lambda _, __: (("Form.rar", b"Rar!\x1a\x07\x00" + bytes(3000)),),
        "terkompresi sehingga tidak dapat kami buka",
    ),
    "a 7z": (
        lambda _, __: (("Form.7z", b"7z\xbc\xaf\x27\x1c" + bytes(3000)),),
        "terkompresi sehingga tidak dapat kami buka",
    ),
    "zips in zips without end": (
        lambda office, got: (("Luar.zip", often_zipped("form.xlsx", filled(office, got), 4)),),
        "terkompresi sehingga tidak dapat kami buka",
    ),
    "the unfilled original": (lambda _, got: (("Form.xlsx", workbook(got)),), "masih sama dengan form"),
    "the wrong year": (
        lambda office, got: (("Form 2024.xlsx", last_year(filled(office, got))),),
        "merupakan form untuk periode lain",
    ),
    "another unit's form": (
        lambda office, _: (("Form.xlsx", filled(office, office.letter("kabid-piak", "request"))),),
        "merupakan form milik unit lain",
    ),
    "nothing": (lambda _, __: (), "tidak disertai berkas form"),
    "an empty table": (lambda _, __: (("data.csv", csv("a;b", "1;2")()),), "bukan form isian yang kami kenali"),
}
"""What was sent, and what its sender is told about it."""


@pytest.fixture(scope="module")
def office() -> ToyOffice:
    """The office on the day the units owe their forms."""
    return requested()


@pytest.mark.parametrize("what", SENT)
def test_what_is_no_form_gets_its_own_answer(office: ToyOffice, what: str) -> None:
    """One letter, with its own reason, its own way out and the right form; nothing of the unit moves."""
    office.hours_pass(24)
    make, told = SENT[what]
    request = office.letter("kabid-capil", "request")
    before = len(office.letters_to("kabid-capil", "unreadable"))
    office.answers("kabid-capil", request, "Terlampir form isian kami.", *make(office, request))
    answers = office.letters_to("kabid-capil", "unreadable")
    assert len(answers) == before + 1
    assert told in plain(answers[-1].text)
    assert answers[-1].file(".xlsx")[1] == workbook(request)
    assert (office.unit("CAPIL").state, office.unit("CAPIL").attempts) == (UnitState.WAITING, 0)


def test_a_link_to_a_cloud_gets_its_own_answer(office: ToyOffice) -> None:
    """The file itself is asked for."""
    office.hours_pass(24)
    words = "Form kami ada di https://drive.google.com/file/d/1AbC/view?usp=sharing"
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), words)
    assert "tautan penyimpanan daring" in plain(office.letter("kabid-capil", "unreadable").text)


def test_every_answer_is_another_one() -> None:
    """No two reasons share their words, where the reasons differ."""
    assert len({told for _, told in SENT.values()}) == 19


def test_the_files_beyond_those_that_are_opened_are_named_to_who_sent_them() -> None:
    """The form is the last of twenty-five files and counts; its receipt names five others. Evidence alone likewise."""
    office = requested()
    request = office.letter("kabid-capil", "request")
    notes = tuple((f"catatan-{number:02}.txt", f"catatan nomor {number}".encode()) for number in range(1, 25))
    office.answers("kabid-capil", request, "Terlampir.", *notes, ("Form.xlsx", filled(office, request)))
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    receipt = plain(office.letter("kabid-capil", "receipt").text)
    assert "“catatan-20.txt, catatan-21.txt, catatan-22.txt, catatan-23.txt, catatan-24.txt” dalam surel" in receipt
    office.answers("kabid-capil", request, "Data dukung.", *(("b" + name, text + b"!") for name, text in notes))
    kept = plain(office.letter("kabid-capil", "evidence_kept").text)
    assert "Belum dibuka: bcatatan-21.txt, bcatatan-22.txt, bcatatan-23.txt, bcatatan-24.txt" in kept


def often_zipped(name: str, content: bytes, times: int) -> bytes:
    """Return a zip of a zip of a file, and so on."""
    for number in range(times):
        name, content = f"{number}.zip", zipped((name, content))
    return content


def zipped(*files: tuple[str, bytes]) -> bytes:
    """Return a zip of files."""
    return members(**{name.replace(".", "_dot_"): content for name, content in files})()


def test_two_forms_in_a_zip_and_one_in_a_forwarded_mail_each_find_their_unit() -> None:
    """The stamp says whose each is, whatever it is wrapped in and whatever it is called."""
    office = requested()
    forms = {key: filled(office, office.letter(key, "request")) for key in ("kabid-capil", "kabid-piak", "umum")}
    both = zipped(("satu.xlsx", forms["kabid-capil"]), ("dua.xlsx", forms["kabid-piak"]))
    twice = zipped(("semua.zip", both))
    office.answers("perencanaan", None, "Terlampir form dua bidang.", ("kirim.zip", twice))
    assert [office.unit(unit).state for unit in ("CAPIL", "PIAK")] == [UnitState.ACCEPTED] * 2
    inner = office.mail("umum", None, "Form kami.", ("form.xlsx", forms["umum"]))
    office.answers("umum", office.letter("umum", "request"), "Diteruskan.", ("pesan.eml", inner))
    assert office.unit("SEKRETARIAT").state is UnitState.ACCEPTED


def test_beside_a_form_that_counts_nothing_more_is_asked_for() -> None:
    """The form of another unit came along; the receipt of the own one names it, and no deadline."""
    office = requested()
    request = office.letter("umum", "request")
    foreign = filled(office, office.letter("kabid-dafduk", "request"))
    office.answers("umum", request, "Terlampir.", ("s.xlsx", filled(office, request)), ("d.xlsx", foreign))
    assert office.unit("SEKRETARIAT").state is UnitState.ACCEPTED
    answer = office.letter("umum", "receipt")
    assert "Berkas “d.xlsx” dalam surel yang sama tidak kami pakai." in plain(answer.text)
    assert "batas" not in answer.subject
    assert not office.letters_to("umum", "unreadable")
