"""A form beside what was known before: the last period, the last year, the money spent (row 4)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.forms.finding import finding
from mailbot.core.model.form import FaultCode
from mailbot.core.model.indicators import Aggregation, Polarity, absorption_pct, mean_pct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.forms.judging import Filled
    from mailbot.core.model.form import Fault

_HUNDRED = Decimal(100)


def budget_ceiling(filled: Filled) -> Iterator[Fault]:
    """Nothing is spent over its pagu."""
    for line, spent, _ in filled.budget_lines():
        ceiling = line.budget_idr[filled.period.year]
        if spent.value is not None and spent.value > ceiling:
            yield finding(FaultCode.SPENT_OVER_BUDGET, line.code, "spent_idr", spent, expected=str(ceiling))


def sameness(filled: Filled) -> Iterator[Fault]:
    """A year's value equal to the year before is noted, a whole form of them asked about; the target may stay."""
    if filled.period.quarter:
        return
    rows = [(indicator, answer, filled.before(indicator)) for indicator, answer in filled.rows()]
    comparable = [row for row in rows if row[1].actual.value is not None and row[2] is not None]
    same = [(indicator, answer) for indicator, answer, before in comparable if before == answer.actual.value]
    told = [row for row in same if row[1].actual.value != row[0].target(filled.period)]
    if told and len(same) == len(comparable) > 1:
        indicator, answer = told[0]
        yield finding(
            FaultCode.ALL_SAME_AS_LAST_YEAR,
            indicator.code,
            "actual",
            answer.actual,
            explained=filled.explains(answer.remark),
        )
        return
    for indicator, answer in told:
        yield finding(FaultCode.SAME_AS_LAST_YEAR, indicator.code, "actual", answer.actual)


def jumps(filled: Filled) -> Iterator[Fault]:
    """A value does not leap beyond the indicator's own history without a word about it."""
    for indicator, answer in filled.rows():
        value, before = answer.actual.value, filled.before(indicator)
        if value is None or not before:
            continue
        limit = filled.limit(indicator, "jump_limit_pct")
        promised = abs((indicator.target(filled.period) or Decimal(0)) - before)
        if abs(value - before) > max(abs(before) * limit / _HUNDRED, 2 * promised):
            code = FaultCode.JUMP
            yield finding(
                code,
                indicator.code,
                "actual",
                answer.actual,
                other=str(before),
                explained=filled.explains(answer.remark),
            )


def falls(filled: Filled) -> Iterator[Fault]:
    """Within a year, a higher-is-better value that runs on (agregasi `last`) does not fall below the last quarter's."""
    for indicator, answer in filled.rows():
        value, before = answer.actual.value, filled.last.get(indicator.code)
        runs_on = indicator.aggregation is Aggregation.LAST and indicator.polarity is Polarity.UP
        if runs_on and value is not None and before is not None and value < before:
            code = FaultCode.CUMULATIVE_FELL
            yield finding(
                code,
                indicator.code,
                "actual",
                answer.actual,
                other=str(before),
                explained=filled.explains(answer.remark),
            )


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
