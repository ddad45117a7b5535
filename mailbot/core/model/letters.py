"""Letters as the core means them: kind, addressee, key, what they speak of and enclose; no sentence anywhere.

What a letter of one kind says beside what every letter has stands in `letter_values` and, for answers, `answer_values`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from mailbot.core.codes.letter_kinds import LetterKind as LetterKind  # noqa: PLC0414 - its callers take it from here
from mailbot.core.codes.reasons import AlarmCode as AlarmCode  # noqa: PLC0414 - as above
from mailbot.core.codes.reasons import Reason as Reason  # noqa: PLC0414 - as above
from mailbot.core.draft.document import UNEXAMINED, Examined

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.form import Fault, Submission
    from mailbot.core.model.sop import Step
    from mailbot.core.papers.checked import PaperCheck


class EnclosureKind(StrEnum):
    """What a letter can carry; the file is made when the letter is written, from state alone."""

    FORM = "form"
    """The unit's pre-filled form (XLSX)."""
    COVER_LETTER = "cover_letter"
    """Surat Pengantar as DOCX, and as PDF where LibreOffice is installed."""
    RETURNED_FORM = "returned_form"
    """The sender's own workbook, marked (of `submission`)."""
    FILLED_FORM = "filled_form"
    """A form filled from a mail's lines, to be confirmed."""
    RECAP = "recap"
    DRAFT = "draft"
    """The draft of `cycle.draft`, DOCX and PDF, by digest."""
    COMPARED = "compared"
    """The draft of that digest with all that is new in it marked against `former`, as tracked changes."""
    REPORT = "report"
    """The ratified report, byte for byte."""
    FILE = "file"
    """A kept file, by digest."""
    ROLLUP = "rollup"
    """Every office and every indicator of the letter itself, as a workbook (XLSX)."""
    SOURCE = "source"
    """The mail that brought a form (of `submission`), as it came, and the form itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """One thing a letter carries."""

    kind: EnclosureKind
    unit: str = ""
    sha256: str = ""
    """For FILE: which kept file. For DRAFT, COMPARED and REPORT: the digest that must come out."""
    name: str = ""
    former: str = ""  # for COMPARED: the digest of the version it is held against
    fixed: bool = False
    """For COVER_LETTER and REPORT: as PDF alone, where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A figure that stood in the former form and is another one now: `NIHIL`, the number, or (now) nothing."""

    code: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The mail a letter answers, so that it lands in the same thread."""

    message_id: str
    references: tuple[str, ...] = ()
    subject: str = ""
    proved: bool = False
    """Who wrote it is proved; answers to forged mail must not use up what is owed to whoever it names."""
    unopened: tuple[str, ...] = ()
    """Names of its files that were not opened, for there were too many, where nothing else in the answer names them."""
    too_large: tuple[str, ...] = ()
    """Names of its files that were too large to be opened, likewise."""


class Part(StrEnum):
    """What a letter has beside its values, and some kinds have no sense without; the value names it to the operator."""

    CYCLE = "cycle"
    UNIT = "unit"
    DUE = "due_at"
    SUBMISSION = "submission"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a letter of one kind speaks of: each kind has a class of its own, so kind and values cannot disagree."""

    letter_kind: ClassVar[LetterKind]
    needs: ClassVar[tuple[Part, ...]] = (Part.CYCLE,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The word that a letter asks for: of which row, and about which version of what that row decides."""

    step: Step
    version: int
    docx_sha256: str = ""  # of the file it is about, for one version may stand for two; empty: of none that is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one address. `key` is made from state: it forbids a second copy and makes the Message-ID (R6)."""

    key: str
    about: About
    to: str
    """Key of the person."""
    address: str
    cycle: str = ""
    unit: str = ""
    due_at: datetime | None = None
    """The deadline the letter names."""
    send_after: datetime | None = None
    """Not before this moment (office hours); None: at once."""
    answers: Answers | None = None
    asks: Asked | None = None
    """The word it asks for; an answer to it is about that row and version, and no other."""
    number: int = 0
    """Which mail of lines it reads back, or which form that waits it asks about; 0: none."""
    answers_mail: str = ""
    """SHA-256 of the mail whose word counts once the code in this letter has come back."""
    submission: Submission | None = None
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    """What somebody wrote, and the letter repeats as a numbered list."""
    changes: tuple[Change, ...] = ()
    open_rows: tuple[str, ...] = ()
    """Codes of the rows that are not filled in yet."""
    examined: Examined = UNEXAMINED
    """What was found in the draft that it speaks of."""
    numbers: tuple[int, ...] = ()
    """The remarks of the cycle's list that it repeats, by their numbers, with what became of each."""
    papers: tuple[PaperCheck, ...] = ()
    """What was found in the files that came back signed, or should be."""
    recall_until: datetime | None = None
    """Until when BATAL puts back the order it answers; None: there is nothing to put back, or no time for it."""
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def kind(self) -> LetterKind:
        """Return which letter it is: that of its values."""
        return self.about.letter_kind


def letter_key(kind: LetterKind, *parts: object) -> str:
    """Make a key: the kind, then parts taken from state only (cycle, unit, attempt, week, person)."""
    return "/".join((kind.value, *(str(part).casefold() for part in parts)))
