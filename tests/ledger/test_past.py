"""The figures of former periods come out of the ledger by one question, however much it holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import event

from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.form import BudgetAnswer, Entry, FormData, IndicatorAnswer, Submission
from mailbot.core.model.indicators import Period
from mailbot.core.model.past import Past
from mailbot.core.model.sop import Step
from mailbot.ledger.ledger import Ledger
from mailbot.ledger.values import Changes, CycleChange

AT = datetime(2026, 1, 23, 3, 0, tzinfo=UTC)


def submission(number: int, code: str, value: str) -> Submission:
    """Return one form with one indicator and one line of money."""
    return Submission(
        number=number,
        file_sha256=f"{number}" * 64,
        file_name="form.xlsx",
        sender="kabid@example.go.id",
        message_id="<a@example.go.id>",
        received_at=AT,
        data=FormData(
            indicators=(IndicatorAnswer(code=code, actual=Entry(value=Decimal(value), text=value)),),
            budget=(BudgetAnswer(code=f"2.{code}", spent_idr=Entry(value=Decimal(7))),),
        ),
    )


def cycle(period: Period, values: tuple[str, ...], *, closed: bool = True, counted: int = 1) -> Cycle:
    """Return a cycle in which each unit sent a form; `values` are those that count, one a unit."""
    units = tuple(
        UnitForm(
            unit=f"U{place}",
            state=UnitState.ACCEPTED if counted else UnitState.RETURNED,
            counted=counted,
            submissions=(submission(1, f"IKU-{place}", value), submission(2, f"IKU-{place}", "-1")),
        )
        for place, value in enumerate(values, start=1)
    )
    return Cycle(
        key=f"{period.year}-{period.quarter}",
        period=period,
        step=Step.SUBMIT,
        since=AT,
        due_at=AT,
        opened_at=AT,
        closed_at=AT if closed else None,
        units=units,
    )


def kept(ledger: Ledger, *cycles: Cycle) -> None:
    """Write cycles down."""
    ledger.commit(Changes(at=AT, cycles=tuple(CycleChange(before=None, after=one) for one in cycles)))


def values(past: Past) -> dict[Period, dict[str, str]]:
    """Return every figure as text."""
    return {period: {code: str(cell.value) for code, cell in told.items()} for period, told in past.figures.items()}


@contextmanager
def asked(ledger: Ledger) -> Iterator[list[str]]:
    """Give the list of what the database is asked meanwhile."""
    said: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engine = ledger.cycles._engine  # noqa: SLF001 - what a test listens to
    event.listen(engine, "before_cursor_execute", heard)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", heard)


def test_closed_years_and_quarters_as_far_as_they_have_come_are_past(ledger: Ledger) -> None:
    """The form that counts of each unit, by code; a year that runs is none, nor is a form that does not count."""
    kept(
        ledger,
        cycle(Period(year=2023), ("1", "2")),
        cycle(Period(year=2024), ("3", "4")),
        cycle(Period(year=2025), ("5", "6"), closed=False),
        cycle(Period(year=2025, quarter=4), ("7", "8"), closed=False),
        cycle(Period(year=2026, quarter=1), ("9", "9"), closed=False, counted=0),
    )
    assert values(ledger.cycles.past((2024, 2025, 2026))) == {
        Period(year=2024): {"iku.1": "3", "iku.2": "4", "2.iku.1": "7", "2.iku.2": "7"},
        Period(year=2025, quarter=4): {"iku.1": "7", "iku.2": "8", "2.iku.1": "7", "2.iku.2": "7"},
        Period(year=2026, quarter=1): {},
    }
    assert values(ledger.cycles.past((2025,), besides=("2025-4",))) == {}
    assert ledger.cycles.past(()) == Past()


def test_one_question_is_asked_whatever_the_ledger_holds(ledger: Ledger) -> None:
    """Twenty years more cost nothing more, and the forms are read once."""
    years = tuple(range(2022, 2026))
    kept(ledger, *(cycle(Period(year=year), ("1",)) for year in years))
    first = ledger.cycles.past(years)
    kept(
        ledger, *(cycle(Period(year=year, quarter=quarter), ("1",)) for year in range(1990, 2010) for quarter in (0, 1))
    )
    with asked(ledger) as said:
        assert ledger.cycles.past(years) is first
    assert [statement for statement in said if "submission" in statement] == []
    assert len([statement for statement in said if "FROM cycle" in statement]) == 1


def test_a_quarter_that_moves_is_read_again_and_no_other(ledger: Ledger) -> None:
    """Its figures are those that count now."""
    kept(ledger, cycle(Period(year=2024), ("3",)), cycle(Period(year=2025, quarter=1), ("7",), closed=False))
    assert values(ledger.cycles.past((2024, 2025)))[Period(year=2025, quarter=1)]["iku.1"] == "7"
    before = ledger.cycles.get("2025-1")
    assert before is not None
    after = replace(before, units=tuple(replace(unit, counted=2) for unit in before.units))
    ledger.commit(Changes(at=AT, cycles=(CycleChange(before=before, after=after),)))
    with asked(ledger) as said:
        assert values(ledger.cycles.past((2024, 2025)))[Period(year=2025, quarter=1)]["iku.1"] == "-1"
    assert len([statement for statement in said if "submission" in statement]) == 1
