"""A form in other formats: as LibreOffice saves it, as binary Excel saves it, with errors and formats."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from mailbot.core.model.form import ReadForm
from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.read_form import read_form
from mailbot.reading.workbook.workbook import Kind
from mailbot.reading.workbook.xls_formats import told_by_xls
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.reading.workbook.binary import Content, Failed, Shown, xlsb
from tests.reading.workbook.cases import fault_line, figures
from tests.reading.workbook.edits import form_with, merged, typed
from tests.writing.form.office_program import saved_again
from tests.writing.form.paper import FIGURES, SPENT, good_form

ODD = form_with(
    typed("Indikator!K8", 0.985, "0.00%"),
    typed("Indikator!K9", "=1/0"),
    typed("Indikator!K10", "=5*19"),
    typed("Indikator!K11", date(2026, 1, 12)),
    merged("Indikator", "M8:M9"),
)


def read(content: bytes, name: str) -> ReadForm:
    """Read a file."""
    return read_form(content, name, known_rows(office()), SECRET)


def ods(table: str) -> bytes:
    """Return an OpenDocument workbook with one table."""
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return target.getvalue()


def cells(*values: str) -> str:
    """Return a row of an OpenDocument table; a number is a number, anything else a text."""
    return "".join(
        f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>x</text:p></table:table-cell>'
        if value.replace(".", "", 1).isdigit()
        else f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        for value in values
    )


HEADER = f"<table:table-row>{cells('Kode', 'Indikator Kinerja', 'Target', 'Realisasi')}</table:table-row>"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_form_saved_by_libreoffice_is_the_same_form(kind: str, tmp_path: Path) -> None:
    """Values, stamp and rows survive every format it saves."""
    form = read(saved_again(good_form(), tmp_path, kind), f"form.{kind}")
    assert (form.unreadable, form.faults) == (None, ())
    assert form.stamp is not None
    assert form.stamp.valid
    assert figures(form) == FIGURES | SPENT


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_errors_percentages_dates_and_merges_are_named_in_every_format(kind: str, tmp_path: Path) -> None:
    """What a cell is can be told in XLSX, in ODS and in XLS alike."""
    form = read(saved_again(ODD(), tmp_path, kind), f"form.{kind}")
    assert sorted(map(fault_line, form.faults)) == [
        "cell_error Indikator!K9",
        "date_in_number Indikator!K11",
        "merged_cell Indikator!M8",
    ]
    assert {code: figures(form)[code] for code in ("IKU-02", "IKU-07")} == {"IKU-02": "98.5", "IKU-07": "95"}


def test_an_old_workbook_cut_off_anywhere_is_still_walked(tmp_path: Path) -> None:
    """What cannot be walked says nothing, and stops nobody."""
    whole = saved_again(ODD(), tmp_path, "xls")
    assert told_by_xls(whole)["Indikator"][8, 11] is Kind.PERCENT
    for size in range(0, len(whole), 997):
        told_by_xls(whole[:size])
        read(whole[:size], "form.xls")


def test_a_binary_workbook_says_how_its_numbers_are_shown_and_where_errors_stand() -> None:
    """With styles nothing has to be asked back; errors and computed cells are named like in XLSX."""
    header = ("Kode", "Indikator Kinerja", "Target", "Realisasi")
    figures_in: dict[str, Content] = {
        "IKU-02": Shown(0.9912, 1),
        "IKU-05": Shown(0.7, 0),
        "IKU-07": Failed(23),
        "IKK-09": Shown(46_034.0, 2, computed=True),
        "IKK-12": Failed(42, computed=True),
    }
    cells: dict[tuple[int, int], Content] = {(1, at): name for at, name in enumerate(header, 1)}
    for row, (code, figure) in enumerate(figures_in.items(), 2):
        cells |= {(row, 1): code, (row, 2): "x", (row, 3): 1.0, (row, 4): figure}
    form = read(xlsb("Data", cells, formats=(0, 10, 164), own=((164, "dd/mm/yyyy"),)), "f.xlsb")
    assert {code: figures(form)[code] for code in ("IKU-02", "IKU-05")} == {"IKU-02": "99.12", "IKU-05": "0.7"}
    assert [(fault_line(fault), fault.given) for fault in form.faults if fault.cell.startswith("D")] == [
        ("cell_error Data!D4", "#REF!"),
        ("date_in_number Data!D5", "12/01/2026"),
        ("cell_error Data!D6", "#N/A"),
    ]


def test_a_binary_workbook_is_read_by_header_and_code() -> None:
    """XLSB without our stamp: figures by their codes, faults to the cell."""
    rows: tuple[tuple[str | float, ...], ...] = (
        ("Kode", "Indikator Kinerja", "Target", "Realisasi", "Faktor Pendukung"),
        ("IKU-02", "KTP-el", 99.4, 98.5, "Jemput bola"),
        ("IKU-05", "KIA", 70.0, 0.7, "Jemput bola"),
        ("IKU-07", "KK", 99.5, "dua", "Jemput bola"),
    )
    form = read(
        xlsb("Data", {(row, at): value for row, line in enumerate(rows, 1) for at, value in enumerate(line, 1)}),
        "f.xlsb",
    )
    assert figures(form) == {"IKU-02": "98.5", "IKU-05": "", "IKU-07": ""}
    assert [fault_line(fault) for fault in form.faults[:2]] == ["ambiguous_number Data!D3", "not_a_number Data!D4"]


def test_repeated_rows_and_cells_of_a_document_stand_where_they_are_seen() -> None:
    """OpenDocument writes empty rows and cells once with a count."""
    table = (
        '<table:table table:name="Data"><table:table-row table:number-rows-repeated="4"><table:table-cell'
        ' table:number-columns-repeated="9"/></table:table-row>'
        f"{HEADER}<table:table-row>{cells('IKU-02', 'KTP-el', '99.4', '98.5')}</table:table-row>"
        f'<table:table-row>{cells("IKU-05", "KIA", "70")}<table:table-cell office:value-type="percentage"'
        ' office:value="0.7"/></table:table-row></table:table>'
    )
    form = read(ods(table), "form.ods")
    assert figures(form) == {"IKU-02": "98.5", "IKU-05": "70"}
    assert form.data.indicators[0].actual.cell == "D6"


def test_notes_on_cells_are_not_their_content() -> None:
    """A comment in an OpenDocument cell is not part of its text."""
    noted = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>Cek lagi</text:p></office:annotation>'
        "<text:p>98,5</text:p></table:table-cell>"
    )
    table = f"{HEADER}<table:table-row>{cells('IKU-02', 'KTP-el', '99.4')}{noted}</table:table-row>"
    form = read(ods(f'<table:table table:name="Data">{table}</table:table>'), "form.ods")
    assert figures(form) == {"IKU-02": "98.5"}


ENDLESS = (
    '<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576"><table:table-cell'
    ' table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
    "</table:table>"
)
NO_NUMBER = (
    '<table:table table:name="A"><table:table-row><table:table-cell office:value-type="float" office:value="x"/>'
    "</table:table-row></table:table>"
)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (ENDLESS, Unreadable.TOO_LARGE),
        (NO_NUMBER, Unreadable.NOT_A_FORM),
        ('<table:table table:name="A">', Unreadable.BROKEN),
        ('<table:table table:name="A"/>', Unreadable.EMPTY_FILE),
    ],
    ids=["a value repeated over the whole sheet", "a number that is none", "cut off", "nothing in it"],
)
def test_a_document_that_cannot_be_read_has_its_reason(table: str, reason: Unreadable) -> None:
    """Each kind of damage has one outcome."""
    assert read(ods(table), "form.ods").unreadable is reason
