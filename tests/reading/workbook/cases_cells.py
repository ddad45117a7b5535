"""Cases of single cells: numbers as people type, paste and compute them."""

from __future__ import annotations

from datetime import date, datetime, time

from tests.reading.workbook.cases import Case
from tests.reading.workbook.edits import emptied, error, form_with, text, typed

PERCENT, COUNT, DAYS, MONEY = "Indikator!K8", "Indikator!K12", "Indikator!K11", "Anggaran!E8"
CODES = {PERCENT: "IKU-02", COUNT: "IKK-12", DAYS: "IKK-09", MONEY: "2.12.02.2.01.0005"}

_READ: tuple[tuple[str, object, str], ...] = (
    # place, what was typed, the figure it is
    (PERCENT, 98.12, "98.12"),
    (PERCENT, "98,12", "98.12"),
    (PERCENT, "98.12", "98.12"),
    (PERCENT, "98,5%", "98.5"),
    (PERCENT, "95 %", "95"),
    (PERCENT, "98,5 persen", "98.5"),
    (PERCENT, "100,00", "100"),
    (PERCENT, " 98,5 ", "98.5"),
    (PERCENT, "98,\u00a05", "98.5"),
    (PERCENT, "'98,5", "98.5"),
    (PERCENT, "0,985", "0.985"),
    (PERCENT, "0.985", "0.985"),
    (PERCENT, "1,234", "1.234"),
    (PERCENT, "NIHIL", "NIHIL"),
    (PERCENT, "nihil.", "NIHIL"),
    (PERCENT, "-3,5", "-3.5"),
    (COUNT, 52, "52"),
    (COUNT, "144.902", "144902"),
    (COUNT, "1.234.567", "1234567"),
    (COUNT, "1,234,567", "1234567"),
    (COUNT, "144 902", "144902"),
    (COUNT, "52 kali", "52"),
    (COUNT, "12 ribu", "12000"),
    (COUNT, 0, "0"),
    (DAYS, "1,5", "1.5"),
    (DAYS, "4.25", "4.25"),
    (DAYS, "3 hari", "3"),
    (DAYS, "3 hari kerja", "3"),
    (MONEY, 309725000, "309725000"),
    (MONEY, "309.725.000", "309725000"),
    (MONEY, "Rp 309.725.000,-", "309725000"),
    (MONEY, "Rp. 309.725.000,00", "309725000"),
    (MONEY, "Rp309725000", "309725000"),
    (MONEY, "309,725,000", "309725000"),
    (MONEY, "309.725.000,50", "309725000.5"),
    (MONEY, "309,725,000.50", "309725000.5"),
    (MONEY, "0,3 M", "300000000"),
    (MONEY, "309 juta", "309000000"),
    (MONEY, "Rp 309,7 juta", "309700000"),
    (MONEY, "(1.500.000)", "-1500000"),
)

_FAULTY: tuple[tuple[str, object, str], ...] = (
    # place, what was typed, the fault
    (PERCENT, "1.234", "ambiguous_number"),
    (PERCENT, "98.123", "ambiguous_number"),
    (PERCENT, "dua belas", "not_a_number"),
    (PERCENT, "N/A", "not_a_number"),
    (PERCENT, "-", "not_a_number"),
    (PERCENT, "tidak ada", "not_a_number"),
    (PERCENT, "7,00-7,50", "not_a_number"),
    (PERCENT, "98 s/d 99", "not_a_number"),
    (PERCENT, "98,5\n99,1", "not_a_number"),
    (PERCENT, "±98", "not_a_number"),
    (PERCENT, "98,5 (sementara)", "not_a_number"),
    (PERCENT, "12.34,5", "not_a_number"),
    (PERCENT, "1E+05", "not_a_number"),
    (PERCENT, "98²", "not_a_number"),
    (PERCENT, "57.000/80.000", "not_a_number"),
    (PERCENT, True, "not_a_number"),
    (PERCENT, "Rp 98.000", "wrong_unit"),
    (PERCENT, "98 orang", "wrong_unit"),
    (PERCENT, date(2026, 1, 12), "date_in_number"),
    (PERCENT, datetime(2026, 1, 12, 8, 30), "date_in_number"),  # noqa: DTZ001 - a cell's date has no zone
    (PERCENT, time(9, 30), "date_in_number"),
    (COUNT, "1,234", "ambiguous_number"),
    (COUNT, "52%", "wrong_unit"),
    (COUNT, "12 inovasi", "wrong_unit"),
    (DAYS, "3 jam", "wrong_unit"),
    (DAYS, "1.500", "ambiguous_number"),
    (MONEY, "300,725", "ambiguous_number"),
    (MONEY, "1.500 juta", "ambiguous_number"),
    (MONEY, "lihat SPJ", "not_a_number"),
)

