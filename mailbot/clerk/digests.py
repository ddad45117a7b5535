"""What Subbag Program is told once a day, and not form by form (`core.daily.policy`), and the Kepala Dinas once a week.

What a day brought stands in the journal; a digest tells the lines since the last one. Up to which line is a note that
is written with the letter, so that a crash tells nothing twice and loses nothing. The letter that lays the draft before
Subbag Program takes along what has not been told of its cycle by then, and the journal says that it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.desk.untold import FIRST, TOLD_TO, told_to, unread, untold
from mailbot.clerk.operator_letters import glance
from mailbot.core.chasing.debts import debts
from mailbot.core.chasing.rhythm import has_ended
from mailbot.core.daily.weekly import Weekly
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.letters_to_operator import HeardMail
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from datetime import date

    from mailbot.clerk.parts import Books, MailReader, MakesLetters
    from mailbot.core.chasing.debt import Debt
    from mailbot.core.daily.news import CycleNews, Told
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.model.people import Person

FREE_TEXT = "free_text"
"""The event of a mail with words that no answer of ours is about."""
DIGESTED = "digested/"
"""Before `FREE_TEXT`, a note: up to which moment the mails that people wrote were told."""
ENDED = "ended_told"
"""Note: the last week in which Subbag Program was told what is not reminded of any more."""
WEEK = "weekly"
"""Note: the last week whose line to the Kepala Dinas was written, or was not wanted."""
_MOST = 50
"""So many mails are named in one letter; the journal has them all, and the next letter goes on with the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """The mails that one digest names, and up to which moment they reach."""

    mails: tuple[HeardMail, ...]
    upto: datetime


def digest(books: Books, maker: MakesLetters, reader: MailReader) -> bool:
    """Write the day's letter, once a working day in office hours, if there is something to tell; say whether it was.

    Where nobody is Subbag Program, all of it waits for whoever is next.
    """
    at, calendar, note = books.clock(), books.office.calendar, DIGESTED + FREE_TEXT
    planning = holder(Role.PLANNING, books.office, at)
    if planning is None or not calendar.in_office_hours(at):
        return False
    last = books.ledger.notes.read(note)
    since = datetime.fromisoformat(last) if last else at - FIRST
    if last and calendar.local(since).date() == calendar.local(at).date():
        return False
    # What began with this morning, such as its reminders, is told with the rest of the day.
    opening = calendar.opening(calendar.local(at).date())
    entries, before = unread(books.ledger, since), told_to(books.ledger, since)
    told, heard, ended = untold(books, entries, opening), _heard(books, reader, since, at), _ended(books, at)
    week = _week(calendar.local(at))
    others = bool(heard.mails) or (bool(ended) and books.ledger.notes.read(ENDED) != week)
    cycles = _news(books, told, at, alone=not others)
    of_before = sum(1 for _ in takewhile(lambda entry: entry.line.at < opening, entries))
    reached = before + of_before if cycles or not told else before
    notes = ((note, heard.upto.isoformat()), (TOLD_TO, str(reached)))
    if not (cycles or others):
        books.ledger.commit(Changes(at=at, notes=notes))
        return False
    from mailbot.core.daily.news import Digest  # noqa: PLC0415 - on a day with nothing new, there is none

    named = {*(one.cycle for one in cycles), *(debt.cycle for debt in ended)}
    letter = Letter(
        key=letter_key(LetterKind.DIGEST, calendar.local(at).date().isoformat()),
        about=Digest(news=cycles, mails=heard.mails, ended=ended),
        to=planning.key,
        address=planning.addresses[0],
        cycle=next(iter(named)) if len(named) == 1 else "",
    )
    told_now = Changes(at=at, notes=(*notes, (ENDED, week)) if ended else notes)
    write_down(books, maker, partial(Decision, beside=told_now, letters=(letter,)))
    return True


def _ended(books: Books, at: datetime) -> tuple[Debt, ...]:
    """Return what is owed still though its reminders have ended, the most urgent first."""
    owed = (debt for cycle in books.ledger.cycles.open() for debt in debts(cycle, at, books.office))
    return tuple(sorted((debt for debt in owed if has_ended(debt, books.office)), key=lambda debt: debt.urgency))


