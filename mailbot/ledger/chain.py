"""The journal's hashes: each line is chained to the one before, so whoever has the lines can prove them anywhere."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.model.outcome import JournalLine
    from mailbot.ledger.values import JournalEntry, JournalHead

FIRST = "0" * 64
"""What stands before line 1."""


def canonical(number: int, cycle: str, line: JournalLine) -> bytes:
    """Return the one spelling of a line that is hashed: JSON with sorted keys, no blanks, ASCII, time in UTC."""
    spelled = {
        "actor": line.actor,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "cycle": cycle,
        "detail": line.detail,
        "event": line.event,
        "number": number,
        "unit": line.unit,
    }
    return json.dumps(spelled, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def link(previous: str, number: int, cycle: str, line: JournalLine) -> str:
    """Return the line's hash in hex: SHA-256 over the hash before it (32 bytes) and the line's canonical spelling."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical(number, cycle, line)).hexdigest()


def first_broken(entries: Iterable[JournalEntry], head: JournalHead) -> int | None:
    """Return the number of the first line that does not fit the chain, or None if all do and they end at `head`.

    Args:
        entries: the whole journal in order, from line 1.
        head: where it should end; a journal cut short breaks at the first line that is missing.
    """
    previous, number = FIRST, 0
    for entry in entries:
        number += 1
        if entry.number != number or entry.hash != link(previous, number, entry.cycle, entry.line):
            return number
        previous = entry.hash
    if number < head.count:
        return number + 1
    return None if (number, previous) == (head.count, head.hash) else number
