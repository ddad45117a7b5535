"""Sheet `Anggaran` of a form: one row for each sub kegiatan of the unit, with a total (SOP row 2)."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.form import BudgetAnswer
from mailbot.core.model.form_layout import BUDGET_COLUMNS, SheetName, address
from mailbot.core.model.indicators import absorption_pct
from mailbot.writing.form.indicator_sheet import number_hint, text_hint
from mailbot.writing.form.sheet_frame import (
    CLOSED,
    CODE,
    COMPUTED,
    FIRST_COLUMN,
    FIRST_ROW,
    HEADER_ROW,
    INPUT,
    LOCKED,
    MARGIN,
    MARGIN_COLUMN,
    MARGIN_WIDTH,
    Paper,
    canonical,
    figures,
    filled,
    head,
    header_cell,
    required_fields,
    squares,
)
from mailbot.writing.form.workbook_model import Cell, Fill, Hint, Sheet, Style, row_height, text_cell

if TYPE_CHECKING:
    from mailbot.core.model.indicators import BudgetLine

PLACES = {column.field: FIRST_COLUMN + offset for offset, column in enumerate(BUDGET_COLUMNS)}
"""Field -> column number."""

WIDTHS = {"code": 19, "name": 52, "budget": 18, "spent_idr": 18, "absorption_pct": 12, "note": 32}
_OUTPUT_WIDTHS = {"output": 30, "output_unit": 12, "output_target": 11, "output_actual": 12}
_BESIDE_OUTPUTS = {"name": 44, "note": 30}
"""Widths of the columns that give way to outputs."""
"""Field -> width of its column in characters."""

_LEAST_HEIGHT = 27.0
_HEADER_HEIGHT = 24.0
_NAME_CHARACTERS = 110
_TOTAL = Style(bold=True, fill=Fill.TOTAL, border=True, align="right", indent=1, number_format="#,##0")


def budget_sheet(paper: Paper) -> Sheet:
    """Return the sheet."""
    cells = head(paper) | squares(paper, 2, PLACES["absorption_pct"])
    widths = WIDTHS | ({**_BESIDE_OUTPUTS, **_OUTPUT_WIDTHS} if _has_outputs(paper) else {})
    for column in BUDGET_COLUMNS:
        if column.field in widths:
            cells[HEADER_ROW, PLACES[column.field]] = header_cell(
                column.header, required=column.field in required_fields(paper)
            )
    heights = {HEADER_ROW: _HEADER_HEIGHT}
    hints: list[Hint] = []
    for row, line in enumerate(paper.budget, FIRST_ROW):
        cells |= _row(paper, line, row)
        texts = [(line.name, widths["name"]), (_answer(paper, line).note.text, widths["note"])]
        texts.append((line.output, _OUTPUT_WIDTHS["output"]))
        heights[row] = row_height([(text, float(width)) for text, width in texts], _LEAST_HEIGHT)
        hints += _hints(paper, line, row)
    if paper.budget:
        last = FIRST_ROW + len(paper.budget) - 1
        cells |= _total(paper, last)
        span = f"{address(FIRST_ROW, PLACES['note'])}:{address(last, PLACES['note'])}"
        headers = {column.field: column.header for column in BUDGET_COLUMNS}
        hints.append(text_hint(paper, "note", span, headers["note"]))
    return Sheet(
        name=SheetName.BUDGET.value,
        cells=cells,
        widths={MARGIN_COLUMN: MARGIN_WIDTH} | {PLACES[name]: width for name, width in widths.items()},
        heights=heights,
        hints=tuple(hints),
        frozen=address(FIRST_ROW, PLACES["code"] + 1),
        selected=address(FIRST_ROW, PLACES["spent_idr"]),
        header_row=HEADER_ROW,
        repeated=PLACES["name"],
        breaks=(PLACES["note"],) if _has_outputs(paper) else (),
        footer=paper.footer,
        page_words=paper.page_words,
    )


def sent_values(paper: Paper, line: BudgetLine) -> dict[str, str]:
    """Return what a budget line's row holds when it is sent out."""
    return {
        "name": line.name,
        "budget": canonical(line.budget_idr[paper.asked.period.year]),
        "spent_idr": "",
        "note": "",
        **_sent_output(paper, line),
    }


def _sent_output(paper: Paper, line: BudgetLine) -> dict[str, str]:
    """Return what is sent out of a line's output; nothing where it has none."""
    if not line.output:
        return {}
    target = canonical(line.output_targets.get(paper.asked.period.year))
    return {"output": line.output, "output_unit": line.output_unit, "output_target": target, "output_actual": ""}


def _has_outputs(paper: Paper) -> bool:
    """Say whether any line of the form has an output."""
    return any(line.output for line in paper.budget)


def _answer(paper: Paper, line: BudgetLine) -> BudgetAnswer:
    """Return what a line is filled with."""
    return paper.spendings.get(line.code, BudgetAnswer(code=line.code))


