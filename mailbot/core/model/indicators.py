"""What the office promised and spends, and the formulas of the report over it: capaian, predikat, serapan (row 5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailbot.core.model.profile import Benchmark

Quarters = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
"""A number for each quarter, None where there is none."""
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Wide enough for any number a workbook's cell can hold (up to 1.8E308): a slip of the keyboard must stop nothing."""


class PeriodKind(StrEnum):
    """A cycle reports on a whole year or on a quarter (triwulan)."""

    ANNUAL = "annual"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """A reporting period; `quarter` is 1 to 4, or 0 for the whole year."""

    year: int
    quarter: int = 0

    @property
    def kind(self) -> PeriodKind:
        """Say whether this is a year or a quarter."""
        return PeriodKind.QUARTER if self.quarter else PeriodKind.ANNUAL


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
    targets: dict[int, Quarters]
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
    total_of: tuple[str, ...] = ()
    """Codes of the same unit's indicators that this one is the sum of."""
    explain_below_pct: Decimal | None = None
    """Obstacles and follow-up are required under this achievement; None: the office's default."""
    explain_above_pct: Decimal | None = None
    """An explanation is required over this achievement; None: the office's default."""
    ratio_tolerance: Decimal | None = None
    """How far a value may lie from numerator / denominator; None: the office's default."""
    jump_limit_pct: Decimal | None = None
    """How far a value may lie from the last one, in percent of it, unasked; None: the office's default."""
    plan_end_total: bool = False
    """The end target is what the years of the Renstra come to together, not what the last of them alone promises."""
    negative: str = ""
    """Variant of the formula where lower is better, `a` or `b`; empty: the office's."""
    upper_targets: dict[int, Quarters] = field(default_factory=dict)
    """Year -> upper bound of each quarter's target, where a range is promised; `targets` then holds the lower one."""
    grades: tuple[tuple[str, Decimal], ...] = ()
    """Words that stand for a value (predikat `BB`, `WTP`; `Ada`, `Tidak ada`), best first, with their score; empty:
    the indicator is a number."""
    definition: str = ""
    """Operational definition of the Manual IKU."""
    formula: str = ""
    """How it is computed, in words, as the Manual IKU prints it."""
    benchmarks: tuple[Benchmark, ...] = ()
    """National and peers' figures with year and source; `national` alone has neither."""
    programs: tuple[str, ...] = ()
    """Codes of the programs, kegiatan or sub kegiatan behind it."""

    @property
    def per_quarter(self) -> bool:
        """Say whether each quarter is counted for itself, so that one quarter compares with no whole year."""
        return self.aggregation is Aggregation.SUM

    @property
    def ranged(self) -> bool:
        """Say whether a range is promised, in which neither more nor less is better."""
        return bool(self.upper_targets)

    @property
    def counts(self) -> bool:
        """Say whether whole things are counted: no share, no mean, and nothing behind the comma."""
        whole = self.decimals == 0 and self.aggregation is not Aggregation.MEAN
        return whole and self.scale == 1 and not self.numerator

    @property
    def runs_on(self) -> bool:
        """Say whether each quarter's value holds those before it: a count of which the last one makes the year."""
        return self.counts and self.aggregation is Aggregation.LAST and self.polarity is Polarity.UP

    @property
    def scale(self) -> int:
        """Return what numerator / denominator is multiplied with: 100 for percent, 1000 for per mille, else 1."""
        measure = self.unit_of_measure.casefold()
        if measure.startswith("persen") or "%" in measure:
            return 100
        return 1000 if measure.startswith("permil") or "‰" in measure else 1

    def target(self, period: Period) -> Decimal | None:
        """Return the target of a period: of the quarter, or of a year's quarters together; None if there is none."""
        return self._promised(self.targets, period)

    def upper_target(self, period: Period) -> Decimal | None:
        """Return the upper bound of a period's target where a range is promised; None where there is none."""
        return self._promised(self.upper_targets, period)

    def _promised(self, targets: dict[int, Quarters], period: Period) -> Decimal | None:
        """Return what some targets come to in a period, None where they say nothing."""
        quarters = targets.get(period.year, ())
        asked = quarters[period.quarter - 1 : period.quarter] if period.quarter else quarters
        filled = [value for value in asked if value is not None]
        return self.together(filled) if filled else None

    def together(self, values: Sequence[Decimal]) -> Decimal:
        """Return what the values of quarters come to for their year; there is at least one."""
        match self.aggregation:
            case Aggregation.LAST:
                return values[-1]
            case Aggregation.SUM:
                return sum(values[1:], start=values[0])
            case Aggregation.MEAN:
                return sum(values[1:], start=values[0]) / len(values)
            case _ as never:
                assert_never(never)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One sub kegiatan with its ceiling in rupiah per year (pagu; after APBD-P the revised one)."""

    code: str
    name: str
    owner: str
    budget_idr: dict[int, Decimal]
    original_idr: dict[int, Decimal] = field(default_factory=dict)
    """Year -> pagu murni, where APBD-P changed it."""
    output: str = ""
    """Indikator keluaran; empty: no output is asked."""
    output_unit: str = ""
    output_targets: dict[int, Decimal] = field(default_factory=dict)
    """Year -> target of the output for the whole year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One step of a rating scale: reached from `at_least` percent upward."""

    at_least: Decimal
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulas:
    """Which of the variants in use this office follows (printed in the report)."""

    efficiency: str = "difference"
    """Method of domain facts 2.5: `difference`, `simple`, `conditional` or `volume`."""

    negative: str = "a"
    """`a`: (2T - R) / T; `b`: T / R (domain: Permendagri 86/2017 practice)."""
    average_cap_pct: Decimal | None = None
    """Cap on a single achievement inside an average; None: no cap."""
    efficiency_tolerance: Decimal | None = None
    """Within this many points of each other, achievement and absorption count as balanced."""


class Efficiency(StrEnum):
    """Achievement against absorption; low absorption with low achievement is never called efficient."""

    EFFICIENT = "efficient"
    BALANCED = "balanced"
    INEFFICIENT = "inefficient"
    NOT_STARTED = "not_started"
    UNKNOWN = "unknown"
    LOW_BOTH = "low_both"
    """The target was not reached, and absorption is lower still; which is no efficiency."""
    UNMET = "unmet"
    """The target was not reached, of which the method says nothing."""


def rounded(value: Decimal) -> Decimal:
    """Round to two decimals, half up, as the tables print."""
    return value.quantize(_CENT, context=_WIDE)


def achievement_pct(
    target: Decimal | None, actual: Decimal | None, polarity: Polarity, negative: str
) -> Decimal | None:
    """Return the capaian in percent, two decimals half up, never below 0; None where it cannot be computed.

    Higher is better: R / T x 100. Lower is better: variant `a` (2T - R) / T x 100, variant `b` T / R x 100.
    A target of 0 (and an actual of 0 in variant b) has no achievement.
    Source: domain facts 2.3, after Permendagri 86/2017 practice.
    """
    if target is None or actual is None or target == 0:
        return None
    if polarity is Polarity.UP:
        value = actual / target
    elif negative == "b":
        if actual == 0:
            return None
        value = target / actual
    else:
        value = (2 * target - actual) / target
    return rounded(max(value * _HUNDRED, Decimal(0)))


def rating(pct: Decimal | None, bands: Sequence[Band]) -> str:
    """Return the predikat of an achievement: the label of the first band reached; empty if there is no achievement."""
    if pct is None:
        return ""
    return next((band.label for band in bands if pct >= band.at_least), bands[-1].label)


def absorption_pct(budget_idr: Decimal | None, spent_idr: Decimal | None) -> Decimal | None:
    """Return spent / budget in percent, two decimals half up; None without a budget or without a figure."""
    if not budget_idr or spent_idr is None:
        return None
    return rounded(spent_idr / budget_idr * _HUNDRED)


def mean_pct(values: Iterable[Decimal | None], cap_pct: Decimal | None) -> Decimal | None:
    """Return the mean of the achievements that exist, each held to the cap if there is one; None if there are none."""
    known = [value if cap_pct is None else min(value, cap_pct) for value in values if value is not None]
    return rounded(sum(known, start=Decimal(0)) / len(known)) if known else None


def efficiency(achieved_pct: Decimal | None, absorbed_pct: Decimal | None, formulas: Formulas) -> Efficiency:
    """Judge achievement against absorption by their difference, with the office's tolerance in points."""
    if achieved_pct is None or absorbed_pct is None:
        return Efficiency.UNKNOWN
    if achieved_pct == 0 and absorbed_pct == 0:
        return Efficiency.NOT_STARTED
    tolerance = formulas.efficiency_tolerance if formulas.efficiency_tolerance is not None else Decimal(0)
    difference = achieved_pct - absorbed_pct
    if difference < -tolerance:
        return Efficiency.INEFFICIENT
    if difference <= tolerance:
        return Efficiency.BALANCED
    return Efficiency.EFFICIENT if achieved_pct >= _HUNDRED else Efficiency.LOW_BOTH
