"""Answers in lines laid over what their unit sent before: what is written now wins, the rest stays (SOP row 3)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from mailbot.core.language.nik import MASK, holds_nik, masked, masked_fault
from mailbot.core.model.form import BudgetAnswer, Entry, Fault, FaultCode, FormData, IndicatorAnswer, Narrative
from mailbot.core.model.form_layout import HEADERS, NARRATIVE_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.cycle import UnitForm
    from mailbot.core.model.form import ReadForm
    from mailbot.core.model.indicators import BudgetLine, Indicator, Period
    from mailbot.core.model.office import Office

Row = dict[str, Entry]
"""Field -> entry, of one code."""

_FIGURES = frozenset({"actual", "numerator", "denominator", "spent_idr", "output_actual"})
_RATIO = ("numerator", "denominator")
_OF_THE_LINE = frozenset(code for code in FaultCode if code.value.startswith("line_")) | {FaultCode.PERSONAL_DATA}
"""Findings about a line as such; they are told once, and hold for the mail they were found in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedLines:
    """What a unit's lines come to together with what it sent before."""

    data: FormData
    faults: tuple[Fault, ...]


def merge_lines(form: UnitForm, written: ReadForm, period: Period, office: Office) -> MergedLines:
    """Lay lines over the lines that wait, or else over the unit's newest form, as far as that could be read.

    Codes that are not asked of the unit are named. A figure that could not be read stays named until a line with the
    same code and column comes.
    """
    indicators = {indicator.code: indicator for indicator in office.asked_indicators(form.unit, period)}
    budget = {line.code: line for line in office.asked_budget(form.unit, period)}
    new, faults = _own(_rows(written.data), written.faults, indicators, budget, office)
    faults = (*faults, *_personal(new, written.data.narrative))
    spoilt = {(fault.row, fault.column) for fault in faults if fault.column}
    answered = {(code, HEADERS[field]) for code, row in new.items() for field in row}
    waited = form.waiting.read.faults if form.waiting is not None else ()
    settled = answered | spoilt
    kept = (fault for fault in waited if fault.code not in _OF_THE_LINE and (fault.row, fault.column) not in settled)
    base = base_of(form)
    old = {code: _without(row, code, spoilt) for code, row in _rows(base).items()}
    rows = {code: old.get(code, {}) | new.get(code, {}) for code in old | new}
    data = FormData(
        indicators=tuple(_indicator(code, rows[code], asked) for code, asked in indicators.items() if code in rows),
        budget=tuple(BudgetAnswer(code=code, **rows[code]) for code in budget if code in rows),
        narrative=_impersonal(written.data.narrative).over(base.narrative),
        filled_by=masked(written.data.filled_by or base.filled_by),
    )
    return MergedLines(data=data, faults=tuple(map(masked_fault, (*faults, *kept))))


def base_of(form: UnitForm) -> FormData:
    """Return what lines of a unit are laid over: the lines that wait, else its newest form without its places."""
    if form.waiting is not None:
        return form.waiting.read.data
    if not form.submissions:
        return FormData()
    data = form.submissions[-1].data
    told = data.narrative
    return replace(
        data,
        indicators=tuple(IndicatorAnswer(code=row.code, **_readable(row)) for row in data.indicators),
        budget=tuple(BudgetAnswer(code=row.code, **_readable(row)) for row in data.budget),
        narrative=Narrative(**_readable(told)),
    )


def open_codes(form: UnitForm, period: Period, office: Office) -> tuple[str, ...]:
    """Return the codes of a unit for which neither a form nor waiting lines hold a figure yet."""
    data = base_of(form)
    figures = ((code, data.figure(code)) for code in office.asked_codes(form.unit, period))
    return tuple(code for code, figure in figures if figure is None or figure.blank)


def _readable(row: IndicatorAnswer | BudgetAnswer | Narrative) -> Row:
    """Return the entries of a row that could be read, without their places: they are no cells of what comes now."""
    return {
        name: replace(entry, sheet="", cell="")
        for name, entry in _entries(row).items()
        if not entry.blank and MASK not in entry.text and (name not in _FIGURES or entry.value is not None or entry.nil)
    }


def _rows(data: FormData) -> dict[str, Row]:
    """Return every entry that says something, by code and field."""
    rows: tuple[IndicatorAnswer | BudgetAnswer, ...] = (*data.indicators, *data.budget)
    return {row.code: {name: entry for name, entry in _entries(row).items() if not entry.blank} for row in rows}


def _entries(row: IndicatorAnswer | BudgetAnswer | Narrative) -> Row:
    """Return every entry of a row by field."""
    return {field.name: getattr(row, field.name) for field in fields(row) if field.name != "code"}


def _own(
    rows: dict[str, Row],
    faults: tuple[Fault, ...],
    indicators: dict[str, Indicator],
    budget: dict[str, BudgetLine],
    office: Office,
) -> tuple[dict[str, Row], tuple[Fault, ...]]:
    """Return the rows and findings that are the unit's, with a finding for every code and column that is not asked."""
    asked = {*indicators, *budget}
    every = {indicator.code for indicator in office.indicators} | {line.code for line in office.budget}
    strange = dict.fromkeys((*rows, *(fault.row for fault in faults)))
    named = [Fault(code=FaultCode.LINE_OTHER_UNIT, row=code) for code in strange if code in every - asked]
    own = {code: row for code, row in rows.items() if code in asked}
    places = [(code, field) for code, one in indicators.items() for field in _RATIO if not getattr(one, field)]
    places += [(code, "output_actual") for code, line in budget.items() if not line.output]
    for code, field in places:
        entry = own.get(code, {}).pop(field, None)
        if entry is not None:
            column = HEADERS[field]
            named.append(Fault(code=FaultCode.LINE_NOT_FILLED_IN, row=code, column=column, given=entry.text))
    return own, (*(fault for fault in faults if fault.row not in every - asked), *named)


def _personal(rows: dict[str, Row], narrative: Narrative) -> Iterator[Fault]:
    """Name every line that holds a number like a NIK, and take it out of the rows: nothing of it is kept."""
    for code, row in rows.items():
        for field in [field for field, entry in row.items() if _is_personal(entry)]:
            del row[field]
            yield Fault(code=FaultCode.PERSONAL_DATA, row=code, column=HEADERS[field])
    told = _entries(narrative)
    for code, field in NARRATIVE_ROWS.items():
        if field in told and _is_personal(told[field]):
            yield Fault(code=FaultCode.PERSONAL_DATA, row=code, column=HEADERS["answer"])


def _is_personal(entry: Entry) -> bool:
    """Say whether a text holds a number like a NIK."""
    return entry.value is None and holds_nik(entry.text)


def _impersonal(narrative: Narrative) -> Narrative:
    """Return a narrative without the entries that hold a number like a NIK."""
    return Narrative(**{name: entry for name, entry in _entries(narrative).items() if not _is_personal(entry)})


def _without(row: Row, code: str, spoilt: set[tuple[str, str]]) -> Row:
    """Return a row without the fields that a line spoke of and could not fill."""
    return {field: entry for field, entry in row.items() if (code, HEADERS[field]) not in spoilt}


def _indicator(code: str, row: Row, indicator: Indicator) -> IndicatorAnswer:
    """Return one indicator's answer; its data source is the one the form is sent out with, unless another is named."""
    return IndicatorAnswer(code=code, **({"data_source": Entry(text=indicator.data_source)} | row))
