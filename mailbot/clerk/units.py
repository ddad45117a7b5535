"""The units of work, read aloud: watch a mailbox, work mails, send letters, tick, render one document.

Each finds its work in the ledger and claims it there, so it may be called at any moment, by anybody, as often as
wanted: a mail is settled once, a letter claimed with a fence, a cycle compared at the commit. `passing.one_pass` calls
what they are made of in turn; several processes call them apart (`mailbot.tasks`), each told by `FOLLOWS` what may
have come to be done by it.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.delivery.covers import cover_one
from mailbot.clerk.desk.archiving import archive_one
from mailbot.clerk.desk.remembering import with_deputies
from mailbot.clerk.desk.sealing import seal_one
from mailbot.clerk.digests import digest, weekly
from mailbot.clerk.keeping.spoilt import note_spoilt
from mailbot.clerk.logins import WAY_OUT, logins_of, mailbox_looked_at, may_try, pause, paused, resume
from mailbot.clerk.opening.telling import tell_openings
from mailbot.clerk.operator_letters import morning, tell_differences
from mailbot.clerk.papers import draft_one
from mailbot.clerk.readdressing import mend_addresses
from mailbot.clerk.receiving import Received, receive
from mailbot.clerk.restoring import with_what_was_done
from mailbot.clerk.rollup.own_summary import write_summary
from mailbot.clerk.rollup.telling import tell_roll_up
from mailbot.clerk.sending import file_copies, look_for_doubted, send_due, take_back
from mailbot.clerk.ticking import tick as look_at_clock
from mailbot.clerk.watchdog import watch as look_at_machine
from mailbot.clerk.working import work_one
from mailbot.errors import (
    FileSpoilt,
    FileUnreadable,
    PostUnavailable,
    ReadingStalled,
    StoreUnavailable,
    TemplateProblem,
    nameable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mailbot.clerk.parts import Books, Box, Clerk
    from mailbot.ledger.values import OutboxLetter

    Chore = Callable[[], bool]


class Unit(StrEnum):
    """One kind of work."""

    WATCH = "watch"
    """Look into one mailbox, and keep what is new."""
    WORK = "work"
    """Read, sort and decide some mails, the oldest of listed people first."""
    SEND = "send"
    """Hand over the letters that are due, as fast as the account may, and file their copies."""
    TICK = "tick"
    """Look at the clock: what opens, falls due, is to be told."""
    RENDER = "render"
    """Make the documents that cycles want: draft, cover, sealed paper, archive."""


class Gone(Exception):
    """There is no such office, or no such mailbox of it, any more; what was to be done for it need not be done."""


FOLLOWS: Mapping[Unit, tuple[Unit, ...]] = {
    Unit.WATCH: (Unit.WORK,),
    Unit.WORK: (Unit.SEND, Unit.TICK, Unit.RENDER),
    Unit.SEND: (Unit.TICK,),
    Unit.TICK: (Unit.SEND, Unit.RENDER),
    Unit.RENDER: (Unit.SEND, Unit.TICK),
}
"""What may be to be done once a unit has moved something."""
RENDERED = frozenset({"draft", "cover", "seal", "archive"})
"""The chores that make a document; the others look at the clock."""
AT_A_TIME = 10
"""So many mails of one office are worked before it is another office's turn."""
PASSED_OVER = "passed_over"
"""Note: the mails that could not be worked lately, and since when; JSON."""
_PAUSE = timedelta(minutes=1)
"""So long such a mail waits for its next try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a unit came to."""

    moved: int = 0
    """How many mails, letters or chores."""
    left: bool = False
    """There may be more of the same."""
    calls: tuple[Unit, ...] = ()
    """What is to be done besides, whether anything moved or not."""
    trouble: tuple[str, ...] = ()
    """What would not be done, in words for the operator."""


