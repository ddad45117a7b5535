"""One indicator beside its target and beside its past: the first two comparisons of Bab III."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Period, Polarity
from mailbot.core.model.targets import achieved_pct, target_of
from mailbot.writing.report.marks import marked
from mailbot.writing.report.objectives import is_measured, is_reached
from mailbot.writing.report.told import Told, figure, joined
from mailbot.writing.report.wording import moved, promised, shown, with_unit, words_of

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.model.form import Entry
    from mailbot.core.report.results import IndicatorResult
    from mailbot.writing.report.marks import Report, Values
    from mailbot.writing.report.told import Run

_KINDS = ("target", "actual", "achievement")


def own_figures(result: IndicatorResult, report: Report) -> dict[str, Run]:
    """Return target, realised value and achievement of the period."""
    indicator, phrases = result.indicator, report.phrases
    actual = phrases.word("nil") if result.nil else shown(result.actual, indicator, report)
    told = {
        "target": promised(result.target, result.upper, indicator, report),
        "actual": actual,
        "achievement": phrases.percent(result.achievement_pct),
    }
    return {kind: figure(told[kind], indicator.code, kind, report) for kind in _KINDS}


def target_values(result: IndicatorResult, report: Report) -> Values:
    """Return the first comparison: realised value and target, and how the achievement comes of them."""
    words, own = words_of(report), own_figures(result, report)
    bare = result.missing or result.nil
    parts: dict[str, Run | str] = {
        "actual": own["actual"] if bare else with_unit(own["actual"], result.indicator, report),
        "target": with_unit(own["target"], result.indicator, report),
        "achievement": own["achievement"],
        "rating": result.rating,
    }
    verdict = "reached" if is_reached(result) else "below" if is_measured(result) else "unmeasured"
    return {
        "verdict": Told(words["verdict"][verdict], **parts),
        "reckoned": _reckoned(result, report),
        **own,
        "rating": result.rating or report.phrases.word("none"),
    }


def _reckoned(result: IndicatorResult, report: Report) -> Told | str:
    """Return the formula with its figures, as it was reckoned; empty where there is no achievement."""
    if result.achievement_pct is None or result.actual is None or result.target is None:
        return ""
    indicator, bound = result.indicator, result.target
    words = words_of(report)["reckoned"]
    if result.upper is not None and result.upper != result.target:
        if result.target <= result.actual <= result.upper:
            return Told(words["inside"])
        bound = result.upper if result.actual > result.upper else result.target
    negative = indicator.negative or report.office.formulas.negative
    code = "up" if indicator.polarity is Polarity.UP else f"down_{negative}"
    ranged = result.upper is not None and result.upper != result.target
    told = {"actual": (result.actual, "actual"), "target": (bound, "bound" if ranged else "target")}
    figures = {
        name: figure(
            report.phrases.number(value, indicator.decimals),
            indicator.code,
            f"{field}_score" if indicator.grades else field,
            report,
        )
        for name, (value, field) in told.items()
    }
    formula = Told(words[code], **figures)
    return Told(words["graded"], formula=formula) if indicator.grades else formula


def fact_lines(result: IndicatorResult, report: Report) -> list[Run]:
    """Return what the unit says of its figure: what it was reckoned from, its source, its proof, its remark."""
    words, answer, indicator = words_of(report)["facts"], result.answer, result.indicator
    lines: list[Run] = [Told(words["built"])] if result.built else []
    if answer is None:
        return lines
    if not answer.numerator.blank or not answer.denominator.blank:
        told = Told(
            words["ratio"],
            above=indicator.numerator or words["above"],
            below=indicator.denominator or words["below"],
            numerator=_counted(answer.numerator, "numerator", result, report),
            denominator=_counted(answer.denominator, "denominator", result, report),
        )
        lines.append(told)
    evidence = " ".join(answer.evidence.text.split())
    lines.append(Told(words["source"], source=result.data_source, evidence=marked(evidence, report)))
    if result.reason:
        lines.append(Told(words["remark"], remark=" ".join(result.reason.split())))
    return lines


def _counted(entry: Entry, field: str, result: IndicatorResult, report: Report) -> Run:
    """Return what a ratio was reckoned from."""
    printed = entry.text.strip() if entry.value is None else report.phrases.number(entry.value, 0)
    return figure(printed, result.indicator.code, field, report)


def source_of(result: IndicatorResult, report: Report) -> str:
    """Return who reported a figure, and from which source: the unit's own where it named one."""
    return f"{report.office.roster.unit(result.indicator.owner).name}, {result.data_source}"


