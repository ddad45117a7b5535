"""Bab I, Bab II and the annexes, told from the office's own profile; what it does not say is marked as missing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Period
from mailbot.core.report.comparing import PLAN_YEARS
from mailbot.writing.report.anchors import all_anchored, anchored, listed
from mailbot.writing.report.marks import marked
from mailbot.writing.report.structure import structure
from mailbot.writing.report.told import PlaceMark, place_of
from mailbot.writing.report.wording import promised, shown
from mailbot.writing.values.cycle_values import title, unit_head

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from mailbot.core.model.indicators import Indicator
    from mailbot.core.model.profile import Action, Amount
    from mailbot.core.report.analysis import IndicatorResult
    from mailbot.writing.report.marks import Report, Values
    from mailbot.writing.word.word_file import Figure


def chapter_values(report: Report) -> Values:
    """Return Bab I, Bab II and the annexes."""
    return {
        "about": _about(report),
        "plan": _plan(report),
        "actions": [_action(one, report) for one in report.profile.actions],
        "evaluation": report.profile.evaluation,
        "recommendations": _recommendations(report),
        "measured_rows": _measurement(report),
        "empty": marked("", report),
    }


def _about(report: Report) -> Values:
    """Return the office as Bab I tells it."""
    profile = report.office.profile
    staff, facilities = _groups(profile.staff), _groups(profile.facilities)
    tables = iter(range(1, 10))
    return {
        "background": listed(profile.background, report),
        "laws": listed(profile.laws, report),
        "purposes": listed(profile.purposes, report),
        "overview": listed(profile.overview, report),
        "task": marked(profile.task, report),
        "functions": listed(profile.functions, report),
        "structure": structure(profile.posts),
        "staff": staff,
        "facilities": facilities,
        "aspects": listed(profile.strategic_aspects, report),
        "units": [_unit(form.unit, report) for form in report.cycle.units],
        "tables": {
            name: f"1.{next(tables)}"
            for name, shown in (("units", True), ("staff", staff), ("facilities", facilities), ("budget", True))
            if shown
        },
        "money": _money(report),
    }


def _groups(amounts: tuple[Amount, ...]) -> list[Values]:
    """Return people or things by what they are grouped by, each group with its sum."""
    return [
        {
            "name": name,
            "total": str(sum(one.count for one in rows)),
            "rows": [{"name": one.name, "count": str(one.count), "note": one.note or "-"} for one in rows],
        }
        for name, rows in ((name, list(found)) for name, found in groupby(amounts, key=lambda one: one.group))
    ]


def _unit(key: str, report: Report) -> Values:
    """Return one unit that reports, with its head and how much it answers for."""
    office, period = report.office, report.cycle.period
    head = unit_head(key, office, report.cycle.since)
    return {
        "name": office.roster.unit(key).name,
        "head": marked(title(head) if head else "", report),
        "indicators": str(len(office.asked_indicators(key, period))),
        "budget": str(len(office.asked_budget(key, period))),
    }


def _money(report: Report) -> Values:
    """Return the year's ceilings: each program and the whole, before and after the change of the APBD."""
    year, phrases = report.cycle.period.year, report.phrases
    original = {one.code: one.original_idr.get(year, one.budget_idr.get(year)) for one in report.office.budget}
    programs: list[Values] = []
    before = 0
    for program in report.analysis.programs:
        lines = [one for one in report.analysis.budget if one.code.startswith(f"{program.code}.")]
        first = sum((original.get(one.code) or one.budget_idr for one in lines), start=program.budget_idr * 0)
        before += first  # type: ignore[assignment] # a sum of Decimals begins with 0
        figures = {"original": phrases.number(first, 0), "budget": phrases.number(program.budget_idr, 0)}
        programs.append({"code": program.code, "name": program.name, **all_anchored(figures, program.code)})
    total = report.analysis.total.budget_idr
    sums = {"original": phrases.number(total * 0 + before, 0), "budget": phrases.number(total, 0)}
    if not programs:
        sums = dict.fromkeys(sums, phrases.word("missing"))
    changed = total * 0 + before != total
    return {"programs": programs, "changed": changed, "total": all_anchored(sums, "total")}


def _plan(report: Report) -> Values:
    """Return Bab II: the Renstra with its aims, the indicators with their meaning, and what was promised."""
    profile, phrases = report.office.profile, report.phrases
    results = report.analysis.indicators
    last = max((one.indicator.plan_end_year for one in results), default=report.cycle.period.year)
    years = [last - back for back in range(PLAN_YEARS - 1, -1, -1)]
    texts = {one.code: one.text for one in report.office.objectives}
    return {
        "vision": marked(profile.vision, report),
        "missions": listed(profile.missions, report),
        "aims": [
            {
                "text": aim.text,
                "objectives": [{"code": code, "text": texts[code]} for code in aim.objectives if code in texts],
            }
            for aim in profile.aims
        ],
        "years": [str(year) for year in years],
        "objectives": [
            {
                "code": one.objective.code,
                "text": one.objective.text,
                "rows": [_promised(result, years, report) for result in one.indicators],
            }
            for one in report.analysis.objectives
        ],
        "period": phrases.period(Period(year=report.cycle.period.year)),
    }


