"""What the letters say that are about the draft: it is laid before somebody, comes back, is asked about (rows 6 to 7).

Persons are keys of the roster; `version` is that of the draft, `sha_short` the first 12 digits of a file's SHA-256.
"""

from dataclasses import dataclass
from typing import ClassVar

from mailbot.core.daily.news import CycleNews
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import About, LetterKind
from mailbot.core.model.letters_in_answer import Given, ToWord


@dataclass(frozen=True, slots=True, kw_only=True)
class WithDraft(About):
    """A letter that lays the draft before somebody, bound to its version and digest."""

    version: int
    sha_short: str
    former: int | None = None
    """The version that the addressee got last, if he got one and it was another."""
    same: bool = False
    """It is the version that the addressee has, laid before him once more: its number stays."""
    signer: str = ""
    """Who signs now, where a change of the signatory alone made it a new version."""
    signer_before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftToPlanning(WithDraft):
    """Row 6, to Subbag Program."""

    letter_kind: ClassVar = LetterKind.DRAFT
    along: CycleNews | None = None
    """What has not been told of the cycle by then; whoever writes the letter asks the journal."""
    figures: bool = False
    """It carries the recap of row 5, which the draft was made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(WithDraft):
    """Row 6b, to the Sekretaris."""

    letter_kind: ClassVar = LetterKind.REVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratify(WithDraft):
    """Row 7, to the Kepala Dinas."""

    letter_kind: ClassVar = LetterKind.RATIFY
    own_review: bool = False
    """He has reviewed it himself, and may not ratify it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(About):
    """Rows 6b and 7, to Subbag Program: the remarks of that person on that version."""

    letter_kind: ClassVar = LetterKind.REVISION
    person: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersNoted(ToWord):
    """Answers to remarks were kept; these still wait for one."""

    letter_kind: ClassVar = LetterKind.ANSWERS_NOTED
    word: Given
    answered: tuple[int, ...]
    left: tuple[int, ...] = ()
    unread: str = ""
    """Lines that answer no remark, one below the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerTold(About):
    """Rows 6b and 7, to Subbag Program and to who signs now: why that version is made, and reviewed again."""

    letter_kind: ClassVar = LetterKind.SIGNER_CHANGED
    person: str
    first: str = ""
    """Who was to sign before."""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftHeld(ToWord):
    """TERUSKAN, once: `remarks` were made on this version and nothing is new, or it disagrees with the data."""

    letter_kind: ClassVar = LetterKind.DRAFT_HELD
    word: Word
    version: int
    sha_short: str = ""
    file_name: str = ""
    """Of the file that came along and became the version."""
    person: str = ""
    """Whose remarks nobody has met so far; empty where there are none."""
    waits: bool = False
    """An edited draft with open changes waits for BENAR, and is not in this version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChanges(ToWord):
    """An edited draft in which tracked changes are open: it is kept, and asked about."""

    letter_kind: ClassVar = LetterKind.OPEN_CHANGES
    word: Given
    version: int
    """The present one, which stays until then."""
    file_name: str = ""
