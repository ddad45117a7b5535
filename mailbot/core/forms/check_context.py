"""A filled form beside everything it is checked against: what was asked, promised, reported before, and attached."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from mailbot.core.model import form_layout
from mailbot.core.model.formulas import achievement_pct
from mailbot.core.model.indicators import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.form import Entry, FormData, IndicatorAnswer
    from mailbot.core.model.indicators import BudgetLine, Indicator
    from mailbot.core.model.office import Office
    from mailbot.core.model.period import Period

Limit = Literal["explain_below_pct", "explain_above_pct", "ratio_tolerance", "jump_limit_pct"]
"""Thresholds that stand in `office.yaml` for all indicators and in `indicators.yaml` for a single one."""

HEADERS = {
    column.field: column.header for columns in form_layout.COLUMNS.values() for column in columns if column.filled
}
"""Field of an answer -> the column's header in the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form with everything it is checked against."""

    data: FormData
    unit: str
    period: Period
    office: Office
    last: dict[str, Decimal]
    """Indicator code -> value of the last quarter of the same year; empty for a whole year."""
    attached: tuple[str, ...]
    """Names of the files of evidence that came with the form, or earlier."""
    held: tuple[str, ...] = ()
    """Names of those that came now and hold numbers like a NIK."""

    def rows(self) -> Iterator[tuple[Indicator, IndicatorAnswer]]:
        """Yield each asked indicator that was answered, with its answer."""
        answers = {answer.code: answer for answer in self.data.indicators}
        for indicator in self.office.asked_indicators(self.unit, self.period):
            if indicator.code in answers:
                yield indicator, answers[indicator.code]

    def budget_lines(self) -> Iterator[tuple[BudgetLine, Entry, Entry]]:
        """Yield each asked budget line that was answered, with its spending and note."""
        answers = {answer.code: answer for answer in self.data.budget}
        for line in self.office.asked_budget(self.unit, self.period):
            if line.code in answers:
                yield line, answers[line.code].spent_idr, answers[line.code].note

    def limit(self, indicator: Indicator, name: Limit) -> Decimal:
        """Return a threshold: the indicator's own where it has one, else the office's."""
        own: Decimal | None = getattr(indicator, name)
        usual: Decimal = getattr(self.office.policy, name)
        return usual if own is None else own

    def reached(self, indicator: Indicator, answer: IndicatorAnswer) -> Decimal | None:
        """Return the achievement in percent of one answer, None where it cannot be computed."""
        actual = realised(indicator, answer.actual)
        return achievement_pct(indicator.target(self.period), actual, indicator.polarity, self.office.formulas.negative)

    def before(self, indicator: Indicator) -> Decimal | None:
        """Return the value an answer is compared with, None if there is none that means the same.

        A year compares with the year before. A quarter compares with the last quarter; else with last year's value, but
        only where that is a level like the quarter's own: a quarter's count is no year's total.
        """
        year_before = indicator.history.get(self.period.year - 1)
        if not self.period.quarter:
            return year_before
        return self.last.get(indicator.code, None if indicator.per_quarter else year_before)


def realised(indicator: Indicator, actual: Entry) -> Decimal | None:
    """Return the figure that a realised value comes to.

    NIHIL says that nothing happened: of a count or a share that is 0. Where lower is better it does not say how good it
    was (no service, no waiting time), so there is no figure; who means 0 writes 0.
    """
    if actual.nil:
        return Decimal(0) if indicator.polarity is Polarity.UP else None
    return actual.value
