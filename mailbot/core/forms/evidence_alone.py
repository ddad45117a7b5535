"""Evidence without a form: it is kept, and a form that waited for nothing else is judged anew (SOP row 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.forms.judging import blank_rows, only_blank
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import FaultCode, ReadForm, Severity
from mailbot.core.model.letters_in_answer import EvidenceKept
from mailbot.core.model.outcome import Outcome
from mailbot.core.procedure.addressing import in_answer, line, make_letter

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.facts import EvidenceArrived
    from mailbot.core.model.form import Submission
    from mailbot.core.model.office import Office


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


def evidence_joined(cycle: Cycle, fact: EvidenceArrived, office: Office) -> Outcome:
    """Keep evidence, and let a form that waited for nothing else go the way of every form once more."""
    kept = evidence_kept(cycle, fact, office)
    form = kept.cycle.form_of(fact.unit)
    if form is None or not waits_for_evidence(form):
        return kept
    return Outcome(cycle=kept.cycle, journal=kept.journal, becomes=_as_form(form.submissions[-1], fact))


def evidence_kept(cycle: Cycle, fact: EvidenceArrived, office: Office) -> Outcome:
    """Keep evidence, and say so; once the cycle is closed it is kept with its mail alone."""
    del office
    moved = cycle.with_evidence(fact.unit, fact.evidence)
    names = ", ".join(file.file_name for file in fact.evidence)
    actor, mail = fact.source.person.key, fact.source.mail_sha256[:16]
    note = line(fact.at, "evidence_kept", actor, fact.unit, files=names, mail=mail)
    about = EvidenceKept(file_name=names, unopened=", ".join(fact.unopened), shortcuts=", ".join(fact.shortcuts))
    letter = make_letter(about, cycle, in_answer(fact.source), fact.unit, mail, unit=fact.unit)
    return Outcome(cycle=moved, letters=(letter,), journal=(note,))


def _as_form(last: Submission, fact: EvidenceArrived) -> FormArrived:
    """Return the fact of the same form come once more, with the mail that brought the evidence."""
    notes = tuple(fault for fault in last.faults if fault.severity is Severity.NOTE)
    return FormArrived(
        at=fact.at,
        source=fact.source,
        unit=fact.unit,
        form=ReadForm(file_sha256=last.file_sha256, file_name=last.file_name, data=last.data, faults=notes),
        last=fact.last,
        evidence=fact.evidence,
    )
