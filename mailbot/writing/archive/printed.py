"""A table of the archive's papers, written twice: as a sheet of a workbook, and as pages for the binder."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.dates import format_date

from mailbot.writing.packing import steady_package
from mailbot.writing.recap.plans import Plan, Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from mailbot.core.model.office import Office
    from mailbot.writing.print.flowing import Flow

_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>mailbot</dc:creator></cp:coreProperties>'
)
_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of text under headers; `shares` says how wide each column is beside the others, in characters."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    notes: tuple[str, ...] = ()
    """Lines below it, on its sheet."""


def workbook(above: tuple[str, str, str], tables: Sequence[Table], footer: str, page: str) -> bytes:
    """Return tables as XLSX, a sheet each; the same tables give the same bytes."""
    from openpyxl import Workbook  # noqa: PLC0415 - a tenth of a second and 13 MB, for what is made once

    from mailbot.writing.recap.sheet import lay_out  # noqa: PLC0415 - the same

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        plan = Plan(
            above=above,
            headers=list(zip(table.headers, table.shares, strict=True)),
            rows=[Row(values=list(row)) for row in table.rows],
            notes=list(table.notes),
            footer=footer,
            page=page,
        )
        lay_out(book.create_sheet(table.name[:_LONGEST_NAME]), plan)
    packed = io.BytesIO()
    book.save(packed)
    return steady_package(packed.getvalue(), {"docProps/core.xml": _CORE})


def short_day(at: datetime, office: Office) -> str:
    """Return a day in the office's zone, `7 Jan 2026`: its month in letters, lest two moments look like a NIK."""
    return date_words(office.calendar.local(at).date())


def date_words(day: date) -> str:
    """Return a day, `7 Jan 2026`."""
    return format_date(day, "d MMM y", locale="id")


def print_table(flow: Flow, table: Table, *, heading: bool = True) -> None:
    """Set a table down, under its name."""
    if heading:
        flow.heading(table.name, 12)
    flow.table(table.headers, table.rows, table.shares)
