"""What a commit came to, in the codes and keys that a log may hold: no value, name, address or word of a mail."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from mailbot.core.model.outcome import MailOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.ledger.values import Changes, Committed

LOG = logging.getLogger("mailbot.decided")
"""Where decisions are told; silent in a command that begins no log, whose words are its own."""
LOG.addHandler(logging.NullHandler())
Told = dict[str, tuple[str, ...]]
"""Name of a matter -> what is said of it, in order."""
_OF_THE_FOLDER = "configuration_"
_MOST_LETTERS = 12
"""Of more, only how many: an opening writes to the whole office."""


def decided(changes: Changes, done: Committed) -> Told:
    """Return what a commit came to; nothing, where it moved only what the machinery notes for itself."""
    lines = [line for _, line in changes.journal]
    moved = [
        f"{one.before.step.value if one.before is not None else 'new'}>{one.after.step.value}"
        for one in changes.cycles
        if one.before is None or one.before.step is not one.after.step
    ]
    if not (lines or moved or done.queued or changes.settled or changes.readdressed):
        return {}
    events = tuple(dict.fromkeys(line.event for line in lines))
    cycles = (*(key for key, _ in changes.journal), *(one.after.key for one in changes.cycles))
    new = [letter for letter in changes.letters if letter.key in done.queued]
    told = {
        "from": (_whence(changes, events),),
        "mail": tuple(str(one.mail) for one in changes.settled),
        "outcome": tuple(one.outcome.value for one in changes.settled),
        "cycle": _once((*cycles, *(key for one in changes.settled for key in one.cycles))),
        "unit": _once((*(line.unit for line in lines), *(one.unit for one in new))),
        "by": _once(line.actor for line in lines),
        "row": tuple(moved),
        "what": events,
        "letters": done.queued if len(done.queued) <= _MOST_LETTERS else (f"{len(done.queued)} letters",),
    }
    return {name: said for name, said in told.items() if said}


def tell(changes: Changes, done: Committed) -> None:
    """Log what a commit came to; that a mail was set aside weighs more than all else."""
    aside = any(one.outcome is MailOutcome.SET_ASIDE for one in changes.settled)
    weight = logging.WARNING if aside else logging.INFO
    if LOG.isEnabledFor(weight) and (told := decided(changes, done)):
        LOG.log(weight, "decided", extra={"told": told})


def _whence(changes: Changes, events: tuple[str, ...]) -> str:
    """Return what made the decision necessary: a mail, an edit of the configuration, or the clock."""
    if changes.settled:
        return "mail"
    return "configuration" if any(event.startswith(_OF_THE_FOLDER) for event in events) else "clock"


def _once(said: Iterable[str]) -> tuple[str, ...]:
    """Return what is said, each thing once, nothing that is empty."""
    return tuple(dict.fromkeys(one for one in said if one))
