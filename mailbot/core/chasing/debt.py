"""What one person owes now: a unit's form, or the word that ends a row, with all that reminders of it speak of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.codes.awaited import Awaited
    from mailbot.core.model.cycle import UnitState
    from mailbot.core.model.indicators import Period
    from mailbot.core.model.people import Person
    from mailbot.core.model.sop import Step


class When(StrEnum):
    """Why somebody is reminded at this moment."""

    TODAY = "today"
    """It is the day of the deadline."""
    TOMORROW = "tomorrow"
    """It is the last working day before it."""
    LATE = "late"
    """The deadline has passed."""
    WEEKLY = "weekly"


class Why(StrEnum):
    """Why a superior hears of a debt, each once for each rung of the ladder."""

    LATE = "late"
    """It is late by so many working days as the rung says."""
    RETURNS = "returns"
    """The form goes back again and again."""
    STOPPED = "stopped"
    """Nobody is reminded of it any more."""
    AWAY = "away"
    """Who owes it is away, as his vacation reply says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """Something one person owes now."""

    cycle: str
    period: Period
    person: Person
    unit: str
    """Empty where the debt is the row's word."""
    step: Step
    """The row that waits for it."""
    state: UnitState | Step
    asked_at: datetime
    """When it was asked for."""
    answered_at: datetime | None = None
    """When we last wrote in answer to what came of it: a form that went back, lines that were read back."""
    due_at: datetime
    """The deadline; one that lies on a closed day is that of the next working day."""
    reminders: int
    """How many reminders of it there were."""
    reminded_at: datetime | None
    snoozed_until: datetime | None
    told_above: tuple[str, ...] = ()
    """What superiors were told of it: reason, rung, whom and on which day (`core/chasing/ladder.py`)."""
    wanting: Awaited | None = None
    """What is owed in place of the row's word."""
    asks_version: int = 0
    """Round, or version of the draft, that the row's word is about."""
    came: int = 0
    """How many forms came."""
    returns: int = 0
    """How often a form went back."""
    lines_at: datetime | None = None
    """When the lines came that wait for BENAR."""
    rival_at: datetime | None = None
    """When the form came that differs from the one that counts."""
    away_until: datetime | None = None
    deputy: str = ""
    """Key of who stands in for him until then."""
    reference: str = ""
    """By which an answer finds the letter that asked for it; empty where nobody has looked for it."""

    @property
    def address(self) -> str:
        """Return by what a person is known who holds two posts: where his letters go, in small letters."""
        return self.person.addresses[0].casefold()

    @property
    def urgency(self) -> tuple[datetime, str, str]:
        """Return by what debts are ordered: the earliest deadline first, never two alike."""
        return self.due_at, self.cycle, self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAbove:
    """One debt in a letter to a superior, and why he hears of it."""

    debt: Debt
    why: tuple[Why, ...]
    late_days: int
