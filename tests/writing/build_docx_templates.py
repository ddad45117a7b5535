"""Makes the letters of `templates/docx/` anew (`python -m tests.writing.build_docx_templates`)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm

from mailbot.writing.words.templates import shipped_templates
from tests.writing.build_report_template import report
from tests.writing.docx_paper import (
    WIDTH_CM,
    borders,
    cell_margins,
    indent,
    kop,
    new_document,
    say,
    signature,
    slim,
    table,
    together,
)
from tests.writing.word.schema_order import put_in_order

if TYPE_CHECKING:
    from docx.document import Document

_LINES = {"top": "single:4", "left": "single:4", "bottom": "single:4", "right": "single:4"}
_GRID = {**_LINES, "insideH": "single:4", "insideV": "single:4"}


def request_letter() -> Document:
    """Return row 2's letter: the request for data to one Kepala Bidang, with the list of what is sent."""
    document = new_document()
    kop(document)
    say(document, "{{ place }}, {{ date }}", align=ALIGN.RIGHT, after=6)
    _references(document)
    _addressee(document)
    _body(
        document,
        "Sehubungan dengan penyusunan Laporan Kinerja {{ period }}, dengan hormat disampaikan permintaan data kinerja "
        "{{ unit }} beserta form isiannya sebagaimana daftar berikut:",
    )
    _list(document, "Form Isian Data Kinerja {{ unit }} {{ period }}", "Untuk diisi dan disampaikan kembali")
    _body(
        document,
        "Mohon kiranya Saudara berkenan menugaskan Kepala Seksi atau Kepala Sub Bagian yang membidangi untuk mengisi "
        "form tersebut, dan menyampaikannya kepada {{ planning_unit }} melalui surel {{ mailbox }} "
        "paling lambat hari {{ due }}.",
        before=8,
    )
    _body(
        document,
        "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.",
        after=14,
    )
    signature(document, "signer", on_behalf=True)
    say(document, "Tembusan:", before=14, size=10, keep=True)
    say(document, "Yth. {{ head_title }} (sebagai laporan)", size=10)
    return document


def report_letter() -> Document:
    """Return row 8's letter: the Surat Pengantar with the ratified report, and the block for the receipt."""
    document = new_document()
    kop(document)
    say(document, "{{ place }}, {{ date }}", align=ALIGN.RIGHT, after=10)
    _addressee(document)
    say(document, "SURAT PENGANTAR", align=ALIGN.CENTER, bold=True, underline=True, size=12, before=10)
    say(document, "Nomor: {{ number }}", align=ALIGN.CENTER, after=12)
    _list(
        document,
        "Laporan Kinerja (LKjIP) {{ agency_name }} {{ period }}{{ correction }}",
        "Disampaikan dengan hormat untuk menjadi periksa dan guna seperlunya",
    )
    say(document, after=4)
    signature(document, "signer")
    say(document, after=4)
    made = table(document, 1, (WIDTH_CM / 2 + 0.8, WIDTH_CM / 2 - 0.8))
    borders(made)
    cell_margins(made, 0, 0)
    cell = made.rows[0].cells[0]
    say(cell, "Diterima tanggal: ..............................................", after=4)
    say(cell, "Penerima:", after=2)
    for label in ("Jabatan", "Nama", "NIP", "No. telepon"):
        line = say(cell, f"{label}\t: ..............................................", after=3)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(2.4))
    say(cell, "Tanda tangan,", before=4)
    for _ in range(2):
        say(cell)
    say(cell, "..............................................................")
    together(made)
    say(document, "Tembusan:", before=4, size=10, keep=True)
    say(document, "{%p for name in copies_to %}", size=10)
    say(document, "{{ loop.index }}. Yth. {{ name }}", size=10, keep=True)
    say(document, "{%p endfor %}", size=10)
    say(document, "{% if copies_to %}{{ copies_to|length + 1 }}. {% endif %}Arsip", size=10)
    return document


def _references(document: Document) -> None:
    """Add Nomor, Sifat, Lampiran and Hal, aligned on the colon."""
    made = table(document, 4, (2.2, 0.4, WIDTH_CM - 2.6))
    borders(made)
    cell_margins(made, 0, 0.1)
    labels = (
        ("Nomor", "{{ number }}"),
        ("Sifat", "Segera"),
        ("Lampiran", "{{ count }}"),
        ("Hal", "Permintaan Data Kinerja {{ period }}"),
    )
    for row, (label, value) in zip(made.rows, labels, strict=True):
        for cell, text in zip(row.cells, (label, ":", value), strict=True):
            say(cell, text)
    say(document, after=8)


def _addressee(document: Document) -> None:
    """Add the Yth. block."""
    made = table(document, 1, (1.2, WIDTH_CM - 1.2))
    borders(made)
    cell_margins(made, 0, 0)
    left, right = made.rows[0].cells
    say(left, "Yth.")
    say(right, "{{ addressee }}")
    say(right, "di {{ place }}")
    say(document, after=8)


def _body(document: Document, text: str, *, before: float = 0, after: float = 8) -> None:
    """Add a paragraph of the letter's body: justified, 1.15 lines, first line indented."""
    say(document, text, align=ALIGN.JUSTIFY, spacing=1.15, first_cm=1.25, before=before, after=after)


def _list(document: Document, what: str, remark: str) -> None:
    """Add the table of a Surat Pengantar: what is sent, how many, and to what end."""
    made = table(document, 2, (1.1, 7.2, 3.2, WIDTH_CM - 11.5))
    indent(made, 0.15)
    borders(made, **_GRID)
    cell_margins(made, 0.15, 0.15, 3)
    for cell, text in zip(made.rows[0].cells, ("No", "Jenis yang dikirim", "Banyaknya", "Keterangan"), strict=True):
        say(cell, text, bold=True, align=ALIGN.CENTER)
    for number, (cell, text) in enumerate(zip(made.rows[1].cells, ("1", what, "{{ count }}", remark), strict=True)):
        say(cell, text, align=None if number in {1, 3} else ALIGN.CENTER)
    together(made)


def content(document: Document) -> bytes:
    """Return the file's bytes, without what python-docx's own blank file brings along and no letter uses."""
    slim(document)
    stories = [document.part.element, document.styles.element]
    for section in document.sections:
        stories += [one.part.element for one in (section.header, section.footer) if not one.is_linked_to_previous]
    for story in stories:
        put_in_order(story)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


BUILDERS = {
    "surat-pengantar-permintaan.docx": request_letter,
    "surat-pengantar-laporan.docx": report_letter,
    "laporan-kinerja.docx": report,
}


def main(folder: Path | None = None) -> None:
    """Write every template into `templates/docx/`."""
    for name, build in BUILDERS.items():
        ((folder or shipped_templates()) / "docx" / name).write_bytes(content(build()))


if __name__ == "__main__":
    main()
