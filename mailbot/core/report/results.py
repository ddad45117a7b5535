"""The figures of the report as values: indicators, objectives, budget lines, units, and all of them (row 5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.core.model.form import BudgetAnswer, IndicatorAnswer, Submission
    from mailbot.core.model.indicators import Efficiency, Indicator, Objective, Period
    from mailbot.core.model.profile import Benchmark


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """By how much a figure differs from another of the same indicator, in its unit, and what that means."""

    amount: Decimal
    """The figure minus the other one."""
    better: bool | None
    """Whether it is the better one; None: they are the same, or a range is promised and neither way is better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearResult:
    """One year before: what was promised, what came of it."""

    year: int
    target: Decimal | None
    upper: Decimal | None
    """Upper bound of the target where a range was promised."""
    actual: Decimal | None
    achievement_pct: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEnd:
    """How far the end of the Renstra is: what is left, and the share of the way since its base year."""

    year: int
    target: Decimal
    left: Decimal
    """What is still to be gained, in the indicator's unit; 0 once it is reached."""
    reached: bool
    so_far: Decimal
    """What stands beside the target: the year's figure, or what the years of the Renstra have come to."""
    since: int | None
    """The first of those years, where they are added up."""
    base_year: int | None
    base: Decimal | None
    """The earliest figure known; None: none is, or none is needed, for years that are added up begin with nothing."""
    share_pct: Decimal | None
    """How much of the way from the base to the target is done, never below 0; None where there is no way to go, as
    towards a range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure of elsewhere, and how ours stands to it."""

    benchmark: Benchmark
    gap: Change | None
    """None: there is no figure of ours that means the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the office's method says of achievement against money; it names no cause."""

    efficiency: Efficiency
    points: Decimal | None = None
    """The method's figure: points of difference, share not spent, or E; None where there is none."""
    ne: Decimal | None = None
    """Nilai efisiensi of the method `volume`, 0 to 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetResult:
    """One budget line, or the sum of several, in rupiah."""

    code: str
    name: str
    owner: str
    budget_idr: Decimal
    """The whole pagu, whether its spending is known or not."""
    spent_idr: Decimal | None
    absorption_pct: Decimal | None
    """What was spent of `reported_idr`, in percent."""
    reported_idr: Decimal
    """Pagu of the lines whose spending is known."""
    original_idr: Decimal | None = None
    """Pagu murni, where APBD-P changed that of any line."""
    output: str = ""
    output_unit: str = ""
    output_target: Decimal | None = None
    """For the whole year."""
    output_actual: Decimal | None = None
    answer: BudgetAnswer | None = None

    @property
    def missing_idr(self) -> Decimal:
        """Return the pagu of which nobody has said what was spent."""
        return self.budget_idr - self.reported_idr

    @property
    def left_idr(self) -> Decimal | None:
        """Return what was not spent of the pagu whose spending is known (sisa); None where none is."""
        return None if self.spent_idr is None else self.reported_idr - self.spent_idr


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSoFar:
    """The year that a period belongs to: its target, what it has come to, its quarters and what they compare with."""

    target: Decimal | None
    """Of the whole year, beside a quarter's own; the lower bound where a range is promised."""
    upper: Decimal | None
    to_date: Decimal | None
    """A quarter's year so far; None while a quarter that belongs to it is not known. A year's own figure."""
    to_date_pct: Decimal | None
    """How much of the whole year's target that is, in percent; None while what is to stay small still adds up."""
    quarters: tuple[Decimal | None, ...]
    """The realised values of the year's four quarters, as far as they are known; of a quarter none after it."""
    before: Decimal | None
    """The nearest earlier quarter's, of last year where this is the first; None for a year."""
    change_before: Change | None
    same_quarter: Decimal | None
    """The same quarter's of last year; None for a year."""
    change_same_quarter: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What stands behind an indicator or a sasaran in money, and how the one is judged against the other."""

    programs: tuple[BudgetResult, ...]
    """The programs, kegiatan or sub kegiatan as the office names them, each as its lines come to."""
    budget: BudgetResult | None
    """All of them together, no line twice; None where none is named."""
    judged: Judged
    """Of a whole year; unknown for a quarter, whose money and targets are not of one length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """One indicator in one period: what was promised, what came of it, and where the figure comes from."""

    indicator: Indicator
    target: Decimal | None
    """Of the period; the lower bound where a range is promised."""
    upper: Decimal | None
    """Upper bound of the target where a range is promised."""
    actual: Decimal | None
    nil: bool
    built: bool
    """The year's form has no figure; this one was made of its quarters."""
    achievement_pct: Decimal | None
    """None: cannot be computed (no target, target 0, or nothing reported). As it is: no cap."""
    rating: str
    last: Decimal | None
    """The last year's realised value, of the ledger or the configured history."""
    change: Change | None
    """A year's figure beside the last year's; None for a quarter."""
    years: tuple[YearResult, ...]
    """The three years before, the earliest first."""
    year: YearSoFar
    plan_end_pct: Decimal | None
    """How much of the Renstra's end target is reached, in percent; None for a quarter of what a year adds up."""
    plan_end: PlanEnd | None
    benchmarks: tuple[Compared, ...]
    support: Support
    answer: IndicatorAnswer | None
    submission: Submission | None

    @property
    def missing(self) -> bool:
        """Say whether the owner has reported nothing for it."""
        return self.actual is None and not self.nil

    @property
    def data_source(self) -> str:
        """Return where the figure comes from: as the unit says, else as it is configured."""
        own = self.answer.data_source.text.strip() if self.answer is not None else ""
        return own or self.indicator.data_source

    @property
    def reason(self) -> str:
        """Return the written reason that stands beside the figure (Keterangan), by which a warning may have passed."""
        return self.answer.remark.text.strip() if self.answer is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveResult:
    """One sasaran with its indicators and their mean achievement (what cannot be computed is left out of the mean)."""

    objective: Objective
    indicators: tuple[IndicatorResult, ...]
    achievement_pct: Decimal | None
    rating: str
    """Empty unless every indicator is measured: a mean of some of them deserves no predikat."""
    support: Support
    """What stands behind its indicators."""

    @property
    def measured(self) -> int:
        """Return how many of its indicators have an achievement."""
        return measured(self.indicators)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEfficiency:
    """One unit's mean achievement against its absorption."""

    unit: str
    asked: int
    measured: int
    achievement_pct: Decimal | None
    budget: BudgetResult
    judged: Judged

    @property
    def absorption_pct(self) -> Decimal | None:
        """Return its absorption, of the pagu whose spending is known."""
        return self.budget.absorption_pct

    @property
    def efficiency(self) -> Efficiency:
        """Return how it is judged."""
        return self.judged.efficiency


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All figures of one cycle as they stand now, complete or not."""

    period: Period
    objectives: tuple[ObjectiveResult, ...]
    budget: tuple[BudgetResult, ...]
    programs: tuple[BudgetResult, ...]
    total: BudgetResult
    units: tuple[UnitEfficiency, ...]
    achievement_pct: Decimal | None
    rating: str
    """Empty unless every indicator is measured."""
    judged: Judged

    @property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """Return every indicator's result, objective by objective."""
        return tuple(result for objective in self.objectives for result in objective.indicators)

    @property
    def measured(self) -> int:
        """Return how many indicators have an achievement."""
        return measured(self.indicators)


def measured(results: tuple[IndicatorResult, ...]) -> int:
    """Return how many of some indicators have an achievement."""
    return sum(result.achievement_pct is not None for result in results)
