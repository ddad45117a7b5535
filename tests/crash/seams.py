"""Where a machine can die: before and after every write of the ledger, and around every word with the mail servers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from mailbot.ledger.ledger import Ledger

WRITES: Mapping[str, frozenset[str]] = {
    "ledger": frozenset({"commit"}),
    "inbox": frozenset(
        {
            "keep",
            "vanished",
            "begin_attempt",
            "take_back_attempt",
            "note_failure",
            "note_signer",
            "replay",
            "mend",
            "mark_server_done",
        }
    ),
    "looks": frozenset({"compare", "read_whole"}),
    "outbox": frozenset(
        {
            "claim_due",
            "mark_data",
            "mark_sent",
            "put_off",
            "wait",
            "put_back",
            "give_up",
            "doubt",
            "found",
            "resolve",
            "recover",
            "hold_all",
            "release_all",
            "hold",
            "release",
            "retry",
            "withdraw",
        }
    ),
    "files": frozenset({"keep"}),
    "notes": frozenset({"write"}),
    "door": frozenset({"add_link", "drop_links_of", "sign_in", "seen", "sign_out", "sign_out_everywhere"}),
}
"""What of the ledger writes, part by part; `test_every_seam` holds the list to the ledger's own doors."""
READS: Mapping[str, frozenset[str]] = {
    "ledger": frozenset({"close", "one_moment"}),
    "inbox": frozenset(
        {
            "known_uids",
            "unsettled",
            "is_repeated",
            "get",
            "raw",
            "to_read",
            "by_message_id",
            "by_sha256",
            "listing",
            "settled_since",
            "of_cycle",
            "untidied",
            "counts",
            "tallies",
        }
    ),
    "looks": frozenset({"at", "is_new", "all", "moments", "in_balance", "heard_until"}),
    "outbox": frozenset(),
    "files": frozenset({"read", "has", "at_hand"}),
    "notes": frozenset({"read", "several", "beginning", "ask_together"}),
    "door": frozenset({"link", "links_of", "session", "networks_of"}),
}
"""What of the same parts only reads; a death there loses nothing that a death at the write before it does not."""


class Killed(BaseException):
    """The machine died here; not an Exception, so that nobody catches it."""


class Countdown:
    """Kills at the n-th seam, once; with 0 it only counts."""

    def __init__(self, kill_at: int = 0) -> None:
        """Say at which seam to die."""
        self.kill_at = kill_at
        self.names: list[str] = []
        self.where = ""

    @property
    def passed(self) -> int:
        """Return how many seams were passed."""
        return len(self.names)

    def __call__(self, name: str) -> None:
        """Pass a seam."""
        self.names.append(name)
        if self.passed == self.kill_at:
            self.where = name
            raise Killed(name)


class _Seamed:
    """Something of the ledger whose writes have a seam before and after."""

    def __init__(self, thing: object, seam: Callable[[str], None], part: str = "ledger") -> None:
        self._thing = thing
        self._seam = seam
        self._part = part

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - stands in for any attribute
        found = getattr(self._thing, name)
        if self._part == "ledger" and name in WRITES:
            return _Seamed(found, self._seam, name)
        if name not in WRITES[self._part]:
            return found

        def write(*args: object, **named: object) -> object:
            self._seam(f"before {self._part}.{name}")
            result = found(*args, **named)
            self._seam(f"after {self._part}.{name}")
            return result

        return write


def seamed(ledger: Ledger, seam: Callable[[str], None]) -> Ledger:
    """Return the ledger with seams around its writes."""
    return cast("Ledger", _Seamed(ledger, seam))
