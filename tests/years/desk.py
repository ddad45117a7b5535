"""What somebody orders at the machine, or edits in its configuration, by the very acts of command and daemon."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from mailbot.clerk.configuration.taking import hold_up, put_back, take
from mailbot.clerk.opening.openings import open_by_hand
from mailbot.clerk.opening.withdrawing import cancel_cycle
from mailbot.clerk.ticking import under_way
from mailbot.core.configuration.comparing import Configured, changes
from mailbot.core.model.people import Role
from mailbot.ledger.files_and_notes import CONFIG_APPROVED, CONFIG_REFUSED
from tests.simulation.seams import Killed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.configuration.change import Change
    from mailbot.core.configuration.difference import Tables
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from tests.simulation.dice import Dice
    from tests.simulation.machine import Machine
    from tests.years.account import Account
    from tests.years.orders import Orders
    from tests.years.rules import Judge

_WHY = "Dibuka karena keliru."


class World(Protocol):
    """What somebody at the machine sees, and changes."""

    whims: Dice
    office: Office
    machine: Machine
    account: Account
    judge: Judge
    orders: Orders

    @property
    def time(self) -> datetime:
        """The true time."""

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do something at that moment."""

    def befalls(self, what: str) -> None:
        """Count something, and note it."""


@dataclass(slots=True, kw_only=True)
class Edit:
    """Something that was edited and does not count yet."""

    edited: Callable[[Office], Office]
    changes: tuple[Change, ...]
    digest: str


@dataclass(slots=True)
class Desk:
    """Whoever sits at the machine: the operator with his commands, the admin with his editor."""

    world: World
    waiting: Edit | None = None
    edits: int = 0

    def draw(self, end: datetime) -> None:
        """Draw when each thing is done in a year, if it is."""
        world = self.world
        minutes = round((end - world.time) / timedelta(minutes=1))
        for act, most in ((self.cancels, 1), (self.moves, 2), (self.is_patient, 1)):
            for _ in range(world.whims.number(0, most)):
                moment = world.time + timedelta(minutes=world.whims.number(0, minutes))
                world.at(moment, lambda act=act: self._once_on(act))  # type: ignore[misc]  # bound in the turn

    def _once_on(self, act: Callable[[], None]) -> None:
        """Do something at the machine once it is on."""
        off_until = self.world.machine.off_until
        if self.world.time < off_until:
            self.world.at(off_until + timedelta(hours=1), lambda: self._once_on(act))
        else:
            act()

    def cancels(self) -> None:
        """Cancel a cycle that is under way; some are opened anew later."""
        world, ledger = self.world, self.world.machine.ledger
        running = [cycle.key for cycle in ledger.cycles.open()]
        if not running:
            world.at(world.time + timedelta(days=5), lambda: self._once_on(self.cancels))
            return
        key, clerk = world.whims.one_of(running), world.machine.clerk
        try:
            done = cancel_cycle(clerk.books, clerk.maker, key, _WHY, "operator", world.time)
        except Killed:
            world.machine.starts_anew()
            cycle = ledger.cycles.get(key)
            done = cycle is not None and cycle.cancelled is not None
        if done:
            world.orders.cancels(key, world.account.today(world.time))
            world.befalls("cancelled")
            if world.whims.chance(0.4):
                world.at(world.time + world.whims.hours(1, 90), lambda: self._once_on(lambda: self._opens_anew(key)))

    def _opens_anew(self, key: str) -> None:
        """Open a cycle once more that was cancelled."""
        clerk = self.world.machine.clerk
        try:
            open_by_hand(clerk.books, clerk.maker, key.partition("-ulang")[0], self.world.time)
        except Killed:
            self.world.machine.starts_anew()

    def is_patient(self) -> None:
        """Let the late be reminded at another pace: that counts at once."""
        days = self.world.whims.number(1, 6)
        self._edits(
            lambda office: replace(office, policy=replace(office.policy, late_every_days=days)),
            lambda office: {"cycles": {"reminders": {"late_every_days": office.policy.late_every_days}}},
        )

    def moves(self) -> None:
        """Give the head of a unit another address, which waits for the operator's word."""
        world, people = self.world, self.world.office.roster.people
        today = world.account.today(world.time)
        shared = [one.addresses[0] for one in people]
        heads = [
            one
            for one in people
            if one.role is Role.DIVISION_HEAD
            and one.in_office(today)
            and one.until is None
            and shared.count(one.addresses[0]) == 1
        ]
        if not heads or self.waiting is not None:
            return
        head = world.whims.one_of(heads)
        former, now = head.addresses[0], f"pindah{self.edits}.{head.addresses[0]}"
        world.orders.moves(head.key, former, now)
        self._edits(lambda office: _moved(office, head.key, now), _people)

    def _edits(self, edited: Callable[[Office], Office], shown: Callable[[Office], Tables]) -> None:
        """Edit the configuration; what waits for no word counts at once."""
        if self.waiting is not None:
            return
        world, ledger = self.world, self.world.machine.ledger
        former, now = world.office, edited(world.office)
        cycles = tuple(one.cycle for one in under_way(ledger))
        found = changes(
            Configured(tables=shown(former), office=former),
            Configured(tables=shown(now), office=now),
            cycles,
            world.time,
            frozenset(ledger.cycles.openings()),
        )
        self.edits += 1
        digest = hashlib.sha256(str(self.edits).encode()).hexdigest()
        if found:
            self.waiting = Edit(edited=edited, changes=found, digest=digest)
            self.looks()

    def looks(self) -> None:
        """Take what was edited, once it may count, or hold it up; what the operator has refused is put back."""
        edit, notes = self.waiting, self.world.machine.clerk.books.ledger.notes
        if edit is None:
            return
        try:
            if notes.read(CONFIG_REFUSED) == edit.digest:
                put_back(self.world.machine.clerk)
                self.waiting = None
            elif notes.read(CONFIG_APPROVED) != edit.digest and any(change.waits for change in edit.changes):
                hold_up(self.world.machine.clerk, edit.digest, edit.changes)
            else:
                self._takes(edit)
        except Killed:
            self.world.machine.starts_anew()

    def _takes(self, edit: Edit) -> None:
        """Let an edit count from now on."""
        world, machine = self.world, self.world.machine
        former = machine.clerk
        world.office = machine.office = edit.edited(machine.office)
        world.account.roster, world.judge.policy = world.office.roster, world.office.policy
        self.waiting = None
        world.befalls(f"edited {edit.changes[0].what.value}")
        while True:
            try:
                take(former, machine.start(), ("", edit.digest), {"recipients": edit.digest.encode()}, edit.changes)
            except Killed:
                continue
            return


def _moved(office: Office, key: str, address: str) -> Office:
    """Return the office in which somebody has another address; the former one stays an alias."""

    def at_it(one: Person) -> Person:
        return replace(one, addresses=(address, *one.addresses)) if one.key == key else one

    return replace(office, roster=replace(office.roster, people=tuple(map(at_it, office.roster.people))))


def _people(office: Office) -> Tables:
    """Return what `recipients.yaml` says of people, as far as it is edited."""
    return {
        "recipients": {
            "people": tuple(
                {"key": one.key, "title": one.title, "address": one.addresses[0]} for one in office.roster.people
            )
        }
    }
