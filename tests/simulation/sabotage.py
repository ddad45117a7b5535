"""Parts of a run that break the law on purpose, one for each invariant; nothing else about them is different."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from mailbot.clerk.parts import Books, Clerk
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.letters import Letter, LetterKind
from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.ledger import Ledger
from mailbot.ledger.values import Changes, ClaimedLetter, Committed, KeptMail
from mailbot.writing.letters.letter import Written
from tests.given import given
from tests.simulation.letter_maker import PlainLetterMaker
from tests.simulation.machine import SECRET, Parts
from tests.simulation.seams import Seam, SeamedLedger

_MARKS = re.compile(
    rb"^(?:(?:Auto-Submitted|X-Autoreply|X-Autorespond|Precedence):[^\r\n]*|Return-Path: <>)\r\n", re.MULTILINE
)


class Bent:
    """A part of the ledger with some methods bent; the others are its own."""

    def __init__(self, part: object, **bent: Callable[..., object]) -> None:
        """Bend these methods."""
        self._part = part
        self._bent = bent

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - stands in for any method
        """Return a method, bent or not."""
        return self._bent.get(name) or getattr(self._part, name)


def _bent(ledger: Ledger, seam: Seam, part: str, **methods: Callable[..., object]) -> Ledger:
    """Return the simulation's ledger with methods of one part bent."""
    made = SeamedLedger(ledger, seam)
    setattr(made, part, Bent(getattr(made, part), **methods))
    return cast("Ledger", made)


class BentCommit(SeamedLedger):
    """A ledger that writes something else than was decided."""

    def commit(self, changes: Changes) -> Committed:
        """Write a decision."""
        return super().commit(self.bend(changes))

    def bend(self, changes: Changes) -> Changes:
        """Return what is written."""
        return changes


class ForgetsToSettle(BentCommit):
    """Acts on commands, and forgets that it did (I1)."""

    def bend(self, changes: Changes) -> Changes:
        """Drop the tick of a form."""
        settled = tuple(one for one in changes.settled if one.outcome is not MailOutcome.FORM)
        return replace(changes, settled=settled)


class WritesToStrangers(BentCommit):
    """Sends reminders to an address nobody listed (I5)."""

    def bend(self, changes: Changes) -> Changes:
        """Change the address of a verdict's confirmation."""
        letters = tuple(
            replace(one, address="tamu@luar.example") if one.kind == "verdict_noted" else one for one in changes.letters
        )
        return replace(changes, letters=letters)


class TellsNobodyOfTheEnd(BentCommit):
    """Cancels a cycle, and tells nobody (I13)."""

    def bend(self, changes: Changes) -> Changes:
        """Drop the letters that say so."""
        kept = tuple(one for one in changes.letters if one.kind != LetterKind.CYCLE_CANCELLED.value)
        return replace(changes, letters=kept)


class RemindsSomebodyElse(BentCommit):
    """Sends reminders to whoever looks after the machine (I12)."""

    def bend(self, changes: Changes) -> Changes:
        """Change the address of a reminder."""
        other = "operator.disdukcapil@example.go.id"
        letters = (replace(one, address=other) if one.kind == "reminder" else one for one in changes.letters)
        return replace(changes, letters=tuple(letters))


class KeepsNoJournalOfRows(BentCommit):
    """Enters a row without writing it down (I9)."""

    def bend(self, changes: Changes) -> Changes:
        """Drop the line of row 6b."""
        kept = tuple(
            one
            for one in changes.journal
            if not (one[1].event == "row_entered" and ("step", "review") in one[1].detail)
        )
        return replace(changes, journal=kept)


def forgets_to_settle(ledger: Ledger, seam: Seam) -> Ledger:
    """I1."""
    return cast("Ledger", ForgetsToSettle(ledger, seam))


def loses_every_fifth_mail(ledger: Ledger, seam: Seam) -> Ledger:
    """I1: says that a mail was kept, and has not kept it."""
    keep = ledger.inbox.keep

    def loses(mails: Sequence[KeptMail], at: datetime) -> int:
        return keep([one for one in mails if one.uid % 5], at)

    return _bent(ledger, seam, "inbox", keep=loses)


def makes_a_new_message_id(ledger: Ledger, seam: Seam) -> Ledger:
    """I2: a letter tried again gets another Message-ID."""
    claim_due = ledger.outbox.claim_due

    def claims(now: datetime, who: str, lease: timedelta) -> ClaimedLetter | None:
        letter = claim_due(now, who, lease)
        if letter is None or letter.tries == 1:
            return letter
        return replace(letter, raw=letter.raw.replace(b"Message-ID: <mb1.", b"Message-ID: <mb1.again."))

    return _bent(ledger, seam, "outbox", claim_due=claims)


