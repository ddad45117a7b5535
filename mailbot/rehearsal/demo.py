"""One whole cycle of the sample office in seconds: real SMTP and IMAP on loopback, invented staff, a clock set by hand.

mailbot itself is what `mailbot run` runs, built by the caller from the very same parts; the demo only moves the clock,
lets staff read their mail, and tells what it sees in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.passing import one_pass
from mailbot.errors import MailbotError
from mailbot.ledger.files_and_notes import ARCHIVED
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.parts import Clerk
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.outcome import JournalLine
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import OutboxLetter
    from mailbot.rehearsal.clock import HandClock
    from mailbot.rehearsal.staff import Member

_STEP = timedelta(minutes=30)
_LONGEST = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Something worth a line of the timeline: a letter that left, or a line of the journal."""

    at: datetime
    letter: OutboxLetter | None = None
    journal: JournalLine | None = None


class Rehearsal:
    """A cycle being played; `play` yields what happens, in order."""

    def __init__(self, clerk: Clerk, clock: HandClock, members: tuple[Member, ...], key: str) -> None:
        """Take a clerk whose clock is set by hand, the cast, and the cycle to be played."""
        self._clerk = clerk
        self._ledger = clerk.books.ledger
        self._clock = clock
        self._members = members
        self._key = key
        self._told_letters: set[str] = set()
        self._told_lines = 0
        self._mailed: set[str] = set()
        """Addresses that something was sent to since their owners looked last."""

    def play(self) -> Iterator[Seen]:
        """Play until the cycle is closed and archived, and the last letter has left.

        Raises:
            MailbotError: the cycle did not close, or a mail could not be worked; a fault of the program.
        """
        end = self._clock() + _LONGEST
        while not self._ended():
            if self._clock() > end:
                raise MailbotError(f"the cycle {self._key} did not close within {_LONGEST.days} days")
            passed = one_pass(self._clerk)
            if passed.trouble:
                raise MailbotError("; ".join(passed.trouble))
            yield from self._news()
            self._staff_act()
            self._clock.set_to(self._next_moment())
        self._staff_act()
        aside = self._ledger.inbox.counts().set_aside
        if aside:
            raise MailbotError(f"{aside} mails were set aside; see: mailbot inbox list")

    @property
    def cycle(self) -> Cycle | None:
        """Return the cycle as it stands."""
        return self._ledger.cycles.get(self._key)

    def _ended(self) -> bool:
        """Say whether the archive is written and no letter waits; `pacing` may hold the last ones for the next pass."""
        ledger = self._ledger
        return bool(ledger.notes.read(ARCHIVED + self._key)) and not ledger.letters.counts().queued

    def _staff_act(self) -> None:
        """Let everybody do what is due, and read before that if a mail was sent to him since his last look."""
        mailed, self._mailed = self._mailed, set()
        for member in self._members:
            member.look(self._clock(), reads=any(map(member.person.owns, mailed)))
            self._mailed.update(member.keyboard.written_to)
            member.keyboard.written_to.clear()

    def _next_moment(self) -> datetime:
        """Return the next half hour of office time; the night and the holidays pass in one step."""
        return self._clerk.books.office.calendar.next_office_moment(self._clock() + _STEP)

    def _news(self) -> Iterator[Seen]:
        """Yield what is new in the journal and in the outbox."""
        entries = self._ledger.journal.read()
        for entry in entries[self._told_lines :]:
            yield Seen(at=entry.line.at, journal=entry.line)
        self._told_lines = len(entries)
        sent = [
            letter
            for letter in self._ledger.letters.listing(LetterState.SENT, limit=1000)
            if letter.key not in self._told_letters
        ]
        for letter in sorted(sent, key=lambda one: one.id):
            self._told_letters.add(letter.key)
            self._mailed.add(letter.address)
            yield Seen(at=letter.sent_at or self._clock(), letter=letter)


def leave_mail(folder: Path, ledger: Ledger) -> int:
    """Leave every mail of both directions as .eml, numbered, to be opened; return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    ours = [
        (letter.sent_at or letter.queued_at, "keluar", letter.address, ledger.letters.raw(letter.key))
        for letter in ledger.letters.listing(LetterState.SENT, limit=1000)
    ]
    theirs = [(mail.received_at, "masuk", "", ledger.inbox.raw(mail.id)) for mail in ledger.inbox.listing(limit=1000)]
    for number, (_, direction, address, raw) in enumerate(sorted(ours + theirs, key=_when), start=1):
        who = f"-{address.partition('@')[0]}" if address else ""
        (folder / f"{number:03d}-{direction}{who}.eml").write_bytes(raw)
    return len(ours) + len(theirs)


def _when(mail: tuple[datetime, str, str, bytes]) -> tuple[datetime, str]:
    """Return what mails are put in order by."""
    return mail[0], mail[1]
