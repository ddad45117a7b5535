"""The formulas: every test vector of the field's facts, the gaps of the scale, and what must hold for all numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.model.indicators import (
    Efficiency,
    Formulas,
    Polarity,
    absorption_pct,
    achievement_pct,
    efficiency,
    mean_pct,
    rating,
    rounded,
)
from tests.offices.small import BANDS, FORMULAS

NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
TARGETS = st.decimals(min_value="0.01", max_value=10**6, places=2, allow_nan=False, allow_infinity=False)


def decimal(text: str) -> Decimal | None:
    """Return a number, None for a dash."""
    return None if text == "-" else Decimal(text)


@pytest.mark.parametrize(
    ("target", "actual", "up", "down_a", "down_b"),
    [
        ("98.50", "98.12", "99.61", "100.39", "100.39"),
        ("70", "74.30", "106.14", "93.86", "94.21"),
        ("20", "12.85", "64.25", "135.75", "155.64"),
        ("3", "1", "33.33", "166.67", "300.00"),
        ("3", "4", "133.33", "66.67", "75.00"),
        ("3", "6", "200.00", "0.00", "50.00"),
        ("3", "7", "233.33", "0.00", "42.86"),
        ("3", "0", "0.00", "200.00", "-"),
        ("0", "5", "-", "-", "-"),
        ("-", "5", "-", "-", "-"),
        ("3", "-", "-", "-", "-"),
    ],
)
def test_achievement_by_every_variant(target: str, actual: str, up: str, down_a: str, down_b: str) -> None:
    """Domain facts 2.3: two decimals half up, floor 0, undefined where there is nothing to divide by."""
    promised, reached = decimal(target), decimal(actual)
    assert achievement_pct(promised, reached, Polarity.UP, "a") == decimal(up)
    assert achievement_pct(promised, reached, Polarity.DOWN, "a") == decimal(down_a)
    assert achievement_pct(promised, reached, Polarity.DOWN, "b") == decimal(down_b)


@pytest.mark.parametrize(
    ("pct", "label"),
    [
        ("120", "Sangat Tinggi"),
        ("91", "Sangat Tinggi"),
        ("90.99", "Tinggi"),
        ("90.5", "Tinggi"),
        ("76", "Tinggi"),
        ("75.99", "Sedang"),
        ("66", "Sedang"),
        ("65.5", "Rendah"),
        ("51", "Rendah"),
        ("50.5", "Sangat Rendah"),
        ("0", "Sangat Rendah"),
        ("-", ""),
    ],
)
def test_the_gaps_of_the_published_scale_get_the_lower_rating(pct: str, label: str) -> None:
    """Permendagri 86/2017 names 76 to 90 and 91 to 100; 90,5 is Tinggi."""
    assert rating(decimal(pct), BANDS) == label


def test_a_scale_that_does_not_reach_down_to_zero_ends_with_its_last_band() -> None:
    """Nothing is left without a word."""
    assert rating(Decimal(10), BANDS[:3]) == "Sedang"


@pytest.mark.parametrize(
    ("budget", "spent", "pct"),
    [
        ("8258500000", "7912693162", "95.81"),
        ("325000000", "309725000", "95.30"),
        ("100", "0", "0.00"),
        ("0", "5", "-"),
        ("-", "5", "-"),
        ("100", "-", "-"),
    ],
)
def test_absorption(budget: str, spent: str, pct: str) -> None:
    """Domain facts 4.5: the whole office absorbed 95,81 %."""
    assert absorption_pct(decimal(budget), decimal(spent)) == decimal(pct)


def test_a_mean_leaves_out_what_cannot_be_computed_and_caps_each_value() -> None:
    """One 400 % must not hide a failure."""
    values = (Decimal(400), None, Decimal(80))
    assert mean_pct(values, Decimal(120)) == Decimal("100.00")
    assert mean_pct(values, None) == Decimal("240.00")
    assert mean_pct((None, None), Decimal(120)) is None
    assert mean_pct((), None) is None


@pytest.mark.parametrize(
    ("achieved", "absorbed", "judged"),
    [
        ("106", "95", Efficiency.EFFICIENT),
        ("100", "95", Efficiency.BALANCED),
        ("100", "94.99", Efficiency.EFFICIENT),
        ("99.99", "94.98", Efficiency.LOW_BOTH),
        ("95", "100", Efficiency.BALANCED),
        ("94.99", "100", Efficiency.INEFFICIENT),
        ("80", "60", Efficiency.LOW_BOTH),
        ("0", "0", Efficiency.NOT_STARTED),
        ("-", "95", Efficiency.UNKNOWN),
        ("95", "-", Efficiency.UNKNOWN),
    ],
)
def test_efficiency_by_the_difference(achieved: str, absorbed: str, judged: Efficiency) -> None:
    """Within five points balanced; little spent for little reached is never called efficient; 0/0 is not begun."""
    assert efficiency(decimal(achieved), decimal(absorbed), FORMULAS) is judged


def test_without_a_tolerance_every_difference_counts() -> None:
    """The simple variant: achievement at least as high as absorption."""
    plain = Formulas()
    assert efficiency(Decimal(100), Decimal(100), plain) is Efficiency.BALANCED
    assert efficiency(Decimal("100.01"), Decimal(100), plain) is Efficiency.EFFICIENT
    assert efficiency(Decimal("99.99"), Decimal(100), plain) is Efficiency.INEFFICIENT


@given(TARGETS, NUMBERS, NUMBERS, st.sampled_from("ab"))
def test_achievement_is_monotone_and_never_negative(
    target: Decimal, first: Decimal, second: Decimal, negative: str
) -> None:
    """More is never worse where more is better, and never better where less is."""
    low, high = sorted((first, second))
    up_low, up_high = (achievement_pct(target, value, Polarity.UP, negative) for value in (low, high))
    down_low, down_high = (achievement_pct(target, value, Polarity.DOWN, negative) for value in (low, high))
    assert up_low is not None
    assert up_high is not None
    assert 0 <= up_low <= up_high
    if down_low is not None and down_high is not None:
        assert down_low >= down_high >= 0


@given(st.lists(st.one_of(st.none(), NUMBERS)), st.one_of(st.none(), TARGETS))
def test_a_mean_lies_between_its_values(values: list[Decimal | None], cap: Decimal | None) -> None:
    """And under the cap."""
    mean = mean_pct(values, cap)
    known = [value for value in values if value is not None]
    assert (mean is None) == (not known)
    if mean is not None:
        assert rounded(min(known) if cap is None else min(*known, cap)) <= mean <= rounded(max(known))
        assert cap is None or mean <= rounded(cap)


@pytest.mark.parametrize("exponent", [30, 308])
def test_a_slip_of_the_keyboard_stops_nothing(exponent: int) -> None:
    """A cell can hold 1E308."""
    huge = Decimal(10) ** exponent
    reached = achievement_pct(Decimal(3), huge, Polarity.UP, "a")
    assert reached is not None
    assert reached > huge
    assert achievement_pct(Decimal(3), huge, Polarity.DOWN, "a") == 0
    assert absorption_pct(huge, huge) == Decimal("100.00")


def test_half_is_rounded_up() -> None:
    """Not to even."""
    assert rounded(Decimal("0.125")) == Decimal("0.13")
    assert rounded(Decimal("0.135")) == Decimal("0.14")
