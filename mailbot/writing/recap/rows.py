"""The rows of the recap's sheets: performance by sasaran, words, budget by program, units, where each figure stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.form import Entry
    from mailbot.core.model.office import Office
    from mailbot.core.report.analysis import Analysis, BudgetResult, IndicatorResult
    from mailbot.writing.words.phrases import Phrases

_PERCENT = "#,##0.00"
_RUPIAH = "#,##0"
_SHORT_SHA = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A place where nothing was supplied, with the words for it."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with the format it is shown in, e.g. `#,##0.00`."""

    value: Decimal
    shape: str


Value = str | int | Figure | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: plain, a band that heads a group, or a sum."""

    values: Sequence[Value]
    band: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one sheet holds: lines above, headers with widths in characters, rows, notes below, the footer."""

    above: tuple[str, str, str]
    """The office, the title, the state of things."""
    headers: Sequence[tuple[str, float]]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    footer: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap:
    """What every sheet is made from."""

    cycle: Cycle
    office: Office
    phrases: Phrases
    words: dict[str, Any]
    analysis: Analysis


def performance_rows(recap: Recap) -> list[Row]:
    """Return every indicator with its comparisons, sasaran by sasaran, each with its mean."""
    rows: list[Row] = []
    number = 0
    for objective in recap.analysis.objectives:
        rows.append(Row(values=("", objective.objective.code, objective.objective.text), band=True))
        for result in objective.indicators:
            number += 1
            rows.append(Row(values=(number, *_performance(result, recap))))
        rows.append(_mean(recap, "average", objective.achievement_pct, objective.rating))
    rows.append(_mean(recap, "overall", recap.analysis.achievement_pct, recap.analysis.rating))
    return rows


def _mean(recap: Recap, label: str, achieved: Decimal | None, rating: str) -> Row:
    """Return the row of a mean."""
    blank = ("", "", "", "")
    return Row(values=("", "", recap.words[label], *blank, _percent(achieved, recap), rating), total=True)


def _performance(result: IndicatorResult, recap: Recap) -> tuple[Value, ...]:
    """Return one indicator's figures."""
    indicator, phrases = result.indicator, recap.phrases
    shape = "#,##0" + ("." + "0" * indicator.decimals if indicator.decimals else "")
    moved = result.actual is not None and result.last is not None and recap.cycle.period.quarter == 0

    def figure(value: Decimal | None, without: str) -> Value:
        return Figure(value=value, shape=shape) if value is not None else without

    none = phrases.word("none")
    return (
        indicator.code,
        indicator.name,
        indicator.unit_of_measure,
        recap.words["polarity"][indicator.polarity.value],
        figure(result.target, none),
        _actual(result, recap, shape),
        _percent(result.achievement_pct, recap),
        result.rating,
        figure(result.last, none),
        phrases.change(result.actual, result.last, indicator.decimals)
        if moved and result.actual is not None and result.last is not None
        else none,
        figure(indicator.plan_end_target, none),
        _percent(result.plan_end_pct, recap),
        figure(indicator.national, none),
        recap.office.roster.unit(indicator.owner).name,
    )


def _actual(result: IndicatorResult, recap: Recap, shape: str) -> Value:
    """Return a realised value, NIHIL's word, or what is said where nothing was supplied."""
    if result.nil:
        return recap.phrases.word("nil")
    if result.actual is None:
        return Missing(words=recap.phrases.word("missing"))
    return Figure(value=result.actual, shape=shape)


def _percent(value: Decimal | None, recap: Recap) -> Value:
    """Return a percentage, or the word for one that cannot be computed."""
    return Figure(value=value, shape=_PERCENT) if value is not None else recap.phrases.word("not_computable")


def _said(entry: Entry, recap: Recap, *, asked: bool) -> Value:
    """Return what a unit wrote; where it wrote nothing, whether that is missing or was not asked."""
    if entry.text.strip():
        return entry.text.strip()
    return Missing(words=recap.phrases.word("missing")) if asked else recap.phrases.word("none")