CASES = (
    *(
        Case(name=f"{value!r} in {CODES[place]}", build=form_with(typed(place, value)), values={CODES[place]: figure})
        for place, value, figure in _READ
    ),
    *(
        Case(
            name=f"{value!r} in {CODES[place]}",
            build=form_with(typed(place, value)),
            faults=(f"{fault} {place}",),
            values={CODES[place]: ""},
        )
        for place, value, fault in _FAULTY
    ),
    Case(
        name="98,5% typed into a cell, which Excel keeps as 0.985 shown as a percentage",
        build=form_with(typed(PERCENT, 0.985, "0.00%")),
        values={"IKU-02": "98.5"},
    ),
    Case(
        name="a percentage where times are counted",
        build=form_with(typed(COUNT, 0.52, "0%")),
        faults=(f"wrong_unit {COUNT}",),
        values={"IKK-12": ""},
    ),
    Case(
        name="noise of binary arithmetic is not a figure",
        build=form_with(typed(PERCENT, 0.1 + 0.2)),
        values={"IKU-02": "0.3"},
    ),
    Case(
        name="a percent sign that is only part of the format's text",
        build=form_with(typed(PERCENT, 98.5, '0.00"%"')),
        values={"IKU-02": "98.5"},
    ),
    Case(
        name="a formula that was never computed",
        build=form_with(typed(PERCENT, "=57000/80000*100")),
        faults=(f"formula_without_value {PERCENT}",),
        values={"IKU-02": ""},
    ),
    Case(
        name="an explanation that is a formula never computed",
        build=form_with(typed("Indikator!M8", "=Petunjuk!B1")),
        faults=("formula_without_value Indikator!M8",),
    ),
    Case(
        name="#REF! in a number cell",
        build=form_with(error(PERCENT, "#REF!")),
        faults=(f"cell_error {PERCENT}",),
        values={"IKU-02": ""},
    ),
    Case(name="#DIV/0! in the budget", build=form_with(error(MONEY, "#DIV/0!")), faults=(f"cell_error {MONEY}",)),
    Case(
        name="#N/A in an explanation",
        build=form_with(error("Indikator!N8", "#N/A")),
        faults=("cell_error Indikator!N8",),
    ),
    Case(
        name="a formula typed as text",
        build=form_with(text(PERCENT, "=57000/80000")),
        faults=(f"not_a_number {PERCENT}",),
    ),
    Case(name="a blank is not zero", build=form_with(emptied(PERCENT)), values={"IKU-02": ""}),
    Case(name="blanks are a blank", build=form_with(typed(PERCENT, "   ")), values={"IKU-02": ""}),
    Case(
        name="pembilang and penyebut by the rules of counts",
        build=form_with(typed("Indikator!I9", "57.000"), typed("Indikator!J9", "80 ribu")),
    ),
    Case(
        name="a pembilang in words",
        build=form_with(typed("Indikator!I9", "banyak")),
        faults=("not_a_number Indikator!I9",),
    ),
    Case(
        name="five faults in one form, all named at once",
        build=form_with(
            typed(PERCENT, "1.234"),
            typed("Indikator!K9", "dua"),
            error("Indikator!K10", "#REF!"),
            typed(DAYS, date(2026, 4, 3)),
            typed(MONEY, "=SUM(A1:A2)"),
        ),
        faults=(
            f"ambiguous_number {PERCENT}",
            "not_a_number Indikator!K9",
            "cell_error Indikator!K10",
            f"date_in_number {DAYS}",
            f"formula_without_value {MONEY}",
        ),
    ),
)
