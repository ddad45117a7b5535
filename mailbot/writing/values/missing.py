"""What the report still lacks, and whose turn it is: the list at its end and in the letters with a draft (row 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.writing.values.cycle_values import title, unit_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.report.analysis import Analysis, IndicatorResult
    from mailbot.writing.words.phrases import Phrases

ISSUES = "issues"
"""A part that no form asks for: it stands in `indicators.yaml`, or Subbag Program writes it into the draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One entry the report lacks, ready to print: what it is, the unit it belongs to, and who is awaited."""

    what: str
    unit: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the list is made from."""

    cycle: Cycle
    office: Office
    phrases: Phrases
    analysis: Analysis


def missing_rows(ground: Ground) -> list[Missing]:
    """Return every missing entry, in the order of the report's last annex."""
    return [*_figures(ground), *_budget(ground), *_narratives(ground), *_programs(ground), *_issues(ground)]


def _row(ground: Ground, unit: str, code: str, point: str = "") -> Missing:
    """Return one missing entry of a unit; `point` is the row's code with its name."""
    head = unit_head(unit, ground.office, ground.cycle.since)
    words = ground.phrases.word("missing_part", code)
    return Missing(
        what=words.format(point=point),
        unit=ground.office.roster.unit(unit).name,
        who=title(head) if head else ground.phrases.word("none"),
    )


def _figures(ground: Ground) -> Iterator[Missing]:
    """Yield indicators without a figure, and figures without the words they need."""
    for result in ground.analysis.indicators:
        owner, point = result.indicator.owner, f"{result.indicator.code} {result.indicator.name}"
        if result.missing:
            yield _row(ground, owner, "actual", point)
        else:
            yield from (_row(ground, owner, field, point) for field in _blank_words(result, ground.office))


def _blank_words(result: IndicatorResult, office: Office) -> Iterator[str]:
    """Yield which words of an answered indicator are missing."""
    answer = result.answer
    if answer is None:
        return
    if answer.enabling_factors.blank:
        yield "enabling"
    if answer.evidence.blank:
        yield "evidence"
    reached = result.achievement_pct
    if reached is not None and reached < office.policy.explained_below(result.indicator):
        empty = office.empty_words
        if not empty.says_something(answer.obstacles.text):
            yield "obstacles"
        if not empty.says_something(answer.follow_up.text):
            yield "follow_up"


def _budget(ground: Ground) -> Iterator[Missing]:
    """Yield budget lines without a figure, and those of whose output nothing came."""
    asked = {line.code for line in ground.office.budget if line.output}
    for line in ground.analysis.budget:
        point = f"{line.code} {line.name}"
        if line.spent_idr is None:
            yield _row(ground, line.owner, "spent", point)
        if line.code in asked and line.answer is not None and line.answer.output_actual.blank:
            yield _row(ground, line.owner, "output", point)


def _narratives(ground: Ground) -> Iterator[Missing]:
    """Yield units that wrote no analysis, and those that report indicators and recommend nothing."""
    owners = {result.indicator.owner for result in ground.analysis.indicators}
    for form in ground.cycle.units:
        if form.counting is None:
            continue
        told = form.counting.data.narrative
        if told.analysis.blank:
            yield _row(ground, form.unit, "analysis")
        if told.recommendation.blank and form.unit in owners:
            yield _row(ground, form.unit, "recommendation")


def _programs(ground: Ground) -> Iterator[Missing]:
    """Yield indicators behind which the office has set down no program."""
    for result in ground.analysis.indicators:
        if not result.indicator.programs:
            point = f"{result.indicator.code} {result.indicator.name}"
            yield _of_planning(ground, "programs", point)


def _issues(ground: Ground) -> Iterator[Missing]:
    """Yield the isu strategis where the office has set none down."""
    if not ground.office.strategic_issues:
        yield _of_planning(ground, ISSUES)


def _of_planning(ground: Ground, code: str, point: str = "") -> Missing:
    """Return what Subbag Program has to set down itself."""
    none = ground.phrases.word("none")
    day = ground.office.calendar.local(ground.cycle.since).date()
    planning = ground.office.roster.holder(Role.PLANNING, day)
    what = ground.phrases.word("missing_part", code).format(point=point)
    return Missing(what=what, unit=none, who=title(planning) if planning else none)
