"""What a letter can say of its unit: its head, its form's standing and history, how much it is asked for (rows 2-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.people import Person, Role
from mailbot.writing.values.cycle_values import standing, title

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.form import Submission
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

Values = dict[str, object]


def unit_values(letter: Letter, cycle: Cycle | None, office: Office, phrases: Phrases, written_at: datetime) -> Values:
    """Return everything the words can say of the letter's unit; the same names, empty, where it has none."""
    unit = office.roster.unit(letter.unit) if letter.unit else None
    head = unit_head(letter.unit, office, written_at) if letter.unit else None
    form = _form(letter.unit, cycle)
    period = cycle.period if cycle else None
    indicators = office.asked_indicators(letter.unit, period) if period and unit else ()
    budget = office.asked_budget(letter.unit, period) if period and unit else ()
    return {
        "unit": unit.name if unit else "",
        "unit_key": unit.key.upper() if unit else "",
        "unit_short": unit.key.upper() if unit else "",
        "unit_head": title(head) if head else "",
        "unit_phone": head.phone if head else "",
        "asked_indicators": len(indicators),
        "asked_budget": len(budget),
        "example_code": indicators[0].code if indicators else "",
        "asks_form": bool(office.roster.person(letter.to).unit),
        "attempts": form.attempts if form else 0,
        "returned_count": form.returned if form else 0,
        "history": tuple(_sent(submission, phrases) for submission in form.submissions) if form else (),
        "counting_number": form.counted if form and form.state is UnitState.ACCEPTED else 0,
        "evidence_rows": _evidence(form, phrases),
        "own_standing": (standing(form, office, phrases),) if form else (),
    }


def _evidence(form: UnitForm | None, phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """Return the evidence a unit sent and when each file came; what is held back is told of elsewhere."""
    kept = form.evidence if form is not None else ()
    return tuple((one.file_name, phrases.moment(one.received_at)) for one in kept if not one.held)


def _form(unit: str, cycle: Cycle | None) -> UnitForm | None:
    """Return that unit's part in the cycle, None if it has none."""
    return next((form for form in cycle.units if form.unit == unit), None) if cycle else None


def unit_head(unit: str, office: Office, at: datetime) -> Person | None:
    """Return who submits for a unit: its Kepala Bidang, or the Sekretaris where the unit is his."""
    day = office.calendar.local(at).date()
    return office.roster.holder(Role.DIVISION_HEAD, day, unit) or office.roster.holder(Role.SECRETARY, day, unit)


def _sent(submission: Submission, phrases: Phrases) -> dict[str, object]:
    """Return one form of a unit's history."""
    return {
        "number": submission.number,
        "received": phrases.moment(submission.received_at),
        "file_name": submission.file_name,
        "sender": submission.sender,
        "accepted": submission.accepted,
        "faults": len(submission.faults),
    }
