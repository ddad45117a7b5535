"""The one transaction of a decision (R2): cycle, letters, journal, files and inbox tick are written together or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.ledger.cycles import write_cycles
from mailbot.ledger.engine import writing
from mailbot.ledger.evidence import mark_proved
from mailbot.ledger.files import write_files
from mailbot.ledger.inbox import settle
from mailbot.ledger.journal import write_journal
from mailbot.ledger.notes import claim_notes, write_notes
from mailbot.ledger.outbox import mark_bounced, mark_told, queue
from mailbot.ledger.values import Changes, Committed

if TYPE_CHECKING:
    from sqlalchemy import Engine


def commit(engine: Engine, changes: Changes) -> Committed:
    """Write everything a decision came to; on any error nothing of it is written.

    The order is that in which rows are locked, the same for every writer: cycles first, which settles who is late, and
    the journal's head last, where writers pass one by one.

    Raises:
        StaleCycle: a cycle was moved, a mail settled, or a note claimed, by somebody else since it was read.
        LedgerProblem: the database could not be used.
    """
    with writing(engine) as connection:
        cycles = write_cycles(connection, changes.cycles)
        for settlement in changes.settled:
            settle(connection, settlement, changes.at)
        write_files(connection, changes.files, changes.at)
        queued, known = queue(connection, changes.letters, changes.at)
        mark_told(connection, changes.told)
        mark_proved(connection, changes.proved, changes.at)
        mark_bounced(connection, changes.bounces)
        claim_notes(connection, changes.claims)
        write_notes(connection, changes.notes)
        write_journal(connection, changes.journal)
    return Committed(cycles=cycles, queued=tuple(queued), known=tuple(known))
