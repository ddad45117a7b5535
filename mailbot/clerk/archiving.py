"""The archive of a closed cycle, made once all its letters have left (SOP row 8; printing stays a human act)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.addressing import line
from mailbot.core.letters import LetterKind
from mailbot.ledger.chain import canonical
from mailbot.writing.archive import Kept, KeptLine, KeptMessage, write_archive

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.clerk.clerk import Clerk
    from mailbot.core.cycle import Cycle

_NOTE = "archived/"
_MACHINERY = frozenset({LetterKind.MORNING, LetterKind.ALARM, LetterKind.SET_ASIDE})
"""Letters to the operator about the machine, which are no part of the cycle's record."""


def archive_one(clerk: Clerk) -> bool:
    """Archive one closed cycle that has no archive yet and no letter waiting; return whether there was one."""
    for cycle in clerk.ledger.cycles.all():
        if (
            cycle.closed
            and not clerk.ledger.notes.read(_NOTE + cycle.key)
            and not clerk.ledger.letters.unsent(cycle.key)
        ):
            archive(clerk, cycle)
            return True
    return False


def archive(clerk: Clerk, cycle: Cycle) -> Path:
    """Write the archive of a cycle and note it; writing it again gives the same files and the journal up to now.

    Returns:
        The archive's folder.
    """
    at = clerk.clock()
    written = line(at, "archived", cycle=cycle.key)
    write_down(
        clerk,
        at,
        lambda: Decision(journal=((cycle.key, written),), notes=((_NOTE + cycle.key, at.isoformat()),)),
    )
    return write_archive(clerk.archive_folder, kept_of(clerk, cycle), clerk.office, clerk.template_folders)


def kept_of(clerk: Clerk, cycle: Cycle) -> Kept:
    """Gather everything that is kept of a cycle: letters that left, mails that came, files, and the whole journal."""
    ledger = clerk.ledger
    letters = tuple(
        KeptMessage(name=one.key, at=one.sent_at, raw=ledger.letters.raw(one.key))
        for one in ledger.letters.of_cycle(cycle.key)
        if one.sent_at is not None and one.kind not in _MACHINERY
    )
    mails = tuple(
        KeptMessage(name=one.outcome.value if one.outcome else "", at=one.received_at, raw=ledger.inbox.raw(one.id))
        for one in ledger.inbox.of_cycle(cycle.key)
    )
    journal = tuple(
        KeptLine(
            number=entry.number,
            cycle=entry.cycle,
            canonical=canonical(entry.number, entry.cycle, entry.line),
            hash=entry.hash,
        )
        for entry in ledger.journal.read()
    )
    return Kept(cycle=cycle, letters=letters, mails=mails, journal=journal, files=ledger.files.read)
