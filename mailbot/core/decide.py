"""The one place where a reporting cycle moves (R1): a fact goes in, the new cycle, letters and journal lines come out.

Rules that hold for every case:
- the same cycle and the same fact always give the same outcome; the time stands in the fact (R4);
- a fact that does not fit the row changes nothing, and is answered;
- a closed cycle never moves again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from mailbot.core.chasing.absences import absence_noticed
from mailbot.core.chasing.reminders import remind
from mailbot.core.chasing.undelivered import letter_undelivered
from mailbot.core.forms.evidence_alone import evidence_arrived
from mailbot.core.forms.form_arrived import form_arrived
from mailbot.core.forms.lines import lines_answered, lines_arrived
from mailbot.core.forms.unusable import unreadable_arrived
from mailbot.core.model.facts import (
    AbsenceNoticed,
    AnswerUnclear,
    CommandGiven,
    CycleOpened,
    DraftCompiled,
    DraftEdited,
    EvidenceArrived,
    FormArrived,
    LetterUndelivered,
    LinesAnswered,
    LinesArrived,
    MailUnplaced,
    TimePassed,
    UnreadableArrived,
    VerdictGiven,
)
from mailbot.core.model.letters_in_answer import Unclear, Unplaced
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.sop import Step
from mailbot.core.orders.commands import command_given
from mailbot.core.orders.draft_edited import draft_edited
from mailbot.core.orders.verdicts import verdict_given
from mailbot.core.procedure.addressing import line
from mailbot.core.procedure.answering import answered
from mailbot.core.procedure.row_beginnings import draft_letter
from mailbot.core.procedure.rows import advance, enter, opened, then
from mailbot.core.procedure.word_asked import current

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.office import Office


def decide(cycle: Cycle | None, fact: Fact, office: Office) -> Outcome:
    """Decide one fact.

    Args:
        cycle: the cycle the fact is about; None only for `CycleOpened`.
        fact: what happened.
        office: the office's frozen knowledge.

    Raises:
        ValueError: a fact other than `CycleOpened` came without a cycle; a fault of the program.
        KeyError: a cycle was opened that `cycles.yaml` does not name; a fault of the program.
    """
    if cycle is None:
        if isinstance(fact, CycleOpened):
            return opened(fact.cycle, fact.at, office)
        message = f"{type(fact).__name__} needs a cycle"
        raise ValueError(message)
    return _decided(cycle, fact, office)


def _decided(cycle: Cycle, fact: Fact, office: Office) -> Outcome:
    """Send each fact to where it is decided."""
    match fact:
        case CycleOpened():
            return Outcome(cycle=cycle)
        case TimePassed():
            return _time_passed(cycle, fact, office)
        case FormArrived():
            return form_arrived(cycle, fact, office)
        case LinesArrived():
            return lines_arrived(cycle, fact, office)
        case LinesAnswered():
            return lines_answered(cycle, fact, office)
        case EvidenceArrived():
            return evidence_arrived(cycle, fact, office)
        case UnreadableArrived():
            return unreadable_arrived(cycle, fact)
        case VerdictGiven():
            return verdict_given(cycle, fact, office)
        case DraftEdited():
            return draft_edited(cycle, fact, office)
        case CommandGiven():
            return command_given(cycle, fact, office)
        case AnswerUnclear():
            return _unclear(cycle, fact)
        case MailUnplaced():
            return answered(Unplaced(), cycle, fact.source, fact.at)
        case LetterUndelivered():
            return letter_undelivered(cycle, fact, office)
        case AbsenceNoticed():
            return absence_noticed(cycle, fact, office)
        case DraftCompiled():
            return _compiled(cycle, fact, office)
        case _ as never:
            assert_never(never)


def _time_passed(cycle: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """Go on where time or sending ends a row, and remind whoever owes something."""
    if cycle.closed:
        return Outcome(cycle=cycle)
    return remind(advance(Outcome(cycle=cycle), fact.at, office, unsent=fact.unsent), fact.at, office)


def _compiled(cycle: Cycle, fact: DraftCompiled, office: Office) -> Outcome:
    """Row 6: the wanted version is there; it goes to Subbag Program, or on if they had already passed it on."""
    draft = cycle.draft
    if draft is None or draft.version != fact.version or draft.compiled_at is not None or cycle.step is not Step.DRAFT:
        return Outcome(cycle=cycle)
    made = replace(draft, docx_sha256=fact.docx_sha256, pdf_sha256=fact.pdf_sha256, compiled_at=fact.at)
    moved = replace(cycle, draft=made)
    note = line(fact.at, "draft_compiled", version=str(fact.version), docx=fact.docx_sha256, pdf=fact.pdf_sha256)
    compiled = Outcome(cycle=moved, journal=(note,))
    if made.passed_on:
        return then(compiled, enter(moved, Step.REVIEW, fact.at, office))
    return replace(compiled, letters=draft_letter(moved, fact.at, office))


def _unclear(cycle: Cycle, fact: AnswerUnclear) -> Outcome:
    """Ask for the exact word; the question itself may be answered with it."""
    return answered(
        Unclear(reason=fact.reason),
        cycle,
        fact.source,
        fact.at,
        remarks=fact.said.remarks,
        bound=current(cycle, fact.about),
    )
