"""A cycle of the office's own units and indicators with sample values, for trying its letters and documents on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from mailbot.core.draft.versions import Draft
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.form import (
    Asked,
    BudgetAnswer,
    Entry,
    Fault,
    FaultCode,
    FormData,
    IndicatorAnswer,
    Narrative,
    Severity,
    Submission,
)
from mailbot.core.model.form_layout import SheetName
from mailbot.core.model.sop import Step
from mailbot.core.remarks.listed import ListedRemark, RemarkAnswer
from mailbot.core.remarks.remark import Remark, RemarkSource

if TYPE_CHECKING:
    from mailbot.core.model.office import Office
    from mailbot.core.opening.plans import CyclePlan

_DIGEST = "0123456789abcdef" * 4
_MORNING = time(2, tzinfo=UTC)
_AFTERNOON = time(9, tzinfo=UTC)
_FIGURE = Decimal("98.12")
_WORDS = Entry(text="Contoh uraian", sheet=SheetName.INDICATORS.value, cell="K8")
_FIRST_ROW = 8
_PASSED = 2


def trial_cycle(plan: CyclePlan, office: Office, step: Step = Step.DRAFT) -> Cycle:
    """Return a cycle in which every unit's form is accepted; the figures are samples and mean nothing."""
    since = datetime.combine(plan.starts_on, _MORNING)
    due = datetime.combine(plan.starts_on, _AFTERNOON)
    units = plan.units or tuple(unit.key for unit in office.roster.units)
    return Cycle(
        key=plan.key,
        period=plan.period,
        step=step,
        since=since,
        due_at=due,
        opened_at=since,
        units=tuple(
            UnitForm(
                unit=unit,
                state=UnitState.ACCEPTED,
                due_at=due,
                submissions=(trial_submission(unit, plan, office),),
                counted=1,
                accepted_at=since,
            )
            for unit in units
        ),
        draft=Draft(version=1, docx_sha256=_DIGEST, compiled_at=since),
        remarks=_trial_remarks(units, since),
    )


def _trial_remarks(units: tuple[str, ...], at: datetime) -> tuple[ListedRemark, ...]:
    """Return a remark written in every way: the first is answered, the second sent on to a unit, the others wait."""
    answer = RemarkAnswer(text=_WORDS.text, person="", given_at=at, mail_sha256=_DIGEST)
    return tuple(
        ListedRemark(
            remark=Remark(
                source=source, text=_WORDS.text, author=_WORDS.text, heading=_WORDS.text, page=1, number=number
            ),
            person="",
            step=Step.REVIEW,
            version=1,
            given_at=at,
            mail_sha256=_DIGEST,
            passed_to=units[0] if number == _PASSED else "",
            passed_at=at if number == _PASSED else None,
            answers=(answer,) if number == 1 else (),
        )
        for number, source in enumerate(RemarkSource, start=1)
    )


def begun(cycle: Cycle) -> Cycle:
    """Return the cycle while forms come in: units in every state, one after the other."""
    states = tuple(UnitState)
    forms = (replace(form, state=states[place % len(states)]) for place, form in enumerate(cycle.units))
    return replace(
        cycle,
        step=Step.COLLECT,
        draft=None,
        units=tuple(
            form if form.state is UnitState.ACCEPTED else replace(form, counted=0, accepted_at=None) for form in forms
        ),
    )


def trial_submission(unit: str, plan: CyclePlan, office: Office) -> Submission:
    """Return one form of a unit, everything filled in."""
    return Submission(
        number=1,
        file_sha256=_DIGEST,
        file_name="Form.xlsx",
        sender=office.mailbox,
        message_id="<form@example.go.id>",
        received_at=datetime.combine(plan.starts_on, _MORNING),
        data=FormData(
            indicators=tuple(
                IndicatorAnswer(
                    code=indicator.code,
                    actual=_figure(SheetName.INDICATORS, row),
                    enabling_factors=_WORDS,
                    obstacles=_WORDS,
                    follow_up=_WORDS,
                    data_source=_WORDS,
                    evidence=_WORDS,
                )
                for row, indicator in enumerate(office.asked_indicators(unit, plan.period), _FIRST_ROW)
            ),
            budget=tuple(
                BudgetAnswer(
                    code=line.code,
                    spent_idr=_figure(SheetName.BUDGET, row),
                    output_actual=_figure(SheetName.BUDGET, row) if line.output else Entry(),
                )
                for row, line in enumerate(office.asked_budget(unit, plan.period), _FIRST_ROW)
            ),
            narrative=Narrative(analysis=_WORDS, innovation=_WORDS, awards=_WORDS, recommendation=_WORDS),
            filled_by="Petugas",
        ),
        faults=trial_faults(),
        accepted=True,
    )


@cache
def trial_faults() -> tuple[Fault, ...]:
    """Return a finding of every kind and every weight, so that each sentence about one is tried."""
    weights = tuple(Severity)
    return tuple(
        Fault(
            code=code,
            severity=weights[place % len(weights)],
            sheet=SheetName.INDICATORS.value,
            cell=f"K{_FIRST_ROW + place}",
            row="IKU-01",
            column="Realisasi",
            given="98,12",
            expected="98.12",
            other="99.4",
            proposal="98,12",
        )
        for place, code in enumerate(FaultCode)
    )


def trial_asked(unit: str, cycle: Cycle, office: Office) -> Asked:
    """Return what a unit is asked for in the cycle."""
    return Asked(
        cycle=cycle.key,
        period=cycle.period,
        unit=unit,
        due_at=cycle.due_at,
        indicators=tuple(indicator.code for indicator in office.asked_indicators(unit, cycle.period)),
        budget=tuple(line.code for line in office.asked_budget(unit, cycle.period)),
    )


def _figure(sheet: SheetName, row: int) -> Entry:
    """Return a cell with a sample figure."""
    return Entry(value=_FIGURE, text="98,12", sheet=sheet.value, cell=f"H{row}")
