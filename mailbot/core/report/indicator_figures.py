"""One indicator's answer beside everything it is compared with (PermenPANRB 88/2021, domain facts 2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.indicators import rating
from mailbot.core.model.past import realised
from mailbot.core.model.targets import achieved_pct, target_of
from mailbot.core.report.comparing import (
    change,
    compared,
    of_plan,
    plan_end,
    reached_of_plan,
    year_so_far,
    years_before,
)
from mailbot.core.report.money import Money
from mailbot.core.report.results import IndicatorResult

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.model.form import IndicatorAnswer, Submission
    from mailbot.core.model.indicators import Indicator, Period
    from mailbot.core.model.office import Office


def indicator_result(
    indicator: Indicator,
    period: Period,
    office: Office,
    answer: IndicatorAnswer | None,
    submission: Submission | None,
    money: Money | None = None,
) -> IndicatorResult:
    """Put one indicator's answer beside everything it is compared with; `money` holds the cycle's budget lines."""
    own, nil = _reported(indicator, answer)
    whole = None if period.quarter or nil or own is not None else office.past.of_quarters(indicator, period.year)
    actual = own if whole is None else whole
    comparable = None if period.quarter and indicator.per_quarter else actual
    planned = of_plan(indicator, period.year, comparable, office)
    reached = achieved_pct(indicator, target_of(indicator, period), actual, office.formulas)
    last = office.past.of_year(indicator, period.year - 1)
    return IndicatorResult(
        indicator=indicator,
        target=indicator.target(period),
        upper=indicator.upper_target(period),
        actual=actual,
        nil=nil,
        built=whole is not None,
        achievement_pct=reached,
        rating=rating(reached, office.bands),
        last=last,
        change=None if period.quarter else change(indicator, actual, last),
        years=years_before(indicator, period.year, office),
        year=year_so_far(indicator, period, own, actual, office),
        plan_end_pct=reached_of_plan(indicator, planned),
        plan_end=plan_end(indicator, period.year, planned, office),
        benchmarks=compared(indicator, comparable),
        support=(money or Money(lines={}, names={})).support(indicator.programs, reached, period, office.formulas),
        answer=answer,
        submission=submission,
    )


def _reported(indicator: Indicator, answer: IndicatorAnswer | None) -> tuple[Decimal | None, bool]:
    """Return the figure that the unit reported, and whether it wrote NIHIL."""
    if answer is None:
        return None, False
    return realised(indicator, answer.actual), answer.actual.nil