def sends_twice(ledger: Ledger, seam: Seam) -> Ledger:
    """I3: a letter that was taken is queued again."""
    outbox = ledger.outbox

    def marks(letter: ClaimedLetter, reply: str, at: datetime) -> bool:
        if letter.kind != "receipt" or letter.tries > 1:
            return outbox.mark_sent(letter, reply, at)
        return outbox.put_off(letter, at, reply)

    return _bent(ledger, seam, "outbox", mark_sent=marks)


def repeats_without_end(ledger: Ledger, seam: Seam) -> Ledger:
    """I11: a letter in doubt that is held goes on all the same."""
    outbox = ledger.outbox

    def resolves(*asked: Any) -> int:  # noqa: ANN401 - the outbox's own arguments
        resolved = outbox.resolve(*asked)
        return resolved + sum(outbox.release(letter.key) for letter in ledger.letters.held_in_doubt())

    return _bent(ledger, seam, "outbox", resolve=resolves)


def believes_a_refusal(ledger: Ledger, seam: Seam) -> Ledger:
    """I4: a letter refused for good counts as sent."""
    outbox = ledger.outbox

    def gives_up(letter: ClaimedLetter, error: str, *, told: bool = False) -> bool:
        if told:  # withdrawn by mailbot itself: no server has refused it
            return outbox.give_up(letter, error, told=told)
        return outbox.mark_sent(letter, error, letter.queued_at)

    return _bent(ledger, seam, "outbox", give_up=gives_up)


def writes_to_strangers(ledger: Ledger, seam: Seam) -> Ledger:
    """I5."""
    return cast("Ledger", WritesToStrangers(ledger, seam))


def reminds_somebody_else(ledger: Ledger, seam: Seam) -> Ledger:
    """I12: reminders go to whoever looks after the machine."""
    return cast("Ledger", RemindsSomebodyElse(ledger, seam))


def answers_robots(ledger: Ledger, seam: Seam) -> Ledger:
    """I6: what a mail says of being automatic is not seen."""
    to_read = ledger.inbox.to_read
    return _bent(ledger, seam, "inbox", to_read=lambda mail: _MARKS.sub(b"", to_read(mail)))


def believes_everybody(clerk: Clerk) -> Clerk:
    """I7: a word needs no proof."""
    office = clerk.books.office
    return given(clerk, office=replace(office, policy=replace(office.policy, proof_required=False)))


class SwapsTheReport(PlainLetterMaker):
    """I8: what goes to Bappeda is not what was ratified."""

    def letter(self, books: Books, letter: Letter, cycle: Cycle | None, at: datetime) -> Written:
        """Print another report into the submission."""
        if letter.kind is LetterKind.SUBMISSION and cycle is not None:
            other = books.ledger.files.keep(b"another report", "application/octet-stream", at)
            letter = replace(letter, enclosures=tuple(replace(one, sha256=other) for one in letter.enclosures))
        return super().letter(books, letter, cycle, at)


def keeps_no_journal_of_rows(ledger: Ledger, seam: Seam) -> Ledger:
    """I9."""
    return cast("Ledger", KeepsNoJournalOfRows(ledger, seam))


def tells_nobody_of_the_end(ledger: Ledger, seam: Seam) -> Ledger:
    """I13."""
    return cast("Ledger", TellsNobodyOfTheEnd(ledger, seam))


def never_lets_the_draft_go(ledger: Ledger, seam: Seam) -> Ledger:
    """I10: one kind of letter is put off for ever."""
    outbox = ledger.outbox
    claim_due = outbox.claim_due

    def claims(now: datetime, who: str, lease: timedelta) -> ClaimedLetter | None:
        letter = claim_due(now, who, lease)
        if letter is None or letter.kind not in {"review", "reminder", "reminder_today"}:
            return letter
        outbox.put_off(letter, letter.queued_at.replace(year=2030), "not today")
        return claims(now, who, lease)

    return _bent(ledger, seam, "outbox", claim_due=claims)


SABOTAGED: tuple[tuple[str, Parts, int], ...] = (
    ("I1", Parts(ledger=forgets_to_settle), 0),
    ("I1", Parts(ledger=loses_every_fifth_mail), 0),
    ("I2", Parts(ledger=makes_a_new_message_id), 0),
    ("I3", Parts(ledger=sends_twice), 0),
    ("I4", Parts(ledger=believes_a_refusal), 4),
    ("I5", Parts(ledger=writes_to_strangers), 0),
    ("I6", Parts(ledger=answers_robots), 0),
    ("I7", Parts(clerk=believes_everybody), 0),
    ("I8", Parts(maker=SwapsTheReport(secret=SECRET)), 0),
    ("I9", Parts(ledger=keeps_no_journal_of_rows), 0),
    ("I10", Parts(ledger=never_lets_the_draft_go), 0),
    ("I11", Parts(ledger=repeats_without_end), 4),
    ("I12", Parts(ledger=reminds_somebody_else), 0),
    ("I13", Parts(ledger=tells_nobody_of_the_end), 56),
)
"""A part that breaks each law, and a seed that has shown it, played first; the seeds must find it by that law."""
WITHIN = 80
"""Within so many seeds each of them has to be found."""
