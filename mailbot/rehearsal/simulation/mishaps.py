"""What befalls the mailbox, the machine and the clock of a run, each at a moment drawn beforehand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.rehearsal.simulation.dice import Dice
    from mailbot.rehearsal.simulation.server import Server
    from mailbot.rehearsal.simulation.weather import Weather

ELSEWHERE = "Pribadi"
"""A folder that mailbot does not look into."""


class Machine(Protocol):
    """What mishaps happen to."""

    dice: Dice
    weather: Weather
    server: Server

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do something at that moment."""

    def die_within(self, seams: int) -> None:
        """Die at that seam from now on."""

    def off_for(self, pause: timedelta) -> None:
        """Switch the daemon off for that time."""

    def clock_off_by(self, skew: timedelta) -> None:
        """Put our clock wrong."""

    def back_up(self) -> None:
        """Copy the ledger."""

    def restore(self) -> bool:
        """Put the last copy back; False if there is none."""


def _renumber(machine: Machine) -> bool:
    machine.server.box("INBOX").renumber()
    return True


def _delete(machine: Machine) -> bool:
    return _take_away(machine, "")


def _move_to_junk(machine: Machine) -> bool:
    return _take_away(machine, "Junk")


def _move_elsewhere(machine: Machine) -> bool:
    return _take_away(machine, ELSEWHERE)


def _take_away(machine: Machine, folder: str) -> bool:
    """Let a person take one mail out of INBOX: away for good, or into another folder."""
    box = machine.server.box("INBOX")
    if not box.mails:
        return False
    lying = box.mails.pop(machine.dice.one_of(sorted(box.mails)))
    if folder:
        machine.server.box(folder).put(lying.raw, lying.date)
    return True


def _deliver_again(machine: Machine) -> bool:
    """Let the same bytes arrive under another UID (F9)."""
    box = machine.server.box("INBOX")
    if not box.mails:
        return False
    lying = box.mails[machine.dice.one_of(sorted(box.mails))]
    box.put(lying.raw, lying.date)
    return True


def _die(machine: Machine) -> bool:
    machine.die_within(machine.dice.number(1, 90))
    return True


def _off(machine: Machine) -> bool:
    machine.off_for(machine.dice.hours(1, 96))
    return True


def _clock_forward(machine: Machine) -> bool:
    machine.clock_off_by(machine.dice.hours(0.2, 50))
    return True


def _clock_back(machine: Machine) -> bool:
    machine.clock_off_by(-machine.dice.hours(0.2, 50))
    return True


def _clock_right(machine: Machine) -> bool:
    machine.clock_off_by(timedelta())
    return True


def _back_up(machine: Machine) -> bool:
    machine.back_up()
    return True


def _restore(machine: Machine) -> bool:
    return machine.restore()


MISHAPS: tuple[tuple[str, float, Callable[[Machine], bool]], ...] = (
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
)
"""Mishap, how often it befalls a run on average, and what it does."""


def draw_mishaps(machine: Machine, begin: datetime, end: datetime) -> None:
    """Draw how often and when each mishap happens between two moments."""
    minutes = round((end - begin) / timedelta(minutes=1))
    for name, often, strike in MISHAPS:
        times = int(often) + machine.dice.chance(often - int(often))
        for _ in range(times):
            machine.at(
                begin + timedelta(minutes=machine.dice.number(0, minutes)),
                lambda name=name, strike=strike: _happen(machine, name, strike),  # type: ignore[misc]  # bound in the turn
            )


def _happen(machine: Machine, name: str, strike: Callable[[Machine], bool]) -> None:
    """Let a mishap happen, and count it if it could."""
    if machine.weather.bad and strike(machine):
        machine.weather.befell[name] += 1
