"""What a mail is: an ordered list of questions, the first yes decides its one final state and makes the facts of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mailbot.core.facts import (
    AbsenceNoticed,
    AnswerUnclear,
    CommandGiven,
    Fact,
    FormArrived,
    LetterUndelivered,
    MailUnplaced,
    UnreadableArrived,
    VerdictGiven,
)
from mailbot.core.form import Unreadable
from mailbot.core.mail import Automatic
from mailbot.core.outcome import MailOutcome
from mailbot.core.people import Role
from mailbot.core.placing import Desk, Sorted, enclosed, matter, source_of, speaker, unit_of
from mailbot.core.words import VERDICTS, Said, Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.form import ReadForm

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PDF = "application/pdf"
_MEANT_AS_FORM = frozenset({Unreadable.PASSWORD, Unreadable.BROKEN, Unreadable.TOO_LARGE, Unreadable.EMPTY_FILE})
"""Reasons that are told even when another form in the same mail could be read; a PDF beside a form is evidence."""


def sort(desk: Desk) -> Sorted:
    """Ask the questions in order; the last one always answers."""
    for question in QUESTIONS:
        answer = question(desk)
        if answer is not None:
            return answer
    return Sorted(outcome=MailOutcome.STRANGER)


def own(desk: Desk) -> Sorted | None:
    """Is it our own mail come back?"""
    from_us = desk.mail.sender.casefold() in {address.casefold() for address in desk.office.own_addresses}
    return Sorted(outcome=MailOutcome.OWN) if from_us or desk.mail.automatic is Automatic.OWN else None


def delivery_report(desk: Desk) -> Sorted | None:
    """Does it report what became of a letter? Only a report that carries our own Message-ID may mark anything."""
    if desk.mail.automatic not in {Automatic.BOUNCE, Automatic.DELAY, Automatic.DELIVERED}:
        return None
    facts: list[tuple[str, Fact]] = []
    for bounce, letter in zip(desk.mail.bounces, desk.bounced, strict=True):
        if letter is None or not letter.cycle:
            continue
        fact = LetterUndelivered(
            at=desk.at,
            letter=letter.key,
            kind=letter.kind,
            person=letter.person,
            address=letter.address,
            status=bounce.status,
            permanent=bounce.permanent and desk.mail.automatic is Automatic.BOUNCE,
        )
        facts.append((letter.cycle, fact))
    return Sorted(outcome=MailOutcome.BOUNCE, facts=tuple(facts), detail=desk.mail.automatic.value)


def robot(desk: Desk) -> Sorted | None:
    """Was it written by a robot? A vacation reply tells when somebody is back; nothing else of it counts."""
    if desk.mail.automatic is None:
        return None
    facts: tuple[tuple[str, Fact], ...] = ()
    if desk.mail.automatic is Automatic.VACATION:
        returns = date.fromisoformat(desk.mail.returns_on) if desk.mail.returns_on else None
        facts = tuple(
            (cycle.key, AbsenceNoticed(at=desk.at, person=person, returns_on=returns))
            for person in desk.people
            for cycle in desk.cycles
            if not cycle.closed
        )
    return Sorted(outcome=MailOutcome.ROBOT, facts=facts, detail=desk.mail.automatic.value)


def form(desk: Desk) -> Sorted | None:
    """Does it carry a form: with our stamp from whoever, or any form from a listed address?"""
    if not any(one.unreadable is None for one in desk.mail.forms):
        return None
    told = [one for one in desk.mail.forms if one.unreadable is None or one.unreadable in _MEANT_AS_FORM]
    facts = [fact for one in told if (fact := _form_fact(desk, one)) is not None]
    if not facts:
        return None
    readable = any(isinstance(fact, FormArrived) for _, fact in facts)
    return Sorted(outcome=MailOutcome.FORM if readable else MailOutcome.UNREADABLE, facts=tuple(facts))


def stranger(desk: Desk) -> Sorted | None:
    """Is the sender on nobody's list? Silence, and a line to the operator."""
    return None if desk.people else Sorted(outcome=MailOutcome.STRANGER, detail=desk.mail.sender)


def word(desk: Desk) -> Sorted | None:
    """Does it say one of the reply words, plainly?"""
    said = desk.said
    cycle = matter(desk)
    if said.word is None or cycle is None:
        return None
    source = source_of(desk, speaker(desk, cycle))
    if said.word in VERDICTS:
        fact: Fact = VerdictGiven(
            at=desk.at,
            source=source,
            said=said,
            about=desk.about[0].key if desk.about else "",
            document_sha256=enclosed(desk, _DOCX),
            signed_pdf_sha256=enclosed(desk, _PDF),
        )
        return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail=said.word.value)
    asked = CommandGiven(at=desk.at, source=source, said=said, unit=unit_of(desk, cycle, source.person))
    return Sorted(outcome=MailOutcome.COMMAND, facts=((cycle.key, asked),), detail=said.word.value)


