"""Where a machine can die: before and after every write of the ledger, and around every word with the mail servers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from mailbot.ledger.ledger import Ledger

_PARTS = ("inbox", "outbox", "files", "notes")
_WRITES = frozenset(
    {
        "commit",
        "keep",
        "vanished",
        "begin_attempt",
        "note_failure",
        "claim_due",
        "mark_data",
        "mark_sent",
        "put_off",
        "put_back",
        "give_up",
        "doubt",
        "found",
        "resolve",
        "write",
    }
)


class Killed(BaseException):
    """The machine died here; not an Exception, so that nobody catches it."""


class Countdown:
    """Kills at the n-th seam, once; with 0 it only counts."""

    def __init__(self, kill_at: int = 0) -> None:
        """Say at which seam to die."""
        self.kill_at = kill_at
        self.passed = 0
        self.where = ""

    def __call__(self, name: str) -> None:
        """Pass a seam."""
        self.passed += 1
        if self.passed == self.kill_at:
            self.where = name
            raise Killed(name)


class _Seamed:
    """Something of the ledger whose writes have a seam before and after."""

    def __init__(self, thing: object, seam: Callable[[str], None]) -> None:
        self._thing = thing
        self._seam = seam

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - stands in for any attribute
        found = getattr(self._thing, name)
        if name in _PARTS:
            return _Seamed(found, self._seam)
        if name not in _WRITES:
            return found

        def write(*args: object, **named: object) -> object:
            self._seam(f"before {name}")
            result = found(*args, **named)
            self._seam(f"after {name}")
            return result

        return write


def seamed(ledger: Ledger, seam: Callable[[str], None]) -> Ledger:
    """Return the ledger with seams around its writes."""
    return cast("Ledger", _Seamed(ledger, seam))
