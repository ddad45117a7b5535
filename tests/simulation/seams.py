"""The ledger as the clerk of a simulation holds it: it can die at every seam, and reads nothing twice in vain.

A seam lies before and after every write. What was read is remembered until something is written to the part it was read
from: within one process nobody else writes, and a process that dies forgets all of it. Cycles are remembered as the
commit returned them. The outbox is not asked for letters when its counts say that none waits, and the pace by minute
and day is no part of a simulation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from mailbot.ledger.letters import WAITING, Pace
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.past import Past
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.looking.counts import OutboxCounts
    from mailbot.ledger.values import Changes, Committed

Memory = dict[str, dict[Any, Any]]
PARTS = ("inbox", "files", "journal", "notes", "looks", "letters")
_READS: dict[str, frozenset[str]] = {
    "inbox": frozenset(
        {"known_uids", "unsettled", "get", "raw", "by_sha256", "of_cycle", "untidied", "counts", "is_repeated"}
        | {"listing", "settled_since", "tallies", "to_read"}
    ),
    "letters": frozenset(
        {
            "by_key",
            "by_message_id",
            "raw",
            "listing",
            "of_cycle",
            "unsent",
            "never_left",
            "undelivered",
            "held",
            "counts",
        }
        | {"answers_due", "latest_answers", "to_person", "doubted", "held_in_doubt", "astray"}
    ),
    "files": frozenset({"read"}),
    "journal": frozenset({"head", "read", "between", "salt", "of_event"}),
    "notes": frozenset({"read", "several", "beginning"}),
    "looks": frozenset({"at", "is_new", "all", "moments", "in_balance"}),
}
"""What only reads; whatever is not named here counts as a write."""
_SEEN_IN = {"outbox": ("letters",), "inbox": ("inbox", "looks"), "files": (), "notes": ("notes",), "looks": ("looks",)}
"""Which parts show a write to that part."""
_LASTS = {"inbox": frozenset({"known_uids", "raw", "to_read"}), "letters": frozenset({"raw"})}
"""What outlasts a write that only moves rows already there."""
_AROUND = frozenset({"at_hand", "ask_together"})
"""What stands around other work, and neither reads nor writes."""
_ASKED = ("listing", "undelivered", "unsent", "never_left", "doubted", "held_in_doubt")
"""Questions about letters that their counts may answer."""
_ADDS = frozenset({"keep", "vanished"})
_UNSEEN = frozenset({"mark_data"})
"""What nothing that can be read shows."""


class Killed(BaseException):
    """The machine died here; not an Exception, so that nobody catches it."""


class Seam:
    """Dies at the n-th seam from now on, once; until then it counts."""

    def __init__(self) -> None:
        """Start without a death in sight."""
        self.left = 0
        self.passed = 0
        self.where = ""

    def __call__(self, name: str) -> None:
        """Pass a seam.

        Raises:
            Killed: this was the one.
        """
        self.passed += 1
        if self.left:
            self.left -= 1
            if not self.left:
                self.where = name
                raise Killed(name)


class _Part:
    """One part of the ledger, with its seams and its memory."""

    def __init__(self, name: str, part: object, seam: Seam, memory: Memory) -> None:
        self._name = name
        self._part = part
        self._seam = seam
        self._memory = memory
        self._own = memory.setdefault(name, {})

    def __getattr__(self, method: str) -> Any:  # noqa: ANN401 - stands in for any method
        found = getattr(self._part, method)
        if method in _AROUND:
            return found
        made = self._reading(method, found) if method in _READS.get(self._name, ()) else self._writing(method, found)
        setattr(self, method, made)
        return made

    def _reading(self, method: str, found: Callable[..., Any]) -> Callable[..., Any]:
        """Return the method, asked once for the same thing."""

        def read(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - stands in for any method
            asked = (method, *map(_hashable, args), *named.items())
            if asked not in self._own:
                self._own[asked] = found(*args, **named)
            return self._own[asked]

        return read

    def _writing(self, method: str, found: Callable[..., Any]) -> Callable[..., Any]:
        """Return the method with a seam before and after; what it may have changed is forgotten."""

        def write(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - stands in for any method
            self._seam(f"before {method}")
            result = found(*args, **named)
            nothing_claimed = method == "claim_due" and result is None
            if not nothing_claimed and method not in _UNSEEN:
                for name in _SEEN_IN[self._name]:
                    _forget(self._memory, name, all_of_it=method in _ADDS)
            self._seam(f"after {method}")
            return result

        return write


class _Outbox(_Part):
    """The outbox, which is not asked for letters when it is known that none waits."""

    def __init__(self, part: object, memory: Memory, seam: Seam, standing: Callable[[], OutboxCounts | None]) -> None:
        super().__init__("outbox", part, seam, memory)
        self._standing = standing
        self._claim = self._writing("claim_due", part.claim_due)  # type: ignore[attr-defined]  # stands in for the part
        self._resolve = self._writing("resolve", part.resolve)  # type: ignore[attr-defined]  # the same

    def claim_due(self, *args: Any) -> Any:  # noqa: ANN401 - the outbox's own types
        """Claim a letter."""
        known = self._standing()
        return None if known is not None and not known.queued + known.put_off else self._claim(*args)

    def resolve(self, *args: Any) -> Any:  # noqa: ANN401 - the outbox's own types
        """Look whether doubts are over."""
        known = self._standing()
        return 0 if known is not None and not known.in_doubt else self._resolve(*args)


class _Letters(_Part):
    """The letters, of which most questions are answered by their counts when nothing waits."""

    def __init__(self, part: object, memory: Memory, seam: Seam) -> None:
        super().__init__("letters", part, seam, memory)
        self._ask = {name: self._reading(name, getattr(part, name)) for name in _ASKED}

    def listing(self, state: LetterState | None = None, limit: int = 50) -> Any:  # noqa: ANN401 - the letters' own types
        """Return letters."""
        counts = self.counts()
        none = {LetterState.IN_DOUBT: not counts.in_doubt, LetterState.HELD: not counts.held}
        return () if state is not None and none.get(state) else self._ask["listing"](state, limit)

    def due(self, *asked: Any) -> bool:  # noqa: ANN401 - the letters' own types
        """Say whether a letter waits whose time may have come."""
        counts = self.counts()
        waits = counts.queued + counts.put_off + counts.in_doubt + counts.held
        return bool(waits) and bool(self._part.due(*asked))  # type: ignore[attr-defined]  # stands in for the part

    def pace(self, now: datetime) -> Pace:
        """Say that nothing left lately: the pace by minute and day is no part of a simulation."""
        counts = self.counts()
        if not counts.queued + counts.put_off:
            return Pace(in_minute=0, in_day=0, due=False)
        return Pace(in_minute=0, in_day=0, due=bool(self._part.due(now, WAITING)))  # type: ignore[attr-defined]  # the same

    def doubted(self, limit: int = 50) -> Any:  # noqa: ANN401 - the letters' own types
        """Return letters in doubt."""
        return self._ask["doubted"](limit) if self.counts().in_doubt else ()

    def held_in_doubt(self, limit: int = 50) -> Any:  # noqa: ANN401 - the letters' own types
        """Return letters held because nobody knows whether they arrived."""
        return self._ask["held_in_doubt"](limit) if self.counts().held else ()

    def undelivered(self, limit: int = 50) -> Any:  # noqa: ANN401 - the letters' own types
        """Return letters given up of which nobody was told."""
        return self._ask["undelivered"](limit) if self.counts().given_up else ()

    def never_left(self, cycle: str) -> Any:  # noqa: ANN401 - the letters' own types
        """Return letters given up whose errand is not done."""
        return self._ask["never_left"](cycle) if self.counts().given_up else ()

    def unsent(self, cycle: str) -> Any:  # noqa: ANN401 - the letters' own types
        """Return letters that have not left."""
        counts = self.counts()
        waits = counts.queued + counts.put_off + counts.in_doubt + counts.held
        return self._ask["unsent"](cycle) if waits else ()


class _Cycles:
    """The cycles as they were last read or committed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[str, Cycle] | None = None

    def _all(self) -> dict[str, Cycle]:
        if self._known is None:
            self._known = {cycle.key: cycle for cycle in self._ledger.cycles.all()}
        return self._known

    def get(self, key: str) -> Cycle | None:
        """Return one cycle, or None."""
        return self._all().get(key)

    def open(self) -> tuple[Cycle, ...]:
        """Return the cycles that are not closed."""
        return tuple(cycle for cycle in self.all() if not cycle.closed)

    def all(self) -> tuple[Cycle, ...]:
        """Return every cycle, in the order they were opened."""
        return tuple(sorted(self._all().values(), key=lambda one: (one.opened_at, one.key)))

    def openings(self) -> dict[str, datetime | None]:
        """Return the key of every cycle, with when it was cancelled if it was."""
        return {one.key: one.cancelled.at if one.cancelled is not None else None for one in self.all()}

    def first_opened_at(self) -> datetime | None:
        """Return when the first cycle was opened."""
        return min((one.opened_at for one in self.all()), default=None)

    def past(self, years: tuple[int, ...], *, besides: Collection[str] = ()) -> Past:
        """Return the figures of earlier periods."""
        return self._ledger.cycles.past(years, besides=besides)

    def of_year(self, year: int) -> tuple[Cycle, ...]:
        """Return the cycles of a year."""
        return tuple(cycle for cycle in self.all() if cycle.period.year == year)

    def latest_closed(self) -> Cycle | None:
        """Return the closed cycle that was opened last."""
        return next((cycle for cycle in reversed(self.all()) if cycle.closed), None)

    def unarchived(self) -> tuple[str, ...]:
        """Return the closed cycles without an archive; they are not asked for while none is closed."""
        closed = any(cycle.closed for cycle in self._all().values())
        return self._ledger.cycles.unarchived() if closed else ()

    def written(self, cycles: tuple[Cycle, ...]) -> None:
        """Remember cycles as they were committed."""
        self._all().update({cycle.key: cycle for cycle in cycles})

    def forget(self) -> None:
        """Read anew next time."""
        self._known = None


