"""Where one office stands in its cycles, in the few figures that leave it: what a roll-up is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mailbot.core.model.indicators import Period, rounded
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step


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
    move: Role | None = None
    """The post whose move it is; None: nobody's, or the program's own."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """An office of the folder whose figures cannot be read now, or that has not written any down yet."""

    name: str


def _share(part: int, whole: int) -> Decimal | None:
    """Return a share in percent; None of nothing."""
    return rounded(Decimal(100) * part / whole) if whole else None
