"""What happens to a form that came back: accepted, taken in part, returned with every fault, or late (rows 3 and 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.checks import findings_of
from mailbot.core.forms.conflict import conflict_letters, conflicts
from mailbot.core.forms.helping import help_after_returns, help_with_same
from mailbot.core.forms.judging import blank_rows, differences, joined, only_blank, wrong_form
from mailbot.core.forms.known_explanations import taken_over
from mailbot.core.forms.locked_remarks import passed_on
from mailbot.core.forms.telling import head_told, writer_told
from mailbot.core.forms.unusable import late, past, too_late, unusable
from mailbot.core.forms.waiting_forms import author, form_waits, would_change
from mailbot.core.language.nik import masked_data
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState, mended_by
from mailbot.core.model.form import Severity, Submission
from mailbot.core.model.letters import Enclosure, EnclosureKind
from mailbot.core.model.letters_of_rows import Partial, Receipt, Returned
from mailbot.core.model.outcome import JournalLine, Outcome
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.procedure.addressing import in_answer, line, make_letter

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.model.facts import FormArrived
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office


def form_judged(cycle: Cycle, fact: FormArrived, office: Office) -> Outcome:
    """Judge a form: it is accepted, taken in part, or returned with every fault; one that contradicts waits."""
    return _if_right(cycle, fact, office, _judged, counts=True)


def form_late(cycle: Cycle, fact: FormArrived, office: Office) -> Outcome:
    """Keep a form that came after the lock, answer it, and tell Subbag Program; the figures stay as they are."""
    return _if_right(cycle, fact, office, late)


def form_too_late(cycle: Cycle, fact: FormArrived, office: Office) -> Outcome:
    """Keep a form that came when the draft had gone on; nobody can let it count any more, so it is told of daily."""
    return _if_right(cycle, fact, office, too_late)


def form_past(cycle: Cycle, fact: FormArrived, office: Office) -> Outcome:
    """Answer a form that came after the end like a late one; it is kept with its mail alone."""
    return _if_right(cycle, fact, office, past)


def _if_right(
    cycle: Cycle,
    fact: FormArrived,
    office: Office,
    go_on: Callable[[Cycle, UnitForm, Submission, FormArrived, Office], Outcome],
    *,
    counts: bool = False,
) -> Outcome:
    """Go on with a form that is the one that was asked; any other gets its own answer, and a known one none.

    Where it would count (`counts`) and nobody vouches for it, it waits.
    """
    form = cycle.form_of(fact.unit)
    if form is not None and _known(form, fact):
        return Outcome(cycle=cycle)
    wrong = wrong_form(cycle, fact, office) if form is not None else Unreadable.WRONG_UNIT
    if form is None or wrong is not None:
        reason = wrong or Unreadable.WRONG_UNIT
        answered = _unusable(cycle, fact, reason)
        return passed_on(answered, cycle, fact, office) if reason is Unreadable.REMARKS_ALONE else answered
    data = taken_over(joined(form, fact.form.data), cycle.period, office)
    findings = findings_of(cycle, fact, data, office)
    submission = Submission(
        number=form.attempts + 1,
        file_sha256=fact.form.file_sha256,
        file_name=fact.form.file_name,
        sender=fact.written_by or fact.sent_from or fact.source.address,
        message_id=fact.source.answers.message_id,
        received_at=fact.received_at,
        data=masked_data(data),
        faults=findings,
        proof=fact.source.proof,
    )
    if counts and _waits(form, submission, fact, office):
        return form_waits(cycle, form, fact, office)
    kept = cycle if fact.sent_from else cycle.with_evidence(fact.unit, fact.evidence)
    return go_on(kept, kept.unit(fact.unit), submission, fact, office)


def _unusable(cycle: Cycle, fact: FormArrived, reason: Unreadable) -> Outcome:
    """Answer a form that is not the one that was asked; an address on nobody's list gets no form of a unit."""
    if fact.sent_from:
        return unusable(cycle, author(fact), "", reason, fact.form.file_name, fact.at)
    kept = cycle.with_evidence(fact.unit, fact.evidence)
    return unusable(kept, fact.source, fact.unit, reason, fact.form.file_name, fact.at)


