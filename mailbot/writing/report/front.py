"""What stands before Bab I: cover, pengesahan, kata pengantar, ikhtisar eksekutif, and Bab IV, which says it again."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.writing.report.anchors import all_anchored, anchored, shortened
from mailbot.writing.report.marks import marked
from mailbot.writing.report.objectives import is_measured, is_reached
from mailbot.writing.report.pictures import BAR_CM, summary_bar_cm
from mailbot.writing.report.spending import coverage
from mailbot.writing.values.cycle_values import role_words, title
from mailbot.writing.word.cover_letter import printed_name

if TYPE_CHECKING:
    from mailbot.core.model.people import Person
    from mailbot.core.model.profile import Action
    from mailbot.core.report.analysis import IndicatorResult, ObjectiveResult
    from mailbot.writing.report.marks import Report, Values

_SHORT, _SHORT_UNIT, _SHORT_ACTION = 100, 40, 60
"""So many signs of a unit's words, of its name and of an action the summary has room for; the whole stands later."""
_ROOM, _TABLE = 230.0, 77.0
"""So many points the rows of the summary's tables have together, that it stays one page; what a table takes besides."""
_POINTS_PER_CM = 28.35
_LINE, _EDGES = 10.6, 5.5
"""How high a line of a table is, and what a row has besides, in points."""
_WIDE, _SLACK = {"objective": 40, "name": 17, "cause": 23, "step_by": 26, "planned": 17}, 1.1
"""About how many signs a line of a column takes; words leave some of it empty."""
_NAMED = 3
"""So many indicators the kata pengantar names."""
_LISTED = 20
"""So many the ikhtisar names where every one reached its target."""


def front_values(report: Report) -> Values:
    """Return cover, pengesahan, kata pengantar and ikhtisar."""
    cycle, phrases = report.cycle, report.phrases
    day = report.office.calendar.local(cycle.since).date()
    version = {"version": str(report.version), "date": phrases.long_date(day)} if report.version else {}
    results = report.analysis.indicators
    measured = sum(map(is_measured, results))
    short = [one for one in results if is_measured(one) and not is_reached(one)]
    short.sort(key=lambda one: (one.achievement_pct, one.indicator.code))
    objectives = report.analysis.objectives
    taken = sum(_height((one.objective.text, _WIDE["objective"])) for one in objectives)
    room = _ROOM - _POINTS_PER_CM * (summary_bar_cm(objectives) - BAR_CM) * len(objectives)
    shows = taken <= (room / 2 if short else room)
    won = [one.indicator.name for one in report.analysis.indicators if is_reached(one)]
    rows = _fitting(short, room - taken if shows else room + _TABLE, report)
    return {
        "year": str(cycle.period.year),
        "quarterly": bool(cycle.period.quarter),
        "quarter": phrases.quarter(cycle.period),
        "draft": not report.version,
        "issue": all_anchored(version),
        "mailbox": report.office.mailbox,
        "signer": _signer(report),
        "stages": [_stage(code, role, report) for code, role in _STAGES],
        "sums": all_anchored(_sums(report)),
        "objective_lines": [_objective_line(number, one, report) for number, one in enumerate(objectives, start=1)],
        "lines_shown": shows,
        "lowest": [one.indicator.name for one in short[:_NAMED]],
        "more_below": str(len(short) - _NAMED) if len(short) > _NAMED else "",
        "attention": rows,
        "more_attention": str(len(short) - len(rows)) if len(short) > len(rows) else "",
        "reached_names": won[:_LISTED],
        "more_reached": str(len(won) - _LISTED) if len(won) > _LISTED else "",
        "improvements": [step_row(one, report) for one in short],
        "absorbed": coverage(report),
        "some": bool(measured),
        "below": bool(short),
        "unmeasured": measured < len(results),
    }


def _fitting(short: list[IndicatorResult], room: float, report: Report) -> list[Values]:
    """Return as many indicators below their target, the furthest first, as so many points have room for."""
    rows: list[Values] = []
    for one in short:
        row = step_row(one, report, longest=_SHORT)
        words = ((str(getattr(row[name], "plain", "")), _WIDE[name]) for name in ("cause", "step_by", "planned"))
        room -= _height((one.indicator.name, _WIDE["name"]), *words)
        if room < 0 and rows:
            break
        rows.append(row)
    return rows


def _height(*cells: tuple[str, int]) -> float:
    """Return about how high a row is whose cells hold texts in columns of so many signs."""
    return _EDGES + _LINE * max(ceil(len(text) * _SLACK / wide) for text, wide in cells)


_STAGES = (("drafted", Role.PLANNING), ("reviewed", Role.SECRETARY), ("ratified", Role.AGENCY_HEAD))
"""Who stands on the lembar pengesahan (rows 6, 6b and 7 of the SOP)."""


