"""Who works in the office and who speaks for whom on a given day: units, people, roles, deputies with dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.core.codes.languages import Language


class Role(StrEnum):
    """The columns of the SOP's table, and the operator who looks after the machine."""

    PLANNING = "planning"
    """Sub Bagian Program (Perencanaan dan Keuangan)."""
    SECTION_HEAD = "section_head"
    """Kepala Seksi or Kepala Sub Bagian under a Kepala Bidang; gets copies, may fill the form."""
    DIVISION_HEAD = "division_head"
    """Kepala Bidang: the head who submits for a unit."""
    SECRETARY = "secretary"
    AGENCY_HEAD = "agency_head"
    PLANNING_BOARD = "planning_board"
    """Bappeda Litbang."""
    COPIED = "copied"
    """Gets a copy (tembusan) of what leaves in row 8; there may be several."""
    OVERSEER = "overseer"
    """Looks after many offices, for a city or a province; told how they stand, never part of the SOP."""
    OPERATOR = "operator"
    """The admin; told about machinery, never part of the SOP."""


OUTSIDE = frozenset({Role.PLANNING_BOARD, Role.COPIED, Role.OVERSEER})
"""Posts of other offices: they are written to as from one office to another, and what is not ratified is not theirs."""


class Acting(StrEnum):
    """How somebody holds a post: in his own right, Plt. or Plh. The value is the prefix before the title."""

    FULL = ""
    ACTING = "Plt."
    DAILY_ACTING = "Plh."


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit that fills a form (Bidang, or the Sekretariat)."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One official as the office's list knows him; `addresses[0]` is where letters go, the others count as him too."""

    key: str
    role: Role
    title: str
    """Jabatan, as printed: `Kepala Bidang PIAK dan Pemanfaatan Data`."""
    name: str
    addresses: tuple[str, ...]
    unit: str | None = None
    rank: str = ""
    """Pangkat, as printed under the name."""
    nip: str = ""
    """18 digits in groups, as printed."""
    phone: str = ""
    acting: Acting = Acting.FULL
    since: date | None = None
    until: date | None = None
    """Last day in the post, inclusive."""
    second_address: str = ""
    """Where to try when letters to `addresses[0]` come back."""
    signs_as: str = ""
    """His name as his certificate has it, where that is another than his name without degrees."""
    language: Language | None = None
    """In which he is written to; None: in the office's."""

    def in_office(self, on: date) -> bool:
        """Say whether this person holds the post on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def owns(self, address: str) -> bool:
        """Say whether mail from `address` is this person's (compared without case)."""
        wanted = address.casefold()
        return any(wanted == own.casefold() for own in (*self.addresses, self.second_address) if own)


_HEAD_OF = (("kepala ", ""), ("ketua ", ""), ("kasubbag ", "Sub Bagian "), ("kasubag ", "Sub Bagian "))
"""How the title of a unit's head begins, and what stands there in the unit's own name."""


def unit_headed_by(title: str) -> str:
    """Return the unit that a title is the head's of (`Kepala Sub Bagian Program`: `Sub Bagian Program`); else empty."""
    for begins, instead in _HEAD_OF:
        if title.casefold().startswith(begins):
            return instead + title[len(begins) :].strip()
    return ""


def unlisted(address: str, unit: str | None = None) -> Person:
    """Return whoever writes from an address that is on nobody's list: he is named by it, and has no post.

    Where his unit's head has admitted him, he fills its form as a Kepala Seksi does.
    """
    return Person(key=address, role=Role.SECTION_HEAD, title=address, name=address, addresses=(address,), unit=unit)


_REMEMBERED = 1000
"""So many posts and days a list remembers the holders of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everybody the office writes to, and nobody else."""

    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    _held: dict[tuple[Role, date, str | None], Person | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """Who holds which post on the days that were asked about last: each pass asks it of every debt."""

    def unit(self, key: str) -> Unit:
        """Return the unit of that key; one that the office had, and has no more, goes by its key."""
        return next((unit for unit in self.units if unit.key == key), Unit(key=key, name=key))

    def person(self, key: str) -> Person:
        """Return the person of that key; raises KeyError if the office has none such."""
        for person in self.people:
            if person.key == key:
                return person
        raise KeyError(key)

    def named(self, address: str) -> str:
        """Return the key of the person whose address it is, in office or not, or the address itself."""
        return next((person.key for person in self.people if person.owns(address)), address)

    def senders(self, address: str, on: date) -> tuple[Person, ...]:
        """Return everybody in office on that day whose address this is (one person may hold two posts)."""
        return tuple(person for person in self.people if person.in_office(on) and person.owns(address))

    def holder(self, role: Role, on: date, unit: str | None = None) -> Person | None:
        """Return who holds the role (of that unit) on that day; a Plt. or Plh. in his dates before the incumbent."""
        post = (role, on, unit)
        if post not in self._held:
            if len(self._held) >= _REMEMBERED:
                self._held.clear()
            self._held[post] = self._holder(role, on, unit)
        return self._held[post]

    def _holder(self, role: Role, on: date, unit: str | None) -> Person | None:
        """Look who holds the role (of that unit) on that day."""
        fitting = [
            person
            for person in self.people
            if person.role is role and person.in_office(on) and (unit is None or person.unit == unit)
        ]
        return min(fitting, key=lambda person: person.acting is Acting.FULL, default=None)

    def headed_by(self, role: Role) -> str:
        """Return the name of what the holders of a role are head of, by the latest title that says it; else empty."""
        holders = sorted(self.people, key=lambda person: person.until or date.max, reverse=True)
        named = (unit_headed_by(person.title) for person in holders if person.role is role)
        return next((name for name in named if name), "")

    def copied(self, on: date) -> tuple[Person, ...]:
        """Return everybody who gets a copy of what leaves in row 8, in the order of the list."""
        return tuple(person for person in self.people if person.role is Role.COPIED and person.in_office(on))

    def overseers(self, on: date) -> tuple[Person, ...]:
        """Return everybody who looks after many offices, in the order of the list."""
        return tuple(person for person in self.people if person.role is Role.OVERSEER and person.in_office(on))

    def section_heads(self, unit: str, on: date) -> tuple[Person, ...]:
        """Return the listed Kepala Seksi and Kepala Sub Bagian of a unit, who get a copy of the request."""
        return tuple(
            person
            for person in self.people
            if person.role is Role.SECTION_HEAD and person.unit == unit and person.in_office(on)
        )
