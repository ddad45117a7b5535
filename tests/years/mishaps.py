"""What goes wrong in a year, and what is changed: storms, a machine that is off, dead addresses, days, the zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from mailbot.core.model.people import Role
from tests.simulation.weather import Weather
from tests.years.days import ZONES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.simulation.dice import Dice
    from tests.simulation.machine import Machine
    from tests.simulation.server import Server
    from tests.years.account import Account
    from tests.years.days import Days
    from tests.years.rules import Judge
    from tests.years.staff import Staff


class NothingLost(Weather):
    """The weather of a year, in which no mail is lost: what was never read can settle nothing, and nobody knows."""

    def strikes(self, fault: str) -> bool:
        """Say whether a fault happens now."""
        return fault != "imap_expunged_before_fetch" and Weather.strikes(self, fault)


class World(Protocol):
    """What mishaps befall."""

    dice: Dice
    weather: NothingLost
    server: Server
    machine: Machine
    account: Account
    judge: Judge
    staff: Staff
    dead: set[str]

    @property
    def time(self) -> datetime:
        """The true time."""

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do something at that moment."""

    def befalls(self, what: str) -> None:
        """Count something, and note it."""

    def works_by(self, days: Days) -> None:
        """Let the office work by other days from now on."""


def _storm(world: World) -> None:
    """Let the servers do everything that servers do, for some days."""
    world.weather.bad = True
    world.at(world.time + world.dice.hours(10, 240), lambda: _calm(world))


def _calm(world: World) -> None:
    world.weather.bad = False
    world.server.down.clear()


def _one_side(world: World) -> None:
    """Let one side of the provider be away for hours or days while the other works."""
    side = world.dice.one_of(("imap", "smtp", "account", "dot"))
    world.server.down[side] = world.time + world.dice.hours(2, 90)
    _storm(world)


def _off(world: World) -> None:
    """Let the machine be off for hours, or for a week."""
    world.machine.off_until = world.time + world.dice.hours(2, world.dice.one_of((30, 72, 200)))


def _dies(world: World) -> None:
    """Let the machine die in the middle of something."""
    world.machine.seam.left = world.dice.number(1, 60)


def _dead_address(world: World) -> None:
    """Let the mailbox of somebody who heads a unit refuse what comes, for some weeks."""
    heads = [one for one in world.account.roster.people if one.role is Role.DIVISION_HEAD]
    head = world.dice.one_of(heads)
    address = head.addresses[0]
    world.dead.add(address)
    world.at(world.time + world.dice.hours(100, 1000), lambda: world.dead.discard(address))


def _closed(world: World) -> None:
    """Let a day be declared closed, on that very morning or the days before: mostly one on which something is due."""
    days, today = world.account.days, world.account.today(world.time)
    due = sorted({one.due for one in world.account.owed.values() if not one.over and one.due >= today})
    day = world.dice.one_of(due) if due else days.after(today)
    morning = datetime.combine(day, days.hours(day)[0]) - timedelta(minutes=world.dice.one_of((5, 60, 1500)))
    moment = max(world.time, days.there(morning).replace(tzinfo=world.time.tzinfo))
    if world.account.today(moment) <= day:
        world.at(moment, lambda: _close(world, day))


def _close(world: World, day: object) -> None:
    days = world.account.days
    if not days.is_open(world.time):
        world.works_by(replace(days, closed=days.closed | {day}))  # type: ignore[arg-type]  # a day
        world.befalls("declared")


def _zone(world: World) -> None:
    """Let somebody mend the zone of the office."""
    days = world.account.days
    world.works_by(replace(days, label=world.dice.one_of([label for label in ZONES if label != days.label])))


def _leave(world: World) -> None:
    """Let somebody go on leave, with a mail program that says so."""
    person, today = world.dice.one_of(world.account.roster.people), world.account.today(world.time)
    if person.role is not Role.OPERATOR:
        world.staff.away[person.key] = (today, today + timedelta(days=world.dice.number(1, 20)))


def _more_time(world: World) -> None:
    """Let Subbag Program give a unit more time."""
    forms = [one.matter for one in world.account.owed.values() if one.matter[1].startswith("U") and not one.over]
    waited = [matter for matter in forms if not world.account.owed[matter].given_at]
    if waited:
        world.staff.extends(*world.dice.one_of(waited))


MISHAPS: tuple[tuple[str, int, Callable[[World], None]], ...] = (
    ("storm", 4, _storm),
    ("one_side_away", 3, _one_side),
    ("machine_off", 4, _off),
    ("machine_died", 6, _dies),
    ("dead_address", 1, _dead_address),
    ("day_declared", 4, _closed),
    ("zone", 1, _zone),
    ("leave", 5, _leave),
    ("more_time", 4, _more_time),
)
"""What befalls a year, how often at most, and what it does."""


def draw_mishaps(world: World, end: datetime) -> None:
    """Draw how often and when each mishap befalls a year; a third of the years is spared one kind or another."""
    minutes = round((end - world.time) / timedelta(minutes=1))
    for name, most, strike in MISHAPS:
        for _ in range(0 if world.dice.chance(0.33) else world.dice.number(1, most)):
            moment = world.time + timedelta(minutes=world.dice.number(0, minutes))
            world.at(moment, lambda name=name, strike=strike: _happen(world, name, strike))  # type: ignore[misc]  # bound in the turn


def _happen(world: World, name: str, strike: Callable[[World], None]) -> None:
    world.befalls(name)
    strike(world)
