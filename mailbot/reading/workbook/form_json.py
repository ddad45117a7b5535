"""What passes between the daemon and the reader's own process, as JSON: the task goes in, forms and mails come out."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

from mailbot.core.model.form import (
    BudgetAnswer,
    Entry,
    Fault,
    FaultCode,
    FormData,
    IndicatorAnswer,
    Narrative,
    ReadForm,
    Severity,
    Stamp,
)
from mailbot.core.model.form_stamp import StampCells
from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.limits import MailLimits
from mailbot.reading.workbook.answers import KnownRows
from mailbot.reading.workbook.workbook import WorkbookLimits

FRAME = struct.Struct(">II")
"""What a message to the process begins with: the lengths of a name and of a content, which follow."""
A_MAIL = b"\0"
"""What the name begins with where the content is a mail; no file's name holds it. The mail's own task follows."""
A_DOCUMENT = b"\1"
"""What the name is where the content is an edited draft; no file's name holds it."""
A_RETURN = b"\2"
"""What the name begins with where the content came back with a draft; its name and its kind follow, as JSON."""
A_PAPER = b"\3"
"""What the name begins with where the content is a signed paper and what it should be; the question follows."""
PDFS = b"\4"
"""What the name begins with where PDFs are to be joined; how long each is, and its bookmark, follow as JSON."""
A_STAMP = b"\5"
"""What the name begins with where only the stamp of a file is asked for."""
OUT_OF_MEMORY = 77
"""The process ends with this code when a file met the memory limit."""
_NO_ENTRY = Entry()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What the process is started with: whose forms it reads, and how far it may go."""

    rows: KnownRows
    secret: bytes
    limits: WorkbookLimits
    mails: MailLimits
    cpu_seconds: int
    """For one mail, and for one file."""
    memory_bytes: int
    """Address space of the whole process."""


def framed(name: bytes, content: bytes) -> bytes:
    """Return a message to the process."""
    return FRAME.pack(len(name), len(content)) + name + content


def dump_task(task: Task) -> bytes:
    """Return a task as JSON."""
    return as_json(asdict(task) | {"secret": task.secret.hex()})


def load_task(content: bytes) -> Task:
    """Return the task that `dump_task` made the content from."""
    values = json.loads(content)
    rows = values["rows"] | {"budget": tuple(values["rows"]["budget"])}
    made = {"rows": KnownRows(**rows), "limits": WorkbookLimits(**values["limits"])}
    made |= {"mails": MailLimits(**values["mails"])}
    return Task(**values | made | {"secret": bytes.fromhex(values["secret"])})


def dump_form(form: ReadForm) -> dict[str, Any]:
    """Return a read form as plain values."""
    data = form.data
    return {
        "file_sha256": form.file_sha256,
        "file_name": form.file_name,
        "stamp": form.stamp and [form.stamp.cycle, form.stamp.unit, form.stamp.template_version, form.stamp.valid],
        "indicators": [_dump_answer(answer) for answer in data.indicators],
        "budget": [_dump_answer(answer) for answer in data.budget],
        "narrative": _dump_answer(data.narrative),
        "filled_by": data.filled_by,
        "faults": [[getattr(fault, field.name) for field in fields(Fault)] for fault in form.faults],
        "unreadable": form.unreadable,
        "untouched": form.untouched,
        "years": list(form.years),
        "personal_data": form.personal_data,
    }


def load_form(values: dict[str, Any]) -> ReadForm:
    """Return the read form that `dump_form` made the values from.

    Raises:
        KeyError, ValueError, TypeError: the values are of another make.
    """
    data = FormData(
        indicators=tuple(IndicatorAnswer(**_load_answer(answer)) for answer in values["indicators"]),
        budget=tuple(BudgetAnswer(**_load_answer(answer)) for answer in values["budget"]),
        narrative=Narrative(**_load_answer(values["narrative"])),
        filled_by=str(values["filled_by"]),
    )
    stamp = values["stamp"]
    return ReadForm(
        file_sha256=str(values["file_sha256"]),
        file_name=str(values["file_name"]),
        stamp=None if stamp is None else _load_stamp(*stamp),
        data=data,
        faults=tuple(_load_fault(fault) for fault in values["faults"]),
        unreadable=None if values["unreadable"] is None else Unreadable(values["unreadable"]),
        untouched=bool(values["untouched"]),
        years=tuple(map(int, values["years"])),
        personal_data=bool(values["personal_data"]),
    )


def dump_stamp(cells: StampCells | None) -> list[Any] | None:
    """Return the cells of a stamp as plain values."""
    return None if cells is None else [cells.version, cells.cycle, cells.unit, cells.signature, list(cells.lines)]


def load_stamp(values: list[Any] | None) -> StampCells | None:
    """Return the stamp that `dump_stamp` made the values from.

    Raises:
        ValueError, TypeError: the values are of another make.
    """
    if values is None:
        return None
    *cells, lines = values
    version, cycle, unit, signature = map(str, cells)
    told = tuple((str(key), str(text)) for key, text in lines)
    return StampCells(version=version, cycle=cycle, unit=unit, signature=signature, lines=told)


def as_json(values: dict[str, Any]) -> bytes:
    """Return plain values as JSON; ASCII only, so that even a lone surrogate survives."""
    return json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _dump_answer(answer: IndicatorAnswer | BudgetAnswer | Narrative) -> dict[str, Any]:
    """Return one row: its code, and the entries that say anything."""
    return {
        field.name: _dump_entry(part) if isinstance(part, Entry) else part
        for field in fields(answer)
        if (part := getattr(answer, field.name)) != _NO_ENTRY
    }


def _dump_entry(entry: Entry) -> list[Any]:
    """Return one entry."""
    return [None if entry.value is None else str(entry.value), entry.text, entry.sheet, entry.cell, entry.nil]


def _load_answer(values: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of one row."""
    return {name: _load_entry(*part) if isinstance(part, list) else str(part) for name, part in values.items()}


def _load_entry(value: str | None, text: str, sheet: str, cell: str, nil: bool) -> Entry:  # noqa: FBT001 - as dumped
    """Return one entry."""
    number = None if value is None else Decimal(value)
    return Entry(value=number, text=str(text), sheet=str(sheet), cell=str(cell), nil=bool(nil))


def _load_stamp(cycle: str, unit: str, version: int, valid: bool) -> Stamp:  # noqa: FBT001 - as dumped
    """Return the stamp."""
    return Stamp(cycle=str(cycle), unit=str(unit), template_version=int(version), valid=bool(valid))


def _load_fault(values: list[Any]) -> Fault:
    """Return one fault."""
    parts = dict(zip((field.name for field in fields(Fault)), map(str, values), strict=True))
    return Fault(code=FaultCode(parts.pop("code")), severity=Severity(parts.pop("severity")), **parts)
