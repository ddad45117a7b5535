"""A form beside what lies in the ledger: whole numbers, quarters in their year, last quarter, closed years."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.core.forms.checks import check
from mailbot.core.forms.judging import Filled
from mailbot.core.model.form import BudgetAnswer, Entry, FormData, IndicatorAnswer
from mailbot.core.model.indicators import Aggregation, Indicator, Period
from mailbot.core.model.office import Office
from mailbot.core.model.past import past_of
from tests.core.small_forms import money, number, row, whole, words
from tests.offices.small import OFFICE

YEAR, FIRST, SECOND = Period(year=2025), Period(year=2025, quarter=1), Period(year=2025, quarter=2)
LEVEL, COUNT, LINE = "IKU-02", "IKK-12", "2.12.02.2.01.0005"
EXPLAINED = {"obstacles": words("Blangko habis", "M7"), "follow_up": words("Dipesan", "N7")}
Values = dict[Period, dict[str, str]]


def of_ledger(values: Values, **fields: dict[str, object]) -> Office:
    """Return the office that remembers figures; indicators changed by code (`IKK_12={"decimals": 0}`)."""
    forms = {
        period: (
            FormData(
                indicators=tuple(
                    IndicatorAnswer(code=code, actual=number(value)) for code, value in told.items() if code != LINE
                ),
                budget=tuple(
                    BudgetAnswer(code=code, spent_idr=number(value)) for code, value in told.items() if code == LINE
                ),
            ),
        )
        for period, told in values.items()
    }
    changed = {name.replace("_", "-"): new for name, new in fields.items()}
    rows = tuple(_changed(one, changed.get(one.code, {})) for one in OFFICE.indicators)
    return replace(OFFICE, indicators=rows, past=past_of(forms))


def _changed(indicator: Indicator, fields: dict[str, object]) -> Indicator:
    """Return an indicator with some fields changed."""
    return replace(indicator, **fields)  # type: ignore[arg-type]  # any of its fields


def found(
    office: Office, period: Period = YEAR, spent: str = "309725000", note: Entry | None = None, **cells: Entry
) -> list[tuple[str, str, str, str]]:
    """Check DAFDUK's form in order but for `level` and `count`; tell code, row, weight and the other figure."""
    remark = {"remark": cells["remark"]} if "remark" in cells else {}
    rows = (
        row(LEVEL, "", **EXPLAINED, **remark, actual=cells.get("level", number("99.45"))),
        row(COUNT, "", **EXPLAINED, **remark, actual=cells.get("count", number("52"))),
    )
    line = money(LINE, spent, note=note or Entry())
    form = replace(whole("DAFDUK", period), indicators=rows, budget=(line,))
    filled = Filled(data=form, unit="DAFDUK", period=period, office=office, last={}, attached=())
    told = [(fault.code.value, fault.row, fault.severity.value, fault.other) for fault in check(filled)]
    return [one for one in told if one[0] != "absorption_against_achievement"]


@pytest.mark.parametrize(
    ("fields", "value", "wrong"),
    [
        ({"decimals": 0}, "52.5", True),
        ({"decimals": 0}, "52.0", False),
        ({"decimals": 0}, "52", False),
        ({"decimals": 2}, "52.5", False),
        ({"decimals": 0, "aggregation": Aggregation.MEAN}, "12.5", False),
        ({"decimals": 0, "numerator": "Jumlah"}, "52.5", False),
        ({"decimals": 0, "unit_of_measure": "Persen"}, "52.5", False),
    ],
)
def test_what_is_counted_comes_in_whole_numbers(fields: dict[str, object], value: str, wrong: bool) -> None:  # noqa: FBT001 - a column of the table
    """A share, a mean and what is printed with decimals need not; a reason lets it pass."""
    office = of_ledger({}, IKK_12=fields)
    codes = [(code, weight) for code, _, weight, _ in found(office, count=number(value))]
    assert ([pair for pair in codes if pair[0] == "not_whole"] == [("not_whole", "warning")]) is wrong
    told = found(office, count=number(value), remark=words("Dihitung per kelompok"))
    assert (("not_whole", COUNT, "note", "") in told) is wrong


