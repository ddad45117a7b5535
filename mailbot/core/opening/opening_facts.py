"""That a cycle was opened by mistake and is cancelled: the fact, and what the cycle keeps of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """When, why and by whom a cycle was withdrawn; it is closed from then on, and no part of the office's past."""

    at: datetime
    reason: str
    by: str
    """Key of the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleCancelled:
    """The operator withdraws a cycle that was opened by mistake."""

    at: datetime
    reason: str
    by: str
    written_to: frozenset[str]
    """Keys of the people whom a letter of the cycle has reached, or may have, or who wait for an answer of it."""
