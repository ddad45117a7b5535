"""One indicator beside the end of the Renstra and beside others: the third and fourth comparison of Bab III."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Polarity, rounded
from mailbot.core.model.past import YEARS_BACK
from mailbot.writing.report.told import Told, figure
from mailbot.writing.report.wording import apart, number, with_unit, words_of

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.report.analysis import IndicatorResult
    from mailbot.writing.report.marks import Report
    from mailbot.writing.report.told import Run

_HUNDRED = 100


def plan_lines(result: IndicatorResult, report: Report) -> list[Run]:
    """Return the third comparison: how far the end of the Renstra is, and how much of the way is gone."""
    words, indicator = words_of(report)["plan"], result.indicator
    end = indicator.plan_end_target
    if end is None:
        return [Told(words["none"])]
    target = figure(number(end, indicator, report), indicator.code, "plan_end", report)
    parts: dict[str, Run | str] = {
        "year": str(indicator.plan_end_year),
        "target": with_unit(target, indicator, report),
    }
    lines: list[Run] = [Told(words["target"], **parts)]
    if result.plan_end_pct is None or result.actual is None:
        return [*lines, Told(words["not_comparable" if result.actual is not None else "unknown"])]
    if (result.actual >= end) if indicator.polarity is Polarity.UP else (result.actual <= end):
        return [*lines, Told(words["reached"])]
    gap = figure(number(abs(end - result.actual), indicator, report), indicator.code, "plan_end_gap", report)
    return [*lines, Told(words["gap"], gap=apart(gap, indicator, report)), *_way(result, end, report)]


def _way(result: IndicatorResult, end: Decimal, report: Report) -> list[Run]:
    """Return how much of the way from the first known year to the end of the Renstra is gone."""
    indicator, now = result.indicator, report.cycle.period.year
    past = ((year, report.office.past.of_year(indicator, year)) for year in range(now - YEARS_BACK, now))
    start = next(((year, value) for year, value in past if value is not None and value != end), None)
    if start is None or result.actual is None:
        return []
    year, value = start
    share = (result.actual - value) / (end - value) * _HUNDRED
    code = "way" if share >= 0 else "back"
    told = figure(report.phrases.percent(rounded(share)), indicator.code, "plan_end_way", report)
    first = with_unit(number(value, indicator, report), indicator, report)
    return [Told(words_of(report)["plan"][code], year=str(year), start=first, share=told)]


def benchmark_lines(result: IndicatorResult, report: Report) -> list[Run]:
    """Return the fourth comparison: the national figure and peers', each with year and source."""
    words, indicator = words_of(report)["benchmark"], result.indicator
    lines: list[Run] = []
    marks = [(one.name, one.value, one.year, one.source) for one in indicator.benchmarks]
    if not marks and indicator.national is not None:
        marks = [(words["national"], indicator.national, None, "")]
    for at, (name, value, year, source) in enumerate(marks, start=1):
        known = [str(year)] if year is not None else []
        about = "; ".join([*known, *([source] if source else [])]) or words["undated"]
        told = figure(number(value, indicator, report), indicator.code, f"benchmark_{at}", report)
        parts: dict[str, Run | str] = {
            "name": name,
            "about": about,
            "value": with_unit(told, indicator, report),
            "standing": _standing(result, value, f"benchmark_{at}_gap", report),
        }
        lines.append(Told(words["line"], **parts))
    return lines or [Told(words["none"])]


def _standing(result: IndicatorResult, value: Decimal, field: str, report: Report) -> Told:
    """Return how the realised value stands to another."""
    words, indicator = words_of(report)["standing"], result.indicator
    if result.national_gap is None and (
        result.actual is None or (report.cycle.period.quarter and indicator.per_quarter)
    ):
        return Told(words["unknown"])
    if result.actual is None or result.actual == value:
        return Told(words["same" if result.actual is not None else "unknown"])
    better = (result.actual > value) is (indicator.polarity is Polarity.UP)
    code = f"{'up' if result.actual > value else 'down'}_{'better' if better else 'worse'}"
    gap = figure(number(abs(result.actual - value), indicator, report), indicator.code, field, report)
    return Told(words[code], gap=apart(gap, indicator, report))
