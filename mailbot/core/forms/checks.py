"""Whether a form agrees with itself, with what was asked and with what was known before: one ordered list (row 4)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.forms.judging import Filled, filled_by
from mailbot.core.language.nik import holds_nik, masked_fault
from mailbot.core.model.form import Entry, Fault, FaultCode, Severity
from mailbot.core.model.form_layout import HEADERS, NARRATIVE_ROWS
from mailbot.core.model.indicators import Aggregation, Polarity, absorption_pct, mean_pct, rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import FormArrived
    from mailbot.core.model.form import FormData, IndicatorAnswer
    from mailbot.core.model.indicators import Indicator
    from mailbot.core.model.office import Office

_HUNDRED = Decimal(100)
_FIGURES = ("actual", "numerator", "denominator")
_TEXTS = ("enabling_factors", "obstacles", "follow_up", "data_source", "evidence", "remark")
_SEVERITY = {
    FaultCode.SAME_AS_LAST_YEAR: Severity.NOTE,
    FaultCode.ALL_SAME_AS_LAST_YEAR: Severity.WARNING,
    FaultCode.JUMP: Severity.WARNING,
    FaultCode.ABSORPTION_AGAINST_ACHIEVEMENT: Severity.NOTE,
    FaultCode.CUMULATIVE_FELL: Severity.WARNING,
    FaultCode.EVIDENCE_PERSONAL_DATA: Severity.NOTE,
}
"""Everything that is not listed here is a fault."""
_IMPOSSIBLE = frozenset({FaultCode.NEGATIVE, FaultCode.OUT_OF_RANGE})
_UNLIKELY = frozenset({FaultCode.JUMP, FaultCode.CUMULATIVE_FELL})


def findings_of(cycle: Cycle, fact: FormArrived, data: FormData, office: Office) -> tuple[Fault, ...]:
    """Return the faults of reading and of checking, each place and code once."""
    filled = filled_by(cycle, fact, data, office)
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


def _place(fault: Fault) -> tuple[str, str, str]:
    """Return where a finding stands: its cell; without one, as in a mail's lines, its row and column."""
    return (fault.sheet, fault.cell, "") if fault.cell else ("", fault.row, fault.column)


def check(filled: Filled) -> tuple[Fault, ...]:
    """Ask every question of the list; a warning with a written reason beside it becomes a note.

    What is said of an impossible value is said once: it needs no further warning.
    """
    found = [fault for question in QUESTIONS for fault in question(filled)]
    impossible = {fault.row for fault in found if fault.code in _IMPOSSIBLE}
    return tuple(fault for fault in found if not (fault.row in impossible and fault.code in _UNLIKELY))


def _fault(  # noqa: PLR0913 - a finding has this many parts
    code: FaultCode,
    row: str,
    field: str,
    entry: Entry,
    *,
    expected: str = "",
    other: str = "",
    reason: Entry | None = None,
) -> Fault:
    """Make a finding at a cell; `reason` is the cell where the sender may have explained a warning."""
    severity = _SEVERITY.get(code, Severity.FAULT)
    if severity is Severity.WARNING and reason is not None and not reason.blank:
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


def missing_rows(filled: Filled) -> Iterator[Fault]:
    """Every indicator and budget line asked is there."""
    answered = filled.data.codes
    names = {indicator.code: indicator.name for indicator in filled.office.asked_indicators(filled.unit, filled.period)}
    names |= {line.code: line.name for line in filled.office.asked_budget(filled.unit, filled.period)}
    for code, name in names.items():
        if code not in answered:
            yield Fault(code=FaultCode.ROW_MISSING, row=code, expected=name)


def required(filled: Filled) -> Iterator[Fault]:
    """Realisasi, faktor pendukung, sumber and data dukung are filled in; blank is not zero, NIHIL needs no evidence."""
    for indicator, answer in filled.rows():
        for field in ("actual", "enabling_factors", "data_source", "evidence"):
            entry: Entry = getattr(answer, field)
            if not entry.blank or (field != "actual" and answer.actual.nil):
                continue
            if field == "enabling_factors" and _far_over(filled, indicator, answer):
                continue  # asked for by `explanations`, in words of its own
            code = FaultCode.EVIDENCE_MISSING if field == "evidence" else FaultCode.REQUIRED_EMPTY
            yield _fault(code, indicator.code, field, entry)
    for line, spent, _ in filled.budget_lines():
        if spent.blank:
            yield _fault(FaultCode.REQUIRED_EMPTY, line.code, "spent_idr", spent)


