"""Sheets and lines that belong to one form: sheets that came as files of their own, lines beside a form (SOP row 3)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import Entry, Fault, FaultCode, FormData, Severity
from mailbot.core.model.form_layout import HEADERS
from mailbot.core.model.mail import shortcuts_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailbot.core.model.facts import Fact
    from mailbot.core.model.form import BudgetAnswer, IndicatorAnswer, Narrative, ReadForm, ReadLines
    from mailbot.core.model.mail import Mail

Row = TypeVar("Row", "IndicatorAnswer", "BudgetAnswer")


def put_together(facts: Iterable[tuple[str, Fact]]) -> tuple[tuple[str, Fact], ...]:
    """Return the facts of a mail, those of tables without our stamp joined where they are parts of one unit's form."""
    kept: list[tuple[str, Fact]] = []
    for key, fact in facts:
        place = next((at for at, (other, known) in enumerate(kept) if other == key and _belong(known, fact)), None)
        first = None if place is None else kept[place][1]
        if place is not None and isinstance(first, FormArrived) and isinstance(fact, FormArrived):
            kept[place] = (key, _joined(first, fact))
        else:
            kept.append((key, fact))
    return tuple(kept)


def _belong(first: Fact, second: Fact) -> bool:
    """Say whether two tables are sheets of one form: of one unit, without a stamp, asked different things."""
    if not (isinstance(first, FormArrived) and isinstance(second, FormArrived)) or first.unit != second.unit:
        return False
    left, right = first.form, second.form
    if left.stamp is not None or right.stamp is not None or left.data.codes & right.data.codes:
        return False
    both = zip(left.data.narrative.entries, right.data.narrative.entries, strict=True)
    return all(told.blank or told_again.blank for told, told_again in both)


def _joined(first: FormArrived, second: FormArrived) -> FormArrived:
    """Return two sheets as one form, under the digest of the first file; the mail keeps them all."""
    left, right = first.form, second.form
    data = FormData(
        indicators=(*left.data.indicators, *right.data.indicators),
        budget=(*left.data.budget, *right.data.budget),
        narrative=left.data.narrative.over(right.data.narrative),
        filled_by=left.data.filled_by or right.data.filled_by,
    )
    form = replace(
        left,
        file_name=f"{left.file_name}, {right.file_name}",
        data=data,
        faults=(*left.faults, *right.faults),
        untouched=left.untouched and right.untouched,
        years=tuple(dict.fromkeys((*left.years, *right.years))),
        personal_data=left.personal_data or right.personal_data,
    )
    return replace(first, form=form)


def told_of_lines(fact: FormArrived, read: ReadLines) -> FormArrived:
    """Let a form's answer say which lines of its mail were not used."""
    return replace(fact, form=replace(fact.form, faults=(*fact.form.faults, *unused_lines(read, fact.form.data))))


def told_of_files(facts: Iterable[tuple[str, Fact]], mail: Mail) -> tuple[tuple[str, Fact], ...]:
    """Let the answer to a form name the files of its mail that were not opened, and those that are only shortcuts."""
    named = ((FaultCode.FILE_UNOPENED, mail.unopened), (FaultCode.FILE_SHORTCUT, shortcuts_in(mail)))
    notes = [Fault(code=code, severity=Severity.NOTE, given=", ".join(names)) for code, names in named if names]
    return tuple(
        (key, replace(fact, form=replace(fact.form, faults=(*fact.form.faults, *notes))))
        if isinstance(fact, FormArrived)
        else (key, fact)
        for key, fact in facts
    )


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


def laid_together(forms: Sequence[FormArrived]) -> FormArrived | None:
    """Return forms of one unit as one, where none says something else than another; None where one does.

    What only one of them says counts; a row or sheet is missing only where every one of them lacks it.
    """
    together = forms[0]
    for fact in forms[1:]:
        left, right = _entries(together.form.data), _entries(fact.form.data)
        if not all(_same(entry, right[place]) for place, entry in left.items() if place in right):
            return None
        together = replace(together, form=_laid(together.form, fact.form))
    return together


def _laid(first: ReadForm, second: ReadForm) -> ReadForm:
    """Return two forms as one, under the digest of the first."""
    data = FormData(
        indicators=_rows(first.data.indicators, second.data.indicators),
        budget=_rows(first.data.budget, second.data.budget),
        narrative=first.data.narrative.over(second.data.narrative),
        filled_by=first.data.filled_by or second.data.filled_by,
    )
    missing = (FaultCode.ROW_MISSING, FaultCode.SHEET_MISSING)
    faults = dict.fromkeys(
        fault
        for form, other in ((first, second), (second, first))
        for fault in form.faults
        if fault.code not in missing or fault in other.faults
    )
    names = dict.fromkeys((first.file_name, second.file_name))
    return replace(first, file_name=", ".join(names), data=data, faults=tuple(faults))


def _rows(first: tuple[Row, ...], second: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows of two forms, each once; what one of them leaves blank is the other's."""
    rows = {row.code: row for row in first}
    for row in second:
        rows[row.code] = _filled(rows[row.code], row) if row.code in rows else row
    return tuple(rows.values())


def _filled(row: Row, other: Row) -> Row:
    """Return a row with the entries of another one of the same code where its own are blank."""
    own = {field.name: getattr(row, field.name) for field in fields(row)}
    blank = (name for name, entry in own.items() if isinstance(entry, Entry) and entry.blank)
    return replace(row, **{name: getattr(other, name) for name in blank})


def same_answers(first: FormData, second: FormData) -> bool:
    """Say whether two forms say the same, wherever in a sheet it stands."""
    left, right = _entries(first), _entries(second)
    return left.keys() == right.keys() and all(_same(entry, right[place]) for place, entry in left.items())


def _entries(data: FormData) -> dict[tuple[str, str], Entry]:
    """Return every entry that says something, by code and field."""
    rows: list[tuple[str, IndicatorAnswer | BudgetAnswer | Narrative]] = [("", data.narrative)]
    rows += [(row.code, row) for row in data.indicators]
    rows += [(row.code, row) for row in data.budget]
    named = ((code, field.name, getattr(row, field.name)) for code, row in rows for field in fields(row))
    return {(code, name): entry for code, name, entry in named if isinstance(entry, Entry) and not entry.blank}


def _same(first: Entry, second: Entry) -> bool:
    """Say whether two entries say the same: one figure, NIHIL both, or one text whatever its blanks."""
    if (first.value, first.nil) != (second.value, second.nil):
        return False
    if first.value is not None or first.nil:
        return True
    return " ".join(first.text.casefold().split()) == " ".join(second.text.casefold().split())
