"""The office of roads and spatial planning: a whole configuration folder, with little in common with the sample's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import ClassVar

from mailbot.core.model.office import Office
from mailbot.core.model.people import Role
from mailbot.ledger.ledger import Ledger
from mailbot.rehearsal.clock import HandClock
from mailbot.rehearsal.own import script_of
from mailbot.settings.loading import load
from mailbot.settings.settings import Settings
from tests.office import ToyOffice, ToyPost

ROADS = Path(__file__).parent / "roads"
"""Five units with long names, 24 indicators of every kind, 36 sub kegiatan with outputs, bands of its own."""
ANNUAL, QUARTER = "2025", "2026-tw1"


@cache
def roads_settings() -> Settings:
    """Load the folder as `mailbot` would, once."""
    return load(ROADS, {})


def roads_office() -> Office:
    """Return its people and rules."""
    return roads_settings().office()


class RoadsOffice(ToyOffice):
    """The house on this office; its annual cycle begins on the same Monday as the sample's."""

    folder: ClassVar[Path] = ROADS

    def __init__(
        self, ledger: Ledger | None = None, post: ToyPost | None = None, clock: HandClock | None = None
    ) -> None:
        """Open the office; its staff know the figures of the whole year."""
        super().__init__(ledger, post, clock)
        self.script = script_of(self.office, self.office.plan(ANNUAL).period, self.script)

    def head_of(self, unit: str) -> str:
        """Return the key of who submits for a unit."""
        heads = (one for one in self.office.roster.people if one.role is Role.DIVISION_HEAD and one.unit == unit)
        return next(heads).key

    def all_send(self, *, but: tuple[str, ...] = ()) -> None:
        """Let every unit answer its request with a form in order, but for some."""
        for unit in self.office.roster.units:
            if unit.key not in but:
                self.sends_form(self.head_of(unit.key), unit.key)

    def asks_for_the_draft(self) -> bytes:
        """Let Subbag Program ask for the report as it stands; return the Word file it gets."""
        program = next(one for one in self.office.roster.people if one.role is Role.PLANNING)
        self.answers(program.key, None, "DRAF")
        return self.letters_to(program.key)[-1].file(".docx")[1]


def requested_roads(kind: type[RoadsOffice] = RoadsOffice) -> RoadsOffice:
    """Return the office on Wednesday, 7 January 2026, before noon: every unit owes its form."""
    office = kind()
    office.works()
    office.days_pass(1)
    office.morning()
    return office
