"""What the letters say that are about words and orders taken back: to who took them back, and to others (every row).

Persons are keys of the roster; `version` is that of the draft.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import About, LetterKind
from mailbot.core.model.letters_in_answer import ToWord
from mailbot.core.model.sop import Step


class Recall(StrEnum):
    """What became of a word, or of a draft, that somebody would have back."""

    TAKEN_BACK = "taken_back"
    """A word, before it stood: nothing came of it."""
    PULLED_BACK = "pulled_back"
    """A draft that nobody had decided about, by Subbag Program."""
    WISHED = "wished"
    """A word that stands already: only Subbag Program can still do something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled(ToWord):
    """To who said BATAL: what was taken back; the letter asks anew for the word of the row."""

    letter_kind: ClassVar = LetterKind.RECALLED
    word: Word
    fate: Recall = Recall.TAKEN_BACK
    said: str = ""
    """The word that was taken back."""
    step: Step
    """In which row it was said, or the draft lay."""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionTold(About):
    """To Sekretaris and head: that person has the report of that version, which was ratified, made anew."""

    letter_kind: ClassVar = LetterKind.CORRECTION_TOLD
    person: str
    version: int | None = None
    left: bool = True
    """It was handed over; else it had not left yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyEcho(About):
    """To who named a deputy: whom, from when to when; BENAR puts it in force."""

    letter_kind: ClassVar = LetterKind.DEPUTY_ECHO
    person: str
    since: datetime
    until: datetime
    reviews: bool = False
    """He reviews the report as Sekretaris, and so may not ratify it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyTold(About):
    """To principal, deputy and operator: who stands in for whom, or (`ended`) does so no more."""

    letter_kind: ClassVar = LetterKind.DEPUTY_TOLD
    principal: str
    person: str
    since: datetime
    until: datetime
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallTold(About):
    """To others whom it concerns: what that person took back, or would have back."""

    letter_kind: ClassVar = LetterKind.RECALL_TOLD
    fate: Recall
    person: str
    said: str = ""
    step: Step
    version: int | None = None
