"""The office of a year, drawn from its number: who is there, when it works, what it reports, how patient it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mailbot.core.calendar.work_calendar import SpecialHours, WorkCalendar
from mailbot.core.model.indicators import BudgetLine, Period
from mailbot.core.model.people import Person, Role, Roster, Unit
from mailbot.core.model.sop import Step
from mailbot.core.opening.plans import CyclePlan, Recurring
from mailbot.core.papers.checked import Ratification, Ratified
from tests.years.days import ZONES, Days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.indicators import Indicator
    from mailbot.core.model.office import Office, Policy
    from tests.simulation.dice import Dice

LONG = timedelta(days=366)
_FRIDAY = 4
_SIZES, _SMALL, _MOST_CYCLES = (2, 2, 3, 3, 4, 4, 5, 6, 8, 12), (2, 2, 2, 2, 3, 4), 6
_FEW, _MANY = (1, 1, 2, 2, 3), (3, 3, 4, 5, _MOST_CYCLES)
"""How many single cycles a year has."""
_BELONGS = frozenset({Role.PLANNING, Role.SECRETARY, Role.AGENCY_HEAD, Role.PLANNING_BOARD})
_LASTS = (
    *((Step.INFORM, 0, 2), (Step.COLLECT, 1, 12), (Step.CHECK, 0, 3)),
    *((Step.DRAFT, 1, 6), (Step.REVIEW, 1, 6), (Step.RATIFY, 1, 4)),
)
"""Row, and how many working days it may have."""
_YEARS = range(2024, 2029)
_SPENT = {1: 22, 2: 45, 3: 71}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One office and its year."""

    office: Office
    days: Days
    first: date


def drawn_office(sample: Office, dice: Dice, *, small: bool) -> Drawn:
    """Draw an office for a year that begins between autumn 2025 and the end of 2026.

    `small`: one of few units and cycles.
    """
    first = date(2025, 10, 1) + timedelta(days=dice.number(0, 450))
    days = _days(sample, first, dice)
    units = tuple(f"U{number:02d}" for number in range(1, dice.one_of(_SMALL if small else _SIZES) + 1))
    by_mail = Ratification(report=Ratified.BY_MAIL, cover_letter=Ratified.BY_MAIL)
    office = replace(
        sample,
        calendar=calendar_of(days, dice.one_of((None, None, time(12), time(15)))),
        roster=_roster(sample, units, first, days, dice),
        indicators=tuple(_indicator(sample.indicators[1], unit, place) for place, unit in enumerate(units)),
        budget=tuple(_line(unit) for unit in units),
        **_planned(units, first, days, dice, _FEW if small else _MANY),
        policy=_policy(sample.policy, dice),
        letter_numbers=replace(sample.letter_numbers, awaited=False),
        ratification=by_mail,
    )
    return Drawn(office=office, days=days, first=first)


def calendar_of(days: Days, cutoff: time | None) -> WorkCalendar:
    """Return the calendar that mailbot is given for the days the judge knows."""
    (opens, closes), friday, fast = days.usual, days.friday, days.fast
    return WorkCalendar(
        zone=ZONES[days.label][0],
        zone_label=days.label,
        opens=opens,
        closes=closes,
        closed=days.closed,
        worked=days.worked,
        special=(
            SpecialHours(opens=fast[0], closes=fast[1], days=days.fasting),
            SpecialHours(opens=friday[0], closes=friday[1], weekday=_FRIDAY),
        ),
        cutoff=cutoff,
    )


def spent_pct(period: Period) -> int:
    """Return how much of the year's money is spent by the end of a period, in percent."""
    return _SPENT.get(period.quarter, 95)


def _days(sample: Office, first: date, dice: Dice) -> Days:
    """Draw when the office works: national days off, its own, Saturdays that are worked, Friday and Ramadan hours."""
    year = [first + timedelta(days=number) for number in range(LONG.days + 90)]
    own = {dice.one_of(year) for _ in range(dice.number(0, 8))}
    fast_begins = dice.number(0, LONG.days)
    usual = (dice.one_of((time(7), time(7, 30), time(8))), dice.one_of((time(15, 30), time(16), time(16, 30))))
    return Days(
        label=dice.one_of(tuple(ZONES)),
        closed=frozenset(day for day in year if day in sample.calendar.closed) | own,
        worked=frozenset(day for day in year if day.weekday() == _FRIDAY + 1 and dice.chance(0.04)),
        fasting=frozenset(year[fast_begins : fast_begins + 30]) if dice.chance(0.7) else frozenset(),
        usual=usual,
        friday=(usual[0], time(11, 30)) if dice.chance(0.5) else usual,
        fast=(time(8), time(15)),
    )


def _roster(sample: Office, units: tuple[str, ...], first: date, days: Days, dice: Dice) -> Roster:
    """Draw who works there: heads who come and go, or head two units, or hold another post as well."""
    people = [one for one in sample.roster.people if one.role in _BELONGS]
    people += [one for one in sample.roster.people if one.role is Role.OPERATOR and dice.chance(0.8)]
    heads: list[Person] = []
    for unit in units:
        heads += _heads(unit, heads[-1:] if dice.chance(0.12) else [], first, days, dice)
        if dice.chance(0.4):
            role, address = Role.SECTION_HEAD, (f"kasi.{unit.lower()}@example.go.id",)
            heads.insert(0, _person(f"kasi-{unit}".lower(), role, unit, address))
    if dice.chance(0.2):
        planning = next(one for one in people if one.role is Role.PLANNING)
        own = [one for one in heads if one.role is Role.DIVISION_HEAD and one.unit == units[0]]
        heads = [replace(one, addresses=planning.addresses) if one in own[:1] else one for one in heads]
    named = tuple(Unit(key=unit, name=f"Bidang {unit}") for unit in units)
    return Roster(units=named, people=(*people, *heads))


