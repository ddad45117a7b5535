"""One pass of the whole walk: receive, work every mail, then let outbox, clock and drafts go on until nothing moves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.archiving import archive_one
from mailbot.clerk.drafting import draft_one
from mailbot.clerk.filing import file_copies
from mailbot.clerk.morning import morning, tell_differences
from mailbot.clerk.pausing import logins_of, may_try, pause, paused_since, resume
from mailbot.clerk.receiving import Received, receive
from mailbot.clerk.restoring import end_of_restoring, in_its_time, is_restored, with_what_was_done
from mailbot.clerk.sending import Sent, look_for_doubted, send_due
from mailbot.clerk.ticking import tick
from mailbot.clerk.watchdog import watch
from mailbot.clerk.working import work_one
from mailbot.errors import PostUnavailable, ReadingStalled, TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.clerk.clerk import Clerk

    Chore = Callable[[Clerk], bool]

_ROUNDS = 50
"""More rounds than any cycle can need; past it something goes in circles, and the next pass will show it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What one pass came to."""

    received: int = 0
    worked: int = 0
    sent: int = 0
    trouble: tuple[str, ...] = ()
    """What the mail servers or the templates would not do, in words for the operator; empty where all went well."""
    locked_out: bool = False
    """A server has just refused our credentials: that login is left alone (F14)."""
    paused: tuple[str, ...] = ()
    """The logins that are left alone (`pausing`)."""


def one_pass(clerk: Clerk) -> Passed:
    """Do all there is to do now. A mail server that is away is told of, and stops nothing that can be done without it.

    Raises:
        LedgerProblem: the database cannot be used; nothing can be done without it.
    """
    restored = is_restored(clerk)
    received = _take_in(clerk, restored=restored)
    worked, awaiting = _work_through(clerk, restored=restored)
    sent, broken = _go_on(clerk)
    broken = (*awaiting, *broken)
    unfiled = file_copies(clerk, sent.keys)
    trouble = [one for one in (*received.away, sent.away, unfiled) if one is not None]
    paused = tuple(login for login in logins_of(clerk) if paused_since(clerk, login) is not None)
    if restored and not (trouble or broken or paused):
        end_of_restoring(clerk)
    return Passed(
        received=received.new,
        worked=worked,
        sent=len(sent.keys),
        trouble=tuple(dict.fromkeys((*map(str, trouble), *broken))),
        locked_out=any(one.credentials for one in trouble),
        paused=paused,
    )


def _take_in(clerk: Clerk, *, restored: bool) -> Received:
    """Receive what is there, mailbox by mailbox: one whose server cannot be used stops no other."""
    new = 0
    away: list[PostUnavailable] = []
    for box in clerk.boxes:
        if not may_try(clerk, box.account):
            continue
        try:
            with box.open_mailbox() as mailbox:
                resume(clerk.ledger, [box.account])
                received = receive(clerk, mailbox, with_what_was_done(box) if restored else box)
                new += received.new
                away.extend(received.away)
                if box.account == clerk.account and not received.away:
                    look_for_doubted(clerk, mailbox)
        except PostUnavailable as gone:
            away.append(gone)
            if gone.credentials:
                pause(clerk, box.account)
    return Received(new=new, away=tuple(away))


def _work_through(clerk: Clerk, *, restored: bool) -> tuple[int, tuple[str, ...]]:
    """Work every mail there is; return how many, and why others could not be worked now.

    After a restoration each one is worked at the time it came, so there none is passed over.
    """
    worked = 0
    awaiting: dict[int, str] = {}
    while True:
        then = in_its_time(clerk) if restored else clerk
        for _ in range(_ROUNDS if restored else 0):
            if not any(list(map(partial(_done, clerk=then, broken={}), _CHORES))):
                break
        if (restored and awaiting) or not work_one(then, awaiting):
            return worked - len(awaiting), tuple(awaiting.values())
        worked += 1


def _go_on(clerk: Clerk) -> tuple[Sent, tuple[str, ...]]:
    """Let outbox, clock, drafts and archive go on until nothing moves; return what left, and what went wrong.

    The outbox comes first: what is decided leaves, whatever goes wrong with what is not.
    """
    sent = Sent()
    broken: dict[Chore, str] = {}
    for _ in range(_ROUNDS):
        left = send_due(clerk) if sent.away is None else Sent()
        sent = Sent(keys=sent.keys + left.keys, away=sent.away or left.away)
        moved = [_done(chore, clerk, broken) for chore in _CHORES]
        if not (left.keys or any(moved)):
            break
    return sent, tuple(broken.values())


def _done(chore: Chore, clerk: Clerk, broken: dict[Chore, str]) -> bool:
    """Do a chore, unless a template or folder it needs turned out to be broken in this pass; True if it moved."""
    if chore in broken:
        return False
    try:
        return chore(clerk)
    except (TemplateProblem, ReadingStalled, OSError) as problem:
        broken[chore] = str(problem)
        return False


_CHORES: tuple[Chore, ...] = (tick, draft_one, tell_differences, watch, morning, archive_one)
"""What is done beside mail, each time in this order."""
