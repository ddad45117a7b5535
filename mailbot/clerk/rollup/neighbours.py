"""What the clerk asks of whoever knows the other offices: how each of them stands, as it wrote that down itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from mailbot.core.rollup.summary import OfficeSummary, Unread


class Neighbours(Protocol):
    """The offices beside this one; the command line knows them, and an office alone has none."""

    @property
    def key(self) -> str:
        """Return the key of the office itself."""

    @property
    def oversees(self) -> bool:
        """Say whether it is the one that tells of all of them: the folder of offices names it, not its own YAML."""

    def summaries(self) -> Iterable[OfficeSummary | Unread]:
        """Return how every office stands, this one too; one that cannot be read is named, and stops nothing."""