def _news(books: Books, told: dict[str, tuple[Told, ...]], at: datetime, *, alone: bool) -> tuple[CycleNews, ...]:
    """Return what there is to tell of each cycle, if one of them has a reason for a letter; else all of it waits.

    So does, for a day, what asks nothing of anybody, if it would stand `alone` in the letter.
    """
    from mailbot.core.daily.news import is_reason, may_wait, news_of  # noqa: PLC0415 - asked once a day

    if not any(map(is_reason, told.values())):
        return ()
    cycles = ((books.ledger.cycles.get(key), lines) for key, lines in told.items())
    news = tuple(news_of(cycle, lines, at, books.office) for cycle, lines in cycles if cycle is not None)
    return () if alone and may_wait(news, at, books.office) else news


def _heard(books: Books, reader: MailReader, since: datetime, at: datetime) -> _Heard:
    """Return what people wrote that no answer of ours is about; the words of whoever is proved, and of nobody else."""
    lines = [line for line in books.ledger.journal.of_event(FREE_TEXT, since) if line.at < at]
    told = lines[:_MOST]
    upto = told[-1].at if len(told) < len(lines) else at
    mails = (_one_heard(books, reader, line) for line in told)
    return _Heard(mails=tuple(mail for mail in mails if mail is not None), upto=upto)


def _one_heard(books: Books, reader: MailReader, line: JournalLine) -> HeardMail | None:
    """Return one mail that a person should read; None where it is kept no more."""
    from mailbot.clerk.desk.kept_mail import read_kept  # noqa: PLC0415 - a quiet pass reads no mail

    detail = dict(line.detail)
    kept = books.ledger.inbox.by_sha256(detail.get("mail", ""))
    if kept is None:
        return None
    mail = read_kept(books, reader, kept)
    words = detail.get("proved", "") == "yes"
    return HeardMail(
        person=line.actor,
        address=mail.sender,
        at=mail.received_at,
        subject=mail.subject if words else "",
        answers=LetterKind(detail["answers"]) if detail.get("answers") else None,
        words=tuple(text for text in map(str.strip, mail.own_words.splitlines()) if text) if words else (),
    )


def weekly(books: Books, maker: MakesLetters) -> bool:
    """Tell the Kepala Dinas on the last working day of a week how each cycle stands of which he heard nothing in it.

    Returns:
        Whether there was something to tell.
    """
    at, office = books.clock(), books.office
    today = office.calendar.local(at)
    week = _week(today)
    if (
        not office.policy.head_weekly
        or not office.calendar.in_office_hours(at)
        or books.ledger.notes.read(WEEK) == week
    ):
        return False
    if _week(office.calendar.next_working_day(today.date())) == week:
        return False
    head = holder(Role.AGENCY_HEAD, office, at)
    since = today - timedelta(days=today.weekday() + 1)
    quiet = tuple(cycle for cycle in books.ledger.cycles.open() if not _heard_of(books, cycle, head, since))
    if head is None or not quiet:
        books.ledger.notes.write(WEEK, week)
        return False
    about = Weekly(cycles=tuple(glance(cycle, at, office) for cycle in quiet))
    own = quiet[0].key if len(quiet) == 1 else ""
    key = letter_key(about.letter_kind, week)
    letter = Letter(key=key, about=about, to=head.key, address=head.addresses[0], cycle=own)
    write_down(books, maker, partial(Decision, beside=Changes(at=at, notes=((WEEK, week),)), letters=(letter,)))
    return True


def _week(day: date) -> str:
    """Return the week of a day, `2026-w02`."""
    return "{}-w{:02d}".format(*day.isocalendar()[:2])


def _heard_of(books: Books, cycle: Cycle, person: Person | None, since: datetime) -> bool:
    """Say whether somebody was written to about a cycle since then."""
    if person is None:
        return False
    letters = books.ledger.letters.of_cycle(cycle.key)
    return any(one.person == person.key and one.queued_at >= since for one in letters)
