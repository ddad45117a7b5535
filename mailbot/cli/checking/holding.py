"""Holds a configuration against the cycles under way before it is taken: what would be missing, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.procedure.compare import Lacking
from mailbot.errors import ConfigProblem, Problem

if TYPE_CHECKING:
    from mailbot.core.procedure.compare import Lack
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.settings import Settings

_FILES = {
    Lacking.CYCLE: "cycles.yaml",
    Lacking.PERIOD: "cycles.yaml",
    Lacking.UNIT: "recipients.yaml",
    Lacking.CODE: "indicators.yaml",
    Lacking.PERSON: "recipients.yaml",
}
_WORDS = {
    Lacking.CYCLE: (
        "cycle {cycle} is under way, and no longer listed",
        "put it back; it may go once the cycle is closed and archived",
    ),
    Lacking.PERIOD: (
        "cycle {cycle} is under way, and now covers another year or quarter",
        "put its year and quarter back, and list the other period as a cycle with a key of its own",
    ),
    Lacking.UNIT: (
        "unit '{name}' is gone, and cycle {cycle} asks it for its form",
        "put the unit and its people back until that cycle is archived; later cycles leave it out by `units`",
    ),
    Lacking.CODE: (
        "{name} is no longer asked of {unit}, and cycle {cycle} has asked it",
        "put it back, with its owner and its target or budget of that year, until the cycle is closed and archived",
    ),
    Lacking.PERSON: (
        "nobody has the key '{name}' any more, and cycle {cycle} has written to him",
        "keep the entry and give it `until:` with his last day; whoever follows gets an entry of his own",
    ),
}
"""What is wrong, and the way out."""


def hold_against(ledger: Ledger, settings: Settings, former: Settings | None = None) -> None:
    """Look whether the cycles under way can go on by these settings.

    Args:
        ledger: where they stand.
        settings: the settings to be taken.
        former: those in force, if there are any.

    Raises:
        ConfigProblem: they cannot; every reason at once.
    """
    from mailbot.clerk.ticking import under_way
    from mailbot.core.procedure.compare import compare

    old = former.office() if former is not None else None
    lacks = compare(old, settings.office(), under_way(ledger))
    if lacks:
        raise ConfigProblem(tuple(_problem(settings, lack) for lack in lacks))


def _problem(settings: Settings, lack: Lack) -> Problem:
    """Return what is told of one lack."""
    what, way_out = _WORDS[lack.what]
    return Problem(
        file=str(settings.folder / _FILES[lack.what]),
        line=0,
        what=what.format(cycle=lack.cycle, name=lack.name, unit=lack.unit),
        hint=way_out,
    )
