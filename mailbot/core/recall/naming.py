"""PLH: a principal names who stands in for him; in force after his BENAR to our echo, and ended by BATAL (all rows)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import NotYours, OutOfTurn, Unclear
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Acting, Role
from mailbot.core.procedure.addressing import (
    answered,
    challenge,
    holder,
    in_answer,
    line,
    make_letter,
    on_initiative,
    unproved,
)
from mailbot.core.recall.deputies import (
    MOST_DAYS,
    NAMES_ONE,
    Deputy,
    acting_for,
    named_person,
    read_span,
    with_deputies,
)
from mailbot.core.recall.letters_of_recall import DeputyEcho, DeputyTold

if TYPE_CHECKING:
    from datetime import date, datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.model.people import Person
    from mailbot.core.recall.deputy_facts import DeputyConfirmed


def a_principal(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Is it somebody who holds a post of the SOP in his own right, and may name who stands in for him?"""
    if _posts(fact.source, office):
        return None
    return answered(NotYours(word=fact.spoken, role=tuple(NAMES_ONE)), cycle, fact.source, fact.at)


def named(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """PLH nama tanggal: who is to stand in is read back; it is in force only after BENAR."""
    text, day = " ".join((fact.said.arguments, *fact.said.remarks)), _day(fact.source, office)
    posts = _posts(fact.source, office)
    span, person = read_span(text, day), named_person(text, office, day, posts)
    if span is None or person is None:
        about = Unclear(word=fact.spoken, reason=Reason.BAD_DEPUTY, count=MOST_DAYS)
        return answered(about, cycle, fact.source, fact.at)
    deputy = Deputy(
        principals=tuple(post.key for post in posts),
        person=person.key,
        since=span[0],
        until=span[1],
        mail_sha256=fact.source.mail_sha256,
        named_at=fact.at,
    )
    reviews = any(post.role is Role.AGENCY_HEAD for post in posts) and _may_not_ratify(person, fact.at, office)
    echo = DeputyEcho(person=person.key, since=_opens(deputy, office), until=_closes(deputy, office), reviews=reviews)
    letter = replace(make_letter(echo, cycle, in_answer(fact.source)), answers_mail=deputy.mail_sha256)
    kept = tuple(one for one in cycle.deputies if one.confirmed_at is not None)
    note = _note(fact.at, "deputy_named", deputy, fact.source)
    return Outcome(cycle=replace(cycle, deputies=(*kept, deputy)), letters=(letter,), journal=(note,))


def confirmed(cycle: Cycle, fact: DeputyConfirmed, office: Office) -> Outcome:
    """BENAR to the echo: the deputy is in force in his dates; he, the principal and the operator are told."""
    waiting = next((one for one in cycle.deputies if one.mail_sha256 == fact.asked_about), None)
    spoken = waiting is None or waiting.confirmed_at is not None or waiting.ended_at is not None
    if waiting is None or spoken or fact.source.person.key not in waiting.principals:
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.ALREADY), cycle, fact.source, fact.at)
    if unproved(fact.source, office):
        return challenge(cycle, fact.source, fact.at, fact.spoken, office)
    since = max(waiting.since, office.calendar.local(fact.at).date())
    if since > waiting.until:
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.ALREADY), cycle, fact.source, fact.at)
    deputy = replace(waiting, since=since, confirmed_at=fact.at)
    others = tuple(_making_way(one, deputy, fact.at) for one in cycle.deputies)
    moved = replace(cycle, deputies=tuple(deputy if one is waiting else one for one in others))
    letters = _told(moved, deputy, fact.source, fact.at, office, ended=False)
    for before, after in zip(cycle.deputies, others, strict=True):
        if after is not before and after.person != deputy.person:
            letters += _told_deputy(moved, after, fact.source, fact.at, office)
    return Outcome(
        cycle=moved, letters=letters, journal=(_note(fact.at, "deputy_in_force", deputy, fact.source),), done=True
    )


def _making_way(former: Deputy, deputy: Deputy, at: datetime) -> Deputy:
    """Return who was named before as he is once somebody else stands in: until the day before, or no more at all."""
    same = former.principals == deputy.principals and former.confirmed_at is not None and former.ended_at is None
    if not same or former.until < deputy.since or former.since > deputy.until:
        return former
    if former.since < deputy.since:
        return replace(former, until=deputy.since - timedelta(days=1))
    return replace(former, ended_at=at)


