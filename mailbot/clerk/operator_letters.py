"""What the operator is told by mail: each week that nothing is lost, at once what differs or is in doubt.

The books are held against the servers every working morning, whenever the letter comes: each count is a line of the
journal, and the letter tells them all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from mailbot.clerk.composing import to_operator, unwritten
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.keeping.backing_up import backed_up_at
from mailbot.clerk.matters import matters_since
from mailbot.clerk.opening.openings import missed_cycles
from mailbot.clerk.reconciling import reconcile
from mailbot.core.model.letters import AlarmCode, Letter, LetterKind, letter_key
from mailbot.core.model.letters_to_operator import Alarm, Away, DayCount, Glance, Morning
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.opening.announcing import in_words
from mailbot.core.procedure.addressing import holder, line
from mailbot.ledger.looking.uid_sets import uid_set, uids_of
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from datetime import date

    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.clerk.reconciling import Count
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import OutboxLetter

MORNING = "morning"
"""Note: the last working day on which the books were held against the servers."""
COUNTED = "counted"
"""The event of such a count."""
MORNING_AT = "morning_at"
"""Note: when the last morning mail was written; the next one tells what came from then on."""
_LOOKED_AT = 500
"""So many mails of strangers are looked at."""
_NAMED = 50
"""So many UIDs are named in an alarm; the rest is in `mailbot ledger`."""


def morning(books: Books, maker: MakesLetters) -> bool:
    """Count at the first pass of a working day's office hours, and tell it when it is time; return whether it was.

    The letter accounts for every mail in one line; that it did not come on its day is itself the alarm.
    """
    at, office, ledger = books.clock(), books.office, books.ledger
    today = office.calendar.local(at).date()
    operator = holder(Role.OPERATOR, office, at)
    if operator is None or not office.calendar.in_office_hours(at) or ledger.notes.read(MORNING) == today.isoformat():
        return False
    counts, told = counted(ledger), _told_until(books, at)
    matters, missed = matters_since(ledger, told), missed_cycles(books, at)
    mails = {"received": counts.received, "on_server": counts.on_server, "difference": counts.difference}
    noted = line(at, COUNTED, **{name: str(figure) for name, figure in mails.items()})
    days = _days((*ledger.journal.of_event(COUNTED, told), noted))
    beside = Changes(at=at, notes=((MORNING, today.isoformat()),), journal=(("", noted),))
    if not (matters or missed or counts.difference or _is_time(books, at)):
        ledger.commit(beside)
        return True
    running = ledger.cycles.open()
    seen = replace(
        counts,
        cycles=tuple(glance(cycle, at, office) for cycle in running),
        openings=in_words(missed),
        matters=matters,
        days=days,
        backed_up_at=backed_up_at(ledger),
        next_on=_next_on(today, office),
    )
    letter = Letter(
        key=letter_key(LetterKind.MORNING, today.isoformat()),
        about=_with_noticed(books, seen, at),
        to=operator.key,
        address=operator.addresses[0],
        cycle=running[0].key if len(running) == 1 else "",
    )
    beside = replace(beside, notes=(*beside.notes, (MORNING_AT, at.isoformat())))
    write_down(books, maker, lambda: Decision(beside=beside, letters=(letter,)))
    return True


def _with_noticed(books: Books, seen: Morning, at: datetime) -> Morning:
    """Return the letter's values with whom nobody answered."""
    strangers, silenced = noticed(books, at)
    return replace(seen, strangers=strangers, silenced=silenced)


def _is_time(books: Books, at: datetime) -> bool:
    """Say whether the letter comes by the calendar: every working morning, or on the week's first; or never."""
    rhythm, told = books.office.policy.morning, books.ledger.notes.read(MORNING_AT)
    if rhythm == "weekly" and told:
        local = books.office.calendar.local
        return local(datetime.fromisoformat(told)).isocalendar()[:2] != local(at).isocalendar()[:2]
    return rhythm != "trouble"


def _next_on(today: date, office: Office) -> date | None:
    """Return when the next letter comes if all is well."""
    if office.policy.morning == "trouble":
        return None
    weekly = office.policy.morning == "weekly"
    return office.calendar.next_working_day(today + timedelta(days=6 - today.weekday()) if weekly else today)


def _days(lines: tuple[JournalLine, ...]) -> tuple[DayCount, ...]:
    """Return the counts of the mornings, the first of which was told already, unless it is the only one."""
    counts = [(one.at, {name: int(figure) for name, figure in one.detail}) for one in lines]
    days = [
        DayCount(at=at, new=figures["received"] - before["received"], **figures)
        for (_, before), (at, figures) in pairwise(counts)
    ]
    return tuple(days)


def noticed(books: Books, at: datetime) -> tuple[str, str]:
    """Return whom nobody answered since the last morning mail: strangers, and those whose mails led nowhere."""
    ledger, since = books.ledger, _told_until(books, at)
    strangers = Counter(mail.detail for mail in ledger.inbox.settled_since(MailOutcome.STRANGER, since, _LOOKED_AT))
    withheld = (dict(line.detail) for line in ledger.journal.of_event("answer_withheld", since))
    met = Counter(detail.get("address", "") for detail in withheld)
    return _addresses(strangers), _addresses(met)


