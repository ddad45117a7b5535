"""What must stand in inbox and outbox, as two dictionaries, and the world around them that the ledger cannot see."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.values import LetterState
from tests.ledger.examples import NOW

WAIT = timedelta(minutes=15)
LEASE = timedelta(minutes=10)
WAITING = (LetterState.QUEUED, LetterState.PUT_OFF)


@dataclass(slots=True)
class ModelLetter:
    """One letter as it must stand."""

    order: int
    kind: str
    due: datetime
    state: LetterState = LetterState.QUEUED
    in_data: bool = False
    told: bool = False
    doubts: int = 0


@dataclass(slots=True)
class Kept:
    """One mail, by what it says: the places it was kept from, and its end."""

    places: int = 0
    outcome: MailOutcome | None = None
    attempts: int = 0


@dataclass(slots=True)
class Model:
    """What the ledger must hold."""

    letters: dict[str, ModelLetter] = field(default_factory=dict)
    mails: dict[int, Kept] = field(default_factory=dict)
    """By the number that a mail's bytes say."""
    places: set[tuple[str, int, int]] = field(default_factory=set)
    """Folder, UIDVALIDITY and UID of everything kept or found vanished."""
    vanished: int = 0
    all_held: bool = False
    lines: int = 0

    def copied(self) -> Model:
        """Return a copy for a backup."""
        return copy.deepcopy(self)

    def next_due(self, now: datetime) -> str | None:
        """Return the key of the letter that has to be claimed next."""
        due = [
            (one.due, one.order, key)
            for key, one in self.letters.items()
            if one.state in WAITING and one.due <= now and not self.all_held
        ]
        return min(due)[2] if due else None

    def states(self) -> dict[str, LetterState]:
        """Return where every letter must stand."""
        return {key: one.state for key, one in self.letters.items()}

    def outcomes(self) -> Counter[str]:
        """Return how many rows of the inbox must have which outcome; the empty word for those that wait."""
        found: Counter[str] = Counter()
        for mail in self.mails.values():
            found[mail.outcome.value if mail.outcome else ""] += 1
            found[MailOutcome.DUPLICATE.value] += mail.places - 1
        found[MailOutcome.VANISHED.value] += self.vanished
        return +found


@dataclass(slots=True)
class World:
    """What the ledger knows nothing of: the server's folders, the letters that really left, the clock."""

    boxes: dict[str, dict[int, int]] = field(default_factory=lambda: {"INBOX": {}, "Junk": {}})
    """Folder -> UID -> number of the mail."""
    validity: dict[str, int] = field(default_factory=lambda: {"INBOX": 1, "Junk": 1})
    uid_next: int = 1
    written: int = 0
    now: datetime = NOW
    taken: Counter[str] = field(default_factory=Counter)
    doubted: set[str] = field(default_factory=set)

    def put(self, folder: str, number: int) -> None:
        """Let a mail lie in a folder."""
        self.boxes[folder][self.uid_next] = number
        self.uid_next += 1

    def renumber(self, folder: str) -> None:
        """Count a folder anew."""
        numbers = list(self.boxes[folder].values())
        self.validity[folder] += 1
        self.boxes[folder] = {}
        for number in numbers:
            self.put(folder, number)
