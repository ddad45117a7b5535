"""What must hold whatever happens: I1 to I13, each looked at as soon as it can be broken, and all of them at the end.

I1   every mail that lay in a watched folder at a finished look has exactly one final state, and none is set aside that
     can be read
I2   one letter (key, and the file it asks about) leaves under one Message-ID, and nothing leaves that was not printed
     for a key
I3   one Message-ID leaves more than once only after an in-doubt event for it, and always with the same bytes;
     to another address, the same but for its To, only once it came back from the one before
I4   no letter counts as sent that no server has taken
I5   nothing goes to anybody outside the office's list, but to who has sent a file and is told of it
I6   no answer to a mail that says it is automatic
I7   what is approved was approved by the right person's own mail, proved, on this version, in this order
I8   what Bappeda gets is byte for byte what was ratified
I9   the journal's chain holds, and every row entered has its line
I10  once faults stop, the cycle is closed and archived within a bounded time, and nothing is left lying; where the last
     reminder was sent before, a superior has read that nobody is reminded any more, and takes it up then
I11  a letter of which nobody knows whether it arrived leaves twice at most, unless somebody who looked let it go
I12  nobody is reminded who owes nothing, nor twice in a day, nor at night, nor more often than the office says; and no
     superior gets two letters a day about others
I13  of a cycle that was cancelled nothing leaves but that it was; everybody who had heard of it is told, once; where an
     old copy of the ledger that does not know of it was put back, from when it is cancelled again
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from mailbot.core.chasing.debts import debts
from mailbot.core.chasing.still_owed import CHASES
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_of_rows import Reminder
from mailbot.core.model.letters_to_operator import Undelivered
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.papers.checked import PaperKind, PaperVerdict, Ratified
from mailbot.core.papers.kept import signed
from mailbot.ledger.values import LetterState
from mailbot.writing.letters.letter import name_of
from tests.simulation.letter_maker import files_of

if TYPE_CHECKING:
    from datetime import date

    from mailbot.core.model.cycle import Cycle, Verdict
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from tests.simulation.machine import Machine
    from tests.simulation.mails import Truth
    from tests.simulation.server import OnWire, Server

_ANSWERS = re.compile(rb"^In-Reply-To: *\r?\n? *(<[^>\r\n]+>)", re.IGNORECASE | re.MULTILINE)
_EVERY = 1_000_000
_TO = re.compile(rb"^To:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*", re.MULTILINE | re.IGNORECASE)
_TWICE = 2
_RATIFIES = {
    Step.REVIEW: frozenset({Role.SECRETARY}),
    Step.RATIFY: frozenset({Role.AGENCY_HEAD}),
    Step.SUBMIT: frozenset({Role.PLANNING_BOARD, Role.PLANNING}),
    Step.DRAFT: frozenset({Role.PLANNING}),
    Step.INFORM: frozenset({Role.SECRETARY, Role.PLANNING}),
}
"""Whose word counts in which row (SOP)."""


class Seen(Protocol):
    """What the watch may look at."""

    office: Office
    key: str
    server: Server
    machine: Machine
    truths: dict[str, Truth]
    """By SHA-256 of the mail."""
    printed: dict[str, Letter]
    """By Message-ID."""

    released: Counter[str]
    """How often somebody let a letter in doubt go, by key."""
    forgotten: int

    @property
    def confirmed(self) -> set[tuple[str, str]]:
        """Who has brought a code back for which word."""


@dataclass(slots=True)
class Watch:
    """Looks at everything that must hold, and keeps what did not."""

    world: Seen
    watched: tuple[str, ...]
    """Folders mailbot looks into."""
    broken: list[str] = field(default_factory=list)
    present: set[str] = field(default_factory=set)
    """Digests of mails that lay in a watched folder at a finished look."""
    seen: set[str] = field(default_factory=set)
    """The same, whatever copy of the ledger was put back since."""
    verdicts: int = 0
    bytes_of: dict[str, str] = field(default_factory=dict)
    """By Message-ID and address; without its To by Message-ID alone."""
    copies: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a letter left, by Message-ID and address."""
    chased: dict[tuple[str, date, bool], str] = field(default_factory=dict)
    """By address, day, and whether it was about others: the letter that left."""
    keys: dict[str, str] = field(default_factory=dict)
    """Letter key, with the file that it asks about -> Message-ID it left under."""
    reached: dict[str, set[str]] = field(default_factory=dict)
    """Who has had a letter of a cycle, by its key."""
    to_tell: dict[str, set[str]] = field(default_factory=dict)
    """Who is to be told that a cycle was cancelled, by its key."""
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Letters that say so, by cycle and address."""

    def say(self, invariant: str, what: str) -> None:
        """Keep a violation."""
        self.broken.append(f"{invariant}: {what}")

    def letter_left(self, wire: OnWire) -> None:
        """Look at a letter that a server has just taken (I2, I3, I5, I6, I8)."""
        letter, own_id = self.world.printed.get(wire.message_id), wire.message_id
        if letter is None:
            self.say("I2", f"a letter left under {own_id or 'no Message-ID'}, which was never printed")
            return
        if self.keys.setdefault(name := name_of(letter), own_id) != own_id:
            self.say("I2", f"{letter.key} left under {own_id} and {self.keys[name]}")
        self._left_again(letter, wire)
        people = self.world.office.roster.people
        answered = _ANSWERS.search(wire.raw)
        wrote = {truth.sender for truth in self.world.truths.values() if truth.brought_file}
        if not any(person.owns(wire.recipient) for person in people) and wire.recipient not in wrote:
            self.say("I5", f"{letter.key} went to {wire.recipient}")
        robots = {truth.message_id for truth in self.world.truths.values() if truth.automatic} if answered else set()
        if answered and answered.group(1).decode() in robots:
            self.say("I6", f"{letter.key} answers a robot")
        if letter.kind in {LetterKind.SUBMISSION, LetterKind.COPY_SENT}:
            self._submitted(letter, wire)
        if letter.kind.value in CHASES:
            self._chased(letter, wire)
        if letter.cycle in self.to_tell:
            self._of_cancelled(letter, wire)
        self.reached.setdefault(letter.cycle, set()).add(letter.to)

    def cancelled(self, cycle: str) -> None:
        """Take note that a cycle was cancelled."""
        day = self.world.office.calendar.local(self.world.machine.now()).date()
        self.to_tell[cycle] = {
            one.addresses[0]
            for one in self.world.office.roster.people
            if one.key in self.reached.get(cycle, ()) and one.in_office(day) and one.role is not Role.OPERATOR
        }

    def _of_cancelled(self, letter: Letter, wire: OnWire) -> None:
        """I13: nothing leaves of a cancelled cycle but that it was, and to nobody twice."""
        of_the_end = isinstance(letter.about, Undelivered) and letter.about.kind is LetterKind.CYCLE_CANCELLED
        if letter.kind is not LetterKind.CYCLE_CANCELLED and not of_the_end:
            if wire.message_id not in self.world.server.doubted:
                self.say("I13", f"{letter.key} left, and {letter.cycle} was cancelled")
        elif letter.answers is None and not of_the_end:
            self.told[letter.cycle, wire.recipient] += 1
            again = (
                self.told[letter.cycle, wire.recipient]
                - 1
                - self.world.server.came_back[wire.message_id, wire.recipient]
            )
            if again > 0 and wire.message_id not in self.world.server.doubted and not self.world.forgotten:
                self.say("I13", f"{wire.recipient} is told again that {letter.cycle} was cancelled")

    def _chased(self, letter: Letter, wire: OnWire) -> None:
        """I12: a reminder leaves while something is owed, in office hours, once a day to one address."""
        books = self.world.machine.clerk.books
        office, at = books.office, books.clock()
        day = office.calendar.local(at).date()
        if not office.calendar.in_office_hours(at):
            self.say("I12", f"{letter.key} left when the office was closed")
        of_others = letter.kind is LetterKind.ESCALATION
        first = self.chased.setdefault((wire.recipient, day, of_others), wire.message_id)
        if first != wire.message_id and not self.world.forgotten:
            self.say("I12", f"{letter.key} is the second letter of the day to {wire.recipient}")
        if not isinstance(letter.about, Reminder):
            return
        if (letter.about.count or 0) > office.policy.most_per_debt:
            self.say("I12", f"{letter.key} is one reminder more than the office sends")
        cycle = self.world.machine.ledger.cycles.get(letter.cycle)
        owed = debts(cycle, at, office) if cycle is not None else ()
        if not any(debt.person.owns(wire.recipient) or debt.deputy == letter.to for debt in owed):
            self.say("I12", f"{letter.key} went to {wire.recipient}, who owes nothing")

    def _left_again(self, letter: Letter, wire: OnWire) -> None:
        """I3, I11: a letter leaves once to one address, and to another one only if it came back from there."""
        server, own_id, here = self.world.server, wire.message_id, (wire.message_id, wire.recipient)
        self.copies[here] += 1
        if self.copies[here] > 1 and own_id not in server.doubted:
            self.say("I3", f"{letter.key} left twice, and nothing had made it doubtful")
        for place in [one for one in self.copies if one[0] == own_id and one != here]:
            if not server.came_back[place] and own_id not in server.doubted:
                self.say("I3", f"{letter.key} left to another address, and had not come back from {place[1]}")
        if self.copies[here] > _TWICE + self.world.released[letter.key] and not self.world.forgotten:
            self.say("I11", f"{letter.key} left {self.copies[here]} times, and nobody had let it go")
        for which, raw in ((" ".join(here), wire.raw), (own_id, _TO.sub(b"", wire.raw, count=1))):
            digest = hashlib.sha256(raw).hexdigest()
            if self.bytes_of.setdefault(which, digest) != digest:
                self.say("I3", f"{letter.key} left twice with different bytes")

    def _submitted(self, letter: Letter, wire: OnWire) -> None:
        """I8: the report that leaves is the one that was ratified."""
        cycle = self.world.machine.ledger.cycles.get(self.world.key)
        ratified = [one for one in cycle.verdicts if one.step is Step.RATIFY and one.approved] if cycle else []
        sent = {hashlib.sha256(content).hexdigest() for _, content in files_of(wire.raw)}
        wanted = self.world.office.ratification
        for kind in PaperKind:
            if cycle is not None and ratified and wanted.of(kind) is not Ratified.BY_MAIL:
                self._signed(cycle, kind, sent, letter)
        on_paper = cycle is not None and {one.check.file_sha256 for one in cycle.papers} & sent
        if not ratified or not (ratified[-1].docx_sha256 in sent or on_paper):
            self.say("I8", f"{letter.key} does not carry the bytes that were ratified")
        last, clock = ratified[-1] if ratified else None, self.world.machine.clerk.books.clock()
        if last is not None and last.stands_at is not None and clock < last.stands_at and not self.world.forgotten:
            self.say("I8", f"{letter.key} left while {last.word} could still be taken back")

    def _signed(self, cycle: Cycle, kind: PaperKind, sent: set[str], letter: Letter) -> None:
        """I8: where the office wants a paper signed, one leaves that is, or that Subbag Program has confirmed."""
        paper = signed(cycle, kind)
        if paper is None or paper.check.file_sha256 not in sent:
            self.say("I8", f"{letter.key} left without its signed {kind.value}")
        elif paper.check.verdict not in {PaperVerdict.SIGNED, PaperVerdict.SCANNED} and not paper.confirmed_by:
            self.say("I8", f"{letter.key} left with a {kind.value} that nobody has confirmed")

    def pass_done(self, *, looked: bool) -> None:
        """Look at the ledger after a pass; `looked`: the mailbox was seen whole, so I1 can be asked for."""
        ledger = self.world.machine.clerk.books.ledger
        cycle = ledger.cycles.get(self.world.key)
        if cycle is not None and len(cycle.verdicts) != self.verdicts:
            for verdict in cycle.verdicts[self.verdicts :]:
                self._given(verdict)
            self.verdicts = len(cycle.verdicts)
            self._past_rows(cycle)
        if cycle is not None:
            self._remarks(cycle)
        if not looked:
            return
        for folder in self.watched:
            self.present |= {
                hashlib.sha256(one.raw).hexdigest() for one in self.world.server.box(folder).mails.values()
            }
        self.seen |= self.present
        if ledger.inbox.counts().waiting:
            self.say("I1", "a mail was kept and left without a final state")

    def _given(self, verdict: Verdict) -> None:
        """I7: a verdict is its person's own, or confirmed by the code he alone was sent; proved; and his to give."""
        truth, people = self.world.truths.get(verdict.mail_sha256), self.world.office.roster
        person = people.person(verdict.person)
        author = people.person(truth.author) if truth is not None and truth.author else None
        own = author is not None and any(person.owns(address) for address in author.addresses)
        coded = verdict.proof is Proof.CODE and (verdict.person, verdict.word) in self.world.confirmed
        if not own and not coded:
            self.say("I7", f"{verdict.word} in row {verdict.step} counts for {verdict.person}, who did not write it")
        if verdict.proof is Proof.NONE:
            self.say("I7", f"{verdict.word} of {verdict.person} counts without a proof")
        if person.role not in _RATIFIES.get(verdict.step, frozenset()):
            self.say("I7", f"{verdict.word} of {verdict.person} counts in row {verdict.step}, which is not his")

    def _remarks(self, cycle: Cycle) -> None:
        """I7: remarks are numbered from 1 without a gap, each from a mail that refused; Subbag Program answers them."""
        refused = {one.mail_sha256: one.person for one in cycle.verdicts if not one.approved}
        people = self.world.office.roster
        for place, one in enumerate(cycle.remarks, start=1):
            if one.number != place or refused.get(one.mail_sha256) != one.person:
                self.say("I7", f"remark {one.number} of {one.person} stands in place {place} of the list")
            for answer in one.answers:
                truth = self.world.truths.get(answer.mail_sha256)
                author = people.person(truth.author) if truth is not None and truth.author else None
                if author is None or author.role is not Role.PLANNING:
                    self.say("I7", f"remark {one.number} was answered by a mail that is not Subbag Program's")

    def _past_rows(self, cycle: Cycle) -> None:
        """I7: whatever is past a row that needs a word has that word, on the version as it now stands."""
        needed = {Step.RATIFY: (Step.REVIEW,), Step.SUBMIT: (Step.REVIEW, Step.RATIFY)}.get(cycle.step, ())
        for step in needed:
            draft = cycle.draft
            if draft is None or not any(
                one.approved
                and one.step is step
                and (one.draft_version, one.docx_sha256) == (draft.version, draft.docx_sha256)
                for one in cycle.verdicts
            ):
                self.say("I7", f"row {cycle.step} was entered without the word of row {step}")

    def restored(self) -> None:
        """Forget what an old copy of the ledger cannot know: what left and what came since (F21)."""
        self.world.server.doubted |= set(self.world.server.taken)
        self.bytes_of.clear()
        self.present.clear()
        cycles = self.world.machine.ledger.cycles
        known = {one for one in self.to_tell if (cycle := cycles.get(one)) is not None and cycle.cancelled is not None}
        # What the copy does not know to be cancelled goes on, until somebody cancels it again.
        self.to_tell = {one: addresses for one, addresses in self.to_tell.items() if one in known}
        cycle = self.world.machine.ledger.cycles.get(self.world.key)
        self.verdicts = len(cycle.verdicts) if cycle is not None else 0

    def ended(self, *, in_time: bool) -> None:
        """Look at everything once more when the run is over (I1, I4, I9, I10)."""
        ledger = self.world.machine.ledger
        self._every_mail_once()
        for letter in ledger.letters.listing(LetterState.SENT, limit=_EVERY):
            if not self.world.server.taken[letter.message_id]:
                self.say("I4", f"{letter.key} counts as sent, and no server has taken it")
        cycle = ledger.cycles.get(self.world.key)
        broken_at = ledger.journal.verify()
        if broken_at is not None:
            self.say("I9", f"the journal's chain breaks at line {broken_at}")
        entered = sum(one.line.event == "row_entered" for one in ledger.journal.read(self.world.key))
        rows = len(cycle.rows_done) + (not cycle.closed) if cycle is not None else 0
        if entered != rows:
            self.say("I9", f"{rows} rows were entered, and the journal has {entered}")
        self._all_told()
        if not in_time:
            where = f"row {cycle.step}" if cycle is not None else "no row"
            unsent = ledger.letters.unsent(self.world.key)
            self.say("I10", f"the cycle came to no end: {where}, letters waiting: {', '.join(unsent) or 'none'}")

    def _all_told(self) -> None:
        """I13: whoever had heard of a cycle that was cancelled was told, unless his server would not have it."""
        refused = {(wire.recipient, self.world.printed[wire.message_id].kind) for wire in self.world.server.refused}
        for gone, addresses in self.to_tell.items():
            for address in sorted(addresses):
                told = self.told[gone, address] or (address, LetterKind.CYCLE_CANCELLED) in refused
                if not told and not self.world.forgotten:
                    self.say("I13", f"{address} had a letter of {gone}, and was not told that it was cancelled")

    def _every_mail_once(self) -> None:
        """I1: one row that is acted on for every mail that was seen, ended, the others marked as its duplicates."""
        rows = [one for one in self.world.machine.ledger.inbox.listing(limit=_EVERY) if one.sha256]
        acted = [one.sha256 for one in rows if one.outcome is not MailOutcome.DUPLICATE]
        for missing in sorted(self.present - set(acted)):
            self.say("I1", f"mail {missing[:12]} was there at a look and is not in the ledger")
        for twice in sorted({one for one in acted if acted.count(one) > 1}):
            self.say("I1", f"mail {twice[:12]} was acted on twice")
        unread = {sha256 for sha256, truth in self.world.truths.items() if truth.beyond_reading}
        aside = (one for one in rows if one.outcome is MailOutcome.SET_ASIDE and one.sha256 not in unread)
        for left in (*aside, *(one for one in rows if one.outcome is None)):
            self.say("I1", f"mail {left.id} ended as {left.outcome}: {left.error.strip().rpartition(chr(10))[2]}")
