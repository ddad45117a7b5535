"""What stands on the wire, put in order: which letter a mail speaks to, and since when its word may count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from tests.examiner.letter import Letter
from tests.examiner.mail import Mail

if TYPE_CHECKING:
    from tests.examiner.office import Office
    from tests.examiner.tape import Tape

STEP = {
    "data_needs": "inform",
    "data_needs_objected": "inform",
    "draft": "draft",
    "revision": "draft",
    "draft_held": "draft",
    "review": "review",
    "ratify": "ratify",
    "submission": "submit",
}
"""Which row a letter asks a word of."""
WANTS = frozenset({"number_wanted", "paper_wanted"})
"""What asks somebody for something else that a row waits for: a word he has given before is no answer to it."""
WHOSE = {
    "inform": ("secretary", "planning"),
    "draft": ("planning",),
    "review": ("secretary",),
    "ratify": ("agency_head",),
    "submit": ("planning_board", "planning"),
}
"""Whose word counts in a row (SOP)."""
ENDS = {
    "inform": ("SETUJU",),
    "draft": ("TERUSKAN", "SETUJU"),
    "review": ("SETUJU",),
    "ratify": ("DISAHKAN", "SETUJU"),
    "submit": ("DITERIMA",),
}
"""The words that end a row."""
ENDED_BY = {"inform": ("secretary",)}
"""Who ends a row in which others have a word, too: Subbag Program lays the data needs before the Sekretaris anew."""
_REMINDS = frozenset({"reminder", "reminder_today", "escalation"})
_DEEPEST = 8
_LONG_ENOUGH = timedelta(days=10)


@dataclass(frozen=True)
class Docket:
    """Every mail and letter of a tape, opened, with what connects them."""

    office: Office
    tape: Tape

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """Return the letters that reached somebody, in order."""
        return tuple(Letter(one) for one in sorted(self.tape.left, key=lambda one: one.at) if not one.refused)

    @cached_property
    def _end(self) -> datetime:
        moments = [one.at for one in self.tape.came] + [one.at for one in self.tape.left]
        return max(moments, default=datetime.min.replace(tzinfo=UTC))

    def over(self, mail: Mail) -> bool:
        """Say whether there was time enough to answer a mail, though the cycle may have come to no end."""
        return self.tape.finished or mail.at + _LONG_ENOUGH < self._end

    @cached_property
    def refused(self) -> tuple[Letter, ...]:
        """Return the letters that a server refused for good."""
        return tuple(Letter(one) for one in self.tape.left if one.refused)

    @cached_property
    def mails(self) -> tuple[Mail, ...]:
        """Return the mails of people on the list, in order; robots and the office's own mail are not among them."""
        opened = (Mail(one) for one in sorted(self.tape.came, key=lambda one: one.at))
        return tuple(
            one
            for one in opened
            if not one.automatic and one.sender != self.office.mailbox and self.office.is_listed(one.sender, one.at)
        )

    @cached_property
    def others(self) -> tuple[Mail, ...]:
        """Return every other mail: of robots, of strangers."""
        known = {id(one.came) for one in self.mails}
        return tuple(Mail(one) for one in self.tape.came if id(one) not in known)

    @cached_property
    def _by_id(self) -> dict[str, Letter]:
        found: dict[str, Letter] = {}
        for letter in self.letters:
            found.setdefault(letter.message_id, letter)
            found.setdefault(letter.message_id[1:].partition("@")[0], letter)
        return found

    @cached_property
    def mail_by_id(self) -> dict[str, Mail]:
        """Return the mails of listed people by Message-ID."""
        return {one.message_id: one for one in self.mails}

    @cached_property
    def answers(self) -> dict[str, list[Letter]]:
        """Return the letters that answer a mail, by its Message-ID."""
        found: dict[str, list[Letter]] = {}
        for letter in self.letters:
            if letter.answers:
                found.setdefault(letter.answers, []).append(letter)
        return found

    def answered_by(self, mail: Mail) -> Letter | None:
        """Return the letter that a mail answers."""
        return next((self._by_id[one] for one in mail.speaks_to if one in self._by_id), None)

    def root(self, mail: Mail) -> Letter | None:
        """Return the letter of a row that a mail's word is about: that which it answers, or which that goes back to."""
        return self._root(self.answered_by(mail), _DEEPEST)

    def _root(self, letter: Letter | None, left: int) -> Letter | None:
        if letter is None or letter.kind in STEP or not left:
            return letter if letter is not None and letter.kind in STEP else None
        if letter.kind in _REMINDS:
            asked = self.asked(letter)
            return asked if asked is not None and asked.kind in STEP else None
        before = self.mail_by_id.get(letter.answers)
        return self._root(self.answered_by(before), left - 1) if before is not None else None

    def asked(self, reminder: Letter) -> Letter | None:
        """Return the letter of a row that a reminder goes on from; it brings along what a refused one could not.

        It is the last one, but none that laid another report before its reader: a wrong clock may date that later.
        """
        asked = self._asked(reminder)
        brought = reminder.document
        same = [one for one in asked if not brought or one.document in {b"", brought}]
        return max(same or asked, key=lambda one: one.written, default=None)

    def last_asked(self, reminder: Letter) -> Letter | None:
        """Return the letter of a row that was written last before a reminder, whichever report that brings along."""
        return max(self._asked(reminder), key=lambda one: one.written, default=None)

    def _asked(self, reminder: Letter) -> list[Letter]:
        return [
            one
            for one in (*self.letters, *self.refused)
            if (one.written <= reminder.written or one.at <= reminder.at)
            and (one.kind in STEP or one.kind in WANTS)
            and self.office.same_person(one.to, reminder.to)
        ]

    def counts_since(self, mail: Mail) -> datetime | None:
        """Return from when a mail's word may count: proved when it came, else when its own code was brought back."""
        proof = self.proof(mail)
        return proof.at if proof is not None else None

    def proof(self, mail: Mail) -> Mail | None:
        """Return the mail that proves a mail's sender: itself, or the one that brought its code back."""
        if mail.came.proved:
            return mail
        for asked in self.answers.get(mail.message_id, ()):
            for bearer in self.mails if asked.code else ():
                own = self.office.same_person(bearer.sender, asked.to)
                if own and bearer.at >= asked.at and asked.code in bearer.codes:
                    return bearer
        return None

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Return every word of a row that somebody may say, plainly said, proved or confirmed."""
        found = []
        for mail in self.mails:
            root, proof = self.root(mail), self.proof(mail)
            if mail.word and root is not None and proof is not None:
                lay_there = mail.came.seen and proof.came.seen
                found.append(Word(mail=mail, proof=proof, word=mail.word, root=root, lay_there=lay_there))
        return tuple(found)

    def last(self, kind: str, before: datetime) -> Letter | None:
        """Return the last letter of a kind that had left by then."""
        return next((one for one in reversed(self.letters) if one.kind == kind and one.at <= before), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word that may count."""

    mail: Mail
    word: str
    root: Letter
    """The letter of a row that it answers."""
    proof: Mail
    """The mail that proves it: itself, or the one that brought its code back."""
    lay_there: bool
    """The office saw it, and what proves it, at a look."""

    @property
    def since(self) -> datetime:
        """Return from when it may count."""
        return self.proof.at

    @property
    def step(self) -> str:
        """Return the row that it is about."""
        return STEP[self.root.kind]

    def ends_its_row(self, office: Office) -> bool:
        """Say whether it is the right word of the right person."""
        whose = ENDED_BY.get(self.step, WHOSE[self.step])
        return self.word in ENDS[self.step] and office.has_role(self.mail.sender, *whose)
