"""The recap's sheet of the budget: line by line, program by program, in all, with living sums and absorption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import code_key
from mailbot.writing.recap.plans import FIRST_ROW, RUPIAH, Figure, Missing, Row, cell, computed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.core.report.results import BudgetResult
    from mailbot.writing.recap.plans import Recap, Value

_BUDGET, _SPENT = 5, 6
"""Columns of the sheet."""


def budget_rows(recap: Recap) -> list[Row]:
    """Return the budget program by program, with its sums."""
    rows: list[Row] = []
    areas: list[tuple[int, int]] = []
    number = 0
    for program in recap.analysis.programs:
        own = [one for one in recap.analysis.budget if belongs(one, program)]
        first = FIRST_ROW + len(rows) + 1
        areas.append((first, first + len(own) - 1))
        rows.append(Row(values=("", program.code, program.name, "", *_sums(program, areas[-1:], recap), ""), band=True))
        for line in own:
            number += 1
            rows.append(_line(line, recap, number, FIRST_ROW + len(rows)))
    total = recap.analysis.total
    rows.append(Row(values=("", "", recap.words["total"], "", *_sums(total, areas, recap)), total=True))
    return rows


def belongs(line: BudgetResult, program: BudgetResult) -> bool:
    """Say whether a line is one of a program's."""
    return f"{code_key(line.code)}.".startswith(f"{code_key(program.code)}.")


def _line(line: BudgetResult, recap: Recap, number: int, row: int) -> Row:
    """Return one budget line; `row` is where it will stand."""
    budget, spent = cell(_BUDGET, row), cell(_SPENT, row)
    known: Value = Missing(words=recap.phrases.word("missing"))
    if line.spent_idr is not None:
        known = Figure(value=line.spent_idr, shape=RUPIAH)
    share = f'IF(AND(ISNUMBER({spent}),{budget}<>0),ROUND({spent}/{budget}*100,2),"{{none}}")'
    values = (
        number,
        line.code,
        line.name,
        recap.office.roster.unit(line.owner).name if line.owner else "",
        Figure(value=line.budget_idr, shape=RUPIAH),
        known,
        computed(share, line.absorption_pct, recap),
        line.answer.note.text if line.answer else "",
    )
    return Row(values=values)


def _sums(line: BudgetResult, areas: Sequence[tuple[int, int]], recap: Recap) -> tuple[Value, ...]:
    """Return ceiling, spending and absorption of several lines; only the ceiling of what was reported is divided by."""
    budgets = [f"{cell(_BUDGET, first)}:{cell(_BUDGET, last)}" for first, last in areas]
    spendings = [f"{cell(_SPENT, first)}:{cell(_SPENT, last)}" for first, last in areas]
    spent, counted = f"SUM({','.join(spendings)})", f"COUNT({','.join(spendings)})"
    pairs = zip(spendings, budgets, strict=True)
    reported = "+".join(f"SUMPRODUCT(ISNUMBER({known})*{budget})" for known, budget in pairs)
    share = f'IF({counted}>0,ROUND({spent}/({reported})*100,2),"{{none}}")'
    known: Value = Missing(words=recap.phrases.word("missing"))
    if line.spent_idr is not None:
        known = computed(spent, line.spent_idr, recap, RUPIAH)
    return (
        computed(f"SUM({','.join(budgets)})", line.budget_idr, recap, RUPIAH),
        known,
        computed(share, line.absorption_pct, recap),
    )