def ranges(filled: Filled) -> Iterator[Fault]:
    """A value lies where it can lie: not negative, and inside the indicator's own range."""
    for indicator, answer in filled.rows():
        value = answer.actual.value
        low, high = indicator.minimum, indicator.maximum
        if value is None:
            continue
        if value < 0 and (low is None or low >= 0):
            yield _fault(FaultCode.NEGATIVE, indicator.code, "actual", answer.actual)
        elif (low is not None and value < low) or (high is not None and value > high):
            bounds = f"{'' if low is None else low}|{'' if high is None else high}"
            yield _fault(FaultCode.OUT_OF_RANGE, indicator.code, "actual", answer.actual, expected=bounds)
    for line, spent, _ in filled.budget_lines():
        if spent.value is not None and spent.value < 0:
            yield _fault(FaultCode.NEGATIVE, line.code, "spent_idr", spent)


def ratios(filled: Filled) -> Iterator[Fault]:
    """Pembilang over penyebut gives the realisasi, where both were filled in."""
    for indicator, answer in filled.rows():
        above, below, value = answer.numerator.value, answer.denominator.value, answer.actual.value
        if below is not None and below <= 0:
            yield _fault(FaultCode.DENOMINATOR_ZERO, indicator.code, "denominator", answer.denominator)
        elif above is not None and below is not None and value is not None:
            computed = rounded(above / below * indicator.scale)
            if abs(computed - value) > filled.limit(indicator, "ratio_tolerance"):
                yield _fault(FaultCode.RATIO_MISMATCH, indicator.code, "actual", answer.actual, expected=str(computed))


def explanations(filled: Filled) -> Iterator[Fault]:
    """Under the target: obstacle and follow-up (for NIHIL one written reason); far over it: how that came about."""
    for indicator, answer in filled.rows():
        reached = filled.reached(indicator, answer)
        if reached is None:
            continue
        if reached < filled.limit(indicator, "explain_below_pct"):
            yield from _under_target(indicator.code, answer, reached)
        elif _far_over(filled, indicator, answer) and answer.remark.blank and answer.enabling_factors.blank:
            place = answer.enabling_factors
            code = FaultCode.EXPLANATION_OVER_TARGET
            yield _fault(code, indicator.code, "enabling_factors", place, expected=str(reached))


def _under_target(code: str, answer: IndicatorAnswer, reached: Decimal) -> Iterator[Fault]:
    """Ask for what explains an achievement under the target."""
    explained = any(not entry.blank for entry in (answer.obstacles, answer.follow_up, answer.remark))
    if answer.actual.nil and explained:
        return
    if answer.obstacles.blank:
        yield _fault(FaultCode.OBSTACLES_REQUIRED, code, "obstacles", answer.obstacles, expected=str(reached))
    if answer.follow_up.blank and not answer.actual.nil:
        yield _fault(FaultCode.FOLLOW_UP_REQUIRED, code, "follow_up", answer.follow_up, expected=str(reached))


def _far_over(filled: Filled, indicator: Indicator, answer: IndicatorAnswer) -> bool:
    """Say whether an achievement lies so far over the target that it is asked about."""
    reached = filled.reached(indicator, answer)
    return reached is not None and reached > filled.limit(indicator, "explain_above_pct")


def budget_ceiling(filled: Filled) -> Iterator[Fault]:
    """Nothing is spent over its pagu."""
    for line, spent, _ in filled.budget_lines():
        ceiling = line.budget_idr[filled.period.year]
        if spent.value is not None and spent.value > ceiling:
            yield _fault(FaultCode.SPENT_OVER_BUDGET, line.code, "spent_idr", spent, expected=str(ceiling))


def evidence(filled: Filled) -> Iterator[Fault]:
    """Evidence named in the form is attached, where the office asks for that; a link needs no file."""
    if not filled.office.policy.evidence_attached or filled.attached:
        return
    for indicator, answer in filled.rows():
        if not answer.evidence.blank and "://" not in answer.evidence.text:
            yield _fault(FaultCode.EVIDENCE_NOT_ATTACHED, indicator.code, "evidence", answer.evidence)


