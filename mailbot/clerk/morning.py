"""The operator's morning mail: every mail accounted for, in one line; that it did not come is itself the alarm."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.reconciling import reconcile
from mailbot.core.chasing.reminders import debts, whose_move
from mailbot.core.model.letters import AlarmCode, Letter, LetterKind, letter_key
from mailbot.core.model.letters_to_operator import Alarm, Away, Glance, Morning
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder
from mailbot.ledger.uid_sets import uid_set, uids_of

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.clerk import Clerk
    from mailbot.clerk.reconciling import Count
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office

_SENT = "morning"
_LOOKED_AT = 500
"""So many mails of strangers are looked at."""
_NAMED = 50
"""So many UIDs are named in an alarm; the rest is in `mailbot ledger`."""


def morning(clerk: Clerk) -> bool:
    """Write the morning mail at the first pass of a working day's office hours; return whether it was written now."""
    at = clerk.clock()
    today = clerk.office.calendar.local(at).date().isoformat()
    operator = holder(Role.OPERATOR, clerk.office, at)
    if operator is None or not clerk.office.calendar.in_office_hours(at) or clerk.ledger.notes.read(_SENT) == today:
        return False
    running = clerk.ledger.cycles.open()
    cycles = tuple(_glance(cycle, at, clerk.office) for cycle in running)
    strangers, silenced = noticed(clerk, at)
    letter = Letter(
        key=letter_key(LetterKind.MORNING, today),
        about=replace(counted(clerk), cycles=cycles, strangers=strangers, silenced=silenced),
        to=operator.key,
        address=operator.addresses[0],
        cycle=running[0].key if len(running) == 1 else "",
    )
    write_down(clerk, at, lambda: Decision(letters=(letter,), notes=((_SENT, today),)))
    return True


def noticed(clerk: Clerk, at: datetime) -> tuple[str, str]:
    """Return whom nobody answered since the last morning mail: strangers, and those whose mails led nowhere."""
    calendar, last = clerk.office.calendar, clerk.ledger.notes.read(_SENT)
    since = calendar.at(date.fromisoformat(last), calendar.opens) if last else at - timedelta(days=1)
    mails = clerk.ledger.inbox.listing(MailOutcome.STRANGER, limit=_LOOKED_AT)
    strangers = Counter(one.detail for one in mails if one.settled_at is not None and one.settled_at >= since)
    lines = (entry.line for entry in clerk.ledger.journal.read())
    silenced = (dict(one.detail) for one in lines if one.event == "answer_withheld" and one.at >= since)
    met = Counter(detail.get("address", "") for detail in silenced)
    return _addresses(strangers), _addresses(met)


def _addresses(counts: Counter[str]) -> str:
    """Return addresses, the busiest first, each with how often it wrote if more than once."""
    most = [(address, count) for address, count in counts.most_common(_NAMED) if address]
    return ", ".join(f"{address} ({count})" if count > 1 else address for address, count in most)


def _glance(cycle: Cycle, at: datetime, office: Office) -> Glance:
    """Return one cycle at a glance."""
    return Glance(
        period=cycle.period,
        step=cycle.step,
        due_at=cycle.due_at,
        late_days=office.calendar.working_days_between(cycle.due_at, at) if at > cycle.due_at else 0,
        role=whose_move(cycle, office),
        people=tuple(dict.fromkeys(debt.person.key for debt in debts(cycle, at, office))),
        units=tuple((form.unit, form.state) for form in cycle.units),
        away=tuple(
            Away(unit=form.unit, until=form.away_until, deputy=form.deputy)
            for form in cycle.units
            if form.away_until is not None and at < form.away_until
        ),
    )


def counted(clerk: Clerk) -> Morning:
    """Return the figures of the letter: those of the proof (`reconciling.Proof.figures`), and the outbox by state."""
    mails, out = reconcile(clerk.ledger).figures, clerk.ledger.letters.counts()
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


def tell_differences(clerk: Clerk) -> bool:
    """Write to the operator at once of mails the server has shown and the inbox still lacks; once for each such mail.

    One look's grace: a mail that the server only stumbled over is fetched at the next pass.
    """
    at = clerk.clock()
    operator = holder(Role.OPERATOR, clerk.office, at)
    if operator is None:
        return False
    news = _news(clerk)
    letters = tuple(
        Letter(
            key=letter_key(LetterKind.ALARM, _told(count), uids[0], len(uids)),
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
        notes = tuple((_told(count), uid_set({*count.overdue, *count.not_shown})) for count, _ in news)
        write_down(clerk, at, lambda: Decision(letters=letters, notes=notes))
    return bool(letters)


def _news(clerk: Clerk) -> tuple[tuple[Count, tuple[int, ...]], ...]:
    """Return each folder in which something differs that the operator was not told of, with those UIDs."""
    found = []
    for count in reconcile(clerk.ledger).counts:
        odd = {*count.overdue, *count.not_shown}
        if odd and (untold := odd - uids_of(clerk.ledger.notes.read(_told(count)))):
            found.append((count, tuple(sorted(untold))))
    return tuple(found)


def _told(count: Count) -> str:
    """Return the name of the note that says which differences of a folder the operator was told of."""
    return f"difference/{count.account}/{count.folder}/{count.uid_validity}"
