"""What happens to a form that came back: accepted, taken in part, or returned with every fault (SOP rows 3 and 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.addressing import holder, in_answer, line, on_initiative
from mailbot.core.cycle import Cycle, UnitForm, UnitState
from mailbot.core.form import Severity, Submission, Unreadable
from mailbot.core.judging import blank_rows, differences, findings_of, joined, only_blank, wrong_form
from mailbot.core.letters import Enclosure, EnclosureKind, LetterKind
from mailbot.core.outcome import Outcome
from mailbot.core.people import Role
from mailbot.core.rows import advance
from mailbot.core.sop import Step

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.facts import FormArrived, Source, UnreadableArrived
    from mailbot.core.letters import Letter
    from mailbot.core.office import Office

OPEN_FOR_FORMS = frozenset({Step.INFORM, Step.REQUEST, Step.COLLECT, Step.CHECK})
"""Rows in which a form changes the unit's state; what comes later is kept, answered and shown to Subbag Program."""


def form_arrived(cycle: Cycle, fact: FormArrived, office: Office) -> Outcome:
    """Judge one form: a wrong one gets its own answer, any other is accepted, taken in part or returned."""
    form = cycle.unit(fact.unit)
    wrong = wrong_form(cycle, fact, office)
    if wrong is not None:
        return unusable(cycle, fact.source, fact.unit, wrong, fact.form.file_name, fact.at)
    if any(
        kept.file_sha256 == fact.form.file_sha256 and kept.message_id == fact.source.answers.message_id
        for kept in form.submissions
    ):
        return Outcome(cycle=cycle)
    data = joined(form, fact.form.data)
    findings = findings_of(cycle, fact, data, office)
    submission = Submission(
        number=form.attempts + 1,
        file_sha256=fact.form.file_sha256,
        file_name=fact.form.file_name,
        sender=fact.source.address,
        message_id=fact.source.answers.message_id,
        received_at=fact.received_at,
        data=data,
        faults=findings,
    )
    if cycle.step not in OPEN_FOR_FORMS:
        return _late(cycle, form, submission, fact, office)
    open_rows = blank_rows(data, findings)
    grave = [fault for fault in findings if fault.severity is not Severity.NOTE and not only_blank(fault, open_rows)]
    if grave:
        return _returned(cycle, form, submission, fact, office)
    if open_rows:
        return _partial(cycle, form, submission, fact, open_rows)
    return _accepted(cycle, form, submission, fact, office)


def unreadable_arrived(cycle: Cycle, fact: UnreadableArrived, office: Office) -> Outcome:
    """Answer what could not be read as a form, each reason in its own words."""
    del office
    return unusable(cycle, fact.source, fact.unit, fact.reason, fact.file_name, fact.at)


def unusable(cycle: Cycle, source: Source, unit: str, reason: Unreadable, file_name: str, at: datetime) -> Outcome:
    """Answer a file that does not count, with the form enclosed again; nothing of the cycle moves."""
    known = [form for form in cycle.units if form.unit == unit]
    answer = in_answer(
        LetterKind.UNREADABLE,
        source,
        cycle,
        unit=unit,
        due_at=known[0].due_at if known else None,
        about=(("reason", reason.value), ("file_name", file_name)),
        enclosures=(Enclosure(kind=EnclosureKind.FORM, unit=unit),) if known else (),
    )
    return Outcome(
        cycle=cycle,
        letters=(answer,),
        journal=(line(at, "form_unreadable", source.person.key, unit, reason=reason.value, file=file_name),),
    )


def replaced(cycle: Cycle, form: UnitForm) -> Cycle:
    """Return the cycle with that unit's part in place of its former one."""
    return replace(cycle, units=tuple(form if old.unit == form.unit else old for old in cycle.units))


