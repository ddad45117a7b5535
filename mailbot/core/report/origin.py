"""Where a figure of the report comes from: the form and cell it was read in, or the figures it is made of (ASAL)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.forms.judging import blank_rows, differences
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.form import Severity
from mailbot.core.model.form_layout import code_key
from mailbot.core.model.indicators import Period
from mailbot.core.model.people import Role
from mailbot.core.report.analysis import analyse
from mailbot.core.report.money import summed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from decimal import Decimal

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.form import Entry, Fault, Submission
    from mailbot.core.model.office import Office
    from mailbot.core.report.analysis import Analysis, BudgetResult, IndicatorResult

TOTAL = "TOTAL"
"""Stands where a code would stand, for the figures of the whole office."""
_ALIKE = 0.6
"""So much of a code must be right for the nearest one to be offered."""


class Counts(StrEnum):
    """Why a form counts, as far as the cycle itself shows it."""

    IN_ORDER = "in_order"
    """The checks found nothing, or nothing but notes."""
    EXPLAINED = "explained"
    """Warnings passed, for a written reason stands beside each."""
    BY_PLANNING = "by_planning"
    """Subbag Program accepted it in spite of faults."""
    BY_HEAD = "by_head"
    """Its sender is on nobody's list, and the unit's head vouched for it (BENAR)."""
    CHOSEN = "chosen"
    """It differs from another one, and the unit's head said that it is right (BENAR)."""
    LATER = "later"
    """It took the place of an earlier form that counted."""
    PART = "part"
    """It is a part of what the unit is asked, and the rest is still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The same figure in another form of the unit; `counted` says whether that form was in order when it came."""

    number: int
    received_at: datetime
    sender: str
    entry: Entry
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A figure that a unit wrote: an indicator's (`result`) or a budget line's (`line`)."""

    code: str
    name: str
    form: UnitForm
    submission: Submission
    """The form in which the figure stands: where parts were laid together, the one it came with."""
    entry: Entry
    counts: tuple[Counts, ...]
    accepted_at: datetime | None
    warnings: tuple[Fault, ...]
    earlier: tuple[Earlier, ...]
    result: IndicatorResult | None = None
    line: BudgetResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the figures that a computed one is made of."""

    code: str
    name: str
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A figure nobody wrote: a mean of achievements, the absorption of several budget lines, a year of its quarters."""

    code: str
    name: str
    achievements: tuple[Part, ...] = ()
    achievement_pct: Decimal | None = None
    budget: BudgetResult | None = None
    spent: tuple[Part, ...] = ()
    built: IndicatorResult | None = None
    """The indicator whose year was made of its quarters."""
    quarters: tuple[tuple[Period, Decimal], ...] = ()
    """They, as far as they are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A figure that its unit has not sent yet."""

    code: str
    name: str
    owner: str


Traced = Read | Computed | Awaited


def trace(code: str, cycle: Cycle, office: Office) -> Traced | None:
    """Return where the figure of that code comes from, as the cycle stands now; None if there is no such figure."""
    key = code_key(code)
    analysis = analyse(cycle, office)
    for read in reads(cycle, office):
        if code_key(read.code) == key:
            return read
    others: tuple[Computed | Awaited, ...] = (*_computed(analysis), *_awaited(analysis))
    found = next((one for one in others if code_key(one.code) == key), None)
    return found or _sum_of(key, code, analysis, office)


def reads(cycle: Cycle, office: Office) -> Iterator[Read]:
    """Yield every figure of the report that a unit wrote: indicators, then budget lines, in the report's order."""
    analysis = analyse(cycle, office)
    standing = {form.unit: (form, sent) for form in cycle.units if (sent := form.counting) is not None}
    for result in analysis.indicators:
        own = result.indicator
        if own.owner in standing and result.answer is not None and not result.answer.actual.blank:
            traced = _read(*standing[own.owner], result.answer.actual, office, code=own.code, name=own.name)
            yield replace(traced, result=result)
    for line in analysis.budget:
        if line.owner in standing and line.answer is not None and not line.answer.spent_idr.blank:
            traced = _read(*standing[line.owner], line.answer.spent_idr, office, code=line.code, name=line.name)
            yield replace(traced, line=line)


def nearest(code: str, cycle: Cycle, office: Office) -> str:
    """Return the code of the report that is most like an unknown one; empty if none is like it."""
    analysis = analyse(cycle, office)
    everything: tuple[Computed | Awaited, ...] = (*_awaited(analysis), *_computed(analysis))
    known = {code_key(one.code): one.code for one in everything}
    found = get_close_matches(code_key(code), known, n=1, cutoff=_ALIKE)
    return known[found[0]] if found else ""


def _read(form: UnitForm, counting: Submission, entry: Entry, office: Office, *, code: str, name: str) -> Read:
    """Return one figure with the form it came with."""
    warned = tuple(fault for fault in counting.faults if fault.severity is Severity.WARNING)
    return Read(
        code=code,
        name=name,
        form=form,
        submission=_came_with(form, counting, code),
        entry=entry,
        counts=tuple(_counts(form, counting, office)),
        accepted_at=form.accepted_at,
        warnings=tuple(fault for fault in warned if code_key(fault.row) == code_key(code)),
        earlier=tuple(_earlier(form, counting, code)),
    )


