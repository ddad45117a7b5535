"""A filled form beside what was asked, promised, sent before and attached: is it the right one, and what is open."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from mailbot.core.forms.locked_remarks import remarks_on_locked
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.form import Entry, FaultCode, FormData
from mailbot.core.model.indicators import Polarity
from mailbot.core.model.letters import Change
from mailbot.core.model.past import realised
from mailbot.core.model.targets import achieved_pct, target_of
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.opening.plans import first_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.facts import FormArrived
    from mailbot.core.model.form import BudgetAnswer, Fault, IndicatorAnswer, Narrative, ReadForm, Submission
    from mailbot.core.model.indicators import BudgetLine, Indicator, Period
    from mailbot.core.model.office import Office

Limit = Literal["explain_below_pct", "explain_above_pct", "ratio_tolerance", "jump_limit_pct"]
"""Thresholds that stand in `office.yaml` for all indicators and in `indicators.yaml` for a single one."""

_BLANK = frozenset({FaultCode.REQUIRED_EMPTY, FaultCode.EVIDENCE_MISSING, FaultCode.ROW_MISSING})
"""What is found in a row that nobody has filled in yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form with everything it is checked against."""

    data: FormData
    unit: str
    period: Period
    office: Office
    last: dict[str, Decimal]
    """Indicator code -> value of the last quarter of the same year; empty for a whole year."""
    attached: tuple[str, ...]
    """Names of the files of evidence that came with the form, or earlier."""
    held: tuple[str, ...] = ()
    """Names of those that came now and hold numbers like a NIK."""

    def rows(self) -> Iterator[tuple[Indicator, IndicatorAnswer]]:
        """Yield each asked indicator that was answered, with its answer."""
        answers = {answer.code: answer for answer in self.data.indicators}
        for indicator in self.office.asked_indicators(self.unit, self.period):
            if indicator.code in answers:
                yield indicator, answers[indicator.code]

    def outputs(self) -> Iterator[tuple[BudgetLine, Entry]]:
        """Yield the output of each asked budget line that has one and was answered."""
        answers = {answer.code: answer for answer in self.data.budget}
        for line in self.office.asked_budget(self.unit, self.period):
            if line.output and line.code in answers:
                yield line, answers[line.code].output_actual

    def budget_lines(self) -> Iterator[tuple[BudgetLine, Entry, Entry]]:
        """Yield each asked budget line that was answered, with its spending and note."""
        answers = {answer.code: answer for answer in self.data.budget}
        for line in self.office.asked_budget(self.unit, self.period):
            if line.code in answers:
                yield line, answers[line.code].spent_idr, answers[line.code].note

    def limit(self, indicator: Indicator, name: Limit) -> Decimal:
        """Return a threshold: the indicator's own where it has one, else the office's."""
        own: Decimal | None = getattr(indicator, name)
        usual: Decimal = getattr(self.office.policy, name)
        return usual if own is None else own

    def reached(self, indicator: Indicator, answer: IndicatorAnswer) -> Decimal | None:
        """Return the achievement in percent of one answer, None where it cannot be computed."""
        actual = realised(indicator, answer.actual)
        return achieved_pct(indicator, target_of(indicator, self.period), actual, self.office.formulas)

    def missed(self, indicator: Indicator, answer: IndicatorAnswer) -> bool:
        """Say whether an answer lies under its target, so that it is to be explained.

        Where lower is better a target of 0 has no achievement in percent, and is missed by anything above it.
        """
        reached = self.reached(indicator, answer)
        if reached is None:
            none_wanted = indicator.polarity is Polarity.DOWN and indicator.target(self.period) == 0
            return none_wanted and bool(answer.actual.value)
        return reached < self.limit(indicator, "explain_below_pct")

    def explains(self, entry: Entry) -> bool:
        """Say whether a cell holds words that explain something."""
        return self.office.empty_words.says_something(entry.text)

    def evidenced(self, indicator: Indicator, answer: IndicatorAnswer) -> bool:
        """Say whether a row names its evidence; under the target a word that names none is none."""
        if answer.evidence.blank or not self.missed(indicator, answer):
            return not answer.evidence.blank
        return self.office.empty_words.names_something(answer.evidence.text, attached=bool(self.attached))

    def last_quarter(self, indicator: Indicator) -> Decimal | None:
        """Return the value of the quarter before; None if there is none."""
        known = self.last.get(indicator.code)
        return self.office.past.last_quarter(indicator, self.period) if known is None else known

    def before(self, indicator: Indicator) -> Decimal | None:
        """Return the value an answer is compared with, None if there is none that means the same (`Past.before`)."""
        return self.office.past.before(indicator, self.period, self.last.get(indicator.code))


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
        return Unreadable.FORMER_CYCLE if first_key(stamp.cycle) == first_key(cycle.key) else Unreadable.WRONG_CYCLE
    if fact.form.years and cycle.period.year not in fact.form.years:
        return Unreadable.WRONG_CYCLE
    if stamp is not None and stamp.valid and stamp.unit != fact.unit:
        return Unreadable.WRONG_UNIT
    if unfilled(fact.form):
        return Unreadable.UNFILLED
    if _without_figures(fact.form):
        return Unreadable.REMARKS_ALONE
    answered = fact.form.data.codes
    return (
        Unreadable.WRONG_UNIT if answered and answered.isdisjoint(office.asked_codes(fact.unit, cycle.period)) else None
    )


def unfilled(form: ReadForm) -> bool:
    """Say whether nothing was filled in: the form as it was sent out, or one whose input cells are all blank."""
    return form.untouched or (_without_figures(form) and not remarks_on_locked(form.data, ()))


def _without_figures(form: ReadForm) -> bool:
    """Say whether no figure and no narrative was filled in, and none could be meant."""
    return form.data.blank and all(fault.code in _BLANK for fault in form.faults)


def joined(form: UnitForm, data: FormData) -> FormData:
    """Lay a later part over an earlier accepted part: what is filled in now wins, the rest stays."""
    earlier = form.counting if form.state is UnitState.PARTIAL else None
    if earlier is None:
        return data
    old = earlier.data
    indicators = {row.code: row for row in (*data.indicators, *old.indicators)}
    budget = {row.code: row for row in (*data.budget, *old.budget)}
    indicators |= {row.code: row for row in data.indicators if not row.actual.blank}
    budget |= {row.code: _over(row, budget[row.code]) for row in data.budget if not row.spent_idr.blank}
    return FormData(
        indicators=tuple(indicators.values()),
        budget=tuple(budget.values()),
        narrative=data.narrative.over(old.narrative),
        filled_by=data.filled_by or old.filled_by,
    )


def _over(row: BudgetAnswer, earlier: BudgetAnswer) -> BudgetAnswer:
    """Lay one budget line over what was said of it before; an output told earlier stays."""
    return replace(row, output_actual=earlier.output_actual) if row.output_actual.blank else row


def filled_by(cycle: Cycle, fact: FormArrived, data: FormData, office: Office) -> Filled:
    """Return a form beside what it is checked against; evidence of earlier mails is not asked for again."""
    form = cycle.form_of(fact.unit)
    earlier = form.evidence if form is not None else ()
    return Filled(
        data=data,
        unit=fact.unit,
        period=cycle.period,
        office=office,
        last=fact.last,
        attached=tuple(file.file_name for file in (*earlier, *fact.evidence)),
        held=tuple(file.file_name for file in fact.evidence if file.held),
    )


def only_blank(fault: Fault, open_rows: tuple[str, ...]) -> bool:
    """Say whether a finding only says that a row is still to be filled in."""
    return fault.code in _BLANK and fault.row in open_rows


def differences(before: Submission, now: Submission) -> tuple[Change, ...]:
    """Return every figure that stood in the former submission and is another one now."""
    old, new = _figures(before), _figures(now)
    moved = (code for code in new if old.get(code, "") not in {"", new[code]})
    return tuple(Change(code=code, old=old[code], new=new[code]) for code in moved)


def says_otherwise(form: UnitForm, submission: Submission) -> bool:
    """Say whether a form says anything else than the one that counts; what was open in a part may be filled in."""
    standing = form.counting
    if standing is None:
        return False
    old, new = _said(standing.data), _said(submission.data)
    if form.state is UnitState.ACCEPTED:
        return old != new
    return any(new.get(place) != said for place, said in old.items())


def _said(data: FormData) -> dict[tuple[str, str], str]:
    """Return all that a form says, by code and field: figures as numbers, words without their blanks."""
    rows: list[tuple[str, IndicatorAnswer | BudgetAnswer | Narrative]] = [("", data.narrative)]
    rows += [(row.code, row) for row in data.indicators]
    rows += [(row.code, row) for row in data.budget]
    cells = ((code, name.name, getattr(row, name.name)) for code, row in rows for name in fields(row))
    return {
        (code, name): _figure(entry) or " ".join(entry.text.split())
        for code, name, entry in cells
        if isinstance(entry, Entry) and not entry.blank
    }


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
