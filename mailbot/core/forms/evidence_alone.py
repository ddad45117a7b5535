"""Evidence without a form: how it is known, that it is kept, and that a form waiting for it is judged anew (row 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.form_arrived import OPEN_FOR_FORMS, form_arrived
from mailbot.core.forms.judging import blank_rows, only_blank
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.evidence import MEANT_AS_FORM, evidence_in
from mailbot.core.model.facts import EvidenceArrived, FormArrived
from mailbot.core.model.form import FaultCode, ReadForm, Severity
from mailbot.core.model.letters_in_answer import EvidenceKept
from mailbot.core.model.outcome import MailOutcome, Outcome
from mailbot.core.procedure.addressing import in_answer, line
from mailbot.core.procedure.word_asked import matter_of
from mailbot.core.sorting.lines_in import lines_read_again
from mailbot.core.sorting.placing import OF_A_UNIT, Desk, Sorted, matter, source_of, speaker, unit_of

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.form import Submission
    from mailbot.core.model.office import Office


def evidence_alone(desk: Desk) -> Sorted | None:
    """Did a unit send evidence, and no form, where its form is there or its lines wait to be confirmed?"""
    cycle = matter(desk)
    form = cycle.form_of(unit_of(desk, cycle)) if cycle is not None else None
    sent = evidence_in(desk.mail)
    unread = {one.unreadable for one in desk.mail.forms}
    if cycle is None or form is None or cycle.closed or not sent or not unread or unread & MEANT_AS_FORM:
        return None
    if desk.about and matter_of(desk.about[0].key) is not None:
        return None
    person = speaker(desk, cycle, lambda one: 0 if one.unit == form.unit and one.role in OF_A_UNIT else 1)
    if person.unit != form.unit or person.role not in OF_A_UNIT:
        return None
    if form.waiting is not None:
        return replace(lines_read_again(desk, cycle, form.unit), outcome=MailOutcome.EVIDENCE)
    if not (waits_for_evidence(form) or form.state is UnitState.ACCEPTED):
        return None
    fact = EvidenceArrived(
        at=desk.at,
        source=source_of(desk, person),
        unit=form.unit,
        received_at=desk.mail.received_at,
        last=desk.last.get(cycle.key, {}),
        evidence=sent,
    )
    return Sorted(outcome=MailOutcome.EVIDENCE, facts=((cycle.key, fact),))


def waits_for_evidence(form: UnitForm) -> bool:
    """Say whether the newest form of a unit went back for nothing but evidence that was not attached."""
    last = form.submissions[-1] if form.submissions else None
    if last is None or last.accepted:
        return False
    open_rows = blank_rows(last.data, last.faults)
    grave = {
        fault.code for fault in last.faults if fault.severity is not Severity.NOTE and not only_blank(fault, open_rows)
    }
    return grave == {FaultCode.EVIDENCE_NOT_ATTACHED}


def evidence_arrived(cycle: Cycle, fact: EvidenceArrived, office: Office) -> Outcome:
    """Keep what came; let the form that waited for it go the way of every form, or else say that it is kept."""
    moved = cycle.with_evidence(fact.unit, fact.evidence)
    form = moved.form_of(fact.unit)
    names = ", ".join(one.file_name for one in fact.evidence)
    actor, mail = fact.source.person.key, fact.source.mail_sha256[:16]
    note = line(fact.at, "evidence_kept", actor, fact.unit, files=names, mail=mail)
    if form is not None and cycle.step in OPEN_FOR_FORMS and not cycle.closed and waits_for_evidence(form):
        judged = form_arrived(moved, _as_form(form.submissions[-1], fact), office)
        return Outcome(cycle=judged.cycle, letters=judged.letters, journal=(note, *judged.journal))
    letter = in_answer(EvidenceKept(file_name=names), fact.source, cycle, fact.unit, mail, unit=fact.unit)
    return Outcome(cycle=moved, letters=(letter,), journal=(note,))


def _as_form(last: Submission, fact: EvidenceArrived) -> FormArrived:
    """Return the fact of the same form come once more, with the mail that brought the evidence."""
    notes = tuple(fault for fault in last.faults if fault.severity is Severity.NOTE)
    return FormArrived(
        at=fact.at,
        source=fact.source,
        unit=fact.unit,
        form=ReadForm(file_sha256=last.file_sha256, file_name=last.file_name, data=last.data, faults=notes),
        received_at=fact.received_at,
        last=fact.last,
        evidence=fact.evidence,
    )
