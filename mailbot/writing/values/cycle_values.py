"""What a letter can say of its cycle and its unit: whose move it is, every form's standing, the figures so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import whose
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.people import Person, Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.word_asked import waiting_word
from mailbot.core.report.analysis import analyse

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.form import Submission
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

Pair = tuple[str, str]

TURN_WORDS: dict[Step, tuple[str, ...]] = {
    Step.INFORM: ("SETUJU", "KEBERATAN"),
    Step.DRAFT: ("TERUSKAN",),
    Step.REVIEW: ("SETUJU", "PERBAIKI"),
    Step.RATIFY: ("DISAHKAN", "PERBAIKI"),
    Step.SUBMIT: ("DITERIMA",),
}
"""The words that decide a row, the consenting one first; rows that wait for forms have none."""

_TARGET_PCT = 100
_FORM_ROWS = frozenset({Step.REQUEST, Step.COLLECT, Step.CHECK})


def title(person: Person) -> str:
    """Return a post as printed, with Plt. or Plh. before it."""
    return f"{person.acting.value} {person.title}".strip()


def role_words(role: Role, office: Office, phrases: Phrases) -> str:
    """Return what a post of the SOP is called where no person is named; by the office's own name if there is one."""
    own = {Role.PLANNING: office.planning_unit, Role.PLANNING_BOARD: office.planning_board}.get(role)
    return own or phrases.word("role", role.value)


def standing_words(cycle: Cycle, office: Office, phrases: Phrases) -> str:
    """Return in a few words where a cycle stands, and what it waits for there in place of the row's word."""
    wanting = awaited(cycle, office)
    if wanting is not None:
        return phrases.word("awaited_at", wanting.value)
    return phrases.word("step", "closed" if cycle.closed else cycle.step.value)


def word_that_waits(cycle: Cycle, at: datetime, phrases: Phrases) -> str:
    """Return which word is noted and can still be taken back, with the moment from which it stands; empty: none."""
    word = waiting_word(cycle, at)
    return waiting_words(word.word, word.stands_at, phrases) if word is not None else ""


def waiting_words(word: str, stands_at: datetime | None, phrases: Phrases) -> str:
    """Return a word with the moment from which it stands; empty where none waits."""
    return phrases.word("word_waits").format(word=word, moment=phrases.moment(stands_at)) if stands_at else ""


def accepted_count(cycle: Cycle) -> int:
    """Return how many units' forms are accepted."""
    return sum(form.state is UnitState.ACCEPTED for form in cycle.units)


def standings(cycle: Cycle, office: Office, phrases: Phrases, told_at: datetime) -> tuple[dict[str, object], ...]:
    """Return the status table, every unit's line."""
    return tuple(standing(form, office, phrases, told_at) for form in cycle.units)


def standing(form: UnitForm, office: Office, phrases: Phrases, told_at: datetime) -> dict[str, object]:
    """Return one unit's line of the status table."""
    waits = "; " + phrases.word("lines_wait") if form.waiting is not None else ""
    return {
        "name": office.roster.unit(form.unit).name,
        "state": phrases.word("unit_state", form.state.value) + waits,
        "open": form.state is not UnitState.ACCEPTED,
        "due": phrases.short_deadline(form.due_at, told_at) if form.due_at else "",
        "since": phrases.short_date(form.accepted_at) if form.accepted_at else "",
    }


def asked(cycle: Cycle, office: Office) -> tuple[dict[str, object], ...]:
    """Return what each unit is asked for, in numbers."""
    return tuple(
        {
            "name": office.roster.unit(form.unit).name,
            "indicators": len(office.asked_indicators(form.unit, cycle.period)),
            "budget": len(office.asked_budget(form.unit, cycle.period)),
        }
        for form in cycle.units
    )


def step_due(cycle: Cycle, at: datetime, phrases: Phrases) -> str:
    """Return the deadline of the present row, as it is told at a moment; empty once the cycle is closed."""
    return "" if cycle.closed else phrases.deadline(cycle.due_at, at)


def whose_move(cycle: Cycle, office: Office) -> str:
    """Return whose move it is: the units whose form is open, or the title of the row's person."""
    if cycle.step in _FORM_ROWS:
        waiting = [form.unit for form in cycle.units if form.state is not UnitState.ACCEPTED]
        return "; ".join(office.roster.unit(unit).name for unit in waiting)
    wanting = awaited(cycle, office)
    if cycle.step is Step.REQUEST:
        return ""  # its letters leave by themselves
    return holder_title(office, whose(wanting) if wanting else office.sop.row(cycle.step).who, cycle.since)


def holder_title(office: Office, role: Role, at: datetime) -> str:
    """Return the title of who holds a role at that moment; empty if nobody does."""
    person = office.roster.holder(role, office.calendar.local(at).date())
    return title(person) if person else ""


def reviewer_title(cycle: Cycle, office: Office) -> str:
    """Return the title of who approved the draft in row 6b last; empty if nobody did."""
    for verdict in reversed(cycle.verdicts):
        if verdict.step is Step.REVIEW and verdict.approved:
            return next((title(one) for one in office.roster.people if one.key == verdict.person), verdict.person)
    return ""


def summary(cycle: Cycle, office: Office, phrases: Phrases) -> dict[str, object]:
    """Return the cycle's figures in a few values."""
    analysis = analyse(cycle, office)
    results = analysis.indicators
    return {
        "indicators": len(results),
        "reached": sum(
            result.achievement_pct is not None and result.achievement_pct >= _TARGET_PCT for result in results
        ),
        "missing": sum(result.missing for result in results),
        "achievement": phrases.percent(analysis.achievement_pct),
        "rating": analysis.rating,
        "budget": phrases.rupiah(analysis.total.budget_idr) if analysis.budget else "",
        "spent": phrases.rupiah(analysis.total.spent_idr),
        "absorption": phrases.percent(analysis.total.absorption_pct),
    }


def attention(cycle: Cycle, office: Office, phrases: Phrases) -> tuple[Pair, ...]:
    """Return the indicators below their threshold of explanation, with achievement and rating."""
    least = office.policy.explained_below
    return tuple(
        (
            f"{result.indicator.code} {result.indicator.name}",
            f"{phrases.percent(result.achievement_pct)} - {result.rating}",
        )
        for result in analyse(cycle, office).indicators
        if result.achievement_pct is not None and result.achievement_pct < least(result.indicator)
    )


def unit_head(unit: str, office: Office, at: datetime) -> Person | None:
    """Return who submits for a unit: its Kepala Bidang, or the Sekretaris where the unit is his."""
    day = office.calendar.local(at).date()
    return office.roster.holder(Role.DIVISION_HEAD, day, unit) or office.roster.holder(Role.SECRETARY, day, unit)


def sent(submission: Submission, phrases: Phrases) -> dict[str, object]:
    """Return one form of a unit's history."""
    return {
        "number": submission.number,
        "received": phrases.moment(submission.received_at),
        "file_name": submission.file_name,
        "sender": submission.sender,
        "accepted": submission.accepted,
        "faults": len(submission.faults),
    }


def evidence(form: UnitForm, phrases: Phrases) -> tuple[Pair, ...]:
    """Return the evidence a unit sent and when each file came; what is held back is told of elsewhere."""
    return tuple((kept.file_name, phrases.moment(kept.received_at)) for kept in form.evidence if not kept.held)
