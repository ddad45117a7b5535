"""The office of roads and spatial planning: a whole configuration folder, with little in common with the sample's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import ClassVar

from mailbot.core.model.indicators import Period
from mailbot.core.model.office import Office
from mailbot.core.model.people import Role
from mailbot.ledger.ledger import Ledger
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.clock import HandClock
from mailbot.rehearsal.filling import Script
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


def roads_script(period: Period) -> Script:
    """Return what its staff know: every target reached, nearly all money spent."""
    return script_of(roads_office(), period, read_script(roads_settings().template_folders))


class RoadsOffice(ToyOffice):
    """The house on this office; its annual cycle begins on the same Monday as the sample's."""

    folder: ClassVar[Path] = ROADS

    def __init__(
        self, ledger: Ledger | None = None, post: ToyPost | None = None, clock: HandClock | None = None
    ) -> None:
        """Open the office; its staff know the figures of the whole year."""
        super().__init__(ledger, post, clock)
        self.script = roads_script(self.office.plan(ANNUAL).period)

    def head_of(self, unit: str) -> str:
        """Return the key of who submits for a unit."""
        heads = (one for one in self.office.roster.people if one.role is Role.DIVISION_HEAD and one.unit == unit)
        return next(heads).key

    def all_send(self, *, but: tuple[str, ...] = ()) -> None:
        """Let every unit answer its request with a form in order, but for some."""
        for unit in self.office.roster.units:
            if unit.key not in but:
                self.sends_form(self.head_of(unit.key), unit.key)
