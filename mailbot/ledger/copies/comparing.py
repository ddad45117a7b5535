"""A backup held against the ledger as it is now: whether it is a former state of it, and what came since."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.ledger.copies.proving import rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.ledger.copies.proving import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What the ledger has that the backup lacks."""

    former: bool
    """Whether the backup is a former state of this ledger: its journal goes on from where the backup ends."""
    lines: int = 0
    mails: int = 0
    letters: int = 0
    cycles: tuple[str, ...] = ()
    """Keys of cycles that were opened since."""


def since(ledger: Path, proof: Proof) -> Since | None:
    """Return what came since; None where the ledger is not there, or cannot be read: what a backup is put back for."""
    try:
        with closing(sqlite3.connect(f"{ledger.resolve().as_uri()}?mode=ro", uri=True)) as database:
            database.execute("BEGIN")
            rows = rows_of(database)
            at = database.execute("SELECT hash FROM journal WHERE number = ?", (proof.lines,)).fetchone()
            cycles = [str(key) for (key,) in database.execute("SELECT key FROM cycle ORDER BY opened_at, key")]
    except sqlite3.Error:
        return None
    return Since(
        former=not proof.lines or at == (proof.head,),
        lines=rows["journal"] - proof.lines,
        mails=rows["inbox"] - proof.rows.get("inbox", 0),
        letters=rows["outbox"] - proof.rows.get("outbox", 0),
        cycles=tuple(key for key in cycles if key not in proof.cycles),
    )
