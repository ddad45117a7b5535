"""The outbox and its letters of the light ledger; the same answers as the real ones, from dictionaries."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mailbot.ledger.files_and_notes import HELD
from mailbot.ledger.letters import NOT_OVER, WAITING, Pace
from mailbot.ledger.looking.counts import OutboxCounts
from mailbot.ledger.outbox import CONNECT, DATA, MACHINERY, MOST_DOUBTS
from mailbot.ledger.values import ClaimedLetter, HeldWhy, LetterState, OutboxLetter, Outgoing
from tests.simulation.light_tables import LetterRow, queued_row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from mailbot.ledger.values import Readdressed
    from tests.simulation.light_tables import Tables

_WAITING = frozenset({LetterState.QUEUED, LetterState.PUT_OFF})
_LEAVING_OR_LEFT = frozenset({LetterState.SENDING, LetterState.SENT})
_OVER = frozenset({LetterState.SENT, LetterState.GIVEN_UP})


class LightOutbox:
    """What leaves."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._tables = tables

    def _change(self, fits: Callable[[LetterRow], bool], **values: Any) -> int:  # noqa: ANN401 - cells of several types
        """Change the letters that fit; a letter that moves loses its claim. Return how many there were."""
        changed = [row for row in self._tables.letters.values() if fits(row)]
        for row in changed:
            moved = replace(row, letter=replace(row.letter, **values), phase="", claimed_by="", claimed_until=None)
            self._tables.letters[row.letter.key] = moved
        return len(changed)

    def _own(self, letter: ClaimedLetter, **values: Any) -> bool:  # noqa: ANN401 - cells of several types
        """Change a letter if this claim still stands."""
        row = self._tables.letters[letter.key]
        ours = row.letter.state is LetterState.SENDING and row.letter.fence == letter.fence
        return ours and self._change(lambda one: one is row, **values) == 1

    def claim_due(self, now: datetime, who: str, lease: timedelta) -> ClaimedLetter | None:
        """Take the letter that is due first."""
        rows = self._tables.letters.values()
        due = [row for row in rows if row.letter.state in _WAITING and row.letter.due_at <= now]
        if not due or self._tables.notes.get(HELD):
            return None
        row = min(due, key=lambda one: (one.letter.kind in MACHINERY, one.letter.due_at, one.letter.id))
        before = row.letter
        letter = replace(before, state=LetterState.SENDING, tries=before.tries + 1, fence=before.fence + 1)
        claimed = replace(row, letter=letter, phase=CONNECT, claimed_by=who, claimed_until=now + lease)
        self._tables.letters[letter.key] = claimed
        return ClaimedLetter(
            id=letter.id,
            fence=letter.fence,
            key=letter.key,
            kind=letter.kind,
            cycle=letter.cycle,
            unit=letter.unit,
            person=letter.person,
            address=letter.address,
            message_id=letter.message_id,
            raw=self._tables.files[letter.sha256],
            queued_at=letter.queued_at,
            tries=letter.tries,
        )

    def mark_data(self, letter: ClaimedLetter) -> bool:
        """Write down that the next byte sent is the letter's own."""
        row = self._tables.letters[letter.key]
        ours = row.letter.state is LetterState.SENDING and row.letter.fence == letter.fence
        if ours:
            self._tables.letters[letter.key] = replace(row, phase=DATA)
        return ours

    def mark_sent(self, letter: ClaimedLetter, reply: str, at: datetime) -> bool:
        """Write down the server's 250, whatever became of the claim meanwhile."""
        row = self._tables.letters[letter.key]
        ours = row.letter.state is LetterState.SENDING and row.letter.fence == letter.fence
        if not ours and row.letter.state in _LEAVING_OR_LEFT:
            return False
        return self._change(lambda one: one is row, state=LetterState.SENT, reply=reply, sent_at=at) == 1

    def put_off(self, letter: ClaimedLetter, next_at: datetime, error: str) -> bool:
        """Write down a refusal for now."""
        return self._own(letter, state=LetterState.PUT_OFF, due_at=next_at, last_error=error)

    def put_back(self, letter: ClaimedLetter, error: str, due_at: datetime | None = None) -> bool:
        """Undo the claim, try included."""
        due = due_at or self._tables.letters[letter.key].letter.due_at
        return self._own(letter, state=LetterState.QUEUED, tries=letter.tries - 1, last_error=error, due_at=due)

    def give_up(self, letter: ClaimedLetter, error: str, *, told: bool = False) -> bool:
        """Write down that it never leaves."""
        done = self._own(letter, state=LetterState.GIVEN_UP, last_error=error)
        if done:
            self._tables.letters[letter.key] = replace(self._tables.letters[letter.key], told=told)
        return done

    def doubt(self, letter: ClaimedLetter, resolve_at: datetime, error: str) -> bool:
        """Write down that the line broke after the first byte."""
        done = self._own(letter, state=LetterState.IN_DOUBT, due_at=resolve_at, last_error=error)
        if done:
            self._doubted([letter.key])
        return done

    def _doubted(self, keys: Iterable[str]) -> None:
        """Count one more doubt about these letters."""
        for key in keys:
            row = self._tables.letters[key]
            self._tables.letters[key] = replace(row, doubts=row.doubts + 1)

    def found(self, message_id: str, evidence: str, at: datetime) -> bool:
        """Mark a letter as sent because something proves it."""

        def open_still(row: LetterRow) -> bool:
            return row.letter.message_id == message_id and row.letter.state not in _LEAVING_OR_LEFT

        return self._change(open_still, state=LetterState.SENT, reply=evidence, sent_at=at) == 1

    def resolve(self, now: datetime, hold_kinds: Iterable[str] = ()) -> int:
        """Queue again every letter in doubt whose wait is over, or hold it; return how many were queued."""
        kinds = set(hold_kinds)

        def over(row: LetterRow) -> bool:
            return row.letter.state is LetterState.IN_DOUBT and row.letter.due_at <= now

        def held(row: LetterRow) -> bool:
            return over(row) and (row.letter.kind in kinds or row.doubts >= MOST_DOUBTS)

        self._change(held, state=LetterState.HELD, held_why=HeldWhy.IN_DOUBT)
        return self._change(over, state=LetterState.QUEUED)

    def recover(self, now: datetime, doubt_wait: timedelta, who: str = "", *, everybody: bool = False) -> int:
        """Take back letters whose sender is dead."""

        def dead(row: LetterRow) -> bool:
            over = row.claimed_until is not None and row.claimed_until <= now
            whose = everybody or over or (bool(who) and row.claimed_by == who)
            return row.letter.state is LetterState.SENDING and whose

        error = "the sender died while it had this letter"
        self._doubted([row.letter.key for row in self._tables.letters.values() if dead(row) and row.phase == DATA])
        doubted = self._change(
            lambda row: dead(row) and row.phase == DATA,
            state=LetterState.IN_DOUBT,
            due_at=now + doubt_wait,
            last_error=error,
        )
        return doubted + self._change(dead, state=LetterState.QUEUED, last_error=error)

    def hold_all(self) -> None:
        """Let nothing leave."""
        self._tables.notes[HELD] = "yes"

    def release_all(self) -> None:
        """Let letters leave again."""
        self._tables.notes[HELD] = ""

    def hold(self, key: str) -> bool:
        """Hold one letter that has not left."""
        holdable = _WAITING | {LetterState.IN_DOUBT}
        letter = next((row.letter for row in self._tables.letters.values() if row.letter.key == key), None)
        doubted = letter is not None and letter.state is LetterState.IN_DOUBT
        why = HeldWhy.IN_DOUBT if doubted else HeldWhy.BY_HAND
        return self._one(key, lambda state: state in holdable, state=LetterState.HELD, held_why=why)

    def wait(self, key: str, until: datetime, why: str) -> bool:
        """Let a letter wait that cannot be handed over now."""
        return self._one(key, _WAITING.__contains__, state=LetterState.PUT_OFF, due_at=until, last_error=why)

    def release(self, key: str) -> bool:
        """Let one held letter go its way."""
        return self._one(key, lambda state: state is LetterState.HELD, state=LetterState.QUEUED, held_why=None)

    def withdraw(self, cycle: str, why: str, besides: str) -> int:
        """Give up every letter of a cycle that still waits, but for one kind; return how many there were."""
        waits = _WAITING | {LetterState.HELD}
        rows = [row for row in self._tables.letters.values() if row.letter.cycle == cycle and row.letter.state in waits]
        keys = [row.letter.key for row in rows if row.letter.kind != besides]
        for key in keys:
            self._one(key, waits.__contains__, state=LetterState.GIVEN_UP, last_error=why)
            self._tables.letters[key] = replace(self._tables.letters[key], told=True)
        return len(keys)

    def retry(self, key: str, now: datetime) -> bool:
        """Queue a letter again, due now, its tries forgotten."""
        return self._one(
            key, lambda state: state not in _LEAVING_OR_LEFT, state=LetterState.QUEUED, due_at=now, tries=0
        ) and self._forgotten(key)

    def _forgotten(self, key: str) -> bool:
        """Forget the doubts about a letter."""
        self._tables.letters[key] = replace(self._tables.letters[key], doubts=0)
        return True

    def _one(self, key: str, fits: Callable[[LetterState], bool], **values: Any) -> bool:  # noqa: ANN401 - cells of several types
        """Change one letter, by key, if its state fits."""
        return self._change(lambda row: row.letter.key == key and fits(row.letter.state), **values) == 1

    def queue(self, letters: Sequence[Outgoing], at: datetime) -> tuple[list[str], list[str]]:
        """Add letters whose key is new, or was withdrawn; return the keys that are new and those that were known."""
        new: list[str] = []
        for letter in letters:
            known = self._tables.letters.get(letter.key)
            if known is None or known.letter.withdrawn:
                digest = hashlib.sha256(letter.raw).hexdigest()
                self._tables.files.setdefault(digest, letter.raw)
                number = len(self._tables.letters) + 1 if known is None else known.letter.id
                row = queued_row(letter, digest, at, number)
                if known is not None:
                    row = replace(row, fence=known.letter.fence)
                doubts = known.doubts if known is not None else 0
                self._tables.letters[letter.key] = LetterRow(letter=row, doubts=doubts)
                new.append(letter.key)
        return new, [letter.key for letter in letters if letter.key not in new]

    def noted(self, told: Sequence[str], bounces: Sequence[tuple[str, str]]) -> None:
        """Write down what decisions have taken note of, and what reports said."""
        letters = self._tables.letters
        for key in told:
            letters[key] = replace(letters[key], told=True)
        for key, status in bounces:
            if key in letters:
                letters[key] = replace(letters[key], letter=replace(letters[key].letter, bounce=status))

    def queue_again(self, letters: Sequence[Readdressed], at: datetime) -> None:
        """Queue letters that did not arrive once more, with the bytes they have now."""
        for one in letters:
            digest = hashlib.sha256(one.raw).hexdigest()
            self._tables.files.setdefault(digest, one.raw)
            row = self._tables.letters[one.key]
            if row.letter.state is LetterState.SENDING or (
                row.letter.state is LetterState.SENT and not row.letter.bounce
            ):
                continue
            anew = replace(
                row.letter,
                address=one.address,
                sha256=digest,
                due_at=at,
                state=LetterState.QUEUED,
                tries=0,
                held_why=None,
                reply="",
                sent_at=None,
                last_error="",
                bounce="",
            )
            self._tables.letters[one.key] = replace(row, letter=anew, doubts=0, told=False)

    def prove(self, proved: Sequence[tuple[str, str]], at: datetime) -> None:
        """Write down that letters nobody was sure of have left."""
        for message_id, evidence in proved:
            self._change(
                lambda row, own=message_id: row.letter.message_id == own and _unsure(row.letter),  # type: ignore[misc]  # bound in the turn
                state=LetterState.SENT,
                reply=evidence,
                sent_at=at,
            )


