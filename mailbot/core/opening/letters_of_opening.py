"""What the letters say that are about cycles to come, cycles that were missed, and a cycle that was cancelled."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from mailbot.core.model.indicators import Period
from mailbot.core.model.letters import About, LetterKind
from mailbot.core.model.letters_in_answer import ToWord


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A cycle that opens soon, or should have opened."""

    key: str
    period: Period
    opens_at: datetime
    units: tuple[str, ...] = ()
    """Keys of the units that will be asked."""
    forms_due_at: datetime | None = None
    """Until when their forms are asked for."""
    ends_at: datetime | None = None
    """When it is over, if every row takes its time."""
    promised: bool = True
    """There are targets for its period; else it cannot be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningAhead(About):
    """To Subbag Program, the working day before: what opens, and that it may be put off or called off."""

    letter_kind: ClassVar = LetterKind.OPENING_AHEAD
    needs: ClassVar = ()
    openings: tuple[Coming, ...]
    latest: datetime | None = None
    """The last day to which it may be put off; None: it may not be."""


class OpeningFate(StrEnum):
    """What came of TUNDA or BATAL to an opening."""

    PUT_OFF = "put_off"
    CALLED_OFF = "called_off"
    NO_DAY = "no_day"
    """TUNDA names no day that it can be put off to."""
    OPENED = "opened"
    """It is open already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningNoted(ToWord):
    """To Subbag Program, who answered the letter before: what came of it."""

    letter_kind: ClassVar = LetterKind.OPENING_NOTED
    needs: ClassVar = ()
    fate: OpeningFate
    openings: tuple[Coming, ...] = ()
    limit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningMissed(About):
    """To Subbag Program, once a week: what should have opened and did not."""

    letter_kind: ClassVar = LetterKind.OPENING_MISSED
    needs: ClassVar = ()
    openings: tuple[Coming, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleCancelledTold(About):
    """A cycle that was opened by mistake is withdrawn: to who was asked, and to who writes about it afterwards."""

    letter_kind: ClassVar = LetterKind.CYCLE_CANCELLED
    since: datetime
    replies: bool = False
    """It answers a mail, which is kept, and of which nothing comes."""
