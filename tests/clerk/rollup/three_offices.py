"""Three toy offices that stand beside each other, each with its own ledger and secrets, the first one overseeing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from mailbot.core.model.office import Office
from mailbot.core.model.people import Person, Role
from mailbot.core.rollup.summary import OfficeSummary, Unread
from mailbot.ledger.files_and_notes import SUMMARY
from mailbot.ledger.mapping import load
from tests.office import ToyOffice, requested

OVERSEER = "pembina"
SECRET = "rahasia"


@dataclass(frozen=True)
class Among:
    """The offices of a folder, as each wrote itself down; those of `spoilt` cannot be read."""

    key: str
    all: dict[str, ToyOffice]
    spoilt: set[str]
    oversees: bool

    def summaries(self) -> Iterator[OfficeSummary | Unread]:
        """Give every office."""
        for key, office in self.all.items():
            text = "" if key in self.spoilt else office.ledger.notes.read(SUMMARY)
            yield load(OfficeSummary, text) if text else Unread(name=office.office.letterhead.agency_short)


class ThreeOffices:
    """The last one's people are silent; every office holds a secret in each name that it has."""

    def __init__(self, keys: tuple[str, ...] = ("alfa", "beta", "gama")) -> None:
        """Open them, each after its request has left."""
        self.all = {key: requested() for key in keys}
        self.spoilt: set[str] = set()
        for key, office in self.all.items():
            office.has(
                office=_renamed(office.office, key),
                neighbours=Among(key=key, all=self.all, spoilt=self.spoilt, oversees=key == keys[0]),
            )
            office.office = office.clerk.books.office
        self.first = self.all[keys[0]]

    def days_pass(self, days: int) -> None:
        """Let working days pass in all of them."""
        for _ in range(days):
            for office in reversed(self.all.values()):
                office.days_pass(1)

    def changes(self, key: str, **of_policy: Any) -> None:  # noqa: ANN401 - values of every kind
        """Let an office have another policy."""
        office = self.all[key]
        office.has(office=replace(office.office, policy=replace(office.office.policy, **of_policy)))
        office.office = office.clerk.books.office


def _renamed(office: Office, key: str) -> Office:
    """Return the sample office under its own names; in the first one somebody looks after all of them."""
    roster = office.roster
    overseer = Person(
        key=OVERSEER,
        role=Role.OVERSEER,
        title="Kepala Bagian Organisasi",
        name="Kepala Bagian Organisasi",
        addresses=("organisasi@example.go.id",),
    )
    return replace(
        office,
        letterhead=replace(office.letterhead, agency_short=f"Dinas {key.title()}"),
        roster=replace(
            roster,
            units=tuple(replace(unit, name=f"Unit {SECRET} {key}") for unit in roster.units),
            people=(*(_secret(person, key) for person in roster.people), overseer),
        ),
    )


def _secret(person: Person, key: str) -> Person:
    """Return one of its people with a secret in the name."""
    return replace(person, name=f"Nama {SECRET} {key}", title=f"{person.title} {SECRET} {key}")
