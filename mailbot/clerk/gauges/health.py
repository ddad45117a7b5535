"""Whether mailbot is at work, in one sentence: what a watcher outside asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.errors import LedgerProblem
from mailbot.ledger.looking.gauged import gauged

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.gauges.machine_room import MachineRoom
    from mailbot.ledger.looking.gauged import Gauged

PROVED = "proved_poll"


@dataclass(frozen=True, slots=True)
class Health:
    """Whether all is well, and what is said of it; no name, no address, no figure of the office stands in it."""

    well: bool
    said: str


def health(room: MachineRoom) -> Health:
    """Look whether mailbot is at work."""
    try:
        found = gauged(room.ledger(), room.office())
    except LedgerProblem:
        return Health(well=False, said="The ledger cannot be read; on the machine, `mailbot status` says why.")
    return health_of(found, room.after_minutes(), room.clock())


def health_of(found: Gauged, after_minutes: int, at: datetime) -> Health:
    """Say by what was read whether mailbot is at work.

    A held outbox, a late form or a letter that was refused are the office's matters and no illness of the machine: they
    are figures, and stand in `status`.

    Args:
        found: what was read.
        after_minutes: after so long a silence of a mailbox something is wrong; 0: never.
        at: now.
    """
    proved = found.noted_at(PROVED)
    if not after_minutes:
        return Health(well=True, said="The ledger can be read; no silence counts as too long here.")
    if proved is None:
        return Health(well=False, said="No mailbox has been read yet: does `mailbot run` work on this ledger?")
    silent = at - proved
    minutes = int(silent.total_seconds() // 60)
    if silent > timedelta(minutes=after_minutes):
        return Health(
            well=False,
            said=f"A mailbox was last read {minutes} minutes ago; more than {after_minutes} are trouble. "
            "Does `mailbot run` run, and the mail server?",
        )
    return Health(well=True, said=f"Every mailbox was read {minutes} minutes ago.")
