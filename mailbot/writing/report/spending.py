"""The budget of Bab III: program, kegiatan and sub kegiatan with output and absorption, and what is behind a result."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import code_key
from mailbot.core.model.indicators import absorption_pct, efficiency, mean_pct
from mailbot.writing.report.told import Told, figure, joined, lines_of
from mailbot.writing.report.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailbot.core.model.indicators import BudgetLine
    from mailbot.core.report.analysis import BudgetResult, IndicatorResult, ObjectiveResult
    from mailbot.writing.report.marks import Report, Values
    from mailbot.writing.report.told import Run

_ACTIVITY_GROUPS = 5
"""So many groups of a sub kegiatan's code are its kegiatan's: `2.12.02.2.01` of `2.12.02.2.01.0005`."""

_MOST_BEHIND = 5
"""So many sub kegiatan are told at an indicator; of more, their programs, for all stand in the budget's table."""


def lines_under(codes: Iterable[str], lines: Sequence[BudgetResult]) -> list[BudgetResult]:
    """Return the budget lines that belong to programs, kegiatan or sub kegiatan, each once."""
    heads = tuple(f"{code_key(code)}." for code in codes)
    return [line for line in lines if f"{code_key(line.code)}.".startswith(heads)] if heads else []


def sums(lines: Sequence[BudgetResult]) -> tuple[Decimal, Decimal | None, Decimal]:
    """Return the pagu of some lines, what was spent as far as it came, and the pagu of what came."""
    came = [line for line in lines if line.spent_idr is not None]
    spent = sum((line.spent_idr or Decimal(0) for line in came), start=Decimal(0)) if came else None
    budget = sum((line.budget_idr for line in lines), start=Decimal(0))
    return budget, spent, sum((line.budget_idr for line in came), start=Decimal(0))


def absorbed(lines: Sequence[BudgetResult]) -> Decimal | None:
    """Return the absorption of what came over the pagu of what came."""
    _, spent, ceiling = sums(lines)
    return absorption_pct(ceiling, spent)


def budget_rows(report: Report) -> list[Values]:
    """Return every program with its kegiatan and their sub kegiatan, in the order of the codes."""
    names, kept = dict(report.office.programs), kept_lines(report)
    rows: list[Values] = []
    for program in report.analysis.programs:
        own = lines_under([program.code], report.analysis.budget)
        rows.append({**_head(program.code, program.name, own, kept, report), "activities": []})
        activities: dict[str, list[BudgetResult]] = {}
        for line in own:
            activities.setdefault(".".join(line.code.split(".")[:_ACTIVITY_GROUPS]), []).append(line)
        rows[-1]["activities"] = [
            {
                **_head(code, names.get(code, words_of(report)["activity"]), activities[code], kept, report),
                "lines": [line_row(line, kept[line.code], report) for line in activities[code]],
            }
            for code in sorted(activities)
        ]
    return rows


def kept_lines(report: Report) -> dict[str, BudgetLine]:
    """Return what the office keeps of each budget line, by code."""
    return {line.code: line for line in report.office.budget}


def _head(code: str, name: str, lines: Sequence[BudgetResult], kept: dict[str, BudgetLine], report: Report) -> Values:
    """Return the sum of a program or a kegiatan."""
    budget, spent, ceiling = sums(lines)
    year = report.cycle.period.year
    original = sum((_original(kept[line.code], line, year) for line in lines), start=Decimal(0))
    return {"code": code, "name": name, **_money(code, (original, budget, ceiling), spent, report)}


def _original(kept: BudgetLine, line: BudgetResult, year: int) -> Decimal:
    """Return the pagu murni of a line, which is its pagu where APBD-P changed nothing."""
    return kept.original_idr.get(year, line.budget_idr)


def _money(code: str, budgets: tuple[Decimal, Decimal, Decimal], spent: Decimal | None, report: Report) -> Values:
    """Return pagu murni and perubahan, spending, what is left, and absorption, as figures."""
    original, budget, ceiling = budgets
    number, none = report.phrases.number, report.phrases.word("none")
    share = absorption_pct(ceiling, spent)
    percent = "" if share is None else report.phrases.percent(share)

    def told(value: Decimal | None, field: str) -> Run:
        return Told(none) if value is None else figure(number(value, 0), code, field, report)

    return {
        "original": told(original, "original"),
        "budget": told(budget, "budget"),
        "spent": figure("" if spent is None else number(spent, 0), code, "spent", report),
        "left": told(None if spent is None else ceiling - spent, "left"),
        "absorption": figure(percent, code, "absorption", report) if percent else Told(none),
    }


