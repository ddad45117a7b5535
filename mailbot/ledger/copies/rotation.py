"""Which copies are kept: the newest of each of the last days, weeks and months, and the newest of all in any case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Of how many days, weeks and months the newest copy is kept; days without one do not count."""

    daily: int
    weekly: int
    monthly: int


def kept(made: Collection[datetime], keep: Kept, now: datetime) -> frozenset[datetime]:
    """Return which copies are kept.

    Args:
        made: when each was made, by the office's clock.
        keep: how many are kept.
        now: the present moment by the same clock. What seems to be made later was made by a clock that was wrong: it
            is kept, and takes no other's place.
    """
    later = {one for one in made if one > now}
    past = sorted(set(made) - later, reverse=True)
    found = later | set(past[:1])
    for many, spell in _SPELLS:
        newest: dict[object, datetime] = {}
        for one in past:
            newest.setdefault(spell(one), one)
        found.update(list(newest.values())[: many(keep)])
    return frozenset(found)


def _week(one: datetime) -> tuple[int, int]:
    """Return the week a moment lies in, as ISO 8601 counts them."""
    year, week, _ = one.isocalendar()
    return year, week


_SPELLS: tuple[tuple[Callable[[Kept], int], Callable[[datetime], object]], ...] = (
    (lambda keep: keep.daily, lambda one: one.date()),
    (lambda keep: keep.weekly, _week),
    (lambda keep: keep.monthly, lambda one: (one.year, one.month)),
)
"""What is kept of each: how many, and in which spell of time a copy lies."""
