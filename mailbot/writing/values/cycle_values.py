"""What a letter can say of its cycle: period, row and whose move it is, every unit's form, the figures so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.people import Person, Role
from mailbot.core.model.sop import Step
from mailbot.core.report.analysis import Analysis, analyse
from mailbot.writing.values.figures import named_point

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

Values = dict[str, object]
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


def no_cycle_values() -> Values:
    """Return the same names, empty, for a letter that belongs to no cycle."""
    texts = (
        "period",
        "cycle_key",
        "step_words",
        "step_due",
        "since",
        "whose_move",
        "version",
        "owed",
        "owed_short",
        "answer_word",
    )
    more = ("closed_at", "reviewer", "board", "turn_role")
    lists = ("cycle_standing", "asked_units", "attention", "turn_words")
    return {
        **dict.fromkeys((*texts, *more), ""),
        **dict.fromkeys(lists, ()),
        "accepted_count": 0,
        "unit_count": 0,
        "summary": None,
    }


def cycle_values(cycle: Cycle, office: Office, phrases: Phrases, about: dict[str, str]) -> Values:
    """Return everything the words can say of a cycle; `about["step"]` speaks of another row than the present one."""
    analysis = analyse(cycle, office)
    step = Step(about["step"]) if about.get("step") else cycle.step
    turn = TURN_WORDS.get(step, ())
    return {
        "period": phrases.period(cycle.period),
        "cycle_key": cycle.key,
        "step_words": phrases.word("step", "closed" if cycle.closed else cycle.step.value),
        "step_due": "" if cycle.closed else phrases.moment(cycle.due_at),
        "since": phrases.moment(cycle.closed_at or cycle.since),
        "whose_move": "" if cycle.closed else _whose_move(cycle, office),
        "version": str(cycle.draft.version) if cycle.draft else "",
        "owed": phrases.word("owed", step.value),
        "owed_short": phrases.word("owed_short", step.value),
        "turn_role": office.sop.row(cycle.step).who.value,
        "turn_words": TURN_WORDS.get(cycle.step, ()),
        "answer_word": turn[0] if turn else "",
        "closed_at": phrases.moment(cycle.closed_at) if cycle.closed_at else "",
        "reviewer": _verdict_title(cycle, office, Step.REVIEW),
        "board": _holder_title(office, Role.PLANNING_BOARD, cycle.since),
        "cycle_standing": tuple(standing(form, office, phrases) for form in cycle.units),
        "asked_units": tuple(_asked(form, cycle, office) for form in cycle.units),
        "accepted_count": sum(form.state is UnitState.ACCEPTED for form in cycle.units),
        "unit_count": len(cycle.units),
        "summary": _summary(analysis, phrases),
        "attention": _attention(analysis, office, phrases),
    }


def standing(form: UnitForm, office: Office, phrases: Phrases) -> dict[str, object]:
    """Return one unit's line of the status table."""
    waits = "; " + phrases.word("lines_wait") if form.waiting is not None else ""
    return {
        "name": office.roster.unit(form.unit).name,
        "state": phrases.word("unit_state", form.state.value) + waits,
        "open": form.state is not UnitState.ACCEPTED,
        "due": phrases.short_date(form.due_at) if form.due_at else "",
        "since": phrases.short_date(form.accepted_at) if form.accepted_at else "",
    }


def _asked(form: UnitForm, cycle: Cycle, office: Office) -> dict[str, object]:
    """Return what one unit is asked for, in numbers."""
    return {
        "name": office.roster.unit(form.unit).name,
        "indicators": len(office.asked_indicators(form.unit, cycle.period)),
        "budget": len(office.asked_budget(form.unit, cycle.period)),
    }


def _whose_move(cycle: Cycle, office: Office) -> str:
    """Return whose move it is: the units whose form is open, or the title of the row's person."""
    if cycle.step in _FORM_ROWS:
        waiting = [form.unit for form in cycle.units if form.state is not UnitState.ACCEPTED]
        return "; ".join(office.roster.unit(unit).name for unit in waiting)
    return _holder_title(office, office.sop.row(cycle.step).who, cycle.since)


def _holder_title(office: Office, role: Role, at: datetime) -> str:
    """Return the title of who holds a role at that moment; empty if nobody does."""
    person = office.roster.holder(role, office.calendar.local(at).date())
    return title(person) if person else ""


def _verdict_title(cycle: Cycle, office: Office, step: Step) -> str:
    """Return the title of who approved in a row last; empty if nobody did."""
    for verdict in reversed(cycle.verdicts):
        if verdict.step is step and verdict.approved:
            return title(office.roster.person(verdict.person))
    return ""


def _summary(analysis: Analysis, phrases: Phrases) -> dict[str, object]:
    """Return the cycle's figures in a few values."""
    results = analysis.indicators
    return {
        "indicators": len(results),
        "reached": sum(
            result.achievement_pct is not None and result.achievement_pct >= _TARGET_PCT for result in results
        ),
        "missing": sum(result.missing for result in results),
        "achievement": phrases.percent(analysis.achievement_pct),
        "rating": analysis.rating,
        "budget": phrases.rupiah(analysis.total.budget_idr),
        "spent": phrases.rupiah(analysis.total.spent_idr),
        "absorption": phrases.percent(analysis.total.absorption_pct),
    }


def _attention(analysis: Analysis, office: Office, phrases: Phrases) -> tuple[Pair, ...]:
    """Return the indicators below the office's threshold of explanation, with achievement and rating."""
    least = office.policy.explain_below_pct
    return tuple(
        (named_point(result.indicator.code, office), f"{phrases.percent(result.achievement_pct)} - {result.rating}")
        for result in analysis.indicators
        if result.achievement_pct is not None and result.achievement_pct < least
    )
