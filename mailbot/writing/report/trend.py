"""The picture of one indicator over time: realised values as far as they are known, and the path its targets take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Period
from mailbot.core.model.past import YEARS_BACK
from mailbot.writing.charts.chart import Axis, Chart, Look, Place, Point, Series
from mailbot.writing.report.objectives import is_measured, is_reached
from mailbot.writing.report.wording import promised, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.core.report.results import IndicatorResult
    from mailbot.writing.report.marks import Report

_FEWEST = 2
"""One value is no trend."""
_CLOSE = Decimal("0.6")
"""Where the smallest value is more than this share of the largest, bars from zero would all look alike."""
_TALL, _APART = Decimal("0.2"), Decimal("0.13")
"""Share of the axis from which on a label fits into a bar, and by which two labels must stand apart."""
_HEAD_ROOM = Decimal("1.15")
_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One place on the axis of time: what was realised, and what was promised; None where it is not known."""

    label: str
    actual: Decimal | None
    target: Decimal | None
    """What is drawn of a range is its lower end; `promise` tells both."""
    promise: str = ""


def moments_of(result: IndicatorResult, report: Report) -> tuple[Moment, ...]:
    """Return an indicator's years up to the end of the Renstra, or, in a quarter, the years before and the quarters."""
    return _quarters(result, report) if report.cycle.period.quarter else _years(result, report)


def _years(result: IndicatorResult, report: Report) -> tuple[Moment, ...]:
    """Return the years from the first known one to the end of the Renstra."""
    indicator, past, now = result.indicator, report.office.past, report.cycle.period.year
    actual = {year: past.of_year(indicator, year) for year in range(now - YEARS_BACK, now)} | {now: result.actual}
    target = {year: indicator.target(Period(year=year)) for year in indicator.targets}
    if indicator.plan_end_target is not None and not indicator.plan_end_total:
        target[indicator.plan_end_year] = indicator.plan_end_target
    known = [year for year, value in (*actual.items(), *target.items()) if value is not None]
    if not known:
        return ()
    first = max(min(known), now - YEARS_BACK)
    years = range(first, max(known) + 1)
    upper = {year: indicator.upper_target(Period(year=year)) for year in years}
    return tuple(
        Moment(
            label=str(year),
            actual=actual.get(year),
            target=target.get(year),
            promise=promised(target.get(year), upper[year], indicator, report),
        )
        for year in years
    )


def _quarters(result: IndicatorResult, report: Report) -> tuple[Moment, ...]:
    """Return what a quarter is looked at beside: whole years, where they compare with it, and this year's quarters."""
    indicator, past, period = result.indicator, report.office.past, report.cycle.period
    years = () if indicator.per_quarter else range(period.year - YEARS_BACK, period.year)
    before = [(str(year), past.of_year(indicator, year)) for year in years]
    while before and before[0][1] is None:
        del before[0]
    found = [Moment(label=label, actual=value, target=None) for label, value in before]
    for quarter in range(1, 5):
        one = Period(year=period.year, quarter=quarter)
        known = past.value(indicator, one) if quarter < period.quarter else None
        actual = result.actual if quarter == period.quarter else known
        label = report.words["chart"]["quarter"].format(roman=report.phrases.words["roman"][quarter])
        low, high = indicator.target(one), indicator.upper_target(one)
        told = promised(low, high, indicator, report)
        found.append(Moment(label=label, actual=actual, target=low, promise=told))
    return tuple(found)


