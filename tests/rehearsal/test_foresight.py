"""What is foreseen is what would happen: the same deadlines as the daemon's, nobody chased who answers, and the end."""

from __future__ import annotations

from datetime import datetime

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.sop import Step
from mailbot.rehearsal.foresight.answering import Answering
from mailbot.rehearsal.foresight.foreseeing import Future, foresee
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder

SETTINGS = load(sample_folder(), {})
CALENDAR = SETTINGS.office().calendar
CHASES = {LetterKind.REMINDER, LetterKind.REMINDER_TODAY, LetterKind.ESCALATION}


def _played(answering: Answering) -> Future:
    """Return the quarter's future; its row 1 has no day of its own."""
    return foresee(SETTINGS, (SETTINGS.office().plan("2026-tw1"),), answering)


def _local(moment: datetime | None) -> str:
    """Return a moment by the office's clock."""
    return f"{CALENDAR.local(moment):%a %d %b %H.%M}" if moment is not None else ""


def test_where_nobody_answers_requests_leave_when_the_office_opens_and_their_deadline_is_counted_from_then() -> None:
    """Row 1 ends on its first evening, in silence; two days from Thursday, over Good Friday, end on Tuesday."""
    future = _played(Answering.NOBODY)
    requests = [mail for mail in future.mails if mail.letter.kind is LetterKind.REQUEST]
    assert {(_local(mail.at), _local(mail.letter.due_at)) for mail in requests} == {
        ("Thu 02 Apr 07.30", "Tue 07 Apr 16.00")
    }
    (cycle,) = future.cycles
    assert (cycle.step, cycle.closed) == (Step.COLLECT, False)
    assert {form.first_due_at for form in cycle.units} == {mail.letter.due_at for mail in requests}
    chased = {mail.letter.to for mail in future.mails if mail.letter.kind in CHASES}
    assert {mail.letter.to for mail in requests} <= chased
    assert all(CALENDAR.in_office_hours(mail.at) for mail in future.mails)


def test_where_everybody_answers_the_report_arrives_and_the_cycle_closes() -> None:
    """Every row is gone through, each in no more time than it has."""
    (cycle,) = _played(Answering.AT_ONCE).cycles
    assert cycle.closed
    assert [step for step, *_ in cycle.rows_done] == list(Step)
    assert all(left_at <= due_at for _, _, due_at, left_at in cycle.rows_done)
