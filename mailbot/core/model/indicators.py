"""What the office promised and spends: objectives, indicators with targets and history, budget lines (SOP row 5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.model.period import Period


class Polarity(StrEnum):
    """Whether a higher or a lower value is better (indikator positif, negatif)."""

    UP = "up"
    DOWN = "down"


class Aggregation(StrEnum):
    """How quarters make a year: the last one filled, their sum, or their mean."""

    LAST = "last"
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One sasaran strategis."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator kinerja; numbers are in its own unit of measure (`unit_of_measure`, satuan)."""

    code: str
    objective: str
    name: str
    unit_of_measure: str
    polarity: Polarity
    aggregation: Aggregation
    targets: dict[int, tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]]
    """Year -> target of each quarter; None where nothing is promised for it."""
    history: dict[int, Decimal]
    """Year -> realised value of past years."""
    plan_end_year: int
    plan_end_target: Decimal | None
    """Target at the end of the Renstra."""
    national: Decimal | None
    """National standard or benchmark, if any."""
    owner: str
    """Key of the unit that reports it."""
    data_source: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    """Plausible range of a realised value; outside it is a fault."""
    decimals: int = 2
    numerator: str = ""
    denominator: str = ""
    """What is counted above and below the line, where the indicator is a ratio; empty where it is not."""
    explain_below_pct: Decimal | None = None
    """Obstacles and follow-up are required under this achievement; None: the office's default."""
    explain_above_pct: Decimal | None = None
    """An explanation is required over this achievement; None: the office's default."""
    ratio_tolerance: Decimal | None = None
    """How far a value may lie from numerator / denominator; None: the office's default."""
    jump_limit_pct: Decimal | None = None
    """How far a value may lie from the last one, in percent of it, unasked; None: the office's default."""

    @property
    def per_quarter(self) -> bool:
        """Say whether each quarter is counted for itself, so that one quarter compares with no whole year."""
        return self.aggregation is Aggregation.SUM

    @property
    def scale(self) -> int:
        """Return what numerator / denominator is multiplied with: 100 for percent, 1000 for per mille, else 1."""
        measure = self.unit_of_measure.casefold()
        if measure.startswith("persen") or "%" in measure:
            return 100
        return 1000 if measure.startswith("permil") or "‰" in measure else 1

    def target(self, period: Period) -> Decimal | None:
        """Return the target of a period: of the quarter, or of a year's quarters together; None if there is none."""
        quarters = self.targets.get(period.year)
        if quarters is None:
            return None
        if period.quarter:
            return quarters[period.quarter - 1]
        filled = [value for value in quarters if value is not None]
        if not filled:
            return None
        match self.aggregation:
            case Aggregation.LAST:
                return filled[-1]
            case Aggregation.SUM:
                return sum(filled[1:], start=filled[0])
            case Aggregation.MEAN:
                return sum(filled[1:], start=filled[0]) / len(filled)
            case _ as never:
                assert_never(never)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One sub kegiatan with its ceiling in rupiah per year (pagu; after APBD-P the revised one)."""

    code: str
    name: str
    owner: str
    budget_idr: dict[int, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One step of a rating scale: reached from `at_least` percent upward."""

    at_least: Decimal
    label: str
