"""What earlier quarters left behind: the nearest accepted value of the same year, and nothing of other years."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.clerk.desk.remembering import last_values
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.form import Entry, FormData, IndicatorAnswer, Submission
from mailbot.core.model.indicators import Period
from mailbot.ledger.ledger import Ledger
from tests.copied import empty_ledger
from tests.ledger.examples import NOW, a_new_cycle, opening


def cycle(key: str, year: int, quarter: int, **values: str) -> Cycle:
    """Return a cycle in which PIAK's form, its second, counts with these values."""
    rows = tuple(
        IndicatorAnswer(code=code, actual=Entry(value=Decimal(value) if value else None))
        for code, value in values.items()
    )
    faulty = Submission(
        number=1,
        file_sha256="1" * 64,
        file_name="form.xlsx",
        sender="kabid-piak@example.go.id",
        message_id="<a@example.go.id>",
        received_at=NOW,
        data=FormData(indicators=(IndicatorAnswer(code="IKU01", actual=Entry(value=Decimal(1))),)),
    )
    counting = replace(faulty, number=2, data=FormData(indicators=rows), accepted=True)
    form = UnitForm(unit="piak", state=UnitState.ACCEPTED, submissions=(faulty, counting), counted=2)
    return replace(a_new_cycle(key), period=Period(year=year, quarter=quarter), units=(form,))


@pytest.fixture
def ledger() -> Ledger:
    """A ledger with two quarters of 2026, the last of 2025, and the whole of 2025."""
    ledger = empty_ledger()
    for earlier in (
        cycle("2026-tw2", 2026, 2, IKU01="20.5", IKU02=""),
        cycle("2026-tw1", 2026, 1, IKU01="10", IKU02="7", IKU03="3"),
        cycle("2025-tw4", 2025, 4, IKU01="99", IKU04="4"),
        cycle("2025", 2025, 0, IKU05="5"),
    ):
        ledger.commit(opening(earlier))
    return ledger


def test_a_quarter_remembers_the_nearest_earlier_one_of_its_year(ledger: Ledger) -> None:
    """IKU01 of the second quarter; what the second left blank is remembered from the first."""
    assert last_values(ledger, cycle("2026-tw3", 2026, 3)) == {
        "IKU01": Decimal("20.5"),
        "IKU02": Decimal(7),
        "IKU03": Decimal(3),
    }


def test_a_quarter_remembers_neither_itself_nor_what_comes_after(ledger: Ledger) -> None:
    """The second quarter knows the first alone."""
    assert last_values(ledger, cycle("2026-tw2", 2026, 2)) == {
        "IKU01": Decimal(10),
        "IKU02": Decimal(7),
        "IKU03": Decimal(3),
    }


@pytest.mark.parametrize(("year", "quarter"), [(2026, 1), (2026, 0), (2025, 0), (2027, 2)])
def test_a_first_quarter_and_a_whole_year_remember_nothing(ledger: Ledger, year: int, quarter: int) -> None:
    """A year is compared with its indicators' own history."""
    assert last_values(ledger, cycle("x", year, quarter)) == {}


def test_a_form_that_does_not_count_is_not_remembered(ledger: Ledger) -> None:
    """A unit whose form went back has left nothing behind."""
    form = cycle("2027-tw1", 2027, 1, IKU01="8").units[0]
    returned = replace(cycle("2027-tw1", 2027, 1), units=(replace(form, state=UnitState.RETURNED, counted=0),))
    ledger.commit(opening(returned))
    assert last_values(ledger, cycle("2027-tw2", 2027, 2)) == {}
