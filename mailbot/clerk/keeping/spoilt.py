"""Kept files whose bytes have changed: what needs one waits, all else goes on, and the operator is told of it once."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.errors import FileUnreadable
from mailbot.ledger.files_and_notes import SPOILT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.clerk.parts import Books
    from mailbot.errors import FileSpoilt


def note_spoilt(books: Books, spoilt: FileSpoilt) -> None:
    """Write down that a kept file was found spoilt, and for what it was wanted first."""
    known = _known(books)
    if spoilt.sha256 not in known:
        known[spoilt.sha256] = (spoilt.of, books.clock().isoformat())
        books.ledger.notes.write(SPOILT, json.dumps(known))


def spoilt_files(books: Books, noted: str) -> Iterator[tuple[str, datetime]]:
    """Yield what is spoilt still, with when it was found: for what it was wanted, and how its digest begins.

    Args:
        books: the ledger.
        noted: what stands in its note; nothing is read where that is empty.
    """
    for sha256, (of, since) in json.loads(noted or "{}").items():
        try:
            books.ledger.files.read(sha256)
        except FileUnreadable:
            yield f"{of}, SHA-256 {sha256[:16]}", datetime.fromisoformat(since)


def _known(books: Books) -> dict[str, tuple[str, str]]:
    """Return what was found so far, by digest."""
    found: dict[str, tuple[str, str]] = json.loads(books.ledger.notes.read(SPOILT) or "{}")
    return found
