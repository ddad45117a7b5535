"""A file that came as a form -> what it says, by header and code, or why it cannot be read (SOP rows 3, 4)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.core.model.form import (
    Entry,
    Fault,
    FaultCode,
    FormData,
    IndicatorAnswer,
    Narrative,
    ReadForm,
    Severity,
    Unreadable,
)
from mailbot.core.model.form_layout import SheetName
from mailbot.reading.files.personal_data import holds_personal_data
from mailbot.reading.workbook.answers import read_budget, read_indicators, read_narrative
from mailbot.reading.workbook.grid import USUAL_LIMITS, WorkbookLimits, WorkbookRefused
from mailbot.reading.workbook.open_workbook import open_workbook
from mailbot.reading.workbook.stamp import read_stamp
from mailbot.reading.workbook.table import find_tables, years_named

if TYPE_CHECKING:
    from mailbot.core.model.form_stamp import Print
    from mailbot.core.model.office import Office
    from mailbot.reading.workbook.grid import Workbook
    from mailbot.reading.workbook.table import Table

_TEXTS = ("numerator", "denominator", "enabling_factors", "obstacles", "follow_up", "evidence", "remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """One file as read, with what the operator may want to know about a refusal."""

    form: ReadForm
    defect: str = ""


def read_form(
    content: bytes, name: str, office: Office, secret: bytes, limits: WorkbookLimits = USUAL_LIMITS
) -> ReadForm:
    """Return what one file says as a form; never raises for anything the file holds.

    Args:
        content: the file, in whatever format it came (xlsx, xlsm, xls, xlsb, ods, csv).
        name: its cleaned name, for the record.
        office: its indicators give the units of measure of a form without a stamp.
        secret: the key of the stamp's HMAC.
        limits: how much of the file is looked at.
    """
    return read_with_defect(content, name, office, secret, limits).form


def read_with_defect(
    content: bytes, name: str, office: Office, secret: bytes, limits: WorkbookLimits = USUAL_LIMITS
) -> FormRead:
    """Return what `read_form` does, with the reason of a refusal in the reader's own terms."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        workbook = open_workbook(content, name, limits)
        return FormRead(form=read_workbook(workbook, digest, name, office, secret))
    except WorkbookRefused as refused:
        form = ReadForm(file_sha256=digest, file_name=name, unreadable=refused.reason)
        return FormRead(form=form, defect=str(refused))


def read_attached(
    content: bytes, name: str, office: Office, secret: bytes, limits: WorkbookLimits = USUAL_LIMITS
) -> FormRead:
    """Return what `read_with_defect` does, and whether a number like a NIK stands anywhere in the file."""
    read = read_with_defect(content, name, office, secret, limits)
    return replace(read, form=replace(read.form, personal_data=holds_personal_data(content, limits)))


def read_workbook(workbook: Workbook, digest: str, name: str, office: Office, secret: bytes) -> ReadForm:
    """Return the form in a workbook that was opened, or say that there is none.

    Raises:
        WorkbookRefused: a sheet cannot be read.
    """
    stamped = read_stamp(workbook, secret)
    stamp, printed = stamped if stamped is not None else (None, None)
    sent = printed if stamp is not None and stamp.valid else None
    tables = find_tables(workbook)
    data, faults = _answers(tables, sent, office)
    told = any(not entry.blank for entry in data.narrative.entries)
    if stamp is None and not told and not tables.keys() & {SheetName.INDICATORS, SheetName.BUDGET}:
        empty = not any(workbook.grid(sheet).raw for sheet in workbook.names)
        reason = Unreadable.EMPTY_FILE if empty else Unreadable.NOT_A_FORM
        return ReadForm(file_sha256=digest, file_name=name, unreadable=reason)
    return ReadForm(
        file_sha256=digest,
        file_name=name,
        stamp=stamp,
        data=data,
        faults=(*_missing_sheets(tables, sent), *faults),
        years=() if sent is not None else years_named(tables.values()),
        untouched=_untouched(data, sent, office) and not any(map(_in_an_input_cell, faults)),
    )


def _answers(tables: dict[SheetName, Table], sent: Print | None, office: Office) -> tuple[FormData, tuple[Fault, ...]]:
    """Return everything filled in, and what was found while reading it."""
    faults: list[Fault] = []
    data = FormData()
    indicators, budget = data.indicators, data.budget
    narrative, filled_by = Narrative(), ""
    if (table := tables.get(SheetName.INDICATORS)) is not None:
        indicators, found = read_indicators(table, sent, office)
        faults += found
    if (table := tables.get(SheetName.BUDGET)) is not None:
        budget, found = read_budget(table, sent, office)
        faults += found
    if (table := tables.get(SheetName.NARRATIVE)) is not None:
        narrative, filled_by, found = read_narrative(table)
        faults += found
    return FormData(indicators=indicators, budget=budget, narrative=narrative, filled_by=filled_by), tuple(faults)


def _missing_sheets(tables: dict[SheetName, Table], sent: Print | None) -> tuple[Fault, ...]:
    """Name the sheets of a stamped form that did not come back; without the narrative nothing asked is lost."""
    if sent is None:
        return ()
    wanted = [sheet for sheet in (SheetName.INDICATORS, SheetName.BUDGET) if sent.codes(sheet)]
    return tuple(
        Fault(
            code=FaultCode.SHEET_MISSING,
            severity=Severity.NOTE if sheet is SheetName.NARRATIVE else Severity.FAULT,
            expected=sheet.value,
        )
        for sheet in (*wanted, SheetName.NARRATIVE)
        if sheet not in tables
    )


def _in_an_input_cell(fault: Fault) -> bool:
    """Say whether a fault shows that something was filled in, even if nothing of it could be read."""
    return bool(fault.cell) and fault.code is not FaultCode.LOCKED_CHANGED


def _untouched(data: FormData, sent: Print | None, office: Office) -> bool:
    """Say whether no input cell differs from the form as it was sent out."""
    sources = {one.code: one.data_source for one in office.indicators}

    def same_source(answer: IndicatorAnswer) -> bool:
        values = (sent.row(SheetName.INDICATORS, answer.code) if sent is not None else None) or {}
        return answer.data_source.text in {"", values.get("data_source", sources.get(answer.code, ""))}

    entries: list[Entry] = [getattr(answer, field) for answer in data.indicators for field in ("actual", *_TEXTS)]
    entries += [entry for answer in data.budget for entry in (answer.spent_idr, answer.note)]
    told = data.narrative
    entries += [told.analysis, told.innovation, told.awards, told.recommendation]
    return all(entry.blank for entry in entries) and all(map(same_source, data.indicators))
