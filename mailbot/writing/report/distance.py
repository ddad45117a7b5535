"""One indicator beside the end of the Renstra and beside others: the third and fourth comparison of Bab III."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.report.told import Told, figure
from mailbot.writing.report.wording import apart, direction, shown, with_unit, words_of

if TYPE_CHECKING:
    from mailbot.core.report.results import Compared, IndicatorResult, PlanEnd
    from mailbot.writing.report.marks import Report
    from mailbot.writing.report.told import Run


def plan_lines(result: IndicatorResult, report: Report) -> list[Run]:
    """Return the third comparison: how far the end of the Renstra is, and how much of the way is gone."""
    words, indicator, plan = words_of(report)["plan"], result.indicator, result.plan_end
    if indicator.plan_end_target is None:
        return [Told(words["none"])]
    target = figure(shown(indicator.plan_end_target, indicator, report), indicator.code, "plan_end", report)
    year = str(indicator.plan_end_year)
    first = words["total" if indicator.plan_end_total else "graded" if indicator.grades else "target"]
    lines: list[Run] = [Told(first, year=year, target=with_unit(target, indicator, report))]
    if plan is None:
        quarter = bool(report.cycle.period.quarter)
        lacking = "unknown" if result.actual is None else "not_comparable" if quarter else "years_lacking"
        return [*lines, Told(words[lacking])]
    if plan.since is not None:
        lines.append(_together(plan, result, report))
    if plan.reached:
        return [*lines, Told(words["reached"])]
    if indicator.grades:
        actual = figure(shown(result.actual, indicator, report), indicator.code, "actual", report)
        return [*lines, Told(words["graded_left"], actual=actual)]
    left = apart(plan.left, "plan_end_left", indicator, report)
    return [*lines, Told(words["left"], left=left), *_way(plan, result, report)]


def _together(plan: PlanEnd, result: IndicatorResult, report: Report) -> Told:
    """Return what the years of the Renstra have come to, where its end is of all of them."""
    indicator, share = result.indicator, report.phrases.percent(plan.share_pct)
    so_far = figure(shown(plan.so_far, indicator, report), indicator.code, "plan_so_far", report)
    return Told(
        words_of(report)["plan"]["begun" if plan.since == report.cycle.period.year else "together"],
        first=str(plan.since),
        year=str(report.cycle.period.year),
        so_far=with_unit(so_far, indicator, report),
        share=figure(share, indicator.code, "plan_end_share", report),
    )


def _way(plan: PlanEnd, result: IndicatorResult, report: Report) -> list[Run]:
    """Return how much of the way from the first known year to the end of the Renstra is gone."""
    if plan.share_pct is None or plan.base is None:
        return []
    indicator = result.indicator
    told = figure(report.phrases.percent(plan.share_pct), indicator.code, "plan_end_share", report)
    first = figure(shown(plan.base, indicator, report), indicator.code, f"actual_{plan.base_year}", report)
    base = with_unit(first, indicator, report)
    return [Told(words_of(report)["plan"]["way"], year=str(plan.base_year), base=base, share=told)]


def benchmark_lines(result: IndicatorResult, report: Report) -> list[Run]:
    """Return the fourth comparison: the national figure and peers', each with year and source."""
    words = words_of(report)["benchmark"]
    lines: list[Run] = [_line(one, at, result, report) for at, one in enumerate(result.benchmarks, start=1)]
    return lines or [Told(words["none"])]


def _line(compared: Compared, at: int, result: IndicatorResult, report: Report) -> Told:
    """Return one figure of elsewhere, and how ours stands to it."""
    words, indicator, other = words_of(report)["benchmark"], result.indicator, compared.benchmark
    told = figure(shown(other.value, indicator, report), indicator.code, f"benchmark_{at}", report)
    return Told(
        words["line"],
        name=other.name,
        dated="" if other.year is None else words["dated"].format(year=other.year),
        sourced=Told(words["sourced"], source=other.source) if other.source else words["unsourced"],
        value=with_unit(told, indicator, report),
        standing=_standing(compared, f"benchmark_{at}_gap", result, report),
    )


def _standing(compared: Compared, field: str, result: IndicatorResult, report: Report) -> Told:
    """Return how the realised value stands to another."""
    words, gap, indicator = words_of(report)["standing"], compared.gap, result.indicator
    if gap is None:
        return Told(words["unknown"])
    if not gap.amount:
        return Told(words["same"])
    code = direction(gap)
    if indicator.grades:
        actual = figure(shown(result.actual, indicator, report), indicator.code, "actual", report)
        return Told(words[f"graded_{code.partition('_')[2]}"], actual=actual)
    return Told(words[code], gap=apart(gap.amount, field, indicator, report))
