"""Which mail answers which: the mails of a matter in order of time, each under the one it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One letter or mail of a matter as it is handed over."""

    at: datetime
    ours: bool
    """Whether we wrote it."""
    left: bool
    """Of ours: whether it ever left."""
    who: str
    """The other side: who wrote it, or to whom it went."""
    subject: str
    message_id: str
    answers: tuple[str, ...]
    """Message-IDs of what it says it answers, nearest first."""
    raw: bytes | None
    """Byte for byte; None: it holds numbers like a NIK, and is not spread."""
    files: tuple[tuple[str, bytes], ...] = ()
    """What hangs on it, by name."""


def threaded(mails: Iterable[Handed]) -> tuple[tuple[int, int], ...]:
    """Return place and depth of each mail: threads by their first mail, answers below what they answer.

    What answers a mail that is not there, or itself, or in a circle, begins a thread of its own.
    """
    ordered = list(mails)
    places = {mail.message_id: place for place, mail in reversed(list(enumerate(ordered))) if mail.message_id}
    above = {place: _answered(place, mail, places) for place, mail in enumerate(ordered)}
    below: dict[int | None, list[int]] = {}
    for place, answered in above.items():
        below.setdefault(answered, []).append(place)
    return tuple(_walk(below, below.get(None, ())))


def _answered(place: int, mail: Handed, places: dict[str, int]) -> int | None:
    """Return the place of what a mail answers: an earlier one, so that nothing goes in a circle."""
    return next((found for one in mail.answers if (found := places.get(one, place)) < place), None)


def _walk(below: dict[int | None, list[int]], roots: Sequence[int]) -> list[tuple[int, int]]:
    """Return each mail with its depth; without calling itself, for a thread may be long."""
    found, waiting = [], [(root, 0) for root in reversed(roots)]
    while waiting:
        place, depth = waiting.pop()
        found.append((place, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(place, ()))]
    return found
