"""What Subbag Program is told once a day in one letter, and not mail by mail: what people wrote that one should read.

What a day brought stands in the journal; a digest gathers the lines since the last one. Each kind of digest has a note,
an event and a letter of its own (`_DAILY`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.letters_to_operator import Heard, HeardMail
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mailbot.clerk.parts import Books, MailReader, MakesLetters
    from mailbot.core.model.letters import About
    from mailbot.core.model.outcome import JournalLine

FREE_TEXT = "free_text"
"""The event of a mail with words that no answer of ours is about."""
DIGESTED = "digested/"
"""Before a digest's event: when the last one was made."""
_MOST = 50
"""So many mails are named in one letter; the journal has them all, and the next letter goes on with the rest."""
_FIRST = timedelta(days=7)
"""So far back the first digest of a ledger looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Digest:
    """One kind of digest."""

    event: str
    about: Callable[[Books, MailReader, Sequence[JournalLine]], About]


def digest(books: Books, maker: MakesLetters, reader: MailReader) -> bool:
    """Write each digest that has something to tell, once a working day in office hours; say whether one was written."""
    at, calendar = books.clock(), books.office.calendar
    if not calendar.in_office_hours(at):
        return False
    written = [_written(books, maker, reader, one, at) for one in _DAILY]
    return any(written)


def _written(books: Books, maker: MakesLetters, reader: MailReader, one: _Digest, at: datetime) -> bool:
    """Write one digest, of what came before this moment and after the last one."""
    calendar, note = books.office.calendar, DIGESTED + one.event
    last = books.ledger.notes.read(note)
    since = datetime.fromisoformat(last) if last else at - _FIRST
    if last and calendar.local(since).date() == calendar.local(at).date():
        return False
    planning = holder(Role.PLANNING, books.office, at)
    lines = [line for line in books.ledger.journal.of_event(one.event, since) if line.at < at]
    told = lines[:_MOST]
    upto = told[-1].at if len(told) < len(lines) else at
    letters: tuple[Letter, ...] = ()
    if told and planning is not None:
        about = one.about(books, reader, told)
        day = calendar.local(at).date().isoformat()
        key = letter_key(about.letter_kind, one.event, day)
        letters = (Letter(key=key, about=about, to=planning.key, address=planning.addresses[0]),)
    if letters:
        beside = Changes(at=at, notes=((note, upto.isoformat()),))
        write_down(books, maker, partial(Decision, beside=beside, letters=letters))
    else:
        books.ledger.notes.write(note, upto.isoformat())
    return bool(letters)


def _heard(books: Books, reader: MailReader, lines: Sequence[JournalLine]) -> Heard:
    """Return what people wrote that no answer of ours is about; the words of whoever is proved, and of nobody else."""
    from mailbot.clerk.desk.kept_mail import read_kept  # noqa: PLC0415 - a quiet pass reads no mail

    mails: list[HeardMail] = []
    for line in lines:
        detail = dict(line.detail)
        kept = books.ledger.inbox.by_sha256(detail.get("mail", ""))
        if kept is None:
            continue
        mail = read_kept(books, reader, kept)
        words = detail.get("proved", "") == "yes"
        mails.append(
            HeardMail(
                person=line.actor,
                address=mail.sender,
                at=mail.received_at,
                subject=mail.subject if words else "",
                answers=LetterKind(detail["answers"]) if detail.get("answers") else None,
                words=tuple(text for text in map(str.strip, mail.own_words.splitlines()) if text) if words else (),
            )
        )
    return Heard(mails=tuple(mails))


_DAILY = (_Digest(event=FREE_TEXT, about=_heard),)