def _promised(result: IndicatorResult, years: list[int], report: Report) -> Values:
    """Return what an indicator means and what is promised for it: each year of the Renstra, this year, this period."""
    indicator = result.indicator
    unit = report.office.roster.unit(indicator.owner).name
    return {
        "code": indicator.code,
        "name": indicator.name,
        "satuan": indicator.unit_of_measure,
        "sort": report.words["sort"][indicator.polarity.value],
        "definition": marked(indicator.definition, report),
        "formula": marked(indicator.formula or _ratio(indicator, report), report),
        "source_and_unit": marked(f"{indicator.data_source} ({unit})" if indicator.data_source else "", report),
        "path": [_of_year(indicator, year, report) for year in years],
        "year_target": _of_year(indicator, report.cycle.period.year, report),
        "target": _target(result.target, result.upper, "target", indicator, report),
    }


def _ratio(indicator: Indicator, report: Report) -> str:
    """Return the formula of a ratio of which only its two parts are set down; empty for anything else."""
    if not (indicator.numerator and indicator.denominator):
        return ""
    form: str = report.words["ratio"]["scaled" if indicator.scale != 1 else "plain"]
    return form.format(above=indicator.numerator, below=indicator.denominator, scale=indicator.scale)


def _of_year(indicator: Indicator, year: int, report: Report) -> Figure:
    """Return what is promised for a year; the last one of the Renstra may be set down apart, unless it is of all."""
    period = Period(year=year)
    low = indicator.target(period)
    if low is None and year == indicator.plan_end_year and not indicator.plan_end_total:
        return _target(indicator.plan_end_target, None, "plan_end", indicator, report)
    field = "year_target" if year == report.cycle.period.year else f"target_{year}"
    return _target(low, indicator.upper_target(period), field, indicator, report)


def _target(low: Decimal | None, high: Decimal | None, field: str, indicator: Indicator, report: Report) -> Figure:
    """Return a target as its indicator writes it, a range with both its ends; a dash where nothing is promised."""
    told = promised(low, high, indicator, report) or report.phrases.word("none")
    return anchored(told, indicator.code, field)


def _measurement(report: Report) -> list[Values]:
    """Return the Pengukuran Kinerja: the whole year's target beside the period's, sasaran by sasaran."""
    number = 0
    rows: list[Values] = []
    for one in report.analysis.objectives:
        lines: list[Values] = []
        for result in one.indicators:
            number += 1
            lines.append(_measured(number, result, report))
        rows.append({"code": one.objective.code, "text": one.objective.text, "rows": lines})
    return rows


def _measured(number: int, result: IndicatorResult, report: Report) -> Values:
    """Return one line of the Pengukuran Kinerja."""
    indicator, phrases = result.indicator, report.phrases
    code = indicator.code
    actual = phrases.word("nil") if result.nil else shown(result.actual, indicator, report)
    none = phrases.word("none")
    return {
        "number": str(number),
        "place": PlaceMark(place_of(code), number),
        "name": indicator.name,
        "satuan": indicator.unit_of_measure,
        "year_target": _of_year(indicator, report.cycle.period.year, report),
        "target": _target(result.target, result.upper, "target", indicator, report),
        "actual": anchored(actual, code, "actual") if actual else marked("", report),
        "achievement": anchored(phrases.percent(result.achievement_pct), code, "achievement"),
        "rating": anchored(result.rating or none, code, "rating"),
    }


def _action(one: Action, report: Report) -> Values:
    """Return one line of the rencana aksi."""
    texts = {objective.code: objective.text for objective in report.office.objectives}
    return {
        "objective": texts.get(one.objective, one.objective),
        "text": one.text,
        "owner": marked(one.owner, report),
        "due": marked(one.due, report),
    }


def _recommendations(report: Report) -> list[Values]:
    """Return last year's recommendations, with what became of each and what shows it."""
    return [
        {
            "text": one.text,
            "step": marked(one.step, report),
            "by_when": marked(", ".join(filter(None, (one.owner, _day(one.due, report)))), report),
            "state": report.words["follow_up_state"][one.state.value],
            "proof": marked(one.proof, report),
        }
        for one in report.profile.recommendations
    ]


def _day(due: date | None, report: Report) -> str:
    """Return a day in words, empty where there is none."""
    return report.phrases.long_date(due) if due else ""