def _row(paper: Paper, line: BudgetLine, row: int) -> dict[tuple[int, int], Cell]:
    """Return the cells of one budget line."""
    answer = _answer(paper, line)
    budget = line.budget_idr[paper.asked.period.year]
    spent = Decimal(0) if answer.spent_idr.nil else answer.spent_idr.value
    fields = {
        "code": Cell(value=line.code, style=CODE),
        "name": text_cell(line.name, LOCKED),
        "budget": Cell(value=budget, style=figures(LOCKED, 0)),
        "spent_idr": filled(answer.spent_idr, figures(INPUT, 0)),
        "absorption_pct": _absorption(row, absorption_pct(budget, spent)) if budget else Cell(style=COMPUTED),
        "note": filled(answer.note, INPUT),
        **(_output(paper, line, answer) if _has_outputs(paper) else {}),
    }
    cells = {(row, PLACES[name]): cell for name, cell in fields.items()}
    cells[row, MARGIN_COLUMN] = Cell(style=MARGIN)
    return cells


def _output(paper: Paper, line: BudgetLine, answer: BudgetAnswer) -> dict[str, Cell]:
    """Return the cells of a line's output; closed where it has none."""
    if not line.output:
        return dict.fromkeys(_OUTPUT_WIDTHS, Cell(style=CLOSED))
    target = line.output_targets.get(paper.asked.period.year)
    return {
        "output": text_cell(line.output, LOCKED),
        "output_unit": text_cell(line.output_unit, LOCKED),
        "output_target": Cell(value=target, style=figures(LOCKED, _decimals(target))),
        "output_actual": filled(answer.output_actual, figures(INPUT, _decimals(target))),
    }


def _decimals(target: Decimal | None) -> int:
    """Return how many decimals an output is shown with: those of its target."""
    return 0 if target is None or target == target.to_integral_value() else 2


def _absorption(row: int, value: Decimal | None) -> Cell:
    """Return the computed cell of one line: empty until something is filled in."""
    budget, spent = address(row, PLACES["budget"]), address(row, PLACES["spent_idr"])
    formula = f'IF(OR(ISNUMBER({spent}),UPPER(TRIM({spent}))="NIHIL"),N({spent})/{budget}*100,"")'
    return Cell(formula=formula, value=value, style=COMPUTED)


def _total(paper: Paper, last: int) -> dict[tuple[int, int], Cell]:
    """Return the row of sums below the last line."""
    row = last + 1
    budget = sum((line.budget_idr[paper.asked.period.year] for line in paper.budget), start=Decimal(0))
    values = [_answer(paper, line).spent_idr.value for line in paper.budget]
    known = [value for value in values if value is not None]
    spent = sum(known, start=Decimal(0))
    columns = {name: address(FIRST_ROW, PLACES[name]).rstrip("0123456789") for name in PLACES}

    def total(name: str, value: Decimal) -> Cell:
        return Cell(formula=f"SUM({columns[name]}{FIRST_ROW}:{columns[name]}{last})", value=value, style=_TOTAL)

    granted, done = f"{columns['budget']}{row}", f"{columns['spent_idr']}{row}"
    share = absorption_pct(budget, spent) if known else None
    fields = {
        "code": Cell(style=_TOTAL),
        "name": Cell(value=paper.words.text("total"), style=replace(_TOTAL, align="left")),
        "budget": total("budget", budget),
        "spent_idr": total("spent_idr", spent),
        "absorption_pct": Cell(
            formula=f'IF(OR({granted}=0,{done}=0),"",{done}/{granted}*100)',
            value=share,
            style=replace(_TOTAL, italic=True, number_format="#,##0.00"),
        ),
        "note": Cell(style=_TOTAL),
        **(dict.fromkeys(_OUTPUT_WIDTHS, Cell(style=_TOTAL)) if _has_outputs(paper) else {}),
    }
    return {(row, PLACES[name]): cell for name, cell in fields.items()}


def _hints(paper: Paper, line: BudgetLine, row: int) -> list[Hint]:
    """Return the hints of one line's figures."""
    return [_spent_hint(paper, line, row), *([_output_hint(paper, line, row)] if line.output else [])]


def _output_hint(paper: Paper, line: BudgetLine, row: int) -> Hint:
    """Return the hint of what was made: so many to date, in the output's own unit."""
    place = address(row, PLACES["output_actual"])
    formula = f'OR(UPPER(TRIM({place}))="NIHIL",AND(ISNUMBER({place}),{place}>=0))'
    target = line.output_targets.get(paper.asked.period.year)
    values = {
        "name": textwrap.shorten(line.output, _NAME_CHARACTERS, placeholder=" …"),
        "unit_of_measure": line.output_unit,
        "target": paper.words.phrases.number(target, _decimals(target)),
    }
    return number_hint(paper, "output_actual", place, line.code, formula, values)


def _spent_hint(paper: Paper, line: BudgetLine, row: int) -> Hint:
    """Return the hint of one line's spending: over the pagu is a question for later, below nought never right."""
    place = address(row, PLACES["spent_idr"])
    formula = f'OR(UPPER(TRIM({place}))="NIHIL",AND(ISNUMBER({place}),{place}>=0))'
    values = {
        "name": textwrap.shorten(line.name, _NAME_CHARACTERS, placeholder=" …"),
        "budget": paper.words.phrases.rupiah(line.budget_idr[paper.asked.period.year]),
    }
    return number_hint(paper, "spent_idr", place, line.code, formula, values)
