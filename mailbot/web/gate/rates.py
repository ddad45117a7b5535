"""How often something may be done: so many at once, then one after each pause; kept in bounded memory.

Nothing is said to whoever asks about the limits of an address: only that of his own network shows.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

_MOST_KEYS = 4096


@dataclass(slots=True)
class Rate:
    """Lets `count` through within `per`, for each key by itself; of too many keys the longest quiet is forgotten."""

    count: int
    per: timedelta
    most_keys: int = _MOST_KEYS
    _full_at: OrderedDict[Hashable, datetime] = field(default_factory=OrderedDict, init=False, repr=False)
    """When each key would have nothing left to wait for."""
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def wait(self, key: Hashable, at: datetime) -> timedelta:
        """Take one, and return zero; or take none, and return how long to wait for the next one."""
        pause = self.per / self.count
        with self._lock:
            full_at = max(self._full_at.get(key, at), at)
            if full_at > at + self.per:  # the clock was set back: that must lock nobody out for so long
                full_at = at
            left = full_at + pause - (at + self.per)
            if left > timedelta():
                return left
            self._full_at[key] = full_at + pause
            self._full_at.move_to_end(key)
            if len(self._full_at) > self.most_keys:
                self._full_at.popitem(last=False)
        return timedelta()

    def allows(self, key: Hashable, at: datetime) -> bool:
        """Take one if there is one; say whether there was."""
        return not self.wait(key, at)

    def __len__(self) -> int:
        """Return how many keys are remembered."""
        return len(self._full_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """All limits of the door, as one table."""

    asking: Rate = field(default_factory=lambda: Rate(60, timedelta(minutes=15)))
    """Of a network: asking for a link. It shows."""
    codes: Rate = field(default_factory=lambda: Rate(60, timedelta(minutes=15)))
    """Of a network: typing a code. It shows."""
    code_of_browser: Rate = field(default_factory=lambda: Rate(5, timedelta(hours=1)))
    """Of a browser that asked: after so many wrong codes the link is dropped."""
    letters_here: Rate = field(default_factory=lambda: Rate(3, timedelta(minutes=15)))
    """Of a person and a network: letters."""
    letters_from_strange_places: Rate = field(default_factory=lambda: Rate(5, timedelta(minutes=30)))
    """Of a person: letters asked for from all networks together in which he has not signed in of late."""
    decisions: Rate = field(default_factory=lambda: Rate(6, timedelta(hours=1)))
    """Of a person's address: words on the board, each with a letter. It shows: he is signed in."""
    code_of_word: Rate = field(default_factory=lambda: Rate(5, timedelta(days=1)))
    """Of one word on the board: codes typed, right or wrong; no word waits so long that it gets a sixth."""