def _waits(form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> bool:
    """Say whether a form is to wait for its unit's head: nobody's, or not proved where it would change what counts.

    One that goes back, or is only a part beside a whole one, changes nothing.
    """
    if fact.sent_from:
        return True
    open_rows = blank_rows(submission.data, submission.faults)
    changes = not _grave(submission, open_rows) and (not open_rows or form.state is UnitState.PARTIAL)
    return changes and would_change(form, submission, fact, office)


def _grave(submission: Submission, open_rows: tuple[str, ...]) -> bool:
    """Say whether anything in a form is wrong; rows that are only still open are not."""
    return any(fault.severity is not Severity.NOTE and not only_blank(fault, open_rows) for fault in submission.faults)


def _judged(cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> Outcome:
    """Say what becomes of a form while forms count."""
    open_rows = blank_rows(submission.data, submission.faults)
    if _grave(submission, open_rows):
        return passed_on(_returned(cycle, form, submission, fact, office), cycle, fact, office)
    if open_rows:
        return passed_on(_partial(cycle, form, submission, fact, open_rows, office), cycle, fact, office)
    if conflicts(form, submission, fact, office):
        return _in_conflict(cycle, form, submission, fact, office)
    return _accepted(cycle, form, submission, fact, office)


def _known(form: UnitForm, fact: FormArrived) -> bool:
    """Say whether this very file of this very mail has been judged (it was attached twice)."""
    message_id = fact.source.answers.message_id
    return bool(message_id) and any(
        kept.file_sha256 == fact.form.file_sha256 and kept.message_id == message_id for kept in form.submissions
    )


def _returned(cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> Outcome:
    """Send the form back with every fault and time to mend it; a form accepted earlier keeps counting."""
    due_at = mended_by(cycle, form, fact.at, fact.received_at, office)
    before = next((old for old in form.submissions if _as_it_was(old) == _as_it_was(submission)), None)
    if before is not None:
        return _same_again(cycle, form, before, due_at, fact, office)
    kept = form.with_submission(submission)
    if form.state is not UnitState.ACCEPTED:
        kept = replace(kept, due_at=due_at, state=form.state if form.counted else UnitState.RETURNED)
    moved = cycle.with_unit(kept)
    answer = make_letter(
        Returned(number=submission.number),
        cycle,
        in_answer(fact.source),
        fact.unit,
        submission.number,
        unit=fact.unit,
        due_at=due_at if due_at > fact.at else None,
        submission=submission,
        faults=submission.faults,
        enclosures=(Enclosure(kind=EnclosureKind.RETURNED_FORM, unit=fact.unit, sha256=submission.file_sha256),),
    )
    helped = help_after_returns(moved, kept, fact.at, office)
    letters = (answer, *helped)
    note = line(
        fact.at,
        "form_returned",
        fact.source.person.key,
        fact.unit,
        number=str(submission.number),
        faults=",".join(sorted({fault.code.value for fault in submission.faults})),
        file=submission.file_sha256,
    )
    return Outcome(cycle=moved, letters=letters, journal=(note,), done=True)


def _as_it_was(form: Submission) -> tuple[object, ...]:
    """Return what makes two forms that go back the same one, whatever file they came in."""
    return form.data, form.faults, form.proof


def _same_again(
    cycle: Cycle, form: UnitForm, before: Submission, due_at: datetime, fact: FormArrived, office: Office
) -> Outcome:
    """Answer a faulty form that went back before and comes once more, saved anew or not: it is no new try."""
    answer = make_letter(
        Returned(number=before.number, again=True),
        cycle,
        in_answer(fact.source),
        fact.unit,
        before.number,
        fact.source.mail_sha256[:16],
        unit=fact.unit,
        due_at=due_at if due_at > fact.at else None,
        submission=before,
        faults=before.faults,
        enclosures=(Enclosure(kind=EnclosureKind.RETURNED_FORM, unit=fact.unit, sha256=before.file_sha256),),
    )
    note = line(fact.at, "form_same", fact.source.person.key, fact.unit, number=str(before.number))
    letters = (answer, *help_with_same(cycle, form, before.number, fact.at, office))
    return Outcome(cycle=cycle, letters=letters, journal=(note,))


def _partial(
    cycle: Cycle,
    form: UnitForm,
    submission: Submission,
    fact: FormArrived,
    open_rows: tuple[str, ...],
    office: Office,
) -> Outcome:
    """Take what is there and say what is still open; beside a whole form that counts, a part changes nothing."""
    rest_by = mended_by(cycle, form, fact.at, fact.received_at, office)
    whole = form.state is UnitState.ACCEPTED
    taken = submission if whole else replace(submission, accepted=True)
    kept = form.with_submission(taken)
    if not whole:
        kept = replace(kept, due_at=rest_by, state=UnitState.PARTIAL, counted=taken.number)
    total = len(taken.data.codes | set(open_rows))
    answer = make_letter(
        Partial(count=total - len(open_rows), total=total),
        cycle,
        in_answer(fact.source),
        fact.unit,
        taken.number,
        unit=fact.unit,
        due_at=rest_by if rest_by > fact.at else None,
        submission=taken,
        faults=tuple(fault for fault in submission.faults if not only_blank(fault, open_rows)),
        open_rows=open_rows,
        enclosures=(Enclosure(kind=EnclosureKind.FORM, unit=fact.unit),),
    )
    note = line(
        fact.at,
        "form_partial",
        fact.source.person.key,
        fact.unit,
        number=str(taken.number),
        open=",".join(open_rows),
        file=taken.file_sha256,
    )
    return Outcome(cycle=cycle.with_unit(kept), letters=(answer,), journal=(note,), done=True)


def _accepted(cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> Outcome:
    """Accept the form; it counts from now on, and the receipt repeats every figure as it was read."""
    taken = replace(submission, accepted=True)
    kept = form.with_submission(taken).accepting(taken, fact.at)
    moved = cycle.with_unit(kept)
    receipt = _receipt(moved, form, taken, fact, office)
    letters = (receipt, *head_told(receipt, fact.source, fact.at, office), *writer_told(receipt, fact, office))
    note = _came(fact, taken, "form_accepted")
    return Outcome(cycle=moved, letters=letters, journal=(note,), done=True)


def _in_conflict(cycle: Cycle, form: UnitForm, submission: Submission, fact: FormArrived, office: Office) -> Outcome:
    """Keep a whole form that contradicts a colleague's: its sender hears that it waits, the head is asked.

    Where the head himself would get the receipt, for the sender is nobody we know, he is asked alone.
    """
    taken = replace(submission, accepted=True)
    moved = cycle.with_unit(form.with_submission(taken))
    receipt = _receipt(moved, form, taken, fact, office)
    asked = conflict_letters(moved, form, taken, fact, office)
    waits = replace(receipt, about=Receipt(number=taken.number, waits=True))
    answer = () if receipt.to in {letter.to for letter in asked} else (waits,)
    return Outcome(cycle=moved, letters=(*answer, *asked), journal=(_came(fact, taken, "form_conflict"),))


def _receipt(cycle: Cycle, form: UnitForm, taken: Submission, fact: FormArrived, office: Office) -> Letter:
    """Return the receipt: every figure as read, what changed, and until when SALAH opens the form again."""
    before = form.former
    return make_letter(
        Receipt(number=taken.number, sender=office.roster.named(fact.written_by)),
        cycle,
        in_answer(fact.source),
        fact.unit,
        taken.number,
        unit=fact.unit,
        due_at=office.calendar.add_days(fact.at, office.policy.correction_days),
        submission=taken,
        faults=taken.faults,
        changes=differences(before, taken) if before is not None else (),
    )


def _came(fact: FormArrived, taken: Submission, event: str) -> JournalLine:
    """Write down a whole form that came."""
    return line(
        fact.at,
        event,
        fact.source.person.key,
        fact.unit,
        number=str(taken.number),
        file=taken.file_sha256,
        sender=taken.sender,
        proof=fact.source.proof.value,
    )
