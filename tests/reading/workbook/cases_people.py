"""Cases as people really send them: other programs' files, pasted values, copies, filters, names out of a chat."""

from __future__ import annotations

import re
from collections.abc import Callable

from openpyxl import Workbook

from tests.reading.workbook.cases import Case
from tests.reading.workbook.edits import Edit, emptied, form_with, renamed, repacked, table, typed, without
from tests.writing.form.paper import FIGURES, SPENT

GOOD = FIGURES | SPENT
SHEET, BOOK = "xl/worksheets/sheet2.xml", "xl/workbook.xml"
FULL = ("Kode", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Faktor Pendukung", "Faktor Penghambat")
ROW = ("IKU-02", "KTP-el", "Persen", 99.4, "99,45", "Jemput bola", "Blangko")
NAMES = (
    "WhatsApp Document 2026-01-07 at 14.05.11.xlsx",
    "DOC-20260107-WA0012..xlsx",
    "Form Isian DAFDUK (1) fix final revisi 2.xlsx",
    "Salinan dari Form-Isian-DAFDUK-2025.xlsx",
    "form.xlsx.crdownload",
    "form",
    "FORM ISIAN.XLSX",
    "form.xls",
    "Form Isian – Bidang Dafduk “final”.xlsx",
)
"""Names as chats, browsers, phones and people give them; what the file is, its content says."""


def hidden(sheet: str, *rows: int) -> Edit:
    """Somebody hides rows."""

    def edit(book: Workbook) -> None:
        for row in rows:
            book[sheet].row_dimensions[row].hidden = True

    return edit


def filtered(book: Workbook) -> None:
    """Somebody sets a filter and leaves it."""
    book["Indikator"].auto_filter.ref = "B7:R12"
    book["Indikator"].auto_filter.add_filter_column(0, ["IKU-02"])
    hidden("Indikator", 9, 10, 11, 12)(book)


def column_hidden(book: Workbook) -> None:
    """Somebody hides a column."""
    book["Indikator"].column_dimensions["I"].hidden = True


def copied(sheet: str, name: str) -> Edit:
    """Somebody copies a sheet."""

    def edit(book: Workbook) -> None:
        book.copy_worksheet(book[sheet]).title = name

    return edit


def own_sheet(book: Workbook) -> None:
    """Somebody adds a sheet of notes."""
    book.create_sheet("Catatan", 0).append(["Kode", "Nama", "Telepon", "Keterangan"])


def as_google_sheets(parts: dict[str, bytes]) -> None:
    """Write the file as Google Sheets exports it: the stamp just hidden, a thousand rows, empty cells styled."""
    parts[BOOK] = parts[BOOK].replace(b'state="veryHidden"', b'state="hidden"')
    empty = b"".join(
        b'<row r="%d"><c r="B%d" s="1"/><c r="K%d" s="1"/></row>' % (row, row, row) for row in range(14, 1001)
    )
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", empty + b"</sheetData>")
    parts.pop("docProps/app.xml", None)


def as_a_phone(parts: dict[str, bytes]) -> None:
    """Write the file as a phone's Excel or WPS does: texts in the cells, attributes of its own, spans on rows."""
    texts = [
        re.sub(rb"<[^>]+>", b"", item)
        for item in re.findall(rb"<si>(.*?)</si>", parts["xl/sharedStrings.xml"], flags=re.DOTALL)
    ]

    def inline(found: re.Match[bytes]) -> bytes:
        return b'<c r="%s"%s t="inlineStr"><is><t>%s</t></is></c>' % (found[1], found[2], texts[int(found[3])])

    pattern = rb'<c r="([A-Z]+\d+)"( s="\d+")? t="s"><v>(\d+)</v></c>'
    xml = re.sub(pattern, inline, parts[SHEET])
    parts[SHEET] = re.sub(rb"<row ", b'<row spans="1:18" x14ac:dyDescent="0.25" ', xml).replace(
        b"<worksheet ",
        b'<worksheet xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" ',
        1,
    )


def computed(formula: bytes, value: bytes) -> Callable[[dict[str, bytes]], None]:
    """Return a change that makes K8 a formula with a cached value."""

    def change(parts: dict[str, bytes]) -> None:
        assert b"<v>99.45</v>" in parts[SHEET]
        parts[SHEET] = parts[SHEET].replace(b"<v>99.45</v>", b"<f>" + formula + b"</f><v>" + value + b"</v>")

    return change


CASES = (
    *(Case(name=f"a file called {name}", build=form_with(), file_name=name, values=GOOD) for name in NAMES),
    Case(name="exported by Google Sheets", build=repacked(as_google_sheets), values=GOOD),
    Case(name="saved by Excel or WPS on a phone", build=repacked(as_a_phone), values=GOOD),
    Case(name="rows hidden", build=form_with(hidden("Indikator", 9, 10)), values=GOOD),
    Case(name="rows filtered away", build=form_with(filtered), values=GOOD),
    Case(name="a column hidden", build=form_with(column_hidden), values=GOOD),
    Case(name="a sheet of notes in front", build=form_with(own_sheet), values=GOOD),
    Case(
        name="a sheet copied, the original counts", build=form_with(copied("Indikator", "Indikator (2)")), values=GOOD
    ),
    Case(
        name="a sheet copied and the copy filled in",
        build=form_with(
            copied("Indikator", "Indikator (2)"),
            emptied(*(f"Indikator!{column}{row}" for column in "IJKMNOQR" for row in range(8, 13))),
        ),
        values=GOOD,
    ),
    Case(
        name="a sheet copied to another name, the original deleted",
        build=form_with(copied("Indikator", "Salinan Indikator"), without("Indikator")),
        values=GOOD,
    ),
    Case(name="tabs in capitals with blanks", build=form_with(renamed("Indikator", " INDIKATOR ")), values=GOOD),
    # pasted values
    Case(
        name="a figure pasted with blanks that do not break",
        build=form_with(typed("Indikator!K8", "\u00a098,5\u00a0")),
        values={"IKU-02": "98.5"},
    ),
    Case(
        name="a figure pasted with a zero-width blank",
        build=form_with(typed("Indikator!K8", "98,5\u200b")),
        values={"IKU-02": "98.5"},
    ),
    Case(
        name="a minus sign out of Word",
        build=form_with(typed("Anggaran!E8", "\u22121.500.000")),
        values={"2.12.02.2.01.0005": "-1500000"},
    ),
    Case(
        name="a code pasted with a dash out of Word and blanks",
        build=form_with(typed("Indikator!B8", " IKU\u201302\u00a0")),
        values=GOOD,
    ),
    Case(
        name="a header on two lines",
        build=form_with(typed("Indikator!K7", "Realisasi\n(TW IV)")),
        values=GOOD,
    ),
    Case(
        name="a count in a cell formatted as a percentage by pasting",
        build=form_with(typed("Indikator!K12", 52, "0%")),
        faults=("wrong_unit Indikator!K12",),
        values={"IKK-12": ""},
    ),
    Case(
        name="percent as text with a blank and in brackets",
        build=form_with(typed("Indikator!K8", "98,50 (%)")),
        faults=("not_a_number Indikator!K8",),
    ),
    Case(
        name="rupiah with two blanks and a dot",
        build=form_with(typed("Anggaran!E8", "Rp.  309.725.000,-")),
        values={"2.12.02.2.01.0005": "309725000"},
    ),
    Case(
        name="rupiah in a cell formatted as money",
        build=form_with(typed("Anggaran!E8", 309_725_000, '"Rp"#,##0')),
        values={"2.12.02.2.01.0005": "309725000"},
    ),
    Case(
        name="a figure with a note in the next line",
        build=form_with(typed("Indikator!K8", "98,5\n(data DKB)")),
        faults=("not_a_number Indikator!K8",),
    ),
    Case(
        name="a figure that Excel made a date of",
        build=form_with(typed("Indikator!K11", 46_034, "d-mmm")),
        faults=("date_in_number Indikator!K11",),
        values={"IKK-09": ""},
    ),
    # formulas
    Case(
        name="a formula with its value",
        build=repacked(computed(b"57000/80000*100", b"71.25")),
        values={"IKU-02": "71.25"},
    ),
    Case(
        name="a formula into a file of somebody's own, with its value",
        build=repacked(computed(b"'[1]Rekap'!B4", b"99.4")),
        values={"IKU-02": "99.4"},
    ),
    # other years, other headings
    Case(
        name="last year's table under its heading",
        build=table(("DATA KINERJA TAHUN 2024",), (), FULL, ROW),
        stamped=False,
        faults=("column_missing Sheet1 Tindak Lanjut", "column_missing Sheet1 Data Dukung"),
        years=(2024,),
    ),
    Case(
        name="a heading that cites a regulation and a plan",
        build=table(("Perwali Nomor 5 Tahun 2024", "Renstra Tahun 2025-2029"), ("Tahun Anggaran: 2025",), FULL, ROW),
        stamped=False,
        faults=("column_missing Sheet1 Tindak Lanjut", "column_missing Sheet1 Data Dukung"),
        years=(2025,),
    ),
)