class SeamedLedger:
    """The ledger with seams and memory around each of its parts."""

    def __init__(self, ledger: Ledger, seam: Seam) -> None:
        """Stand before that ledger."""
        self._ledger = ledger
        self._seam = seam
        self._memory: Memory = {}
        self.cycles = _Cycles(ledger)
        for name in PARTS:
            if hasattr(ledger, name):
                setattr(self, name, _Part(name, getattr(ledger, name), seam, self._memory))
        self.outbox: Any = _Outbox(ledger.outbox, self._memory, self._seam, self._standing)
        self.letters: Any = _Letters(ledger.letters, self._memory, self._seam)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a part of the ledger that was added later
        return getattr(self._ledger, name)

    def _standing(self) -> OutboxCounts | None:
        """Return how many letters stand where, if that is known without asking."""
        return self._memory["letters"].get(("counts",))

    def commit(self, changes: Changes) -> Committed:
        """Write a decision, with a seam before and after; what it cannot have touched stays remembered."""
        self._seam("before commit")
        try:
            committed = self._ledger.commit(changes)
        except BaseException:
            self.cycles.forget()
            for part in PARTS:
                _forget(self._memory, part)
            raise
        self.cycles.written(committed.cycles)
        touched = {
            "letters": changes.letters or changes.told or changes.bounces or changes.proved or changes.readdressed,
            "inbox": changes.settled,
            "notes": changes.notes or changes.claims,
            "journal": changes.journal,
        }
        for part in (name for name, something in touched.items() if something):
            _forget(self._memory, part, all_of_it=part == "letters" and bool(changes.readdressed or changes.letters))
        self._seam("after commit")
        return committed


def _hashable(argument: Any) -> Any:  # noqa: ANN401 - stands in for any argument
    """Return an argument as something that can be remembered by."""
    return tuple(argument) if isinstance(argument, list) else argument


def _forget(memory: Memory, part: str, *, all_of_it: bool = False) -> None:
    """Forget what was read of a part, but for what outlasts the write."""
    own = memory.get(part, {})
    lasts = frozenset() if all_of_it else _LASTS.get(part, frozenset())
    kept = {asked: found for asked, found in own.items() if asked[0] in lasts}
    own.clear()
    own.update(kept)


def seamed(ledger: Ledger, seam: Seam) -> Ledger:
    """Return the ledger with seams around its writes, and a memory for its reads."""
    return cast("Ledger", SeamedLedger(ledger, seam))
