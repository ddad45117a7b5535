"""One indicator beside its target and beside its past: the first two comparisons of Bab III."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Period, Polarity, achievement_pct
from mailbot.core.model.past import YEARS_BACK
from mailbot.writing.report.marks import marked
from mailbot.writing.report.told import Told, figure, joined
from mailbot.writing.report.wording import moved, number, with_unit, words_of
from mailbot.writing.values.form_values import printed_actual

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.report.analysis import IndicatorResult
    from mailbot.writing.report.marks import Report, Values
    from mailbot.writing.report.told import Run

_HUNDRED = 100


def target_values(result: IndicatorResult, report: Report) -> Values:
    """Return the first comparison: realised value and target, and how the achievement comes of them."""
    words, own = words_of(report), own_figures(result, report)
    actual = own["actual"]
    parts: dict[str, Run | str] = {
        "actual": actual if result.missing or result.nil else with_unit(actual, result.indicator, report),
        "target": with_unit(own["target"], result.indicator, report),
        "achievement": own["achievement"],
        "rating": result.rating,
    }
    if result.achievement_pct is None:
        verdict = "missing" if result.missing else "unmeasured"
    else:
        verdict = "reached" if result.achievement_pct >= _HUNDRED else "below"
    return {
        "verdict": Told(words["verdict"][verdict], **parts),
        "reckoned": _reckoned(result, report),
        **own,
        "rating": result.rating,
    }


def own_figures(result: IndicatorResult, report: Report) -> dict[str, Run]:
    """Return target, realised value and achievement of the period."""
    code = result.indicator.code
    actual = "" if result.missing else printed_actual(result, report.phrases)
    return {
        "target": figure(number(result.target, result.indicator, report), code, "target", report),
        "actual": figure(actual, code, "actual", report),
        "achievement": figure(report.phrases.percent(result.achievement_pct), code, "achievement", report),
    }


def _reckoned(result: IndicatorResult, report: Report) -> Told | str:
    """Return the formula with its figures, as it was reckoned; empty where there is no achievement."""
    if result.achievement_pct is None:
        return ""
    indicator = result.indicator
    code = (
        "up" if indicator.polarity is Polarity.UP else f"down_{indicator.negative or report.office.formulas.negative}"
    )
    return Told(
        words_of(report)["reckoned"][code],
        actual=number(result.actual, indicator, report),
        target=number(result.target, indicator, report),
    )


def fact_lines(result: IndicatorResult, report: Report) -> list[Run]:
    """Return what the unit says of its figure: what it was reckoned from, its source, its proof, its remark."""
    words, answer, indicator = words_of(report)["facts"], result.answer, result.indicator
    if answer is None:
        return []
    lines: list[Run] = []
    if not answer.numerator.blank or not answer.denominator.blank:
        lines.append(
            Told(
                words["ratio"],
                above=indicator.numerator or words["above"],
                below=indicator.denominator or words["below"],
                numerator=_counted(answer.numerator.value, answer.numerator.text, "numerator", result, report),
                denominator=_counted(answer.denominator.value, answer.denominator.text, "denominator", result, report),
            )
        )
    source = answer.data_source.text.strip() or indicator.data_source
    evidence = " ".join(answer.evidence.text.split())
    lines.append(Told(words["source"], source=source, evidence=marked(evidence, report)))
    if not answer.remark.blank:
        lines.append(Told(words["remark"], remark=" ".join(answer.remark.text.split())))
    return lines


def _counted(value: Decimal | None, text: str, field: str, result: IndicatorResult, report: Report) -> Run:
    """Return what a ratio was reckoned from."""
    printed = text.strip() if value is None else report.phrases.number(value, 0)
    return figure(printed, result.indicator.code, field, report)


def source_of(result: IndicatorResult, report: Report) -> str:
    """Return who reported a figure, and from which source: the unit's own where it named one."""
    named = result.answer.data_source.text.strip() if result.answer else ""
    unit = report.office.roster.unit(result.indicator.owner).name
    return f"{unit}, {named or result.indicator.data_source}"


def past_values(result: IndicatorResult, report: Report) -> Values:
    """Return the second comparison: target, realised value and achievement of the periods before, and the change."""
    columns = _quarter_columns(result, report) if report.cycle.period.quarter else _year_columns(result, report)
    rows = [
        {"name": words_of(report)["rows"][kind], "cells": [cells[kind] for cells in columns]}
        for kind in ("target", "actual", "achievement")
    ]
    return {"past_rows": rows, "changes": joined(_changes(result, report))}


