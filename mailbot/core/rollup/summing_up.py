"""How an office says of itself where it stands: its cycles become the figures that leave it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mailbot.core.calendar.clocks import late_by
from mailbot.core.chasing.whose_move import whose_move
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.office import Office
from mailbot.core.report.analysis import analyse
from mailbot.core.report.results import IndicatorResult
from mailbot.core.rollup.summary import CycleSummary, IndicatorSummary, OfficeSummary


def summary_of(key: str, office: Office, cycles: Iterable[Cycle], at: datetime) -> OfficeSummary:
    """Return where an office stands.

    Args:
        key: its own, as the ledger knows it.
        office: who it is.
        cycles: those that are still of interest: the running ones, and the last ones that were closed.
        at: the moment.
    """
    shown = tuple(_cycle(cycle, office, at) for cycle in cycles if cycle.cancelled is None)
    return OfficeSummary(key=key, name=office.letterhead.agency_short, at=at, cycles=shown)


def _cycle(cycle: Cycle, office: Office, at: datetime) -> CycleSummary:
    """Return where one cycle of an office stands."""
    due = [form for form in cycle.units if _is_due(form, at)]
    late = late_by(cycle.due_at, at, office.calendar).days if cycle.closed_at is None else 0
    return CycleSummary(
        cycle=cycle.key,
        period=cycle.period,
        step=cycle.step,
        since=cycle.since,
        due_at=cycle.due_at,
        late_days=late,
        closed_at=cycle.closed_at,
        move=whose_move(cycle, office),
        asked=sum(form.first_due_at is not None for form in cycle.units),
        accepted=sum(form.state is UnitState.ACCEPTED for form in cycle.units),
        due=len(due),
        in_time=sum(_in_time(form) for form in due),
        forms=sum(form.attempts for form in cycle.units),
        returned=sum(form.returned for form in cycle.units),
        indicators=tuple(map(_indicator, analyse(cycle, office).indicators)),
    )


def _is_due(form: UnitForm, at: datetime) -> bool:
    """Say whether it can be told by now if a unit was in time."""
    return form.first_due_at is not None and (bool(form.submissions) or form.first_due_at < at)


def _in_time(form: UnitForm) -> bool:
    """Say whether a unit's first form came by the deadline it was told first."""
    came = min((submission.received_at for submission in form.submissions), default=None)
    return came is not None and form.first_due_at is not None and came <= form.first_due_at


def _indicator(result: IndicatorResult) -> IndicatorSummary:
    """Return one indicator's figures, without what anybody wrote beside them."""
    indicator = result.indicator
    return IndicatorSummary(
        code=indicator.code,
        name=indicator.name,
        unit_of_measure=indicator.unit_of_measure,
        target=result.target,
        actual=result.actual,
        achievement_pct=result.achievement_pct,
    )
