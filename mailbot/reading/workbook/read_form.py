"""A file that came as a form -> what it says, by header and code, or why it cannot be read (SOP rows 3, 4).

What kind of workbook it is, is decided by its content, not by its name (T19).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.core.model.form import Entry, Fault, FaultCode, FormData, IndicatorAnswer, Narrative, ReadForm, Severity
from mailbot.core.model.form_layout import SheetName
from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.files import file_kinds
from mailbot.reading.files.personal_data import holds_personal_data
from mailbot.reading.workbook.answers import read_budget, read_indicators, read_narrative
from mailbot.reading.workbook.ods import OdsWorkbook
from mailbot.reading.workbook.package import Package
from mailbot.reading.workbook.table import find_tables, read_stamp, stamp_cells, years_named
from mailbot.reading.workbook.workbook import USUAL_LIMITS, WorkbookLimits, WorkbookRefused
from mailbot.reading.workbook.xls_and_csv import CalamineFile, CsvFile, old_workbook, unlocked
from mailbot.reading.workbook.xls_formats import told_by_xlsb
from mailbot.reading.workbook.xlsx import XlsxWorkbook

if TYPE_CHECKING:
    from mailbot.core.model.form_stamp import Print, StampCells
    from mailbot.reading.workbook.answers import KnownRows
    from mailbot.reading.workbook.table import Table
    from mailbot.reading.workbook.workbook import Workbook

_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".xltx", ".xltm")
_NO_WORKBOOK = {
    "application/pdf": Unreadable.PDF,
    file_kinds.DOC: Unreadable.OLD_DOCUMENT,
    file_kinds.DOCX: Unreadable.TEXT_DOCUMENT,
    file_kinds.ODT: Unreadable.TEXT_DOCUMENT,
    "application/rtf": Unreadable.TEXT_DOCUMENT,
    file_kinds.RAR: Unreadable.ARCHIVE,
    file_kinds.SEVEN_ZIP: Unreadable.ARCHIVE,
    file_kinds.GZIP: Unreadable.ARCHIVE,
    file_kinds.OUTLOOK: Unreadable.MESSAGE,
    file_kinds.SHORTCUT: Unreadable.SHORTCUT,
    file_kinds.NUMBERS: Unreadable.NUMBERS,
    file_kinds.MAIL: Unreadable.NOT_A_FORM,
    file_kinds.PPTX: Unreadable.NOT_A_FORM,
}
"""Kinds of file that are plainly something else."""
_IN_BRACKETS = frozenset({file_kinds.HTML, file_kinds.MARKUP})
"""What programs like to write under the name of a workbook."""
_TEXTS = ("numerator", "denominator", "enabling_factors", "obstacles", "follow_up", "evidence", "remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """One file as read, with what the operator may want to know about a refusal."""

    form: ReadForm
    defect: str = ""


def read_attached(
    content: bytes, name: str, known: KnownRows, secret: bytes, limits: WorkbookLimits = USUAL_LIMITS
) -> FormRead:
    """Return what one file says as a form, and whether a number like a NIK stands anywhere in it.

    Never raises for anything the file holds.

    Args:
        content: the file, in whatever format it came (xlsx, xlsm, xls, xlsb, ods, csv).
        name: its cleaned name, for the record.
        known: what a form without a stamp is read by.
        secret: the key of the stamp's HMAC.
        limits: how much of the file is looked at.
    """
    read = _read(content, name, known, secret, limits)
    return replace(
        read,
        form=replace(
            read.form, personal_data=holds_personal_data(content, members=limits.members, part_bytes=limits.part_bytes)
        ),
    )


def read_form(
    content: bytes, name: str, known: KnownRows, secret: bytes, limits: WorkbookLimits = USUAL_LIMITS
) -> ReadForm:
    """Return the form in one file; arguments as `read_attached`."""
    return _read(content, name, known, secret, limits).form


def read_stamp_alone(content: bytes, name: str, limits: WorkbookLimits = USUAL_LIMITS) -> StampCells | None:
    """Return the stamp that one file bears, whoever made it; None if it bears none, or is no workbook.

    Never raises for anything the file holds.
    """
    try:
        return stamp_cells(open_workbook(content, name, limits))
    except WorkbookRefused:
        return None


def _read(content: bytes, name: str, known: KnownRows, secret: bytes, limits: WorkbookLimits) -> FormRead:
    """Return what one file says as a form, with the reason of a refusal in the reader's own terms."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        workbook = open_workbook(content, name, limits)
        return FormRead(form=read_workbook(workbook, digest, name, known, secret))
    except WorkbookRefused as refused:
        form = ReadForm(file_sha256=digest, file_name=name, unreadable=refused.reason)
        return FormRead(form=form, defect=str(refused))


