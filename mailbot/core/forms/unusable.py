"""Forms that change no figure: unreadable, not the one that was asked, or too late; each is answered (SOP row 3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.judging import differences
from mailbot.core.forms.waiting_forms import author
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.form import Submission
from mailbot.core.model.letters import Enclosure, EnclosureKind
from mailbot.core.model.letters_of_rows import Late, UnreadableFile
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.procedure.addressing import holder, in_answer, line, make_letter, on_initiative

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.facts import FormArrived, UnreadableArrived
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office


_OF_ANOTHER_CYCLE = frozenset({Unreadable.WRONG_CYCLE, Unreadable.FORMER_CYCLE})
"""Before this cycle has asked the unit for anything, its form is not the way out: it comes with the request."""


def unreadable_arrived(cycle: Cycle, fact: UnreadableArrived, office: Office) -> Outcome:
    """Answer what could not be read as a form, each reason in its own words; it may be evidence, and is kept."""
    del office
    return unusable(
        cycle.with_evidence(fact.unit, fact.evidence), fact.source, fact.unit, fact.reason, fact.file_name, fact.at
    )


def unusable(cycle: Cycle, source: Source, unit: str, reason: Unreadable, file_name: str, at: datetime) -> Outcome:
    """Answer a file that does not count, with the form enclosed again; no figure moves."""
    form = cycle.form_of(unit)
    owes = form is not None and form.state is not UnitState.ACCEPTED
    asked = form is not None and (form.due_at is not None or reason not in _OF_ANOTHER_CYCLE)
    ahead = form is not None and owes and form.due_at is not None and form.due_at > at
    answer = make_letter(
        UnreadableFile(reason=reason, file_name=file_name),
        cycle,
        in_answer(source),
        source.mail_sha256[:16],
        reason.value,
        unit=form.unit if form else "",
        due_at=form.due_at if form is not None and ahead else None,
        enclosures=(Enclosure(kind=EnclosureKind.FORM, unit=unit),) if asked else (),
    )
    note = line(at, "form_unreadable", source.person.key, unit, reason=reason.value, file=file_name)
    return Outcome(cycle=cycle, letters=(answer,), journal=(note,))


def late(cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> Outcome:
    """Keep a form that came after the lock, answer it, and tell Subbag Program; the figures stay as they are.

    One that is nobody's is kept with its mail alone.
    """
    kept = too_late(cycle, form, submission, fact, office)
    return replace(kept, letters=(*kept.letters, *_late_notice(cycle, form, submission, fact, office)))


def too_late(cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> Outcome:
    """Keep a form that can no longer count, and answer it."""
    answered = past(cycle, form, submission, fact, office)
    return answered if fact.sent_from else replace(answered, cycle=cycle.with_unit(form.with_submission(submission)))


def past(cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> Outcome:
    """Answer a form that came too late; it is kept with its mail alone. What it would change is written down."""
    del office
    mark = fact.source.mail_sha256[:16]
    answer = make_letter(Late(), cycle, in_answer(author(fact)), fact.unit, mark, unit=fact.unit, submission=submission)
    differs = ",".join(change.code for change in differences(form.counting, submission)) if form.counting else ""
    note = line(
        fact.at,
        "form_late",
        fact.source.person.key,
        fact.unit,
        file=submission.file_sha256,
        sender=submission.sender,
        proof=fact.source.proof.value,
        differs=differs,
    )
    return Outcome(cycle=cycle, letters=(answer,), journal=(note,))


def _late_notice(
    cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office
) -> tuple[Letter, ...]:
    """Show Subbag Program what a late form would change; they alone can open the unit's form again."""
    planning = holder(Role.PLANNING, office, fact.at)
    if planning is None:
        return ()
    letter = make_letter(
        Late(),
        cycle,
        on_initiative(planning, office, fact.at),
        fact.unit,
        fact.source.mail_sha256[:16],
        planning.key,
        unit=fact.unit,
        submission=submission,
        changes=differences(form.counting, submission) if form.counting else (),
    )
    return (letter,)