def _unsure(letter: OutboxLetter) -> bool:
    """Say whether nobody knows if a letter has left."""
    given_back = letter.state in {LetterState.QUEUED, LetterState.PUT_OFF, LetterState.HELD}
    return letter.state is LetterState.IN_DOUBT or (given_back and letter.tries > 0)


class LightLetters:
    """The letters, for reading."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._tables = tables

    def _every(self) -> list[OutboxLetter]:
        """Return every letter, the oldest first."""
        return [row.letter for row in self._tables.letters.values()]

    def by_key(self, key: str) -> OutboxLetter | None:
        """Return the letter of that key, or None."""
        row = self._tables.letters.get(key)
        return row.letter if row else None

    def by_message_id(self, message_ids: Sequence[str]) -> OutboxLetter | None:
        """Return the letter of the first Message-ID in the list that is ours, or None."""
        found = [one for one in self._every() if one.message_id in message_ids]
        return min(found, key=lambda one: message_ids.index(one.message_id), default=None)

    def raw(self, key: str) -> bytes:
        """Return a letter's bytes; KeyError: there is none of that key."""
        return self._tables.files[self._tables.letters[key].letter.sha256]

    def listing(self, state: LetterState | None = None, limit: int = 50) -> tuple[OutboxLetter, ...]:
        """Return letters, the newest first."""
        return tuple(one for one in reversed(self._every()) if state in {None, one.state})[:limit]

    def to_person(self, kind: str, person: str, since: datetime) -> tuple[OutboxLetter, ...]:
        """Return the letters of a kind to one person decided since then, the newest first."""
        return tuple(
            one
            for one in reversed(self._every())
            if (one.kind, one.person) == (kind, person) and one.queued_at >= since
        )

    def of_cycle(self, cycle: str) -> tuple[OutboxLetter, ...]:
        """Return every letter of a cycle."""
        return tuple(one for one in self._every() if one.cycle == cycle)

    def addressees(self, cycle: str) -> frozenset[str]:
        """Return the keys of everybody that letters of a cycle are to."""
        return frozenset(letter.person for letter in self.of_cycle(cycle))

    def unsent(self, cycle: str) -> tuple[str, ...]:
        """Return the keys of a cycle's letters that have neither left nor been given up."""
        return tuple(one.key for one in self.of_cycle(cycle) if one.state not in _OVER)

    def never_left(self, cycle: str) -> tuple[OutboxLetter, ...]:
        """Return a cycle's letters that were given up, and whose errand no later letter has done."""
        every = self.of_cycle(cycle)
        done = {(one.kind, one.unit, one.asks): one.id for one in every if one.state is LetterState.SENT}
        lost = (one for one in every if one.state is LetterState.GIVEN_UP and not one.withdrawn)
        return tuple(one for one in lost if done.get((one.kind, one.unit, one.asks), 0) < one.id)

    def astray(self, cycle: str) -> tuple[OutboxLetter, ...]:
        """Return a cycle's letters that were given up, came back for good, or have not left yet."""
        return tuple(
            one
            for one in self.of_cycle(cycle)
            if one.state in {*WAITING, LetterState.GIVEN_UP}
            or (one.state is LetterState.SENT and one.bounce.startswith("5"))
        )

    def undelivered(self, limit: int = 50) -> tuple[OutboxLetter, ...]:
        """Return letters given up whose failure no decision has noted yet."""
        rows = self._tables.letters.values()
        return tuple(row.letter for row in rows if row.letter.state is LetterState.GIVEN_UP and not row.told)[:limit]

    def doubted(self, limit: int = 50) -> tuple[OutboxLetter, ...]:
        """Return letters of which nobody knows whether they have left."""
        return tuple(letter for letter in self._every() if letter.state is LetterState.IN_DOUBT)[:limit]

    def held_in_doubt(self, limit: int = 50) -> tuple[OutboxLetter, ...]:
        """Return such letters that wait for the operator's word."""
        return tuple(letter for letter in self._every() if letter.held_why is HeldWhy.IN_DOUBT)[:limit]

    def due(self, now: datetime, states: Collection[LetterState] = NOT_OVER) -> bool:
        """Say whether a letter waits whose time has come."""
        return any(letter.state in states and letter.due_at <= now for letter in self._every())

    def pace(self, now: datetime) -> Pace:
        """Return how many letters have left lately, and whether the next one may be due."""
        left = [letter.sent_at for letter in self._every() if letter.sent_at is not None]
        return Pace(
            in_minute=sum(at >= now - timedelta(minutes=1) for at in left),
            in_day=sum(at >= now - timedelta(days=1) for at in left),
            due=self.due(now, WAITING),
        )

    def answers_due(self, moment: datetime, *, proved: bool) -> tuple[tuple[datetime, str], ...]:
        """Return when answers to proved, or to unproved, mail are due from then on, and their address."""
        alike = (one for one in self._every() if one.is_answer and one.proved is proved and one.due_at >= moment)
        return tuple(sorted(((one.due_at, one.address) for one in alike), key=lambda one: one[0]))

    def latest_answers(self, address: str, moment: datetime, limit: int, *, proved: bool) -> tuple[str, ...]:
        """Return the kinds of the latest answers to one address decided since then, the newest first."""
        newest = (one for one in reversed(self._every()) if one.is_answer and one.proved is proved)
        kinds = (one.kind for one in newest if one.address == address and one.queued_at >= moment)
        return tuple(kinds)[:limit]

    def held(self) -> bool:
        """Say whether the whole outbox is held."""
        return bool(self._tables.notes.get(HELD))

    def counts(self) -> OutboxCounts:
        """Return how many letters stand where."""
        states = Counter(one.state.value for one in self._every())
        return OutboxCounts.of(dict(states), all_held=self.held())