def read_workbook(workbook: Workbook, digest: str, name: str, known: KnownRows, secret: bytes) -> ReadForm:
    """Return the form in a workbook that was opened, or say that there is none.

    Raises:
        WorkbookRefused: a sheet cannot be read.
    """
    stamped = read_stamp(workbook, secret)
    stamp, printed = stamped if stamped is not None else (None, None)
    sent = printed if stamp is not None and stamp.valid else None
    tables = find_tables(workbook, known.headers)
    data, faults = _answers(tables, sent, known)
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
        untouched=_untouched(data, sent, known) and not any(map(_in_an_input_cell, faults)),
    )


def _answers(
    tables: dict[SheetName, Table], sent: Print | None, known: KnownRows
) -> tuple[FormData, tuple[Fault, ...]]:
    """Return everything filled in, and what was found while reading it."""
    faults: list[Fault] = []
    data = FormData()
    indicators, budget = data.indicators, data.budget
    narrative, filled_by = Narrative(), ""
    if (table := tables.get(SheetName.INDICATORS)) is not None:
        indicators, found = read_indicators(table, sent, known)
        faults += found
    if (table := tables.get(SheetName.BUDGET)) is not None:
        budget, found = read_budget(table, sent, known)
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


def _untouched(data: FormData, sent: Print | None, known: KnownRows) -> bool:
    """Say whether no input cell differs from the form as it was sent out."""

    def same_source(answer: IndicatorAnswer) -> bool:
        values = (sent.row(SheetName.INDICATORS, answer.code) if sent is not None else None) or {}
        return answer.data_source.text in {"", values.get("data_source", known.sources.get(answer.code, ""))}

    entries: list[Entry] = [getattr(answer, field) for answer in data.indicators for field in ("actual", *_TEXTS)]
    entries += [entry for answer in data.budget for entry in (answer.spent_idr, answer.output_actual, answer.note)]
    told = data.narrative
    entries += [told.analysis, told.innovation, told.awards, told.recommendation]
    return all(entry.blank for entry in entries) and all(map(same_source, data.indicators))


def open_workbook(content: bytes, name: str, limits: WorkbookLimits) -> Workbook:
    """Return the workbook in some bytes.

    Args:
        content: the file.
        name: its cleaned name; it only tells a damaged workbook from a file that never was one.
        limits: how much is looked at.

    Raises:
        WorkbookRefused: it cannot be read as a workbook; the reason says why.
    """
    if not content.strip(b"\x00\t\r\n "):
        raise WorkbookRefused(Unreadable.EMPTY_FILE, "no bytes")
    kind = file_kinds.file_kind(content, name=name, declared="")
    if (plainly := _plainly_none(kind, name)) is not None:
        raise WorkbookRefused(plainly, kind)
    if len(content) > limits.file_bytes:
        raise WorkbookRefused(Unreadable.TOO_LARGE, f"{len(content)} bytes")
    match kind:
        case file_kinds.XLSX | file_kinds.XLSM:
            return XlsxWorkbook(content, limits)
        case file_kinds.ODS:
            return OdsWorkbook(content, limits)
        case file_kinds.XLSB:
            Package(content, limits)
            return CalamineFile(content, limits, told_by_xlsb(content, limits))
        case file_kinds.XLS:
            return old_workbook(content, limits)
        case file_kinds.LOCKED_OFFICE:
            return XlsxWorkbook(unlocked(content), limits)
        case file_kinds.CSV | file_kinds.TEXT:
            return CsvFile(content, limits, name)
        case file_kinds.ZIP if b"spreadsheetml" in _listing(content, limits):
            return XlsxWorkbook(content, limits)
        case _:
            raise WorkbookRefused(_no_form(kind, name), kind)


def _plainly_none(kind: str, name: str) -> Unreadable | None:
    """Say what a file plainly is, where it is no workbook; a page in brackets may be called one."""
    if kind in _IN_BRACKETS:
        return Unreadable.WEB_PAGE if name.casefold().endswith((*_SUFFIXES, ".xml")) else Unreadable.NOT_A_FORM
    return Unreadable.PICTURE if file_kinds.is_picture(kind) else _NO_WORKBOOK.get(kind)


def _no_form(kind: str, name: str) -> Unreadable:
    """Say why a file of no readable kind is none: only its name says that it should have been a workbook."""
    if name.casefold().endswith(_SUFFIXES):
        return Unreadable.BROKEN
    return Unreadable.ARCHIVE if kind == file_kinds.ZIP else Unreadable.NOT_A_FORM


def _listing(content: bytes, limits: WorkbookLimits) -> bytes:
    """Return the part that tells what a package holds, empty if there is none."""
    try:
        package = Package(content, limits)
        return package.read("[Content_Types].xml") if package.has("[Content_Types].xml") else b""
    except WorkbookRefused:
        return b""
