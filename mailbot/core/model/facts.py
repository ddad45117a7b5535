"""What can happen to a cycle, each as a frozen value in the past tense; time arrives inside the fact (R4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.core.configuration.taken import ConfigurationTaken
from mailbot.core.delivery.delivery_facts import ArchiveMade, CoverMade, PaperLooked
from mailbot.core.draft.document import UNEXAMINED, Examined
from mailbot.core.draft.draft_facts import ChangesAccepted, DraftCompiled, DraftEdited, RemarksAnswered, SignerChanged
from mailbot.core.language.reply_words import Word
from mailbot.core.model.mail import OfMail
from mailbot.core.opening.opening_facts import CycleCancelled
from mailbot.core.papers.paper_facts import PaperArrived, PaperSealed
from mailbot.core.recall.deputy_facts import DeputyConfirmed
from mailbot.core.remarks.remark import UNMARKED, Marked

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from mailbot.core.chasing.debt import Debt
    from mailbot.core.language.reply_words import Said
    from mailbot.core.model.form import ReadForm, ReadLines
    from mailbot.core.model.letters import Asked
    from mailbot.core.model.letters_in_answer import WhatLacks, WhyUnplaced
    from mailbot.core.model.mail import Evidence, Source
    from mailbot.core.model.people import Person
    from mailbot.core.model.unreadable import Unreadable
    from mailbot.core.papers.checked import PaperCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleOpened:
    """The day in `cycles.yaml` came, or the operator opened the cycle."""

    at: datetime
    cycle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed:
    """The clock was looked at."""

    at: datetime
    heard_until: datetime | None
    """Up to when all that was written to us has been read and worked: later silence is none. None: never yet."""
    unsent: tuple[str, ...] = ()
    """Keys of this cycle's letters that wait to leave, or were given up and are still wanted: given up is not sent."""
    asked_lately: tuple[str, ...] = ()
    """Keys of letters that ask for what a row waits for, and left just now: nobody is reminded so soon."""
    unasked: frozenset[str | Asked] = frozenset()
    """The units, and the words, whose asking letter was given up: nobody is reminded of what never reached him."""
    asked_at: datetime | None = None
    """When the letter of row 1 left, while that row lasts; None while it has not."""
    untold: bool = False
    """In row 1: whoever is Sekretaris now was never written to about it."""
    references: tuple[tuple[str, str], ...] = ()
    """By unit (empty: the row's word), by which reference an answer finds the letter that asked for it."""
    beside: tuple[Debt, ...] = ()
    """What is owed in the other open cycles: one person gets one reminder a day of everything."""
    told: frozenset[str] = frozenset()
    """Addresses, in small letters, to which a reminder of today has left or waits to leave."""
    told_above: frozenset[str] = frozenset()
    """The same of what superiors hear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormArrived(OfMail):
    """One readable form of one unit came back."""

    at: datetime
    source: Source
    unit: str
    form: ReadForm
    last: dict[str, Decimal]
    """Indicator code -> the last period's accepted value."""
    evidence: tuple[Evidence, ...] = ()
    """The other files of the mail."""
    sent_from: str = ""
    """Address that wrote, where nobody's list has it, or our server found that the mail is not from there."""
    written_by: str = ""
    """Address that wrote, where the form came earlier and its unit's head has vouched for it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesArrived(OfMail):
    """A mail of one unit holds answers in lines; fields as in `FormArrived`."""

    at: datetime
    source: Source
    unit: str
    lines: ReadLines
    last: dict[str, Decimal]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesAnswered(OfMail):
    """Somebody of the unit answered the letter that read its lines back."""

    at: datetime
    source: Source
    unit: str
    number: int
    """Which mail of lines that letter read back; 0 where the answer came without that letter."""
    word: Word | None
    """BENAR, SALAH, or None where neither stands there plainly."""
    last: dict[str, Decimal]
    evidence: tuple[Evidence, ...] = ()

    @property
    def spoken(self) -> Word:
        """Return the word that the answer repeats: whoever says neither is told how to say BENAR."""
        return self.word or Word.BENAR


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceArrived(OfMail):
    """Evidence came without a form, from a unit whose form is there; fields as in `FormArrived`."""

    at: datetime
    source: Source
    unit: str
    last: dict[str, Decimal]
    evidence: tuple[Evidence, ...]
    unopened: tuple[str, ...] = ()
    """Names of the files of its mail that were not opened, for there were too many."""
    shortcuts: tuple[str, ...] = ()
    """Names of what is only the way to a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableArrived(OfMail):
    """Something came in place of a form, and could not be read as one."""

    at: datetime
    source: Source
    unit: str
    reason: Unreadable
    file_name: str
    evidence: tuple[Evidence, ...] = ()
    """The files of the mail that may be evidence; the one that could not be read as a form may be among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictGiven(OfMail):
    """Somebody said a deciding word. `about` is what the letter answered asks for, if it asks for a decision."""

    at: datetime
    source: Source
    said: Said
    about: Asked | None = None
    letter_gone: bool = False
    """It answers a letter of ours that the ledger does not know."""
    document_sha256: str = ""
    """A DOCX that came along (an edited draft, or one with comments), unless it is the draft as we sent it."""
    document_name: str = ""
    signed_pdf_sha256: str = ""
    """A PDF that came along, unless it is the draft as we sent it; nobody has looked whether it is signed."""
    signed_pdf_name: str = ""
    papers: tuple[PaperCheck, ...] = ()
    """The PDFs and pictures that came along in rows 7 and 8, each checked against the paper it may be."""
    examined: Examined = UNEXAMINED
    """What was found in the draft that it passes on: the one that came along, or the present one."""
    marked: Marked = UNMARKED
    """What is remarked in the files that came along."""
    returned: tuple[str, ...] = ()
    """Digests of the files that came back with the draft and say something, as far as they may go on to others."""
    remark_answers: tuple[tuple[int, str], ...] = ()
    """What stands beside it in answer to remarks, by their numbers."""
    confirms: bool = False
    """It answers our question whether the draft is to go on as it is."""

    @property
    def spoken(self) -> Word:
        """Return the word that the answer repeats; raises ValueError where there is none, and so none to repeat."""
        return Word(self.said.word or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandGiven(OfMail):
    """Somebody asked for something: STATUS, FORM, TUNDA, SALAH, TERIMA unit, ..."""

    at: datetime
    source: Source
    said: Said
    unit: str = ""
    """The unit the sender speaks for, if he does."""
    file_sha256: str = ""
    """A file that came along, if one did, of a word that a file may show (TERBIT)."""
    about_deputy: bool = False
    """It answers a letter about who stands in for the sender."""
    number: int = 0
    """Which form that waits for the head's word the answered letter asks about; 0: none."""
    last: dict[str, Decimal] = field(default_factory=dict)
    """Indicator code -> the last period's accepted value, where figures may be judged."""

    @property
    def spoken(self) -> Word:
        """Return the word that the answer repeats; raises ValueError where there is none, and so none to repeat."""
        return Word(self.said.word or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerUnclear(OfMail):
    """A known person wrote what may be meant as a decision, of which a letter (`about`) may have asked; not plainly."""

    at: datetime
    source: Source
    said: Said
    about: Asked | None = None
    reason: WhatLacks | None = None
    """What is known to be wrong with it, if anything is."""
    courtesy: bool = False
    """Greetings, thanks and a signature are all that was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailUnplaced(OfMail):
    """A known person wrote `remarks` that are no form, no word and no file we can use; `courtesy` as above."""

    at: datetime
    source: Source
    remarks: tuple[str, ...] = ()
    in_turn: bool = False
    """It is the move of whoever wrote."""
    courtesy: bool = False
    reason: WhyUnplaced | None = None
    """UNREAD: nobody knows what it says before a person has looked at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterUndelivered:
    """A letter of this cycle came back, or was given up by the outbox; `letter` and `person` are the keys of both."""

    at: datetime
    letter: str
    kind: str
    person: str
    address: str
    status: str
    """Enhanced status or the server's reply."""
    permanent: bool
    received_at: datetime
    """When the report of it reached our server; when it was given up, if the outbox did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNoticed:
    """A vacation reply told us that somebody is away; `returns_on` if it could be read."""

    at: datetime
    person: Person
    returns_on: date | None
    deputy: str = ""
    """Key of the listed person of the same unit who stands in, if one was named."""
    said: str = ""
    """What it says of who stands in, as written."""
    received_at: datetime
    """When the vacation reply reached our server."""


Fact = (
    CycleOpened
    | CycleCancelled
    | TimePassed
    | FormArrived
    | LinesArrived
    | LinesAnswered
    | EvidenceArrived
    | UnreadableArrived
    | VerdictGiven
    | DraftEdited
    | CommandGiven
    | AnswerUnclear
    | MailUnplaced
    | LetterUndelivered
    | AbsenceNoticed
    | DraftCompiled
    | ChangesAccepted
    | RemarksAnswered
    | SignerChanged
    | DeputyConfirmed
    | PaperArrived
    | PaperSealed
    | PaperLooked
    | CoverMade
    | ArchiveMade
    | ConfigurationTaken
)

Spoken = VerdictGiven | CommandGiven | DraftEdited | ChangesAccepted | RemarksAnswered | LinesAnswered | PaperLooked
"""What somebody says, and what can come at the wrong time."""
