"""Three offices on one mailbox, each with people and keys of its own; one of Bappeda is on all their lists."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from mailbot.clerk.postroom.tracing import Sharer
from mailbot.core.model.form_stamp import StampCells
from mailbot.core.model.mail import Mail
from mailbot.core.model.office import Office
from mailbot.core.model.people import Person, Role
from mailbot.ledger.ledger import Ledger
from mailbot.reading.mail import read_mail
from mailbot.reading.workbook.read_form import read_stamp_alone
from mailbot.rehearsal.clock import HandClock
from tests.copied import copy_of, ledger_from
from tests.office import ToyOffice
from tests.remembered import read_form

KEYS = ("alun", "bukit", "candi")
BOARD = "bappeda@kota.example.go.id"


def planted(key: str) -> str:
    """Return the word that stands in what is an office's own, and must never be seen in another's."""
    return f"Rahasia{key.capitalize()}"


class OneOfThree(ToyOffice):
    """The sample office under another name."""

    def __init__(self, key: str, ledger: Ledger | None = None, clock: HandClock | None = None) -> None:
        """Open it; it sends by a door of its own, and reads no mailbox but through it."""
        super().__init__(ledger=ledger, clock=clock)
        self.key = key
        self.secret = f"a secret of {key}".encode()
        self.office = _named(self.office, key)
        self.has(
            office=self.office,
            secret=self.secret,
            read_forms=lambda files: tuple(read_form(one.content, one.name, self.office, self.secret) for one in files),
        )

    @property
    def sharer(self) -> Sharer:
        """Return what its mail is known by."""
        return Sharer(key=self.key, office=self.office, ledger=self.ledger, secret=self.secret)


def _named(office: Office, key: str) -> Office:
    """Return the sample office as another one's, with a secret planted in its name and in its people's."""
    people = (_person(one, key) for one in office.roster.people if one.role is not Role.SECTION_HEAD)
    roster = replace(office.roster, people=tuple(people))
    name = f"{office.letterhead.agency_name} {planted(key)}"
    return replace(office, roster=roster, letterhead=replace(office.letterhead, agency_name=name))


def _person(person: Person, key: str) -> Person:
    """Return somebody of the sample office as another office's; Bappeda's is everybody's."""
    if person.role is Role.PLANNING_BOARD:
        return replace(person, addresses=(BOARD,))
    addresses = tuple(f"{one.partition('@')[0]}@{key}.example.go.id" for one in person.addresses)
    return replace(person, name=f"{person.name} {planted(key)}", addresses=addresses, second_address="")


@cache
def _begun() -> tuple[HandClock, dict[str, tuple[bytes, list[tuple[str, bytes]]]]]:
    """Let each office ask for its forms once in a process; return what its ledger holds, and what has left."""
    stand = {}
    for key in KEYS:
        office = OneOfThree(key)
        office.works()
        office.days_pass(1)
        office.morning()
        stand[key] = (copy_of(office.ledger), office.post.delivered)
    return office.clock, stand


def three() -> tuple[OneOfThree, OneOfThree, OneOfThree]:
    """Return the three offices on Wednesday, 7 January 2026: every unit owes its form."""
    begun, stand = _begun()
    clock = HandClock(begun())
    offices = []
    for key, (copy, delivered) in stand.items():
        office = OneOfThree(key, ledger_from(copy), clock)
        office.post.delivered = list(delivered)
        office.post.arrived = [0] * len(delivered)
        offices.append(office)
    a, b, c = offices
    return a, b, c


def read(office: ToyOffice, raw: bytes) -> Mail:
    """Read a mail to the mailbox that they share."""
    return read_mail(raw, received_at=office.clock(), own_addresses=office.office.own_addresses)


def stamp(name: str, content: bytes) -> StampCells | None:
    """Read the stamp of a file in this process."""
    return read_stamp_alone(content, name)
