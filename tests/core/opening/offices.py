"""The small office with cycles that come back, and targets for years to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from mailbot.core.model.office import Office
from mailbot.core.opening.plans import Recurring
from tests.offices.small import OFFICE

QUARTERS = Recurring(key="{year}-tw{quarter}", first_year=2026, quarters=(1, 2, 3), working_day=3)
YEARS = Recurring(key="{year}", first_year=2026, day=5)


def returning(*recurring: Recurring, closed: frozenset[date] | None = None, zone: str | None = None) -> Office:
    """Return the office with nothing but these cycles, and what is promised for 2026 promised until 2032."""
    indicators = tuple(
        replace(one, targets={**one.targets, **dict.fromkeys(range(2027, 2033), one.targets[2026])})
        for one in OFFICE.indicators
    )
    budget = tuple(
        replace(line, budget_idr={**line.budget_idr, **dict.fromkeys(range(2027, 2033), Decimal(1))})
        for line in OFFICE.budget
    )
    calendar = replace(
        OFFICE.calendar,
        closed=OFFICE.calendar.closed if closed is None else closed,
        zone=zone or OFFICE.calendar.zone,
    )
    return replace(
        OFFICE,
        recurring=recurring or (QUARTERS, YEARS),
        cycles=(),
        indicators=indicators,
        budget=budget,
        calendar=calendar,
    )


def wib(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    """Return that moment in western Indonesia (UTC+7)."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)
