"""One pass of the whole walk: receive, work every mail, then let outbox, clock and drafts go on until nothing moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.desk.remembering import with_deputies
from mailbot.clerk.desk.untold import TOLD_TO
from mailbot.clerk.digests import DIGESTED, FREE_TEXT, WEEK
from mailbot.clerk.logins import logins_of, may_try, paused
from mailbot.clerk.operator_letters import MORNING
from mailbot.clerk.readdressing import ADDRESSES, mend_addresses
from mailbot.clerk.receiving import Received
from mailbot.clerk.restoring import end_of_restoring, in_its_time
from mailbot.clerk.sending import Sent, file_copies, notes_of_copies, send_due
from mailbot.clerk.units import (
    Done,
    Gone,
    Unit,
    chores,
    do,
    left_alone,
    listed,
    look_into,
    render,
    send,
    tick,
    watch,
    work,
)
from mailbot.clerk.watchdog import watched_notes
from mailbot.clerk.working import work_one
from mailbot.ledger.files_and_notes import (
    ARRANGED,
    BEGAN_AT,
    DEPUTISING,
    ENDS,
    OPENINGS_TOLD,
    RESTORED,
    ROLLUP_LOOKED,
    ROLLUP_WEEK,
    SUMMARY_MADE,
)

if TYPE_CHECKING:
    from mailbot.clerk.parts import Clerk
    from mailbot.errors import PostUnavailable

_AMONG_OTHERS = (SUMMARY_MADE, ROLLUP_LOOKED, ROLLUP_WEEK)
"""Notes that an office alone has not."""
_STRANGERS = 50
"""So many mails of people who are not listed are worked before it is looked for listed people's once more."""
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
    """The logins that are left alone (`watchdog`)."""


def one_pass(clerk: Clerk) -> Passed:
    """Do all there is to do now. A mail server that is away is told of, and stops nothing that can be done without it.

    Strangers' mails are worked some at a time; between, what is new is received, and what is due leaves.

    Raises:
        LedgerProblem: the database cannot be used; nothing can be done without it.
    """
    _ask_together(clerk)
    passed_over: dict[int, str] = {}
    passed, more = _round(clerk, passed_over)
    while more:
        then, more = _round(clerk, passed_over)
        passed = replace(
            then,
            received=passed.received + then.received,
            worked=passed.worked + then.worked,
            sent=passed.sent + then.sent,
            locked_out=passed.locked_out or then.locked_out,
        )
    return passed


def _ask_together(clerk: Clerk) -> None:
    """Let the notes that a pass needs be read in one question."""
    boxes = clerk.post.boxes
    clerk.books.ledger.notes.ask_together(
        (
            RESTORED,
            MORNING,
            ADDRESSES,
            DEPUTISING,
            DIGESTED + FREE_TEXT,
            ARRANGED,
            BEGAN_AT,
            OPENINGS_TOLD,
            TOLD_TO,
            WEEK,
            ENDS,
            *notes_of_copies(boxes[0]),
            *watched_notes(boxes),
            *(_AMONG_OTHERS if clerk.neighbours is not None else ()),
        )
    )


def do_unit(clerk: Clerk, unit: Unit, account: str = "") -> Done:
    """Do one unit of work by itself; `account` is the mailbox that is looked into, the first one where it is empty.

    A ledger that was restored is brought up to date by whole passes first, mail by mail at the time it came.

    Raises:
        Gone: the office has no such mailbox.
        LedgerProblem: the database cannot be used.
    """
    _ask_together(clerk)
    if clerk.books.ledger.notes.read(RESTORED):
        if unit is not Unit.WORK:
            return Done(calls=(Unit.WORK,))
        passed = one_pass(clerk)
        return Done(moved=passed.received + passed.worked + passed.sent, trouble=passed.trouble)
    match unit:
        case Unit.WATCH:
            boxes = {"": clerk.post.boxes[0]} | {box.account: box for box in clerk.post.boxes}
            if account not in boxes:
                raise Gone(account)
            return watch(clerk, boxes[account])
        case Unit.WORK:
            return work(clerk)
        case Unit.SEND:
            return send(clerk)
        case Unit.TICK:
            return tick(clerk)
        case Unit.RENDER:
            return render(clerk)


