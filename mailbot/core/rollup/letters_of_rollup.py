"""What whoever looks after many offices is told: where they stand beside each other."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from mailbot.core.model.indicators import Period
from mailbot.core.model.letters import About, LetterKind
from mailbot.core.rollup.rolling_up import PeriodRollup


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """An office whose figures are old: since when it has not written any."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp(About):
    """To the overseer, once a week and when the last office has closed a period; nothing is asked of him."""

    letter_kind: ClassVar = LetterKind.ROLLUP
    needs: ClassVar = ()
    at: datetime
    rolled: tuple[PeriodRollup, ...]
    """The latest first."""
    unread: tuple[str, ...] = ()
    """Names of offices whose figures cannot be read."""
    silent: tuple[Silent, ...] = ()
    ended: tuple[Period, ...] = ()
    """Which of these the last office has closed since the letter before."""