def _told_until(books: Books, at: datetime) -> datetime:
    """Return up to when the last morning mail told what had come."""
    moment = books.ledger.notes.read(MORNING_AT)
    return datetime.fromisoformat(moment) if moment else at - timedelta(days=1)


def _addresses(counts: Counter[str]) -> str:
    """Return addresses, the busiest first, each with how often it wrote if more than once."""
    most = [(address, count) for address, count in counts.most_common(_NAMED) if address]
    return ", ".join(f"{address} ({count})" if count > 1 else address for address, count in most)


def glance(cycle: Cycle, at: datetime, office: Office) -> Glance:
    """Return one cycle at a glance: row, due, whose move, the units by state of their form."""
    from mailbot.core.chasing.debts import debts  # noqa: PLC0415 - once a day, where a cycle runs
    from mailbot.core.chasing.whose_move import whose_move  # noqa: PLC0415 - as above
    from mailbot.core.delivery.awaiting import awaited  # noqa: PLC0415 - as above
    from mailbot.core.procedure.word_asked import waiting_word  # noqa: PLC0415 - as above

    word = waiting_word(cycle, at)
    return Glance(
        period=cycle.period,
        step=cycle.step,
        due_at=cycle.due_at,
        late_days=office.calendar.working_days_between(cycle.due_at, at) if at > cycle.due_at else 0,
        role=whose_move(cycle, office),
        wants=awaited(cycle, office),
        word=word.word if word is not None else "",
        stands_at=word.stands_at if word is not None else None,
        people=tuple(dict.fromkeys(debt.person.key for debt in debts(cycle, at, office))),
        units=tuple((form.unit, form.state) for form in cycle.units),
        away=tuple(
            Away(unit=form.unit, until=form.away_until, deputy=form.deputy)
            for form in cycle.units
            if form.away_until is not None and at < form.away_until
        ),
    )


def counted(ledger: Ledger) -> Morning:
    """Return the figures of the letter: those of the proof (`reconciling.Proof.figures`), and the outbox by state."""
    mails, out = reconcile(ledger).figures, ledger.letters.counts()
    return Morning(
        received=mails["received"],
        forms=mails["forms"],
        replies=mails["replies"],
        robots=mails["robots"],
        to_look_at=mails["to_look_at"],
        copies=mails["copies"],
        waiting=mails["waiting"],
        on_server=mails["on_server"],
        difference=mails["difference"],
        sent=out.sent,
        queued=out.queued,
        put_off=out.put_off,
        given_up=out.given_up,
        in_doubt=out.in_doubt,
        held=out.held,
    )


def tell_differences(books: Books, maker: MakesLetters) -> bool:
    """Write to the operator at once of mails the server has shown and the inbox still lacks; once for each such mail.

    One look's grace: a mail that the server only stumbled over is fetched at the next pass.
    """
    at = books.clock()
    operator = holder(Role.OPERATOR, books.office, at)
    if operator is None or books.ledger.looks.in_balance():
        return False
    news = _news(books.ledger)
    letters = tuple(
        Letter(
            key=letter_key(LetterKind.ALARM, _note_of(count), uids[0], len(uids)),
            about=Alarm(
                what=AlarmCode.DIFFERENCE,
                since=at,
                detail=f"{count.account} {count.folder} UIDVALIDITY {count.uid_validity} UID {uid_set(uids[:_NAMED])}",
            ),
            to=operator.key,
            address=operator.addresses[0],
        )
        for count, uids in news
    )
    if letters:
        notes = tuple((_note_of(count), uid_set({*count.overdue, *count.not_shown})) for count, _ in news)
        write_down(books, maker, lambda: Decision(beside=Changes(at=at, notes=notes), letters=letters))
    return bool(letters)


def _news(ledger: Ledger) -> tuple[tuple[Count, tuple[int, ...]], ...]:
    """Return each folder in which something differs that the operator was not told of, with those UIDs."""
    found = []
    for count in reconcile(ledger).counts:
        odd = {*count.overdue, *count.not_shown}
        if odd and (untold := odd - uids_of(ledger.notes.read(_note_of(count)))):
            found.append((count, tuple(sorted(untold))))
    return tuple(found)


def _note_of(count: Count) -> str:
    """Return the name of a folder's note: the UIDs of which the operator has heard that they differ."""
    return f"difference/{count.account}/{count.folder}/{count.uid_validity}"


def tell_doubts(books: Books, maker: MakesLetters, at: datetime) -> bool:
    """Write to the operator, once for each time a letter is held in doubt; say whether one was (`outbox release KEY`).

    Nobody knows whether it arrived, and the report is never sent twice.
    """
    # Of one that tells of a doubt nothing is told: where nothing is answered for, that would never end.
    held = books.ledger.letters.held_in_doubt()
    doubted = [letter for letter in held if letter.kind != LetterKind.ALARM.value]
    alarms = unwritten(books.ledger, (alarm for letter in doubted for alarm in _doubt(books.office, letter, at)))
    if alarms:
        write_down(books, maker, lambda: Decision(beside=Changes(at=at), letters=alarms))
    return bool(alarms)


def _doubt(office: Office, held: OutboxLetter, at: datetime) -> tuple[Letter, ...]:
    """Return what the operator is told of one letter: once for each try that ended in doubt."""
    about = Alarm(what=AlarmCode.IN_DOUBT, detail=held.key)
    return to_operator(office, at, about, about.what.value, held.key, held.fence)
