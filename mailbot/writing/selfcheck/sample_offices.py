"""Three offices that there are not, beside each other: what the letter about many offices is tried on with."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.rollup.rolling_up import PeriodRollup, roll_up
from mailbot.core.rollup.summary import CycleSummary, IndicatorSummary, OfficeSummary


def sample_rolled(cycle: Cycle) -> tuple[PeriodRollup, ...]:
    """Return one office that is late, one within its time and one that has closed, in the period of that cycle."""
    late = CycleSummary(
        cycle=cycle.key,
        period=cycle.period,
        step=Step.COLLECT,
        since=cycle.since,
        due_at=cycle.due_at,
        late_days=3,
        closed_at=None,
        move=Role.DIVISION_HEAD,
        asked=4,
        accepted=2,
        due=4,
        in_time=2,
        forms=5,
        returned=3,
        indicators=(_indicator("88.20"),),
    )
    well = replace(late, step=Step.REVIEW, late_days=0, move=Role.SECRETARY, in_time=3, returned=1)
    well = replace(well, indicators=(_indicator("97.50"),))
    ended = replace(well, step=Step.SUBMIT, move=None, in_time=4, returned=0, closed_at=cycle.since)
    ended = replace(ended, indicators=(_indicator("104.00"),))
    names = (("a", "Contoh Satu", late), ("b", "Contoh Dua", well), ("c", "Contoh Tiga", ended))
    return roll_up(OfficeSummary(key=key, name=name, at=cycle.since, cycles=(own,)) for key, name, own in names)


def _indicator(actual: str) -> IndicatorSummary:
    """Return a figure of an indicator that all of them report."""
    return IndicatorSummary(
        code="IKM",
        name="Indeks Kepuasan Masyarakat",
        unit_of_measure="Persen",
        target=Decimal(100),
        actual=Decimal(actual),
        achievement_pct=Decimal(actual),
    )
