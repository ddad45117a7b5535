"""The answers in a mail's own lines, read by the very rules that read a form's cells (SOP row 3)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.lines import words_file
from mailbot.core.model.form import (
    BudgetAnswer,
    Entry,
    Fault,
    FormData,
    IndicatorAnswer,
    Narrative,
    ReadForm,
    ReadLines,
)
from mailbot.core.model.form_layout import NARRATIVE_ROWS, SheetName
from mailbot.reading.lines.lines import FIGURES, find_lines
from mailbot.reading.workbook.entries import Cells
from mailbot.reading.workbook.grid import Grid, Kind, Value
from mailbot.reading.workbook.table import Row, Table

if TYPE_CHECKING:
    from mailbot.core.model.office import Office
    from mailbot.reading.lines.lines import Codes, Line

LINES_FILE = "balasan.txt"
"""Name under which a mail's own words are kept as a file."""
_MONEY = "Rupiah"


def read_lines(own_words: str, office: Office) -> ReadLines | None:
    """Return what a mail's own lines answer, None where no line is an answer; never raises, whatever was written.

    Args:
        own_words: the newly typed text, quotation and signature removed.
        office: its codes are looked for, and its indicators give the units of measure.
    """
    lines = find_lines(own_words, _codes(office))
    if lines is None:
        return None
    rows: dict[str, dict[str, Entry]] = {}
    faults: list[Fault] = list(lines.faults)
    units = {one.code: one.unit_of_measure for one in office.indicators}
    for line in lines.answers:
        entry, found = _read(line, units)
        rows.setdefault(line.code, {})[line.field] = entry
        faults += found
    told = {NARRATIVE_ROWS[code]: row["answer"] for code, row in rows.items() if code in NARRATIVE_ROWS}
    data = FormData(
        indicators=tuple(
            IndicatorAnswer(code=one.code, **rows[one.code]) for one in office.indicators if one.code in rows
        ),
        budget=tuple(BudgetAnswer(code=one.code, **rows[one.code]) for one in office.budget if one.code in rows),
        filled_by=told.pop("filled_by", Entry()).text,
        narrative=Narrative(**told),
    )
    digest = hashlib.sha256(words_file(own_words)).hexdigest()
    form = ReadForm(file_sha256=digest, file_name=LINES_FILE, data=data, faults=tuple(faults))
    return ReadLines(form=form, written=own_words, ignored=lines.ignored)


def _codes(office: Office) -> Codes:
    """Return every code a line may begin with."""
    return (
        *((one.code, one.name, SheetName.INDICATORS) for one in office.indicators),
        *((one.code, one.name, SheetName.BUDGET) for one in office.budget),
        *((code, "", SheetName.NARRATIVE) for code in NARRATIVE_ROWS),
    )


def _read(line: Line, units: dict[str, str]) -> tuple[Entry, tuple[Fault, ...]]:
    """Return a line's entry and findings, read as a text cell of a form with that one column; it has no place."""
    grid = Grid(name="", raw={(1, 1): line.text}, decode=_as_text)
    cells = Cells(table=Table(sheet=line.sheet, grid=grid, header_row=0, columns={line.field: 1}), faults=[])
    row = Row(number=1, code=line.code, written=line.code)
    if line.field in FIGURES:
        measure = _MONEY if line.sheet is SheetName.BUDGET else units[line.code] if line.field == "actual" else ""
        entry = cells.number(row, line.field, measure)
    else:
        entry = cells.words(row, line.field)
    return replace(entry, cell=""), tuple(replace(fault, cell="") for fault in cells.faults)


def _as_text(raw: object) -> Value:
    """Return a line's text as the value of a text cell."""
    return Value(Kind.TEXT, str(raw))
