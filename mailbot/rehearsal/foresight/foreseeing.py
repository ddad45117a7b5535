"""Plays cycles ahead on a ledger in memory, and tells every mail that would leave: to whom, when, and about what."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.parts import Books, Box, Clerk, Lookout, MailReader, Post
from mailbot.clerk.passing import one_pass
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import ReadForm
from mailbot.core.model.sop import DoneWhen
from mailbot.core.papers.checked import Ratification
from mailbot.errors import MailbotError
from mailbot.ledger.files_and_notes import BY_HAND
from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.values import Changes
from mailbot.reading.limits import mail_limits
from mailbot.rehearsal.clock import HandClock
from mailbot.rehearsal.foresight.answering import Answering, Staff
from mailbot.rehearsal.foresight.light_parts import LightMaker, LightPost
from mailbot.settings.files.mailbox import Folders
from mailbot.settings.files.watchdog import Watchdog
from mailbot.writing.plan.planned import Coming

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.office import Office
    from mailbot.core.opening.plans import CyclePlan
    from mailbot.settings.files.mailbox import Pacing
    from mailbot.settings.settings import Settings

_NAME = "plan"
_MOMENT = timedelta(minutes=1)
WATCHED_DAYS = 45
"""So long after its opening a cycle that nobody answers in is looked at."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Future:
    """What would happen."""

    answering: Answering
    mails: tuple[Coming, ...]
    cycles: tuple[Cycle, ...]
    """As they stand at the end."""


def foresee(settings: Settings, plans: Sequence[CyclePlan], answering: Answering) -> Future:
    """Play cycles from the day before the first one opens until all is over, or nobody has answered long enough.

    Args:
        settings: of the office.
        plans: the cycles to be played; of others nothing is known.
        answering: how people answer.
    """
    office = settings.office()
    own = replace(
        office,
        cycles=tuple(plans),
        recurring=(),
        ratification=Ratification(),
        policy=replace(office.policy, evidence_attached=False),
    )
    first = min(plan.starts_on for plan in plans)
    clock = HandClock(office.calendar.opening(_working_day_before(first - timedelta(days=1), office)))
    with open_ledger("sqlite://") as ledger:
        maker, post = LightMaker(), LightPost(clock)
        clerk = _clerk(settings, Books(office=own, pacing=_fast(settings), ledger=ledger, clock=clock), maker, post)
        player = _Player(clerk, maker, post, clock, Staff(answering=answering, office=own))
        player.play(plans)
        mails = tuple(player.mails())
        found = (ledger.cycles.get(plan.key) for plan in plans)
        return Future(answering=answering, mails=mails, cycles=tuple(cycle for cycle in found if cycle is not None))


def _working_day_before(day: date, office: Office) -> date:
    """Return the last working day not after `day`."""
    while not office.calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def _fast(settings: Settings) -> Pacing:
    """Return a pacing by which nothing waits but for the office's hours."""
    return settings.pacing.but(per_minute=1000, per_day=5000)


def _clerk(settings: Settings, books: Books, maker: LightMaker, post: LightPost) -> Clerk:
    """Return the clerk that works ahead."""
    box = Box(account=_NAME, folders=Folders(), filing="never", open_mailbox=lambda: nullcontext(post))
    reader = MailReader(limits=mail_limits(settings.limits), secret=b"plan", believed={}, read_forms=_unread)
    return Clerk(
        books=books,
        maker=maker,
        post=Post(name=_NAME, boxes=(box,), open_courier=lambda: nullcontext(post)),
        reader=reader,
        lookout=Lookout(template_folders=settings.template_folders, watchdog=Watchdog()),
    )


