"""The past worked once more, moment by moment, on an empty ledger."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.delivery.covers import cover_one
from mailbot.clerk.desk.archiving import archive_one
from mailbot.clerk.desk.remembering import with_deputies
from mailbot.clerk.digests import digest, weekly
from mailbot.clerk.opening.telling import tell_openings
from mailbot.clerk.operator_letters import morning
from mailbot.clerk.papers import draft_one
from mailbot.clerk.rebuilding.guessing import GUESSES, withdraw_chasers
from mailbot.clerk.rebuilding.guided import GuidedMaker
from mailbot.clerk.rebuilding.past import Past, PastMailbox
from mailbot.clerk.receiving import receive
from mailbot.clerk.ticking import tick
from mailbot.clerk.working import work_one
from mailbot.core.decide import decide
from mailbot.errors import FileSpoilt, ReadingStalled, TemplateProblem
from mailbot.ledger.values import LetterState
from mailbot.writing.letters.letter import message_id, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mailbot.clerk.deciding import Decision
    from mailbot.clerk.parts import Books, Box, Clerk

_ROUNDS = 50
_BEFORE = datetime.min.replace(tzinfo=UTC)
_WAITING = (LetterState.QUEUED, LetterState.PUT_OFF)
_MOST = 10_000


@dataclass(slots=True)
class Replay:
    """One rebuilding. `clerk` works on the new ledger; `play` does it all."""

    clerk: Clerk
    past: Past
    archives: Path | None = None
    at: datetime = _BEFORE
    maker: GuidedMaker = field(init=False)

    def __post_init__(self) -> None:
        """Put guided parts in the place of the clerk's own."""
        self.maker = GuidedMaker(
            maker=self.clerk.maker,
            past=self.past,
            secret=self.clerk.reader.secret,
            now=lambda: self.at,
            archives=self.archives,
        )
        boxes = tuple(map(self._box, self.clerk.post.boxes))
        self.clerk = replace(
            self.clerk,
            books=replace(self.clerk.books, clock=lambda: self.at),
            maker=self.maker,
            post=replace(self.clerk.post, boxes=boxes),
        )

    def _box(self, box: Box) -> Box:
        """Return a mailbox as it was."""
        done, door = box.folders.done, PastMailbox(box.account, self.past, lambda: self.at)

        @contextmanager
        def opened() -> Iterator[PastMailbox]:
            yield door

        wider = box.folders.but(extra=(*box.folders.extra, *((done,) if done else ())), done="")
        return replace(box, folders=wider, open_mailbox=opened)

    def play(
        self,
        done_until: datetime | None = None,
        progress: Callable[[datetime, int, int], None] = lambda _moment, _done, _all: None,
    ) -> None:
        """Work everything, in the order it came.

        Args:
            done_until: so far an earlier run had come that was broken off; None: this is the first.
            progress: is told, after each moment, which one it was, and how many of how many are done.
        """
        written: dict[datetime, list[str]] = {}
        for copy in self.past.copies.values():
            written.setdefault(copy.written_at, []).append(copy.message_id)
            written.setdefault(copy.left_at, [])
        came = self.past.moments()
        openings = self._openings(came)
        moments = sorted({*came, *openings})
        for number, moment in enumerate(moments, 1):
            if done_until is None or moment > done_until:
                self._live(moment, written.get(moment), opens=moment in openings)
                progress(moment, number, len(moments))

    def _live(self, moment: datetime, written: list[str] | None, *, opens: bool) -> None:
        """Live through one moment.

        Args:
            moment: what had come by then is worked.
            written: Message-IDs of the letters that were decided at it; None: nothing shows that mailbot ran then.
            opens: the office opened; what fell due then was decided, as far as something tells so.
        """
        self.at = moment
        self._take_in()
        self._mark_left()
        withdraw_chasers(self)
        self.work()
        if written is not None or opens:
            self.maker.silent = written is not None
            self._go_on()
            while self.work():
                self._go_on()
            self.maker.silent = True
        if written:
            self._explain(written)

    def _openings(self, moments: tuple[datetime, ...]) -> frozenset[datetime]:
        """Return when the office opened, day by day, between the first moment and the last one."""
        calendar, found = self.clerk.books.office.calendar, set[datetime]()
        at = moments[0] if moments else self.at
        while moments and (at := calendar.next_office_moment(at + timedelta(hours=1))) <= moments[-1]:
            found.add(at)
            at = calendar.local(at).replace(hour=23, minute=0).astimezone(UTC)
        return frozenset(found)

    def _take_in(self) -> None:
        """Keep what had come by now."""
        for box in self.clerk.post.boxes:
            with box.open_mailbox() as mailbox:
                receive(self.clerk.books, box, mailbox, size_limit_bytes=self.clerk.reader.limits.message_bytes)

    def _books(self) -> Books:
        return with_deputies(self.clerk.books)

    def _mark_left(self) -> bool:
        """Mark every letter as sent whose copy lay in the folder for sent mail by now; say whether there was one."""
        ledger, marked = self.clerk.books.ledger, False
        for state in (*_WAITING, LetterState.GIVEN_UP):
            for letter in ledger.letters.listing(state, limit=_MOST):
                left_by = self.past.left_by(letter.message_id)
                if left_by is not None and left_by <= self.at:
                    marked |= ledger.outbox.found(letter.message_id, "Sent", left_by)
        return marked

    def work(self) -> bool:
        """Work every mail that had come by now; one whose answer was written later waits, and lets no doubt pass it."""
        awaiting: dict[int, str] = {}
        silent, done = self.maker.silent, 0
        self.maker.proof_wanted, self.maker.silent = False, True
        while self._work_one(awaiting):
            done += 1
            if awaiting:
                self.maker.proof_wanted, self.maker.silent = True, False
        self.maker.silent = silent
        return done > len(awaiting)

    def _work_one(self, awaiting: dict[int, str]) -> bool:
        """Work the next mail that does not wait; say whether there was one."""
        waiting = self.clerk.books.ledger.inbox.unsettled(len(awaiting) + 1)
        kept = next((mail for mail in waiting if mail.id not in awaiting), None)
        self.maker.working = kept.message_id if kept is not None else ""
        try:
            return work_one(self._books(), self.maker, self.clerk.reader, awaiting)
        finally:
            self.maker.working = ""

    def _go_on(self) -> None:
        """Let the clock and what hangs on it go on, as far as it went then."""
        for _ in range(_ROUNDS):
            moved = self._mark_left()
            if not (self.chores_once() or moved):
                return

    def chores_once(self) -> bool:
        """Do every chore once; say whether one moved."""
        moved = False
        self.maker.proof_wanted = True
        for chore in self._chores().values():
            try:
                moved |= chore()
            except (TemplateProblem, ReadingStalled, OSError, FileSpoilt):
                continue
        return moved

    def told_now(self, decision: Decision) -> bool:
        """Say whether a letter that a decision comes to was written at this moment."""
        books, letters = self.clerk.books, list(decision.letters)
        for key, fact in decision.facts:
            letters.extend(decide(books.ledger.cycles.get(key), fact, books.office).letters)
        ids = [message_id(self.maker.secret, name_of(letter), books.office.mailbox) for letter in letters]
        found = [self.past.copies[one] for one in ids if one in self.past.copies]
        return any(abs(copy.written_at - self.at) < timedelta(seconds=1) for copy in found)

    def _chores(self) -> dict[str, Callable[[], bool]]:
        books, maker, clerk = self._books(), self.maker, self.clerk
        return {
            "tick": partial(tick, books, maker, clerk.post.boxes, clerk.lookout),
            "openings": partial(tell_openings, books, maker),
            "draft": partial(draft_one, books, maker),
            "cover": partial(cover_one, books, maker),
            "morning": partial(morning, books, maker),
            "digest": partial(digest, books, maker, clerk.reader),
            "weekly": partial(weekly, books, maker),
            "archive": partial(archive_one, books, maker, clerk.reader),
        }

    def _left_unexplained(self, ids: list[str]) -> list[str]:
        letters = self.clerk.books.ledger.letters
        return [one for one in ids if letters.by_message_id((one,)) is None]

    def _explain(self, ids: list[str]) -> None:
        """Where letters were written at this moment that nothing comes to, guess what mail does not tell."""
        for guess in GUESSES:
            if not self._left_unexplained(ids):
                break
            self.maker.proof_wanted = True
            while guess(self) and self._left_unexplained(ids):
                self._go_on()
                self.work()
                self._go_on()
