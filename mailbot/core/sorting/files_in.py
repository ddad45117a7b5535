"""Files a mail brings without a form: evidence, or what came in place of one: unreadable, a link, nothing at all."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.evidence_alone import waits_for_evidence
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.facts import AnswerUnclear, EvidenceArrived, UnreadableArrived
from mailbot.core.model.letters import Reason
from mailbot.core.model.mail import MAY_BE_EVIDENCE, MEANT_AS_FORM, evidence_in, shortcuts_in
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.procedure.table import forms_count
from mailbot.core.sorting.free_text import in_turn
from mailbot.core.sorting.lines_in import lines_read_again
from mailbot.core.sorting.placing import (
    OF_A_UNIT,
    Sorted,
    cycle_meant,
    source_of,
    speaker,
    speaks_for,
    unit_of,
    word_wanted,
)

if TYPE_CHECKING:
    from mailbot.core.sorting.placing import Desk

_SENDS_FORMS = OF_A_UNIT | {Role.PLANNING}
_EVIDENCE = MAY_BE_EVIDENCE | {Unreadable.CLOUD_LINK, Unreadable.NO_ATTACHMENT}
"""What need not be meant as a form: from a unit whose form is accepted it is evidence, or tells of it."""
_SAYS_ENCLOSED = re.compile(r"\b(?:ter|di|me)?lampir(?:an|kan)?\b", re.IGNORECASE)


def evidence_alone(desk: Desk) -> Sorted | None:
    """Did a unit send evidence, and no form, where its form is there or its lines wait to be confirmed?"""
    cycle = cycle_meant(desk)
    form = cycle.form_of(unit_of(desk, cycle)) if cycle is not None else None
    sent = evidence_in(desk.mail)
    unread = {file.unreadable for file in desk.mail.forms}
    if cycle is None or form is None or cycle.closed or not sent or not unread or unread & MEANT_AS_FORM:
        return None
    if desk.about and desk.about[0].asks is not None:
        return None
    person = speaker(desk, cycle, speaks_for(form.unit))
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
        last=desk.last.get(cycle.key, {}),
        evidence=sent,
        unopened=desk.mail.unopened,
        shortcuts=shortcuts_in(desk.mail),
    )
    return Sorted(outcome=MailOutcome.EVIDENCE, facts=((cycle.key, fact),))


def unreadable_file(desk: Desk) -> Sorted | None:
    """Did a unit send a file in place of the form that cannot be read as one?"""
    unread = [(file.unreadable, file.file_name) for file in desk.mail.forms if file.unreadable is not None]
    if not unread:
        return None
    reason, _ = min(unread, key=lambda file: file[0] not in MEANT_AS_FORM)
    return _in_place_of_form(desk, reason, ", ".join(name for why, name in unread if why is reason))


def file_called_form(desk: Desk) -> Sorted | None:
    """Does the word Form stand there for what came along, or should have, and not for the wish to be sent it?"""
    if desk.said.word is not Word.FORM:
        return None
    return evidence_alone(desk) or unreadable_file(desk) or cloud_link(desk) or forgotten_file(desk)


def cloud_link(desk: Desk) -> Sorted | None:
    """Does it point to a file in a cloud instead of carrying it?"""
    return _in_place_of_form(desk, Unreadable.CLOUD_LINK, "") if desk.mail.cloud_links else None


def forgotten_file(desk: Desk) -> Sorted | None:
    """Does it speak of an enclosure, and carry none?"""
    if desk.mail.attachments or not _SAYS_ENCLOSED.search(desk.mail.own_words):
        return None
    return _in_place_of_form(desk, Unreadable.NO_ATTACHMENT, "")


def too_large_to_decide(desk: Desk) -> Sorted | None:
    """Is it from somebody whose word the row waits for? He is asked for the word in a mail that can be read."""
    cycle = cycle_meant(desk)
    person = in_turn(desk, cycle) if cycle is not None else None
    if cycle is None or person is None:
        return None
    source, about = source_of(desk, person), word_wanted(desk, cycle)
    fact = AnswerUnclear(at=desk.at, source=source, said=Said(), about=about, reason=Reason.TOO_LARGE)
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),), detail=Reason.TOO_LARGE.value)


def _in_place_of_form(desk: Desk, reason: Unreadable, name: str) -> Sorted | None:
    """Answer something that came in place of a form, if the sender owes one; evidence and reviews are no forms."""
    cycle = cycle_meant(desk)
    form = cycle.form_of(unit_of(desk, cycle)) if cycle is not None else None
    if cycle is None or form is None or not any(person.role in _SENDS_FORMS for person in desk.people):
        return None
    asked_for_word = bool(desk.about) and desk.about[0].asks is not None
    whole = form.state is UnitState.ACCEPTED or not forms_count(cycle)
    if asked_for_word or (whole and reason in _EVIDENCE):
        return None
    person = speaker(desk, cycle, speaks_for(form.unit))
    fact = UnreadableArrived(at=desk.at, source=source_of(desk, person), unit=form.unit, reason=reason, file_name=name)
    return Sorted(outcome=MailOutcome.UNREADABLE, facts=((cycle.key, fact),), detail=reason.value)
