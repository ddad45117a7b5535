"""One rehearsal put together: the clerk with mail in memory, the cast, the year, and what it leaves behind."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.composing import LetterMaker
from mailbot.clerk.parts import Post
from mailbot.rehearsal.cast import accounts, read_script
from mailbot.rehearsal.own import script_of
from mailbot.rehearsal.whole_year.casting import Casting
from mailbot.rehearsal.whole_year.mail_in_memory import MailInMemory
from mailbot.rehearsal.whole_year.mails_only import MailsOnly
from mailbot.rehearsal.whole_year.playing import YearPlayed
from mailbot.rehearsal.whole_year.reporting import happenings, leave_mails, leave_report
from mailbot.writing.rehearsed.told import Rehearsed
from mailbot.writing.words.phrases import read_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.parts import Clerk
    from mailbot.core.model.office import Office
    from mailbot.core.opening.plans import CyclePlan
    from mailbot.rehearsal.clock import HandClock
    from mailbot.rehearsal.demo import Seen
    from mailbot.rehearsal.filling import Script
    from mailbot.rehearsal.whole_year.reporting import LeftMails
    from mailbot.settings.settings import Settings


_BEFORE, _PATIENCE = timedelta(days=4), timedelta(days=60)
"""How long before the first cycle a rehearsal begins, and how long after the opening of the last one it gives up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be rehearsed."""

    plans: tuple[CyclePlan, ...]
    """In the order they begin; at least one."""
    without: tuple[CyclePlan, ...] = ()
    """What is left out, having no target for its period."""
    whole_year: bool
    """The clock goes on to the end of the last cycle's year."""
    calm: bool = False
    documents: bool = True
    seed: int = 1


@dataclass(slots=True, kw_only=True)
class Play:
    """One rehearsal, while it is played."""

    wanted: Wanted
    settings: Settings
    """Of the sandbox."""
    year: YearPlayed
    casting: Casting
    script: Script
    since: datetime

    def goes_on(self) -> Iterator[Seen]:
        """Play to the end; yield what happens, in order."""
        yield from self.year.play()

    def leaves_mails(self, folder: Path) -> LeftMails:
        """Leave every mail as a file."""
        return leave_mails(folder, self.year.clerk.books.ledger)

    def leaves_report(self, folder: Path, mails: LeftMails, notes: tuple[str, ...]) -> tuple[Path, Path]:
        """Leave the report.

        Args:
            folder: where it is written.
            mails: the mails as they were left.
            notes: what `check` says of the office's own configuration.

        Raises:
            TemplateProblem: its template or a word is missing or broken.
        """
        office, ledger = self.settings.office(), self.year.clerk.books.ledger
        folders = self.settings.template_folders
        until = self.year.clock()
        told = Rehearsed(
            office=office,
            phrases=read_phrases(folders, office.calendar),
            words=self.script.words["laporan"],
            plans=self.wanted.plans,
            without=self.wanted.without,
            cycles=tuple(found for plan in self.wanted.plans if (found := ledger.cycles.get(plan.key)) is not None),
            mails=mails.sent,
            answers=mails.came,
            happenings=happenings(self.casting.deeds(), until),
            troubles=tuple((at, what) for what, at in self.year.troubles.items()),
            notes=notes,
            since=self.since,
            until=until,
            documents=self.wanted.documents,
            calm=self.wanted.calm,
        )
        return leave_report(folder, told, folders)


def begins(office: Office, plan: CyclePlan) -> datetime:
    """Return the moment at which a rehearsal begins: some days before the first cycle, which is told the day before."""
    return office.calendar.next_office_moment(office.calendar.opening(plan.starts_on - _BEFORE))


def put_together(settings: Settings, clerk: Clerk, clock: HandClock, wanted: Wanted) -> Play:
    """Return a rehearsal that is ready to be played.

    Args:
        settings: those of the sandbox.
        clerk: the real one, on the sandbox's ledger; what it reads and sends lies in memory from here on.
        clock: set to when it begins.
        wanted: what is to be rehearsed.
    """
    office = settings.office()
    post = MailInMemory(accounts(office), clock)
    clerk = replace(clerk, post=_in_memory(clerk.post, post, office.mailbox))
    if not wanted.documents and isinstance(clerk.maker, LetterMaker):
        kept = {one.name: getattr(clerk.maker, one.name) for one in fields(LetterMaker)}
        clerk = replace(clerk, maker=MailsOnly(**{**kept, "pdf": None}))
    script = read_script(settings.template_folders)
    casting = Casting(
        office=office,
        post=post,
        now=clock,
        cycles=wanted.plans,
        scripts={plan.key: script_of(office, plan.period, script) for plan in wanted.plans},
        seed=wanted.seed,
        calm=wanted.calm,
        thorough=wanted.documents,
    )
    end = date(wanted.plans[-1].starts_on.year, 12, 31)
    year = YearPlayed(
        clerk=clerk,
        clock=clock,
        colleagues=casting.colleagues(),
        keys=[plan.key for plan in wanted.plans],
        until=office.calendar.closing(end) if wanted.whole_year else clock(),
        at_last=office.calendar.closing(wanted.plans[-1].starts_on + _PATIENCE),
    )
    return Play(wanted=wanted, settings=settings, year=year, casting=casting, script=script, since=clock())


def _in_memory(real: Post, post: MailInMemory, mailbox: str) -> Post:
    """Return the first mailbox and the way out with mail that lies in memory; no connection is opened any more."""
    box = replace(real.boxes[0], filing="never", open_mailbox=lambda: post.mailbox(mailbox))
    return Post(name=real.name, boxes=(box,), open_courier=post.courier)
