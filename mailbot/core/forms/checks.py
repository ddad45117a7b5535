"""Whether a form agrees with itself and with what was asked: one ordered list of questions (row 4)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.forms.comparisons import (
    absorption,
    budget_ceiling,
    copied_words,
    falls,
    jumps,
    quarters_in_a_year,
    sameness,
    totals,
    whole_numbers,
)
from mailbot.core.forms.finding import finding, graded, severity_of
from mailbot.core.forms.judging import Filled, filled_by
from mailbot.core.language.nik import holds_nik, masked_fault
from mailbot.core.model.form import Entry, Fault, FaultCode
from mailbot.core.model.form_layout import HEADERS, NARRATIVE_ROWS
from mailbot.core.model.indicators import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import FormArrived
    from mailbot.core.model.form import FormData, IndicatorAnswer
    from mailbot.core.model.indicators import Indicator
    from mailbot.core.model.office import Office

_FIGURES = ("actual", "numerator", "denominator")
_TEXTS = ("enabling_factors", "obstacles", "follow_up", "data_source", "evidence", "remark")
_OF_A_LINE = ("spent_idr", "output_actual", "note")
_EXPLAINED = {"obstacles": FaultCode.OBSTACLES_REQUIRED, "follow_up": FaultCode.FOLLOW_UP_REQUIRED}
"""What is asked under the target, and the finding where it is not told."""
_TYPED = re.compile(r"-?\d+(,\d+)?")
"""A figure as reading proposes it, to be typed as it is; `NIHIL` and words are none."""
_IMPOSSIBLE = frozenset({FaultCode.NEGATIVE, FaultCode.OUT_OF_RANGE})
_UNLIKELY = frozenset(
    {FaultCode.JUMP, FaultCode.CUMULATIVE_FELL, FaultCode.LEVEL_FELL, FaultCode.NOT_WHOLE, FaultCode.QUARTER_OVER_YEAR}
)


def findings_of(cycle: Cycle, fact: FormArrived, data: FormData, office: Office) -> tuple[Fault, ...]:
    """Return the faults of reading and of checking, each place and code once."""
    filled = filled_by(cycle, fact, data, office)
    present = data.codes
    reading = tuple(
        fault for fault in fact.form.faults if not (fault.code is FaultCode.ROW_MISSING and fault.row in present)
    )
    found: dict[tuple[str, ...], Fault] = {}
    for fault in (*reading, *check(filled)):
        found.setdefault((fault.code.value, fault.row, *_place(fault)), graded(fault, office.policy.severity))
    unread = {_place(fault) for fault in reading if fault.cell or fault.column}
    return tuple(
        masked_fault(_true_proposal(fault, filled))
        for fault in found.values()
        if not (fault.code is FaultCode.REQUIRED_EMPTY and _place(fault) in unread)
        and not (fault.code is FaultCode.ROW_MISSING and not fault.row)
    )


def _true_proposal(fault: Fault, filled: Filled) -> Fault:
    """Leave out a proposal for a realisasi that would itself be sent back: out of its range, or not whole."""
    indicator = next((asked for asked, _ in filled.rows() if asked.code == fault.row), None)
    figure = fault.column == HEADERS["actual"] and _TYPED.fullmatch(fault.proposal)
    if indicator is None or not figure:
        return fault
    value = Decimal(fault.proposal.replace(",", "."))
    broken = indicator.counts and value != value.to_integral_value()
    return replace(fault, proposal="") if broken or _outside(value, *_possible(indicator)) else fault


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


def missing_rows(filled: Filled) -> Iterator[Fault]:
    """Every indicator and budget line asked is there."""
    answered = filled.data.codes
    names = {indicator.code: indicator.name for indicator in filled.office.asked_indicators(filled.unit, filled.period)}
    names |= {line.code: line.name for line in filled.office.asked_budget(filled.unit, filled.period)}
    for code, name in names.items():
        if code not in answered:
            yield Fault(code=FaultCode.ROW_MISSING, row=code, expected=name)


def required(filled: Filled) -> Iterator[Fault]:
    """Realisasi and what the office wants beside it are filled in; blank is not zero, NIHIL needs no evidence."""
    for indicator, answer in filled.rows():
        for field in ("actual", *filled.office.policy.required):
            entry: Entry = getattr(answer, field)
            blank = not filled.evidenced(indicator, answer) if field == "evidence" else entry.blank
            if not blank or (field != "actual" and answer.actual.nil):
                continue
            if field == "enabling_factors" and _far_over(filled, indicator, answer):
                continue  # asked for by `explanations`, in words of its own
            code = FaultCode.EVIDENCE_MISSING if field == "evidence" else FaultCode.REQUIRED_EMPTY
            yield finding(code, indicator.code, field, entry)
    for line, spent, _ in filled.budget_lines():
        if spent.blank:
            yield finding(FaultCode.REQUIRED_EMPTY, line.code, "spent_idr", spent)
    for line, made in filled.outputs():
        if made.blank and made.cell:  # a form of an older template has no such cell, and lines of a mail need not tell
            yield finding(FaultCode.REQUIRED_EMPTY, line.code, "output_actual", made)


def ranges(filled: Filled) -> Iterator[Fault]:
    """A value lies where it can lie: not negative, and inside the indicator's own range."""
    for indicator, answer in filled.rows():
        value = answer.actual.value
        low, high = indicator.minimum, indicator.maximum
        if value is None:
            continue
        if value < 0 and (low is None or low >= 0):
            yield finding(FaultCode.NEGATIVE, indicator.code, "actual", answer.actual)
        elif _outside(value, low, high):
            bounds = _bounds(low, high)
            yield finding(FaultCode.OUT_OF_RANGE, indicator.code, "actual", answer.actual, expected=bounds)
    for line, spent, _ in filled.budget_lines():
        if spent.value is not None and spent.value < 0:
            yield finding(FaultCode.NEGATIVE, line.code, "spent_idr", spent)
    for line, made in filled.outputs():
        if made.value is not None and made.value < 0:
            yield finding(FaultCode.NEGATIVE, line.code, "output_actual", made)


