"""The budget of Bab III: program, kegiatan and sub kegiatan with output and absorption, and what is behind a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import code_key
from mailbot.core.report.money import money_of, summed
from mailbot.writing.report.told import Told, figure, joined
from mailbot.writing.report.wording import within_sentence, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from mailbot.core.report.money import Money
    from mailbot.core.report.results import BudgetResult, IndicatorResult, Judged, Support
    from mailbot.writing.report.marks import Report, Values
    from mailbot.writing.report.told import Run

TOTAL = "total"
"""What figures of the whole budget's row are of, which stand there without the sign of rupiah."""
_ACTIVITY_GROUPS = 5
"""So many groups of a sub kegiatan's code are its kegiatan's: `2.12.02.2.01` of `2.12.02.2.01.0005`."""
_MOST_BEHIND = 5
"""So many sub kegiatan are told at an indicator; of more, their programs, for all stand in the budget's table."""


def money(report: Report) -> Money:
    """Return the budget lines to be found by the beginnings of their codes."""
    return money_of(report.analysis.budget, report.office)


def budget_rows(found: Money, report: Report) -> list[Values]:
    """Return every program with its kegiatan and their sub kegiatan, in the order of the codes."""
    names = {code_key(code): name for code, name in report.office.programs}
    rows: list[Values] = []
    for program in report.analysis.programs:
        activities: dict[str, list[BudgetResult]] = {}
        for line in found.each_once([program.code]):
            activities.setdefault(".".join(line.code.split(".")[:_ACTIVITY_GROUPS]), []).append(line)
        under = [
            {
                **money_row(summed(code, names.get(code_key(code), words_of(report)["activity"]), "", lines), report),
                "lines": [line_row(line, report) for line in lines],
            }
            for code, lines in activities.items()
        ]
        rows.append({**money_row(program, report), "activities": under})
    return rows


def money_row(line: BudgetResult, report: Report) -> Values:
    """Return pagu murni and perubahan, spending, what is left, and absorption of a line or a sum."""
    number, none, code = report.phrases.number, report.phrases.word("none"), line.code or TOTAL
    original = line.budget_idr if line.original_idr is None else line.original_idr

    def told(value: Decimal | None, field: str) -> Run:
        return (
            Told(none) if value is None or not report.analysis.budget else figure(number(value, 0), code, field, report)
        )

    share = "" if line.absorption_pct is None else report.phrases.percent(line.absorption_pct)
    return {
        "code": line.code,
        "name": line.name,
        "original": told(original, "original"),
        "budget": told(line.budget_idr, "budget"),
        "spent": figure("" if line.spent_idr is None else number(line.spent_idr, 0), code, "spent", report),
        "left": told(line.left_idr, "left"),
        "absorption": figure(share, code, "absorption", report) if share else Told(none),
        "more": Told(""),
    }


def line_row(line: BudgetResult, report: Report) -> Values:
    """Return one sub kegiatan with its output and its unit's note."""
    note = " ".join(line.answer.note.text.split()) if line.answer is not None else ""
    more = _output(line, report)
    if note:
        more.append(Told(words_of(report)["facts"]["remark"], remark=note))
    return {**money_row(line, report), "more": Told("\n{more}", more=joined(more)) if more else Told("")}


def _output(line: BudgetResult, report: Report) -> list[Run]:
    """Return a sub kegiatan's output: what was promised of it and what came; nothing where none is asked."""
    if not line.output:
        return []
    phrases = report.phrases
    actual = "" if line.output_actual is None else phrases.number(line.output_actual, 0)
    target = phrases.word("none") if line.output_target is None else phrases.number(line.output_target, 0)
    told = Told(
        words_of(report)["output"],
        output=line.output,
        actual=figure(actual, line.code, "output", report),
        target=figure(target, line.code, "output_target", report),
        unit=within_sentence(line.output_unit),
    )
    return [told]


def coverage(report: Report) -> Told:
    """Return the absorption in a sentence, which says how much of the pagu it is reckoned over."""
    words, phrases, total = words_of(report)["absorbed"], report.phrases, report.analysis.total
    lines = report.analysis.budget
    if not lines:
        return Told(words["unknown"])
    came = sum(line.spent_idr is not None for line in lines)
    whole = figure(phrases.rupiah(total.budget_idr), "", "budget", report)
    if total.spent_idr is None:
        return Told(words["none"], budget=whole)
    return Told(
        words["part" if total.missing_idr else "all"],
        absorption=figure(phrases.percent(total.absorption_pct), "", "absorption", report),
        spent=figure(phrases.rupiah(total.spent_idr), "", "spent", report),
        budget=figure(phrases.rupiah(total.reported_idr), "", "reported", report),
        whole=whole,
        came=figure(str(came), "", "came", report),
        count=figure(str(len(lines)), "", "lines", report),
    )


def program_values(result: IndicatorResult, found: Money, report: Report) -> Values:
    """Return the programs, kegiatan or sub kegiatan behind an indicator, with output and absorption."""
    lines = found.each_once(result.indicator.programs)
    rows: Sequence[Values] = [line_row(line, report) for line in lines]
    if len(lines) > _MOST_BEHIND:
        rows = [money_row(one, report) for one in result.support.programs]
    return {
        "behind": rows,
        "behind_missing": "" if rows else figure("", result.indicator.code, "programs", report),
        "efficiency": efficiency_line(result.indicator.code, result.achievement_pct, result.support, report),
    }


def efficiency_line(code: str, achieved: Decimal | None, support: Support, report: Report) -> Told:
    """Return achievement against absorption by the office's method, with its formula and figures, and no cause."""
    words, phrases, budget = words_of(report)["efficiency"], report.phrases, support.budget
    lacking = _lacking(achieved, support, report)
    if lacking:
        return Told(words["lacking"][lacking])
    formulas, judged = report.office.formulas, support.judged
    return Told(
        words["not_started" if judged.points is None else formulas.efficiency],
        achievement=figure(phrases.number(achieved), code, "behind_achievement", report),
        absorption=figure(phrases.number(budget.absorption_pct if budget else None), code, "behind_absorption", report),
        points=figure(_points(judged, report), code, "efficiency", report),
        ne=figure("" if judged.ne is None else phrases.number(judged.ne), code, "ne", report),
        judged=phrases.word("efficiency", judged.efficiency.value).lower(),
        tolerance=phrases.number(formulas.efficiency_tolerance, 0) if formulas.efficiency_tolerance else "0",
    )


def _points(judged: Judged, report: Report) -> str:
    """Return the method's figure; a dash where it has none."""
    return report.phrases.word("none") if judged.points is None else report.phrases.number(judged.points)


def _lacking(achieved: Decimal | None, support: Support, report: Report) -> str:
    """Return the word for what an efficiency lacks; empty where it lacks nothing."""
    if report.cycle.period.quarter:
        return "quarter"
    if support.budget is None:
        return "programs"
    if support.budget.spent_idr is None or support.budget.missing_idr:
        return "spent"
    return "achievement" if achieved is None else ""