def _returned(cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> Outcome:
    """Send the form back with every fault; a form accepted earlier keeps counting."""
    standing = form.state if form.counted else UnitState.RETURNED
    kept = replace(form, state=standing, submissions=(*form.submissions, submission))
    moved = replaced(cycle, kept)
    answer = in_answer(
        LetterKind.RETURNED,
        fact.source,
        cycle,
        fact.unit,
        submission.number,
        unit=fact.unit,
        due_at=form.due_at,
        submission=submission,
        faults=submission.faults,
        about=(("number", str(submission.number)),),
        enclosures=(Enclosure(kind=EnclosureKind.RETURNED_FORM, unit=fact.unit, sha256=submission.file_sha256),),
    )
    letters = (answer, *_help(moved, kept, submission, fact.at, office))
    note = line(
        fact.at,
        "form_returned",
        fact.source.person.key,
        fact.unit,
        number=str(submission.number),
        faults=",".join(sorted({fault.code.value for fault in submission.faults})),
        file=submission.file_sha256,
    )
    return advance(Outcome(cycle=moved, letters=letters, journal=(note,)), fact.at, office)


def _help(cycle: Cycle, form: UnitForm, submission: Submission, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Ask a person of Subbag Program to help once a form has gone back too often, with the history."""
    planning = holder(Role.PLANNING, office, at)
    if planning is None or form.returned != office.policy.help_after_returns:
        return ()
    history = tuple(
        f"{kept.number}|{kept.received_at.isoformat()}|{kept.sender}|{len(kept.faults)}" for kept in form.submissions
    )
    return (
        on_initiative(
            LetterKind.HELP_WANTED,
            planning,
            office,
            cycle,
            at,
            form.unit,
            submission.number,
            unit=form.unit,
            due_at=form.due_at,
            submission=submission,
            faults=submission.faults,
            remarks=history,
            enclosures=(Enclosure(kind=EnclosureKind.RETURNED_FORM, unit=form.unit, sha256=submission.file_sha256),),
        ),
    )


def _partial(
    cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, open_rows: tuple[str, ...]
) -> Outcome:
    """Take what is there and say what is still open."""
    taken = replace(submission, accepted=True)
    standing = form.state if form.state is UnitState.ACCEPTED else UnitState.PARTIAL
    counted = form.counted if standing is UnitState.ACCEPTED else taken.number
    kept = replace(form, state=standing, submissions=(*form.submissions, taken), counted=counted)
    total = len(taken.data.codes | set(open_rows))
    answer = in_answer(
        LetterKind.PARTIAL,
        fact.source,
        cycle,
        fact.unit,
        taken.number,
        unit=fact.unit,
        due_at=form.due_at,
        submission=taken,
        faults=tuple(fault for fault in submission.faults if not only_blank(fault, open_rows)),
        remarks=open_rows,
        about=(("count", str(total - len(open_rows))), ("total", str(total))),
        enclosures=(Enclosure(kind=EnclosureKind.FORM, unit=fact.unit),),
    )
    note = line(
        fact.at, "form_partial", fact.source.person.key, fact.unit, number=str(taken.number), open=",".join(open_rows)
    )
    return Outcome(cycle=replaced(cycle, kept), letters=(answer,), journal=(note,))


def _accepted(cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> Outcome:
    """Accept the form; it counts from now on, and the receipt repeats every figure as it was read."""
    taken = replace(submission, accepted=True)
    before = form.counting
    kept = replace(
        form,
        state=UnitState.ACCEPTED,
        submissions=(*form.submissions, taken),
        counted=taken.number,
        accepted_at=fact.at,
    )
    moved = replaced(cycle, kept)
    answer = in_answer(
        LetterKind.RECEIPT,
        fact.source,
        cycle,
        fact.unit,
        taken.number,
        unit=fact.unit,
        due_at=office.calendar.add_days(fact.at, office.policy.correction_days),
        submission=taken,
        faults=taken.faults,
        remarks=differences(before, taken) if before is not None else (),
        about=(("number", str(taken.number)),),
    )
    note = line(
        fact.at,
        "form_accepted",
        fact.source.person.key,
        fact.unit,
        number=str(taken.number),
        file=taken.file_sha256,
        proof=fact.source.proof.value,
    )
    return advance(Outcome(cycle=moved, letters=(answer,), journal=(note,)), fact.at, office)


def _late(cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> Outcome:
    """Keep a form that came after the lock, answer it, and tell Subbag Program; the figures stay as they are."""
    moved = replaced(cycle, replace(form, submissions=(*form.submissions, submission)))
    answer = in_answer(
        LetterKind.LATE, fact.source, cycle, fact.unit, submission.number, unit=fact.unit, submission=submission
    )
    planning = holder(Role.PLANNING, office, fact.at)
    told: tuple[Letter, ...] = ()
    if planning is not None:
        changes = differences(form.counting, submission) if form.counting else ()
        told = (
            on_initiative(
                LetterKind.LATE,
                planning,
                office,
                cycle,
                fact.at,
                fact.unit,
                submission.number,
                planning.key,
                unit=fact.unit,
                submission=submission,
                remarks=changes,
            ),
        )
    note = line(fact.at, "form_late", fact.source.person.key, fact.unit, number=str(submission.number))
    return Outcome(cycle=moved, letters=(answer, *told), journal=(note,))
