"""A clock set by hand: a cycle of thirteen working days passes in seconds, and nobody waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(slots=True)
class HandClock:
    """Tells the moment it was last set to (aware); it never goes back."""

    moment: datetime

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.moment

    def set_to(self, moment: datetime) -> None:
        """Set the clock forward.

        Raises:
            ValueError: that moment has passed already.
        """
        if moment < self.moment:
            message = f"the clock stands at {self.moment.isoformat()} and does not go back to {moment.isoformat()}"
            raise ValueError(message)
        self.moment = moment
