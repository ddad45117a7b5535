"""Forms that nobody vouches for wait for the word of their unit's head: who sent them is named, nothing of them counts.

So do forms from an address that is on nobody's list, and forms that are not proved where they would change what counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.judging import differences, says_otherwise
from mailbot.core.language.nik import masked, masked_data, masked_fault
from mailbot.core.model.cycle import WaitingForm, answer_by
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import ReadForm, Submission
from mailbot.core.model.letters_in_answer import FormWaits
from mailbot.core.model.letters_of_rows import Conflict
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role, unlisted
from mailbot.core.procedure.addressing import holder, in_answer, line, make_letter, on_initiative, unproved

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office


def would_change(form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> bool:
    """Say whether a form that is not proved says anything else than the one that counts."""
    return unproved(fact.source, office) and says_otherwise(form, submission)


def form_waits(cycle: Cycle, form: UnitForm, fact: FormArrived, office: Office) -> Outcome:
    """Keep a form apart until the unit's head has said BENAR to it; its sender hears once that it waits.

    A newer form of the same sender takes the place of his former one; the very same file is known already.
    """
    source = author(fact)
    sender = source.address
    if any(
        kept.read.sender == sender and kept.read.file_sha256 == fact.form.file_sha256 for kept in form.waiting_forms
    ):
        return Outcome(cycle=cycle)
    number = form.forms_asked + 1
    read = Submission(
        number=number,
        file_sha256=fact.form.file_sha256,
        file_name=masked(fact.form.file_name),
        sender=sender,
        message_id=source.answers.message_id,
        received_at=fact.received_at,
        data=masked_data(fact.form.data),
        faults=tuple(map(masked_fault, fact.form.faults)),
        proof=source.proof,
    )
    day = office.calendar.local(fact.received_at).date()
    new = WaitingForm(read=read, evidence=fact.evidence, listed=bool(office.roster.senders(sender, day)))
    others = tuple(kept for kept in form.waiting_forms if kept.read.sender != sender)
    moved = cycle.with_unit(replace(form, waiting_forms=(*others, new), forms_asked=number))
    note = line(
        fact.at,
        "form_waits",
        source.person.key,
        form.unit,
        number=str(number),
        file=read.file_sha256,
        sender=sender,
        proof=source.proof.value,
    )
    letters = (*_head_asked(moved, form, new, fact, office), *_sender_told(moved, form, new, source, fact, office))
    return Outcome(cycle=moved, letters=letters, journal=(note,))


def author(fact: FormArrived) -> Source:
    """Return the source of a form as whoever wrote it: an address that is on nobody's list is nobody's but its own."""
    if fact.sent_from in {"", fact.source.address}:
        return fact.source
    person = unlisted(fact.sent_from, fact.unit)
    return replace(fact.source, address=fact.sent_from, person=person)


def _head_asked(
    cycle: Cycle, form: UnitForm, new: WaitingForm, fact: FormArrived, office: Office
) -> tuple[Letter, ...]:
    """Show the unit's head who sent a form and what it says, and ask for BENAR; his word is about that form alone."""
    head = holder(Role.DIVISION_HEAD, office, fact.at, form.unit)
    if head is None:
        return ()
    standing = form.counting
    about = Conflict(
        first=office.roster.named(standing.sender) if standing is not None else "",
        second=office.roster.named(new.read.sender) if new.listed else new.read.sender,
        listed=new.listed,
        proved=new.read.proof is None or new.read.proof.holds,
        failed=new.read.proof is Proof.FAILED,
    )
    letter = make_letter(
        about,
        cycle,
        on_initiative(head, office, fact.at),
        form.unit,
        "waits",
        new.read.number,
        unit=form.unit,
        due_at=answer_by(cycle, form, fact.at, office),
        submission=new.read,
        changes=differences(standing, new.read) if standing is not None else (),
        number=new.read.number,
    )
    return (letter,)


def _sender_told(
    cycle: Cycle, form: UnitForm, new: WaitingForm, source: Source, fact: FormArrived, office: Office
) -> tuple[Letter, ...]:
    """Tell the sender once that his form waits; the head himself is asked, and needs no second letter."""
    head = holder(Role.DIVISION_HEAD, office, fact.at, form.unit)
    if head is not None and head.owns(source.address):
        return ()
    about = FormWaits(listed=new.listed)
    return (make_letter(about, cycle, in_answer(source), form.unit, source.address, unit=form.unit),)


def confirmed(cycle: Cycle, form: UnitForm, waiting: WaitingForm, fact: CommandGiven) -> Outcome:
    """Let a form that waited go the way of every form, at its head's word; an unlisted sender is admitted with it."""
    admitted = form.admitted if waiting.listed else (*form.admitted, waiting.read.sender.casefold())
    kept = replace(
        form,
        waiting_forms=tuple(other for other in form.waiting_forms if other != waiting),
        admitted=tuple(dict.fromkeys(admitted)),
    )
    read = waiting.read
    became = FormArrived(
        at=fact.at,
        source=fact.source,
        unit=form.unit,
        form=ReadForm(file_sha256=read.file_sha256, file_name=read.file_name, data=read.data, faults=read.faults),
        last=fact.last,
        evidence=waiting.evidence,
        written_by=read.sender,
    )
    note = line(
        fact.at,
        "form_vouched_for",
        fact.source.person.key,
        form.unit,
        number=str(read.number),
        file=read.file_sha256,
        sender=read.sender,
        proof=fact.source.proof.value,
    )
    return Outcome(cycle=cycle.with_unit(kept), journal=(note,), becomes=became)
