"""How Bab III writes a value, a difference and a change: with the indicator's decimals, its unit, and its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailbot.writing.report.told import Told, figure
from mailbot.writing.values.worth import printed_target, printed_worth

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.model.indicators import Indicator
    from mailbot.core.report.results import Change, IndicatorResult
    from mailbot.writing.report.marks import Report
    from mailbot.writing.report.told import Run


def words_of(report: Report) -> dict[str, Any]:
    """Return the sentences of Bab III."""
    words: dict[str, Any] = report.words["accountability"]
    return words


def shown(value: Decimal | None, indicator: Indicator, report: Report) -> str:
    """Return a value as its indicator writes it: with its decimals, or its word (`BB`); empty where there is none."""
    return "" if value is None else printed_worth(indicator, value, report.phrases)


def promised(low: Decimal | None, high: Decimal | None, indicator: Indicator, report: Report) -> str:
    """Return a target: a value, or the range from one to another; empty where there is none."""
    return "" if low is None else printed_target(indicator, low, high, report.phrases)


def within_sentence(unit: str) -> str:
    """Return a unit as it stands within a sentence: `Hari kerja` small, `KK` and `mg/l` as they are."""
    return " ".join(one.lower() if one[1:].islower() else one for one in unit.split())


def with_unit(value: Run | str, indicator: Indicator, report: Report) -> Told:
    """Return a value with its unit as it stands within a sentence: `98,57%`, `51 kali`, `88,12`; a word has none."""
    if indicator.grades:
        return Told("{figure}", figure=value)
    unit = indicator.unit_of_measure
    pattern: str = report.words["units"].get(unit, report.words["unit"])
    return Told(pattern, figure=value, unit=within_sentence(unit))


def in_points(indicator: Indicator, report: Report) -> bool:
    """Say whether differences of an indicator are told in points: of a percentage, of an index."""
    return indicator.unit_of_measure in report.words["points"]


def apart(amount: Decimal, field: str, indicator: Indicator, report: Report) -> Told:
    """Return a difference with its unit, as a figure under its address."""
    told = figure(report.phrases.number(abs(amount), indicator.decimals), indicator.code, field, report)
    if in_points(indicator, report):
        return Told(report.words["point"], figure=told)
    whole = with_unit(told, indicator, report)
    return whole if indicator.decimals else Told(report.words["counted"], figure=whole)


def direction(change: Change) -> str:
    """Return which way a value differs, and what that means where it means anything: `up_better`, `down`."""
    way = "up" if change.amount > 0 else "down"
    return way if change.better is None else f"{way}_{'better' if change.better else 'worse'}"


def moved(change: Change, field: str, result: IndicatorResult, report: Report) -> Told:
    """Return a change with its unit and its meaning: `membaik 0,17 poin`, `naik sebanyak 6 kali (membaik)`, `tetap`.

    A word has no difference: what it was and what it is now are told.
    """
    words, indicator = words_of(report)["moved"], result.indicator
    if not change.amount:
        return Told(words["same"])
    code = direction(change)
    meaning = code.partition("_")[2]
    if indicator.grades and result.actual is not None:
        before = figure(shown(result.actual - change.amount, indicator, report), indicator.code, field, report)
        now = figure(shown(result.actual, indicator, report), indicator.code, "actual", report)
        return Told(words[f"graded_{meaning}"], before=before, now=now)
    told = meaning if meaning and in_points(indicator, report) else code
    return Told(words[told], amount=apart(change.amount, field, indicator, report))
