"""A form beside what was known before: the last period, the last year, the money spent (row 4)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.forms.finding import finding
from mailbot.core.model.form import FaultCode
from mailbot.core.model.indicators import Aggregation, Period, Polarity, absorption_pct, mean_pct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.forms.judging import Filled
    from mailbot.core.model.form import Entry, Fault
    from mailbot.core.model.indicators import Indicator

_HUNDRED = Decimal(100)


def budget_ceiling(filled: Filled) -> Iterator[Fault]:
    """Nothing is spent over its pagu."""
    for line, spent, _ in filled.budget_lines():
        ceiling = line.budget_idr[filled.period.year]
        if spent.value is not None and spent.value > ceiling:
            yield finding(FaultCode.SPENT_OVER_BUDGET, line.code, "spent_idr", spent, expected=str(ceiling))


def whole_numbers(filled: Filled) -> Iterator[Fault]:
    """What is counted comes in whole numbers, unless a reason stands beside it."""
    for indicator, answer in filled.rows():
        value = answer.actual.value
        if indicator.counts and value is not None and value != value.to_integral_value():
            told = filled.explains(answer.remark)
            yield finding(FaultCode.NOT_WHOLE, indicator.code, "actual", answer.actual, explained=told)


def totals(filled: Filled) -> Iterator[Fault]:
    """What is the sum of other indicators is it, where all of them have a value, or a reason stands beside it."""
    values = {indicator.code: answer.actual.value for indicator, answer in filled.rows()}
    for indicator, answer in filled.rows():
        value, parts = answer.actual.value, [values.get(code) for code in indicator.total_of]
        known = [part for part in parts if part is not None]
        if value is None or not parts or len(known) < len(parts):
            continue
        come_to = sum(known, start=Decimal(0))
        if abs(come_to - value) > filled.limit(indicator, "ratio_tolerance"):
            yield finding(
                FaultCode.TOTAL_OF_PARTS,
                indicator.code,
                "actual",
                answer.actual,
                expected=str(come_to),
                other=", ".join(indicator.total_of),
                explained=filled.explains(answer.remark),
            )


def quarters_in_a_year(filled: Filled) -> Iterator[Fault]:
    """A year holds its quarters: of a count their sum, of a running count and of money each of them."""
    for indicator, answer in filled.rows():
        if answer.actual.value is not None and (indicator.per_quarter or indicator.runs_on):
            other = _out_of_year(filled, indicator.code, answer.actual.value, summed=indicator.per_quarter)
            if other is not None:
                told, code = filled.explains(answer.remark), FaultCode.QUARTER_OVER_YEAR
                yield finding(code, indicator.code, "actual", answer.actual, other=str(other), explained=told)
    for line, spent, note in filled.budget_lines():
        other = _out_of_year(filled, line.code, spent.value, summed=False) if spent.value is not None else None
        if other is not None:
            told, code = filled.explains(note), FaultCode.QUARTER_OVER_YEAR
            yield finding(code, line.code, "spent_idr", spent, other=str(other), explained=told)


def _out_of_year(filled: Filled, code: str, value: Decimal, *, summed: bool) -> Decimal | None:
    """Return what a value contradicts: a year's the quarters in it, a quarter's the year; None if nothing."""
    past, year = filled.office.past, filled.period.year
    if filled.period.quarter:
        whole = past.entry(code, Period(year=year))
        return whole.value if whole is not None and whole.value is not None and value > whole.value else None
    quarters = [entry.value for entry in past.quarters(code, year).values() if entry.value is not None]
    least = sum(quarters, start=Decimal(0)) if summed else max(quarters, default=Decimal(0))
    return least if quarters and value < least else None


def sameness(filled: Filled) -> Iterator[Fault]:
    """A value equal to the year's or the quarter's before is noted, a whole form of them asked about.

    The target may be reached twice.
    """
    quarterly = bool(filled.period.quarter)
    former = filled.last_quarter if quarterly else filled.before
    rows = [(indicator, answer, former(indicator)) for indicator, answer in filled.rows()]
    comparable = [row for row in rows if row[1].actual.value is not None and row[2] is not None]
    same = [(indicator, answer) for indicator, answer, before in comparable if before == answer.actual.value]
    told = [row for row in same if row[1].actual.value != row[0].target(filled.period)]
    if told and len(same) == len(comparable) > 1:
        indicator, answer = told[0]
        code = FaultCode.ALL_SAME_AS_LAST_QUARTER if quarterly else FaultCode.ALL_SAME_AS_LAST_YEAR
        explained = filled.explains(answer.remark)
        yield finding(code, indicator.code, "actual", answer.actual, explained=explained)
        return
    for indicator, answer in told:
        code = FaultCode.SAME_AS_LAST_QUARTER if quarterly else FaultCode.SAME_AS_LAST_YEAR
        yield finding(code, indicator.code, "actual", answer.actual)


def jumps(filled: Filled) -> Iterator[Fault]:
    """A value does not leap beyond the indicator's own history without a word about it.

    What goes by the season (school years, feasts) leaps every year: a count near to that of the same quarter last year
    is asked nothing.
    """
    for indicator, answer in filled.rows():
        value, before = answer.actual.value, filled.before(indicator)
        if value is None or not before or _of_the_season(filled, indicator, value):
            continue
        if _leaps(filled, indicator, value, before):
            code = FaultCode.JUMP
            yield finding(
                code,
                indicator.code,
                "actual",
                answer.actual,
                other=str(before),
                explained=filled.explains(answer.remark),
            )


def _leaps(filled: Filled, indicator: Indicator, value: Decimal, before: Decimal) -> bool:
    """Say whether a value lies further from a former one than the limit allows, and than was promised twice over."""
    limit = filled.limit(indicator, "jump_limit_pct")
    promised = abs((indicator.target(filled.period) or Decimal(0)) - before)
    return abs(value - before) > max(abs(before) * limit / _HUNDRED, 2 * promised)


def _of_the_season(filled: Filled, indicator: Indicator, value: Decimal) -> bool:
    """Say whether a quarter's count lies near to that of the same quarter last year."""
    period = filled.period
    if not period.quarter or not indicator.per_quarter:
        return False
    season = filled.office.past.value(indicator, Period(year=period.year - 1, quarter=period.quarter))
    limit = filled.limit(indicator, "jump_limit_pct")
    return season is not None and abs(value - season) <= abs(season) * limit / _HUNDRED


