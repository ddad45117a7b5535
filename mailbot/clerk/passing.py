"""One pass of the whole walk: receive, work every mail, then let clock, drafts and outbox go on until nothing moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.clerk.archiving import archive_one
from mailbot.clerk.drafting import draft_one
from mailbot.clerk.morning import morning
from mailbot.clerk.receiving import receive
from mailbot.clerk.sending import look_for_doubted, send_due
from mailbot.clerk.ticking import tick
from mailbot.clerk.working import work_one
from mailbot.errors import PostUnavailable

if TYPE_CHECKING:
    from mailbot.clerk.clerk import Clerk

_ROUNDS = 50
"""More rounds than any cycle can need; past it something goes in circles, and the next pass will show it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What one pass came to."""

    received: int = 0
    worked: int = 0
    sent: int = 0
    trouble: tuple[str, ...] = ()
    """What the mail servers would not do, in words for the operator; empty where all went well."""
    locked_out: bool = False
    """A server refused our credentials: wait long before trying again (F14)."""


def one_pass(clerk: Clerk) -> Passed:
    """Do all there is to do now. A mail server that is away is told of, and stops nothing that can be done without it.

    Raises:
        LedgerProblem: the database cannot be used; nothing can be done without it.
    """
    received, away_in = _take_in(clerk)
    worked = 0
    while work_one(clerk):
        worked += 1
    sent, away_out = _go_on(clerk)
    trouble = [one for one in (away_in, away_out) if one is not None]
    return Passed(
        received=received,
        worked=worked,
        sent=sent,
        trouble=tuple(str(one) for one in trouble),
        locked_out=any(one.credentials for one in trouble),
    )


def _take_in(clerk: Clerk) -> tuple[int, PostUnavailable | None]:
    """Receive what is there; return how many mails were new, and why the server could not be used, if so."""
    try:
        with clerk.open_mailbox() as mailbox:
            received = receive(clerk, mailbox)
            look_for_doubted(clerk, mailbox)
            return received, None
    except PostUnavailable as away:
        return 0, away


def _go_on(clerk: Clerk) -> tuple[int, PostUnavailable | None]:
    """Let clock, drafts, outbox and archive go on until nothing moves; return how many letters left."""
    sent, away = 0, None
    for _ in range(_ROUNDS):
        moved = tick(clerk) | draft_one(clerk) | morning(clerk)
        left = 0
        if away is None:
            try:
                left = send_due(clerk)
            except PostUnavailable as trouble:
                away = trouble
        sent += left
        if not (moved | bool(left) | archive_one(clerk)):
            break
    return sent, away