def narrative_rows(recap: Recap) -> list[Row]:
    """Return what the units wrote beside each figure."""
    rows = []
    for number, result in enumerate(recap.analysis.indicators, start=1):
        head: tuple[Value, ...] = (number, result.indicator.code, result.indicator.name)
        answer = result.answer
        if answer is None:
            rows.append(Row(values=(*head, *[Missing(words=recap.phrases.word("missing"))] * 5, "")))
            continue
        below = result.achievement_pct is None or result.achievement_pct < recap.office.policy.explain_below_pct
        said = (
            (answer.enabling_factors, True),
            (answer.obstacles, below),
            (answer.follow_up, below),
            (answer.data_source, True),
            (answer.evidence, True),
        )
        words = (_said(entry, recap, asked=asked) for entry, asked in said)
        rows.append(Row(values=(*head, *words, answer.remark.text)))
    return rows


def budget_rows(recap: Recap) -> list[Row]:
    """Return the budget program by program, with its sums."""
    rows: list[Row] = []
    number = 0
    for program in recap.analysis.programs:
        rows.append(_money_row(program, recap, "", band=True))
        for line in recap.analysis.budget:
            if line.code.startswith(f"{program.code}."):
                number += 1
                rows.append(_money_row(line, recap, number))
    total = recap.analysis.total
    rows.append(Row(values=("", "", recap.words["total"], "", *_money(total, recap)), total=True))
    return rows


def _money_row(line: BudgetResult, recap: Recap, number: Value, *, band: bool = False) -> Row:
    """Return one budget line or one program."""
    unit = recap.office.roster.unit(line.owner).name if line.owner else ""
    note = line.answer.note.text if line.answer else ""
    return Row(values=(number, line.code, line.name, unit, *_money(line, recap), note), band=band)


def _money(line: BudgetResult, recap: Recap) -> tuple[Value, ...]:
    """Return ceiling, spending and absorption."""
    spent: Value = Missing(words=recap.phrases.word("missing"))
    if line.spent_idr is not None:
        spent = Figure(value=line.spent_idr, shape=_RUPIAH)
    return Figure(value=line.budget_idr, shape=_RUPIAH), spent, _percent(line.absorption_pct, recap)


def unit_rows(recap: Recap) -> list[Row]:
    """Return each unit's form, achievement, absorption and efficiency."""
    judged = {unit.unit: unit for unit in recap.analysis.units}
    return [
        Row(
            values=(
                number,
                recap.office.roster.unit(form.unit).name,
                recap.phrases.word("unit_state", form.state.value),
                form.attempts,
                recap.phrases.short_date(form.accepted_at) if form.accepted_at else recap.phrases.word("none"),
                _percent(judged[form.unit].achievement_pct, recap),
                _percent(judged[form.unit].absorption_pct, recap),
                recap.phrases.word("efficiency", judged[form.unit].efficiency.value),
            )
        )
        for number, form in enumerate(recap.cycle.units, start=1)
    ]


def origin_rows(recap: Recap) -> list[Row]:
    """Return where each figure comes from: unit, sender, file, cell, digest."""
    found: list[tuple[str, str, Entry | None]] = [
        (result.indicator.code, result.indicator.owner, result.answer.actual if result.answer else None)
        for result in recap.analysis.indicators
    ]
    found += [(line.code, line.owner, line.answer.spent_idr if line.answer else None) for line in recap.analysis.budget]
    forms = {form.unit: form.counting for form in recap.cycle.units}
    rows = []
    for number, (code, owner, entry) in enumerate(found, start=1):
        sent = forms.get(owner)
        unit = recap.office.roster.unit(owner).name
        if entry is None or sent is None:
            rows.append(Row(values=(number, code, Missing(words=recap.phrases.word("missing")), unit)))
            continue
        place = (sent.sender, sent.file_name, entry.sheet, entry.cell, sent.file_sha256[:_SHORT_SHA])
        rows.append(Row(values=(number, code, entry.text, unit, *place)))
    return rows
