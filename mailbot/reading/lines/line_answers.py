"""The answers in a mail's own lines, read by the very rules that read a form's cells (SOP row 3)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
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
)
from mailbot.core.model.form_layout import NARRATIVE_ROWS, SheetName
from mailbot.reading.workbook.answers import KnownRows, known_rows
from mailbot.reading.workbook.entries import Cells
from mailbot.reading.workbook.table import Row, Table
from mailbot.reading.workbook.workbook import Grid, Kind, Value

if TYPE_CHECKING:
    from mailbot.core.model.office import Office

LINES_FILE = "balasan.txt"
"""Name under which a mail's own words are kept as a file."""

FIGURES = frozenset({"actual", "numerator", "denominator", "spent_idr", "output_actual"})
"""Columns that hold one number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answer: whose row, which column, and the text as it stands behind the sign."""

    sheet: SheetName
    code: str
    field: str
    text: str


def form_of_lines(answers: tuple[Line, ...], faults: tuple[Fault, ...], own_words: str, office: Office) -> ReadForm:
    """Return the form that a mail's lines come to, with what was found in them before and what is found now.

    Args:
        answers: the lines, each for a place of its own.
        faults: found while the lines were looked for.
        own_words: the mail's own words, which are kept as the form's file.
        office: its indicators give the units of measure.
    """
    rows: dict[str, dict[str, Entry]] = {}
    found = list(faults)
    known = known_rows(office)
    for line in answers:
        entry, wrong = _read(line, known)
        rows.setdefault(line.code, {})[line.field] = entry
        found += wrong
    told = {NARRATIVE_ROWS[code]: row["answer"] for code, row in rows.items() if code in NARRATIVE_ROWS}
    data = FormData(
        indicators=tuple(
            IndicatorAnswer(code=indicator.code, **rows[indicator.code])
            for indicator in office.indicators
            if indicator.code in rows
        ),
        budget=tuple(BudgetAnswer(code=line.code, **rows[line.code]) for line in office.budget if line.code in rows),
        filled_by=told.pop("filled_by", Entry()).text,
        narrative=Narrative(**told),
    )
    digest = hashlib.sha256(words_file(own_words)).hexdigest()
    return ReadForm(file_sha256=digest, file_name=LINES_FILE, data=data, faults=tuple(found))


def _read(line: Line, known: KnownRows) -> tuple[Entry, tuple[Fault, ...]]:
    """Return a line's entry and findings, read as a text cell of a form with that one column; it has no place."""
    grid = Grid(name="", raw={(1, 1): line.text}, decode=_as_text)
    cells = Cells(table=Table(sheet=line.sheet, grid=grid, header_row=0, columns={line.field: 1}), faults=[])
    row = Row(number=1, code=line.code, written=line.code)
    if line.field == "actual" and line.code in known.grades:
        entry = cells.word_of(row, line.field, known.grades[line.code])
    elif line.field in FIGURES:
        entry = cells.number(row, line.field, known.measure(line.code, line.field))
    else:
        entry = cells.words(row, line.field)
    return replace(entry, cell=""), tuple(replace(fault, cell="") for fault in cells.faults)


def _as_text(raw: object) -> Value:
    """Return a line's text as the value of a text cell."""
    return Value(Kind.TEXT, str(raw))
