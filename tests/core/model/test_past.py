"""What a figure is compared with: the ledger's own former periods, and what is configured where it has none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.model.form import BudgetAnswer, Entry, FormData, IndicatorAnswer
from mailbot.core.model.indicators import Aggregation, Indicator, Period
from mailbot.core.model.past import Past, past_of, realised
from tests.core.small_forms import NIL, number
from tests.offices.small import OFFICE

LEVEL, COUNT, DAYS = (OFFICE.indicator(code) for code in ("IKU-02", "IKK-12", "IKK-10"))
YEAR, FIRST, SECOND = Period(year=2026), Period(year=2026, quarter=1), Period(year=2026, quarter=2)


def past(code: str, **values: str | Entry) -> Past:
    """Return what lies in the ledger of one code: `y2025="99"` of a year, `q2025_4="11"` of a quarter."""
    forms = {}
    for name, value in values.items():
        year, _, quarter = name[1:].partition("_")
        cell = number(value) if isinstance(value, str) else value
        row = IndicatorAnswer(code=code, actual=cell)
        forms[Period(year=int(year), quarter=int(quarter or 0))] = (FormData(indicators=(row,)),)
    return past_of(forms)


@pytest.mark.parametrize(
    ("indicator", "values", "expected"),
    [
        (LEVEL, {"y2024": "99.20"}, "99.20"),
        (LEVEL, {}, "99.12"),
        (LEVEL, {"y2023": "98"}, "99.12"),
        (LEVEL, {"q2024_1": "97", "q2024_2": "98", "q2024_3": "98", "q2024_4": "99.3"}, "99.3"),
        (LEVEL, {"q2024_1": "97", "q2024_2": "98", "q2024_3": "98"}, "99.12"),
        (COUNT, {"q2024_1": "10", "q2024_2": "11", "q2024_3": "12", "q2024_4": "9"}, "42"),
        (DAYS, {"q2024_1": "2", "q2024_2": "3", "q2024_3": "2", "q2024_4": "3"}, "2.5"),
        (COUNT, {"y2024": "45", "q2024_1": "10"}, "45"),
        (COUNT, {"y2024": NIL}, "0"),
        (DAYS, {"y2024": NIL}, "3.10"),
    ],
)
def test_a_year_is_the_ledger_s_and_what_it_lacks_the_configured(
    indicator: Indicator, values: dict[str, str | Entry], expected: str
) -> None:
    """Its own cycle first, then all its quarters together, then what `indicators.yaml` says."""
    assert past(indicator.code, **values).of_year(indicator, 2024) == Decimal(expected)


def test_only_the_quarters_that_were_promised_make_a_year() -> None:
    """One without a target was never asked for."""
    promised = (Decimal(10), None, None, Decimal(12))
    indicator = replace(COUNT, targets={2024: promised}, history={})
    assert past(COUNT.code, q2024_1="10", q2024_4="12").of_year(indicator, 2024) == Decimal(22)
    assert past(COUNT.code, q2024_1="10").of_year(indicator, 2024) is None
    at_its_end = replace(indicator, targets={2024: (None, None, None, Decimal(22))})
    assert past(COUNT.code, q2024_1="10", q2024_4="12").of_year(at_its_end, 2024) == Decimal(22)
    nothing = replace(indicator, targets={2024: (None,) * 4})
    assert past(COUNT.code, q2024_1="10").of_year(nothing, 2024) is None


@pytest.mark.parametrize(
    ("indicator", "period", "values", "expected"),
    [
        (LEVEL, YEAR, {"y2025": "99.46"}, "99.46"),
        (LEVEL, FIRST, {"y2025": "99.46"}, "99.46"),
        (LEVEL, SECOND, {"y2025": "99.46", "q2026_1": "99.5"}, "99.5"),
        (LEVEL, FIRST, {}, "99.12"),
        (COUNT, FIRST, {"y2025": "45"}, None),
        (COUNT, FIRST, {"y2025": "45", "q2025_4": "12"}, "12"),
        (COUNT, SECOND, {"q2025_4": "12", "q2026_1": "9"}, "9"),
        (COUNT, Period(year=2026, quarter=4), {"q2026_1": "9", "q2026_2": "8"}, "8"),
        (COUNT, Period(year=2026, quarter=4), {"q2025_4": "12", "q2026_4": "8"}, "12"),
    ],
)
def test_a_value_is_compared_with_the_last_that_means_the_same(
    indicator: Indicator, period: Period, values: dict[str, str], expected: str | None
) -> None:
    """A quarter's count is compared with a quarter's, never with a year's total."""
    found = past(indicator.code, **values).before(indicator, period)
    assert found == (None if expected is None else Decimal(expected))


def test_what_is_known_of_the_last_quarter_goes_before() -> None:
    """The desk has looked it up."""
    assert past("IKK-12", q2026_1="9").before(COUNT, SECOND, Decimal(10)) == Decimal(10)
    assert past("IKK-12", q2026_1="9").last_quarter(COUNT, SECOND) == Decimal(9)


def test_codes_are_found_however_they_are_written_and_blanks_are_no_figures() -> None:
    """Money too."""
    row, blank = IndicatorAnswer(code="iku 02", actual=number("99")), IndicatorAnswer(code="IKK-12")
    line = BudgetAnswer(code="2.12.02.2.01.0005", spent_idr=number("7"))
    found = past_of({YEAR: (FormData(indicators=(row, blank), budget=(line,)),)})
    assert found.value(LEVEL, YEAR) == Decimal(99)
    assert found.entry("IKK-12", YEAR) is None
    assert found.entry("2.12.02.2.01.0005", YEAR) == number("7")
    assert found.quarters("IKU-02", 2026) == {}


def test_only_a_count_whose_last_quarter_makes_the_year_runs_on() -> None:
    """A share, an index, a mean or a sum does not."""
    running = replace(COUNT, aggregation=Aggregation.LAST, decimals=0)
    assert (running.runs_on, running.counts) == (True, True)
    others = (LEVEL, replace(COUNT, decimals=0), replace(running, decimals=1), replace(running, numerator="Jumlah"))
    assert [one.runs_on for one in others] == [False] * 4
    assert not replace(running, aggregation=Aggregation.MEAN).counts


def test_nihil_is_nothing_of_a_count_and_no_figure_where_less_is_better() -> None:
    """Who means 0 writes 0."""
    assert realised(COUNT, NIL) == Decimal(0)
    assert realised(DAYS, NIL) is None
    assert realised(DAYS, number("3")) == Decimal(3)
