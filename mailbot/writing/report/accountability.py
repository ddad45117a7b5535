"""Bab III of the report: each sasaran and each indicator with all its comparisons, then the budget (SOP row 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import code_key
from mailbot.core.model.indicators import Period, mean_pct
from mailbot.core.model.past import YEARS_BACK
from mailbot.writing.report.causes import advice_of, cause_values
from mailbot.writing.report.comparisons import fact_lines, past_values, source_of, target_values
from mailbot.writing.report.distance import benchmark_lines, plan_lines
from mailbot.writing.report.objectives import is_measured, is_reached
from mailbot.writing.report.pictures import absorption_chart, achievement_chart
from mailbot.writing.report.spending import (
    budget_rows,
    coverage,
    efficiency_line,
    money,
    money_row,
    program_values,
)
from mailbot.writing.report.told import Link, Told, figure, joined, place_of
from mailbot.writing.report.trend import trend_chart
from mailbot.writing.report.wording import words_of

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.report.money import Money
    from mailbot.core.report.results import IndicatorResult, ObjectiveResult
    from mailbot.writing.charts.chart import Chart
    from mailbot.writing.report.marks import Report, Values

_FIRST_TABLE = 2
"""Table 3.1 is the scale."""


@dataclass(slots=True, kw_only=True)
class Shown:
    """What was numbered so far: tables and pictures of Bab III in the order in which they are printed."""

    tables: int = _FIRST_TABLE - 1
    charts: dict[str, Chart] = field(default_factory=dict)
    """Number of a picture, `3.1` -> the picture."""
    advised: dict[str, str] = field(default_factory=dict)
    """Unit -> the indicator at which its recommendation stands."""

    def table(self) -> str:
        """Return the next table's number."""
        self.tables += 1
        return f"3.{self.tables}"

    def picture(self, chart: Chart | None, source: str) -> Values:
        """Return the next picture's number, its finding and its source; empty where there is nothing to show."""
        if chart is None:
            return {"number": "", "title": "", "source": ""}
        number = f"3.{len(self.charts) + 1}"
        self.charts[number] = chart
        return {"number": number, "title": chart.title, "source": source}


def accountability_values(report: Report) -> tuple[Values, dict[str, Chart]]:
    """Return the values of Bab III, and its pictures by their numbers."""
    shown = Shown()
    found = money(report)
    objectives = [
        _objective(one, at, shown, found, report) for at, one in enumerate(report.analysis.objectives, start=1)
    ]
    budget_table = shown.table()
    programs = [
        (one.name or one.code, _achieved_by(one.code, report), one.absorption_pct) for one in report.analysis.programs
    ]
    values: Values = {
        "objectives": objectives,
        "quarterly": bool(report.cycle.period.quarter),
        "columns": _columns(report),
        "budget_table": budget_table,
        "budget_rows": budget_rows(found, report),
        "budget_total": money_row(report.analysis.total, report),
        "coverage": coverage(report),
        "program_chart": shown.picture(
            absorption_chart(programs, report), words_of(report)["see"].format(table=budget_table)
        ),
    }
    return values, shown.charts


def _achieved_by(program: str, report: Report) -> Decimal | None:
    """Return the mean achievement of the indicators that a program stands behind."""
    behind = [
        one for one in report.analysis.indicators if any(_within(code, program) for code in one.indicator.programs)
    ]
    return mean_pct((one.achievement_pct for one in behind), report.office.formulas.average_cap_pct)


def _within(code: str, program: str) -> bool:
    """Say whether a program, kegiatan or sub kegiatan belongs to a program."""
    return f"{code_key(code)}.".startswith(f"{code_key(program)}.")


def _columns(report: Report) -> list[str]:
    """Return the heads of the columns in which an indicator's periods stand."""
    period, phrases = report.cycle.period, report.phrases
    if not period.quarter:
        return [str(period.year - back) for back in range(YEARS_BACK, -1, -1)]
    words = words_of(report)["columns"]
    last = period.quarter - 1 or 4
    year = period.year if period.quarter > 1 else period.year - 1
    return [
        phrases.period(Period(year=period.year - 1, quarter=period.quarter)),
        phrases.period(Period(year=year, quarter=last)),
        phrases.period(period),
        words["so_far"].format(year=period.year),
    ]


def _objective(objective: ObjectiveResult, number: int, shown: Shown, found: Money, report: Report) -> Values:
    """Return one sasaran: its table and picture, what was reached and what was not, and its indicators."""
    code, table = objective.objective.code, shown.table()
    picture = shown.picture(achievement_chart(objective, report), words_of(report)["see"].format(table=table))
    rows = [_row(one, report) for one in objective.indicators]
    both = list(zip(objective.indicators, rows, strict=True))
    return {
        "number": str(number),
        "code": code,
        "text": objective.objective.text,
        "finding": _finding(objective, report),
        "table": table,
        "rows": rows,
        "picture": picture,
        "won": [row for one, row in both if is_reached(one)],
        "lost": [row for one, row in both if is_measured(one) and not is_reached(one)],
        "unknown": [row for one, row in both if not is_measured(one)],
        "efficiency": efficiency_line(code, objective.achievement_pct, objective.support, report),
        "indicators": [
            _indicator(one, row, shown, found, report) for one, row in zip(objective.indicators, rows, strict=True)
        ],
    }


def _finding(objective: ObjectiveResult, report: Report) -> Told:
    """Return how many indicators of a sasaran reached their target; a predikat only where all can be computed."""
    words, count, measured = words_of(report)["finding"], len(objective.indicators), objective.measured
    counts = {"reached": sum(map(is_reached, objective.indicators)), "count": count, "measured": measured}
    told = {name: str(number) for name, number in counts.items()}
    told["achievement"] = report.phrases.percent(objective.achievement_pct)
    figures = {name: figure(text, objective.objective.code, name, report) for name, text in told.items()}
    code = "whole" if measured == count else "part" if measured else "none"
    return Told(words[code], **figures, rating=objective.rating)


def _row(result: IndicatorResult, report: Report) -> Values:
    """Return one indicator as a row of its sasaran's table; its code leads to the annex."""
    code = result.indicator.code
    return {
        "code": code,
        "link": Link(code, place_of(code)),
        "name": result.indicator.name,
        "satuan": result.indicator.unit_of_measure,
        **target_values(result, report),
    }


def _indicator(result: IndicatorResult, row: Values, shown: Shown, found: Money, report: Report) -> Values:
    """Return one indicator with its eight comparisons."""
    behind = program_values(result, found, report)
    table, source = shown.table(), source_of(result, report)
    return {
        **row,
        "facts": fact_lines(result, report),
        "table": table,
        "source": source,
        **past_values(result, report),
        "picture": shown.picture(trend_chart(result, report), source),
        "plan": joined(plan_lines(result, report)),
        "benchmarks": benchmark_lines(result, report),
        "causes": cause_values(result, report),
        **behind,
        "behind_table": shown.table() if behind["behind"] else "",
        "advice": advice_of(result, shown.advised, report),
    }
