"""Form E.81 (Permendagri 86/2017): each sasaran's indicators and each sub kegiatan through the year's quarters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Period, Polarity
from mailbot.core.report.comparing import of_plan
from mailbot.writing.recap.money import belongs
from mailbot.writing.recap.performance import shape_of, worth
from mailbot.writing.recap.plans import FIRST_ROW, RUPIAH, Figure, Row, cell, computed

if TYPE_CHECKING:
    from mailbot.core.report.results import BudgetResult, IndicatorResult
    from mailbot.writing.recap.plans import Recap, Value

E81_COLUMNS = (
    "number code e81_name e81_5k e81_5rp e81_6k e81_6rp e81_7k e81_7rp e81_8k e81_8rp e81_9k e81_9rp e81_10k e81_10rp "
    "e81_11k e81_11rp e81_12k e81_12rp e81_13k e81_13rp e81_14k e81_14rp unit"
)
_PLAN_END, _BEFORE, _WHOLE, _TO_DATE = 4, 6, 18, 20
"""Columns of the quantities of (5), (6), (12) and (13)."""
_QUARTERS = (1, 2, 3, 4)


def e81_rows(recap: Recap) -> list[Row]:
    """Return the indicators of every sasaran, then the programs with their sub kegiatan, and the mean below."""
    rows: list[Row] = []
    number = 0
    for objective in recap.analysis.objectives:
        rows.append(Row(values=("", objective.objective.code, objective.objective.text), band=True))
        for result in objective.indicators:
            number += 1
            rows.append(Row(values=(number, *_indicator(result, recap, FIRST_ROW + len(rows)))))
    for program in recap.analysis.programs:
        rows.append(Row(values=("", program.code, program.name), band=True))
        for line in recap.analysis.budget:
            if belongs(line, program):
                number += 1
                rows.append(Row(values=(number, *_line(line, recap))))
    return rows


def _indicator(result: IndicatorResult, recap: Recap, row: int) -> tuple[Value, ...]:
    """Return one indicator; its money stands with the programs behind it."""
    indicator, none = result.indicator, recap.phrases.word("none")
    before = _until_last_year(result, recap)
    so_far = result.year.to_date
    quantities = (indicator.plan_end_target, before, result.year.target, *result.year.quarters, so_far)
    values: list[Value] = [indicator.code, indicator.name]
    for quantity in quantities:
        values += [worth(quantity, result, recap), none]
    values += [_to_date(result, before, so_far, recap, row), none, _reached(result, recap, row), none]
    return (*values, recap.office.roster.unit(indicator.owner).name)


def _until_last_year(result: IndicatorResult, recap: Recap) -> Decimal | None:
    """Return what the years before have come to: together where the end target is of all, else the last one's."""
    if not result.indicator.plan_end_total:
        return result.last
    return of_plan(result.indicator, recap.cycle.period.year, Decimal(0), recap.office)


def _to_date(result: IndicatorResult, before: Decimal | None, so_far: Decimal | None, recap: Recap, row: int) -> Value:
    """Return (13): (6) and (12) together where the end target is of all years, else (12)."""
    own, earlier = cell(_WHOLE, row), cell(_BEFORE, row)
    if so_far is None or result.indicator.grades:
        return worth(so_far, result, recap)
    if not result.indicator.plan_end_total:
        return computed(own, so_far, recap, shape_of(result))
    value = so_far if before is None else before + so_far
    return computed(f"N({earlier})+{own}", value, recap, shape_of(result))


def _reached(result: IndicatorResult, recap: Recap, row: int) -> Value:
    """Return (14): (13) of (5) in percent; where lower is better, as the report reckons it."""
    indicator, so_far = result.indicator, result.year.to_date
    if indicator.polarity is Polarity.DOWN or indicator.grades or so_far is None or not indicator.plan_end_target:
        value = result.plan_end_pct
        return Figure(value=value, shape="#,##0.00") if value is not None else recap.phrases.word("not_computable")
    before = _until_last_year(result, recap)
    total = so_far + before if indicator.plan_end_total and before is not None else so_far
    mine, end = cell(_TO_DATE, row), cell(_PLAN_END, row)
    return computed(f"ROUND({mine}/{end}*100,2)", total / indicator.plan_end_target * 100, recap)


def _line(line: BudgetResult, recap: Recap) -> tuple[Value, ...]:
    """Return one sub kegiatan: its output as a quantity, and its money, quarter by quarter as the ledger has it."""
    none, period = recap.phrases.word("none"), recap.cycle.period

    def money(value: Decimal | None) -> Value:
        return Figure(value=value, shape=RUPIAH) if value is not None else none

    def output(value: Decimal | None) -> Value:
        return Figure(value=value, shape="#,##0.##") if value is not None else none

    earlier = recap.office.past.quarters(line.code, period.year)
    spent = {quarter: entry.value for quarter, entry in earlier.items()}
    if period.quarter:
        spent[period.quarter] = line.spent_idr
    values: list[Value] = [line.code, f"{line.name}{f' ({line.output})' if line.output else ''}", none, none]
    last = recap.office.past.entry(line.code, Period(year=period.year - 1))
    values += [
        none,
        money(last.value if last is not None else None),
        output(line.output_target),
        money(line.budget_idr),
    ]
    for quarter in _QUARTERS:
        reported = line.output_actual if quarter == period.quarter else None
        values += [output(reported), money(spent.get(quarter))]
    whole = None if period.quarter else line
    values += [output(whole.output_actual if whole else None), money(whole.spent_idr if whole else None)]
    return (*values, none, none, none, none, recap.office.roster.unit(line.owner).name)