def _came_with(form: UnitForm, counting: Submission, code: str) -> Submission:
    """Return the form that brought a figure: the first of the parts that were laid together and hold the same cell."""
    found = counting
    for sent in reversed(form.submissions):
        if not sent.accepted or sent.number >= counting.number:
            continue
        if sent.data.figure(code) != counting.data.figure(code) or not _laid_over(sent, found):
            break
        found = sent
    return found


def _laid_over(earlier: Submission, later: Submission) -> bool:
    """Say whether a form holds an earlier one's figures: that was only a part, or these are lines of a mail."""
    cells = (*(row.actual for row in later.data.indicators), *(row.spent_idr for row in later.data.budget))
    in_lines = any(not cell.blank and not cell.cell for cell in cells)
    return in_lines or bool(blank_rows(earlier.data, earlier.faults))


def _counts(form: UnitForm, counting: Submission, office: Office) -> Iterator[Counts]:
    """Yield why a form counts."""
    if counting.reason:
        yield Counts.BY_PLANNING
    else:
        warned = any(fault.severity is Severity.WARNING for fault in counting.faults)
        yield Counts.EXPLAINED if warned else Counts.IN_ORDER
    if counting.sender.casefold() in form.admitted:
        yield Counts.BY_HEAD
    rivals = [sent for sent in form.submissions if sent.accepted and sent.number < counting.number]
    others = [sent for sent in rivals if differences(sent, counting)]
    if others:
        yield Counts.CHOSEN if _needed_word(form, others[-1], counting, office) else Counts.LATER
    if form.state is UnitState.PARTIAL:
        yield Counts.PART


def _needed_word(form: UnitForm, before: Submission, counting: Submission, office: Office) -> bool:
    """Say whether a form could take another's place by the word of the unit's head alone (`core.forms.conflict`)."""
    if form.reopened or blank_rows(before.data, before.faults):
        return False
    writers = [person for person in office.roster.people if person.owns(counting.sender)]
    own = any(person.owns(before.sender) for person in writers)
    return not own and not any(person.role in {Role.DIVISION_HEAD, Role.PLANNING} for person in writers)


def _earlier(form: UnitForm, counting: Submission, code: str) -> Iterator[Earlier]:
    """Yield what other forms of the unit say of a figure, in the order they came."""
    for sent in form.submissions:
        entry = sent.data.figure(code)
        if sent.number != counting.number and entry is not None and not entry.blank:
            yield Earlier(
                number=sent.number,
                received_at=sent.received_at,
                sender=sent.sender,
                entry=entry,
                counted=sent.accepted,
            )


def _computed(analysis: Analysis) -> Iterator[Computed]:
    """Yield every figure that is made of others: years of quarters, sasaran, programs, the whole office."""
    for result in analysis.indicators:
        if result.built:
            quarters = tuple(
                (Period(year=analysis.period.year, quarter=number), value)
                for number, value in enumerate(result.year.quarters, start=1)
                if value is not None
            )
            yield Computed(code=result.indicator.code, name=result.indicator.name, built=result, quarters=quarters)
    for objective in analysis.objectives:
        parts = tuple(_achievement(result) for result in objective.indicators)
        own = objective.objective
        yield Computed(code=own.code, name=own.text, achievements=parts, achievement_pct=objective.achievement_pct)
    for program in analysis.programs:
        spent = tuple(_spent(line) for line in _lines_of(program.code, analysis))
        yield Computed(code=program.code, name=program.name, budget=program, spent=spent)
    yield Computed(
        code=TOTAL,
        name="",
        achievements=tuple(_achievement(result) for result in analysis.indicators),
        achievement_pct=analysis.achievement_pct,
        budget=analysis.total,
        spent=tuple(_spent(program) for program in analysis.programs),
    )


def _awaited(analysis: Analysis) -> Iterator[Awaited]:
    """Yield every figure that some unit owes, whether it came or not."""
    for result in analysis.indicators:
        yield Awaited(code=result.indicator.code, name=result.indicator.name, owner=result.indicator.owner)
    for line in analysis.budget:
        yield Awaited(code=line.code, name=line.name, owner=line.owner)


def _lines_of(code: str, analysis: Analysis) -> list[BudgetResult]:
    """Return the budget lines whose codes begin with that of a program or kegiatan."""
    return [line for line in analysis.budget if f"{code_key(line.code)}.".startswith(f"{code_key(code)}.")]


def _sum_of(key: str, code: str, analysis: Analysis, office: Office) -> Computed | None:
    """Return what the budget lines of a kegiatan come to, which the report prints, too; None where there are none."""
    lines = _lines_of(code, analysis)
    if not lines:
        return None
    known = next((named for named in office.programs if code_key(named[0]) == key), (code, ""))
    total = summed(*known, "", lines)
    return Computed(code=total.code, name=total.name, budget=total, spent=tuple(map(_spent, lines)))


def _achievement(result: IndicatorResult) -> Part:
    """Return an indicator's achievement as a part of a mean."""
    return Part(code=result.indicator.code, name=result.indicator.name, value=result.achievement_pct)


def _spent(line: BudgetResult) -> Part:
    """Return a line's spending as a part of a sum."""
    return Part(code=line.code, name=line.name, value=line.spent_idr)
