"""How Bab III writes a value, a difference and a change: with the indicator's decimals, its unit, and its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailbot.core.model.targets import word_of
from mailbot.writing.report.told import Told, figure

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.model.indicators import Indicator
    from mailbot.core.report.results import Change
    from mailbot.writing.report.marks import Report
    from mailbot.writing.report.told import Run


def words_of(report: Report) -> dict[str, Any]:
    """Return the sentences of Bab III."""
    words: dict[str, Any] = report.words["accountability"]
    return words


def shown(value: Decimal | None, indicator: Indicator, report: Report) -> str:
    """Return a value as its indicator writes it: with its decimals, or its word (`BB`); empty where there is none."""
    if value is None:
        return ""
    return word_of(indicator, value) or report.phrases.number(value, indicator.decimals)


def promised(low: Decimal | None, high: Decimal | None, indicator: Indicator, report: Report) -> str:
    """Return a target: a value, or the range from one to another."""
    first = shown(low, indicator, report)
    if low is None or high is None or high == low:
        return first
    between: str = words_of(report)["range"]
    return between.format(low=first, high=shown(high, indicator, report))


def with_unit(value: Run | str, indicator: Indicator, report: Report) -> Told:
    """Return a value with its unit as it stands within a sentence: `98,57%`, `51 kali`, `88,12`; a word has none."""
    if indicator.grades:
        return Told("{figure}", figure=value)
    unit = indicator.unit_of_measure
    pattern: str = report.words["units"].get(unit, report.words["unit"])
    small = " ".join(one.lower() if one.istitle() else one for one in unit.split())
    return Told(pattern, figure=value, unit=small)


def in_points(indicator: Indicator, report: Report) -> bool:
    """Say whether differences of an indicator are told in points: of a percentage, an index, or a word's score."""
    return bool(indicator.grades) or indicator.unit_of_measure in report.words["points"]


def apart(amount: Decimal, field: str, indicator: Indicator, report: Report) -> Told:
    """Return a difference with its unit, as a figure under its address."""
    told = figure(report.phrases.number(abs(amount), indicator.decimals), indicator.code, field, report)
    if in_points(indicator, report):
        return Told(report.words["point"], figure=told)
    return with_unit(told, indicator, report)


def moved(change: Change, field: str, indicator: Indicator, report: Report) -> Told:
    """Return a change with its unit and its meaning: `membaik 0,17 poin`, `naik 6 kali`, `tetap`."""
    words = words_of(report)["moved"]
    if change.better is None:
        return Told(words["same"])
    code = "better" if change.better else "worse"
    if not in_points(indicator, report):
        code = f"{'up' if change.amount > 0 else 'down'}_{code}"
    return Told(words[code], amount=apart(change.amount, field, indicator, report))
