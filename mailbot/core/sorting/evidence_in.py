"""Evidence that a mail brings without a form: whose it is, and which form or lines it belongs to (SOP rows 3 and 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.evidence_alone import waits_for_evidence
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.evidence import MEANT_AS_FORM, evidence_in
from mailbot.core.model.facts import EvidenceArrived
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.procedure.word_asked import matter_of
from mailbot.core.sorting.lines_in import lines_read_again
from mailbot.core.sorting.placing import OF_A_UNIT, Sorted, matter, source_of, speaker, unit_of

if TYPE_CHECKING:
    from mailbot.core.sorting.placing import Desk


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
