"""What the report's Word file is filled with: figures as printed, the units' own words, a mark where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.people import Role
from mailbot.writing.charts import Bar, Chart
from mailbot.writing.cover_letter import printed_name
from mailbot.writing.cycle_values import title
from mailbot.writing.figures import printed_actual
from mailbot.writing.report_marks import Report, Values, marked
from mailbot.writing.report_missing import missing_rows
from mailbot.writing.report_tables import (
    band_rows,
    efficiency_rows,
    formula_values,
    money_row,
    narrative_rows,
    origin_rows,
    program_row,
    unit_rows,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.analysis import IndicatorResult, ObjectiveResult

_TARGET_PCT = 100
_YEARS_BACK = 3
_FEWEST_BARS = 2
"""A chart of one bar says no more than the sentence above it."""
_FIRST_OBJECTIVE_TABLE = 2
"""Table 3.1 is the scale; each sasaran's table follows."""


def report_values(report: Report) -> tuple[Values, tuple[Chart | None, ...]]:
    """Return the values by name, and a chart for each sasaran (None where nothing can be drawn)."""
    results = report.analysis.indicators
    numbers = {result.indicator.code: number for number, result in enumerate(results, start=1)}
    objectives = [
        _objective(one, number, numbers, report) for number, one in enumerate(report.analysis.objectives, start=1)
    ]
    last_table = _FIRST_OBJECTIVE_TABLE + len(objectives)
    below = [_indicator(result, numbers, report) for result in results if _measured(result) and not _reached(result)]
    narratives = narrative_rows(report)
    values: Values = {
        **_office(report),
        "summary": _summary(report),
        "objectives": objectives,
        "below": below,
        "steps": below,
        "units": unit_rows(report),
        "programs": [program_row(program, report) for program in report.analysis.programs],
        "total": money_row(report.analysis.total, report),
        "efficiencies": efficiency_rows(report),
        "narratives": narratives,
        "advice": [told for told in narratives if told["recommendation"]],
        "bands": band_rows(report),
        "formulas": formula_values(report),
        "tables": {"budget": f"3.{last_table}", "efficiency": f"3.{last_table + 1}"},
        "years": [str(report.cycle.period.year - back) for back in range(_YEARS_BACK, 0, -1)],
        "origins": origin_rows(report),
        "missing": missing_rows(report),
        "issues": marked("", report),
    }
    return values, tuple(_chart(one, report) for one in report.analysis.objectives)


def _office(report: Report) -> Values:
    """Return the office, the period, and who signs."""
    letterhead, phrases, cycle = report.office.letterhead, report.phrases, report.cycle
    head = report.office.roster.holder(Role.AGENCY_HEAD, report.office.calendar.local(cycle.since).date())
    return {
        "kop": {"government": letterhead.government, "agency": letterhead.agency},
        "agency_name": letterhead.agency_name,
        "agency_short": letterhead.agency_short,
        "place": letterhead.place,
        "period": phrases.period(cycle.period),
        "month": phrases.month(cycle.since),
        "version": str(report.version) if report.version else phrases.word("running"),
        "head": {
            "title": title(head) if head else phrases.word("missing"),
            "name": printed_name(head.name) if head else phrases.word("missing"),
            "rank": head.rank if head else "",
            "nip": head.nip if head else "",
        },
    }


def _measured(result: IndicatorResult) -> bool:
    """Say whether an indicator has an achievement."""
    return result.achievement_pct is not None


def _reached(result: IndicatorResult) -> bool:
    """Say whether an indicator reached its target."""
    return result.achievement_pct is not None and result.achievement_pct >= _TARGET_PCT


def _summary(report: Report) -> Values:
    """Return the whole period in a few figures."""
    results, phrases, total = report.analysis.indicators, report.phrases, report.analysis.total
    measured = sum(_measured(result) for result in results)
    reached = sum(_reached(result) for result in results)
    return {
        "indicators": len(results),
        "reached": reached,
        "below": measured - reached,
        "unmeasured": len(results) - measured,
        "achievement": phrases.percent(report.analysis.achievement_pct),
        "rating": report.analysis.rating,
        "budget": phrases.rupiah(total.budget_idr),
        "spent": phrases.rupiah(total.spent_idr),
        "absorption": phrases.percent(total.absorption_pct),
    }


