"""How many mails came to what, and how many letters stand where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """The proof that nothing is lost: `kept` = `waiting` + `settled` + `set_aside`; `by_outcome` sums the last two."""

    kept: int
    waiting: int
    settled: int
    set_aside: int
    by_outcome: dict[str, int]

    @classmethod
    def of(cls, by_outcome: dict[str | None, int]) -> InboxCounts:
        """Put the counts together from mails by outcome, None being those without one."""
        ended = {outcome: count for outcome, count in sorted(by_outcome.items(), key=str) if outcome is not None}
        set_aside = ended.get("set_aside", 0)
        return cls(
            kept=sum(by_outcome.values()),
            waiting=by_outcome.get(None, 0),
            settled=sum(ended.values()) - set_aside,
            set_aside=set_aside,
            by_outcome=ended,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCounts:
    """How many letters stand where.

    `queued` includes those being handed over; while the outbox is held, `held` includes all that would otherwise leave.
    """

    queued: int = 0
    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    in_doubt: int = 0
    held: int = 0

    @classmethod
    def of(cls, by_state: dict[str, int], *, all_held: bool) -> OutboxCounts:
        """Put the counts together from letters by state, and whether the whole outbox is held."""
        at_hand = by_state.get("sending", 0)
        queued, put_off = by_state.get("queued", 0), by_state.get("put_off", 0)
        return cls(
            queued=at_hand if all_held else at_hand + queued,
            sent=by_state.get("sent", 0),
            put_off=0 if all_held else put_off,
            given_up=by_state.get("given_up", 0),
            in_doubt=by_state.get("in_doubt", 0),
            held=by_state.get("held", 0) + (queued + put_off if all_held else 0),
        )
