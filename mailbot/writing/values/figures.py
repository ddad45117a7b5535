"""The figures of a form as a letter shows them: every number as read, beside target, capaian and predikat (row 4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import absorption_pct
from mailbot.core.report.analysis import indicator_result

if TYPE_CHECKING:
    from mailbot.core.model.form import BudgetAnswer, Entry, FormData, Submission
    from mailbot.core.model.indicators import BudgetLine, Period
    from mailbot.core.model.office import Office
    from mailbot.core.report.analysis import IndicatorResult
    from mailbot.writing.words.phrases import Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One indicator's figure, ready to print; `last` is the realised value of `last_year`, empty if unknown."""

    code: str
    name: str
    unit_of_measure: str
    target: str
    actual: str
    achievement: str
    rating: str
    place: str
    last_year: str
    last: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """One budget line's spending, every field ready to print."""

    code: str
    name: str
    budget: str
    spent: str
    absorption: str
    place: str


def place(entry: Entry) -> str:
    """Return where a figure stands, `Indikator!F7`; empty if it came in the words of a mail."""
    return f"{entry.sheet}!{entry.cell}" if entry.sheet and entry.cell else entry.cell


def printed_actual(result: IndicatorResult, phrases: Phrases) -> str:
    """Return a realised value as printed: the number, NIHIL's word, or the word for what is missing."""
    if result.nil:
        return phrases.word("nil")
    return phrases.number(result.actual, result.indicator.decimals)


def figure_rows(
    submission: Submission, unit: str, period: Period, office: Office, phrases: Phrases
) -> tuple[FigureRow, ...]:
    """Return a row for each indicator of the unit that the submission answers."""
    answers = {answer.code: answer for answer in submission.data.indicators if not answer.actual.blank}
    return tuple(
        _figure_row(indicator_result(indicator, period, office, answers[indicator.code], submission), period, phrases)
        for indicator in office.asked_indicators(unit, period)
        if indicator.code in answers
    )


def _figure_row(result: IndicatorResult, period: Period, phrases: Phrases) -> FigureRow:
    """Print one indicator's result."""
    indicator = result.indicator
    comparable = period.quarter == 0 and result.last is not None and result.actual is not None
    return FigureRow(
        code=indicator.code,
        name=indicator.name,
        unit_of_measure=indicator.unit_of_measure if result.nil or result.actual is not None else "",
        target=phrases.number(result.target, indicator.decimals),
        actual=_as_read(result, phrases),
        achievement=phrases.percent(result.achievement_pct),
        rating=result.rating,
        place=place(result.answer.actual) if result.answer else "",
        last_year=str(period.year - 1),
        last=phrases.number(result.last, indicator.decimals) if result.last is not None else "",
        change=phrases.change(result.actual, result.last, indicator.decimals)
        if comparable and result.actual is not None and result.last is not None
        else "",
    )


def _as_read(result: IndicatorResult, phrases: Phrases) -> str:
    """Return a realised value as printed; where no number was read, what stands there instead."""
    written = result.answer.actual.text.strip() if result.answer is not None else ""
    if result.nil or result.actual is not None or not written:
        return printed_actual(result, phrases)
    return phrases.word("unread").format(written=written)


def money_rows(
    submission: Submission, unit: str, period: Period, office: Office, phrases: Phrases
) -> tuple[MoneyRow, ...]:
    """Return a row for each budget line of the unit that the submission answers."""
    answers = {answer.code: answer for answer in submission.data.budget if not answer.spent_idr.blank}
    return tuple(
        _money_row(line, answers[line.code], period.year, phrases)
        for line in office.asked_budget(unit, period)
        if line.code in answers
    )


def _money_row(line: BudgetLine, answer: BudgetAnswer, year: int, phrases: Phrases) -> MoneyRow:
    """Print one budget line's spending."""
    spent = Decimal(0) if answer.spent_idr.nil else answer.spent_idr.value
    budget = line.budget_idr[year]
    return MoneyRow(
        code=line.code,
        name=line.name,
        budget=phrases.rupiah(budget),
        spent=_spent(answer.spent_idr, spent, phrases),
        absorption=phrases.percent(absorption_pct(budget, spent)),
        place=place(answer.spent_idr),
    )


def _spent(entry: Entry, spent: Decimal | None, phrases: Phrases) -> str:
    """Return a spending as printed; where no number was read, what stands there instead."""
    if entry.nil:
        return phrases.word("nil")
    return phrases.word("unread").format(written=entry.text.strip()) if spent is None else phrases.rupiah(spent)


def open_points(data: FormData, unit: str, period: Period, office: Office) -> tuple[str, ...]:
    """Return the codes of what a unit is asked for and has not answered: indicators first, then budget lines."""
    answered = {answer.code for answer in data.indicators if not answer.actual.blank}
    answered |= {answer.code for answer in data.budget if not answer.spent_idr.blank}
    asked = [indicator.code for indicator in office.asked_indicators(unit, period)]
    asked += [line.code for line in office.asked_budget(unit, period)]
    return tuple(code for code in asked if code not in answered)


def named_point(code: str, office: Office) -> str:
    """Return a row's code with its name, `IKU-02 Persentase kepemilikan KTP-el`; an unknown code as written."""
    names = {indicator.code: indicator.name for indicator in office.indicators}
    names |= {line.code: line.name for line in office.budget}
    return f"{code} {names[code]}" if code in names else code
