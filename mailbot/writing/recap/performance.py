"""The recap's sheets of indicators: all of them by sasaran, and one sheet for each sasaran, with living formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Polarity
from mailbot.core.model.targets import word_of
from mailbot.writing.recap.plans import FIRST_ROW, Figure, Missing, Row, cell, computed, percent
from mailbot.writing.values.worth import printed_target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from mailbot.core.report.results import IndicatorResult, ObjectiveResult
    from mailbot.writing.recap.plans import Recap, Value

_TARGET, _ACTUAL, _ACHIEVED = 6, 7, 8
"""Columns of the sheet of all indicators."""
_OWN_TARGET, _OWN_ACTUAL, OWN_ACHIEVED = 4, 5, 6
"""Columns of a sasaran's own sheet."""


def performance_rows(recap: Recap) -> list[Row]:
    """Return every indicator with its comparisons, sasaran by sasaran, each with its mean."""
    rows: list[Row] = []
    areas: list[str] = []
    number = 0
    for objective in recap.analysis.objectives:
        rows.append(Row(values=("", objective.objective.code, objective.objective.text), band=True))
        first = FIRST_ROW + len(rows)
        for result in objective.indicators:
            number += 1
            rows.append(Row(values=(number, *_performance(result, recap, FIRST_ROW + len(rows)))))
        areas.append(f"{cell(_ACHIEVED, first)}:{cell(_ACHIEVED, FIRST_ROW + len(rows) - 1)}")
        mean = mean_of(areas[-1:], objective.achievement_pct, recap)
        rows.append(_mean(recap.words["average"], mean, objective.rating))
    mean = mean_of(areas, recap.analysis.achievement_pct, recap)
    rows.append(_mean(recap.words["overall"], mean, recap.analysis.rating))
    return rows


def objective_rows(recap: Recap, objective: ObjectiveResult) -> list[Row]:
    """Return the indicators of one sasaran with the three years before, and their mean."""
    rows: list[Row] = []
    for number, result in enumerate(objective.indicators, start=1):
        indicator, row = result.indicator, FIRST_ROW + len(rows)
        years = [worth(year.actual, result, recap) for year in result.years]
        values: tuple[Value, ...] = (
            number,
            indicator.name,
            indicator.unit_of_measure,
            target_value(result, recap),
            actual_value(result, recap),
            achievement(result, recap, cell(_OWN_TARGET, row), cell(_OWN_ACTUAL, row)),
            result.rating,
            *years,
            recap.office.roster.unit(indicator.owner).name,
        )
        rows.append(Row(values=values))
    area = f"{cell(OWN_ACHIEVED, FIRST_ROW)}:{cell(OWN_ACHIEVED, FIRST_ROW + len(rows) - 1)}"
    mean = mean_of([area], objective.achievement_pct, recap)
    rows.append(Row(values=("", recap.words["average"], "", "", "", mean, objective.rating), total=True))
    return rows


def _mean(label: str, mean: Value, rating: str) -> Row:
    """Return the row of a mean."""
    return Row(values=("", "", label, "", "", "", "", mean, rating), total=True)


def _performance(result: IndicatorResult, recap: Recap, row: int) -> tuple[Value, ...]:
    """Return one indicator's figures; `row` is where they will stand."""
    indicator, phrases, none = result.indicator, recap.phrases, recap.phrases.word("none")
    year, moves = recap.cycle.period.quarter == 0, not indicator.grades

    def figure(value: Decimal | None) -> Value:
        return worth(value, result, recap)

    return (
        indicator.code,
        indicator.name,
        indicator.unit_of_measure,
        recap.words["polarity"][indicator.polarity.value],
        target_value(result, recap),
        actual_value(result, recap),
        achievement(result, recap, cell(_TARGET, row), cell(_ACTUAL, row)),
        result.rating,
        figure(result.last),
        phrases.change(result.actual, result.last, indicator.decimals)
        if year and moves and result.actual is not None and result.last is not None
        else none,
        figure(indicator.plan_end_target),
        percent(result.plan_end_pct, recap),
        figure(indicator.national),
        recap.office.roster.unit(indicator.owner).name,
    )


def shape_of(result: IndicatorResult) -> str:
    """Return the format in which an indicator's figures are shown."""
    decimals = result.indicator.decimals
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def worth(value: Decimal | None, result: IndicatorResult, recap: Recap) -> Value:
    """Return a value of an indicator: its word where it has one, else the number; a dash where there is none."""
    if value is None:
        return recap.phrases.word("none")
    return word_of(result.indicator, value) or Figure(value=value, shape=shape_of(result))


def target_value(result: IndicatorResult, recap: Recap) -> Value:
    """Return a target: the number, the range or the word that was promised."""
    if result.target is not None and result.upper is not None and result.upper != result.target:
        return printed_target(result.indicator, result.target, result.upper, recap.phrases)
    return worth(result.target, result, recap)


def actual_value(result: IndicatorResult, recap: Recap) -> Value:
    """Return a realised value, its word, NIHIL's word, or what is said where nothing was supplied."""
    if result.nil:
        return recap.phrases.word("nil")
    if result.actual is None:
        return Missing(words=recap.phrases.word("missing"))
    return worth(result.actual, result, recap)


def achievement(result: IndicatorResult, recap: Recap, target: str, actual: str) -> Value:
    """Return an achievement as a formula over its row, by the indicator's own variant; NIHIL's as it came out."""
    if result.nil or result.target is None:
        return percent(result.achievement_pct, recap)
    indicator = result.indicator
    if indicator.grades and result.actual is not None:
        target, actual = str(result.target), str(result.actual)
    ranged = result.upper is not None and result.upper != result.target
    bound = f"IF({actual}>{result.upper},{result.upper},{result.target})" if ranged else target
    negative = indicator.negative or recap.office.formulas.negative
    share, asked = f"{actual}/{bound}", f"ISNUMBER({bound}),ISNUMBER({actual}),{bound}<>0"
    if indicator.polarity is Polarity.DOWN:
        share = f"{bound}/{actual}" if negative == "b" else f"(2*{bound}-{actual})/{bound}"
        asked += f",{actual}<>0" if negative == "b" else ""
    text = f'IF(AND({asked}),ROUND(MAX({share}*100,0),2),"{{none}}")'
    if ranged:
        text = f"IF(AND(ISNUMBER({actual}),{actual}>={result.target},{actual}<={result.upper}),100,{text})"
    return computed(text, result.achievement_pct, recap)


def mean_of(areas: Sequence[str], value: Decimal | None, recap: Recap) -> Value:
    """Return the mean of some achievements as a formula, each held to the office's cap; what has none is left out."""
    cap, counted = recap.office.formulas.average_cap_pct, f"COUNT({','.join(areas)})"
    total = f"SUM({','.join(areas)})"
    if cap is not None:
        parts = (f'SUMIF({area},"<={cap}")+{cap}*COUNTIF({area},">{cap}")' for area in areas)
        total = f"({'+'.join(parts)})"
    return computed(f'IF({counted}>0,ROUND({total}/{counted},2),"{{none}}")', value, recap)
