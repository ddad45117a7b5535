"""The form that goes along with a reminder or a new deadline: with what its unit has filled in so far (row 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.form import FaultCode
from mailbot.core.model.letters import Enclosure, EnclosureKind
from mailbot.core.procedure.addressing import unproved_form

if TYPE_CHECKING:
    from mailbot.core.model.cycle import UnitForm
    from mailbot.core.model.form import Submission
    from mailbot.core.model.office import Office


def form_owed(form: UnitForm, office: Office) -> Enclosure:
    """Return the form that lies beside what is said of it: the one that went back, marked; else what was said so far.

    A blank one goes to whoever has sent nothing yet. One that nobody has vouched for, or that holds a NIK, is not sent
    on.
    """
    last = form.submissions[-1] if form.submissions else None
    went_back = form.state is UnitState.RETURNED and last is not None and not last.accepted
    if last is not None and went_back and form.waiting is None and _may_go_on(last, office):
        return Enclosure(kind=EnclosureKind.RETURNED_FORM, unit=form.unit, sha256=last.file_sha256)
    kind = EnclosureKind.FILLED_FORM if shown_figures(form, office) is not None else EnclosureKind.FORM
    return Enclosure(kind=kind, unit=form.unit)


def shown_figures(form: UnitForm | None, office: Office) -> Submission | None:
    """Return the figures that such a letter shows to a unit as its own so far, None where there are none."""
    if form is None:
        return None
    if form.waiting is not None:
        return form.waiting.read
    good = (sent for sent in reversed(form.submissions) if sent.accepted)
    own = (form.rival, form.counting, next(good, None))
    return next((sent for sent in own if sent is not None and _may_go_on(sent, office)), None)


def _may_go_on(sent: Submission, office: Office) -> bool:
    """Say whether a form may be sent to its unit's head, who may be another than its sender."""
    private = any(fault.code is FaultCode.PERSONAL_DATA for fault in sent.faults)
    return not private and not unproved_form(sent, office)