def _round(clerk: Clerk, passed_over: dict[int, str]) -> tuple[Passed, bool]:
    """Receive, work, send; return what it came to, and whether mails of strangers are left to be worked.

    `passed_over` are the mails that could not be worked in this pass, and why.
    """
    boxes = clerk.post.boxes
    received, restored = _take_in(clerk)
    with clerk.books.ledger.one_moment():
        clerk = replace(clerk, books=with_deputies(clerk.books))
        books = clerk.books
        count, more = _work_through(clerk, passed_over, restored=restored)
        sent, broken = _go_on(clerk, restored=restored)
        unfiled = file_copies(books, boxes[0], sent.keys)
        logins = left_alone(clerk)
    trouble = [away for away in (*received.away, sent.away, unfiled) if away is not None]
    broken = (*(why for why in passed_over.values() if why), *broken)
    if restored and not (trouble or broken or logins or passed_over):
        end_of_restoring(books.ledger)
    passed = Passed(
        received=received.new,
        worked=count,
        sent=len(sent.keys),
        trouble=tuple(dict.fromkeys((*map(str, trouble), *broken))),
        locked_out=any(away.credentials for away in trouble),
        paused=logins,
    )
    return passed, more


def _take_in(clerk: Clerk) -> tuple[Received, bool]:
    """Receive what is there, mailbox by mailbox: one whose server cannot be used stops no other.

    Returns:
        What came of it, and whether the ledger was restored and is not yet what it was.

    The folder for sent mail of the first one is looked into for the letters that are in doubt.
    """
    new = 0
    away: list[PostUnavailable] = []
    books, boxes = clerk.books, clerk.post.boxes
    with books.ledger.one_moment():
        restored = bool(books.ledger.notes.read(RESTORED))
        knocked = paused(books.ledger, logins_of(boxes))
        resting = {name for name in knocked if not may_try(books.ledger, name, books.clock())}
        doubted = books.ledger.letters.doubted()
    for box in boxes:
        if box.account in resting:
            continue
        refused = box.account in knocked
        received = look_into(clerk, box, refused=refused, restored=restored, doubted=doubted)
        new += received.new
        away.extend(received.away)
    return Received(new=new, away=tuple(away)), restored


def _work_through(clerk: Clerk, awaiting: dict[int, str], *, restored: bool) -> tuple[int, bool]:
    """Work every mail of listed people, then some of strangers: what they flood us with delays nobody's answer.

    After a restoration each one is worked at the time it came, so there none is passed over, and none goes first.

    Returns:
        How many mails were worked, and whether strangers' are left; in `awaiting`, why others could not be worked now.
    """
    before = len(awaiting)
    if restored:
        return _work_in_their_time(clerk, awaiting) + before - len(awaiting), False
    books, count, strangers = clerk.books, 0, 0
    people = listed(books)
    while work_one(books, clerk.maker, clerk.reader, awaiting, people):
        count += 1
    while strangers < _STRANGERS and work_one(books, clerk.maker, clerk.reader, awaiting):
        strangers += 1
    return count + strangers + before - len(awaiting), strangers == _STRANGERS


def _work_in_their_time(clerk: Clerk, awaiting: dict[int, str]) -> int:
    """Work every mail there is, each at the time it came, until one has to wait; return how many were begun."""
    worked = 0
    while True:
        then = replace(clerk, books=in_its_time(clerk.books))
        for _ in range(_ROUNDS):
            if not _do_chores(then, {}):
                break
        if awaiting or not work_one(then.books, then.maker, then.reader, awaiting):
            return worked
        worked += 1


def _go_on(clerk: Clerk, *, restored: bool) -> tuple[Sent, tuple[str, ...]]:
    """Let outbox, clock, drafts and archive go on until nothing moves; return what left, and what went wrong.

    The outbox comes first: what is decided leaves, whatever goes wrong with what is not.
    """
    sent = Sent()
    broken: dict[str, str] = {}
    if not restored:
        do({"addresses": partial(mend_addresses, clerk.books)}, clerk.books, broken)
    for _ in range(_ROUNDS):
        left = send_due(clerk.books, clerk.post, restored=restored) if sent.away is None else Sent()
        sent = Sent(keys=sent.keys + left.keys, away=sent.away or left.away)
        moved = _do_chores(clerk, broken)
        if not (left.keys or moved):
            break
    return sent, tuple(broken.values())


def _do_chores(clerk: Clerk, broken: dict[str, str]) -> bool:
    """Do every chore, but those whose template, folder or file turned out to be broken; True if one moved."""
    return bool(do(chores(clerk), clerk.books, broken))
