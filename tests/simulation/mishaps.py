"""What befalls the mailbox, the machine and the clock of a run, each at a moment drawn beforehand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from tests.simulation.edits import another_address, another_head, declared_closed, other_deadlines, unit_gone
from tests.simulation.flood import flood

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.model.office import Office
    from tests.simulation.dice import Dice
    from tests.simulation.machine import Machine
    from tests.simulation.mails import Sheet
    from tests.simulation.phrases import Phrases
    from tests.simulation.server import Server
    from tests.simulation.weather import Weather

ELSEWHERE = "Pribadi"
"""A folder that mailbot does not look into."""


class World(Protocol):
    """What mishaps happen to."""

    dice: Dice
    weather: Weather
    server: Server
    machine: Machine
    office: Office
    phrases: Phrases
    key: str

    @property
    def time(self) -> datetime:
        """The true time."""

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do something at that moment."""

    def tell(self, what: str) -> None:
        """Note an event."""

    def post(self, sheet: Sheet, *, after: timedelta, in_office: bool = True) -> None:
        """Let a mail arrive after that time."""

    def edited(self, office: Office) -> None:
        """Let the daemon read the configuration anew."""

    def restored(self) -> None:
        """Take note that the ledger is now an old one."""


def _renumber(world: World) -> bool:
    world.server.box("INBOX").renumber()
    return True


def _delete(world: World) -> bool:
    return _take_away(world, "")


def _move_to_junk(world: World) -> bool:
    return _take_away(world, "Junk")


def _move_elsewhere(world: World) -> bool:
    return _take_away(world, ELSEWHERE)


def _take_away(world: World, folder: str) -> bool:
    """Let a person take one mail out of INBOX: away for good, or into another folder."""
    box = world.server.box("INBOX")
    if not box.mails:
        return False
    lying = box.mails.pop(world.dice.one_of(sorted(box.mails)))
    if folder:
        world.server.box(folder).put(lying.raw, lying.date)
    return True


def _deliver_again(world: World) -> bool:
    """Let the same bytes arrive under another UID (F9)."""
    box = world.server.box("INBOX")
    if not box.mails:
        return False
    lying = box.mails[world.dice.one_of(sorted(box.mails))]
    box.put(lying.raw, lying.date)
    return True


def _die(world: World) -> bool:
    world.machine.seam.left = world.dice.number(1, 90)
    return True


def _off(world: World) -> bool:
    world.machine.off_until = world.time + world.dice.hours(1, 96)
    world.tell(f"the daemon is off until {world.machine.off_until}")
    return True


def _clock_forward(world: World) -> bool:
    return _clock_wrong(world, world.dice.hours(0.2, 50))


def _clock_back(world: World) -> bool:
    return _clock_wrong(world, -world.dice.hours(0.2, 50))


def _clock_right(world: World) -> bool:
    return _clock_wrong(world, timedelta())


def _clock_wrong(world: World, skew: timedelta) -> bool:
    """Put our clock wrong, or right."""
    world.machine.skew = skew
    world.tell(f"our clock is wrong by {skew}")
    return True


def _back_up(world: World) -> bool:
    world.machine.back_up()
    return True


def _restore(world: World) -> bool:
    if not world.machine.restore():
        return False
    world.tell("an old copy of the ledger was put back")
    world.restored()
    return True


def _imap_down(world: World) -> bool:
    return _side_down(world, "imap")


def _smtp_down(world: World) -> bool:
    return _side_down(world, "smtp")


def _side_down(world: World, side: str) -> bool:
    """Let one side of the provider be away for hours or days, while the other works."""
    until = world.time + world.dice.hours(2, 120)
    world.server.down[side] = until
    world.tell(f"{side} is away until {until}")
    return True


def _folder_refused(world: World) -> bool:
    """Let one folder be listed no more, for hours or days, while the others are."""
    world.server.down["Junk"] = world.time + world.dice.hours(2, 72)
    return True


def _account_refused(world: World) -> bool:
    """Let the provider refuse whatever our account sends, for hours."""
    world.server.down["account"] = world.time + world.dice.hours(1, 36)
    return True


def _dot_never_answered(world: World) -> bool:
    """Let the server take every letter, and never answer the final dot."""
    world.server.down["dot"] = world.time + world.dice.hours(6, 72)
    return True


MISHAPS: tuple[tuple[str, float, Callable[[World], bool]], ...] = (
    ("uids_renumbered", 0.3, _renumber),
    ("mail_deleted_by_hand", 0.3, _delete),
    ("mail_moved_to_junk", 0.4, _move_to_junk),
    ("mail_moved_elsewhere", 0.2, _move_elsewhere),
    ("mail_delivered_twice", 0.8, _deliver_again),
    ("machine_died", 2.5, _die),
    ("daemon_off", 0.5, _off),
    ("clock_forward", 0.2, _clock_forward),
    ("clock_back", 0.2, _clock_back),
    ("clock_right", 0.4, _clock_right),
    ("backed_up", 0.3, _back_up),
    ("restored", 0.2, _restore),
    ("imap_down", 0.3, _imap_down),
    ("smtp_down", 0.3, _smtp_down),
    ("folder_refused", 0.2, _folder_refused),
    ("account_refused", 0.2, _account_refused),
    ("dot_never_answered", 0.2, _dot_never_answered),
    ("flood", 0.2, flood),
    ("edited_days_off", 0.15, declared_closed),
    ("edited_address", 0.15, another_address),
    ("edited_deadlines", 0.15, other_deadlines),
    ("edited_another_head", 0.15, another_head),
    ("edited_unit_gone", 0.15, unit_gone),
)
"""Mishap, how often it befalls a run on average, and what it does."""


def draw_mishaps(world: World, begin: datetime, end: datetime) -> None:
    """Draw how often and when each mishap happens between two moments."""
    minutes = round((end - begin) / timedelta(minutes=1))
    for name, often, strike in MISHAPS:
        mean = world.weather.swarm.often(name, often)
        times = int(mean) + world.dice.chance(mean - int(mean))
        for _ in range(times):
            world.at(
                begin + timedelta(minutes=world.dice.number(0, minutes)),
                lambda name=name, strike=strike: _happen(world, name, strike),  # type: ignore[misc]  # bound in the turn
            )


def _happen(world: World, name: str, strike: Callable[[World], bool]) -> None:
    """Let a mishap happen, and count it if it could."""
    if world.weather.bad and strike(world):
        world.weather.befell[name] += 1