def _unread(files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
    """Look into no file: none holds anything."""
    return tuple(ReadForm(file_sha256="", file_name=file.name) for file in files)


def _as_it_is(decision: Decision) -> Decision:
    """Return a decision that nobody else can have overtaken."""
    return decision


class _Player:
    """The run itself: the clock goes to the next moment at which something can happen."""

    def __init__(self, clerk: Clerk, maker: LightMaker, post: LightPost, clock: HandClock, staff: Staff) -> None:
        """Take a clerk whose clock is set by hand, and those who answer."""
        self._clerk, self._maker, self._post, self._clock, self._staff = clerk, maker, post, clock, staff
        self._calendar = clerk.books.office.calendar
        self._told = 0

    def play(self, plans: Sequence[CyclePlan]) -> None:
        """Play until every cycle is over.

        Raises:
            MailbotError: a pass went wrong; a fault of the program or of a template.
        """
        end = max(self._calendar.opening(plan.starts_on) for plan in plans) + timedelta(days=WATCHED_DAYS)
        while self._clock() < end:
            passed = one_pass(self._clerk)
            if passed.trouble:
                raise MailbotError("; ".join(passed.trouble))
            self._hear_what_is_asked()
            if self._answer():
                continue
            self._clock.set_to(self._next_moment(plans))

    def mails(self) -> Iterator[Coming]:
        """Yield every mail that left, in order."""
        for at, own_id in self._post.left:
            letter, cycle = self._maker.meant[own_id]
            yield Coming(at=at, letter=letter, cycle=cycle)

    def _hear_what_is_asked(self) -> None:
        """Let everybody read what has come."""
        for at, own_id in self._post.left[self._told :]:
            letter, _ = self._maker.meant[own_id]
            if letter.asks is not None:
                self._staff.asked[letter.cycle, letter.to] = (at, letter.asks)
        self._told = len(self._post.left)

    def _answer(self) -> bool:
        """Let everybody answer whose moment has come; return whether anybody did."""
        books, now = self._clerk.books, self._clock()
        answered = False
        for cycle in books.ledger.cycles.open():
            for moment, owed in tuple(self._staff.owed(cycle, now)):
                if moment > now:
                    continue
                fact = replace(owed, at=now)
                if isinstance(fact, FormArrived):
                    books.ledger.files.keep(f"{cycle.key} {fact.unit}".encode(), _XLSX, now)
                decision = Decision(beside=Changes(at=now), facts=((cycle.key, fact),))
                write_down(books, self._maker, partial(_as_it_is, decision))
                answered = True
        return answered

    def _next_moment(self, plans: Sequence[CyclePlan]) -> datetime:
        """Return the next opening of the office, or whatever comes before: an answer, the end of a row or a window.

        Where no cycle runs, and nothing is to be done by hand, the days until the next one opens are passed over.
        """
        now, calendar, ledger = self._clock(), self._calendar, self._clerk.books.ledger
        running = bool(ledger.cycles.open()) or bool(ledger.notes.read(BY_HAND))
        coming = [opening for plan in plans if (opening := calendar.opening(plan.starts_on)) > now]
        if not running and coming:
            eve = _working_day_before(calendar.local(min(coming)).date() - timedelta(days=1), self._clerk.books.office)
            return min(moment for moment in (calendar.opening(eve), min(coming)) if moment > now)
        if not running and all(ledger.cycles.get(plan.key) is not None for plan in plans):
            return now + timedelta(days=WATCHED_DAYS)
        moments = [calendar.opening(calendar.next_working_day(calendar.local(now).date()))]
        for cycle in ledger.cycles.open():
            moments += [moment for moment, _ in self._staff.owed(cycle, now)]
            moments += [verdict.stands_at + _MOMENT for verdict in cycle.verdicts if verdict.stands_at is not None]
            delivery = cycle.delivery
            if delivery is not None and delivery.told is not None:
                moments.append(delivery.told.stands_at + _MOMENT)
            if self._clerk.books.office.sop.row(cycle.step).done_when is DoneWhen.UNOPPOSED:
                moments.append(cycle.due_at + _MOMENT)
        return min(moment for moment in moments if moment > now)
