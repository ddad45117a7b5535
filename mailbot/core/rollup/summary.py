"""Where one office stands in one cycle, in the few figures that leave it: what a roll-up is made from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.calendar.clocks import late_by
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.indicators import rounded
from mailbot.core.report.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.indicators import Period
    from mailbot.core.model.office import Office
    from mailbot.core.model.sop import Step
    from mailbot.core.report.results import IndicatorResult


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSummary:
    """One indicator as an office reports it; None where that is not known, or cannot be computed."""

    code: str
    name: str
    unit_of_measure: str
    target: Decimal | None
    """The lower bound where a range is promised."""
    actual: Decimal | None
    achievement_pct: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleSummary:
    """One cycle of one office; no name of a person or a unit is in it, and no word that somebody wrote."""

    cycle: str
    period: Period
    step: Step
    since: datetime
    due_at: datetime
    """When its row is due."""
    late_days: int
    """Working days, by the office's own calendar, that its row is over its time; 0: none, or the cycle is closed."""
    closed_at: datetime | None
    asked: int
    """Units that were asked for a form."""
    accepted: int
    due: int
    """Units whose first deadline is over, or whose first form came."""
    in_time: int
    """How many of these had sent their first form by then."""
    forms: int
    """Forms that came, repeated ones too."""
    returned: int
    """How many of these did not count when they came."""
    indicators: tuple[IndicatorSummary, ...] = ()

    @property
    def in_time_pct(self) -> Decimal | None:
        """Return the share of units whose first form came in time, in percent; None while none is due."""
        return _share(self.in_time, self.due)

    @property
    def returned_pct(self) -> Decimal | None:
        """Return the share of forms that went back, in percent; None while none came."""
        return _share(self.returned, self.forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSummary:
    """An office at one moment: its cycles that were not cancelled, as it wrote them down itself."""

    key: str
    """The office's, as the ledger knows it."""
    name: str
    at: datetime
    cycles: tuple[CycleSummary, ...]


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


def _share(part: int, whole: int) -> Decimal | None:
    """Return a share in percent; None of nothing."""
    return rounded(Decimal(100) * part / whole) if whole else None
