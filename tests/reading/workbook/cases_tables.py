"""Cases of whole tables: rows, columns and sheets as people move, delete, merge and retype them."""

from __future__ import annotations

from mailbot.core.model.unreadable import Unreadable
from tests.reading.workbook.cases import Case
from tests.reading.workbook.edits import (
    column_deleted,
    column_inserted,
    columns_reversed,
    csv,
    emptied,
    form_with,
    merged,
    renamed,
    row_deleted,
    row_inserted,
    rows_reordered,
    table,
    typed,
    without,
)
from tests.writing.form.paper import FIGURES, SPENT, blank_form

GOOD = FIGURES | SPENT
HEADERS = ("Kode", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Faktor Pendukung", "Faktor Penghambat")
FULL = (*HEADERS, "Tindak Lanjut", "Data Dukung")
INPUTS = (
    *(f"Indikator!{column}{row}" for column in "IJKMNOQR" for row in range(8, 13)),
    *(f"Anggaran!{column}{row}" for column in "EGK" for row in range(8, 11)),
    *(f"Narasi!D{row}" for row in range(8, 13)),
)
ROW = ("IKU-02", "KTP-el", "Persen", 99.4, "99,45", "Jemput bola", "Blangko", "Jadwal", "rekap.xlsx")

CASES = (
    Case(name="the form in good order", build=form_with(), values=GOOD),
    Case(name="the form as it was sent out", build=blank_form, untouched=True, values=dict.fromkeys(GOOD, "")),
    Case(
        name="the form filled in and emptied again",
        build=form_with(emptied(*INPUTS)),
        untouched=True,
        values=dict.fromkeys(GOOD, ""),
    ),
    Case(
        name="nothing but a locked value was touched",
        build=form_with(emptied(*INPUTS), typed("Indikator!G8", 90)),
        untouched=True,
        faults=("locked_changed Indikator!G8",),
    ),
    Case(
        name="only one sentence was written",
        build=form_with(emptied(*INPUTS), typed("Indikator!N8", "Blangko kosong")),
        values=dict.fromkeys(GOOD, ""),
    ),
    Case(
        name="only something that cannot be read was written",
        build=form_with(emptied(*INPUTS), typed("Indikator!K8", "=A1")),
        faults=("formula_without_value Indikator!K8",),
    ),
    # sheets
    Case(name="the tab has another name", build=form_with(renamed("Indikator", "isian IKU fix")), values=GOOD),
    Case(
        name="all tabs have other names",
        build=form_with(renamed("Indikator", "Sheet1"), renamed("Anggaran", "Sheet2"), renamed("Narasi", "Sheet3")),
        values=GOOD,
    ),
    Case(
        name="tabs swapped their names",
        build=form_with(renamed("Indikator", "x"), renamed("Anggaran", "Indikator"), renamed("x", "Anggaran")),
        values=GOOD,
    ),
    Case(
        name="the budget's sheet is gone",
        build=form_with(without("Anggaran")),
        faults=("sheet_missing Anggaran",),
        values=FIGURES,
    ),
    Case(
        name="the indicators' sheet is gone",
        build=form_with(without("Indikator")),
        faults=("sheet_missing Indikator",),
        values=SPENT,
    ),
    Case(name="the narrative is gone", build=form_with(without("Narasi")), faults=("sheet_missing Narasi",)),
    Case(name="the guide is gone", build=form_with(without("Petunjuk")), values=GOOD),
    Case(name="the stamp is gone", build=form_with(without("mailbot")), stamped=False, values=GOOD, years=(2025,)),
    # rows
    Case(
        name="the rows stand in another order",
        build=form_with(rows_reordered("Indikator", 8, (12, 10, 8, 11, 9))),
        values=GOOD,
    ),
    Case(name="a row was inserted above the table", build=form_with(row_inserted("Indikator", 3)), values=GOOD),
    Case(name="an empty row was inserted in the table", build=form_with(row_inserted("Indikator", 10)), values=GOOD),
    Case(
        name="the columns are numbered below the header",
        build=form_with(row_inserted("Indikator", 8, B="1", C="2", G=6, K=10)),
        values=GOOD,
    ),
    Case(
        name="an average was added below",
        build=form_with(typed("Indikator!D13", "Rata-rata"), typed("Indikator!K13", 80.5)),
        values=GOOD,
    ),
    Case(
        name="the sum was typed over and is not what its parts come to",
        build=form_with(typed("Anggaran!E11", 500_000_000)),
        faults=("total_mismatch Anggaran!E11",),
        values=GOOD,
    ),
    Case(name="the sum was typed over, rightly", build=form_with(typed("Anggaran!E11", "516.987.500")), values=GOOD),
    Case(
        name="the sum was typed over while a line is still open",
        build=form_with(typed("Anggaran!E11", 1), emptied("Anggaran!E9")),
        values=FIGURES,
    ),
    Case(
        name="a sum of some lines between the lines, right, and one below, wrong",
        build=form_with(
            row_inserted("Anggaran", 10, C="Jumlah sementara", E=456_637_500),
            typed("Anggaran!E12", 456_637_500),
        ),
        faults=("total_mismatch Anggaran!E12",),
        values=GOOD,
    ),
    Case(
        name="a sum in a table typed anew",
        build=table(
            ("Kode", "Sub Kegiatan", "Pagu (Rp)", "Realisasi (Rp)"),
            ("2.12.02.2.01.0005", "Pencatatan", 325_000_000, "309.725.000"),
            ("2.12.02.2.01.0004", "Peningkatan", 148_500_000, "146.912.500"),
            ("", "TOTAL", 473_500_000, "456.637.000"),
        ),
        stamped=False,
        faults=("total_mismatch Sheet1!D4",),
        values={"2.12.02.2.01.0005": "309725000"},
    ),
    Case(
        name="a signature block was added below",
        build=form_with(typed("Indikator!O15", "Kepala Bidang,"), typed("Indikator!O18", "NIP 123")),
        values=GOOD,
    ),
    Case(
        name="a row is gone",
        build=form_with(row_deleted("Indikator", 10)),
        faults=("row_missing Indikator IKU-07",),
        values={"IKU-02": "99.45", "IKK-12": "52"},
    ),
    Case(
        name="a budget line is gone",
        build=form_with(row_deleted("Anggaran", 9)),
        faults=("row_missing Anggaran 2.12.02.2.01.0004",),
    ),
    Case(
        name="an indicator of another unit was added",
        build=form_with(typed("Indikator!B13", "IKU-03"), typed("Indikator!K13", 98)),
        faults=("row_added Indikator!B13",),
        values=GOOD,
    ),
    Case(
        name="a row with a figure and no code",
        build=form_with(typed("Indikator!D13", "Indikator baru"), typed("Indikator!K13", 98)),
        faults=("row_added Indikator!B13",),
    ),
    Case(
        name="a code stands twice with two figures",
        build=form_with(typed("Indikator!B13", "IKU-02"), typed("Indikator!K13", 98)),
        faults=("row_twice Indikator!B13",),
        values={"IKU-02": "99.45"},
    ),
    Case(name="a code stands twice, once empty", build=form_with(typed("Indikator!B13", "IKU-02")), values=GOOD),
    Case(
        name="a code's first row is empty",
        build=form_with(
            emptied(*(f"Indikator!{letter}8" for letter in "IJKMNOQ")),
            typed("Indikator!B13", "IKU-02"),
            typed("Indikator!K13", 97.5),
        ),
        faults=tuple(f"locked_changed Indikator!{letter}13" for letter in "CDEFGH"),
        values={"IKU-02": "97.5"},
    ),
    Case(name="a code in small letters", build=form_with(typed("Indikator!B8", "iku 02")), values=GOOD),
    Case(name="a code without its dash", build=form_with(typed("Indikator!B8", "IKU2")), values=GOOD),
    Case(
        name="a sub kegiatan's code with leading zeros",
        build=form_with(typed("Anggaran!B8", "2.12.02.02.01.0005")),
        values=GOOD,
    ),
    Case(
        name="a code with the name behind it",
        build=form_with(typed("Indikator!B8", "IKU-02 Kepemilikan KTP-el")),
        values=GOOD,
    ),
    # columns
    Case(
        name="the columns stand the other way round",
        build=form_with(columns_reversed("Indikator", 7, 2, 18)),
        values=GOOD,
    ),
    Case(name="a column was inserted", build=form_with(column_inserted("Indikator", 6)), values=GOOD),
    Case(
        name="a header in capitals with its period",
        build=form_with(typed("Indikator!K7", "REALISASI  TW IV (%)")),
        values=GOOD,
    ),
    Case(
        name="headers by other names",
        build=form_with(
            typed("Indikator!M7", "Faktor Pendorong"),
            typed("Indikator!N7", "Kendala"),
            typed("Indikator!O7", "Solusi"),
            typed("Indikator!Q7", "Bukti Dukung"),
        ),
        values=GOOD,
    ),
    Case(
        name="the column of follow-ups is gone",
        build=form_with(column_deleted("Indikator", 15)),
        faults=("column_missing Indikator Tindak Lanjut",),
        values=GOOD,
    ),
    Case(
        name="the column of figures is gone",
        build=form_with(column_deleted("Indikator", 11)),
        faults=("column_missing Indikator Realisasi",),
        values=dict.fromkeys(FIGURES, ""),
    ),
    Case(
        name="the column of targets is gone, which we know anyhow",
        build=form_with(column_deleted("Indikator", 7)),
        faults=("column_missing Indikator Target",),
        values=GOOD,
    ),
    Case(
        name="the pembilang is gone though one indicator has it",
        build=form_with(column_deleted("Indikator", 9)),
        faults=("column_missing Indikator Pembilang",),
        values=GOOD,
    ),
    Case(
        name="the codes are gone",
        build=form_with(column_deleted("Indikator", 2)),
        faults=("column_missing Indikator Kode",),
        values=SPENT,
    ),
    Case(
        name="two columns both called Realisasi",
        build=form_with(typed("Indikator!K7", "Realisasi 2024"), typed("Indikator!R7", "Realisasi 2025")),
        faults=("column_missing Indikator Realisasi",),
        values=dict.fromkeys(FIGURES, ""),
    ),
    # locked values
    Case(
        name="a target was changed",
        build=form_with(typed("Indikator!G9", 71)),
        faults=("locked_changed Indikator!G9",),
        values=GOOD,
    ),
    Case(name="a target was retyped as text", build=form_with(typed("Indikator!G8", "99,40")), values=GOOD),
    Case(
        name="a target was deleted",
        build=form_with(emptied("Indikator!G8")),
        faults=("locked_changed Indikator!G8",),
    ),
    Case(
        name="an indicator was renamed",
        build=form_with(typed("Indikator!D8", "Persentase KTP")),
        faults=("locked_changed Indikator!D8",),
    ),
    Case(
        name="a locked text in other capitals and with two blanks is the same text",
        build=form_with(typed("Indikator!D8", "persentase  KEPEMILIKAN KTP-el ")),
    ),
    Case(
        name="a unit of measure was changed",
        build=form_with(typed("Indikator!E8", "Orang")),
        faults=("locked_changed Indikator!E8",),
        values=GOOD,
    ),
    Case(
        name="a pagu was changed",
        build=form_with(typed("Anggaran!D8", 425000000)),
        faults=("locked_changed Anggaran!D8",),
    ),
    Case(
        name="last period's value was changed",
        build=form_with(typed("Indikator!H8", 90)),
        faults=("locked_changed Indikator!H8",),
    ),
    Case(name="the computed column was typed over", build=form_with(typed("Indikator!L8", 105)), values=GOOD),
    # merged cells
    Case(
        name="two figures merged into one",
        build=form_with(merged("Indikator", "K8:K9")),
        faults=("merged_cell Indikator!K8",),
        values={"IKU-02": "99.45", "IKU-05": ""},
    ),
    Case(
        name="an explanation merged over three rows",
        build=form_with(merged("Indikator", "M10:M12")),
        faults=("merged_cell Indikator!M10",),
    ),
    Case(
        name="figure and capaian merged",
        build=form_with(merged("Indikator", "K8:L8")),
        faults=("merged_cell Indikator!K8",),
        values=GOOD,
    ),
    Case(name="the objectives merged over all rows", build=form_with(merged("Indikator", "C8:C12")), values=GOOD),
    Case(name="the title merged", build=form_with(merged("Indikator", "B2:R2")), values=GOOD),
    # typed anew
    Case(
        name="a table typed anew without our stamp",
        build=table(FULL, ROW),
        stamped=False,
        values={"IKU-02": "99.45"},
    ),
    Case(
        name="a table typed anew, faulty",
        build=table(FULL, (*ROW[:4], "dua", *ROW[5:])),
        stamped=False,
        faults=("not_a_number Sheet1!E2",),
    ),
    Case(
        name="a table typed anew below a letterhead",
        build=table(("DINAS",), (), ("Data kinerja",), (), FULL, ROW),
        stamped=False,
        values={"IKU-02": "99.45"},
    ),
    Case(
        name="a table with some columns only",
        build=table(HEADERS, ROW[:7]),
        stamped=False,
        faults=("column_missing Sheet1 Tindak Lanjut", "column_missing Sheet1 Data Dukung"),
    ),
    Case(
        name="an unknown code in a table typed anew",
        build=table(FULL, ("IKU-99", *ROW[1:])),
        stamped=False,
        faults=("row_added Sheet1!A2",),
    ),
    Case(
        name="CSV with semicolons",
        build=csv(";".join(FULL), "IKU-02;KTP-el;Persen;99,4;99,45;Jemput bola;Blangko;Jadwal;rekap.xlsx"),
        file_name="form.csv",
        stamped=False,
        values={"IKU-02": "99.45"},
    ),
    Case(
        name="CSV with commas and quotes",
        build=csv(
            ",".join(FULL), 'IKU-02,KTP-el,Persen,"99,4","99,45","Jemput bola, dua kali",Blangko,Jadwal,rekap.xlsx'
        ),
        file_name="form.csv",
        stamped=False,
        values={"IKU-02": "99.45"},
    ),
    Case(
        name="CSV as old Excel writes it, with an ambiguous figure",
        build=csv(";".join(FULL), "IKU-02;KTP – el;Persen;99,4;1.234;a;b;c;d", encoding="cp1252"),
        file_name="form.csv",
        stamped=False,
        faults=("ambiguous_number form.csv!E2",),
    ),
    Case(
        name="CSV in UTF-16 with tabs, called xls",
        build=csv("\t".join(FULL), "\t".join(map(str, ROW)), encoding="utf-16"),
        file_name="form.csv",
        stamped=False,
        values={"IKU-02": "99.45"},
    ),
    Case(
        name="a workbook about something else",
        build=table(("No", "Nama"), (1, "Daftar hadir")),
        unreadable=Unreadable.NOT_A_FORM,
        stamped=False,
    ),
    Case(name="a workbook with nothing in it", build=table(), unreadable=Unreadable.EMPTY_FILE, stamped=False),
)
