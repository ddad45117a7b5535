"""What the letters say that answer a mail, each kind in a class of its own: to a word, to lines, to a question."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Literal

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import About, LetterKind, Part, Reason
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.remarks.remark import UNMARKED, Marked

DOCX: Final = "DOCX"  # stands where a reply word would stand, for somebody who sent the document and no word
ANSWERS: Final = "JAWABAN"  # likewise, for somebody who answered remarks by their numbers and said no word
Given = Word | Literal["DOCX", "JAWABAN"]
WhyNotNow = Literal[
    Reason.NOT_YET,
    Reason.ALREADY,
    Reason.RECORDED,
    Reason.OLD_VERSION,
    Reason.NOT_READY,
    Reason.NOTHING_ACCEPTED,
    Reason.WINDOW_CLOSED,
    Reason.NOTHING_TO_ACCEPT,
    Reason.NOTHING_TO_RETURN,
    Reason.NOTHING_TO_EXTEND,
    Reason.ANOTHER_SIGNS,
    Reason.NOTHING_TO_RECALL,
    Reason.RECALL_OVER,
    Reason.DECIDED,
    Reason.NO_LONGER_ASKED,
    Reason.NOTHING_RUNS,
    Reason.NO_LINES,
    Reason.NOTHING_HELD,
]
"""Why a word is out of turn."""
WhatLacks = Literal[
    Reason.NO_THREAD,
    Reason.LETTER_GONE,
    Reason.SAME_PERSON,
    Reason.WITH_DOCUMENT,
    Reason.WITH_MARKS,
    Reason.NO_MARKS,
    Reason.TO_BE_SEEN,
    Reason.LOOSE_MARKS,
    Reason.NO_REASON,
    Reason.BAD_DAYS,
    Reason.BAD_DATE,
    Reason.BAD_DEPUTY,
    Reason.UNKNOWN_CODE,
    Reason.UNKNOWN_UNIT,
    Reason.NIL_NEEDS_CODE,
    Reason.NOT_DOCX,
    Reason.SEVERAL_DOCX,
    Reason.LOOSE_DOCX,
    Reason.REMARKS,
    Reason.TOO_LARGE,
    Reason.GESTURE,
    Reason.NUMBER_PATTERN,
    Reason.NUMBER_YEAR,
    Reason.NUMBER_MONTH,
    Reason.NUMBER_USED,
    Reason.NUMBER_DAY,
    Reason.PUBLICATION,
    Reason.BAD_CODE,
    Reason.WHICH,
]
"""What a word lacks."""
_OF_A_UNIT = (Part.CYCLE, Part.UNIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWord(About):
    """An answer to a reply word; `word` is None where no plain one was said."""

    word: Given | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictNoted(ToWord):
    """What was recorded, in which row, and on which file."""

    letter_kind: ClassVar = LetterKind.VERDICT_NOTED
    word: Given
    step: Step
    version: int | None = None
    sha_short: str = ""
    file_name: str = ""
    """Of the file that came along and became the version."""
    beside: Word | None = None  # a word that stood beside an edited draft, and was not done
    same: bool = False
    """The file that came along says the same as the version before, whose number stays."""
    unread: str = ""
    """Lines that were passed over, for they stand under all of the sender's mails, one below the other."""
    until: datetime | None = None
    """Until when BATAL takes it back; None: it stands."""
    number: str = ""  # of a letter, as it will be printed
    also: Word | None = None  # the other word that the mail said, and that counts as well
    unproved: bool = False
    """It is kept, and does not count before Subbag Program has vouched for it."""
    signer: str = ""
    """Who has signed the PDF that came along, where it is the report, whole and signed as it should be."""
    shown: str = ""
    """Name of a PDF that came along: it is kept, and shown to Subbag Program alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear(ToWord):
    """A word that lacks something, or (no reason) no plain one: asked back. `count` is the most days of TUNDA."""

    letter_kind: ClassVar = LetterKind.UNCLEAR
    needs: ClassVar = ()
    reason: WhatLacks | None = None
    count: int | None = None
    nearest: str = ""  # the code most like the unknown one; of a number of a letter, how one looks
    marked: Marked = UNMARKED
    """What is marked in the files beside a consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted(ToWord):
    """An approving word, and lines beside it (`remarks`) that are not understood: did he mean it all the same?"""

    letter_kind: ClassVar = LetterKind.DOUBTED
    word: Word
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfTurn(ToWord):
    """A word that is the sender's, and changes nothing now."""

    letter_kind: ClassVar = LetterKind.OUT_OF_TURN
    needs: ClassVar = ()
    word: Given
    reason: WhyNotNow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYours(ToWord):
    """A word that is that of others, in the order of the rows."""

    letter_kind: ClassVar = LetterKind.NOT_YOURS
    needs: ClassVar = ()
    word: Given
    role: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge(ToWord):
    """Nothing proves who said the word: a one-time code is asked back, which is made from the letter's key."""

    letter_kind: ClassVar = LetterKind.CHALLENGE
    needs: ClassVar = ()
    word: Given
    beside: bool = False  # lines beside the word are not understood: BENAR is asked for with the code
    board_minutes: int | None = None  # it was given on the status board, where its code counts so long


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(ToWord):
    """A unit's deadline was moved, or (SNOOZE) its reminders wait for `count` working days."""

    letter_kind: ClassVar = LetterKind.EXTENDED
    needs: ClassVar = (Part.CYCLE, Part.DUE)
    reason: Literal[Reason.SNOOZE] | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(ToWord):
    """Where the cycle stands."""

    letter_kind: ClassVar = LetterKind.STATUS
    needs: ClassVar = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide(ToWord):
    """What can be answered, by the addressee's role."""

    letter_kind: ClassVar = LetterKind.GUIDE
    needs: ClassVar = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAgain(ToWord):
    """The unit's form once more."""

    letter_kind: ClassVar = LetterKind.FORM_AGAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAgain(ToWord):
    """The draft once more; without a version, the report as it stands today, or (`ratified`) as it was ratified."""

    letter_kind: ClassVar = LetterKind.DRAFT_AGAIN
    version: int | None = None
    ratified: bool = False


