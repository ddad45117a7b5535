"""What was promised and what of it was achieved: numbers, ranges, words, each indicator's own formula."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.model.indicators import Aggregation, Formulas, Indicator, Period, Polarity, achievement_pct
from mailbot.core.model.targets import Target, achieved_pct, target_of, word_of
from tests.offices.small import OFFICE, quarters

BASE = OFFICE.indicator("IKU-01")
A = Formulas(negative="a")
NUMBERS = st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False, allow_infinity=False)
POSITIVE = st.decimals(min_value="0.01", max_value=10**6, places=2, allow_nan=False, allow_infinity=False)
KINDS = st.builds(
    lambda polarity, negative: replace(BASE, polarity=polarity, negative=negative),
    st.sampled_from(Polarity),
    st.sampled_from(["", "a", "b"]),
)


def ranged(low: str, high: str) -> Target:
    """Return a promise from low to high."""
    return Target(low=Decimal(low), high=Decimal(high))


@pytest.mark.parametrize(
    ("actual", "up", "down_a", "down_b"),
    [
        ("7.00", "100.00", "100.00", "100.00"),
        ("7.25", "100.00", "100.00", "100.00"),
        ("7.50", "100.00", "100.00", "100.00"),
        ("8.25", "110.00", "90.00", "90.91"),
        ("6.30", "90.00", "110.00", "111.11"),
        ("15.50", "206.67", "0.00", "48.39"),
    ],
)
def test_a_range_is_kept_inside_and_measured_by_the_bound_that_was_crossed(
    actual: str, up: str, down_a: str, down_b: str
) -> None:
    """Domain facts 2.3, after PermenPANRB 8/2021: above it by the upper bound, below it by the lower."""
    promised, reached = ranged("7.00", "7.50"), Decimal(actual)
    down = replace(BASE, polarity=Polarity.DOWN)
    assert achieved_pct(BASE, promised, reached, A) == Decimal(up)
    assert achieved_pct(down, promised, reached, A) == Decimal(down_a)
    assert achieved_pct(replace(down, negative="b"), promised, reached, A) == Decimal(down_b)


def test_an_indicators_own_variant_goes_before_the_offices() -> None:
    """3 promised and 4 taken is 66,67 by `a` and 75,00 by `b`."""
    down = replace(BASE, polarity=Polarity.DOWN)
    three, four = ranged("3", "3"), Decimal(4)
    assert achieved_pct(down, three, four, Formulas(negative="b")) == Decimal("75.00")
    assert achieved_pct(replace(down, negative="a"), three, four, Formulas(negative="b")) == Decimal("66.67")


def test_nothing_is_achieved_of_nothing() -> None:
    """Without a target, without a figure, or of zero."""
    assert achieved_pct(BASE, None, Decimal(1), A) is None
    assert achieved_pct(BASE, ranged("1", "2"), None, A) is None
    assert achieved_pct(BASE, ranged("0", "0"), Decimal(0), A) is None
    assert achieved_pct(BASE, ranged("0", "2"), Decimal(0), A) == 100


def test_a_years_range_is_what_its_quarters_come_to() -> None:
    """By the indicator's own way; quarters without a promise are left out, and a year without a range has none."""
    low, high = quarters("1", "-", "2", "3"), quarters("2", "-", "3", "5")
    made = replace(BASE, targets={2025: low, 2026: low}, upper_targets={2025: high})
    sums = replace(made, aggregation=Aggregation.SUM)
    assert target_of(made, Period(year=2025)) == ranged("3", "5")
    assert target_of(sums, Period(year=2025)) == ranged("6", "10")
    assert target_of(made, Period(year=2025, quarter=1)) == ranged("1", "2")
    assert target_of(made, Period(year=2025, quarter=2)) is None
    assert target_of(made, Period(year=2026)) == ranged("3", "3")
    assert target_of(made, Period(year=2024)) is None


def test_a_score_is_told_by_its_word() -> None:
    """Only by the very one that stands for it."""
    graded = replace(BASE, grades=(("BB", Decimal(75)), ("B", Decimal(65))))
    assert [word_of(graded, value) for value in (Decimal("75.0"), Decimal(70), None)] == ["BB", "", ""]
    assert word_of(BASE, Decimal(75)) == ""


@pytest.mark.parametrize(
    ("promised", "reached", "pct"),
    [("75", "65", "86.67"), ("75", "85", "113.33"), ("100", "100", "100.00"), ("100", "0", "0.00")],
)
def test_words_are_measured_by_their_scores(promised: str, reached: str, pct: str) -> None:
    """BB promised and B reached; Ada promised, and there or not."""
    assert achieved_pct(BASE, ranged(promised, promised), Decimal(reached), A) == Decimal(pct)


@given(KINDS, POSITIVE, NUMBERS)
def test_a_range_of_one_number_is_that_number(indicator: Indicator, target: Decimal, actual: Decimal) -> None:
    """Range and number agree where low and high are the same."""
    plain = achievement_pct(target, actual, indicator.polarity, indicator.negative or "a")
    assert achieved_pct(indicator, Target(low=target, high=target), actual, A) == plain


@given(KINDS, st.tuples(POSITIVE, POSITIVE).map(sorted), st.tuples(NUMBERS, NUMBERS).map(sorted))
def test_better_is_never_less(indicator: Indicator, bounds: list[Decimal], actuals: list[Decimal]) -> None:
    """Monotone in the better direction, over both bounds of a range."""
    target = Target(low=bounds[0], high=bounds[1])
    low, high = (achieved_pct(indicator, target, actual, A) for actual in actuals)
    if low is not None and high is not None:
        assert low <= high if indicator.polarity is Polarity.UP else low >= high


@given(KINDS, st.tuples(POSITIVE, POSITIVE).map(sorted), NUMBERS, st.sampled_from([Decimal(10), Decimal("0.5")]))
def test_the_unit_does_not_matter(indicator: Indicator, bounds: list[Decimal], actual: Decimal, scale: Decimal) -> None:
    """Days or half-days, tens or ones: the same achievement."""
    plain = achieved_pct(indicator, Target(low=bounds[0], high=bounds[1]), actual, A)
    scaled = Target(low=bounds[0] * scale, high=bounds[1] * scale)
    assert achieved_pct(indicator, scaled, actual * scale, A) == plain
