"""What is asked of a machine beside its ledger; handed over as functions, for an edit that counts changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from ipaddress import IPv4Network, IPv6Network

    Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineRoom:
    """The machine that an office's mailbot runs on."""

    ledger: Callable[[], str]
    """Gives the URL of the ledger."""
    clock: Callable[[], datetime]
    after_minutes: Callable[[], int]
    """How long a silence is trouble, in minutes; 0: never."""
    folders: Callable[[], Mapping[str, tuple[str, ...]]]
    """Gives, by mailbox, the folders that mail comes into."""
    free_bytes: Callable[[], int]
    ends: Callable[[], tuple[tuple[str, str, datetime], ...]]
    """Gives what ends by itself at a known moment: its kind, what it belongs to, and when."""
    office: Callable[[], str] = str
    """Gives the key of the office whose rows of the ledger are meant."""
    readers: Callable[[], tuple[Network, ...]] = tuple
    """Gives the networks whose machines may read the figures, beside this very machine."""
