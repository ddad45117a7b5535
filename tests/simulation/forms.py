"""A form as a small file: the core's own values as JSON, signed as the real stamp is; and how staff fill it in."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from mailbot.core.model.form import BudgetAnswer, Entry, Fault, FaultCode, FormData, IndicatorAnswer, ReadForm, Stamp
from mailbot.core.model.form_stamp import holds, sign
from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.read_form import read_form
from mailbot.rehearsal.figures import planned_figures, written_figure
from mailbot.rehearsal.filling import Script, fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.core.model.indicators import Period
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.office import Office

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_VERSION = "1"
_HEADS = ((b"%PDF", Unreadable.PDF), (b"PK", Unreadable.BROKEN), (b"\x89PNG", Unreadable.PICTURE))
_TEXTS = ("enabling_factors", "obstacles", "follow_up", "data_source", "evidence", "remark")


class Slip(StrEnum):
    """What somebody does wrong inside a form."""

    NONE = "none"
    IN_WORDS = "in_words"
    UNEXPLAINED = "unexplained"
    OVER_BUDGET = "over_budget"
    NEGATIVE = "negative"
    ROW_LEFT_OPEN = "row_left_open"
    UNFILLED = "unfilled"


class Forms(Protocol):
    """Forms as staff and clerk have them."""

    def filled(self, blank: bytes, unit: str, slip: Slip, spent_pct: int) -> bytes:
        """Fill a form in, with one slip; `spent_pct` of every ceiling was spent."""

    def read(self, files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
        """Read attachments as forms."""


def blank_form(office: Office, cycle: str, unit: str, secret: bytes) -> bytes:
    """Make the small form of one unit, open in every cell."""
    signature = sign(secret, cycle, unit, _VERSION, ())
    period = office.plan(cycle).period
    form = {
        "cycle": cycle,
        "unit": unit,
        "signature": signature,
        "indicators": {one.code: {} for one in office.asked_indicators(unit, period)},
        "budget": {one.code: "" for one in office.asked_budget(unit, period)},
    }
    return json.dumps(form, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainForms:
    """Small forms, for quick runs."""

    office: Office
    secret: bytes

    def filled(self, blank: bytes, unit: str, slip: Slip, spent_pct: int) -> bytes:
        """Fill a form in."""
        form: dict[str, Any] = json.loads(blank)
        if slip is Slip.UNFILLED:
            return blank
        reached, spent = planned_figures(self.office, form["unit"], self.office.plan(form["cycle"]).period, spent_pct)
        told = {"enabling_factors": "Layanan daring", "data_source": "SIAK", "evidence": "Rekap.pdf"}
        form["indicators"] = {code: {"actual": str(value), **told} for code, value in reached.items()}
        form["budget"] = {code: str(value) for code, value in spent.items()}
        _spoil(form, slip)
        return json.dumps(form | {"filled_by": unit}, separators=(",", ":")).encode()

    def read(self, files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
        """Read attachments as forms."""
        return tuple(self._read(one) for one in files)

    def _read(self, file: Attachment) -> ReadForm:
        """Read one attachment, with its stamp and what of it is no number."""
        digest = hashlib.sha256(file.content).hexdigest()
        reason = next((why for head, why in _HEADS if file.content.startswith(head)), None)
        if not file.content:
            reason = Unreadable.EMPTY_FILE
        elif reason is None and not file.content.startswith(b'{"cycle"'):
            reason = Unreadable.NOT_A_FORM
        if reason is not None:
            return ReadForm(file_sha256=digest, file_name=file.name, unreadable=reason)
        form: dict[str, Any] = json.loads(file.content)
        valid = holds(self.secret, form["signature"], form["cycle"], form["unit"], _VERSION, ())
        data, faults = _data(form)
        return ReadForm(
            file_sha256=digest,
            file_name=file.name,
            stamp=Stamp(cycle=form["cycle"], unit=form["unit"], template_version=1, valid=valid),
            data=data,
            faults=faults,
            untouched="filled_by" not in form,
        )


def _spoil(form: dict[str, Any], slip: Slip) -> None:
    """Put one slip into a form that is in order: into its first indicator, or its first budget line."""
    first = next(iter(form["indicators"]), "")
    line = next(iter(form["budget"]), "")
    row: dict[str, str] = form["indicators"].get(first, {})
    if slip is Slip.OVER_BUDGET and line:
        form["budget"][line] = str(Decimal(form["budget"][line]) * 10)
    elif slip is Slip.ROW_LEFT_OPEN:
        form["indicators"][first] = {}
    elif slip is Slip.IN_WORDS:
        row["actual"] = "hampir seratus"
    elif slip is Slip.NEGATIVE:
        row["actual"] = "-1"
    elif slip is Slip.UNEXPLAINED:
        row.pop("enabling_factors", None)


def _data(form: Mapping[str, Any]) -> tuple[FormData, tuple[Fault, ...]]:
    """Return the values of a form, and a fault for every figure that is none."""
    faults: list[Fault] = []

    def figure(code: str, text: str, sheet: str, cell: str) -> Entry:
        try:
            value = Decimal(text) if text else None
        except InvalidOperation:
            value = None
            faults.append(Fault(code=FaultCode.NOT_A_NUMBER, sheet=sheet, cell=cell, row=code, given=text))
        return Entry(value=value, text=text, sheet=sheet, cell=cell)

    indicators = tuple(
        IndicatorAnswer(
            code=code,
            actual=figure(code, row.get("actual", ""), "Indikator", f"J{place}"),
            **{name: Entry(text=row.get(name, ""), sheet="Indikator", cell=f"K{place}") for name in _TEXTS},
        )
        for place, (code, row) in enumerate(form["indicators"].items(), 7)
    )
    budget = tuple(
        BudgetAnswer(code=code, spent_idr=figure(code, text, "Anggaran", f"E{place}"))
        for place, (code, text) in enumerate(form["budget"].items(), 6)
    )
    data = FormData(indicators=indicators, budget=budget, filled_by=form.get("filled_by", ""))
    return data, tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class RealForms:
    """The real workbooks, filled through openpyxl as by hand and read by the real reader, for faithful runs."""

    office: Office
    secret: bytes
    script: Script
    period: Period

    def filled(self, blank: bytes, unit: str, slip: Slip, spent_pct: int) -> bytes:
        """Fill a form in; the hand knows two slips, a figure in words and money over the ceiling."""
        if slip is Slip.UNFILLED:
            return blank
        mistakes = {Slip.NONE: 0, Slip.OVER_BUDGET: 2}.get(slip, 1)
        return fill(blank, script_for(self.script, self.office, unit, self.period, spent_pct), mistakes=mistakes)

    def read(self, files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
        """Read attachments as forms."""
        return tuple(read_form(one.content, one.name, known_rows(self.office), self.secret) for one in files)


def script_for(script: Script, office: Office, unit: str, period: Period, spent_pct: int) -> Script:
    """Return what staff know of any office: its targets reached, its money spent, and the script's own sentences."""
    reached, spent = planned_figures(office, unit, period, spent_pct)
    known = {
        "realisasi": {code: written_figure(office.indicator(code), value) for code, value in reached.items()},
        "anggaran": {code: int(value) for code, value in spent.items()},
    }
    return Script(words={**script.words, **known})
