"""The tables of the light ledger: frozen rows in dictionaries, so that a copy of all of it costs nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.ledger.values import LetterState, OutboxLetter, Outgoing

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.journal import JournalEntry
    from mailbot.ledger.looking.looked import Look
    from mailbot.ledger.values import InboxMail


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A letter with what only its sender needs."""

    letter: OutboxLetter
    phase: str = ""
    claimed_by: str = ""
    claimed_until: datetime | None = None
    told: bool = False
    doubts: int = 0


@dataclass(slots=True, kw_only=True)
class Tables:
    """Everything a light ledger holds."""

    mails: dict[int, InboxMail] = field(default_factory=dict)
    bodies: dict[int, str] = field(default_factory=dict)
    """Digest of a mail's body, by the mail's id."""
    belongs: dict[tuple[int, str], None] = field(default_factory=dict)
    """Mail and cycle."""
    letters: dict[str, LetterRow] = field(default_factory=dict)
    """By key, in the order they were queued."""
    cycles: dict[str, Cycle] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    journal: list[JournalEntry] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    looks: dict[tuple[str, str, int], Look] = field(default_factory=dict)

    def copied(self) -> Tables:
        """Return a copy; the rows themselves never change."""
        return Tables(
            mails=dict(self.mails),
            bodies=dict(self.bodies),
            belongs=dict(self.belongs),
            letters=dict(self.letters),
            cycles=dict(self.cycles),
            files=dict(self.files),
            journal=list(self.journal),
            notes=dict(self.notes),
            looks=dict(self.looks),
        )

    def become(self, other: Tables) -> None:
        """Hold what a copy holds."""
        fresh = other.copied()
        for name in self.__slots__:
            setattr(self, name, getattr(fresh, name))


def queued_row(letter: Outgoing, digest: str, at: datetime, number: int) -> OutboxLetter:
    """Return the row of a letter that has just been decided."""
    return OutboxLetter(
        id=number,
        key=letter.key,
        kind=letter.kind,
        cycle=letter.cycle,
        unit=letter.unit,
        person=letter.person,
        address=letter.address,
        message_id=letter.message_id,
        sha256=digest,
        is_answer=letter.is_answer,
        proved=letter.proved,
        queued_at=at,
        due_at=letter.due_at,
        state=LetterState.QUEUED,
        tries=0,
        fence=0,
        reply="",
        sent_at=None,
        last_error="",
        held_why=None,
        asks=letter.asks,
        number=letter.number,
        answers_mail=letter.answers_mail,
        bounce="",
    )
