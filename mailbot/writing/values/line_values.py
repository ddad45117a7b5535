"""What letters say of answers in lines of a mail: texts as read, lines to be copied and filled in (SOP rows 3, 4)."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from mailbot.core.model.form import Entry, FaultCode, Severity
from mailbot.core.model.form_layout import HEADERS, NARRATIVE_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.form import BudgetAnswer, Fault, FormData, IndicatorAnswer
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

_SHOWN_APART = frozenset({"actual", "spent_idr"})
"""Fields that stand in a table of their own."""
_NOTHING_TO_WRITE = frozenset({FaultCode.LINE_UNKNOWN_CODE, FaultCode.LINE_OTHER_UNIT, FaultCode.LINE_NOT_FILLED_IN})
"""Findings about lines that are to be left out, or of which we do not know the code."""
_REMARK = "remark"


def line_values(letter: Letter, cycle: Cycle | None, office: Office, phrases: Phrases) -> dict[str, object]:
    """Return what the words can say of lines; the same names, empty, where the letter has nothing to do with any."""
    data = letter.submission.data if letter.submission is not None else None
    form = cycle.form_of(letter.unit) if cycle is not None else None
    before = form.submissions[-1].data if form is not None and form.submissions else None
    usual = {one.code: one.data_source for one in office.indicators}
    texts = dict(_texts(data, phrases, usual)) if data is not None else {}
    known = dict(_texts(before, phrases, usual)) if before is not None else {}
    codes = {*(one.code for one in office.indicators), *(one.code for one in office.budget)}
    open_rows = tuple(remark for remark in letter.remarks if remark in codes)
    return {
        "text_rows": tuple((place, text) for place, text in texts.items() if known.get(place) != text),
        "to_copy": tuple(dict.fromkeys((*_asked_again(letter.faults), *(f"{code}:" for code in open_rows)))),
        "nil_lines": tuple(f"{code}: NIHIL" for code in open_rows),
        "by_lines": data is not None and not data.blank and not any(entry.cell for _, _, entry in _entries(data)),
    }


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
        for one in fields(row):
            entry = getattr(row, one.name)
            if isinstance(entry, Entry):
                yield row.code, one.name, entry
    names = {field: code for code, field in NARRATIVE_ROWS.items()}
    for one in fields(data.narrative):
        yield names[one.name], one.name, getattr(data.narrative, one.name)


def _asked_again(faults: tuple[Fault, ...]) -> Iterator[str]:
    """Yield the beginning of each line that mends a finding; a warning passes with a remark."""
    for fault in faults:
        if fault.row and fault.severity is not Severity.NOTE and fault.code not in _NOTHING_TO_WRITE:
            column = HEADERS[_REMARK] if fault.severity is Severity.WARNING else fault.column
            figure = column in {"", *(HEADERS[field] for field in _SHOWN_APART)}
            yield f"{fault.row}:" if figure else f"{fault.row} {column}:"
