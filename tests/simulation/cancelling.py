"""A cycle opened by mistake: in some runs the operator cancels it in the middle of everything, and opens it anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from mailbot.clerk.opening.openings import open_by_hand
from mailbot.clerk.opening.withdrawing import cancel_cycle
from tests.simulation.dice import Dice
from tests.simulation.seams import Killed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.simulation.machine import Machine

_APART = 1_000_000
"""These draw from dice of their own, so that all other runs are what they were."""


class World(Protocol):
    """What is done by hand at the machine."""

    seed: int
    key: str
    machine: Machine

    @property
    def time(self) -> datetime:
        """The true time."""

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do something at that moment."""

    def cancelled(self, former: str, anew: str) -> None:
        """Take note that a cycle was cancelled, and opened anew under another key."""


def draw_cancelling(world: World, begin: datetime, end: datetime) -> None:
    """Draw whether the cycle is cancelled between two moments, and when."""
    dice = Dice(_APART + world.seed)
    if dice.chance(0.06):
        minutes = round((end - begin) / timedelta(minutes=1))
        world.at(begin + timedelta(minutes=dice.number(60, minutes)), lambda: cancel(world, world.key))


def cancel(world: World, key: str) -> None:
    """Cancel the cycle and open it anew, again and again until the ledger says so; a ratified one goes on."""
    again = f"{key}-ulang-1"
    off_until = world.machine.off_until
    if world.time < off_until:
        world.at(off_until + timedelta(hours=1), lambda: cancel(world, key))
        return
    cycles = world.machine.ledger.cycles
    cycle, clerk = cycles.get(key), world.machine.clerk
    try:
        if cycle is not None and cycle.cancelled is None:
            cancel_cycle(clerk.books, clerk.maker, key, "Dibuka karena keliru.", "operator", clerk.books.clock())
            cycle = cycles.get(key)
        if cycle is not None and cycle.cancelled is not None and cycles.get(again) is None:
            open_by_hand(clerk.books, clerk.maker, key, clerk.books.clock())
    except Killed:
        world.machine.starts_anew()
        world.at(world.time + timedelta(minutes=10), lambda: cancel(world, key))
    if cycles.get(again) is not None:
        world.cancelled(key, again)
