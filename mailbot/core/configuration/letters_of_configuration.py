"""What the letters say that are about a changed configuration: to the operator, to former holders, to who owes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Literal

from mailbot.core.configuration.change import Changed
from mailbot.core.model.letters import About, LetterKind, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigWaits(About):
    """To the operator: what was edited waits for his BENAR; `remarks` are the changes, those that wait first."""

    letter_kind: ClassVar = LetterKind.CONFIG_WAITS
    needs: ClassVar = ()
    digest: str
    """SHA-256 of the files that wait."""
    count: int
    """How many of the changes are never small."""


class Answered(StrEnum):
    """What became of the operator's word about a configuration that waits."""

    TAKEN = "taken"
    REFUSED = "refused"
    STALE = "stale"
    """What that letter was about does not wait any more."""
    NOT_YOURS = "not_yours"
    UNCLEAR = "unclear"
    """Something stood beside BENAR that may take some of it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigAnswered(About):
    """To who answered the letter about a configuration that waits; `remarks` are what is to be put back."""

    letter_kind: ClassVar = LetterKind.CONFIG_ANSWERED
    needs: ClassVar = ()
    fate: Answered
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderChanged(About):
    """To who held a post, or its address, by the former configuration: it passes to `now`."""

    letter_kind: ClassVar = LetterKind.HOLDER_CHANGED
    needs: ClassVar = ()
    change: Literal[Changed.HOLDER, Changed.ADDRESS, Changed.ALIASES, Changed.ACTING]
    post: str
    """The post's title, as printed."""
    now: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved(About):
    """To who owes something: its deadline was `former`, and is the letter's own by configuration, or by a word."""

    letter_kind: ClassVar = LetterKind.DEADLINE_MOVED
    needs: ClassVar = (Part.CYCLE, Part.DUE)
    former: datetime
    earlier: bool = False
    by: str = ""
    """Key of who has given more time; empty: the configuration moved it."""