RUNNING: dict[str, object] = {"aggregation": Aggregation.LAST, "decimals": 0}


@pytest.mark.parametrize(
    ("values", "fields", "count", "other"),
    [
        ({FIRST: {COUNT: "30"}, SECOND: {COUNT: "25"}}, {}, "52", "55"),
        ({FIRST: {COUNT: "30"}, SECOND: {COUNT: "22"}}, {}, "52", ""),
        ({FIRST: {COUNT: "30"}, SECOND: {COUNT: "25"}}, RUNNING, "52", ""),
        ({FIRST: {COUNT: "53"}}, RUNNING, "52", "53"),
        ({FIRST: {COUNT: "53"}}, {"aggregation": Aggregation.MEAN}, "52", ""),
        ({FIRST: {LEVEL: "99.90"}}, {}, "52", ""),
        ({}, {}, "52", ""),
    ],
)
def test_a_year_holds_its_quarters(values: Values, fields: dict[str, object], count: str, other: str) -> None:
    """Of a sum their sum, of a running count each; a share or a mean may lie below one of its quarters."""
    office = of_ledger(values, IKK_12=fields)
    told = [one for one in found(office, count=number(count)) if one[0] == "quarter_over_year"]
    assert told == ([("quarter_over_year", COUNT, "warning", other)] if other else [])


@pytest.mark.parametrize(
    ("parts", "level", "count", "wrong"),
    [
        ((COUNT,), "52", "52", False),
        ((COUNT,), "52.04", "52", False),
        ((COUNT,), "53", "52", True),
        ((COUNT, COUNT), "104", "52", False),
        ((COUNT, "IKU-01"), "53", "52", False),
        ((), "53", "52", False),
    ],
)
def test_a_whole_is_the_sum_of_its_parts(parts: tuple[str, ...], level: str, count: str, wrong: bool) -> None:  # noqa: FBT001 - a column of the table
    """Compared within the tolerance, where all parts have a value; a reason lets it pass."""
    office = of_ledger({}, IKU_02={"total_of": parts})
    told = [one for one in found(office, level=number(level), count=number(count)) if one[0] == "total_of_parts"]
    assert told == ([("total_of_parts", LEVEL, "warning", COUNT)] if wrong else [])
    explained = found(office, level=number(level), count=number(count), remark=words("Sisanya luar daerah"))
    assert (("total_of_parts", LEVEL, "note", COUNT) in explained) is wrong


def test_a_quarter_fits_into_its_year_and_a_reason_lets_it_pass() -> None:
    """When the year was closed before its quarter came."""
    office = of_ledger({YEAR: {COUNT: "9"}})
    told = found(office, FIRST, count=number("10"), level=number("99.2"))
    assert ("quarter_over_year", COUNT, "warning", "9") in told
    told = found(office, FIRST, count=number("10"), level=number("99.2"), remark=words("Koreksi data"))
    assert ("quarter_over_year", COUNT, "note", "9") in told
    assert not any(one[0] == "quarter_over_year" for one in found(office, FIRST, count=number("9")))


def test_a_year_s_spending_is_no_less_than_a_quarter_s() -> None:
    """Whether quarters are told for themselves or run on."""
    office = of_ledger({SECOND: {LINE: "310000000"}})
    assert found(office) == [("quarter_over_year", LINE, "warning", "310000000")]
    assert found(office, note=words("Kontrapos triwulan II")) == [("quarter_over_year", LINE, "note", "310000000")]
    assert found(office, spent="310000000") == []
    blank = replace(whole("DAFDUK"), budget=(money(LINE),))
    filled = Filled(data=blank, unit="DAFDUK", period=YEAR, office=office, last={}, attached=())
    assert [fault.code.value for fault in check(filled)] == ["required_empty"]


