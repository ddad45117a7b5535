"""The fact that a changed configuration counts from now on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigurationTaken:
    """A changed configuration counts from now on; `former` is the one that deadlines were reckoned by until now."""

    at: datetime
    former: Office
    digest: str
    """SHA-256 of the files that count now; letters about it are told apart by it."""
    waiting: frozenset[str] = frozenset()
    """Keys of letters of the cycle that have not left yet, and are written anew with the deadline that holds now."""
