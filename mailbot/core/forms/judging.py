"""Whether a readable form is the one that was asked, and everything found in it: questions without consequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.forms.check_context import Filled
from mailbot.core.forms.checks import check
from mailbot.core.forms.privacy import masked_fault
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.form import FaultCode, FormData, Unreadable
from mailbot.core.model.letters import Change

if TYPE_CHECKING:
    from mailbot.core.model.evidence import Evidence
    from mailbot.core.model.facts import FormArrived
    from mailbot.core.model.form import Entry, Fault, Submission
    from mailbot.core.model.office import Office

_BLANK = frozenset({FaultCode.REQUIRED_EMPTY, FaultCode.EVIDENCE_MISSING, FaultCode.ROW_MISSING})
"""What is found in a row that nobody has filled in yet."""


def blank_rows(data: FormData, findings: tuple[Fault, ...]) -> tuple[str, ...]:
    """Return the codes of rows in which nothing at all was filled in, or which are not in the form."""
    rows = [answer.code for answer in data.indicators if answer.actual.blank and answer.numerator.blank]
    rows += [answer.code for answer in data.budget if answer.spent_idr.blank]
    rows += [fault.row for fault in findings if fault.code is FaultCode.ROW_MISSING]
    return tuple(dict.fromkeys(rows))


def wrong_form(cycle: Cycle, fact: FormArrived, office: Office) -> Unreadable | None:
    """Say why a readable form is not the one that was asked, or None."""
    stamp = fact.form.stamp
    if stamp is not None and stamp.valid and stamp.cycle != cycle.key:
        return Unreadable.WRONG_CYCLE
    if fact.form.years and cycle.period.year not in fact.form.years:
        return Unreadable.WRONG_CYCLE
    if stamp is not None and stamp.valid and stamp.unit != fact.unit:
        return Unreadable.WRONG_UNIT
    told = [fault for fault in fact.form.faults if fault.code not in _BLANK]
    if fact.form.untouched or (fact.form.data.blank and not told):
        return Unreadable.UNFILLED
    asked = {one.code for one in office.asked_indicators(fact.unit, cycle.period)}
    asked |= {one.code for one in office.asked_budget(fact.unit, cycle.period)}
    answered = fact.form.data.codes
    return Unreadable.WRONG_UNIT if answered and not answered & asked else None


def joined(form: UnitForm, data: FormData) -> FormData:
    """Lay a later part over an earlier accepted part: what is filled in now wins, the rest stays."""
    earlier = form.counting if form.state is UnitState.PARTIAL else None
    if earlier is None:
        return data
    old = earlier.data
    indicators = {row.code: row for row in (*data.indicators, *old.indicators)}
    budget = {row.code: row for row in (*data.budget, *old.budget)}
    indicators |= {row.code: row for row in data.indicators if not row.actual.blank}
    budget |= {row.code: row for row in data.budget if not row.spent_idr.blank}
    return FormData(
        indicators=tuple(indicators.values()),
        budget=tuple(budget.values()),
        narrative=data.narrative.over(old.narrative),
        filled_by=data.filled_by or old.filled_by,
    )


def findings_of(cycle: Cycle, fact: FormArrived, data: FormData, office: Office) -> tuple[Fault, ...]:
    """Return the faults of reading and of checking, each place and code once."""
    filled = Filled(
        data=data,
        unit=fact.unit,
        period=cycle.period,
        office=office,
        last=fact.last,
        attached=tuple(one.file_name for one in (*_earlier(cycle, fact), *fact.evidence)),
        held=tuple(one.file_name for one in fact.evidence if one.held),
    )
    present = data.codes
    reading = tuple(
        fault for fault in fact.form.faults if not (fault.code is FaultCode.ROW_MISSING and fault.row in present)
    )
    found: dict[tuple[str, ...], Fault] = {}
    for fault in (*reading, *check(filled)):
        found.setdefault((fault.code.value, fault.row, *_place(fault)), fault)
    unread = {_place(fault) for fault in reading if fault.cell or fault.column}
    return tuple(
        masked_fault(fault)
        for fault in found.values()
        if not (fault.code is FaultCode.REQUIRED_EMPTY and _place(fault) in unread)
        and not (fault.code is FaultCode.ROW_MISSING and not fault.row)
    )


def _earlier(cycle: Cycle, fact: FormArrived) -> tuple[Evidence, ...]:
    """Return the evidence a unit sent with earlier mails: it is not asked for again."""
    form = cycle.form_of(fact.unit)
    return form.evidence if form is not None else ()


def _place(fault: Fault) -> tuple[str, str, str]:
    """Return where a finding stands: its cell; without one, as in a mail's lines, its row and column."""
    return (fault.sheet, fault.cell, "") if fault.cell else ("", fault.row, fault.column)


def only_blank(fault: Fault, open_rows: tuple[str, ...]) -> bool:
    """Say whether a finding only says that a row is still to be filled in."""
    return fault.code in _BLANK and fault.row in open_rows


def differences(before: Submission, now: Submission) -> tuple[Change, ...]:
    """Return every figure that stood in the former submission and is another one now."""
    old, new = _figures(before), _figures(now)
    moved = (code for code in new if old.get(code, "") not in {"", new[code]})
    return tuple(Change(code=code, old=old[code], new=new[code]) for code in moved)


def _figures(submission: Submission) -> dict[str, str]:
    """Return every realised value and every spending of a form as text, by code; empty for a blank."""
    cells = {row.code: row.actual for row in submission.data.indicators}
    cells |= {row.code: row.spent_idr for row in submission.data.budget}
    return {code: _figure(cell) for code, cell in cells.items()}


def _figure(cell: Entry) -> str:
    """Return one figure as text: NIHIL, the number, or nothing."""
    if cell.nil:
        return "NIHIL"
    return "" if cell.value is None else str(cell.value)
