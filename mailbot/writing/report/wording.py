"""How Bab III writes a value, a difference and a change: with the indicator's decimals, its unit, and its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailbot.core.model.indicators import Polarity
from mailbot.writing.report.told import Told, figure

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.model.indicators import Indicator
    from mailbot.writing.report.marks import Report
    from mailbot.writing.report.told import Run


def words_of(report: Report) -> dict[str, Any]:
    """Return the sentences of Bab III."""
    words: dict[str, Any] = report.words["accountability"]
    return words


def number(value: Decimal | None, indicator: Indicator, report: Report) -> str:
    """Return a value with the decimals of its indicator; empty where there is none."""
    return "" if value is None else report.phrases.number(value, indicator.decimals)


def with_unit(value: Run | str, indicator: Indicator, report: Report) -> Told:
    """Return a value with its unit as it stands within a sentence: `98,57%`, `51 kali`, `88,12`."""
    unit = indicator.unit_of_measure
    pattern: str = report.words["units"].get(unit, report.words["unit"])
    small = " ".join(one.lower() if one.istitle() else one for one in unit.split())
    return Told(pattern, figure=value, unit=small)


def apart(amount: Run | str, indicator: Indicator, report: Report) -> Told:
    """Return a difference with its unit: points of a percentage or an index, else the indicator's own."""
    if indicator.unit_of_measure in report.words["points"]:
        return Told(report.words["point"], figure=amount)
    return with_unit(amount, indicator, report)


def moved(now: Decimal, before: Decimal, field: str, indicator: Indicator, report: Report) -> Told:
    """Return a change with its unit and its meaning: `membaik 0,17 poin`, `naik 6 kali`, `tetap`."""
    words = words_of(report)["moved"]
    if now == before:
        return Told(words["same"])
    better = (now > before) is (indicator.polarity is Polarity.UP)
    code = "better" if better else "worse"
    if indicator.unit_of_measure not in report.words["points"]:
        code = f"{'up' if now > before else 'down'}_{code}"
    amount = figure(number(abs(now - before), indicator, report), indicator.code, field, report)
    return Told(words[code], amount=apart(amount, indicator, report))