def _heads(unit: str, before: list[Person], first: date, days: Days, dice: Dice) -> Iterator[Person]:
    """Draw the head of a unit, perhaps that of the unit before; one in seven leaves his post, and another follows."""
    address: tuple[str, ...] = (f"kabid.{unit.lower()}@example.go.id",)
    if before and before[0].until is None and before[0].role is Role.DIVISION_HEAD:
        address = before[0].addresses
    second = f"kabid.{unit.lower()}@surel.example" if dice.chance(0.3) else ""
    head = _person(f"kabid-{unit}".lower(), Role.DIVISION_HEAD, unit, address)
    head = replace(head, second_address="" if before else second)
    if before or not dice.chance(0.15):
        yield head
        return
    leaves = days.after(first + timedelta(days=dice.number(10, 330)))
    yield replace(head, until=leaves)
    follows = _person(f"kabid-{unit}-baru".lower(), head.role, unit, (f"baru.{unit.lower()}@example.go.id",))
    yield replace(follows, since=leaves + timedelta(days=1))


def _person(key: str, role: Role, unit: str, addresses: tuple[str, ...]) -> Person:
    """Return somebody of a unit."""
    title = f"Kepala {'Seksi' if role is Role.SECTION_HEAD else 'Bidang'} {unit}"
    return Person(key=key, role=role, title=title, name=title, addresses=addresses, unit=unit, rank="Pembina")


def _indicator(like: Indicator, unit: str, place: int) -> Indicator:
    """Return the one indicator of a unit, promised for every quarter."""
    targets = {
        year: tuple(Decimal(80) + place + Decimal(number * 4 + quarter) / 10 for quarter in range(4))
        for number, year in enumerate(_YEARS)
    }
    made = replace(like, code=f"IKU-{unit}", owner=unit, history={}, numerator="", denominator="", benchmarks=())
    return replace(made, targets=targets, programs=())  # type: ignore[arg-type]  # four quarters each


def _line(unit: str) -> BudgetLine:
    """Return the one budget line of a unit."""
    return BudgetLine(
        code=f"2.12.{unit}", name=f"Kegiatan {unit}", owner=unit, budget_idr=dict.fromkeys(_YEARS, Decimal(90_000_000))
    )


def _planned(units: tuple[str, ...], first: date, days: Days, dice: Dice, many: tuple[int, ...]) -> dict[str, Any]:
    """Draw what opens when: single cycles, or quarters that come back and one year beside them."""
    single = tuple(_cycles(units, first, days, dice, many))
    if dice.chance(0.65):
        return {"cycles": single, "recurring": ()}
    back = Recurring(
        key="{year}-tw{quarter}",
        first_year=first.year - 1,
        quarters=(1, 2, 3, 4) if len(single) > 1 else (1, 3),
        working_day=dice.number(1, 8),
        row_days=single[0].row_days,
        units=single[0].units,
    )
    return {"cycles": tuple(plan for plan in single if not plan.period.quarter)[:1], "recurring": (back,)}


def _cycles(units: tuple[str, ...], first: date, days: Days, dice: Dice, many: tuple[int, ...]) -> Iterator[CyclePlan]:
    """Draw cycles: quarters and whole years, each of some units; some begin on one day, some last over New Year."""
    periods = [Period(year=year, quarter=quarter) for year in (2025, 2026) for quarter in (1, 2, 3, 4, 0)]
    begin = dice.number(0, len(periods) - _MOST_CYCLES)
    starts = sorted(dice.number(0, 300) for _ in range(dice.one_of(many)))
    if dice.chance(0.4):
        starts[-1] = starts[0]
    for period, start in zip(periods[begin:], starts, strict=False):
        asked = tuple(unit for unit in units if dice.chance(0.7)) or units[:1]
        yield CyclePlan(
            key=f"{period.year}-tw{period.quarter}" if period.quarter else str(period.year),
            period=period,
            starts_on=days.after(first + timedelta(days=start)),
            row_days=tuple((step, dice.number(least, most)) for step, least, most in _LASTS),
            units=asked,
        )


def _policy(usual: Policy, dice: Dice) -> Policy:
    """Draw how patient the office is, within what its settings allow."""
    superior = dice.number(1, 10)
    return replace(
        usual,
        reminder_weekday=dice.number(0, 4),
        late_every_days=dice.one_of((1, 2, 3, 3, 4, 5, 8)),
        most_per_debt=dice.one_of((1, 2, 3, 5, 8, 8, 12)),
        superior_after_days=superior,
        agency_head_after_days=superior + dice.number(0, 10),
        help_after_returns=dice.one_of((1, 3)),
        snooze_max_days=dice.number(1, 10),
        opens_within_days=dice.number(7, 30),
        recall_minutes=dice.one_of((0, 0, 30)),
        proof_required=True,
    )
