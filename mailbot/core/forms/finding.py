"""A finding as the checks make it: how grave it is, and where it stands (row 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.form import Fault, FaultCode, Severity
from mailbot.core.model.form_layout import HEADERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.core.model.form import Entry

_SEVERITY = {
    FaultCode.SAME_AS_LAST_YEAR: Severity.NOTE,
    FaultCode.ALL_SAME_AS_LAST_YEAR: Severity.WARNING,
    FaultCode.JUMP: Severity.WARNING,
    FaultCode.NARRATIVE_COPIED: Severity.NOTE,
    FaultCode.SOURCE_DIFFERS: Severity.NOTE,
    FaultCode.ABSORPTION_AGAINST_ACHIEVEMENT: Severity.NOTE,
    FaultCode.CUMULATIVE_FELL: Severity.WARNING,
    FaultCode.LEVEL_FELL: Severity.WARNING,
    FaultCode.NOT_WHOLE: Severity.WARNING,
    FaultCode.QUARTER_OVER_YEAR: Severity.WARNING,
    FaultCode.TOTAL_OF_PARTS: Severity.WARNING,
    FaultCode.SAME_AS_LAST_QUARTER: Severity.NOTE,
    FaultCode.ALL_SAME_AS_LAST_QUARTER: Severity.WARNING,
    FaultCode.EVIDENCE_PERSONAL_DATA: Severity.NOTE,
}
"""Everything that is not listed here is a fault."""


def severity_of(code: FaultCode) -> Severity:
    """Return how grave a finding is, unless it is explained."""
    return _SEVERITY.get(code, Severity.FAULT)


def graded(fault: Fault, own: Mapping[FaultCode, Severity]) -> Fault:
    """Return a finding as grave as the office takes it; a warning that was explained stays a note."""
    severity = own.get(fault.code)
    if severity is None or (severity is Severity.WARNING and fault.severity is Severity.NOTE):
        return fault
    return replace(fault, severity=severity)


def finding(  # noqa: PLR0913 - a finding has this many parts
    code: FaultCode,
    row: str,
    field: str,
    entry: Entry,
    *,
    expected: str = "",
    other: str = "",
    explained: bool = False,
) -> Fault:
    """Make a finding at a cell; a warning that the sender has explained in a cell beside it becomes a note."""
    severity = severity_of(code)
    if severity is Severity.WARNING and explained:
        severity = Severity.NOTE
    return Fault(
        code=code,
        severity=severity,
        sheet=entry.sheet,
        cell=entry.cell,
        row=row,
        column=HEADERS.get(field, ""),
        given=entry.text or ("" if entry.value is None else str(entry.value)),
        expected=expected,
        other=other,
    )
