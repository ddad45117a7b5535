"""An edit of the configuration that waits for the operator, and what he has decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEdit:
    """An edited configuration that waits for the operator's word."""

    digest: str
    since: datetime
    """Since when these very files wait."""
    words: tuple[str, ...]
    """What it changes, a sentence each, those that wait first."""
    count: int
    """How many of them are never small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedEdit:
    """What the operator has decided about the configuration that waits."""

    digest: str
    approved: bool
    person: str
    address: str
    mail_sha256: str
    proof: str
