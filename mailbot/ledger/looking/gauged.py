"""What a machine is watched by, read in seven short statements of one snapshot: counts, the oldest, the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mailbot.ledger.looking.asking import asking, moment_of, time_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MAILS = "SELECT outcome, count(*), min(received_at) FROM inbox GROUP BY outcome"
_LETTERS = "SELECT state, count(*), min(due_at) FROM outbox GROUP BY state"
_READ = "SELECT account, folder, max(read_at) FROM look GROUP BY account, folder"
_CYCLES = "SELECT due_at FROM cycle WHERE closed_at IS NULL"
_FORMS = """
    SELECT unit_form.due_at FROM unit_form JOIN cycle ON cycle.key = unit_form.cycle
    WHERE closed_at IS NULL AND state <> 'accepted' AND unit_form.due_at IS NOT NULL"""
_LINES = "SELECT lines FROM journal_head"
_NOTES = """
    SELECT name, value FROM note
    WHERE name IN ('last_pass', 'proved_poll', 'outbox_held', 'config_waits', 'began_run', 'backup_made',
                   'backup_owed', 'ends')"""
TO_LEAVE = ("queued", "sending", "put_off", "in_doubt")
"""Letters that leave by themselves: of these the oldest is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauged:
    """One ledger at one moment; moments are aware."""

    mails: Mapping[str, int]
    """By outcome; an empty one: not yet worked."""
    oldest_unworked: datetime | None
    letters: Mapping[str, int]
    """By state."""
    oldest_due: datetime | None
    """Since when a letter could have left that has not."""
    read: Mapping[tuple[str, str], datetime | None]
    """By mailbox and folder: up to when it has been read whole."""
    cycles_due: tuple[datetime, ...]
    """When the present row of each open cycle should be over."""
    forms_due: tuple[datetime, ...]
    """When each form that an open cycle still awaits should be there."""
    journal_lines: int
    notes: Mapping[str, str]

    def noted_at(self, name: str) -> datetime | None:
        """Return the moment that a note holds, None where it holds none."""
        return datetime.fromisoformat(self.notes[name]) if self.notes.get(name) else None


def gauged(url: str, office: str = "") -> Gauged:
    """Read what a ledger is watched by, or on PostgreSQL the rows of one office in it.

    Raises:
        LedgerProblem: there is no ledger yet, or it cannot be read.
    """
    with asking(url, office) as ask:
        mails, letters = _rows(ask(_MAILS)), _rows(ask(_LETTERS))
        return Gauged(
            mails={outcome or "": count for outcome, count, _ in mails},
            oldest_unworked=_earliest(at for outcome, _, at in mails if outcome is None),
            letters={state: count for state, count, _ in letters},
            oldest_due=_earliest(at for state, _, at in letters if state in TO_LEAVE),
            read={(account, folder): time_of(at) for account, folder, at in ask(_READ)},
            cycles_due=tuple(moment_of(at) for (at,) in ask(_CYCLES)),
            forms_due=tuple(moment_of(at) for (at,) in ask(_FORMS)),
            journal_lines=next((lines for (lines,) in ask(_LINES)), 0),
            notes=dict(_rows(ask(_NOTES))),
        )


def _rows(found: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the rows of an answer, which can be read only once."""
    return list(found)


def _earliest(found: Iterable[str | datetime | None]) -> datetime | None:
    """Return the earliest of moments that may be missing."""
    return min((at for stored in found if (at := time_of(stored)) is not None), default=None)
