"""What letters and the archive need of elsewhere: where the journal ends, as a witness outside, and PDFs joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.core.model.letters import Letter
    from mailbot.ledger.ledger import Ledger

WITNESSES = frozenset({"closed", "copy_sent", "hard_copy_wanted", "morning", "ratify", "review", "submission"})
"""Kinds of letters that print where the journal ends: each is a witness outside that the journal stood so by then."""


def witness_of(ledger: Ledger, letter: Letter) -> tuple[int, str] | None:
    """Return what a letter prints of the journal: number and hash of its last line; None where it prints nothing."""
    if letter.kind.value not in WITNESSES:
        return None
    head = ledger.journal.head()
    return (head.count, head.hash) if head.count else None


def joined_here(parts: Sequence[tuple[str, int, bytes]], *, count: bool = False) -> tuple[tuple[int, ...], bytes]:
    """Join PDFs, or count their pages, in this very process."""
    from mailbot.reading.files.joining import Part, joined, pages_of  # noqa: PLC0415 - a quiet pass joins nothing

    all_of_them = [Part(*part) for part in parts]
    return pages_of(all_of_them), b"" if count else joined(all_of_them)