WhyUnplaced = Literal[Reason.NOT_YET, Reason.TOO_LARGE, Reason.UNREAD]
"""Why neither form nor word was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced(ToWord):
    """Neither form nor word was found in a mail, or it could not be read; `subject` is the mail's."""

    letter_kind: ClassVar = LetterKind.UNPLACED
    needs: ClassVar = ()
    reason: WhyUnplaced | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLonger(About):
    """Whoever wrote does not hold the post on that day; `person` does, empty where nobody does."""

    letter_kind: ClassVar = LetterKind.NO_LONGER
    needs: ClassVar = ()
    person: str = ""
    until: datetime | None = None
    """The end of his last day in it; None: it is still to begin."""


class Withheld(StrEnum):
    """Why the mail that brought a figure does not go along with the answer that names it."""

    UNPROVED = "unproved"  # nothing proves who wrote it, and the office asks for a proof
    PERSONAL_DATA = "personal_data"
    """It, or a file in it, holds a number like a NIK."""
    DESTROYED = "destroyed"  # it held one, and was destroyed by HAPUS
    TOO_LARGE = "too_large"
    GONE = "gone"  # it is not among the kept mails: the figure was entered at the office's own machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin(ToWord):
    """Where the figure of that code comes from, as `core.report.origin` traces it."""

    letter_kind: ClassVar = LetterKind.ORIGIN
    code: str
    withheld: Withheld | None = None
    """Why its mail is not enclosed; None: it is, or (of a computed figure) there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesRead(About):
    """Answers in lines of a mail, read back; `word` is BENAR where all can be confirmed."""

    letter_kind: ClassVar = LetterKind.LINES_READ
    needs: ClassVar = (Part.CYCLE, Part.UNIT, Part.SUBMISSION)
    number: int | None = None
    """Of the submission that the lines are laid over."""
    word: Literal[Word.BENAR] | None = None
    unread: str = ""
    """Lines of the mail that begin with no code, one below the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesDropped(About):
    """Answers in lines that are wrong: nothing of them is used."""

    letter_kind: ClassVar = LetterKind.LINES_DROPPED
    needs: ClassVar = _OF_A_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWaits(About):
    """A form waits for the word of its unit's head: its sender is not on the list, or (`listed`) is not proved."""

    letter_kind: ClassVar = LetterKind.FORM_WAITS
    needs: ClassVar = _OF_A_UNIT
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceKept(About):
    """Evidence came without a form, and is kept."""

    letter_kind: ClassVar = LetterKind.EVIDENCE_KEPT
    needs: ClassVar = _OF_A_UNIT
    file_name: str
    """All files, on one line."""
    unopened: str = ""
    """The names of those beyond the number that is opened, on one line."""
    shortcuts: str = ""
    """The names of those that are only the way to a file, likewise."""


WITH_REASON = (Unclear, OutOfTurn, Extended, Unplaced)
"""Answers that say why."""


def why(about: About) -> Reason | None:
    """Return why a word changed nothing, or a reminder waits; None where the answer says no reason."""
    return about.reason if isinstance(about, WITH_REASON) else None
