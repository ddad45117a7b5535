"""What the letters of the SOP's rows say, each kind in a class of its own with exactly the values its words need.

Persons are keys of the roster; `version` is that of the draft, `sha_short` the first 12 digits of a file's SHA-256.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from mailbot.core.chasing.debt import Debt, ToldAbove
from mailbot.core.codes.awaited import Awaited
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.letters import About, LetterKind, Part
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable

_OF_A_UNIT = (Part.CYCLE, Part.UNIT)
_OF_A_FORM = (Part.CYCLE, Part.UNIT, Part.SUBMISSION)
_ASKS_A_UNIT = (Part.CYCLE, Part.UNIT, Part.DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataNeeds(About):
    """Row 1, to the Sekretaris: which data will be asked."""

    letter_kind: ClassVar = LetterKind.DATA_NEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class DataNeedsObjected(About):
    """Row 1, to Subbag Program: the remarks of that person."""

    letter_kind: ClassVar = LetterKind.DATA_NEEDS_OBJECTED
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithNumber(About):
    """What encloses a Surat Pengantar bears its number in the office's register; empty while it has none."""

    letter_number: str = ""
    """As the register has it."""
    whole_number: str = ""
    """As it is printed, where that is known already; else it is put together from the register's."""
    day: date | None = None
    """The day that the Surat Pengantar bears, where that is not when the letter may leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(WithNumber):
    """Row 2, to a unit's head."""

    letter_kind: ClassVar = LetterKind.REQUEST
    needs: ClassVar = _ASKS_A_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCopy(WithNumber):
    """Row 2, to a Kepala Seksi or Kepala Sub Bagian."""

    letter_kind: ClassVar = LetterKind.REQUEST_COPY
    needs: ClassVar = _ASKS_A_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(About):
    """Rows 3 and 4: the form of that number is accepted, or (waits) contradicts one that counts.

    `sender` is who sent it, where the words are to name him.
    """

    letter_kind: ClassVar = LetterKind.RECEIPT
    needs: ClassVar = _OF_A_FORM
    number: int | None = None
    waits: bool = False
    """The unit's head is asked which of the two is right; until then the former counts."""
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(About):
    """Row 4: the form of that number goes back with its faults."""

    letter_kind: ClassVar = LetterKind.RETURNED
    needs: ClassVar = _OF_A_FORM
    number: int | None = None
    again: bool = False
    """It is that form sent once more, and no new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial(About):
    """Row 3: so many rows of so many are there."""

    letter_kind: ClassVar = LetterKind.PARTIAL
    needs: ClassVar = _OF_A_FORM
    count: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableFile(About):
    """Row 3: what came in place of a form cannot be used."""

    letter_kind: ClassVar = LetterKind.UNREADABLE
    needs: ClassVar = ()
    reason: Unreadable
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpWanted(About):
    """Row 4, to Subbag Program: a unit's form went back too often, or that person of it asked for help."""

    letter_kind: ClassVar = LetterKind.HELP_WANTED
    needs: ClassVar = _OF_A_UNIT
    person: str = ""
    locked: bool = False
    """He remarks in the form that locked data are wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(About):
    """Rows 3 to 6: an accepted form is open again at that person's word; `step` is the row that stops for it."""

    letter_kind: ClassVar = LetterKind.REOPENED
    needs: ClassVar = _OF_A_UNIT
    person: str = ""
    step: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(About):
    """Row 3: a form came that only the unit's head can vouch for.

    Two persons (or addresses that are nobody's) of a unit sent differing forms, the second one later; or (`first` is
    empty) one came from an address that is on nobody's list, or (`proved` is not set) that is not proved.
    """

    letter_kind: ClassVar = LetterKind.CONFLICT
    needs: ClassVar = _OF_A_UNIT
    first: str
    second: str
    listed: bool = True
    proved: bool = True
    failed: bool = False
    """Our server found that the mail does not come from where it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late(About):
    """A form that came after its row was closed."""

    letter_kind: ClassVar = LetterKind.LATE
    needs: ClassVar = _OF_A_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedByPlanning(About):
    """Row 4: Subbag Program returns a form, with a reason."""

    letter_kind: ClassVar = LetterKind.RETURNED_BY_PLANNING
    needs: ClassVar = _OF_A_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAccepted(About):
    """Row 4, to a unit: Subbag Program has accepted its form."""

    letter_kind: ClassVar = LetterKind.UNIT_ACCEPTED
    needs: ClassVar = _OF_A_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed(About):
    """What somebody owes: a unit's form in that state, or the word that ends the row."""

    step: Step
    state: UnitState | Step
    count: int | None = None
    """Reminders so far, this one counted."""
    late_days: int
    """Working days since the deadline."""
    wanting: Awaited | None = None
    """What is owed in place of the row's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(Owed):
    """A reminder; its copy to a deputy names who is away, and until when."""

    letter_kind: ClassVar = LetterKind.REMINDER
    version: int | None = None
    person: str = ""
    until: datetime | None = None
    lines_at: datetime | None = None
    """When the lines came that wait for BENAR."""
    rival_at: datetime | None = None
    """When the form came that differs from the one that counts: the head is to say which one is right."""
    tomorrow: bool = False
    """It is the last working day before the deadline."""
    last: bool = False
    """No other reminder of it follows: the superior decides."""
    reference: str = ""
    """By which an answer finds the letter that asked for the word; empty where an answer to this one says it."""
    beside: tuple[Debt, ...] = ()
    """What the same person owes beside it, in this cycle and in others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderToday(Reminder):
    """The reminder on the day of the deadline."""

    letter_kind: ClassVar = LetterKind.REMINDER_TODAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(About):
    """To a superior: what his people owe, over units and cycles, and why he hears of it."""

    letter_kind: ClassVar = LetterKind.ESCALATION
    told: tuple[ToldAbove, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap(About):
    """Row 5, to Subbag Program: every figure."""

    letter_kind: ClassVar = LetterKind.RECAP


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSubmitted(WithNumber):
    """Row 8, to Bappeda Litbang: the ratified report."""

    letter_kind: ClassVar = LetterKind.SUBMISSION
    corrected: int = 0
    """It is the so-manyth correction of a report that had been handed over; 0: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown(About):
    """Rows 6 to 8, to Subbag Program: a PDF came beside that person's word; nobody has looked whether it is signed."""

    letter_kind: ClassVar = LetterKind.FILE_SHOWN
    person: str
    word: str
    step: Step
    version: int | None = None
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(About):
    """The cycle is over; `archive` is the name of its folder, where that is known.

    To Subbag Program the same letter says what is still done by hand: to print and file so many sheets (ARSIP), and to
    publish the report (TERBIT) at `where`.
    """

    letter_kind: ClassVar = LetterKind.CLOSED
    archive: str = ""
    prints: bool = False
    sheets: int = 0
    publishes: bool = False
    where: str = ""
