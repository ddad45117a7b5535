"""A number like a NIK is found in every kind of file that can be looked into, and in none where there is none."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest
from docx import Document
from openpyxl import Workbook

from mailbot.reading.files.personal_data import holds_personal_data
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.read_form import read_attached
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.reading.mails import read
from tests.reading.pdfs import pdf
from tests.reading.workbook.binary import xlsb
from tests.reading.workbook.edits import form_with, saved, typed
from tests.writing.form.paper import good_form

NIK = "3574016408900001"
"""Invented: a place that exists, a woman born on 24 August 1990, number one."""


def workbook(*values: object) -> bytes:
    """Return a workbook with these values, one a row."""
    book = Workbook()
    sheet = book.create_sheet("Daftar", 0)
    for value in values:
        sheet.append([value])
    return saved(book)


def document(*runs: str) -> bytes:
    """Return a Word file with one paragraph in these runs."""
    paper, target = Document(), io.BytesIO()
    paragraph = paper.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    paper.save(target)
    return target.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    """Return a zip with one member."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        workbook("Nama", NIK),
        workbook(int(NIK)),
        xlsb("A", {(1, 1): f"NIK {NIK}"}),
        document("NIK ", NIK[:7], NIK[7:]),
        f"nama;nik\r\nBudi;{NIK}\r\n".encode(),
        f"<table><tr><td>{NIK}</td></tr></table>".encode(),
        b"\xd0\xcf\x11\xe0" + NIK.encode("utf-16-le"),
        zipped("daftar.csv", NIK.encode()),
        workbook("NIK: 3574-0164 0890.0001"),
        document("357401", " 640890 ", "0001"),
        pdf(("Rekapitulasi",), ("Nama  NIK", f"Budi {NIK}")),
        pdf(("NIK 3574 0164 0890 0001",)),
        pdf((f"NIK {NIK}",)).replace(b"startxref\n", b"startxref\n9"),
        zipped("xl/pivotCache/pivotCacheDefinition1.xml", f'<sharedItems><s v="{NIK}"/></sharedItems>'.encode()),
        zipped("content.xml", b'<c office:string-value="3574 0164 0890 0001"/>'),
        zipped("xl/worksheets/sheet1.xml", b"<v>3.574016408900001E15</v>"),
        zipped("xl/worksheets/sheet1.xml", b"<v>3.574016408900E+15</v>"),
        zipped("xl/worksheets/sheet1.xml", b"<v>3.574016408900001e15</v>"),
        zipped("xl/worksheets/sheet1.xml", b"<v>3.574016408900e+15</v>"),
        zipped("ppt/embeddings/a.xlsx", workbook(NIK)),
        zipped("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" + bytes(508) + workbook(NIK) + bytes(99)),
        zipped("a.zip", zipped("b.docx", document(NIK))),
    ],
    ids=[
        "xlsx",
        "xlsx as a number",
        "xlsb",
        "docx in runs",
        "csv",
        "html",
        "xls",
        "zip",
        "in groups",
        "docx in groups",
        "pdf",
        "pdf in groups",
        "pdf with a wrong table",
        "attribute of a pivot",
        "attribute in groups",
        "exponent",
        "exponent with a digit forgotten",
        "small exponent",
        "small exponent with a digit forgotten",
        "workbook in a presentation",
        "workbook in an object",
        "zip in zip",
    ],
)
def test_a_nik_is_found(content: bytes) -> None:
    """Wherever a text can stand."""
    assert holds_personal_data(content)


@pytest.mark.parametrize(
    "content",
    [
        good_form(),
        workbook("20850731 211003 1 004", "208507312110031004"),
        workbook("1234567890", "123456", 0.1234567890123456, 309_725_000),
        workbook("3574019908900001", "3574016413900001"),
        workbook("12345678", "90123456"),
        workbook("3574", "0164", "0890", "0001"),
        workbook("2.12.02.2.01.0005", "05-01-2026 31-03-2026"),
        pdf(("Rekapitulasi 1.250 pemohon", "NIP 208507312110031004"), ("Rp 309.725.000",)),
        pdf(),
        zipped("a.xml", b'<p d="M 3574 0164 0890 0001 L 5" w="0.3574016408900001" v="3.574016408900E14"/>'),
        b"%PDF-1.7 " + NIK.encode(),
        b"PK\x03\x04 no zip at all",
        b"",
    ],
    ids=[
        "a form",
        "a NIP",
        "figures",
        "no such day or month",
        "two numbers side by side",
        "four cells",
        "codes and dates",
        "a PDF",
        "a PDF without pages",
        "figures in a drawing",
        "no PDF at all",
        "damaged",
        "empty",
    ],
)
def test_what_is_no_nik_is_left_alone(content: bytes) -> None:
    """Eighteen digits are a NIP; a day of birth has a day and a month."""
    assert not holds_personal_data(content)


def test_a_form_with_a_nik_in_a_cell_nobody_asked_for_says_so() -> None:
    """The whole file is looked at, not only the cells that are read."""
    form = read_attached(form_with(typed("Petunjuk!H40", NIK))(), "form.xlsx", known_rows(office()), SECRET).form
    assert (form.personal_data, form.faults) == (True, ())
    assert not read_attached(good_form(), "form.xlsx", known_rows(office()), SECRET).form.personal_data


def test_a_nik_in_the_name_of_a_file_is_shown_nowhere() -> None:
    """KTP scans are named after it; the raw mail still has the name."""
    mail = EmailMessage()
    mail["From"] = "kabid.dafduk@example.go.id"
    mail.set_content("Terlampir.")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=f"KTP {NIK}.pdf")
    (file,) = read(mail.as_bytes()).attachments
    assert file.name == f"KTP {'#' * 16}.pdf"