def line_row(line: BudgetResult, kept: BudgetLine, report: Report) -> Values:
    """Return one sub kegiatan with its output and its unit's note."""
    year = report.cycle.period.year
    answer = line.answer
    note = " ".join(lines_of(answer.note.text)) if answer is not None else ""
    more = _output(line, kept, report)
    if note:
        more.append(Told(words_of(report)["facts"]["remark"], remark=note))
    return {
        "code": line.code,
        "name": line.name,
        **_money(line.code, (_original(kept, line, year), line.budget_idr, line.budget_idr), line.spent_idr, report),
        "more": Told("\n{more}", more=joined(more)) if more else Told(""),
    }


def _output(line: BudgetResult, kept: BudgetLine, report: Report) -> list[Run]:
    """Return a sub kegiatan's output: what was promised of it and what came; nothing where none is asked."""
    if not kept.output:
        return []
    target = kept.output_targets.get(report.cycle.period.year)
    entry = line.answer.output_actual if line.answer is not None else None
    value = entry.value if entry is not None else None
    printed = report.phrases.word("nil") if entry is not None and entry.nil else ""
    printed = report.phrases.number(value, 0) if value is not None else printed
    told = Told(
        words_of(report)["output"],
        output=kept.output,
        actual=figure(printed, line.code, "output", report),
        target=report.phrases.word("none") if target is None else report.phrases.number(target, 0),
        unit=kept.output_unit,
    )
    return [told]


def total_row(report: Report) -> Values:
    """Return the sum of the whole budget."""
    return _head("", "", report.analysis.budget, kept_lines(report), report)


def coverage(report: Report) -> Told:
    """Return the absorption in a sentence, which says how much of the pagu it is reckoned over."""
    words, phrases, lines = words_of(report)["absorbed"], report.phrases, report.analysis.budget
    budget, spent, ceiling = sums(lines)
    came = sum(line.spent_idr is not None for line in lines)
    if spent is None:
        return Told(words["none"], budget=figure(phrases.rupiah(budget), "", "budget_rp", report))
    return Told(
        words["all" if came == len(lines) else "part"],
        absorption=figure(phrases.percent(absorbed(lines)), "", "absorption", report),
        spent=figure(phrases.rupiah(spent), "", "spent_rp", report),
        budget=figure(phrases.rupiah(ceiling), "", "ceiling_rp", report),
        whole=figure(phrases.rupiah(budget), "", "budget_rp", report),
        came=str(came),
        count=str(len(lines)),
    )


def program_values(result: IndicatorResult, kept: dict[str, BudgetLine], report: Report) -> Values:
    """Return the programs, kegiatan or sub kegiatan behind an indicator, with output and absorption."""
    codes = result.indicator.programs
    behind = lines_under(codes, report.analysis.budget)
    names = dict(report.office.programs)
    if len(behind) > _MOST_BEHIND:
        under = [(code, lines_under([code], behind)) for code in codes]
        rows = [
            {**_head(code, names.get(code, code), lines, kept, report), "more": Told("")}
            for code, lines in under
            if lines
        ]
    else:
        rows = [line_row(line, kept[line.code], report) for line in behind]
    return {
        "behind": rows,
        "behind_missing": "" if behind else figure("", result.indicator.code, "programs", report),
        "efficiency": efficiency_line(result.indicator.code, result.achievement_pct, behind, report),
    }


def objective_efficiency(objective: ObjectiveResult, report: Report) -> Told:
    """Return a sasaran's efficiency over all that stands behind its indicators."""
    lines = objective_lines(objective, report)
    cap = report.office.formulas.average_cap_pct
    achieved = mean_pct((one.achievement_pct for one in objective.indicators), cap)
    return efficiency_line(objective.objective.code, achieved, lines, report)


def objective_lines(objective: ObjectiveResult, report: Report) -> list[BudgetResult]:
    """Return the budget lines behind a sasaran's indicators, each once."""
    codes = [code for one in objective.indicators for code in one.indicator.programs]
    return lines_under(codes, report.analysis.budget)


def efficiency_line(code: str, achieved: Decimal | None, lines: Sequence[BudgetResult], report: Report) -> Told:
    """Return achievement against absorption with the method's formula and what comes of it, and no cause."""
    words, phrases = words_of(report)["efficiency"], report.phrases
    spent = absorbed(lines)
    if achieved is None or spent is None:
        lacking = "programs" if not lines else "spent" if spent is None else "achievement"
        return Told(words["lacking"][lacking])
    formulas = report.office.formulas
    judged = efficiency(achieved, spent, formulas)
    return Told(
        words["difference"],
        achievement=phrases.number(achieved),
        absorption=figure(phrases.number(spent), code, "behind_absorption", report),
        points=figure(phrases.number(achieved - spent), code, "efficiency", report),
        judged=phrases.word("efficiency", judged.value).lower(),
        tolerance=phrases.number(formulas.efficiency_tolerance or Decimal(0), 0),
    )