def _column(
    target: Decimal | None, actual: Decimal | None, period: Period, result: IndicatorResult, report: Report
) -> dict[str, Run]:
    """Return one period's target, realised value and achievement; a dash where nobody knows."""
    indicator, none = result.indicator, report.phrases.word("none")
    negative = indicator.negative or report.office.formulas.negative
    achieved = achievement_pct(target, actual, indicator.polarity, negative)
    name = f"{period.year}q{period.quarter}" if period.quarter else str(period.year)
    told = {
        "target": number(target, indicator, report),
        "actual": number(actual, indicator, report),
        "achievement": "" if achieved is None else report.phrases.percent(achieved),
    }
    return {
        kind: figure(text, indicator.code, f"{kind}_{name}", report) if text else Told(none)
        for kind, text in told.items()
    }


def _now_column(result: IndicatorResult, report: Report) -> dict[str, Run]:
    """Return the period's own column: the very figures of the first comparison."""
    return own_figures(result, report)


def _year_columns(result: IndicatorResult, report: Report) -> list[dict[str, Run]]:
    """Return three years and this one."""
    now, indicator = report.cycle.period.year, result.indicator
    before = [Period(year=now - back) for back in range(YEARS_BACK, 0, -1)]
    columns = [
        _column(indicator.target(one), report.office.past.of_year(indicator, one.year), one, result, report)
        for one in before
    ]
    return [*columns, _now_column(result, report)]


def _quarter_columns(result: IndicatorResult, report: Report) -> list[dict[str, Run]]:
    """Return the same quarter of last year, the quarter before, this one, the year so far, and the whole year."""
    period, indicator, past = report.cycle.period, result.indicator, report.office.past
    former = Period(year=period.year - 1, quarter=period.quarter)
    last = (
        Period(year=period.year, quarter=period.quarter - 1)
        if period.quarter > 1
        else Period(year=period.year - 1, quarter=4)
    )
    columns = [
        _column(indicator.target(one), past.value(indicator, one), one, result, report) for one in (former, last)
    ]
    return [*columns, _now_column(result, report), *_year_so_far(result, report)]


def _year_so_far(result: IndicatorResult, report: Report) -> list[dict[str, Run]]:
    """Return the quarters of the year together, and what the whole year promised."""
    period, indicator = report.cycle.period, result.indicator
    quarters = [Period(year=period.year, quarter=one) for one in range(1, period.quarter + 1)]
    known = [report.office.past.value(indicator, one) for one in quarters[:-1]] + [result.actual]
    filled = [value for value in known if value is not None]
    asked = [target for one in quarters if (target := indicator.target(one)) is not None]
    whole = Period(year=period.year)
    so_far = indicator.together(filled) if filled and len(filled) == len(known) else None
    promised = indicator.together(asked) if asked else None
    none = report.phrases.word("none")
    told = _column(promised, so_far, whole, result, report)
    cumulative = {
        kind: figure(value.plain, indicator.code, f"{kind}_so_far", report) if value.plain != none else value
        for kind, value in told.items()
    }
    yearly = number(indicator.target(whole), indicator, report)
    year = figure(yearly, indicator.code, "target_year", report) if yearly else Told(none)
    return [cumulative, {"target": year, "actual": Told(""), "achievement": Told("")}]


def _changes(result: IndicatorResult, report: Report) -> list[Run]:
    """Return how the value moved: from last year's, or from the quarter before and last year's same quarter."""
    words, indicator, period = words_of(report)["changes"], result.indicator, report.cycle.period
    if result.actual is None:
        return []
    past = report.office.past
    if not period.quarter:
        before = past.of_year(indicator, period.year - 1)
        if before is None:
            return [Told(words["unknown"], year=str(period.year - 1))]
        change = moved(result.actual, before, "change", indicator, report)
        return [Told(words["year"], year=str(period.year - 1), change=change)]
    found: list[Run] = []
    former = Period(year=period.year - 1, quarter=period.quarter)
    for code, value in (
        ("quarter", past.of_nearest_quarter(indicator, period)),
        ("former", past.value(indicator, former)),
    ):
        if value is not None:
            change = moved(result.actual, value, f"change_{code}", indicator, report)
            found.append(Told(words[code], change=change, former=report.phrases.period(former)))
    return found or [Told(words["no_quarter"])]
