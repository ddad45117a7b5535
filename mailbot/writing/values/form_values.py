"""What a letter can say of a form: its figures as read beside target and capaian, its texts, the lines to be copied."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.form import Entry, FaultCode, Severity
from mailbot.core.model.form_layout import HEADERS, NARRATIVE_ROWS
from mailbot.core.model.indicators import absorption_pct
from mailbot.core.report.analysis import indicator_result
from mailbot.writing.values.worth import printed_target, printed_worth
from mailbot.writing.words.form_words import read_fault_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailbot.core.model.form import BudgetAnswer, Entry, Fault, FormData, IndicatorAnswer, Submission
    from mailbot.core.model.indicators import BudgetLine, Indicator, Period
    from mailbot.core.model.office import Office
    from mailbot.core.report.analysis import IndicatorResult
    from mailbot.writing.words.form_words import FaultWords
    from mailbot.writing.words.phrases import Phrases


_SHOWN_APART = frozenset({"actual", "spent_idr"})
"""Fields that stand in a table of their own."""
_NOTHING_TO_WRITE = frozenset({FaultCode.LINE_UNKNOWN_CODE, FaultCode.LINE_OTHER_UNIT, FaultCode.LINE_NOT_FILLED_IN})
"""Findings about lines that are to be left out, or of which we do not know the code."""
_REMARK = "remark"


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
class FaultRow:
    """One finding with its words, ready to print."""

    sheet: str
    cell: str
    row: str
    column: str
    what: str
    why: str
    mend: str
    example: str
    proposal: str
    known: str = ""
    """What explained it in the period before, where that is offered again."""


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
    return printed_worth(result.indicator, result.actual, phrases)


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
        unit_of_measure=indicator.unit_of_measure if result.actual is not None and not indicator.grades else "",
        target=printed_target(indicator, result.target, result.upper, phrases),
        actual=_as_read(result, phrases),
        achievement=phrases.percent(result.achievement_pct),
        rating=result.rating,
        place=place(result.answer.actual) if result.answer else "",
        last_year=str(period.year - 1),
        last=printed_worth(indicator, result.last, phrases) if result.last is not None else "",
        change=phrases.change(result.actual, result.last, indicator.decimals)
        if comparable and result.actual is not None and result.last is not None and not indicator.grades
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
    rows: tuple[Indicator | BudgetLine, ...] = (*office.budget, *office.indicators)
    name = next((row.name for row in rows if row.code == code), "")
    return f"{code} {name}" if name else code


def fault_rows(faults: tuple[Fault, ...], severity: Severity, folders: tuple[Path, ...]) -> tuple[FaultRow, ...]:
    """Return the findings of one weight with their words.

    Raises:
        TemplateProblem: there are no words about findings, or they lack something.
    """
    weighed = [fault for fault in faults if fault.severity is severity]
    book = read_fault_words(folders) if weighed else None
    return tuple(_fault_row(fault, book.describe(fault)) for fault in weighed if book is not None)


def _fault_row(fault: Fault, words: FaultWords) -> FaultRow:
    """Put a finding and its words on one row."""
    return FaultRow(
        sheet=fault.sheet,
        cell=fault.cell,
        row=fault.row,
        column=fault.column,
        what=words.what,
        why=words.why,
        mend=words.mend,
        example=words.example,
        proposal=fault.proposal,
    )


def text_rows(data: FormData, before: FormData | None, office: Office, phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """Return every entry beside the figures that the former form did not have, named by code and column."""
    usual = {indicator.code: indicator.data_source for indicator in office.indicators}
    known = dict(_texts(before, phrases, usual)) if before is not None else {}
    texts = dict(_texts(data, phrases, usual))
    return tuple((place, text) for place, text in texts.items() if known.get(place) != text)


def to_copy(faults: tuple[Fault, ...], open_rows: tuple[str, ...]) -> tuple[str, ...]:
    """Return the beginnings of the lines that mend each finding, and of those still open, each once."""
    return tuple(dict.fromkeys((*_asked_again(faults), *(f"{code}:" for code in open_rows))))


def by_lines(data: FormData) -> bool:
    """Say whether the answers came as lines of a mail: no cell holds any of them."""
    return not data.blank and not any(entry.cell for _, _, entry in _entries(data))


def _texts(data: FormData, phrases: Phrases, usual: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield every entry beside the figures, named by code and column; a number as it was read.

    `usual` is the data source that stands in the form as it is sent out; it is not told again.
    """
    for code, column, entry in _entries(data):
        told = not entry.blank and not (column == "data_source" and entry.text == usual.get(code))
        if told and column not in _SHOWN_APART:
            text = entry.text if entry.value is None else phrases.number(entry.value, 0)
            yield f"{code}, {HEADERS[column]}" if column in HEADERS else code, text


def _entries(data: FormData) -> Iterator[tuple[str, str, Entry]]:
    """Yield every entry of a form with its code and field."""
    rows: tuple[IndicatorAnswer | BudgetAnswer, ...] = (*data.indicators, *data.budget)
    for row in rows:
        for field in fields(row):
            entry = getattr(row, field.name)
            if isinstance(entry, Entry):
                yield row.code, field.name, entry
    names = {name: code for code, name in NARRATIVE_ROWS.items()}
    for field in fields(data.narrative):
        yield names[field.name], field.name, getattr(data.narrative, field.name)


def _asked_again(faults: tuple[Fault, ...]) -> Iterator[str]:
    """Yield the beginning of each line that mends a finding; a warning passes with a remark."""
    for fault in faults:
        if fault.row and fault.severity is not Severity.NOTE and fault.code not in _NOTHING_TO_WRITE:
            column = HEADERS[_REMARK] if fault.severity is Severity.WARNING else fault.column
            figure = column in {"", *(HEADERS[field] for field in _SHOWN_APART)}
            yield f"{fault.row}:" if figure else f"{fault.row} {column}:"
