"""Bab III of the report: each sasaran with its chart, each indicator with comparisons and the unit's words (row 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.past import YEARS_BACK
from mailbot.writing.report.charts import Bar, Chart
from mailbot.writing.report.marks import Report, Values, marked
from mailbot.writing.values.form_values import printed_actual

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.report.analysis import Analysis, IndicatorResult, ObjectiveResult

_TARGET_PCT = 100
_FEWEST_BARS = 2
"""A chart of one bar says no more than the sentence above it."""
_FIRST_TABLE = 2
"""Table 3.1 is the scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What stands at which number: indicators in Lampiran 1, tables and charts in Bab III."""

    rows: dict[str, int]
    """Code of an indicator -> 1, 2, ..."""
    tables: dict[str, str]
    """Code of a sasaran or an indicator -> `3.4`; codes stand once among both."""
    figures: dict[str, str]
    """Code of a sasaran that has a chart -> `3.1`."""
    after: int
    """Number of the first table behind them."""


def numbers_of(analysis: Analysis) -> Numbers:
    """Number everything in the order in which it is printed."""
    codes = [
        code
        for one in analysis.objectives
        for code in (one.objective.code, *(result.indicator.code for result in one.indicators))
    ]
    drawn = [one.objective.code for one in analysis.objectives if is_drawn(one)]
    return Numbers(
        rows={result.indicator.code: number for number, result in enumerate(analysis.indicators, start=1)},
        tables={code: f"3.{number}" for number, code in enumerate(codes, start=_FIRST_TABLE)},
        figures={code: f"3.{number}" for number, code in enumerate(drawn, start=1)},
        after=_FIRST_TABLE + len(codes),
    )


def is_measured(result: IndicatorResult) -> bool:
    """Say whether an indicator has an achievement."""
    return result.achievement_pct is not None


def is_reached(result: IndicatorResult) -> bool:
    """Say whether an indicator reached its target."""
    return result.achievement_pct is not None and result.achievement_pct >= _TARGET_PCT


def is_drawn(objective: ObjectiveResult) -> bool:
    """Say whether a sasaran has enough to show for a chart."""
    return sum(is_measured(result) for result in objective.indicators) >= _FEWEST_BARS


def objective_values(objective: ObjectiveResult, number: int, numbers: Numbers, report: Report) -> Values:
    """Return one sasaran with its indicators."""
    reached = sum(is_reached(result) for result in objective.indicators)
    drawn = is_drawn(objective)
    chart_title = report.words["chart"]["title"].format(reached=reached, count=len(objective.indicators))
    return {
        "number": str(number),
        "code": objective.objective.code,
        "text": objective.objective.text,
        "count": len(objective.indicators),
        "reached": reached,
        "achievement": report.phrases.percent(objective.achievement_pct),
        "rating": objective.rating,
        "table": numbers.tables[objective.objective.code],
        "figure": numbers.figures.get(objective.objective.code, ""),
        "drawn": drawn,
        "chart_title": chart_title if drawn else "",
        "indicators": [indicator_values(result, numbers, report) for result in objective.indicators],
    }


def chart_of(objective: ObjectiveResult, report: Report) -> Chart | None:
    """Return the chart of one sasaran."""
    words = report.words["chart"]
    bars = [
        Bar(label=one.indicator.code, value=one.achievement_pct, printed=report.phrases.number(one.achievement_pct))
        for one in objective.indicators
        if one.achievement_pct is not None
    ]
    if not is_drawn(objective):
        return None
    figures = ", ".join(words["point"].format(code=bar.label, value=bar.printed) for bar in bars)
    alternative = words["alternative"].format(values=figures)
    return Chart(bars=bars, achievement=words["achievement"], target=words["target"], alternative=alternative)


def indicator_values(result: IndicatorResult, numbers: Numbers, report: Report) -> Values:
    """Return one indicator: figures, comparisons, words."""
    indicator, phrases = result.indicator, report.phrases
    none = phrases.word("none")

    def figure(value: Decimal | None) -> str:
        return none if value is None else phrases.number(value, indicator.decimals)

    actual = printed_actual(result, phrases)
    return {
        "number": str(numbers.rows[indicator.code]),
        "table": numbers.tables[indicator.code],
        "code": indicator.code,
        "name": indicator.name,
        "satuan": indicator.unit_of_measure,
        "sort": report.words["sort"][indicator.polarity.value],
        "target": figure(result.target),
        "actual": marked("" if result.missing else actual, report),
        **_told(actual, figure(result.target), result, report),
        "achievement": phrases.percent(result.achievement_pct),
        "rating": result.rating,
        "measured": is_measured(result),
        "reached": is_reached(result),
        "plan_end": figure(indicator.plan_end_target),
        "plan_end_year": str(indicator.plan_end_year) if result.plan_end_pct is not None else "",
        "plan_end_pct": phrases.percent(result.plan_end_pct) if result.plan_end_pct is not None else "",
        "national": figure(indicator.national),
        "gap": _gap(result, report),
        "last_year": str(report.cycle.period.year - 1),
        "change": _change(result, report),
        "history": [
            figure(report.office.past.of_year(indicator, report.cycle.period.year - back))
            for back in range(YEARS_BACK, 0, -1)
        ],
        "unit": report.office.roster.unit(indicator.owner).name,
        "data_source": indicator.data_source,
        **_causes(result, report),
    }


def _told(actual: str, target: str, result: IndicatorResult, report: Report) -> Values:
    """Return realised value and target as the sentence of a measured indicator tells them; NIHIL has no unit."""
    if not is_measured(result):
        return {"actual_in_words": "", "target_in_words": ""}
    return {
        "actual_in_words": actual if result.nil else _in_words(actual, result, report),
        "target_in_words": _in_words(target, result, report),
    }


def _in_words(figure: str, result: IndicatorResult, report: Report) -> str:
    """Return a figure with its unit as it stands within a sentence: `98,57%`, `51 kali`, `88,12`."""
    unit = result.indicator.unit_of_measure
    pattern: str = report.words["units"].get(unit, report.words["unit"])
    return pattern.format(figure=figure, unit=" ".join(one.lower() if one.istitle() else one for one in unit.split()))


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
    obstacles = _told_under(answer.obstacles.text if answer else "", report, below=below)
    follow_up = _told_under(answer.follow_up.text if answer else "", report, below=below)
    explained = below or bool(obstacles.strip() or follow_up.strip())
    return {
        "enabling": marked(answer.enabling_factors.text if answer else "", report),
        "explained": explained,
        "obstacles": marked(obstacles, report, asked=below) if explained else "",
        "follow_up": marked(follow_up, report, asked=below) if explained else "",
    }


def _told_under(text: str, report: Report, *, below: bool) -> str:
    """Return a unit's words; under the target, words that say nothing are none, and no step of improvement."""
    return text if not below or report.office.empty_words.says_something(text) else ""
