"""Promises: targets of quarters and years, what a ratio is multiplied with, what compares with what."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.model.indicators import Aggregation, Indicator, Period, PeriodKind
from tests.offices.small import INDICATORS, OFFICE, quarters


def of(aggregation: Aggregation, targets: str) -> Indicator:
    """Return an indicator with these quarterly targets of 2025."""
    return replace(INDICATORS[0], aggregation=aggregation, targets={2025: quarters(*targets.split())})


@pytest.mark.parametrize(
    ("aggregation", "targets", "year"),
    [
        (Aggregation.LAST, "1 2 3 4", "4"),
        (Aggregation.LAST, "1 2 - -", "2"),
        (Aggregation.SUM, "10 12 14 12", "48"),
        (Aggregation.SUM, "- 1 - 1", "2"),
        (Aggregation.MEAN, "3 3 4 -", "3.333333333333333333333333333"),
        (Aggregation.MEAN, "- - - -", ""),
    ],
)
def test_a_year_s_target_is_its_quarters_together(aggregation: Aggregation, targets: str, year: str) -> None:
    """Only quarters that promise something count."""
    assert of(aggregation, targets).target(Period(year=2025)) == (Decimal(year) if year else None)


def test_a_quarter_has_its_own_target_or_none() -> None:
    """Nor has a year that is not planned."""
    indicator = of(Aggregation.LAST, "- 2 3 4")
    assert indicator.target(Period(year=2025, quarter=1)) is None
    assert indicator.target(Period(year=2025, quarter=4)) == 4
    assert indicator.target(Period(year=2031)) is None


@pytest.mark.parametrize(
    ("measure", "scale"),
    [("Persen", 100), ("%", 100), ("persen (%)", 100), ("Permil", 1000), ("‰", 1000), ("Indeks", 1), ("Hari kerja", 1)],
)
def test_a_ratio_is_scaled_by_its_unit_of_measure(measure: str, scale: int) -> None:
    """However the office spells it."""
    assert replace(INDICATORS[0], unit_of_measure=measure).scale == scale


def test_only_what_is_added_up_is_counted_quarter_by_quarter() -> None:
    """A level of a quarter is like a level of a year."""
    assert [of(aggregation, "1 1 1 1").per_quarter for aggregation in Aggregation] == [False, True, False]


def test_a_unit_is_asked_what_is_promised_and_budgeted_for_the_period() -> None:
    """IKU-14 has no target in the first quarter; CAPIL's line is not in the budget of 2026."""
    first = Period(year=2026, quarter=1)
    assert [indicator.code for indicator in OFFICE.asked_indicators("SEKRETARIAT", first)] == ["IKU-01"]
    assert [indicator.code for indicator in OFFICE.asked_indicators("SEKRETARIAT", Period(year=2025))] == [
        "IKU-01",
        "IKU-14",
    ]
    assert OFFICE.asked_budget("CAPIL", first) == ()
    assert first.kind is PeriodKind.QUARTER
    assert Period(year=2025).kind is PeriodKind.ANNUAL


def test_what_an_office_knows_is_found_by_code_or_not_at_all() -> None:
    """Indicators, budget lines, plans."""
    assert OFFICE.indicator("IKK-12").owner == "DAFDUK"
    assert OFFICE.budget_line("2.12.03.2.01.0001").owner == "CAPIL"
    assert OFFICE.plan("2025").period == Period(year=2025)
    for find in (OFFICE.indicator, OFFICE.budget_line, OFFICE.plan):
        with pytest.raises(KeyError):
            find("tidak-ada")
