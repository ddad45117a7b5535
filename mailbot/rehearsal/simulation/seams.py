"""The ledger as the clerk of a simulation holds it: it can die at every seam, and reads nothing twice in vain.

A seam lies before and after every write. What was read is remembered until something is written to the part it was read
from: within one process nobody else writes, and a process that dies forgets all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.ledger.ledger import Ledger

PARTS = ("inbox", "outbox", "letters", "cycles", "files", "journal", "notes")
_READS: dict[str, frozenset[str]] = {
    "inbox": frozenset({"known_uids", "unsettled", "get", "raw", "by_sha256", "of_cycle", "untidied", "counts"}),
    "letters": frozenset(
        {"by_key", "by_message_id", "raw", "listing", "of_cycle", "unsent", "undelivered", "held", "counts"}
        | {"sent_since", "answers_since"}
    ),
    "cycles": frozenset({"get", "open", "all"}),
    "files": frozenset({"read"}),
    "journal": frozenset({"head", "read"}),
    "notes": frozenset({"read"}),
}
"""What only reads; whatever is not named here counts as a write."""
_SEEN_IN = {"outbox": ("letters",), "inbox": ("inbox",), "files": (), "notes": ("notes", "letters")}
"""Which parts show a write to that part; anything else may be seen everywhere."""


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

    def __init__(self, name: str, part: object, seam: Seam, memory: dict[str, dict[Any, Any]]) -> None:
        self._name = name
        self._part = part
        self._seam = seam
        self._memory = memory
        self._own = memory.setdefault(name, {})

    def __getattr__(self, method: str) -> Any:  # noqa: ANN401 - stands in for any method
        found = getattr(self._part, method)
        made = self._reading(method, found) if method in _READS.get(self._name, ()) else self._writing(method, found)
        setattr(self, method, made)
        return made

    def _reading(self, method: str, found: Callable[..., Any]) -> Callable[..., Any]:
        """Return the method, asked once for the same thing."""

        def read(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - stands in for any method
            asked = (method, args, *named.items())
            if asked not in self._own:
                self._own[asked] = found(*args, **named)
            return self._own[asked]

        return read

    def _writing(self, method: str, found: Callable[..., Any]) -> Callable[..., Any]:
        """Return the method with a seam before and after; what it may have changed is forgotten."""

        def write(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - stands in for any method
            self._seam(f"before {method}")
            result = found(*args, **named)
            for name in _SEEN_IN.get(self._name, PARTS):
                self._memory.get(name, {}).clear()
            self._seam(f"after {method}")
            return result

        return write


class SeamedLedger:
    """The ledger with seams and memory around each of its parts."""

    def __init__(self, ledger: Ledger, seam: Seam) -> None:
        """Stand before that ledger."""
        self._ledger = ledger
        self._seam = seam
        self._memory: dict[str, dict[Any, Any]] = {}
        for name in PARTS:
            setattr(self, name, _Part(name, getattr(ledger, name), seam, self._memory))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a part of the ledger that was added later
        return getattr(self._ledger, name)

    def commit(self, changes: Any) -> Any:  # noqa: ANN401 - the ledger's own types
        """Write a decision, with a seam before and after."""
        self._seam("before commit")
        try:
            committed = self._ledger.commit(changes)
        finally:
            for part in PARTS:
                if part != "files":
                    self._memory.get(part, {}).clear()
        self._seam("after commit")
        return committed


def seamed(ledger: Ledger, seam: Seam) -> Ledger:
    """Return the ledger with seams around its writes, and a memory for its reads."""
    return cast("Ledger", SeamedLedger(ledger, seam))
