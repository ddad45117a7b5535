"""What a realised value is put beside: other years, other quarters, the end of the Renstra, figures of elsewhere."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Period, Polarity, rounded
from mailbot.core.model.past import YEARS_BACK
from mailbot.core.model.profile import NATIONAL, Benchmark
from mailbot.core.model.targets import achieved_pct, target_of
from mailbot.core.report.results import Change, Compared, PlanEnd, YearResult, YearSoFar

if TYPE_CHECKING:
    from mailbot.core.model.indicators import Indicator
    from mailbot.core.model.office import Office

_HUNDRED = Decimal(100)
QUARTERS = (1, 2, 3, 4)
PLAN_YEARS = 5
"""A Renstra runs for five years."""


def change(indicator: Indicator, now: Decimal | None, other: Decimal | None) -> Change | None:
    """Return by how much a value differs from another, and whether it is the better one; None without either."""
    if now is None or other is None:
        return None
    amount = now - other
    neither = amount == 0 or indicator.ranged
    return Change(amount=amount, better=None if neither else (amount > 0) is (indicator.polarity is Polarity.UP))


def years_before(indicator: Indicator, year: int, office: Office) -> tuple[YearResult, ...]:
    """Return the years before, the earliest first, each with its capaian where its target is known."""
    return tuple(_year(indicator, year - back, office) for back in range(YEARS_BACK, 0, -1))


def _year(indicator: Indicator, year: int, office: Office) -> YearResult:
    """Return one year."""
    period, actual = Period(year=year), office.past.of_year(indicator, year)
    return YearResult(
        year=year,
        target=indicator.target(period),
        upper=indicator.upper_target(period),
        actual=actual,
        achievement_pct=achieved_pct(indicator, target_of(indicator, period), actual, office.formulas),
    )


def quarters_of(
    indicator: Indicator, period: Period, actual: Decimal | None, office: Office
) -> tuple[Decimal | None, ...]:
    """Return the year's quarters as far as they are known: a quarter's own from its form, none after it."""
    last = period.quarter or QUARTERS[-1]
    return tuple(
        actual
        if quarter == period.quarter
        else office.past.value(indicator, Period(year=period.year, quarter=quarter))
        if quarter < last or not period.quarter
        else None
        for quarter in QUARTERS
    )


def year_so_far(
    indicator: Indicator, period: Period, own: Decimal | None, actual: Decimal | None, office: Office
) -> YearSoFar:
    """Return the year that a period belongs to.

    Args:
        indicator: which one.
        period: the period reported on.
        own: what its form says.
        actual: what counts for it: the same, or what a year's quarters come to.
        office: whose; its history is what other periods came to.
    """
    whole, quarters = target_of(indicator, Period(year=period.year)), quarters_of(indicator, period, own, office)
    so_far = to_date(indicator, period, actual, quarters)
    before = office.past.last_quarter(indicator, period) if period.quarter else None
    former = Period(year=period.year - 1, quarter=period.quarter)
    same = office.past.value(indicator, former) if period.quarter else None
    grows = indicator.per_quarter and indicator.polarity is Polarity.DOWN and 0 < period.quarter < QUARTERS[-1]
    return YearSoFar(
        target=None if whole is None else whole.low,
        upper=indicator.upper_target(Period(year=period.year)),
        to_date=so_far,
        to_date_pct=None if grows else achieved_pct(indicator, whole, so_far, office.formulas),
        quarters=quarters,
        before=before,
        change_before=change(indicator, actual, before),
        same_quarter=same,
        change_same_quarter=change(indicator, actual, same),
    )


def to_date(
    indicator: Indicator, period: Period, actual: Decimal | None, quarters: tuple[Decimal | None, ...]
) -> Decimal | None:
    """Return what the year has come to; of a quarter's year None while one that was promised is not known."""
    if not period.quarter or actual is None:
        return actual
    asked = [
        value
        for quarter, value in zip(QUARTERS[: period.quarter], quarters, strict=False)
        if indicator.target(Period(year=period.year, quarter=quarter)) is not None or quarter == period.quarter
    ]
    known = [value for value in asked if value is not None]
    return indicator.together(known) if len(known) == len(asked) or not _adds_up(indicator) else None


def _adds_up(indicator: Indicator) -> bool:
    """Say whether every quarter is needed for the year so far, which the last one alone does not tell."""
    return indicator.together((Decimal(1), Decimal(3))) != Decimal(3)


def of_plan(indicator: Indicator, year: int, actual: Decimal | None, office: Office) -> Decimal | None:
    """Return what a year's figure is held against the end of the Renstra as: itself, or with the years before it.

    Of years that are added up all have to be known.
    """
    if actual is None or not indicator.plan_end_total:
        return actual
    first = indicator.plan_end_year - PLAN_YEARS + 1
    before = [office.past.of_year(indicator, earlier) for earlier in range(first, year)]
    known = [value for value in before if value is not None]
    return sum(known, start=actual) if len(known) == len(before) else None


def plan_end(indicator: Indicator, year: int, actual: Decimal | None, office: Office) -> PlanEnd | None:
    """Return how far the end of the Renstra is; None without a target or a figure that means the same (`of_plan`)."""
    target = indicator.plan_end_target
    if target is None or actual is None:
        return None
    up = indicator.polarity is Polarity.UP
    total = indicator.plan_end_total
    left = target - actual if up else actual - target
    left = abs(left) if indicator.ranged else left
    base_year = None if total else min((one for one in indicator.history if one < year), default=None)
    base = office.past.of_year(indicator, base_year) if base_year is not None else None
    start = Decimal(0) if total else base
    return PlanEnd(
        year=indicator.plan_end_year,
        target=target,
        left=max(left, Decimal(0)),
        reached=left <= 0,
        so_far=actual,
        since=indicator.plan_end_year - PLAN_YEARS + 1 if total else None,
        base_year=base_year,
        base=base,
        share_pct=None if indicator.ranged else _share(start, actual, target, up=up),
    )


def _share(base: Decimal | None, actual: Decimal, target: Decimal, *, up: bool) -> Decimal | None:
    """Return how much of the way from the base to the target is done, in percent; None where there is no way to go."""
    if base is None or (target <= base if up else target >= base):
        return None
    return rounded(max((actual - base) / (target - base) * _HUNDRED, Decimal(0)))


def reached_of_plan(indicator: Indicator, actual: Decimal | None) -> Decimal | None:
    """Return how much of the Renstra's end target a value is, in percent; None of what is to stay within a range.

    Where lower is better it is the target's share of the value: one that is far above a low target reads as a small
    share, and never as nothing.
    """
    target = indicator.plan_end_target
    if not target or actual is None or indicator.ranged:
        return None
    if indicator.polarity is Polarity.UP:
        return rounded(max(actual / target * _HUNDRED, Decimal(0)))
    return rounded(target / actual * _HUNDRED) if actual > 0 else None


def compared(indicator: Indicator, actual: Decimal | None) -> tuple[Compared, ...]:
    """Return the national figure and those of peers, each with the distance of ours."""
    benchmarks = indicator.benchmarks
    named = {one.name.casefold() for one in benchmarks}
    if indicator.national is not None and NATIONAL.casefold() not in named:
        benchmarks = (Benchmark(name=NATIONAL, value=indicator.national), *benchmarks)
    return tuple(Compared(benchmark=one, gap=change(indicator, actual, one.value)) for one in benchmarks)