def watch(clerk: Clerk, box: Box) -> Done:
    """Look into one mailbox, unless its login is left alone; keep what is new.

    Raises:
        LedgerProblem: the database cannot be used.
    """
    ledger = clerk.books.ledger
    with ledger.one_moment():
        refused = box.account in paused(ledger, (box.account,))
        doubted = ledger.letters.doubted() if box is clerk.post.boxes[0] else ()
    if refused and not may_try(ledger, box.account, clerk.books.clock()):
        return Done()
    received = look_into(clerk, box, refused=refused, restored=False, doubted=doubted)
    return Done(moved=received.new, trouble=tuple(map(str, received.away)))


def look_into(
    clerk: Clerk, box: Box, *, refused: bool, restored: bool, doubted: Sequence[OutboxLetter] = ()
) -> Received:
    """Keep what is new in one mailbox; a server that cannot be used is told of, and stops no other.

    Args:
        clerk: whose mailbox it is.
        box: the mailbox.
        refused: its server would not let us in before.
        restored: the ledger was restored: what was done with a mail before is looked for as well.
        doubted: letters that are looked for in the folder for sent mail of the first one.
    """
    books, new, away = clerk.books, 0, list[PostUnavailable]()
    try:
        with box.open_mailbox() as mailbox:
            if refused:
                resume(books.ledger, (box.account,))
            wider = with_what_was_done(box) if restored else box
            received = receive(books, wider, mailbox, size_limit_bytes=clerk.reader.limits.message_bytes)
            new += received.new
            away.extend(received.away)
            mailbox_looked_at(books.ledger, box.account, received.away, books.clock())
            if box is clerk.post.boxes[0] and not received.away:
                look_for_doubted(books, box, mailbox, doubted)
    except PostUnavailable as gone:
        away.append(gone)
        if gone.credentials:
            pause(books.ledger, box.account, books.clock())
    return Received(new=new, away=tuple(away))


def work(clerk: Clerk, most: int = AT_A_TIME) -> Done:
    """Work so many mails at most, those of listed people first; one that failed waits a minute for its next try.

    Raises:
        LedgerProblem: the database cannot be used.
    """
    with _at_the_desk(clerk) as ready:
        books = ready.books
        before = _waiting(books)
        awaiting, count = dict.fromkeys(before, ""), 0
        for senders in (listed(books), None):
            while count < most and work_one(books, ready.maker, ready.reader, awaiting, senders):
                count += 1
        failed = {mail: why for mail, why in awaiting.items() if why}
        _note_waiting(books, before, failed)
    unread = len(awaiting) - len(before) - len(failed)  # pages are read some at a time, and go on being read
    return Done(moved=count, left=count == most or unread > 0, trouble=tuple(dict.fromkeys(failed.values())))


def send(clerk: Clerk) -> Done:
    """Hand over what is due; what a dead sender had in hand is taken back first.

    Whoever calls this is the only sender of the office at that moment, as far as anybody knows: so whoever has a letter
    in hand is dead, or was replaced and finds its claim gone before the first byte.

    Raises:
        LedgerProblem: the database cannot be used.
    """
    books, box = clerk.books, clerk.post.boxes[0]
    take_back(books.ledger, books.clock(), everybody=True)
    with books.ledger.one_moment():
        sent = send_due(books, clerk.post, restored=False)
        unfiled = file_copies(books, box, sent.keys)
    away = (str(one) for one in (sent.away, unfiled) if one is not None)
    return Done(moved=len(sent.keys), trouble=tuple(dict.fromkeys(away)))


def tick(clerk: Clerk) -> Done:
    """Look at the clock, and tell what is to be told; but nobody is reminded whose answer lies there unread.

    Raises:
        LedgerProblem: the database cannot be used.
    """
    with _at_the_desk(clerk) as ready:
        books = ready.books
        if _answers_wait(books):
            return Done(calls=(Unit.WORK,))
        first = {"addresses": partial(mend_addresses, books)}
        done = _done(books, first | {name: one for name, one in chores(ready).items() if name not in RENDERED})
        return replace(done, calls=_called_for(books))


def render(clerk: Clerk) -> Done:
    """Make one document of each kind that is wanted.

    Raises:
        LedgerProblem: the database cannot be used.
    """
    with _at_the_desk(clerk) as ready:
        return _done(ready.books, {name: one for name, one in chores(ready).items() if name in RENDERED})


