"""How a state is told: by a word, an icon and a colour together, never by one of them alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailbot.core.model.cycle import UnitState


class Tone(StrEnum):
    """What a state means to whoever looks; each has its colour and its icon in `templates/web`."""

    GOOD = "good"
    """Done, in order."""
    LATE = "late"
    """Past its time, or broken: somebody has to do something."""
    WAITS = "waits"
    """Somebody's turn, in time."""
    NOTHING = "nothing"
    """Nothing yet, or no longer of any weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A state as a page shows it."""

    tone: Tone
    word: str


OF_UNITS: dict[UnitState, Tone] = {
    UnitState.WAITING: Tone.WAITS,
    UnitState.RETURNED: Tone.WAITS,
    UnitState.PARTIAL: Tone.WAITS,
    UnitState.ACCEPTED: Tone.GOOD,
}
"""What a unit's form means while it is in time."""
