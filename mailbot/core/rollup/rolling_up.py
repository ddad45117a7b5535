"""Many offices beside each other: who is where, what is usual among them, and how one and the same indicator goes.

Whoever looks after the offices sees each by name. An office sees itself beside the median of them all, and only where
they are so many that the median gives none of them away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

from mailbot.core.model.indicators import Period, rounded
from mailbot.core.model.sop import Step
from mailbot.core.rollup.summary import CycleSummary, IndicatorSummary, OfficeSummary

FEWEST_TOGETHER = 6
"""Offices that make up a median shown to one of them; with fewer it nearly is the figure of another one."""
FEWEST_COMPARED = 2
"""Offices that report one indicator; alone it is compared with nothing."""
STILL_TOLD_DAYS = 14
"""Days for which a period is told of after its last office has closed it."""
_ROWS = tuple(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Medians:
    """What is usual among offices in one period; None where no office has such a figure yet."""

    offices: int
    in_time_pct: Decimal | None
    returned_pct: Decimal | None
    late_days: int | None
    """Working days over the time of the row; the lower of the two in the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow:
    """One office in the table of a period."""

    key: str
    name: str
    cycle: CycleSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedIndicator:
    """One indicator that several offices report under the same code, measured in the same unit."""

    code: str
    name: str
    unit_of_measure: str
    offices: tuple[tuple[str, IndicatorSummary], ...]
    """Key of the office and its figures, the highest achievement first, unknown ones last."""
    median_pct: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRollup:
    """All offices in one period."""

    period: Period
    rows: tuple[OfficeRow, ...]
    """Those longest over their time first, then by the row of the SOP they are in, closed ones last."""
    medians: Medians
    compared: tuple[ComparedIndicator, ...]
    other_meaning: tuple[str, ...]
    """Codes under which offices report different things: these are not compared."""
    not_begun: tuple[str, ...] = ()
    """Names of offices that have no cycle of this period."""

    @property
    def closed(self) -> bool:
        """Say whether every office has closed it, as far as they can be read."""
        return not self.not_begun and all(row.cycle.closed_at is not None for row in self.rows)

    def is_of_interest(self, at: datetime) -> bool:
        """Say whether it runs somewhere, or was closed lately."""
        since = at - timedelta(days=STILL_TOLD_DAYS)
        return any(row.cycle.closed_at is None or row.cycle.closed_at >= since for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One office's cycle beside what is usual; nothing in it is another office's."""

    cycle: CycleSummary
    usual: Medians


def roll_up(offices: Iterable[OfficeSummary]) -> tuple[PeriodRollup, ...]:
    """Return the offices by period, the latest first; a year stands before its own quarters.

    Of two cycles of one office in one period the one that runs counts, else the one begun last.
    """
    periods: dict[Period, list[OfficeRow]] = defaultdict(list)
    asked = tuple(offices)
    for office in asked:
        for cycle in _one_a_period(office.cycles):
            periods[cycle.period].append(OfficeRow(key=office.key, name=office.name, cycle=cycle))
    latest = sorted(periods, key=lambda period: (-period.year, period.quarter != 0, -period.quarter))
    return tuple(_period(period, periods[period], asked) for period in latest)


def beside_usual(own: OfficeSummary, usual: Mapping[Period, Medians]) -> tuple[Beside, ...]:
    """Return an office's cycles beside what is usual, in the periods where enough offices make it up.

    Args:
        own: the office, which is one of them.
        usual: the medians of all offices by period (`roll_up`).
    """
    return tuple(
        Beside(cycle=cycle, usual=usual[cycle.period])
        for cycle in _one_a_period(own.cycles)
        if cycle.period in usual and usual[cycle.period].offices >= FEWEST_TOGETHER
    )


def _one_a_period(cycles: Iterable[CycleSummary]) -> tuple[CycleSummary, ...]:
    """Return the cycle that counts of each period."""
    counting: dict[Period, CycleSummary] = {}
    for cycle in sorted(cycles, key=lambda one: (one.closed_at is None, one.since, one.cycle)):
        counting[cycle.period] = cycle
    return tuple(counting.values())


def _period(period: Period, rows: list[OfficeRow], offices: Sequence[OfficeSummary]) -> PeriodRollup:
    """Put the offices of one period beside each other; one that never had a cycle is not missing in any."""
    compared, other_meaning = _compared(rows)
    begun = {row.key for row in rows}
    return PeriodRollup(
        period=period,
        rows=tuple(sorted(rows, key=_order)),
        medians=_medians([row.cycle for row in rows]),
        compared=compared,
        other_meaning=other_meaning,
        not_begun=tuple(sorted(one.name for one in offices if one.cycles and one.key not in begun)),
    )


def _order(row: OfficeRow) -> tuple[bool, int, int, str]:
    """Sort an office: closed ones last, then the latest first, then by its row, then by its key."""
    cycle = row.cycle
    return cycle.closed_at is not None, -cycle.late_days, _ROWS.index(cycle.step), row.key


def _medians(cycles: Sequence[CycleSummary]) -> Medians:
    """Return what is usual."""
    late = sorted(cycle.late_days for cycle in cycles)
    return Medians(
        offices=len(cycles),
        in_time_pct=_median(cycle.in_time_pct for cycle in cycles),
        returned_pct=_median(cycle.returned_pct for cycle in cycles),
        late_days=late[(len(late) - 1) // 2] if late else None,
    )


def _median(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the median of what is known; None of nothing."""
    known = [value for value in values if value is not None]
    return rounded(median(known)) if known else None


def _compared(rows: Iterable[OfficeRow]) -> tuple[tuple[ComparedIndicator, ...], tuple[str, ...]]:
    """Gather what offices report under the same code; what is not the same thing is only named."""
    by_code: dict[str, list[tuple[str, IndicatorSummary]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.key):
        for indicator in row.cycle.indicators:
            by_code[indicator.code].append((row.key, indicator))
    compared, other_meaning = [], []
    for code, reported in sorted(by_code.items()):
        if len(reported) < FEWEST_COMPARED:
            continue
        if len({_meaning(indicator) for _, indicator in reported}) > 1:
            other_meaning.append(code)
            continue
        first = reported[0][1]
        compared.append(
            ComparedIndicator(
                code=code,
                name=first.name,
                unit_of_measure=first.unit_of_measure,
                offices=tuple(sorted(reported, key=_highest_first)),
                median_pct=_median(indicator.achievement_pct for _, indicator in reported),
            )
        )
    return tuple(compared), tuple(other_meaning)


def _meaning(indicator: IndicatorSummary) -> tuple[str, str]:
    """Return what tells an indicator from another one of the same code: its name and measure, however they are set."""
    return " ".join(indicator.name.casefold().split()), " ".join(indicator.unit_of_measure.casefold().split())


def _highest_first(reported: tuple[str, IndicatorSummary]) -> tuple[bool, Decimal | int, str]:
    """Sort an office's figure."""
    key, indicator = reported
    return indicator.achievement_pct is None, -(indicator.achievement_pct or 0), key
