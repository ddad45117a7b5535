"""A form of an earlier template of the same cycle: columns by header, rows by code, its stamp still ours."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook

from mailbot.core.model.form_stamp import FIRST_VALUE_ROW, sign
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.read_form import read_form
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.reading.workbook.cases import fault_line, figures
from tests.reading.workbook.edits import saved
from tests.writing.form.paper import FIGURES, SPENT, good_form

RENAMED = {
    "Indikator": {
        "Kode": "Kode Indikator",
        "Sasaran": "Sasaran Strategis",
        "Target": "Target Tahunan",
        "Faktor Pendukung": "Faktor Pendorong",
        "Faktor Penghambat": "Kendala",
        "Tindak Lanjut": "Solusi",
        "Data Dukung": "Bukti Dukung",
    },
    "Anggaran": {"Pagu (Rp)": "Pagu Anggaran", "Realisasi (Rp)": "Realisasi Keuangan"},
}
"""Headers of the template before this one -> as they were printed there."""
NOT_YET = {"Jenis": "polarity", "Periode lalu": "last", "Sumber Data": "data_source", "Keterangan": "remark"}
"""Columns the template before this one did not have, and their fields."""
HEADER_ROW = 7


def of_version(version: int) -> bytes:
    """Return the unit's form as an earlier template made it: other headers, fewer columns, fewer lines above them."""
    book = load_workbook(io.BytesIO(good_form()))
    for name, headers in RENAMED.items():
        for cell in book[name][HEADER_ROW]:
            plain = str(cell.value or "").removesuffix(" *")
            cell.value = headers.get(plain, plain or None)
    sheet = book["Indikator"]
    for header in NOT_YET:
        (column,) = (cell.column for cell in sheet[HEADER_ROW] if cell.value == header)
        sheet.delete_cols(column)
    sheet.delete_rows(1, 3)
    book["Anggaran"].delete_rows(2, 2)
    stamp = book["mailbot"]
    lines = []
    for row in range(FIRST_VALUE_ROW, stamp.max_row + 1):
        key, text = stamp.cell(row, 1).value, stamp.cell(row, 2).value
        if not key:
            break
        fields = {field: value for field, value in json.loads(str(text)).items() if field not in NOT_YET.values()}
        stamp.cell(row, 2).value = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        lines.append((str(key), str(stamp.cell(row, 2).value)))
    stamp["B1"].value = str(version)
    cycle, unit = str(stamp["B2"].value), str(stamp["B3"].value)
    stamp["B4"].value = sign(SECRET, cycle, unit, str(version), tuple(lines))
    return saved(book)


@pytest.mark.parametrize("version", [0, 2, 17])
def test_a_form_of_another_template_of_the_same_cycle_is_read_whole(version: int) -> None:
    """Every figure, no fault, and the stamp says which template it was."""
    form = read_form(of_version(version), "form lama.xlsx", known_rows(office()), SECRET)
    assert (form.unreadable, tuple(map(fault_line, form.faults))) == (None, ())
    assert figures(form) == FIGURES | SPENT
    assert form.stamp is not None
    assert (form.stamp.valid, form.stamp.template_version, form.stamp.cycle) == (True, version, "2025")
    first = form.data.indicators[0]
    assert first.enabling_factors.text == "Jemput bola untuk IKU-02."
    assert first.follow_up.text == "Penambahan jadwal pelayanan."
    assert first.data_source.text == "DKB/SIAK"


def test_what_changed_in_such_a_form_is_held_against_what_it_was_sent_out_with() -> None:
    """Its own stamp knows its locked values, whatever its columns are called."""
    book = load_workbook(io.BytesIO(of_version(0)))
    sheet = book["Indikator"]
    (column,) = (cell.column for cell in sheet[4] if cell.value == "Target Tahunan")
    sheet.cell(5, column).value = 12
    form = read_form(saved(book), "form lama.xlsx", known_rows(office()), SECRET)
    assert [fault_line(fault) for fault in form.faults] == ["locked_changed Indikator!F5"]
