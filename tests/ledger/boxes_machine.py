"""The rules of the machine over inbox and outbox: everything that can happen to them, in any order."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import StaleCycle
from mailbot.ledger.ledger import Ledger
from mailbot.ledger.outbox import MOST_DOUBTS
from mailbot.ledger.values import Changes, ClaimedLetter, KeptMail, LetterState, Settlement
from tests.ledger.boxes_model import LEASE, WAIT, WAITING, Kept, Model, ModelLetter, World
from tests.ledger.examples import ACCOUNT, MINUTE, a_letter, a_line
from tests.simulation.disk import AnyDisk

_EVERY = 10_000
_ATTEMPTS = 3
_FOLDERS = st.sampled_from(["INBOX", "Junk"])
_KEYS = st.sampled_from([f"request/{number}" for number in range(6)] + ["submission/0", "submission/1"])
_ENDS = st.sampled_from([MailOutcome.FORM, MailOutcome.VERDICT, MailOutcome.ROBOT, MailOutcome.STRANGER])
_WHO = "machine"


class Boxes(RuleBasedStateMachine):
    """A ledger, the world around it, and the model it is held against after every rule."""

    def __init__(self, ledger: Ledger, disk: AnyDisk | None = None) -> None:
        """Begin with an empty ledger; only one on a `disk` can be copied and restored."""
        super().__init__()
        self.ledger = ledger
        self.disk = disk
        self.world = World()
        self.model = Model()
        self.copy: tuple[Any, Model] | None = None

    # ---- what comes

    @rule(folder=_FOLDERS)
    def arrives(self, folder: str) -> None:
        """A mail arrives."""
        self.world.written += 1
        self.world.put(folder, self.world.written)

    @precondition(lambda self: self.world.written > 0)
    @rule(data=st.data(), folder=_FOLDERS)
    def arrives_again(self, data: st.DataObject, folder: str) -> None:
        """The same bytes arrive under another UID."""
        self.world.put(folder, data.draw(st.integers(1, self.world.written)))

    @rule(folder=_FOLDERS)
    def renumbered(self, folder: str) -> None:
        """The server counts a folder anew."""
        self.world.renumber(folder)

    @precondition(lambda self: self.world.boxes["INBOX"])
    @rule(data=st.data(), kept=st.booleans())
    def taken_away(self, data: st.DataObject, *, kept: bool) -> None:
        """Somebody moves a mail to Junk, or deletes it."""
        uid = data.draw(st.sampled_from(sorted(self.world.boxes["INBOX"])))
        number = self.world.boxes["INBOX"].pop(uid)
        if kept:
            self.world.put("Junk", number)

    @rule(folder=_FOLDERS, most=st.integers(1, 5), gone=st.booleans())
    def looked_at(self, folder: str, most: int, *, gone: bool) -> None:
        """A look at a folder keeps what is not known; it may break off, and one mail may vanish before it is read."""
        validity = self.world.validity[folder]
        known = self.ledger.inbox.known_uids(ACCOUNT, folder, validity)
        assert known == {uid for name, epoch, uid in self.model.places if (name, epoch) == (folder, validity)}
        wanted = [uid for uid in sorted(self.world.boxes[folder]) if uid not in known][:most]
        if gone and wanted:
            lost = wanted.pop()
            del self.world.boxes[folder][lost]
            assert self.ledger.inbox.vanished(ACCOUNT, folder, validity, [lost], self.world.now) == 1
            self.model.vanished += 1
            self.model.places.add((folder, validity, lost))
        numbers = [self.world.boxes[folder][uid] for uid in wanted]
        mails = [self._mail(folder, validity, uid) for uid in wanted]
        assert self.ledger.inbox.keep(mails, self.world.now) == len(mails)
        assert self.ledger.inbox.keep(mails, self.world.now) == 0
        self.model.places |= {(folder, validity, uid) for uid in wanted}
        for number in numbers:
            self.model.mails.setdefault(number, Kept()).places += 1

    def _mail(self, folder: str, validity: int, uid: int) -> KeptMail:
        """Return what is kept of a mail: its bytes say its number, and nothing else."""
        number = self.world.boxes[folder][uid]
        return KeptMail(
            account=ACCOUNT,
            folder=folder,
            uid_validity=validity,
            uid=uid,
            received_at=self.world.now,
            raw=f"Subject: {number}\r\n\r\nmail {number}\r\n".encode(),
            message_id=f"<{number}@example.go.id>",
        )

    # ---- what is done with it

    @rule(outcome=_ENDS, how=st.sampled_from(["settled", "failed", "died"]))
    def worked(self, outcome: MailOutcome, how: str) -> None:
        """The oldest mail is worked: settled with an answer, or it fails, or the machine dies over it."""
        waiting = self.ledger.inbox.unsettled(1)
        assert bool(waiting) == any(one.outcome is None for one in self.model.mails.values())
        if not waiting:
            return
        mail = waiting[0]
        number = int(self.ledger.inbox.raw(mail.id).split()[1])
        kept = self.model.mails[number]
        kept.attempts += 1
        assert self.ledger.inbox.begin_attempt(mail.id) == kept.attempts
        if kept.attempts >= _ATTEMPTS and how != "settled":
            self._settle(mail.id, kept, MailOutcome.SET_ASIDE, f"set_aside/{number}")
        elif how == "failed":
            self.ledger.inbox.note_failure(mail.id, "Traceback")
        elif how == "settled":
            self._settle(mail.id, kept, outcome, f"answer/{number}")

    def _settle(self, mail: int, kept: Kept, outcome: MailOutcome, answer: str) -> None:
        """Settle a mail, its answer and its line in one commit; a second settlement writes nothing at all."""
        changes = Changes(
            at=self.world.now,
            letters=(a_letter(answer, due_at=self.world.now),),
            settled=(Settlement(mail=mail, outcome=outcome),),
            journal=(("", a_line("mail_settled", self.world.now)),),
        )
        self.ledger.commit(changes)
        kept.outcome = outcome
        self._put(answer)
        self.model.lines += 1
        try:
            self.ledger.commit(changes)
        except StaleCycle:
            return
        raise AssertionError("a mail was settled twice")

    @precondition(lambda self: self.model.mails)
    @rule(data=st.data())
    def replayed(self, data: st.DataObject) -> None:
        """The operator lets a mail be worked again; a duplicate is not."""
        every = self.ledger.inbox.listing(limit=_EVERY)
        mail = data.draw(st.sampled_from(sorted(every, key=lambda one: one.id)))
        again = mail.same_as is None and mail.outcome is not MailOutcome.VANISHED
        assert self.ledger.inbox.replay(mail.id) is again
        if again:
            kept = self.model.mails[int(self.ledger.inbox.raw(mail.id).split()[1])]
            kept.outcome, kept.attempts = None, 0

    # ---- what leaves

    @rule(key=_KEYS, later=st.integers(0, 30))
    def queued(self, key: str, later: int) -> None:
        """A letter is decided, or meant once more: a known key is left as it is."""
        due = self.world.now + later * MINUTE
        kind = key.partition("/")[0]
        done = self.ledger.commit(Changes(at=self.world.now, letters=(a_letter(key, due_at=due, kind=kind),)))
        assert (done.queued, done.known) == (((), (key,)) if key in self.model.letters else ((key,), ()))
        self._put(key, kind=kind, later=later)

    def _put(self, key: str, *, kind: str = "request", later: int = 0) -> None:
        """Put a letter into the model, unless it is there."""
        due = self.world.now + later * MINUTE
        self.model.letters.setdefault(key, ModelLetter(order=len(self.model.letters), kind=kind, due=due))

    @rule(
        end=st.sampled_from(
            [
                *("taken", "taken", "refused_for_now", "refused_for_good", "cut_before", "cut_taken", "cut_lost"),
                *("died_before", "died_taken", "died_lost", "slow"),
            ]
        )
    )
    def handed_over(self, end: str) -> None:
        """The letter due first is claimed and handed over, and something becomes of it."""
        expected = self.model.next_due(self.world.now)
        claimed = self.ledger.outbox.claim_due(self.world.now, _WHO, LEASE)
        assert (claimed.key if claimed else None) == expected
        if claimed is None:
            return
        letter = self.model.letters[claimed.key]
        letter.state, letter.in_data = LetterState.SENDING, False
        if end in {"cut_before", "refused_for_now", "refused_for_good", "died_before"}:
            self._before_data(claimed, letter, end)
            return
        assert self.ledger.outbox.mark_data(claimed)
        letter.in_data = True
        if not end.endswith("lost"):
            self.world.taken[claimed.key] += 1
        self._after_data(claimed, letter, end)

    def _before_data(self, claimed: ClaimedLetter, letter: ModelLetter, end: str) -> None:
        """Let it end before its first byte."""
        now, outbox = self.world.now, self.ledger.outbox
        if end == "cut_before":
            assert outbox.put_back(claimed, "cut")
            letter.state = LetterState.QUEUED
        elif end == "refused_for_now":
            assert outbox.put_off(claimed, now + 5 * MINUTE, "450")
            letter.state, letter.due = LetterState.PUT_OFF, now + 5 * MINUTE
        elif end == "refused_for_good":
            assert outbox.give_up(claimed, "550")
            letter.state, letter.told = LetterState.GIVEN_UP, False

    def _after_data(self, claimed: ClaimedLetter, letter: ModelLetter, end: str) -> None:
        """Let it end after its first byte."""
        outbox = self.ledger.outbox
        if end.startswith("cut"):
            self.world.doubted.add(claimed.key)
            assert outbox.doubt(claimed, self.world.now + WAIT, "cut")
            letter.doubts += 1
            letter.state, letter.due = LetterState.IN_DOUBT, self.world.now + WAIT
        elif end.startswith("died"):
            self.world.doubted.add(claimed.key)
        elif end == "slow":
            self.world.doubted.add(claimed.key)
            self.world.now += LEASE
            self._recovered("")
            assert outbox.mark_sent(claimed, "250", self.world.now)
            letter.state = LetterState.SENT
        else:
            assert outbox.mark_sent(claimed, "250", self.world.now)
            letter.state = LetterState.SENT
        assert not outbox.mark_data(claimed) or letter.state is LetterState.SENDING

    @rule()
    def starts_anew(self) -> None:
        """The machine starts, and takes back what a former life had in its hands."""
        self._recovered(_WHO)

    def _recovered(self, who: str) -> None:
        """Take back letters of a dead sender: in doubt once the first byte may have left, else queued."""
        now = self.world.now
        sending = [one for one in self.model.letters.values() if one.state is LetterState.SENDING]
        if who:
            assert self.ledger.outbox.recover(now, WAIT, who) == len(sending)
        else:
            self.ledger.outbox.recover(now, WAIT)
            states = {one.key: one.state for one in self.ledger.letters.listing(limit=_EVERY)}
            sending = [
                one
                for key, one in self.model.letters.items()
                if one in sending and states[key] is not LetterState.SENDING
            ]
        for letter in sending:
            letter.doubts += letter.in_data
            letter.state = LetterState.IN_DOUBT if letter.in_data else LetterState.QUEUED
            letter.due = now + WAIT if letter.in_data else letter.due

    @rule()
    def doubts_looked_at(self) -> None:
        """Doubts whose wait is over are sent again; the report is held for the operator."""
        over = [
            one
            for one in self.model.letters.values()
            if one.state is LetterState.IN_DOUBT and one.due <= self.world.now
        ]
        held = [one for one in over if one.kind == "submission" or one.doubts >= MOST_DOUBTS]
        assert self.ledger.outbox.resolve(self.world.now, ("submission",)) == len(over) - len(held)
        for letter in over:
            letter.state = LetterState.HELD if letter in held else LetterState.QUEUED

    @rule(key=_KEYS)
    def found_in_sent(self, key: str) -> None:
        """A copy in the Sent folder proves that a letter left."""
        if not self.world.taken[key] or key not in self.model.letters:
            return
        letter = self.model.letters[key]
        fits = letter.state not in {LetterState.SENDING, LetterState.SENT}
        assert self.ledger.outbox.found(f"<{key}@example.go.id>", "Sent", self.world.now) is fits
        letter.state = LetterState.SENT if fits else letter.state

    # ---- what the operator does

    @rule(key=_KEYS, what=st.sampled_from(["hold", "release", "retry"]))
    def ordered(self, key: str, what: str) -> None:
        """The operator holds, frees or retries one letter."""
        letter = self.model.letters.get(key)
        state = letter.state if letter else None
        if what == "hold":
            fits = state in {*WAITING, LetterState.IN_DOUBT}
            assert self.ledger.outbox.hold(key) is fits
        elif what == "release":
            fits = state is LetterState.HELD
            assert self.ledger.outbox.release(key) is fits
        else:
            fits = state not in {None, LetterState.SENDING, LetterState.SENT}
            assert self.ledger.outbox.retry(key, self.world.now) is fits
        if letter is not None and fits:
            letter.state = LetterState.HELD if what == "hold" else LetterState.QUEUED
            letter.due = self.world.now if what == "retry" else letter.due
            letter.doubts = 0 if what == "retry" else letter.doubts

    @rule(held=st.booleans())
    def big_red_button(self, *, held: bool) -> None:
        """The operator holds everything, or frees it."""
        (self.ledger.outbox.hold_all if held else self.ledger.outbox.release_all)()
        self.model.all_held = held

    @rule()
    def told_of_failures(self) -> None:
        """A decision takes note of every letter given up."""
        keys = tuple(one.key for one in self.ledger.letters.undelivered())
        self.ledger.commit(Changes(at=self.world.now, told=keys))
        for key in keys:
            self.model.letters[key].told = True

    @rule(minutes=st.integers(-120, 600))
    def clock_moves(self, minutes: int) -> None:
        """Time passes, or the clock is set back."""
        self.world.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.disk is not None)
    @rule()
    def backed_up(self) -> None:
        """The ledger is copied."""
        assert self.disk is not None
        self.copy = (self.disk.copied(), self.model.copied())

    @precondition(lambda self: self.copy is not None)
    @rule()
    def restored(self) -> None:
        """The copy is put back: it knows nothing of what was done since."""
        assert self.disk is not None
        assert self.copy is not None
        self.disk.put_back(self.copy[0])
        self.model = self.copy[1].copied()
        self.world.doubted |= set(self.world.taken)

    # ---- what must hold

    @invariant()
    def letters_stand_where_they_must(self) -> None:
        """Each letter once, in the state the model says; what left twice had been in doubt."""
        letters = self.ledger.letters.listing(limit=_EVERY)
        assert {one.key: one.state for one in letters} == self.model.states()
        assert len(letters) == len(self.model.letters)
        for key, copies in self.world.taken.items():
            assert copies == 1 or key in self.world.doubted, key
        sent = [one.key for one in letters if one.state is LetterState.SENT]
        assert [key for key in sent if not self.world.taken[key]] == []

    @invariant()
    def failures_wait_to_be_told(self) -> None:
        """A letter given up shows until a decision has taken note of it."""
        given_up = {
            key for key, one in self.model.letters.items() if one.state is LetterState.GIVEN_UP and not one.told
        }
        assert {one.key for one in self.ledger.letters.undelivered(_EVERY)} == given_up

    @invariant()
    def mails_are_acted_on_once(self) -> None:
        """One row that is acted on for all copies of a mail; the outcomes add up to what was kept."""
        rows = self.ledger.inbox.listing(limit=_EVERY)
        assert +Counter(one.outcome.value if one.outcome else "" for one in rows) == self.model.outcomes()
        acted = [one.sha256 for one in rows if one.sha256 and one.same_as is None]
        assert len(acted) == len(set(acted)) == len(self.model.mails)
        counts = self.ledger.inbox.counts()
        assert counts.kept == counts.waiting + counts.settled + counts.set_aside == len(rows)

    @invariant()
    def the_journal_holds(self) -> None:
        """The chain is whole, and has the lines that were written."""
        assert self.ledger.journal.verify() is None
        assert self.ledger.journal.head().count == self.model.lines
