"""Every open cycle at a glance, in words, for the operator's morning letter."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.indicators import Period
from mailbot.writing.values.cycle_values import title

if TYPE_CHECKING:
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases


def glances_in(text: str, office: Office, phrases: Phrases) -> tuple[dict[str, object], ...]:
    """Return the cycles that a letter carries as codes (`about["cycles"]`, JSON), each ready to print."""
    return tuple(_glance(codes, office, phrases) for codes in json.loads(text or "[]"))


def _glance(codes: dict[str, Any], office: Office, phrases: Phrases) -> dict[str, object]:
    """Return one cycle: period, row, whose move it is, deadline, and the names of the units by state."""
    units: dict[str, str] = codes["units"]
    named = {state.value: _named([unit for unit, own in units.items() if own == state], office) for state in UnitState}
    accepted = sum(state == UnitState.ACCEPTED for state in units.values())
    return {
        "period": phrases.period(Period(year=codes["year"], quarter=codes["quarter"])),
        "step_words": phrases.word("step", codes["step"]),
        "whose_move": "; ".join(title(office.roster.person(key)) for key in codes["people"])
        or (phrases.word("role", codes["role"]) if codes["role"] else ""),
        "due": phrases.moment(datetime.fromisoformat(codes["due_at"])),
        "late_days": codes["late_days"],
        "accepted_count": accepted,
        "unit_count": len(units),
        "away": tuple(_away(one, office, phrases) for one in codes["away"]),
        **named,
    }


def _away(codes: dict[str, str], office: Office, phrases: Phrases) -> dict[str, str]:
    """Return one unit whose head is away: until when, and who stands in."""
    return {
        "unit": office.roster.unit(codes["unit"]).name,
        "until": phrases.day(datetime.fromisoformat(codes["until"])),
        "deputy": title(office.roster.person(codes["deputy"])) if codes["deputy"] else "",
    }


def _named(units: list[str], office: Office) -> str:
    """Return the names of units on one line."""
    return "; ".join(office.roster.unit(unit).name for unit in units)
