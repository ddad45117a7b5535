"""What the report still lacks, and whose turn it is: the list at its end (SOP row 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.people import Role
from mailbot.writing.cycle_values import title
from mailbot.writing.figures import named_point
from mailbot.writing.unit_values import unit_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.analysis import IndicatorResult
    from mailbot.writing.report_marks import Report


def missing_rows(report: Report) -> list[dict[str, str]]:
    """Return every missing entry: what it is, the unit, and who is awaited."""
    return [*_figures(report), *_budget(report), *_narratives(report), _issues(report)]


def _row(report: Report, unit: str, code: str, point: str = "") -> dict[str, str]:
    """Return one missing entry of a unit."""
    head = unit_head(unit, report.office, report.cycle.since)
    words: str = report.words["missing"][code]
    return {
        "what": words.format(point=named_point(point, report.office)),
        "unit": report.office.roster.unit(unit).name,
        "who": title(head) if head else report.phrases.word("none"),
    }


def _figures(report: Report) -> Iterator[dict[str, str]]:
    """Yield indicators without a figure, and figures without the words they need."""
    for result in report.analysis.indicators:
        code, owner = result.indicator.code, result.indicator.owner
        if result.missing:
            yield _row(report, owner, "actual", code)
        else:
            yield from (_row(report, owner, field, code) for field in _blank_words(result, report))


def _blank_words(result: IndicatorResult, report: Report) -> Iterator[str]:
    """Yield which words of an answered indicator are missing."""
    answer = result.answer
    if answer is None:
        return
    if answer.enabling_factors.blank:
        yield "enabling"
    reached = result.achievement_pct
    if reached is not None and reached < report.office.policy.explain_below_pct:
        if answer.obstacles.blank:
            yield "obstacles"
        if answer.follow_up.blank:
            yield "follow_up"


def _budget(report: Report) -> Iterator[dict[str, str]]:
    """Yield budget lines without a figure."""
    for line in report.analysis.budget:
        if line.spent_idr is None:
            yield _row(report, line.owner, "spent", line.code)


def _narratives(report: Report) -> Iterator[dict[str, str]]:
    """Yield units that wrote no analysis."""
    for form in report.cycle.units:
        if form.counting is not None and form.counting.data.narrative.analysis.blank:
            yield _row(report, form.unit, "analysis")


def _issues(report: Report) -> dict[str, str]:
    """Return the one part that no form asks for: Subbag Program writes it into the draft."""
    day = report.office.calendar.local(report.cycle.since).date()
    planning = report.office.roster.holder(Role.PLANNING, day)
    who = title(planning) if planning else report.phrases.word("none")
    return {"what": report.words["missing"]["issues"], "unit": report.phrases.word("none"), "who": who}
