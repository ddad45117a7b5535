"""Sasaran and indicators as the front, Bab IV and the annexes of the report name them: figures and the unit's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.report.marks import Report, Values, marked
from mailbot.writing.values.form_values import printed_actual

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.report.analysis import Analysis, IndicatorResult, ObjectiveResult

_TARGET_PCT = 100


def numbers_of(analysis: Analysis) -> dict[str, int]:
    """Return each indicator's number in Lampiran 1, by code."""
    return {result.indicator.code: number for number, result in enumerate(analysis.indicators, start=1)}


def is_measured(result: IndicatorResult) -> bool:
    """Say whether an indicator has an achievement."""
    return result.achievement_pct is not None


def is_reached(result: IndicatorResult) -> bool:
    """Say whether an indicator reached its target."""
    return result.achievement_pct is not None and result.achievement_pct >= _TARGET_PCT


def objective_values(objective: ObjectiveResult, number: int, numbers: dict[str, int], report: Report) -> Values:
    """Return one sasaran with its indicators."""
    reached = sum(is_reached(result) for result in objective.indicators)
    return {
        "number": str(number),
        "code": objective.objective.code,
        "text": objective.objective.text,
        "count": len(objective.indicators),
        "reached": reached,
        "achievement": report.phrases.percent(objective.achievement_pct),
        "rating": objective.rating,
        "indicators": [indicator_values(result, numbers, report) for result in objective.indicators],
    }


def indicator_values(result: IndicatorResult, numbers: dict[str, int], report: Report) -> Values:
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
        "achievement": phrases.percent(result.achievement_pct),
        "rating": result.rating,
        "measured": is_measured(result),
        "reached": is_reached(result),
        "plan_end": figure(indicator.plan_end_target),
        "unit": report.office.roster.unit(indicator.owner).name,
        "data_source": indicator.data_source,
        **_causes(result, report),
    }


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
