"""What must be equal of an old ledger and a new one: where each cycle stands, all it rests on, and the journal."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.ledger.ledger import Ledger

_SECOND = timedelta(seconds=1)
"""A letter's Date has no parts of a second."""
_OWN = frozenset({"version"})
"""How often a row was written is a matter of the ledger, not of the cycle."""


def differences(old: Ledger, new: Ledger) -> list[str]:
    """Return where two ledgers differ, and how."""
    return [*_differ("", old.cycles.all(), new.cycles.all()), *_journal(old, new)]


def _differ(at: str, old: Any, new: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a cycle is made of
    """Yield where two values differ."""
    moments = [isinstance(one, datetime) for one in (old, new)]
    if all(moments):
        if abs(old - new) >= _SECOND:
            yield f"{at}: {old} is {new}"
    elif type(old) is not type(new):
        yield f"{at}: {old!r:.90} is {new!r:.90}"
    elif is_dataclass(old):
        for each in fields(old):
            if each.name not in _OWN and (type(old).__name__, each.name) not in UNTOLD_FIELDS:
                yield from _differ(f"{at}.{each.name}", getattr(old, each.name), getattr(new, each.name))
    elif isinstance(old, tuple) and len(old) == len(new):
        at = f"{at}({old[0].value})" if old and isinstance(old[0], Step) else at
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differ(f"{at}[{number}]", one, other)
    elif old != new:
        yield f"{at}: {old!r:.90} is {new!r:.90}"


UNTOLD_FIELDS = {
    ("Cancelled", "reason"): "an order at the machine: its letters show that it was given; its reason is but words",
}
"""Fields that mail cannot tell, each with its reason."""
UNTOLD_EVENTS = {
    "letter_written": "a letter that never left was withdrawn, given up or written anew: no copy tells of it",
    "letter_withdrawn": "it never left",
    "letter_undelivered": "a letter that was given up is told by the letter that says so, if that one left",
    "answer_withheld": "an answer that was held back leaves no letter; how many were due hangs on the minute",
    "answer_put_off": "an answer that was put off is told by nothing but its own Date",
    "cycle_cancelled": "its reason stands in nothing but words",
}
"""Events of a cycle's journal that mail cannot tell, each with its reason."""


def _journal(old: Ledger, new: Ledger) -> Iterator[str]:
    """Yield what one journal tells of a cycle and the other does not."""
    before, after = _told(old), _told(new)
    for (cycle, event, unit, actor), times in sorted(((before - after) + (after - before)).items()):
        yield f"journal: {cycle} {event} {unit} {actor}: {times} times, in one of them alone"


def _told(ledger: Ledger) -> Counter[tuple[str, str, str, str]]:
    """Count the lines of the cycles' journals, but for what mail cannot tell."""
    lines = ((entry.cycle, entry.line) for entry in ledger.journal.read())
    return Counter(
        (cycle, line.event, line.unit, line.actor) for cycle, line in lines if cycle and line.event not in UNTOLD_EVENTS
    )
