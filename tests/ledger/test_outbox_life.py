"""The life of an outbox, any life: whatever happens in whatever order, no letter is lost and no copy is unexplained."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mailbot.ledger.outbox import next_try
from mailbot.ledger.values import ClaimedLetter, LetterState
from tests.copied import empty_ledger
from tests.ledger.examples import LEASE, MINUTE, NOW, a_letter, queueing

WAIT = timedelta(minutes=20)


class OutboxLife(RuleBasedStateMachine):
    """Senders that come, hand over, are refused, are cut, die; a clock that goes on; an operator with a red button."""

    @initialize()
    def begin(self) -> None:
        """Open a ledger and an empty wire."""
        self.ledger = empty_ledger()
        self.outbox = self.ledger.outbox
        self.now = NOW
        self.decided: dict[str, bytes] = {}
        self.wire: list[tuple[str, bytes]] = []
        self.doubts: Counter[str] = Counter()
        self.dead: list[ClaimedLetter] = []

    def teardown(self) -> None:
        """Once faults stop, every letter reaches its end: sent, or given up and told."""
        if not hasattr(self, "ledger"):
            return
        self.outbox.release_all()
        for held in self.ledger.letters.listing(LetterState.HELD, limit=1000):
            self.outbox.release(held.key)
        for _ in range(5):
            self.now += timedelta(hours=4)
            self.outbox.recover(self.now, WAIT)
            self.outbox.resolve(self.now + WAIT)
            while letter := self.outbox.claim_due(self.now, "last", LEASE):
                self.hand_over(letter)
                self.outbox.mark_sent(letter, "250", self.now)
        ends = {letter.key: letter.state for letter in self.ledger.letters.listing(limit=1000)}
        self.ledger.close()
        assert ends.keys() == self.decided.keys()
        assert set(ends.values()) <= {LetterState.SENT, LetterState.GIVEN_UP}
        on_the_wire = {key for key, _ in self.wire}
        assert all(key in on_the_wire for key, end in ends.items() if end is LetterState.SENT)

    def hand_over(self, letter: ClaimedLetter) -> None:
        """Send the letter's bytes, if the claim still stands."""
        if self.outbox.mark_data(letter):
            self.wire.append((letter.key, letter.raw))

    @rule(name=st.sampled_from("abcdef"), delay=st.integers(-1, 90))
    def decide(self, name: str, delay: int) -> None:
        """A letter is decided, perhaps not for the first time."""
        letter = a_letter(name, due_at=self.now + delay * MINUTE)
        done = self.ledger.commit(queueing(letter, at=self.now))
        assert (done.known if name in self.decided else done.queued) == (name,)
        self.decided.setdefault(name, letter.raw)

    @rule(ending=st.sampled_from(["sent", "4xx", "5xx", "unreachable", "cut", "killed before", "killed after"]))
    def send_one(self, ending: str) -> None:
        """One letter is claimed, and something happens to it."""
        letter = self.outbox.claim_due(self.now, "sender", LEASE)
        if letter is None:
            return
        assert letter.raw == self.decided[letter.key]
        match ending:
            case "sent":
                self.hand_over(letter)
                assert self.outbox.mark_sent(letter, "250", self.now)
            case "4xx":
                pause = next_try(letter.tries)
                assert pause is not None
                assert self.outbox.put_off(letter, self.now + pause, "450")
            case "5xx":
                assert self.outbox.give_up(letter, "550")
            case "unreachable":
                assert self.outbox.put_back(letter, "no route")
            case "cut":
                self.hand_over(letter)
                self.doubts[letter.key] += 1
                assert self.outbox.doubt(letter, self.now + WAIT, "cut")
            case "killed before":
                self.dead.append(letter)
            case _:
                self.hand_over(letter)
                self.doubts[letter.key] += 1
                self.dead.append(letter)

    @rule(minutes=st.integers(0, 300))
    def time_passes(self, minutes: int) -> None:
        """The clock goes on, dead senders' letters come back, doubts are resolved."""
        self.now += minutes * MINUTE
        self.outbox.recover(self.now, WAIT)
        self.outbox.resolve(self.now)

    @rule()
    def a_ghost_returns(self) -> None:
        """A sender thought dead tries to go on: if its letter was taken back, it must not send."""
        for letter in self.dead:
            standing = self.ledger.letters.by_key(letter.key)
            assert standing is not None
            if standing.state is not LetterState.SENDING:
                assert not self.outbox.mark_data(letter)
                assert not self.outbox.put_off(letter, self.now, "ghost")

    @rule(held=st.booleans())
    def red_button(self, held: bool) -> None:  # noqa: FBT001 - hypothesis draws it by name
        """The operator holds everything, or lets it go; while held, nothing can be claimed."""
        if held:
            self.outbox.hold_all()
            assert self.outbox.claim_due(self.now + timedelta(days=365), "sender", LEASE) is None
        else:
            self.outbox.release_all()

    @rule(name=st.sampled_from("abcdef"), what=st.sampled_from(["hold", "release", "retry", "found"]))
    def operator_acts(self, name: str, what: str) -> None:
        """One letter is held, released or tried again, or evidence for one in doubt appears."""
        letter = self.ledger.letters.by_key(name)
        match what:
            case "hold":
                self.outbox.hold(name)
            case "release":
                self.outbox.release(name)
            case "retry" if letter and letter.state is LetterState.GIVEN_UP:
                assert self.outbox.retry(name, self.now)
            case "found" if letter and letter.state is LetterState.IN_DOUBT:
                assert self.outbox.found(letter.message_id, "in Sent", self.now)
            case _:
                assert letter is None or letter.key == name

    @invariant()
    def every_letter_is_somewhere(self) -> None:
        """The counts add up to what was decided."""
        if hasattr(self, "ledger"):
            counts = self.ledger.letters.counts()
            known = (counts.queued, counts.sent, counts.put_off, counts.given_up, counts.in_doubt, counts.held)
            assert sum(known) == len(self.decided)

    @invariant()
    def every_copy_is_explained(self) -> None:
        """Each copy beyond the first has a doubt that explains it, and all copies are byte for byte the same."""
        if hasattr(self, "ledger"):
            for key, copies in Counter(key for key, _ in self.wire).items():
                assert copies <= 1 + self.doubts[key]
            assert all(raw == self.decided[key] for key, raw in self.wire)


TestOutboxLife = OutboxLife.TestCase
TestOutboxLife.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
