"""The wire, as somebody could have recorded it outside: what came to the office's mailbox, and what it sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One mail that reached the office's mailbox."""

    at: datetime
    raw: bytes
    proved: bool
    """Whether its sender could be proved: the office's own server found so."""
    seen: bool = True
    """It lay there when the office looked at its folders, whole; else nobody can ask that it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One letter that a server has taken from the office, or has refused for good."""

    at: datetime
    to: str
    raw: bytes
    doubted: bool = False
    """The line broke before the office could know that it was taken; it may leave once more."""
    put_off: bool = False
    """A server had put it off before, or could not be reached."""
    forgotten: bool = False
    """The office's books were put back to before it left: it may leave once more, and be written anew."""
    refused: bool = False
    """Refused for good: it reached nobody, and that is no fault of the office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """A whole run on the wire."""

    came: tuple[Came, ...]
    left: tuple[Left, ...]
    cycle: str
    finished: bool
    """The cycle was played to its end, and everything had time to be answered."""
    clock_wrong: bool = False
    """The office's clock was set wrong by somebody; hours and deadlines are then not asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One breach of the law that can be seen from outside."""

    law: str
    """In one or two words: `lost`, `doubled`, `answered wrongly`, `at night`, `without proof` …"""
    what: str

    def __str__(self) -> str:
        """Return it as it is printed."""
        return f"{self.law}: {self.what}"