def test_a_quarter_s_value_equal_to_the_last_quarter_s_is_noted() -> None:
    """Unless it is the target; of last year's last quarter too; a whole form of them is asked about."""
    office = of_ledger({FIRST: {LEVEL: "99.45", COUNT: "12"}})
    same = ("same_as_last_quarter", LEVEL, "note", "")
    assert found(office, SECOND, count=number("13")) == [same]
    assert found(office, SECOND, count=number("12"), level=number("99.10")) == []
    copied = of_ledger({FIRST: {LEVEL: "99.45", COUNT: "13"}})
    assert found(copied, SECOND, count=number("13")) == [("all_same_as_last_quarter", LEVEL, "warning", "")]
    told = found(copied, SECOND, count=number("13"), remark=words("Survei tahunan"))
    assert told == [("all_same_as_last_quarter", LEVEL, "note", "")]
    before = of_ledger({Period(year=2024, quarter=4): {LEVEL: "99.45"}})
    assert found(before, FIRST, count=number("11")) == [same]


def told_before(period: Period, **texts: str) -> Office:
    """Return the office that remembers what was written of the level in a period."""
    cells = {name: words(text, "M7") for name, text in texts.items()}
    answer = IndicatorAnswer(code=LEVEL, actual=number("99.00"), **cells)
    return replace(OFFICE, past=past_of({period: (FormData(indicators=(answer,)),)}))


@pytest.mark.parametrize(
    ("period", "before", "texts", "noted"),
    [
        (SECOND, FIRST, {"obstacles": "blangko  HABIS"}, True),
        (SECOND, FIRST, {"follow_up": "Dipesan", "obstacles": "Jaringan putus"}, True),
        (SECOND, FIRST, {"obstacles": "Blangko habis lagi", "follow_up": "Dipesan ulang"}, False),
        (FIRST, Period(year=2024, quarter=4), {"obstacles": "Blangko habis"}, True),
        (SECOND, Period(year=2024, quarter=2), {"obstacles": "Blangko habis"}, False),
        (YEAR, Period(year=2024), {"obstacles": "Blangko habis"}, True),
        (YEAR, Period(year=2025, quarter=4), {"obstacles": "Blangko habis"}, False),
    ],
)
def test_an_explanation_copied_from_the_period_before_is_noted(
    period: Period, before: Period, texts: dict[str, str], *, noted: bool
) -> None:
    """Once a row, and only under the target; a note holds nothing up."""
    office = told_before(before, **texts)
    codes = [one for one in found(office, period, level=number("90")) if one[0] == "narrative_copied"]
    assert codes == ([("narrative_copied", LEVEL, "note", "")] if noted else [])
    reached = found(office, period, level=number("99.99"))
    assert not any(code == "narrative_copied" for code, *_ in reached)


def test_what_leaps_every_year_with_the_season_is_asked_nothing() -> None:
    """Three times last quarter's count, and near to that of the same quarter last year."""
    leap = ("jump", COUNT, "warning", "12")
    season = {FIRST: {COUNT: "12"}, Period(year=2024, quarter=2): {COUNT: "38"}}
    assert leap in found(of_ledger({FIRST: {COUNT: "12"}}), SECOND, count=number("40"))
    assert leap not in found(of_ledger(season), SECOND, count=number("40"))
    assert leap in found(of_ledger(season), SECOND, count=number("90"))


def test_a_closed_year_of_the_ledger_is_compared_with() -> None:
    """What is configured of it gives way."""
    office = of_ledger({Period(year=2024): {LEVEL: "99.45", COUNT: "30"}})
    assert found(office, count=number("150")) == [
        ("jump", COUNT, "warning", "30"),
        ("same_as_last_year", LEVEL, "note", ""),
    ]


def test_only_of_a_running_count_it_is_said_that_it_runs_on() -> None:
    """A share that falls is asked about, in other words."""
    filled = Filled(
        data=replace(
            whole("DAFDUK", SECOND),
            indicators=(row(LEVEL, "99.11", **EXPLAINED), row(COUNT, "12")),
        ),
        unit="DAFDUK",
        period=SECOND,
        office=of_ledger({}, IKK_12=RUNNING),
        last={LEVEL: Decimal("99.20"), COUNT: Decimal(13)},
        attached=(),
    )
    assert [(fault.code.value, fault.row) for fault in check(filled)] == [
        ("level_fell", LEVEL),
        ("cumulative_fell", COUNT),
    ]