def _told_deputy(cycle: Cycle, deputy: Deputy, source: Source, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Tell who was to stand in that he does so no more, or until when."""
    person = next((one for one in office.roster.people if one.key == deputy.person), None)
    if person is None:
        return ()
    about = _about(deputy, source, office, ended=deputy.ended_at is not None)
    to = on_initiative(person, office, at)
    return (make_letter(about, cycle, to, source.mail_sha256[:16], person.key, "instead"),)


def running(cycle: Cycle, source: Source, office: Office) -> Deputy | None:
    """Return whom a principal has named last, where he still stands in, or will, or waits for BENAR."""
    day = _day(source, office)
    found = (
        one
        for one in reversed(cycle.deputies)
        if source.person.key in one.principals and one.ended_at is None and day <= one.until
    )
    return next(found, None)


def ended(cycle: Cycle, deputy: Deputy, fact: CommandGiven, office: Office) -> Outcome:
    """End what a principal has named."""
    over = replace(deputy, ended_at=fact.at)
    deputies = tuple(over if one is deputy else one for one in cycle.deputies)
    letters = _told(cycle, over, fact.source, fact.at, office, ended=True)
    note = _note(fact.at, "deputy_ended", over, fact.source)
    return Outcome(cycle=replace(cycle, deputies=deputies), letters=letters, journal=(note,))


def _told(
    cycle: Cycle, deputy: Deputy, source: Source, at: datetime, office: Office, *, ended: bool
) -> tuple[Letter, ...]:
    """Tell the principal, who stands in (where he has heard of it) and the operator."""
    about = _about(deputy, source, office, ended=ended)
    letters = [make_letter(about, cycle, in_answer(source))]
    listed = next((one for one in office.roster.people if one.key == deputy.person), None)
    others = (listed, holder(Role.OPERATOR, office, at))
    letters += [
        make_letter(about, cycle, on_initiative(one, office, at), source.mail_sha256[:16], one.key)
        for one in others
        if one is not None and deputy.confirmed_at is not None
    ]
    return tuple(letters)


def _about(deputy: Deputy, source: Source, office: Office, *, ended: bool) -> DeputyTold:
    """Return what is told of a deputy."""
    return DeputyTold(
        principal=source.person.key,
        person=deputy.person,
        since=_opens(deputy, office),
        until=_closes(deputy, office),
        ended=ended,
    )


def office_then(cycle: Cycle, office: Office) -> Office:
    """Return the office as it is once the deputies of a cycle are among its people."""
    return with_deputies(office, (cycle,))


def stands_in(cycle: Cycle, mail_sha256: str, office: Office) -> frozenset[str]:
    """Return the keys under which the deputy that a mail has named is among the office's people."""
    people = (acting_for(one, office) for one in cycle.deputies if one.mail_sha256 == mail_sha256)
    return frozenset(person.key for some in people for person in some)


def _posts(source: Source, office: Office) -> tuple[Person, ...]:
    """Return the posts that a sender holds in his own right, and for which he may name somebody."""
    senders = office.roster.senders(source.address, _day(source, office)) or (source.person,)
    return tuple(one for one in senders if one.role in NAMES_ONE and one.acting is Acting.FULL)


def _may_not_ratify(person: Person, at: datetime, office: Office) -> bool:
    """Say whether who is to stand in for the head is who reviews, and so may not ratify."""
    secretary = holder(Role.SECRETARY, office, at)
    reviews = secretary is not None and secretary.owns(person.addresses[0])
    return reviews and not office.policy.acting_head_may_ratify_own_review


def _day(source: Source, office: Office) -> date:
    """Return the office's day on which a mail came."""
    return office.calendar.local(source.received_at).date()


def _opens(deputy: Deputy, office: Office) -> datetime:
    """Return the moment that a deputy's first day begins for people."""
    return office.calendar.opening(deputy.since)


def _closes(deputy: Deputy, office: Office) -> datetime:
    """Return the moment that his last day ends for people."""
    return office.calendar.closing(deputy.until)


def _note(at: datetime, event: str, deputy: Deputy, source: Source) -> JournalLine:
    """Return the journal's line about a deputy."""
    return line(
        at,
        event,
        source.person.key,
        deputy=deputy.person,
        posts=" ".join(deputy.principals),
        since=deputy.since.isoformat(),
        until=deputy.until.isoformat(),
        proof=source.proof.value,
        mail=source.mail_sha256,
    )
