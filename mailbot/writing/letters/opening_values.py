"""What the letters say of cycles to come and of cycles that were missed, and what nothing else is about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.opening.letters_of_opening import Coming
    from mailbot.writing.letters.letter_context import LetterContext


def _coming(one: Coming, here: LetterContext) -> dict[str, object]:
    """Return one cycle in words: what it is about, its days, and who will be asked."""
    phrases = here.phrases
    return {
        "key": one.key,
        "period": phrases.period(one.period),
        "opens": phrases.day(one.opens_at),
        "opens_short": phrases.day_month(one.opens_at),
        "units": tuple(unit.upper() for unit in one.units),
        "forms_due": phrases.deadline(one.forms_due_at, here.written_at) if one.forms_due_at is not None else "",
        "ends": phrases.deadline(one.ends_at, here.written_at) if one.ends_at is not None else "",
        "promised": one.promised,
    }


def _openings(here: LetterContext) -> tuple[dict[str, object], ...]:
    """Return the cycles that a letter names."""
    named: tuple[Coming, ...] = getattr(here.letter.about, "openings", ())
    return tuple(_coming(one, here) for one in named)


def _latest(here: LetterContext, *, numbers: bool = False) -> str:
    """Return the last day to which an opening may be put off, in words or in numbers; empty where it may not be."""
    latest: datetime | None = getattr(here.letter.about, "latest", None)
    if latest is None:
        return ""
    return f"{here.office.calendar.local(latest):%d-%m-%Y}" if numbers else here.phrases.day(latest)


OPENING_VALUES: dict[str, Callable[[LetterContext], object]] = {
    "openings": _openings,
    "latest_day": _latest,
    "latest_numbers": partial(_latest, numbers=True),
}