def copied_words(filled: Filled) -> Iterator[Fault]:
    """Under the target, an obstacle or a follow-up that is word for word that of the period before is noted.

    What helps (faktor pendukung), sources and evidence are the same every time, and nobody is told of that.
    """
    for indicator, answer in filled.rows():
        former = filled.office.past.answer_before(indicator.code, filled.period)
        if former is None or not filled.missed(indicator, answer):
            continue
        for name in ("obstacles", "follow_up"):
            entry, before = getattr(answer, name), getattr(former, name)
            if filled.explains(entry) and _words(entry) == _words(before):
                yield finding(FaultCode.NARRATIVE_COPIED, indicator.code, name, entry)
                break


def _words(entry: Entry) -> list[str]:
    """Return what a cell says, as it is compared."""
    return entry.text.casefold().split()


def falls(filled: Filled) -> Iterator[Fault]:
    """Within a year, a higher-is-better value whose last quarter makes the year does not fall below the last quarter's.

    Only of a count it is said that it runs on: a share or an index may fall, and is asked about.
    """
    for indicator, answer in filled.rows():
        value, before = answer.actual.value, filled.last.get(indicator.code)
        rises = indicator.aggregation is Aggregation.LAST and indicator.polarity is Polarity.UP
        if rises and value is not None and before is not None and value < before:
            code = FaultCode.CUMULATIVE_FELL if indicator.runs_on else FaultCode.LEVEL_FELL
            told = filled.explains(answer.remark)
            yield finding(code, indicator.code, "actual", answer.actual, other=str(before), explained=told)


def absorption(filled: Filled) -> Iterator[Fault]:
    """Money spent and targets reached tell the same story; a wide gap over a whole year is noted."""
    lines = list(filled.budget_lines())
    if filled.period.quarter or any(spent.blank for _, spent, _ in lines) or any(budget_ceiling(filled)):
        return
    budget = sum((line.budget_idr[filled.period.year] for line, _, _ in lines), start=Decimal(0))
    absorbed = absorption_pct(budget, sum((spent.value or Decimal(0) for _, spent, _ in lines), start=Decimal(0)))
    reached = mean_pct((filled.reached(*row) for row in filled.rows()), _HUNDRED)
    gap = filled.office.policy.absorption_gap_points
    if absorbed is not None and reached is not None and abs(absorbed - reached) > gap:
        line, spent, _ = lines[0]
        code = FaultCode.ABSORPTION_AGAINST_ACHIEVEMENT
        yield finding(code, line.code, "spent_idr", spent, expected=str(reached), other=str(absorbed))
