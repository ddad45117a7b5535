"""Lines of a mail beside a form: the form counts alone, and what the lines say otherwise is named (SOP row 3)."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from mailbot.core.forms.check_context import HEADERS
from mailbot.core.model.form import Entry, Fault, FaultCode, Severity

if TYPE_CHECKING:
    from mailbot.core.model.form import BudgetAnswer, FormData, IndicatorAnswer, Narrative, ReadLines


def unused_lines(read: ReadLines, data: FormData) -> tuple[Fault, ...]:
    """Name every line beside a form that says something else than the form, or something the form does not say."""
    form, lines = _entries(data), _entries(read.form.data)
    return tuple(
        Fault(
            code=FaultCode.LINE_UNUSED,
            severity=Severity.NOTE,
            row=code,
            column=HEADERS.get(field, ""),
            given=entry.text,
        )
        for (code, field), entry in lines.items()
        if not _same(entry, form.get((code, field), Entry()))
    )


def _entries(data: FormData) -> dict[tuple[str, str], Entry]:
    """Return every entry that says something, by code and field."""
    rows: list[tuple[str, IndicatorAnswer | BudgetAnswer | Narrative]] = [("", data.narrative)]
    rows += [(row.code, row) for row in data.indicators]
    rows += [(row.code, row) for row in data.budget]
    named = ((code, one.name, getattr(row, one.name)) for code, row in rows for one in fields(row))
    return {(code, name): entry for code, name, entry in named if isinstance(entry, Entry) and not entry.blank}


def _same(first: Entry, second: Entry) -> bool:
    """Say whether two entries say the same: one figure, NIHIL both, or one text whatever its blanks."""
    if first.value is not None or first.nil:
        return (first.value, first.nil) == (second.value, second.nil)
    return " ".join(first.text.casefold().split()) == " ".join(second.text.casefold().split())
