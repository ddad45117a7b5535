"""Story 16: a year is closed; the next period's form, checks and report know its figures."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl

from mailbot.clerk.desk.remembering import remembering
from mailbot.clerk.opening.openings import open_cycle
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.sop import Step
from mailbot.ledger.values import Changes, CycleChange
from mailbot.writing.recap.recap import write_recap
from mailbot.writing.report.report import write_report
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import shipped_templates
from tests.office import ToyOffice, laid, told_once

QUARTER = "2026-tw1"
KNOWN = "Banyak warga pindah karena perumahan baru"
FIGURE = "K"
"""Column of the realised value."""


@told_once
def after_a_closed_year() -> ToyOffice:
    """Return the office with 2025 reported and closed, and the first quarter of 2026 asked for."""
    office = laid()
    before = office.cycle()
    after = explained(replace(before, step=Step.SUBMIT, closed_at=office.clock()))
    office.ledger.commit(Changes(at=office.clock(), cycles=(CycleChange(before=before, after=after),)))
    open_cycle(office.clerk.books, office.clerk.maker, QUARTER, office.clock())
    office.days_pass(3)
    return office


def explained(cycle: Cycle) -> Cycle:
    """Return the cycle with a word of DAFDUK's beside IKU-05."""
    unit = cycle.unit("DAFDUK")
    counting = unit.counting
    assert counting is not None
    rows = tuple(
        replace(row, remark=replace(row.remark, text=KNOWN)) if row.code == "IKU-05" else row
        for row in counting.data.indicators
    )
    told = replace(counting, data=replace(counting.data, indicators=rows))
    return cycle.with_unit(
        replace(unit, submissions=tuple(told if one is counting else one for one in unit.submissions))
    )


def shown(form: bytes, header: str) -> dict[str, object]:
    """Return what stands under a header of sheet Indikator, by code."""
    sheet = openpyxl.load_workbook(io.BytesIO(form))["Indikator"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    number, names = next((number, row) for number, row in enumerate(rows) if "Kode" in row and header in row)
    code, column = names.index("Kode"), names.index(header)
    return {str(row[code]): row[column] for row in rows[number + 1 :] if row[code]}


def test_the_next_form_shows_the_figures_of_the_year_that_was_closed() -> None:
    """Where they mean the same: a quarter's count stands beside no year's total."""
    office = after_a_closed_year()
    _, form = office.letter("kabid-dafduk", "request").file(".xlsx")
    reported = {
        row.code: row.actual.value
        for unit in office.cycle().units
        for row in (unit.counting.data.indicators if unit.counting else ())
    }
    before = shown(form, "Periode lalu")
    assert before["IKU-02"] == float(reported["IKU-02"] or 0)
    assert before["IKK-12"] is None


def test_what_leaps_from_the_closed_year_is_asked_about() -> None:
    """The figure the letter names stands in the form."""
    office = after_a_closed_year()
    name, form = office.letter("kabid-dafduk", "request").file(".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(form))
    (place,) = (cell.coordinate for row in book["Indikator"].iter_rows() for cell in row if cell.value == "IKU-05")
    book["Indikator"][place.replace("B", FIGURE)].value = 2
    saved = io.BytesIO()
    book.save(saved)
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "", (name, saved.getvalue()))
    prompts = [str(hint.prompt) for hint in book["Indikator"].data_validations.dataValidation]
    assert [prompt for prompt in prompts if KNOWN in prompt and "SAMA" in prompt]
    text = " ".join(office.letter("kabid-dafduk", "returned").text.split())
    shown_before = shown(form, "Periode lalu")["IKU-05"]
    assert f"yaitu {shown_before}".replace(".", ",") in text
    assert f"Penjelasan periode lalu: “{KNOWN}”; bila masih berlaku, salin atau cukup tulis SAMA" in text


def test_report_and_recap_print_the_year_that_lies_in_the_ledger() -> None:
    """2025 stands between the years that are configured, and the reports of later years say the same."""
    office = after_a_closed_year()
    cycle = office.ledger.cycles.get(QUARTER)
    assert cycle is not None
    known = remembering(office.clerk.books, {QUARTER: cycle.period}).office
    folders = (shipped_templates(),)
    reported = office.unit("DAFDUK").counting
    assert reported is not None
    figure = reported.data.figure("IKU-02")
    assert figure is not None
    printed = read_phrases(folders, known.calendar).number(figure.value, 2)
    report = io.BytesIO(write_report(cycle, known, version=1, template_folders=folders))
    assert printed in zipfile.ZipFile(report).read("word/document.xml").decode()
    recap = openpyxl.load_workbook(io.BytesIO(write_recap(cycle, known, template_folders=folders)))
    assert figure.value in [
        round(Decimal(str(cell.value)), 2)
        for sheet in recap
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, (int, float))
    ]
