"""What an admin edits while a cycle runs; the daemon reads it anew, and goes on by it or stays with the old."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import datetime

    from mailbot.core.model.office import Office
    from tests.simulation.dice import Dice


class Desk(Protocol):
    """Where somebody edits."""

    dice: Dice
    office: Office
    key: str

    @property
    def time(self) -> datetime:
        """The true time."""

    def edited(self, office: Office) -> None:
        """Let the daemon read the configuration anew."""


@dataclass(frozen=True, slots=True)
class AlsoClosed:
    """The days off, and one more."""

    days: Container[date]
    more: date

    def __contains__(self, day: object) -> bool:
        """Say whether the office is closed on that day."""
        return day == self.more or day in self.days


def declared_closed(desk: Desk) -> bool:
    """Declare a working day of the near future a day off."""
    calendar = desk.office.calendar
    day = calendar.local(desk.time).date() + timedelta(days=desk.dice.number(2, 6))
    if not calendar.is_working_day(day):
        return False
    desk.edited(replace(desk.office, calendar=replace(calendar, closed=AlsoClosed(calendar.closed, day))))
    return True


def another_address(desk: Desk) -> bool:
    """Give somebody who decides or fills in a form a new address; the old one stays an alias."""
    people = desk.office.roster.people
    person = desk.dice.one_of([one for one in people if one.role is not Role.OPERATOR])
    addresses = (f"baru.{person.addresses[0]}", *person.addresses)
    changed = tuple(replace(one, addresses=addresses) if one is person else one for one in people)
    desk.edited(replace(desk.office, roster=replace(desk.office.roster, people=changed)))
    return True


def other_deadlines(desk: Desk) -> bool:
    """Give the rows of the cycle other times."""
    times = ((Step.COLLECT, desk.dice.number(1, 6)), (Step.REVIEW, desk.dice.number(1, 4)))
    plans = tuple(replace(plan, row_days=times) if plan.key == desk.key else plan for plan in desk.office.cycles)
    desk.edited(replace(desk.office, cycles=plans))
    return True


def unit_gone(desk: Desk) -> bool:
    """Take a unit that is asked out of the list, with all of its people."""
    roster = desk.office.roster
    gone = desk.dice.one_of(desk.office.plan(desk.key).units)
    left = replace(
        roster,
        units=tuple(one for one in roster.units if one.key != gone),
        people=tuple(one for one in roster.people if one.unit != gone),
    )
    desk.edited(replace(desk.office, roster=left))
    return True


def another_head(desk: Desk) -> bool:
    """Let the head of a unit that is asked leave his post today, and somebody else follow him tomorrow."""
    people = desk.office.roster.people
    asked = desk.office.plan(desk.key).units
    heads = [one for one in people if one.role is Role.DIVISION_HEAD and one.unit in asked and one.until is None]
    if not heads:
        return False
    head, today = desk.dice.one_of(heads), desk.office.calendar.local(desk.time).date()
    follows = replace(
        head,
        key=f"{head.key}-baru",
        addresses=(f"pengganti.{head.addresses[-1]}",),
        second_address="",
        since=today + timedelta(days=1),
    )
    left = tuple(replace(one, until=today) if one is head else one for one in people)
    desk.edited(replace(desk.office, roster=replace(desk.office.roster, people=(*left, follows))))
    return True
