"""Efficiency by each of the four methods, and what holds for all of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.model.indicators import Efficiency, Formulas
from mailbot.core.report.judging_money import METHODS, UNKNOWN, judge
from mailbot.core.report.money import summed
from mailbot.core.report.results import BudgetResult, Judged

PERCENT = st.decimals(min_value=0, max_value=400, places=2, allow_nan=False, allow_infinity=False)
MONEY = st.decimals(min_value=1, max_value=10**10, places=0, allow_nan=False, allow_infinity=False)


def line(budget: str, spent: str, wanted: str = "", made: str = "", code: str = "1") -> BudgetResult:
    """Return one budget line; empty: not known."""
    pagu, gone = Decimal(budget), Decimal(spent) if spent else None
    return BudgetResult(
        code=code,
        name="",
        owner="",
        budget_idr=pagu,
        spent_idr=gone,
        absorption_pct=None,
        reported_idr=pagu if spent else Decimal(0),
        output_target=Decimal(wanted) if wanted else None,
        output_actual=Decimal(made) if made else None,
    )


def judged(method: str, achieved: str, *lines: BudgetResult) -> Judged:
    """Judge an achievement against some lines."""
    formulas = Formulas(efficiency=method, efficiency_tolerance=Decimal(5))
    total = summed("", "", "", lines) if lines else None
    return judge(Decimal(achieved) if achieved else None, total, lines, formulas)


@pytest.mark.parametrize(
    ("method", "achieved", "spent", "efficiency", "points"),
    [
        ("difference", "106", "95", Efficiency.EFFICIENT, "11.00"),
        ("difference", "97", "95", Efficiency.BALANCED, "2.00"),
        ("difference", "80", "95", Efficiency.INEFFICIENT, "-15.00"),
        ("difference", "80", "60", Efficiency.LOW_BOTH, "20.00"),
        ("simple", "100", "100", Efficiency.EFFICIENT, "0.00"),
        ("simple", "100.01", "100", Efficiency.EFFICIENT, "0.01"),
        ("simple", "98", "99", Efficiency.INEFFICIENT, "-1.00"),
        ("simple", "98", "95", Efficiency.LOW_BOTH, "3.00"),
        ("conditional", "100", "93", Efficiency.EFFICIENT, "7.00"),
        ("conditional", "120", "100", Efficiency.BALANCED, "0.00"),
        ("conditional", "120", "101", Efficiency.INEFFICIENT, "-1.00"),
        ("conditional", "99.99", "50", Efficiency.UNMET, ""),
        ("volume", "110", "99", Efficiency.EFFICIENT, "10.00"),
        ("volume", "100", "100", Efficiency.BALANCED, "0.00"),
        ("volume", "90", "99", Efficiency.INEFFICIENT, "-10.00"),
        ("volume", "90", "45", Efficiency.LOW_BOTH, "50.00"),
    ],
)
def test_what_each_method_says(method: str, achieved: str, spent: str, efficiency: Efficiency, points: str) -> None:
    """Domain facts 2.5, of a pagu of 100."""
    told = judged(method, achieved, line("100", spent))
    assert (told.efficiency, told.points) == (efficiency, Decimal(points) if points else None)


def test_the_central_governments_example() -> None:
    """PAK 325.000.000, TVK 100, RAK 309.725.000, RVK 104: E 8,37 and NE 70,91 (domain facts 2.5)."""
    told = judged("volume", "104", line("325000000", "309725000", "100", "104"))
    assert told == Judged(efficiency=Efficiency.EFFICIENT, points=Decimal("8.37"), ne=Decimal("70.91"))
    assert judged("volume", "104", line("325000000", "309725000")) == told  # the achievement stands for the volume


def test_ne_stays_within_its_scale_while_e_is_as_it_is() -> None:
    """One ministry published NE = 235 % because nothing held it."""
    assert judged("volume", "400", line("100", "40")).points == Decimal("90.00")
    assert judged("volume", "400", line("100", "40")).ne == 100
    assert judged("volume", "100", line("100", "300")).ne == 0


@pytest.mark.parametrize("method", METHODS)
def test_what_is_not_known_is_not_judged(method: str) -> None:
    """No achievement, no lines, no pagu, a spending that nobody has told; and 0 of 0 is not begun."""
    assert judged(method, "", line("100", "40")) == UNKNOWN
    assert judged(method, "90") == UNKNOWN
    assert judged(method, "90", line("0", "0")) == UNKNOWN
    assert judged(method, "90", line("100", "40"), line("1", "")) == UNKNOWN
    assert judged(method, "0", line("100", "0")).efficiency is Efficiency.NOT_STARTED


def test_less_is_said_to_be_spent_only_where_it_was() -> None:
    """Half more outputs than planned for the whole pagu, and the target missed; as much reached as was spent."""
    assert judged("volume", "95", line("100", "100", "10", "15")).efficiency is Efficiency.UNMET
    assert judged("simple", "60", line("100", "60")).efficiency is Efficiency.UNMET


def test_outputs_of_which_none_was_made_cannot_be_priced() -> None:
    """Nothing was to be had for the money, so there is no price to compare."""
    assert judged("volume", "90", line("100", "40", "5", "0")) == UNKNOWN


@given(st.sampled_from(sorted(METHODS)), PERCENT, MONEY, PERCENT)
def test_under_the_target_nothing_is_efficient(method: str, achieved: Decimal, pagu: Decimal, share: Decimal) -> None:
    """Whatever the method, and however little was spent; NE lies on its scale."""
    told = judged(method, str(achieved), line(str(pagu), str(pagu * share / 100)))
    assert achieved >= 100 or told.efficiency is not Efficiency.EFFICIENT
    assert told.ne is None or 0 <= told.ne <= 100


@given(st.sampled_from(sorted(METHODS)), PERCENT, st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=4))
def test_neither_the_currency_nor_the_order_matters(
    method: str, achieved: Decimal, amounts: list[tuple[Decimal, Decimal]]
) -> None:
    """A thousandfold pagu and spending, the lines the other way round: the same judgement."""
    lines = [line(str(pagu), str(spent), code=str(number)) for number, (pagu, spent) in enumerate(amounts)]
    many = [
        replace(
            one,
            budget_idr=one.budget_idr * 1000,
            reported_idr=one.reported_idr * 1000,
            spent_idr=(one.spent_idr or Decimal(0)) * 1000,
        )
        for one in reversed(lines)
    ]
    assert judged(method, str(achieved), *lines) == judged(method, str(achieved), *many)