def marked_document(desk: Desk) -> Sorted | None:
    """Is it a DOCX in answer to the draft or the review, without a word? Its owner passes it on, others correct."""
    cycle = matter(desk)
    document = enclosed(desk, _DOCX)
    kinds = {letter.kind for letter in desk.about}
    if cycle is None or not document or not kinds & {"draft", "review", "ratify"}:
        return None
    meant = Word.TERUSKAN if "draft" in kinds else Word.PERBAIKI
    said = Said(word=meant, remarks=desk.said.remarks)
    fact = VerdictGiven(
        at=desk.at,
        source=source_of(desk, speaker(desk, cycle)),
        said=said,
        about=desk.about[0].key,
        document_sha256=document,
    )
    return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail=meant.value)


def unreadable_file(desk: Desk) -> Sorted | None:
    """Did a unit send a file in place of the form that cannot be read as one?"""
    unread = next((one for one in desk.mail.forms if one.unreadable is not None), None)
    if unread is None or unread.unreadable is None:
        return None
    return _unreadable(desk, unread.unreadable, unread.file_name)


def cloud_link(desk: Desk) -> Sorted | None:
    """Does it point to a file in a cloud instead of carrying it?"""
    if not desk.mail.cloud_links:
        return None
    return _unreadable(desk, Unreadable.CLOUD_LINK, "")


def doubtful(desk: Desk) -> Sorted | None:
    """Does it sound like a decision without being one?"""
    cycle = matter(desk)
    if cycle is None or not desk.said.unclear:
        return None
    fact = AnswerUnclear(at=desk.at, source=source_of(desk, desk.people[0]), said=desk.said)
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),))


def anything_else(desk: Desk) -> Sorted | None:
    """A known person wrote something we can do nothing with: it is answered, and listed for a human."""
    cycle = matter(desk)
    if cycle is None:
        return Sorted(outcome=MailOutcome.UNPLACED)
    fact = MailUnplaced(at=desk.at, source=source_of(desk, desk.people[0]))
    return Sorted(outcome=MailOutcome.UNPLACED, facts=((cycle.key, fact),))


def _form_fact(desk: Desk, form: ReadForm) -> tuple[str, Fact] | None:
    """Make the fact of one form; None where it is nobody's we know."""
    stamp = form.stamp if form.stamp is not None and form.stamp.valid else None
    person = desk.people[0] if desk.people else None
    cycle = next((one for one in desk.cycles if stamp is not None and one.key == stamp.cycle), None) or matter(desk)
    if cycle is None:
        return None
    asked = {one.unit for one in cycle.units}
    spoken_for = unit_of(desk, cycle, person)
    unit = stamp.unit if stamp is not None and stamp.unit in asked else spoken_for
    if person is None and stamp is not None:
        day = desk.office.calendar.local(desk.at).date()
        person = desk.office.roster.holder(Role.DIVISION_HEAD, day, stamp.unit)
        address = person.addresses[0] if person else ""
    else:
        address = desk.mail.sender
    if person is None:
        return None
    source = source_of(desk, person, address)
    foreign = person.unit is not None and unit != person.unit and person.role in {Role.DIVISION_HEAD, Role.SECTION_HEAD}
    reason = (
        form.unreadable or (Unreadable.WRONG_UNIT if foreign else None) or (None if unit else Unreadable.NOT_A_FORM)
    )
    if reason is not None:
        own_unit = person.unit if foreign and person.unit in asked else unit
        unread = UnreadableArrived(
            at=desk.at, source=source, unit=own_unit or "", reason=reason, file_name=form.file_name
        )
        return cycle.key, unread
    others = tuple(one.name for one in desk.mail.attachments if one.sha256 != form.file_sha256)
    arrived = FormArrived(
        at=desk.at,
        source=source,
        unit=unit,
        form=form,
        received_at=desk.mail.received_at,
        last=desk.last.get(cycle.key, {}),
        attached=others,
    )
    return cycle.key, arrived


def _unreadable(desk: Desk, reason: Unreadable, name: str) -> Sorted | None:
    """Answer something that came in place of a form, if the sender speaks for a unit."""
    cycle = matter(desk)
    if cycle is None:
        return None
    unit = unit_of(desk, cycle, desk.people[0])
    if not unit:
        return None
    fact = UnreadableArrived(
        at=desk.at, source=source_of(desk, desk.people[0]), unit=unit, reason=reason, file_name=name
    )
    return Sorted(outcome=MailOutcome.UNREADABLE, facts=((cycle.key, fact),), detail=reason.value)


QUESTIONS: tuple[Callable[[Desk], Sorted | None], ...] = (
    own,
    delivery_report,
    robot,
    form,
    stranger,
    word,
    marked_document,
    unreadable_file,
    cloud_link,
    doubtful,
    anything_else,
)
"""The questions, in the order they are asked."""