def _outside(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    """Say whether a value lies below or above what is possible; either end may be open."""
    return (low is not None and value < low) or (high is not None and value > high)


def _possible(indicator: Indicator) -> tuple[Decimal | None, Decimal | None]:
    """Return the ends of what an indicator can be: from zero upward, unless it is told to reach lower."""
    return Decimal(0) if indicator.minimum is None else indicator.minimum, indicator.maximum


def _bounds(low: Decimal | None, high: Decimal | None) -> str:
    """Return what is possible as the words about a finding read it: `low|high`."""
    return f"{'' if low is None else low}|{'' if high is None else high}"


def ratios(filled: Filled) -> Iterator[Fault]:
    """Pembilang over penyebut is possible, whatever the realisasi is, and is the realisasi where that is a number.

    An impossible one proposes nothing for the realisasi: it would be sent back in its turn.
    """
    for indicator, answer in filled.rows():
        above, below, value = answer.numerator.value, answer.denominator.value, answer.actual.value
        if below is not None and below <= 0:
            yield finding(FaultCode.DENOMINATOR_ZERO, indicator.code, "denominator", answer.denominator)
        elif above is not None and below is not None:
            computed = rounded(above / below * indicator.scale)
            low, high = _possible(indicator)
            if _outside(computed, low, high):
                bounds, code = _bounds(low, high), FaultCode.RATIO_OUT_OF_RANGE
                for field in ("numerator", "denominator"):
                    place: Entry = getattr(answer, field)
                    yield finding(code, indicator.code, field, place, expected=bounds, other=str(computed))
            elif value is not None and abs(computed - value) > filled.limit(indicator, "ratio_tolerance"):
                yield finding(FaultCode.RATIO_MISMATCH, indicator.code, "actual", answer.actual, expected=str(computed))


def explanations(filled: Filled) -> Iterator[Fault]:
    """Under the target: obstacle and follow-up (for NIHIL one written reason); far over it: how that came about.

    What says nothing (`-`, `tidak ada`, `idem`) explains nothing.
    """
    for indicator, answer in filled.rows():
        if filled.missed(indicator, answer):
            yield from _under_target(filled, indicator, answer)
        elif _far_over(filled, indicator, answer) and not any(
            map(filled.explains, (answer.remark, answer.enabling_factors))
        ):
            reached, place = filled.reached(indicator, answer), answer.enabling_factors
            code = FaultCode.EXPLANATION_OVER_TARGET
            yield finding(code, indicator.code, "enabling_factors", place, expected=str(reached))


def _under_target(filled: Filled, indicator: Indicator, answer: IndicatorAnswer) -> Iterator[Fault]:
    """Ask for what explains an achievement under the target; of a target of 0 the realised value is told instead."""
    if answer.actual.nil and any(map(filled.explains, (answer.obstacles, answer.follow_up, answer.remark))):
        return
    reached = filled.reached(indicator, answer)
    told = str(answer.actual.value if reached is None else reached)
    for field, code in _EXPLAINED.items():
        entry: Entry = getattr(answer, field)
        if not filled.explains(entry) and (field == "obstacles" or not answer.actual.nil):
            missed = FaultCode.ZERO_MISSED if reached is None else code
            yield finding(missed, indicator.code, field, entry, expected=told)


def _far_over(filled: Filled, indicator: Indicator, answer: IndicatorAnswer) -> bool:
    """Say whether an achievement lies so far over the target that it is asked about."""
    reached = filled.reached(indicator, answer)
    return reached is not None and reached > filled.limit(indicator, "explain_above_pct")


def evidence(filled: Filled) -> Iterator[Fault]:
    """Evidence named in the form is attached, where the office asks for that; a link needs no file."""
    if not filled.office.policy.evidence_attached or filled.attached:
        return
    for indicator, answer in filled.rows():
        if not answer.evidence.blank and "://" not in answer.evidence.text:
            yield finding(FaultCode.EVIDENCE_NOT_ATTACHED, indicator.code, "evidence", answer.evidence)


def sources(filled: Filled) -> Iterator[Fault]:
    """A unit that names another source than the configured one is right, and it is told."""
    for indicator, answer in filled.rows():
        own, usual = (" ".join(text.casefold().split()) for text in (answer.data_source.text, indicator.data_source))
        if own and usual not in own:
            code, entry = FaultCode.SOURCE_DIFFERS, answer.data_source
            yield finding(code, indicator.code, "data_source", entry, expected=indicator.data_source)


def personal_data(filled: Filled) -> Iterator[Fault]:
    """No NIK stands in the form; aggregates are enough (UU 27/2022). The finding does not repeat the number."""
    fields = (*_FIGURES, *_TEXTS)
    texts = [(row.code, field, getattr(row, field)) for row in filled.data.indicators for field in fields]
    texts += [(row.code, field, getattr(row, field)) for row in filled.data.budget for field in _OF_A_LINE]
    told = filled.data.narrative
    texts += [(code, "answer", getattr(told, field)) for code, field in NARRATIVE_ROWS.items() if hasattr(told, field)]
    for code, field, entry in texts:
        if entry.value is None and holds_nik(entry.text):
            yield finding(FaultCode.PERSONAL_DATA, code, field, Entry(sheet=entry.sheet, cell=entry.cell))


def personal_evidence(filled: Filled) -> Iterator[Fault]:
    """No NIK stands in the evidence that came along; such a file is held back, and the form is judged for itself."""
    for name in dict.fromkeys(filled.held):
        yield Fault(
            code=FaultCode.EVIDENCE_PERSONAL_DATA, severity=severity_of(FaultCode.EVIDENCE_PERSONAL_DATA), given=name
        )


QUESTIONS: tuple[Callable[[Filled], Iterator[Fault]], ...] = (
    missing_rows,
    required,
    ranges,
    ratios,
    totals,
    explanations,
    budget_ceiling,
    evidence,
    whole_numbers,
    falls,
    quarters_in_a_year,
    jumps,
    sameness,
    copied_words,
    absorption,
    sources,
    personal_data,
    personal_evidence,
)
"""The checks, in the order their findings are told."""