def trend_chart(result: IndicatorResult, report: Report) -> Chart | None:
    """Return the trend of an indicator; None where less than two values are known."""
    moments = moments_of(result, report)
    values = [one.actual for one in moments if one.actual is not None]
    if len(values) < _FEWEST:
        return None
    words, indicator = report.words["chart"], result.indicator
    both = values + [one.target for one in moments if one.target is not None]
    lines = min(values) > _CLOSE * max(both) and min(both) > 0
    axis = _axis(both, indicator.unit_of_measure, report, lines=lines)
    if indicator.grades:  # Its values are words, and the scores below them nobody reads on an axis.
        axis = replace(axis, whole=False, title=indicator.unit_of_measure)
    return Chart(
        categories=[one.label for one in moments],
        series=[
            Series(
                name=words["actual"],
                look=Look.LINE if lines else Look.BAR,
                points=[_actual(one, axis, result, report, lines=lines) for one in moments],
            ),
            Series(
                name=words["target"],
                look=Look.TARGET_LINE,
                points=[_target(one, axis, lines=lines) for one in moments],
            ),
        ],
        axis=axis,
        title=_title(moments, result, report),
        alternative=words["alternative"]["trend"].format(
            name=indicator.name,
            values=_told([(one.label, shown(one.actual, indicator, report)) for one in moments], report),
        )
        + words["alternative"]["path"].format(values=_told([(one.label, one.promise) for one in moments], report)),
    )


def _told(values: Sequence[tuple[str, str]], report: Report) -> str:
    """Return years with what is known of each in one sentence."""
    named = report.words["chart"]["label"]["named"]
    told = [named.format(name=label, value=printed) for label, printed in values if printed]
    return "; ".join(told) or report.phrases.word("none")


def _title(moments: Sequence[Moment], result: IndicatorResult, report: Report) -> str:
    """Return the finding: how the value stands to its target now."""
    title: dict[str, str] = report.words["chart"]["title"]
    code = "trend_reached" if is_reached(result) else "trend_below" if is_measured(result) else "trend_unknown"
    return title[code].format(name=result.indicator.name, since=moments[0].label)


def _axis(values: Sequence[Decimal], unit: str, report: Report, *, lines: bool) -> Axis:
    """Return the axis: from zero for bars, from just under the smallest value for lines, and it says so."""
    words: dict[str, str] = report.words["chart"]["axis"]
    least = min(values) if lines else Decimal(0)
    span = (max(values) - least) or abs(max(values)) / 20 or Decimal(1)
    step = _step(span / _LINES)
    low = ((least - span / 4) / step).to_integral_value(ROUND_FLOOR) * step if lines else Decimal(0)
    high = (((max(values) - low) * _HEAD_ROOM + low) / step).to_integral_value(ROUND_CEILING) * step
    whole = step == step.to_integral_value()
    title = words["from"].format(unit=unit, least=report.phrases.number(low, 0)) if lines else unit
    return Axis(title=title, least=_plain(max(low, Decimal(0))), most=_plain(high), step=_plain(step), whole=whole)


def _plain(value: Decimal) -> Decimal:
    """Return a number that prints without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _step(rough: Decimal) -> Decimal:
    """Return the next of 1, 2, 2.5, 5, 10 times a power of ten."""
    power = Decimal(1).scaleb(rough.adjusted())
    return next(power * Decimal(times) for times in ("1", "2", "5", "10") if power * Decimal(times) >= rough)


def _actual(one: Moment, axis: Axis, result: IndicatorResult, report: Report, *, lines: bool) -> Point:
    """Return a realised value: its label where the target's does not stand."""
    if one.actual is None:
        return Point()
    printed = shown(one.actual, result.indicator, report)
    if lines:
        over = one.target is None or one.actual >= one.target
        return Point(value=one.actual, printed=printed, place=Place.ABOVE if over else Place.BELOW)
    inside = one.target is not None and one.target > one.actual >= _TALL * (axis.most or one.actual)
    return Point(value=one.actual, printed=printed, place=Place.INSIDE if inside else Place.OUTSIDE)


def _target(one: Moment, axis: Axis, *, lines: bool) -> Point:
    """Return a target: above or below the line, wherever the realised value's label is not; none where both collide."""
    if one.target is None:
        return Point()
    if one.actual is None or (lines and one.actual < one.target):
        return Point(value=one.target, printed=one.promise, place=Place.ABOVE)
    if lines:
        return Point(value=one.target, printed=one.promise, place=Place.BELOW)
    span = (axis.most or one.target) - axis.least
    tall = one.actual >= _TALL * (axis.most or one.actual)
    clear = (tall and one.target > one.actual) or abs(one.target - one.actual) > _APART * span
    return Point(value=one.target, printed=one.promise if clear else "", place=Place.ABOVE)