def chores(clerk: Clerk) -> dict[str, Chore]:
    """Return what is done beside mail, by name, each time in this order."""
    books, maker = clerk.books, clerk.maker
    return {
        "tick": partial(look_at_clock, books, maker, clerk.post.boxes, clerk.lookout),
        "openings": partial(tell_openings, books, maker),
        "draft": partial(draft_one, books, maker),
        "cover": partial(cover_one, books, maker),
        "seal": partial(seal_one, books, maker, clerk.seals, clerk.post.boxes),
        "differences": partial(tell_differences, books, maker),
        "watchdog": partial(look_at_machine, books, maker, clerk.post.boxes, clerk.lookout),
        "morning": partial(morning, books, maker),
        "digest": partial(digest, books, maker, clerk.reader),
        "weekly": partial(weekly, books, maker),
        "summary": partial(write_summary, books, clerk.neighbours),
        "rollup": partial(tell_roll_up, books, maker, clerk.neighbours),
        "archive": partial(archive_one, books, maker, clerk.reader),
    }


def do(wanted: Mapping[str, Chore], books: Books, broken: dict[str, str]) -> int:
    """Do these, but those whose template, folder or file turned out to be broken; return how many moved."""
    moved = 0
    for name, chore in wanted.items():
        if name in broken:
            continue
        try:
            moved += chore()
        except (TemplateProblem, ReadingStalled, OSError, FileUnreadable, StoreUnavailable) as problem:
            broken[name] = nameable(problem)
            if isinstance(problem, FileSpoilt):
                note_spoilt(books, problem)
    return moved


def listed(books: Books) -> tuple[str, ...]:
    """Return the addresses of the office's people, in small letters: nobody's flood delays their answers."""
    return tuple(sorted({address.casefold() for one in books.office.roster.people for address in one.addresses}))


def left_alone(clerk: Clerk) -> tuple[str, ...]:
    """Return the logins that are left alone."""
    return tuple(paused(clerk.books.ledger, logins_of(clerk.post.boxes)))


def _done(books: Books, wanted: Mapping[str, Chore]) -> Done:
    """Do these once; what moved one may have left more."""
    broken: dict[str, str] = {}
    moved = do(wanted, books, broken)
    return Done(moved=moved, left=moved > 0, trouble=tuple(broken.values()))


@contextmanager
def _at_the_desk(clerk: Clerk) -> Iterator[Clerk]:
    """Give the clerk that knows today's deputies, and let all that it reads be of one moment."""
    with clerk.books.ledger.one_moment():
        yield replace(clerk, books=with_deputies(clerk.books))


def _called_for(books: Books) -> tuple[Unit, ...]:
    """Return what time alone brings: letters that are due, unless nothing leaves anyway, and documents of cycles."""
    sends = books.ledger.letters.due(books.clock()) and not books.ledger.notes.read(WAY_OUT)
    return (*((Unit.SEND,) if sends else ()), *((Unit.RENDER,) if books.ledger.cycles.open() else ()))


def _answers_wait(books: Books) -> bool:
    """Say whether mail of listed people lies there that nobody has tried to work."""
    tried = _waiting(books)
    return any(mail.id not in tried for mail in books.ledger.inbox.unsettled(len(tried) + 1, listed(books)))


def _waiting(books: Books) -> dict[int, str]:
    """Return the mails whose last try was less than a pause ago, each with when that was."""
    noted: dict[str, str] = json.loads(books.ledger.notes.read(PASSED_OVER) or "{}")
    since = books.clock() - _PAUSE
    return {int(mail): at for mail, at in noted.items() if datetime.fromisoformat(at) > since}


def _note_waiting(books: Books, before: Mapping[int, str], failed: Mapping[int, str]) -> None:
    """Note which mails could not be worked just now, beside those that still wait."""
    if failed:
        at = books.clock().isoformat()
        books.ledger.notes.write(PASSED_OVER, json.dumps({**before, **dict.fromkeys(failed, at)}))