def past_values(result: IndicatorResult, report: Report) -> Values:
    """Return the second comparison: target, realised value and achievement of the periods before, and the change."""
    columns = _quarter_columns(result, report) if report.cycle.period.quarter else _year_columns(result, report)
    names = words_of(report)["rows"]
    rows = [{"name": names[kind], "cells": [cells[kind] for cells in columns]} for kind in _KINDS]
    changes = _changes(result, report)
    return {"past_rows": rows, "changes": joined(changes) if changes else ""}


def _column(
    name: str, target: str, actual: Decimal | None, achieved: Decimal | None, result: IndicatorResult, report: Report
) -> dict[str, Run]:
    """Return one period's target, realised value and achievement; a dash where nobody knows."""
    indicator, none = result.indicator, report.phrases.word("none")
    told = {
        "target": target,
        "actual": shown(actual, indicator, report),
        "achievement": "" if achieved is None else report.phrases.percent(achieved),
    }
    return {
        kind: figure(text, indicator.code, f"{kind}_{name}", report) if text else Told(none)
        for kind, text in told.items()
    }


def _year_columns(result: IndicatorResult, report: Report) -> list[dict[str, Run]]:
    """Return three years and this one."""
    before = [
        _column(
            str(one.year),
            promised(one.target, one.upper, result.indicator, report),
            one.actual,
            one.achievement_pct,
            result,
            report,
        )
        for one in result.years
    ]
    return [*before, own_figures(result, report)]


def _quarter_columns(result: IndicatorResult, report: Report) -> list[dict[str, Run]]:
    """Return the same quarter of last year, the quarter before, this one, the year so far, and the whole year."""
    period, year = report.cycle.period, result.year
    former = Period(year=period.year - 1, quarter=period.quarter)
    last = (
        Period(year=period.year, quarter=period.quarter - 1)
        if period.quarter > 1
        else Period(year=former.year, quarter=4)
    )
    whole = promised(year.target, year.upper, result.indicator, report)
    so_far = _column("so_far", "", year.to_date, year.to_date_pct, result, report)
    promise = _column("year", whole, None, None, result, report)["target"]
    return [
        _quarter(former, year.same_quarter, result, report),
        _quarter(last, year.before, result, report),
        own_figures(result, report),
        {**so_far, "target": promise},
    ]


def _quarter(period: Period, actual: Decimal | None, result: IndicatorResult, report: Report) -> dict[str, Run]:
    """Return an earlier quarter."""
    indicator = result.indicator
    target = promised(indicator.target(period), indicator.upper_target(period), indicator, report)
    achieved = achieved_pct(indicator, target_of(indicator, period), actual, report.office.formulas)
    return _column(f"{period.year}q{period.quarter}", target, actual, achieved, result, report)


def _changes(result: IndicatorResult, report: Report) -> list[Run]:
    """Return how the value moved: from last year's, or from the quarter before and last year's same quarter."""
    words, period = words_of(report)["changes"], report.cycle.period
    if result.missing:
        return []
    if not period.quarter:
        year = str(period.year - 1)
        if result.change is None:
            return [Told(words["unknown"], year=year)]
        return [Told(words["year"], year=year, change=moved(result.change, "change", result, report))]
    former = report.phrases.period(Period(year=period.year - 1, quarter=period.quarter))
    changes = {"quarter": result.year.change_before, "former": result.year.change_same_quarter}
    found: list[Run] = [
        Told(words[code], change=moved(change, f"change_{code}", result, report), former=former)
        for code, change in changes.items()
        if change is not None
    ]
    return [*(found or [Told(words["no_quarter"])]), *_whole_years(result, report)]


def _whole_years(result: IndicatorResult, report: Report) -> list[Run]:
    """Return what came of each of the years before as a whole, beside which a quarter is read."""
    words, indicator, phrases = words_of(report)["changes"], result.indicator, report.phrases
    found: list[Run] = []
    for one in result.years:
        actual = shown(one.actual, indicator, report)
        if not actual:
            continue
        told = with_unit(figure(actual, indicator.code, f"actual_{one.year}", report), indicator, report)
        reached = "" if one.achievement_pct is None else phrases.percent(one.achievement_pct)
        achieved = figure(reached, indicator.code, f"achievement_{one.year}", report) if reached else ""
        code = "whole_year_reached" if reached else "whole_year"
        found.append(Told(words[code], year=str(one.year), actual=told, achievement=achieved))
    return found
