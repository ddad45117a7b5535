"""The books held against the server: every UID it has ever shown has exactly one row, and every row a final state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.outcome import MailOutcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailbot.ledger.inbox import Place, Tally
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.looking.looked import Look

WAITING = ""
GROUPS: dict[str, tuple[MailOutcome, ...]] = {
    "forms": (MailOutcome.FORM, MailOutcome.LINES, MailOutcome.EVIDENCE, MailOutcome.UNREADABLE),
    "replies": (MailOutcome.VERDICT, MailOutcome.COMMAND, MailOutcome.UNCLEAR),
    "robots": (MailOutcome.ROBOT, MailOutcome.BOUNCE, MailOutcome.OWN),
    "to_look_at": (
        MailOutcome.UNPLACED,
        MailOutcome.STRANGER,
        MailOutcome.SET_ASIDE,
        MailOutcome.OVERSIZE,
        MailOutcome.VANISHED,
    ),
    "copies": (MailOutcome.DUPLICATE,),
}
"""Which final states the mail adds up under which word; every state stands in exactly one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One folder under one UIDVALIDITY: the server's side, ours, and what does not agree."""

    account: str
    folder: str
    uid_validity: int
    compared_at: datetime | None
    """When the server last answered; None for a folder that was never listed under this UIDVALIDITY."""
    shown: int
    """UIDs the server has ever listed there."""
    holds: int
    """UIDs it listed the last time."""
    rows: int
    """Mails in the inbox from there, copies and vanished ones included."""
    by_outcome: Mapping[str, int]
    """Of the rows that are no copies, by final state."""
    waiting: int
    copies: int
    not_kept: tuple[int, ...]
    """UIDs the server has shown and the inbox lacks."""
    not_shown: tuple[int, ...]
    """UIDs in the inbox that no list of the server's ever had."""
    overdue: tuple[int, ...]
    """Of those not kept, the ones that an earlier look had already shown."""
    new: tuple[int, ...]
    """UIDs that came after the last look; not a difference yet. Only a live count knows them."""
    never_shown: int
    """UIDs the server passed over (`Look.never_shown`)."""

    @property
    def difference(self) -> int:
        """How many mails one side has and the other lacks."""
        return len(self.not_kept) + len(self.not_shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """All folders together: `received` is the sum of the groups and of what waits."""

    counts: tuple[Count, ...]

    @property
    def difference(self) -> int:
        """How many mails one side has and the other lacks; anything but 0 is an alarm."""
        return sum(count.difference for count in self.counts)

    @property
    def figures(self) -> dict[str, int]:
        """Return the figures of the sentence, by the names its words use."""
        states = {name: sum(self._of(state) for state in states) for name, states in GROUPS.items()}
        return {
            "received": sum(count.rows for count in self.counts),
            **states,
            "waiting": sum(count.waiting for count in self.counts),
            "on_server": sum(count.shown for count in self.counts),
            "difference": self.difference,
        }

    def _of(self, state: MailOutcome) -> int:
        """Return how many mails have this final state."""
        if state is MailOutcome.DUPLICATE:
            return sum(count.copies for count in self.counts)
        return sum(count.by_outcome.get(state.value, 0) for count in self.counts)


def reconcile(ledger: Ledger, held_now: Mapping[Place, frozenset[int]] | None = None) -> Proof:
    """Hold the inbox against what the servers have shown; a folder that only one side knows is counted all the same.

    Args:
        ledger: the ledger.
        held_now: for a live count, what the servers hold at this moment, by place; None: as last compared.
    """
    looks = {look.place: look for look in ledger.looks.all()}
    tallies = ledger.inbox.tallies()
    now = dict(held_now or {})
    places = dict.fromkeys((*looks, *tallies, *now))
    return Proof(counts=tuple(_count(place, looks.get(place), tallies.get(place), now.get(place)) for place in places))


def _count(place: Place, look: Look | None, tally: Tally | None, now: frozenset[int] | None) -> Count:
    """Hold the two sides of one place against each other."""
    account, folder, uid_validity = place
    shown = look.shown if look else frozenset[int]()
    rows = tally.uids if tally else frozenset[int]()
    by_outcome = dict(tally.by_outcome) if tally else {}
    new = (now or frozenset()) - shown - rows
    # A number below UIDNEXT cannot be news: the last look should have listed it.
    late = frozenset(uid for uid in new if look and uid < look.uid_next)
    return Count(
        account=account,
        folder=folder,
        uid_validity=uid_validity,
        compared_at=look.looked_at if look else None,
        shown=len(shown | late),
        holds=len(now) if now is not None else len(look.held) if look else 0,
        rows=len(rows),
        waiting=by_outcome.pop(WAITING, 0),
        by_outcome=by_outcome,
        copies=tally.copies if tally else 0,
        not_kept=tuple(sorted((shown | late) - rows)),
        not_shown=tuple(sorted(rows - shown)),
        overdue=tuple(sorted((look.overdue if look else frozenset[int]()) - rows)),
        new=tuple(sorted(new - late)),
        never_shown=look.never_shown if look else 0,
    )