def _objective(objective: ObjectiveResult, number: int, numbers: dict[str, int], report: Report) -> Values:
    """Return one sasaran with its indicators."""
    reached = sum(_reached(result) for result in objective.indicators)
    drawn = sum(_measured(result) for result in objective.indicators) >= _FEWEST_BARS
    chart_title = report.words["chart"]["title"].format(reached=reached, count=len(objective.indicators))
    return {
        "number": str(number),
        "code": objective.objective.code,
        "text": objective.objective.text,
        "count": len(objective.indicators),
        "reached": reached,
        "achievement": report.phrases.percent(objective.achievement_pct),
        "rating": objective.rating,
        "table": f"3.{_FIRST_OBJECTIVE_TABLE + number - 1}",
        "drawn": drawn,
        "chart_title": chart_title if drawn else "",
        "indicators": [_indicator(result, numbers, report) for result in objective.indicators],
    }


def _chart(objective: ObjectiveResult, report: Report) -> Chart | None:
    """Return the chart of one sasaran."""
    words = report.words["chart"]
    bars = [
        Bar(label=one.indicator.code, value=one.achievement_pct, printed=report.phrases.number(one.achievement_pct))
        for one in objective.indicators
        if one.achievement_pct is not None
    ]
    if len(bars) < _FEWEST_BARS:
        return None
    figures = ", ".join(words["point"].format(code=bar.label, value=bar.printed) for bar in bars)
    alternative = words["alternative"].format(values=figures)
    return Chart(bars=bars, achievement=words["achievement"], target=words["target"], alternative=alternative)


def _indicator(result: IndicatorResult, numbers: dict[str, int], report: Report) -> Values:
    """Return one indicator: figures, comparisons, words."""
    indicator, phrases = result.indicator, report.phrases
    none = phrases.word("none")

    def figure(value: Decimal | None) -> str:
        return none if value is None else phrases.number(value, indicator.decimals)

    actual = printed_actual(result, phrases)
    return {
        "number": str(numbers[indicator.code]),
        "code": indicator.code,
        "name": indicator.name,
        "satuan": indicator.unit_of_measure,
        "sort": report.words["sort"][indicator.polarity.value],
        "target": figure(result.target),
        "actual": marked("" if result.missing else actual, report),
        "plain_actual": actual,
        "achievement": phrases.percent(result.achievement_pct),
        "rating": result.rating,
        "measured": _measured(result),
        "reached": _reached(result),
        "plan_end": figure(indicator.plan_end_target),
        "plan_end_year": str(indicator.plan_end_year) if result.plan_end_pct is not None else "",
        "plan_end_pct": phrases.percent(result.plan_end_pct) if result.plan_end_pct is not None else "",
        "national": figure(indicator.national),
        "gap": _gap(result, report),
        "last_year": str(report.cycle.period.year - 1),
        "change": _change(result, report),
        "history": [
            figure(indicator.history.get(report.cycle.period.year - back)) for back in range(_YEARS_BACK, 0, -1)
        ],
        "unit": report.office.roster.unit(indicator.owner).name,
        "data_source": indicator.data_source,
        **_causes(result, report),
    }


def _change(result: IndicatorResult, report: Report) -> str:
    """Return by how much a year's value moved from the last; empty for a quarter, and where either is unknown."""
    if report.cycle.period.quarter or result.actual is None or result.last is None:
        return ""
    return report.phrases.change(result.actual, result.last, result.indicator.decimals)


def _gap(result: IndicatorResult, report: Report) -> str:
    """Return how a value stands to the national one; empty where either is unknown."""
    gap = result.national_gap
    if gap is None:
        return ""
    if gap == 0:
        return str(report.words["gap"]["same"])
    words: str = report.words["gap"]["up" if gap > 0 else "down"]
    return words.format(amount=report.phrases.number(abs(gap), result.indicator.decimals))


def _causes(result: IndicatorResult, report: Report) -> Values:
    """Return the unit's own words on one indicator; obstacles and follow-up are asked under the office's threshold."""
    answer = result.answer
    least = report.office.policy.explain_below_pct
    below = result.achievement_pct is None or result.achievement_pct < least
    obstacles = answer.obstacles.text if answer else ""
    follow_up = answer.follow_up.text if answer else ""
    explained = below or bool(obstacles.strip() or follow_up.strip())
    return {
        "enabling": marked(answer.enabling_factors.text if answer else "", report),
        "explained": explained,
        "obstacles": marked(obstacles, report, asked=below) if explained else "",
        "follow_up": marked(follow_up, report, asked=below) if explained else "",
    }
