"""What is kept of a cycle, as the clerk hands it over, and a file of the archive as it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMessage:
    """One letter written or mail received, byte for byte."""

    name: str
    """The letter's key, or what the mail was (`form`, `verdict`, ...)."""
    at: datetime
    """When it left, was written (if it never left), or came."""
    raw: bytes
    left: bool = True
    """A letter that never left is kept all the same, and says so in its name."""
    kept_as: str = ""
    """SHA-256 that it was kept under, where its bytes may have been destroyed since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """One line of the journal: the spelling that was hashed, its hash in the chain (hex), and its salt."""

    number: int
    cycle: str
    canonical: bytes
    hash: str
    salt: str = ""
    digest: str = ""
    """Of a line whose words were kept long enough and are gone: what is left of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVersion:
    """One file of the report that the journal names."""

    version: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the journal about this cycle, for what is written out of it."""

    at: datetime
    event: str
    actor: str
    unit: str
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Everything that is kept of one cycle."""

    cycle: Cycle
    record: bytes
    """Every field of it, as JSON."""
    letters: tuple[KeptMessage, ...]
    mails: tuple[KeptMessage, ...]
    versions: tuple[KeptVersion, ...] = ()
    """Every file that was a version of the report, in the order the journal tells of them."""
    events: tuple[Event, ...] = ()
    files: Callable[[str], bytes]
    """Returns a kept file by its SHA-256."""
    holds_back: Callable[[KeptMessage], bool] = lambda _message: False
    """Says whether a letter or mail carries numbers like a NIK: the archive says so in its place, and spreads none.

    It is asked where the archive is laid out, for it has to read each of them.
    """
    held: frozenset[str] = frozenset()
    """SHA-256 of forms and evidence that hold numbers like a NIK."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """One file of the archive: where it lies, what it is (`checking` knows the kinds), and its bytes."""

    path: str
    kind: str
    content: bytes