def sameness(filled: Filled) -> Iterator[Fault]:
    """A year's value equal to the year before is noted, a whole form of them asked about; the target may stay."""
    if filled.period.quarter:
        return
    rows = [(indicator, answer, filled.before(indicator)) for indicator, answer in filled.rows()]
    comparable = [row for row in rows if row[1].actual.value is not None and row[2] is not None]
    same = [(indicator, answer) for indicator, answer, before in comparable if before == answer.actual.value]
    told = [row for row in same if row[1].actual.value != row[0].target(filled.period)]
    if told and len(same) == len(comparable) > 1:
        indicator, answer = told[0]
        yield _fault(FaultCode.ALL_SAME_AS_LAST_YEAR, indicator.code, "actual", answer.actual, reason=answer.remark)
        return
    for indicator, answer in told:
        yield _fault(FaultCode.SAME_AS_LAST_YEAR, indicator.code, "actual", answer.actual)


def jumps(filled: Filled) -> Iterator[Fault]:
    """A value does not leap beyond the indicator's own history without a word about it."""
    for indicator, answer in filled.rows():
        value, before = answer.actual.value, filled.before(indicator)
        if value is None or not before:
            continue
        limit = filled.limit(indicator, "jump_limit_pct")
        promised = abs((indicator.target(filled.period) or Decimal(0)) - before)
        if abs(value - before) > max(abs(before) * limit / _HUNDRED, 2 * promised):
            code = FaultCode.JUMP
            yield _fault(code, indicator.code, "actual", answer.actual, other=str(before), reason=answer.remark)


def falls(filled: Filled) -> Iterator[Fault]:
    """Within a year, a higher-is-better value that runs on (agregasi `last`) does not fall below the last quarter's."""
    for indicator, answer in filled.rows():
        value, before = answer.actual.value, filled.last.get(indicator.code)
        runs_on = indicator.aggregation is Aggregation.LAST and indicator.polarity is Polarity.UP
        if runs_on and value is not None and before is not None and value < before:
            code = FaultCode.CUMULATIVE_FELL
            yield _fault(code, indicator.code, "actual", answer.actual, other=str(before), reason=answer.remark)


def absorption(filled: Filled) -> Iterator[Fault]:
    """Money spent and targets reached tell the same story; a wide gap over a whole year is noted."""
    lines = list(filled.budget_lines())
    if filled.period.quarter or any(spent.blank for _, spent, _ in lines) or any(budget_ceiling(filled)):
        return
    budget = sum((line.budget_idr[filled.period.year] for line, _, _ in lines), start=Decimal(0))
    absorbed = absorption_pct(budget, sum((spent.value or Decimal(0) for _, spent, _ in lines), start=Decimal(0)))
    reached = mean_pct((filled.reached(*row) for row in filled.rows()), _HUNDRED)
    gap = filled.office.policy.absorption_gap_points
    if absorbed is not None and reached is not None and abs(absorbed - reached) > gap:
        line, spent, _ = lines[0]
        code = FaultCode.ABSORPTION_AGAINST_ACHIEVEMENT
        yield _fault(code, line.code, "spent_idr", spent, expected=str(reached), other=str(absorbed))


def personal_data(filled: Filled) -> Iterator[Fault]:
    """No NIK stands in the form; aggregates are enough (UU 27/2022). The finding does not repeat the number."""
    fields = (*_FIGURES, *_TEXTS)
    texts = [(row.code, field, getattr(row, field)) for row in filled.data.indicators for field in fields]
    texts += [(row.code, field, getattr(row, field)) for row in filled.data.budget for field in ("spent_idr", "note")]
    told = filled.data.narrative
    texts += [(code, "answer", getattr(told, field)) for code, field in NARRATIVE_ROWS.items() if hasattr(told, field)]
    for code, field, entry in texts:
        if entry.value is None and holds_nik(entry.text):
            yield _fault(FaultCode.PERSONAL_DATA, code, field, Entry(sheet=entry.sheet, cell=entry.cell))


def personal_evidence(filled: Filled) -> Iterator[Fault]:
    """No NIK stands in the evidence that came along; such a file is held back, and the form is judged for itself."""
    for name in dict.fromkeys(filled.held):
        yield Fault(
            code=FaultCode.EVIDENCE_PERSONAL_DATA, severity=_SEVERITY[FaultCode.EVIDENCE_PERSONAL_DATA], given=name
        )


QUESTIONS: tuple[Callable[[Filled], Iterator[Fault]], ...] = (
    missing_rows,
    required,
    ranges,
    ratios,
    explanations,
    budget_ceiling,
    evidence,
    falls,
    jumps,
    sameness,
    absorption,
    personal_data,
    personal_evidence,
)
"""The checks, in the order their findings are told."""
