"""The sample office in the middle of row 3 of its cycle 2025, and edits of its files as an editor makes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from functools import cache

from mailbot.core.configuration.change import Change
from mailbot.core.configuration.comparing import Configured, changes
from mailbot.core.decide import decide
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import CycleOpened, TimePassed
from mailbot.settings.covered.whole_tables import whole_tables
from mailbot.settings.folder import read_folder
from mailbot.settings.loading import loaded
from mailbot.settings.packaged import sample_folder
from mailbot.settings.settings import Settings

FOLDER = sample_folder()
FILES = read_folder(FOLDER)[0]
SETTINGS = loaded(FOLDER, {}, (FILES, ()))
OFFICE = SETTINGS.office()
CALENDAR = OFFICE.calendar
AT = CALENDAR.at(date(2026, 1, 7), time(9, 0))
Edit = tuple[str, str, str]
"""File, what stands there, what stands there instead."""


@cache
def collecting() -> Cycle:
    """Return the cycle on Wednesday: row 1 has passed in silence, the requests have left."""
    cycle = decide(None, CycleOpened(at=CALENDAR.at(date(2026, 1, 5), CALENDAR.opens), cycle="2025"), OFFICE).cycle
    for _ in range(2):
        cycle = decide(cycle, TimePassed(at=AT, heard_until=AT, unsent=()), OFFICE).cycle
    return cycle


def edited(edits: Iterable[Edit]) -> Settings:
    """Return the settings after some edits."""
    files = dict(FILES)
    for name, old, new in edits:
        text = files[name].decode()
        assert old in text, old
        files[name] = text.replace(old, new, 1).encode()
    return loaded(FOLDER, {}, (files, ()))


def configured(settings: Settings) -> Configured:
    """Return settings as they are compared."""
    return Configured(tables=whole_tables(settings), office=settings.office())


def changed(
    *edits: Edit, cycles: tuple[Cycle, ...] | None = None, known: frozenset[str] = frozenset({"2025"})
) -> tuple[Change, ...]:
    """Return what edits change, with the cycle under way and known unless others are named."""
    running = (collecting(),) if cycles is None else cycles
    return changes(configured(SETTINGS), configured(edited(edits)), running, AT, known)