def _holder(report: Report, role: Role) -> Person | None:
    """Return who holds a post when the row that the cycle stands in began."""
    return report.office.roster.holder(role, report.office.calendar.local(report.cycle.since).date())


def _signer(report: Report) -> Values:
    """Return who signs, each part of it under its address."""
    person, missing = _holder(report, Role.AGENCY_HEAD), report.phrases.word("missing")
    return {
        "title": anchored(title(person) if person else missing, "", "signer_title"),
        "name": anchored(printed_name(person.name) if person else missing, "", "signer_name"),
        "rank": anchored(person.rank, "", "signer_rank") if person and person.rank else "",
        "nip": anchored(person.nip, "", "signer_nip") if person and person.nip else "",
    }


def _stage(code: str, role: Role, report: Report) -> Values:
    """Return which post has which part in the report's coming about.

    Only who signs is named: who holds the others when their part comes, nobody knows while the file is made, and it
    does not change any more.
    """
    person, what = _holder(report, role), report.words["stage"][code]
    if role is Role.AGENCY_HEAD:
        return {"what": what, "title": _signer(report)["title"]}
    post = person.title if person else role_words(role, report.office, report.phrases)
    return {"what": what, "title": marked(post, report)}


def _sums(report: Report) -> dict[str, str]:
    """Return the whole period in a few figures, each under its address without a code."""
    results, phrases, total = report.analysis.indicators, report.phrases, report.analysis.total
    measured = [one for one in results if is_measured(one)]
    reached = sum(map(is_reached, measured))
    return {
        "indicators": str(len(results)),
        "measured": str(len(measured)),
        "reached": str(reached),
        "below": str(len(measured) - reached),
        "unmeasured": str(len(results) - len(measured)),
        "achievement": phrases.percent(report.analysis.achievement_pct),
        "rating": report.analysis.rating,
        "budget": phrases.rupiah(total.budget_idr) if report.analysis.budget else phrases.word("missing"),
        "spent": phrases.rupiah(total.spent_idr),
        "absorption": phrases.percent(total.absorption_pct),
    }


def _objective_line(number: int, one: ObjectiveResult, report: Report) -> Values:
    """Return one sasaran in a line; how many indicators its mean is of is told where they are not all."""
    reached = sum(map(is_reached, one.indicators))
    count = len(one.indicators)
    figures = {
        "count": str(count),
        "measured": str(one.measured) if 0 < one.measured < count else "",
        "reached": str(reached),
        "achievement": report.phrases.percent(one.achievement_pct),
        "rating": one.rating or report.phrases.word("none"),
    }
    return {"number": str(number), "text": one.objective.text, **all_anchored(figures, one.objective.code)}


def step_row(result: IndicatorResult, report: Report, *, longest: int = 0) -> Values:
    """Return what is done about an indicator below its target: why, the step, by whom, what is planned.

    The ikhtisar has the step and its owner in one, and no more than `longest` signs of anybody's words.
    """
    indicator, answer, empty = result.indicator, result.answer, report.office.empty_words
    unit = report.office.roster.unit(indicator.owner).name
    words = [answer.obstacles.text, answer.follow_up.text] if answer else ["", ""]
    cause, step = (one if empty.says_something(one) else "" for one in words)
    if longest:
        cause, step = shortened(cause, longest), shortened(step, longest)
    by = f"{step.rstrip('.')} ({shortened(unit, _SHORT_UNIT)})" if step else ""
    least = report.office.policy.explained_below(indicator)
    asked = result.achievement_pct is None or result.achievement_pct < least
    actions = [_planned(one, longest=_SHORT_ACTION if longest else 0) for one in _actions(result, report, unit)]
    return {
        "code": indicator.code,
        "name": indicator.name,
        "achievement": anchored(report.phrases.percent(result.achievement_pct), indicator.code, "achievement"),
        "cause": marked(cause, report, asked=asked),
        "step": marked(step, report, asked=asked),
        "step_by": marked(by, report, asked=asked),
        "owner": unit,
        "planned": marked("; ".join(actions[:1] if longest else actions), report, asked=asked),
    }


def _actions(result: IndicatorResult, report: Report, unit: str) -> list[Action]:
    """Return the lines of the rencana aksi for an indicator's sasaran: the unit's own, else those of others."""
    actions = [one for one in report.profile.actions if one.objective == result.indicator.objective]
    return [one for one in actions if one.owner.casefold() == unit.casefold()] or actions


def _planned(one: Action, *, longest: int) -> str:
    """Return an action with its own time, which is of nothing else; `longest` cuts its words."""
    text = shortened(one.text, longest) if longest else one.text
    return f"{text} ({one.due})" if one.due else text
